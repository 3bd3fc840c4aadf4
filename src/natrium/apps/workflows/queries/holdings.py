"""What a member holds: open steps, tasks, clients, templates that name them. What a hand-over has to find."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import MemberLine, SignedIn
from natrium.apps.workflows.panels import Choice
from natrium.domain.workflow.model import Member

SHOWN = 100

STEPS_SQL = """FROM workflows_step s JOIN tasks_task t ON t.id = s.task_id
    LEFT JOIN clients_client c ON c.id = t.client_id
    WHERE s.practice_id = %s AND s.assignee_id = %s AND NOT s.retired
    AND (s.status NOT IN ('done', 'skipped') OR s.stale)"""
# With what a step goes that its holder has by a rule: with the client, or with the task.
FOLLOWS_SQL = """CASE
    WHEN s.workflow_id IS NULL THEN 'tasks'
    WHEN s.bound AND s.assign_rule = 'task_owner' AND t.owner_id = %s THEN 'tasks'
    WHEN s.bound AND s.assign_rule = 'client_manager' AND c.manager_id = %s THEN 'managed'
    WHEN s.bound AND s.assign_rule = 'client_partner' AND c.partner_id = %s THEN 'partnered'
    ELSE '' END"""
TASKS_SQL = """FROM tasks_task t LEFT JOIN clients_client c ON c.id = t.client_id
    WHERE t.practice_id = %s AND t.owner_id = %s AND t.status <> 'done'"""


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A step or task somebody holds: its name, and the client and task it belongs to ("" where none)."""

    id: int
    name: str
    task_id: int
    task: str
    client: str


@dataclass(frozen=True, slots=True)
class Following:
    """How many of the steps that a member holds go with their clients or their tasks, when those go to another."""

    managed: int = 0
    partnered: int = 0
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one hand-over did, as the record has it: how many clients, tasks and steps went to others."""

    clients: int
    tasks: int
    steps: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """All a member holds. `steps` and `tasks` are the first hundred of `steps_count` and `tasks_count`.

    `managed` and `partnered` are clients, `templates` those whose newest version or draft names the member.
    """

    member: Member
    email: str
    steps: tuple[HeldLine, ...]
    steps_count: int
    tasks: tuple[HeldLine, ...]
    tasks_count: int
    managed: tuple[Choice, ...]
    partnered: tuple[Choice, ...]
    templates: tuple[Choice, ...]
    following: Following

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to hand over."""
        return not (self.steps_count or self.tasks_count or self.managed or self.partnered or self.templates)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A member as the list of people shows one: how many steps they hold, and how many of those are late."""

    member: MemberLine
    steps: int
    late: int
    minutes: int


def people(*, by: SignedIn, at: datetime) -> tuple[PersonLine, ...]:
    """The practice's members by name, with what they hold, in two statements."""
    today = at.date()
    rows = sql.rows(
        """SELECT assignee_id, COUNT(*), COUNT(CASE WHEN due < %s THEN 1 END), COALESCE(SUM(estimate), 0)
           FROM workflows_step WHERE practice_id = %s AND assignee_id IS NOT NULL AND NOT retired
           AND (status NOT IN ('done', 'skipped') OR stale) GROUP BY assignee_id""",
        (today, by.practice_id),
    )
    held = {row[0]: row[1:] for row in rows}
    members = practices.members(practice_id=by.practice_id)
    return tuple(PersonLine(line, *(int(n) for n in held.get(line.id, (0, 0, 0)))) for line in members)


def holdings(*, by: SignedIn, member_id: int) -> Holdings:
    """What a member of the practice holds, in eight statements. Raises NotFound."""
    member = practices.member_of(practice_id=by.practice_id, member_id=member_id)
    whose = (by.practice_id, member_id)
    email = str(sql.value("SELECT email FROM practices_member WHERE id = %s", (member_id,)))
    counts = _steps_by_what_they_follow(whose)
    steps = sql.rows(
        f"SELECT s.id, s.name, t.id, t.title, COALESCE(c.name, '') {STEPS_SQL} ORDER BY t.id, s.position LIMIT {SHOWN}",
        whose,
    )
    tasks = sql.rows(
        f"SELECT t.id, t.title, t.id, t.title, COALESCE(c.name, '') {TASKS_SQL} ORDER BY t.title, t.id LIMIT {SHOWN}",
        whose,
    )
    return Holdings(
        member=member,
        email=email,
        steps=tuple(HeldLine(*row) for row in steps),
        steps_count=sum(counts.values()),
        tasks=tuple(HeldLine(*row) for row in tasks),
        tasks_count=int(sql.value(f"SELECT COUNT(*) {TASKS_SQL}", whose)),
        managed=_clients("manager_id", whose),
        partnered=_clients("partner_id", whose),
        templates=templates_naming(practice_id=by.practice_id, email=email),
        following=Following(*(counts.get(part, 0) for part in ("managed", "partnered", "tasks"))),
    )


def receipt(*, by: SignedIn, batch: str) -> Receipt | None:
    """What the hand-over of that batch did; None where the practice has no such."""
    counts = dict(
        sql.rows(
            """SELECT verb, COUNT(*) FROM activity_event
               WHERE batch = %s AND batch > '' AND practice_id = %s GROUP BY verb""",
            (batch, by.practice_id),
        )
    )
    if not counts:
        return None
    steps = counts.get("step.handed_over", 0) + counts.get("step.followed", 0)
    return Receipt(counts.get("client.people_changed", 0), counts.get("task.edited", 0), steps)


def _steps_by_what_they_follow(whose: tuple[int, int]) -> dict[str, int]:
    rows = sql.rows(f"SELECT {FOLLOWS_SQL}, COUNT(*) {STEPS_SQL} GROUP BY 1", (*(whose[1],) * 3, *whose))
    return {part: int(count) for part, count in rows}


def _clients(column: str, whose: tuple[int, int]) -> tuple[Choice, ...]:
    found = sql.rows(
        f"SELECT id, name FROM clients_client WHERE practice_id = %s AND {column} = %s ORDER BY name, id", whose
    )
    return tuple(Choice(*row) for row in found)


def templates_naming(*, practice_id: int, email: str) -> tuple[Choice, ...]:
    """The templates whose newest version or draft gives a step to this address, archived ones aside."""
    rows = sql.rows(
        """SELECT t.id, t.name, t.draft, EXISTS (
               SELECT 1 FROM workflows_templateversion v JOIN workflows_steptemplate s ON s.version_id = v.id
               WHERE v.template_id = t.id AND v.number = t.latest_version AND s.assign_rule = 'member'
                 AND lower(s.assign_email) = %s)
           FROM workflows_template t WHERE t.practice_id = %s AND t.archived_at IS NULL ORDER BY t.name, t.id""",
        (email.lower(), practice_id),
    )
    return tuple(Choice(id_, name) for id_, name, draft, named in rows if named or draft_names(draft, email))


def draft_names(draft: str, email: str) -> bool:
    """Whether a stored draft gives a step to this address."""
    if not draft:
        return False
    content: dict[str, Any] = json.loads(draft)
    wanted = f"member:{email}".lower()
    return any(
        str(step.get("assign", "")).lower() == wanted
        for group in content.get("groups", [])
        for step in group.get("steps", [])
    )
