"""What a new practice has done already of what there is to do first, as its rows say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn

COUNTS = """
    SELECT (SELECT COUNT(*) FROM practices_member WHERE practice_id = p.id AND active),
           (SELECT COUNT(*) FROM clients_client WHERE practice_id = p.id),
           (SELECT COUNT(*) FROM workflows_template WHERE practice_id = p.id AND archived_at IS NULL),
           EXISTS (SELECT 1 FROM workflows_workflow WHERE practice_id = p.id),
           p.id
    FROM practices_practice p WHERE p.setting_up
"""


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """How many people, clients and templates there are; `attached`: a task has had a workflow."""

    people: int
    clients: int
    templates: int
    attached: bool

    @property
    def are_done(self) -> bool:
        """Whether nothing is left to do first."""
        return self.people > 1 and self.clients > 0 and self.templates > 0 and self.attached


def first_steps(*, by: SignedIn) -> FirstSteps | None:
    """What is done of the first steps, in one statement; None, and no statement, where the practice is not new."""
    if not by.setting_up:
        return None
    found = sql.row(f"{COUNTS} AND p.id = %s", (by.practice_id,))
    return _steps(found) if found else None


def set_up() -> list[int]:
    """The practices that are marked as new and have done all of it."""
    return [row[4] for row in sql.rows(COUNTS) if _steps(row).are_done]


def _steps(row: Sequence[Any]) -> FirstSteps:
    return FirstSteps(people=row[0], clients=row[1], templates=row[2], attached=bool(row[3]))
