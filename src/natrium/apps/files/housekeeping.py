"""Content that belongs to nothing is set aside and then goes; that of removed files goes after a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from natrium.apps.activity.operations import NewEvent, System, record
from natrium.apps.database import sql
from natrium.apps.files import storage

UNFINISHED_KEPT = timedelta(days=1)
REMOVED_KEPT = timedelta(days=30)
# Content without a row may also mean that an older copy of the database was put back: it is not lost at once.
LOST_KEPT = timedelta(days=60)
A_RUN = 200


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many contents were erased with their file, set aside, and deleted for good."""

    erased: int
    set_aside: int
    deleted: int


def tidy(*, at: datetime) -> Tidied:
    """Erases what was removed a month ago, sets aside what belongs to nothing, deletes what was set aside long ago.

    Doing it twice is doing it once.
    """
    return Tidied(_erase_removed(at), _set_aside(at), _delete_lost(at))


def _erase_removed(at: datetime) -> int:
    rows = sql.rows(
        """SELECT id, practice_id, task_id FROM files_file
           WHERE removed_at IS NOT NULL AND erased_at IS NULL AND removed_at < %s ORDER BY id LIMIT %s""",
        (at - REMOVED_KEPT, A_RUN),
    )
    return sum(_erase(file_id, practice_id, task_id, at) for file_id, practice_id, task_id in rows)


def _erase(file_id: int, practice_id: int, task_id: int, at: datetime) -> int:
    """The row first, then the content: what dies in between leaves content that belongs to nothing."""
    with transaction.atomic():
        sql.row(
            f"SELECT 1 FROM tasks_task WHERE id = %s AND practice_id = %s {sql.for_update()}", (task_id, practice_id)
        )
        row = sql.row(
            """UPDATE files_file SET erased_at = %s WHERE id = %s AND removed_at IS NOT NULL AND erased_at IS NULL
               RETURNING name, stored""",
            (at, file_id),
        )
        if row is None:
            return 0
        event = NewEvent(verb="file.erased", name=row[0], data={"file": file_id})
        record(chain="task", subject_id=task_id, practice_id=practice_id, events=[event], by=System(), at=at)
    storage.erase(row[1])
    return 1


def _set_aside(at: datetime) -> int:
    """Moves what belongs to no file and is older than a day; what was never finished goes at once."""
    count = 0
    before = (at - UNFINISHED_KEPT).timestamp()
    old = [found for found in storage.contents() if found.since < before]
    known = _known([found.stored for found in old if found.stored])
    for found in old:
        if not found.stored:
            found.path.unlink(missing_ok=True)
            count += 1
        elif found.stored not in known:
            storage.put_aside(found)
            count += 1
    return count


def _known(stored: list[str]) -> set[str]:
    """Those of the names that a file has whose content has not been erased."""
    known: set[str] = set()
    for start in range(0, len(stored), 500):
        part = stored[start : start + 500]
        places = ", ".join(["%s"] * len(part))
        rows = sql.rows(f"SELECT stored FROM files_file WHERE erased_at IS NULL AND stored IN ({places})", part)
        known |= {row[0] for row in rows}
    return known


def _delete_lost(at: datetime) -> int:
    before = (at - LOST_KEPT).timestamp()
    old = [found for found in storage.set_aside() if found.since < before]
    for found in old:
        found.path.unlink(missing_ok=True)
    return len(old)
