"""How much is in each section of a member's work, in one statement over the same strands that give its rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from natrium.apps.database import sql
from natrium.apps.workflows.filtering import STEP_DAY
from natrium.apps.workflows.queries.strands import BY_DAY, DUE, Strand, Whose, joins_of, strands
from natrium.apps.workflows.worklists import SECTIONS, SectionKey

DAYS_A_WEEK = 5


@dataclass(slots=True)
class Counted:
    """Steps by section, and minutes of today's and this week's.

    `ready` can begin; `late` of those and of what is in progress are late, `holding` hold up others.
    `hours`: minutes that the member works a day, None where not known. `name`: the member's.
    """

    count: dict[SectionKey, int] = field(default_factory=lambda: dict.fromkeys(SECTIONS, 0))
    minutes: dict[SectionKey, int] = field(default_factory=lambda: dict.fromkeys(SECTIONS, 0))
    ready: int = 0
    late: int = 0
    holding: int = 0
    hours: int | None = None
    name: str = ""


def counted(whose: Whose) -> Counted:
    """The counts of a member's work."""
    found = Counted()
    parts = strands(whose)
    selects, params = list[str](), list[object]()
    for number, strand in enumerate(parts):
        text, given = _select(strand, whose, number)
        selects.append(text)
        params += given
    selects.append(
        "SELECT -1, 0, 0, CAST(m.weekly_hours * 60 AS integer), m.name FROM practices_member m WHERE m.id = %s"
    )
    for number, count, late, minutes, name in sql.rows(" UNION ALL ".join(selects), (*params, whose.member_id)):
        if number < 0:
            found.name, found.hours = name, minutes // DAYS_A_WEEK if minutes else None
        else:
            _add(found, parts[number], count, late, int(minutes or 0))
    return found


def _select(strand: Strand, whose: Whose, number: int) -> tuple[str, list[object]]:
    """The counts of one strand. Only what is due soon is summed up: the rest is counted from the index alone."""
    kept, narrowing = whose.kept
    late, params = "0", list[object]()
    if strand.section == "today":
        late, params = f"COUNT(CASE WHEN {STEP_DAY if strand.of_task else DUE} < %s THEN 1 END)", [whose.today]
    minutes = "SUM(s.estimate)" if strand.section in ("today", "week") else "0"
    statement = f"""SELECT {number}, COUNT(*), {late}, {minutes}, ''
        FROM workflows_step s {joins_of(strand, whose)} WHERE {strand.where}{kept}"""
    return statement, [*params, *strand.params, *narrowing]


def _add(found: Counted, strand: Strand, count: int, late: int, minutes: int) -> None:
    key = strand.section
    found.count[key] += count
    found.minutes[key] += minutes
    if key in BY_DAY:
        found.late += late
        found.ready += count if strand.ready else 0
        found.holding += 0 if strand.place else count
