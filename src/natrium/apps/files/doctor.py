"""Do rows and contents belong together? For `natrium doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from natrium.apps.database import sql
from natrium.apps.database.found import Finding
from natrium.apps.files import storage

# Until then a content may be one whose row is just being written.
YOUNG = timedelta(hours=1)
PAGE = 1_000


def examine(*, at: datetime) -> Iterator[Finding]:
    """Files without their content, or with another one; contents without a file. In bounded memory."""
    last = 0
    while True:
        rows = sql.rows(
            """SELECT id, task_id, name, stored, size FROM files_file WHERE erased_at IS NULL AND id > %s
               ORDER BY id LIMIT %s""",
            (last, PAGE),
        )
        for file_id, task_id, name, stored, size in rows:
            found = storage.size_of(stored)
            if found is None:
                yield Finding(f"file {file_id}", f"the content of “{name}” on task {task_id} is missing ({stored})")
            elif found != size:
                yield Finding(f"file {file_id}", f"“{name}” on task {task_id} had {size} bytes and has {found}")
        if len(rows) < PAGE:
            break
        last = rows[-1][0]
    yield from _without_file(at)


def _without_file(at: datetime) -> Iterator[Finding]:
    before = (at - YOUNG).timestamp()
    for found in storage.contents():
        if found.since >= before:
            continue
        if (
            not found.stored
            or sql.row("SELECT 1 FROM files_file WHERE stored = %s AND erased_at IS NULL", (found.stored,)) is None
        ):
            yield Finding(f"files/{found.path.parent.name}/{found.path.name}", "it belongs to no file of a task")
