"""`natrium serve` as people start it: ready, restarted, stopped, and gone with its supervisor."""

import contextlib
import http.client
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launcher.conftest import Natrium
from tests.launcher.test_supervisor import lives, until

PATIENCE = 60


class Running:
    """One started `natrium serve`."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path, port: int) -> None:
        self.process = process
        self.log = log
        self.port = port

    def says(self, words: str) -> None:
        until(lambda: words in self.log.read_text() or self.process.poll() is not None, PATIENCE)
        assert words in self.log.read_text()

    def children(self) -> dict[str, int]:
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == self.process.pid:
                    command = (entry / "cmdline").read_text()
                    found["worker" if "worker\0--supervised" in command else "web"] = int(entry.name)
        return found

    def status(self) -> int | None:
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            client.request("GET", "/sign-in/")
            return client.getresponse().status
        except OSError:
            return None
        finally:
            client.close()


@pytest.fixture
def running(surroundings: dict[str, str], tmp_path: Path, free_port: int) -> Iterator[Running]:
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "natrium", "serve"],
            stdout=output,
            stderr=output,
            cwd=tmp_path,
            env=surroundings | {"PORT": str(free_port)},
        )
    started = Running(process, log, free_port)
    try:
        started.says(f"ready at http://127.0.0.1:{free_port}")
        yield started
    finally:
        process.terminate()
        process.wait(PATIENCE)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes the way Linux shows them")


def test_it_serves_restarts_what_dies_and_stops_when_told(running: Running, tmp_path: Path) -> None:
    assert running.status() == 200
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600
    before = running.children()
    assert set(before) == {"web", "worker"}

    for name in ("web", "worker"):
        os.kill(before[name], signal.SIGKILL)
        running.says(f"{name} was killed (SIGKILL); starting it again in 0.5 s.")
    until(lambda: set(running.children()) == {"web", "worker"}, PATIENCE)
    after = running.children()
    assert not set(before.values()) & set(after.values())
    until(lambda: running.status() == 200, PATIENCE)

    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(PATIENCE) == 0
    running.says("natrium: stopped.")
    assert not any(map(lives, after.values()))
    assert running.status() is None


def test_an_address_made_meanwhile_leads_to_the_running_server(running: Running, natrium: Natrium) -> None:
    made = natrium("practice", "Acorn", "--owner", "Olive Grant", "--email", "olive@acorn.example")
    for said in (made, natrium("login-link", "olive@acorn.example")):
        assert said.stdout.startswith(f"http://127.0.0.1:{running.port}/sign-in/link/"), said.stderr
    running.process.kill()
    running.process.wait()
    later = natrium("login-link", "olive@acorn.example", PORT="8123")
    assert later.stdout.startswith("http://127.0.0.1:8123/sign-in/link/"), later.stderr


def test_its_children_do_not_outlive_it(running: Running) -> None:
    children = running.children()
    running.process.kill()
    running.process.wait()
    until(lambda: not any(map(lives, children.values())), PATIENCE)
    assert running.status() is None
