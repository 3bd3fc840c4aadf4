"""A sweep over 10,000 engagements with a due period each, against the insert of the very same rows; and its memory."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from datetime import date, timedelta
from typing import Any

from bench import world

COUNT = int(os.environ.get("BENCH_GENERATE", "10000"))
TABLES = (
    "tasks_task", "workflows_workflow", "workflows_stepgroup", "workflows_step", "activity_event",
    "catalogue_occurrence",
)  # fmt: skip
POINTS = {
    "tasks_task": {},
    "workflows_workflow": {"task_id": "tasks_task"},
    "workflows_stepgroup": {"workflow_id": "workflows_workflow"},
    "workflows_step": {
        "workflow_id": "workflows_workflow", "group_id": "workflows_stepgroup", "task_id": "tasks_task",
    },
    "activity_event": {"subject_id": "tasks_task", "workflow_id": "workflows_workflow"},
    "catalogue_occurrence": {"task_id": "tasks_task"},
}  # fmt: skip


def main() -> None:
    """Print occurrences a second of both, and the most memory that the sweep took, in MB."""
    folder = world.start()
    from natrium.apps.catalogue.operations import generate

    engagements(world.build(), COUNT)
    begin = time.perf_counter()
    swept = generate(at=world.NOW)
    ours = time.perf_counter() - begin
    assert len(swept.created) == COUNT, (len(swept.created), swept.failed[:1], swept.waiting[:1])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    del swept
    floor = raw_insert()
    print(json.dumps({"generate_s": COUNT / ours, "generate_floor_s": COUNT / floor, "generate_mb": most}))
    world.clear(folder)


def engagements(made: world.World, count: int) -> None:
    """So many companies, with year ends in every month and each born on its own day, that take annual accounts."""
    from django.db import transaction

    from natrium.apps.catalogue import operations
    from natrium.apps.database import ids, insert, sql

    by: Any = made.olive
    service = operations.take_ready_service(by=by, at=world.NOW - timedelta(days=900), key="Annual Accounts")
    with transaction.atomic():
        clients = list(ids.allocate("clients_client", count))
        insert.insert_rows(
            "clients_client",
            ("id", "practice_id", "name", "kind", "reference", "company_number", "utr", "vat_number", "manager_id",
             "partner_id", "year_end_month", "year_end_day", "year_end_is_last_day", "email", "phone", "notes",
             "active", "created_at", "rev", "chain_count", "chain_head"),
            [
                (id_, by.practice_id, f"Company {id_} Ltd", "limited_company", "", "", "", "", made.jo_id,
                 by.member.id, place % 12 + 1, 28, True, "", "", "", True, world.NOW, 1, 0, "")
                for place, id_ in enumerate(clients)
            ],
        )  # fmt: skip
        insert.insert_rows(
            "clients_clientfact",
            ("practice_id", "client_id", "field", "value", "from_date"),
            [
                (by.practice_id, id_, "incorporated", str(date(2005, 1, 1) + timedelta(days=place % 6000)),
                 date(2005, 1, 1))
                for place, id_ in enumerate(clients)
            ],
        )  # fmt: skip
        insert.insert_rows(
            "catalogue_engagement",
            ("practice_id", "client_id", "service_id", "starts_on", "created_at", "rev"),
            [(by.practice_id, id_, service, date(2025, 11, 20), world.NOW, 1) for id_ in clients],
        )
    sql.execute("ANALYZE")


def raw_insert() -> float:
    """Seconds to insert the rows that the sweep wrote once more, under other ids, in one transaction."""
    from django.db import connection, transaction

    from natrium.apps.database import insert, sql

    shift = {table: sql.value(f"SELECT MAX(id) FROM {table}") for table in TABLES}
    copies: list[tuple[str, list[str], list[tuple[Any, ...]]]] = []
    for table in TABLES:
        where = "WHERE verb IN ('task.created', 'workflow.attached')" if table == "activity_event" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} {where} ORDER BY id")
            names = [column[0] for column in cursor.description]
            rows = [shifted(dict(zip(names, row, strict=True)), table, shift) for row in cursor.fetchall()]
        copies.append((table, names, [tuple(row.values()) for row in rows]))
    begin = time.perf_counter()
    with transaction.atomic():
        for table, names, rows in copies:
            insert.insert_rows(table, names, rows)
    return time.perf_counter() - begin


def shifted(row: dict[str, Any], table: str, shift: dict[str, int]) -> dict[str, Any]:
    """A row under another id, pointing at the copies of what it pointed at."""
    row["id"] += shift[table]
    for name, target in POINTS[table].items():
        if row[name] is not None:
            row[name] += shift[target]
    if table == "catalogue_occurrence":
        row["part"] += 1
    return row


if __name__ == "__main__":
    main()
