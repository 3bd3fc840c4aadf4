"""Services as lists and pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from natrium.apps.catalogue.facts import Mode, OwnerRule, RecurringFacts
from natrium.apps.database import sql
from natrium.apps.practices.offices import AtWork
from natrium.domain.errors import NotFound
from natrium.domain.recurrence import codec
from natrium.domain.recurrence.schedule import Schedule
from natrium.domain.recurrence.schedules import SCHEDULES
from natrium.domain.recurrence.sentences import sentence
from natrium.domain.recurrence.sweeping import CatchUp


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service with how many clients take it, how many recurring tasks it has, and how many series are in trouble."""

    id: int
    name: str
    description: str
    active: bool
    clients: int
    recurring_tasks: int
    troubles: int


@dataclass(frozen=True, slots=True)
class RecurringLine:
    """A recurring task as it is read: its facts, the schedule (None after completion) and its sentence.

    `templates` are (id, name) in order; `owner` is the name of the member whom the owner rule names, "" for none.
    """

    id: int
    rev: int
    facts: RecurringFacts
    schedule: Schedule | None
    sentence: str
    templates: tuple[tuple[int, str], ...]
    owner: str
    owner_active: bool


@dataclass(frozen=True, slots=True)
class ServicePage:
    """One service with its recurring tasks. `schedule_key`: the ready service that it came from."""

    line: ServiceLine
    schedule_key: str
    rev: int
    recurring: tuple[RecurringLine, ...]


@dataclass(frozen=True, slots=True)
class ReadyService:
    """A service that comes with Natrium. `taken_as` is the id of the practice's own, None where it has none."""

    key: str
    who: str
    sentence: str
    workflow: str
    taken_as: int | None


LINE = """
    SELECT s.id, s.name, s.description, s.active,
        (SELECT COUNT(*) FROM catalogue_engagement e WHERE e.service_id = s.id AND e.ends_on IS NULL),
        (SELECT COUNT(*) FROM catalogue_recurringtask r WHERE r.service_id = s.id AND r.active),
        (SELECT COUNT(*) FROM catalogue_series x JOIN catalogue_engagement e ON e.id = x.engagement_id
            WHERE e.service_id = s.id),
        s.schedule_key, s.rev
    FROM catalogue_service s WHERE s.practice_id = %s"""


def services(by: AtWork, *, archived: bool = False) -> tuple[ServiceLine, ...]:
    """The practice's services by name; archived ones where asked."""
    active = sql.FALSE if archived else sql.TRUE
    rows = sql.rows(f"{LINE} AND s.active = {active} ORDER BY lower(s.name), s.id", (by.practice_id,))
    return tuple(_line(row) for row in rows)


def service_page(by: AtWork, service_id: int) -> ServicePage:
    """One service. Raises NotFound."""
    row = sql.row(f"{LINE} AND s.id = %s", (by.practice_id, service_id))
    if row is None:
        raise NotFound("There is no such service in this practice.")
    return ServicePage(_line(row), row[7], row[8], recurring_of([service_id]).get(service_id, ()))


def ready_services(by: AtWork) -> tuple[ReadyService, ...]:
    """The services that come with Natrium, and which of them the practice has taken."""
    rows = sql.rows(
        "SELECT lower(name), id FROM catalogue_service WHERE practice_id = %s AND active", (by.practice_id,)
    )
    taken = dict(rows)
    return tuple(
        ReadyService(one.service, one.who, sentence(one), one.workflow, taken.get(one.service.lower()))
        for one in SCHEDULES
    )


def recurring_of(service_ids: Sequence[int]) -> dict[int, tuple[RecurringLine, ...]]:
    """The recurring tasks of services that are already known to be the practice's, in order."""
    if not service_ids:
        return {}
    rows = sql.rows(
        f"""SELECT r.service_id, r.id, r.rev, r.title_pattern, r.schedule, r.rule, r.owner_rule, r.owner_member_id,
                   r.catch_up, r.mode, r.every_days, COALESCE(m.name, ''), COALESCE(m.active, {sql.FALSE})
            FROM catalogue_recurringtask r LEFT JOIN practices_member m ON m.id = r.owner_member_id
            WHERE r.active AND {sql.one_of("r.service_id", service_ids)} ORDER BY r.service_id, r.position, r.id""",
        sql.chosen(service_ids),
    )
    templates = templates_of([row[1] for row in rows])
    found: dict[int, list[RecurringLine]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(_recurring(row, templates.get(row[1], ())))
    return {service_id: tuple(lines) for service_id, lines in found.items()}


def templates_of(recurring_ids: Sequence[int]) -> dict[int, tuple[tuple[int, str], ...]]:
    """The templates of recurring tasks, (id, name) in order."""
    if not recurring_ids:
        return {}
    found: dict[int, list[tuple[int, str]]] = {}
    for recurring, template_id, name in sql.rows(
        f"""SELECT x.recurring_task_id, t.id, t.name FROM catalogue_recurringtasktemplate x
            JOIN workflows_template t ON t.id = x.template_id
            WHERE {sql.one_of("x.recurring_task_id", recurring_ids)} ORDER BY x.recurring_task_id, x.position""",
        sql.chosen(recurring_ids),
    ):
        found.setdefault(recurring, []).append((template_id, name))
    return {recurring: tuple(names) for recurring, names in found.items()}


def _line(row: Sequence[Any]) -> ServiceLine:
    id_, name, description, active, clients, recurring, troubles = row[:7]
    return ServiceLine(id_, name, description, bool(active), clients, recurring, troubles)


def _recurring(row: Sequence[Any], templates: tuple[tuple[int, str], ...]) -> RecurringLine:
    _, id_, rev, pattern, text, rule, owner_rule, owner_id, catch_up, mode, every, owner, active = row
    data: Any = sql.from_json(text) if text else None
    facts = RecurringFacts(
        title_pattern=pattern,
        schedule=data,
        rule=rule,
        owner_rule=OwnerRule(owner_rule),
        owner_member_id=owner_id,
        catch_up=CatchUp(catch_up),
        mode=Mode(mode),
        every_days=every,
        template_ids=tuple(template_id for template_id, _ in templates),
    )
    schedule = codec.from_dict(data) if data else None
    words = sentence(schedule) if schedule else f"Again {every} days after the last one is done."
    return RecurringLine(id_, rev, facts, schedule, words, templates, owner, bool(active))
