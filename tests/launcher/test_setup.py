"""bin/setup in a copy of the launcher, with surroundings of the test's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.launcher.conftest import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "bin", folder / "bin")
    (folder / "requirements").mkdir()
    for name in ("run", "dev"):
        (folder / "requirements" / f"{name}.txt").write_text("# nothing\n")
    return folder


def setup(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(checkout / "bin" / "setup")],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
    )


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


def test_no_python_at_all(checkout: Path, tmp_path: Path) -> None:
    done = setup(checkout, PATH="", HOME=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("natrium: no Python 3.12 or newer was found.")
    assert "PYTHON=" in done.stderr
    assert done.stderr.count("\n") == 1


def test_only_a_python_that_is_too_old_and_a_broken_shim(checkout: Path, tmp_path: Path) -> None:
    program(tmp_path / "bin", "python3", "exit 1")
    program(tmp_path / "bin", "python3.13", "exit 127")
    done = setup(checkout, PATH=str(tmp_path / "bin"), HOME=str(tmp_path))
    assert done.returncode == 2
    assert "no Python 3.12 or newer" in done.stderr


def test_a_python_without_venv(checkout: Path, tmp_path: Path) -> None:
    program(tmp_path / "bin", "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = setup(checkout, PATH=str(tmp_path / "bin"), HOME=str(tmp_path))
    assert done.returncode == 2
    assert "apt-get install python3-venv" in done.stderr


def test_a_python_behind_a_broken_shim_is_found_and_the_second_time_nothing_is_done(
    checkout: Path,
    tmp_path: Path,
) -> None:
    program(tmp_path / "bin", "python3.13", "exit 127")
    program(tmp_path / "home/.pyenv/versions/3.13.9/bin", "python3", f'exec "{sys.executable}" "$@"')
    path = f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin"
    first = setup(checkout, PATH=path, HOME=str(tmp_path / "home"))
    assert first.returncode == 0, first.stderr
    assert (checkout / ".venv/bin/natrium").exists()
    made = (checkout / ".venv/pyvenv.cfg").stat().st_mtime_ns
    second = setup(checkout, PATH=path, HOME="/nowhere")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert (checkout / ".venv/pyvenv.cfg").stat().st_mtime_ns == made


def test_packages_that_cannot_be_had_are_a_sentence_and_leave_no_stamp(checkout: Path, tmp_path: Path) -> None:
    lock = checkout / "requirements" / "run.txt"
    lock.write_text("./absent-1.0-py3-none-any.whl --hash=sha256:00\n")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHON": sys.executable}
    done = setup(checkout, **environment)
    assert done.returncode == 2
    assert "natrium: the packages of requirements/run.txt could not be installed" in done.stderr
    assert not (checkout / ".venv" / "installed-run.txt").exists()
