"""S03: eight workers sweep at the same instant; each period has its one task, with its workflow and its record."""

import subprocess
import sys
from datetime import date

import pytest

from natrium.apps.database import sql
from tests.builders import a_client
from tests.scenarios.acorn import Acorn, all_well
from tests.scenarios.series import a_service, noon, starts

CHILD = """
import sys
import django; django.setup()
from datetime import datetime
from natrium.apps.catalogue.operations import generate
at = datetime.fromisoformat(sys.argv[1])
for _ in range(int(sys.argv[2])):
    print("ready", flush=True)
    sys.stdin.readline()
    swept = generate(at=at)
    print(len(swept.created), len(swept.failed), flush=True)
    at = at.replace(month=at.month + 1) if at.month < 12 else at.replace(year=at.year + 1, month=1)
from django.db import connection
connection.close()
"""
WORKERS = 8


@pytest.mark.race
def test_two_hundred_series_due_are_two_hundred_tasks(acorn: Acorn, process_env: dict[str, str], rounds: int) -> None:
    rounds = 20 if rounds > 3 else 2
    series = 200 if rounds > 3 else 40
    service = a_service(acorn, "Bookkeeping", template_ids=(acorn.template_id,))
    for number in range(series):
        client = a_client(acorn.cast.acorn, name=f"Client {number}", manager=acorn.cast.mark)
        starts(acorn, service, date(2026, 1, 1), client)
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, noon(date(2026, 2, 1)).isoformat(), str(rounds)],
            env=process_env | {"PYTHONPATH": "src:."}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(WORKERS)
    ]  # fmt: skip
    for number in range(1, rounds + 1):
        for worker in workers:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        answers = [worker.stdout.readline().split() for worker in workers if worker.stdout]
        assert sum(int(made) for made, _ in answers) == series
        assert [failed for _, failed in answers] == ["0"] * WORKERS
        assert sql.value("SELECT COUNT(*) FROM tasks_task") == series * number
    for worker in workers:
        worker.communicate(timeout=60)
        assert worker.returncode == 0
    _one_of_each(series * rounds)
    all_well()


def _one_of_each(tasks: int) -> None:
    for statement in (
        "SELECT COUNT(*) FROM catalogue_occurrence WHERE state = 'created'",
        "SELECT COUNT(DISTINCT task_id) FROM workflows_workflow",
        "SELECT COUNT(*) FROM workflows_workflow",
        "SELECT COUNT(*) FROM activity_event WHERE verb = 'task.created'",
    ):
        assert sql.value(statement) == tasks
    assert sql.value("SELECT COUNT(*) FROM workflows_step") == tasks * 8
