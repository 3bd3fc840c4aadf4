"""Attaching W to 10,000 tasks, against the insert of the very same rows; and how long a colleague's click waits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

from bench import world

COUNT = int(os.environ.get("BENCH_ATTACH", "10000"))
TABLES = ("workflows_workflow", "workflows_stepgroup", "workflows_step", "activity_event")
STALL = """
import json, os, sys
import django; django.setup()
from natrium.apps.workflows import operations
from bench.measures.attach import as_member
import time
by, template_id, ids = as_member(json.loads(sys.argv[1])), int(sys.argv[2]), json.loads(sys.stdin.read())
print("go", flush=True)
from bench.world import NOW
start = time.perf_counter()
operations.attach_many(by=by, at=NOW, task_ids=ids, template_id=template_id)
print(time.perf_counter() - start, flush=True)
"""


def main() -> None:
    """Print W/s of both and, on SQLite, the longest completion meanwhile, in seconds."""
    folder = world.start()
    from natrium.apps.workflows import operations

    made = world.build()
    ids = world.tasks(made, COUNT)
    begin = time.perf_counter()
    answer = operations.attach_many(by=made.olive, at=world.NOW, task_ids=ids, template_id=made.template_id)
    ours = time.perf_counter() - begin
    assert len(answer.attached) == COUNT
    floor = raw_insert(made)
    result = {"attach_w_s": COUNT / ours, "attach_floor_w_s": COUNT / floor}
    if os.environ.get("BENCH_STALL"):
        result |= stall(made, ids, [attached.workflow_id for attached in answer.attached])
    print(json.dumps(result))
    world.clear(folder)


def raw_insert(made: world.World) -> float:
    """Seconds to insert the rows that attaching wrote once more, under other ids, in one transaction."""
    from django.db import connection, transaction

    from natrium.apps.database import insert, sql
    from natrium.apps.workflows import operations

    twin = operations.create_template(by=made.olive, at=world.NOW, name="Twin", definition=world.w_template("Twin"))
    operations.publish(by=made.olive, at=world.NOW, template_id=twin)
    copies: list[tuple[str, list[str], list[tuple[Any, ...]]]] = []
    shift = {table: sql.value(f"SELECT MAX(id) FROM {table}") for table in TABLES}
    for table in TABLES:
        with connection.cursor() as cursor:
            where = "WHERE verb = 'workflow.attached'" if table == "activity_event" else ""
            cursor.execute(f"SELECT * FROM {table} {where} ORDER BY id")
            names = [column[0] for column in cursor.description]
            rows = [shifted(dict(zip(names, row, strict=True)), table, shift, twin) for row in cursor.fetchall()]
        copies.append((table, names, [tuple(row.values()) for row in rows]))
    begin = time.perf_counter()
    with transaction.atomic():
        for table, names, rows in copies:
            insert.insert_rows(table, names, rows)
    return time.perf_counter() - begin


def shifted(row: dict[str, Any], table: str, shift: dict[str, int], twin: int) -> dict[str, Any]:
    """A row under another id, pointing at the copies of what it pointed at."""
    row["id"] += shift[table]
    if table == "workflows_workflow":
        row |= {"template_id": twin, "number_on_task": 999}
    for name, target in (("workflow_id", "workflows_workflow"), ("group_id", "workflows_stepgroup")):
        if row.get(name) is not None:
            row[name] += shift[target]
    if table == "activity_event":
        row["seq"] += 1_000_000
    return row


def stall(made: world.World, ids: list[int], workflows: list[int]) -> dict[str, float]:
    """The longest completion while another process attaches a second template to all tasks."""
    from natrium.apps.workflows import operations
    from natrium.domain.workflow.actions import Complete

    third = operations.create_template(by=made.olive, at=world.NOW, name="Third", definition=world.w_template("Third"))
    operations.publish(by=made.olive, at=world.NOW, template_id=third)
    key = world.w_template().groups[0].steps[0].key
    member = {"id": made.olive.member.id, "practice": made.olive.practice_id}  # type: ignore[attr-defined]
    command = [sys.executable, "-c", STALL, json.dumps(member), str(third)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdin.write(json.dumps(ids))
        other.stdin.close()
        assert other.stdout.readline() == "go\n"
        longest = 0.0
        for workflow_id in workflows:
            if other.poll() is not None:
                break
            begin = time.perf_counter()
            operations.act(by=made.olive, at=world.NOW, workflow_id=workflow_id, actions=[Complete(key)])
            longest = max(longest, time.perf_counter() - begin)
            time.sleep(0.01)
        took = float(other.stdout.readline())
    return {"attach_stall": longest / took}


def as_member(found: dict[str, int]) -> Any:  # noqa: ANN401 - a SignedIn
    """The owner of the practice, in another process."""
    from natrium.apps.practices.people import SignedIn
    from natrium.domain.roles import Role
    from natrium.domain.workflow.model import Member

    return SignedIn(
        member=Member(id=found["id"], name="Olive", role=Role.OWNER), email="", practice_id=found["practice"],
        practice="", slug="", time_zone="Europe/London", weighted=False, calendar="england", user_id=0,
    )  # fmt: skip


if __name__ == "__main__":
    main()
