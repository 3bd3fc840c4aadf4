import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

Natrium = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """Return an environment with nothing of ours set but a data folder of the test's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NATRIUM_", "DJANGO_"))}
    kept.pop("PORT", None)
    return kept | {"NATRIUM_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT / "src")}


@pytest.fixture
def natrium(surroundings: dict[str, str], tmp_path: Path) -> Natrium:
    """Return a way to run the command to its end."""

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "natrium", *words],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            cwd=tmp_path,
            env=surroundings | variables,
        )

    return run


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
