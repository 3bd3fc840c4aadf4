"""Services: what the practice sells, the tasks that recur for it, the ready ones, and dates before anything is kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import Day, Id, Nothing, RuledName, RuledText, Strict
from natrium.api.etags import if_match, tag
from natrium.api.problems import ERRORS
from natrium.api.tasks import Created
from natrium.apps.catalogue import operations, queries
from natrium.apps.catalogue.operations import CatchUp, Mode, OwnerRule, RecurringFacts
from natrium.apps.catalogue.queries import NextDate, ReadyService, RecurringLine, ServiceLine
from natrium.domain.recurrence.occurrences import Dated

router = Router(tags=["services"])
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]


class NewService(Strict):
    """A service to be; its recurring tasks are added to it."""

    name: RuledName
    description: RuledText = ""


class ServiceChange(Strict):
    """Fields to change, those that are sent."""

    name: RuledName = ""
    description: RuledText = ""


class ReadyKey(Strict):
    """The name of a ready service."""

    key: RuledName


class RecurringFields(Strict):
    """A recurring task. `schedule` is plain data: anchor, months, create, rule or offset, target, milestones, parts.

    `rule` is one of the schedule's others, "" for its own. `owner_member_id` goes with the owner rule "member",
    `every_days` with the mode "after_completion", which has no schedule.
    """

    title_pattern: RuledName = ""
    schedule: dict[str, Any] | None = None
    rule: RuledName = ""
    owner_rule: OwnerRule = OwnerRule.CLIENT_MANAGER
    owner_member_id: Id | None = None
    catch_up: CatchUp = CatchUp.ALL
    mode: Mode = Mode.ON_SCHEDULE
    every_days: Number | None = None
    template_ids: Annotated[list[Id], Field(max_length=50)] = []


class Previewed(RecurringFields):
    """A recurring task as it might be, for one client; `since` looks at periods from a day on."""

    client_id: Id
    since: Day | None = None
    count: Annotated[int, Field(ge=1, le=60)] = 6


class RecurringTaskOut(Schema):
    """A recurring task as it is kept, with its sentence."""

    id: int
    rev: int
    title_pattern: str
    schedule: dict[str, Any] | None
    rule: str
    owner_rule: OwnerRule
    owner_member_id: int | None
    catch_up: CatchUp
    mode: Mode
    every_days: int | None
    template_ids: list[int]
    sentence: str


class ServiceOut(Schema):
    """A service with its recurring tasks."""

    service: ServiceLine
    schedule_key: str
    rev: int
    recurring_tasks: list[RecurringTaskOut]


class DatedOut(Schema):
    """A date with its reason; null where the reason says what is missing."""

    label: str
    day: date | None
    why: str
    pay_by: date | None
    rule: str
    version: int | None


class NextDateOut(Schema):
    """A task to be."""

    title: str
    period_start: date
    period_end: date
    part: int
    create_on: date | None
    target: date | None
    due: DatedOut
    other_dates: list[DatedOut]


class NextDates(Schema):
    """The next dates, and what stands in the way of further ones."""

    dates: list[NextDateOut]
    waiting: list[str]


def _recurring(line: RecurringLine) -> RecurringTaskOut:
    facts = {name: getattr(line.facts, name) for name in RecurringFacts.__dataclass_fields__}
    return RecurringTaskOut(id=line.id, rev=line.rev, sentence=line.sentence, **facts)


def _dated(dated: Dated, label: str = "") -> DatedOut:
    return DatedOut(
        label=label, day=dated.day, why=dated.why, pay_by=dated.pay_by, rule=dated.rule, version=dated.version
    )


def _next(one: NextDate) -> NextDateOut:
    return NextDateOut(
        title=one.title, period_start=one.period_start, period_end=one.period_end, part=one.part,
        create_on=one.create_on, target=one.target, due=_dated(one.due),
        other_dates=[_dated(dated, label) for label, dated in one.milestones],
    )  # fmt: skip


def _facts(body: RecurringFields) -> RecurringFacts:
    said = body.model_dump(include=set(RecurringFields.model_fields))
    return RecurringFacts(**said | {"template_ids": tuple(body.template_ids)})


@router.get("/services", response={200: list[ServiceLine], **ERRORS})
def services(request: HttpRequest, archived: bool = False) -> list[ServiceLine]:  # noqa: FBT001, FBT002 - a query
    """The practice's services by name."""
    return list(queries.services(by=asked(request).by, archived=archived))


@router.post("/services", response={201: Created, **ERRORS})
def create(request: HttpRequest, body: NewService) -> Any:  # noqa: ANN401 - a status with its body
    """A new service without recurring tasks."""
    who = asked(request)
    made = operations.create_service(by=who.by, at=who.at, name=body.name, description=body.description)
    return Status(201, Created(id=made))


@router.get("/ready-services", response={200: list[ReadyService], **ERRORS})
def ready(request: HttpRequest) -> list[ReadyService]:
    """The services that come with Natrium, each with its sentence."""
    return list(queries.ready_services(by=asked(request).by))


@router.post("/ready-services", response={201: Created, **ERRORS})
def take(request: HttpRequest, body: ReadyKey) -> Any:  # noqa: ANN401 - a status with its body
    """A ready service as the practice's own, with its workflow; the one it has of that name, where it has one."""
    who = asked(request)
    return Status(201, Created(id=operations.take_ready_service(by=who.by, at=who.at, key=body.key)))


@router.get("/services/{int:service_id}", response={200: ServiceOut, **ERRORS})
def service(request: HttpRequest, response: HttpResponse, service_id: Id) -> ServiceOut:
    """A service with its recurring tasks."""
    found = queries.service_page(by=asked(request).by, service_id=service_id)
    tag(response, found.rev)
    return ServiceOut(
        service=found.line, schedule_key=found.schedule_key, rev=found.rev,
        recurring_tasks=[_recurring(line) for line in found.recurring],
    )  # fmt: skip


@router.patch("/services/{int:service_id}", response={200: Created, **ERRORS})
def edit(request: HttpRequest, response: HttpResponse, service_id: Id, body: ServiceChange) -> Created:
    """Another name or description."""
    who = asked(request)
    changes = body.model_dump(include=set(body.model_fields_set))
    rev = operations.edit_service(
        by=who.by, at=who.at, service_id=service_id, changes=changes, if_rev=if_match(request)
    )
    tag(response, rev)
    return Created(id=service_id)


@router.post("/services/{int:service_id}/archive", response={200: Created, **ERRORS})
def archive(request: HttpRequest, service_id: Id, body: Nothing) -> Created:  # noqa: ARG001
    """Take a service that no client takes out of what is offered."""
    who = asked(request)
    operations.archive_service(by=who.by, at=who.at, service_id=service_id)
    return Created(id=service_id)


@router.post("/services/{int:service_id}/unarchive", response={200: Created, **ERRORS})
def unarchive(request: HttpRequest, service_id: Id, body: Nothing) -> Created:  # noqa: ARG001
    """Offer it again."""
    who = asked(request)
    operations.unarchive_service(by=who.by, at=who.at, service_id=service_id)
    return Created(id=service_id)


@router.post("/services/{int:service_id}/recurring-tasks", response={201: Created, **ERRORS})
def add(request: HttpRequest, service_id: Id, body: RecurringFields) -> Any:  # noqa: ANN401 - a status with its body
    """A further recurring task, for every client who takes the service."""
    who = asked(request)
    made = operations.add_recurring_task(by=who.by, at=who.at, service_id=service_id, facts=_facts(body))
    return Status(201, Created(id=made))


@router.post("/services/{int:service_id}/dates", response={200: NextDates, **ERRORS})
def dates(request: HttpRequest, service_id: Id, body: Previewed) -> NextDates:
    """The next dates of a recurring task as it might be, for a client; nothing is kept."""
    who = asked(request)
    found = queries.service_page(by=who.by, service_id=service_id)
    shown = queries.preview(
        by=who.by, at=who.at, facts=_facts(body), client_id=body.client_id, service=found.line.name, since=body.since,
        count=body.count,
    )  # fmt: skip
    return NextDates(dates=[_next(one) for one in shown.dates], waiting=list(shown.waiting))


@router.patch("/recurring-tasks/{int:recurring_task_id}", response={200: Created, **ERRORS})
def edit_recurring(
    request: HttpRequest, response: HttpResponse, recurring_task_id: Id, body: RecurringFields
) -> Created:
    """Change those fields that are sent; it holds for tasks that are made from now on."""
    who = asked(request)
    facts = _facts(body)
    changes = {name: getattr(facts, name) for name in body.model_fields_set}
    rev = operations.edit_recurring_task(
        by=who.by, at=who.at, recurring_task_id=recurring_task_id, changes=changes, if_rev=if_match(request)
    )
    tag(response, rev)
    return Created(id=recurring_task_id)


@router.delete("/recurring-tasks/{int:recurring_task_id}", response={200: Created, **ERRORS})
def remove_recurring(request: HttpRequest, recurring_task_id: Id) -> Created:
    """Make no more of its tasks; those that are there stay."""
    who = asked(request)
    operations.remove_recurring_task(by=who.by, at=who.at, recurring_task_id=recurring_task_id)
    return Created(id=recurring_task_id)
