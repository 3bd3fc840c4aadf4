"""The supervisor with small children of the test's own: what dies is started again, what is stopped stays down."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.launcher.conftest import ROOT

# A child that notes its process id and starts a helper, as a web server does.
CHILD = """
import os, subprocess, sys, time
helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open(sys.argv[1], "a") as notes:
    notes.write(f"{os.getpid()} {helper.pid}\\n")
time.sleep(600)
"""
PARENT = """
import sys
from natrium.cli.serving.supervisor import Child, Supervisor

children = [Child(name, [sys.executable, "-c", sys.argv[1], f"{sys.argv[2]}/{name}"]) for name in ("web", "worker")]
Supervisor(children, lambda line: print(line, flush=True)).run(lambda: True)
print("stopped", flush=True)
"""


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def starts(folder: Path, name: str) -> list[list[int]]:
    file = folder / name
    lines = file.read_text().splitlines() if file.exists() else []
    return [[int(pid) for pid in line.split()] for line in lines]


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PARENT), CHILD, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    until(lambda: bool(starts(tmp_path, "web") and starts(tmp_path, "worker")))
    yield process
    process.kill()
    process.wait()
    for pids in starts(tmp_path, "web") + starts(tmp_path, "worker"):
        for pid in filter(lives, pids):
            os.kill(pid, signal.SIGKILL)
    if process.stdout:
        process.stdout.close()


def test_a_killed_child_is_started_again_and_its_helpers_do_not_linger(
    supervisor: "subprocess.Popen[str]",
    tmp_path: Path,
) -> None:
    child, helper = starts(tmp_path, "web")[0]
    os.kill(child, signal.SIGKILL)
    until(lambda: len(starts(tmp_path, "web")) == 2)
    until(lambda: not lives(helper))
    assert supervisor.stdout
    assert supervisor.stdout.readline() == "web was killed (SIGKILL); starting it again in 0.5 s.\n"
    assert len(starts(tmp_path, "worker")) == 1
    assert lives(starts(tmp_path, "worker")[0][0])


def test_each_further_death_waits_longer(supervisor: "subprocess.Popen[str]", tmp_path: Path) -> None:
    for number, pause in ((1, "0.5"), (2, "1")):
        os.kill(starts(tmp_path, "web")[-1][0], signal.SIGKILL)
        until(lambda number=number: len(starts(tmp_path, "web")) == number + 1)  # type: ignore[misc]
        assert supervisor.stdout
        assert f"in {pause} s" in supervisor.stdout.readline()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything(
    supervisor: "subprocess.Popen[str]",
    tmp_path: Path,
    number: signal.Signals,
) -> None:
    supervisor.send_signal(number)
    assert supervisor.wait(15) == 0
    assert supervisor.stdout
    assert supervisor.stdout.read() == "stopped\n"
    pids = starts(tmp_path, "web")[0] + starts(tmp_path, "worker")[0]
    assert not any(lives(pid) for pid in pids)
