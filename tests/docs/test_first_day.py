"""The first-day guide does what it says: its commands are run, as they stand, against the demo practice."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide" / "first-day.md"


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return the environment of a Natrium with the demo practice, serving on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"NATRIUM_DATA": str(tmp_path / "data"), "PORT": str(port), "NATRIUM_DATABASE_URL": ""}
    environment["BASE"] = f"http://127.0.0.1:{port}"
    environment.pop("NATRIUM_DATABASE_URL")
    load = [sys.executable, "-m", "natrium", "demo", "--date", "2026-11-23"]
    subprocess.run(load, env=environment, cwd=ROOT, check=True)
    server = subprocess.Popen([sys.executable, "-m", "natrium", "serve"], env=environment, cwd=ROOT)
    try:
        _wait(f"{environment['BASE']}/sign-in/", server)
        yield environment
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        assert server.poll() is None
        try:
            with urlopen(address):  # noqa: S310 - an address of this machine's own
                return
        except URLError:
            time.sleep(0.2)
    pytest.fail("the server did not answer")


def test_the_commands_work_a_job_to_the_end(practice: dict[str, str]) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    script = "set -euo pipefail\n" + "\n".join(blocks).replace(".venv/bin/python", sys.executable)
    script = script.replace(".venv/bin/natrium", f"{sys.executable} -m natrium")
    done = subprocess.run(
        ["bash", "-c", script], env=practice, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert any(line.endswith("100") for line in lines)
    for words in (
        "Tom Adeyemi sent “Receive and review information” back",
        "Megan Doyle confirmed “Prepare draft accounts”",
        "Tom Adeyemi skipped “Partner review”",
        "Megan Doyle completed “File with HMRC”",
    ):
        assert words in done.stdout
    assert not any(line.startswith("{") for line in lines), "answers of the API are not what a reader looks for"
    assert "The record is whole" in done.stdout
    assert "All well" in done.stdout
