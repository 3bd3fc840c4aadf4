"""The steps that lists of work are made of, in strands, each of which an index serves in its order.

A strand has its place in the order of its section; within it steps go by a key and their id. Conditions repeat those
of the partial indexes word for word, so that they are used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from natrium.apps.workflows.filtering import STEP_DAY
from natrium.apps.workflows.worklists import SectionKey
from natrium.domain.roles import Role

BY_DAY: tuple[SectionKey, ...] = ("today", "week", "later")
NEVER = "9999-12-31"
DUE = "s.due"
TASKS_DAY = "COALESCE(t.target_date, t.statutory_date)"
OPEN = "s.assignee_id = %s AND s.status IN ('in_progress', 'waiting') AND NOT s.retired AND t.hold = ''"
HOLDING, OTHERS = "s.holds_up_id IS NOT NULL", "s.holds_up_id IS NULL"
STALE = "s.assignee_id = %s AND s.stale AND t.hold = ''"
# What nobody has comes to nobody by waiting: it is up for grabs.
COMING = "s.holds_up_id = %s AND s.holds_up_id IS NOT NULL AND s.assignee_id IS NOT NULL AND t.hold = ''"
# A step is up for grabs for whoever could work it; a task's own step for whoever may make themselves its owner.
GRABS = f"""s.practice_id = %s AND s.ready AND s.assignee_id IS NULL AND %s >= CASE s.assign_rule
    WHEN 'client_manager' THEN {int(Role.MANAGER)} WHEN 'client_partner' THEN {int(Role.PARTNER)}
    ELSE CASE WHEN s.workflow_id IS NULL THEN {int(Role.MANAGER)} ELSE {int(Role.STAFF)} END END"""
KEPT = r"""(lower(s.name) LIKE %s ESCAPE '\' OR lower(t.title) LIKE %s ESCAPE '\'
    OR lower(t.service) LIKE %s ESCAPE '\' OR lower(c.name) LIKE %s ESCAPE '\')"""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose list it is, on what day, and what narrows it: a text that step, task, service or client has."""

    practice_id: int
    member_id: int
    role: Role
    today: date
    sunday: date
    keep: str = ""

    @property
    def kept(self) -> tuple[str, tuple[str, ...]]:
        """The condition that narrows, with its parameters."""
        if not self.keep:
            return "", ()
        literal = self.keep.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f" AND {KEPT}", (f"%{literal}%",) * 4


@dataclass(frozen=True, slots=True)
class Strand:
    """Some steps of a section.

    `key` is the due date, which an index has in order; "" for steps that have none; or an expression that is text.

    `of_task`: the condition asks about the task as well. `ready`: they are the member's own and can begin.
    """

    section: SectionKey
    place: int
    where: str
    params: Sequence[object]
    key: str = DUE
    of_task: bool = False
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a section goes on: after the step with this place, key (as text) and id."""

    place: int
    key: str
    id: int

    def __str__(self) -> str:
        """As an address has it."""
        return f"{self.place}_{self.key}_{self.id}"

    @staticmethod
    def read(text: str) -> Cursor:
        """The cursor of a text; the beginning, for one that makes no sense."""
        place, _, rest = text.partition("_")
        key, _, number = rest.rpartition("_")
        try:
            datetime.fromisoformat(key)
            return Cursor(min(int(place), 9), key, min(int(number), 2**62))
        except ValueError:
            return BEGINNING


BEGINNING = Cursor(0, "0001-01-01", 0)


@lru_cache(maxsize=256)
def strands(whose: Whose) -> tuple[Strand, ...]:
    """All strands of a member's work. What holds up others comes first in its section, then what is due first.

    A step without a date of its own is due with its task.
    """
    mine = (whose.member_id,)
    found: list[Strand] = []
    days: tuple[tuple[SectionKey, str, tuple[date, ...]], ...] = (
        ("today", "{day} <= %s", (whose.today,)),
        ("week", "{day} > %s AND {day} <= %s", (whose.today, whose.sunday)),
        ("later", "{day} > %s", (whose.sunday,)),
    )
    for place, which in enumerate((HOLDING, OTHERS)):
        ready = f"s.assignee_id = %s AND s.ready AND {which}"
        for section, when, on in days:
            own, tasks = f"{ready} AND {when}", f"{ready} AND s.due IS NULL AND {when}"
            found.append(Strand(section, place, own.format(day=DUE), (*mine, *on), ready=True))
            params, key = (*mine, *on), f"CAST({TASKS_DAY} AS text)"
            found.append(Strand(section, place, tasks.format(day=TASKS_DAY), params, key, of_task=True, ready=True))
        dateless = f"{ready} AND s.due IS NULL AND {TASKS_DAY} IS NULL"
        found.append(Strand("later", place, dateless, mine, key="", of_task=True, ready=True))
        doing = f"{OPEN} AND s.status = 'in_progress' AND {which}"
        found.append(Strand("today", place, doing, mine, key=_or(whose.today.isoformat()), of_task=True))
    found += [
        Strand("confirm", 0, STALE, mine, key="CAST(s.status_since AS text)", of_task=True),
        Strand("waiting", 0, f"{OPEN} AND s.status = 'waiting'", mine, "CAST(s.waiting_since AS text)", of_task=True),
        Strand("coming", 0, COMING, mine, key=_or(NEVER), of_task=True),
    ]
    if whose.role >= Role.STAFF:
        anyone = (whose.practice_id, int(whose.role))
        found.append(Strand("grabs", 0, f"{GRABS} AND s.due IS NOT NULL", anyone))
        found.append(Strand("grabs", 0, f"{GRABS} AND s.due IS NULL", anyone, key=""))
    return tuple(found)


def _or(day: str) -> str:
    """The day on which a step is due as text, and a day where there is none."""
    return f"COALESCE(CAST({STEP_DAY} AS text), '{day}')"


def joins_of(strand: Strand, whose: Whose) -> str:
    """What a statement over a strand needs beside the steps."""
    if whose.keep:
        return "JOIN tasks_task t ON t.id = s.task_id LEFT JOIN clients_client c ON c.id = t.client_id"
    return "JOIN tasks_task t ON t.id = s.task_id" if strand.of_task else ""


def select(strand: Strand, whose: Whose, *, number: int, limit: int, after: Cursor) -> tuple[str, list[object]]:
    """A statement for the first steps of a strand after a cursor: number, place, key as text, id."""
    kept, narrowing = whose.kept
    where, params = strand.where + kept, [*strand.params, *narrowing]
    if after.place == strand.place and strand.key == "" and after.key >= NEVER:
        where, params = f"{where} AND s.id > %s", [*params, after.id]
    elif after.place == strand.place and strand.key:
        where += f" AND ({strand.key}, s.id) > (%s, %s)"
        params += [date.fromisoformat(after.key[:10]) if strand.key == DUE else after.key, after.id]
    text = f"CAST({strand.key} AS text)" if strand.key else f"'{NEVER}'"
    order = f"{strand.key}, s.id" if strand.key else "s.id"
    statement = f"""SELECT {number} AS n, {strand.place} AS place, {text} AS k, s.id AS id
        FROM workflows_step s {joins_of(strand, whose)} WHERE {where} ORDER BY {order} LIMIT %s"""
    return statement, [*params, limit]
