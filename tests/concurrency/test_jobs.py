"""A job whose worker is killed in the middle of it is done by another; two workers do each job once."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import transaction
from django.tasks import task

from natrium.apps.background.outbox import later

SLOW = "tests.concurrency.test_jobs.slow"
WORKER = """
import sys
from natrium.config import settings
settings.TASKS["default"]["OPTIONS"] |= {"LOCK_TIMEOUT": 2, "SCHEDULES": {}}
import django
django.setup()
from natrium.cli.main import main
sys.exit(main(["worker"]))
"""


@task
def slow(folder: str, number: int, seconds: int) -> None:
    """Say that it is begun, take its time, say that it is done."""
    log = Path(folder) / "log"
    with log.open("a") as file:
        file.write(f"begun-{number}\n")
    time.sleep(seconds)
    with log.open("a") as file:
        file.write(f"done-{number}\n")


def words(folder: Path) -> Counter[str]:
    """What the jobs have said so far."""
    log = folder / "log"
    return Counter(log.read_text().split()) if log.exists() else Counter()


def wait_for(folder: Path, *said: str) -> None:
    """Wait until the jobs have said all this."""
    until = time.monotonic() + 60
    while not all(words(folder)[word] for word in said):
        assert time.monotonic() < until, words(folder)
        time.sleep(0.1)


@pytest.mark.race
def test_a_killed_workers_job_is_done_by_another_and_each_once(process_env: dict[str, str], tmp_path: Path) -> None:
    product = {
        "DJANGO_SETTINGS_MODULE": "natrium.config.settings", "NATRIUM_DATA": process_env["NATRIUM_TEST_DATA"],
        "PYTHONPATH": "src:.",
    }  # fmt: skip

    def worker() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", WORKER], env=process_env | product)

    with transaction.atomic():
        later(SLOW, folder=str(tmp_path), number=0, seconds=4)
    killed = worker()
    wait_for(tmp_path, "begun-0")
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait(10)
    assert words(tmp_path)["done-0"] == 0
    with transaction.atomic():
        for number in range(1, 11):
            later(SLOW, folder=str(tmp_path), number=number, seconds=0)
    workers = [worker(), worker()]
    try:
        wait_for(tmp_path, *(f"done-{number}" for number in range(11)))
    finally:
        for one in workers:
            one.terminate()
        assert [one.wait(30) for one in workers] == [0, 0]
    assert words(tmp_path) == Counter(
        {"begun-0": 2}
        | {f"{word}-{n}": 1 for word in ("begun", "done") for n in range(11) if (word, n) != ("begun", 0)}
    )
