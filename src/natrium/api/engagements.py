"""What clients take: engagements started, paused, resumed, ended, with what is different; what is ahead of a client."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import MAX_AT_ONCE, Day, Id, Nothing, Strict
from natrium.api.etags import if_match
from natrium.api.problems import ERRORS
from natrium.api.tasks import Created
from natrium.apps.catalogue import operations, queries
from natrium.apps.catalogue.operations import OpenWork, Override, Started
from natrium.apps.catalogue.queries import Ending, EngagementLine, LedgerLine, Trouble, Upcoming

router = Router(tags=["engagements"])
ONE = "/engagements/{int:engagement_id}"


class OverrideIn(Strict):
    """What is different for a client in one recurring task; what is null is as the recurring task says."""

    recurring_task_id: Id
    owner_member_id: Id | None = None
    days_before: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    template_ids: Annotated[list[Id], Field(max_length=50)] | None = None


class NewEngagement(Strict):
    """A service that a client takes from a day on."""

    service_id: Id
    starts_on: Day
    overrides: Annotated[list[OverrideIn], Field(max_length=50)] = []


class Overrides(Strict):
    """All that is different."""

    overrides: Annotated[list[OverrideIn], Field(max_length=50)]


class From(Strict):
    """A day."""

    on: Day


class LastDay(Strict):
    """The last day, and what becomes of the tasks there are: all stay, the unbegun go, or all open ones go."""

    on: Day
    open_work: Literal["keep", "cancel", "cancel_all"]


class Ended(Schema):
    """How many tasks were cancelled."""

    cancelled: int


class Starting(Strict):
    """Clients who take a service from a day on; with `dry_run` only what would come of it is said."""

    client_ids: Annotated[list[Id], Field(max_length=MAX_AT_ONCE)]
    starts_on: Day
    dry_run: bool = False


def _overrides(given: list[OverrideIn]) -> list[Override]:
    return [
        Override(
            recurring_task_id=one.recurring_task_id, owner_member_id=one.owner_member_id, days_before=one.days_before,
            template_ids=None if one.template_ids is None else tuple(one.template_ids),
        )
        for one in given
    ]  # fmt: skip


@router.get("/clients/{int:client_id}/engagements", response={200: list[EngagementLine], **ERRORS})
def of_client(request: HttpRequest, client_id: Id) -> list[EngagementLine]:
    """What a client takes and took."""
    who = asked(request)
    return list(queries.engagements_of_client(by=who.by, client_id=client_id, at=who.at))


@router.post("/clients/{int:client_id}/engagements", response={201: Created, **ERRORS})
def start(request: HttpRequest, client_id: Id, body: NewEngagement) -> Any:  # noqa: ANN401 - a status with its body
    """A client takes a service; the open engagement, where there is one."""
    who = asked(request)
    made = operations.start_engagement(
        by=who.by, at=who.at, client_id=client_id, service_id=body.service_id, starts_on=body.starts_on,
        overrides=_overrides(body.overrides),
    )  # fmt: skip
    return Status(201, Created(id=made))


@router.get("/clients/{int:client_id}/upcoming", response={200: list[Upcoming], **ERRORS})
def upcoming(request: HttpRequest, client_id: Id, days: Annotated[int, Field(ge=1, le=3_661)] = 366) -> list[Upcoming]:
    """What a client's engagements bring from today on, with what has been made of it."""
    who = asked(request)
    return list(queries.upcoming_of_client(by=who.by, client_id=client_id, at=who.at, days=days))


@router.get("/services/{int:service_id}/engagements", response={200: list[EngagementLine], **ERRORS})
def of_service(request: HttpRequest, service_id: Id) -> list[EngagementLine]:
    """Who takes a service and took it."""
    who = asked(request)
    queries.service_page(by=who.by, service_id=service_id)
    return list(queries.engagements_of_service(by=who.by, service_id=service_id, at=who.at))


@router.post("/services/{int:service_id}/engagements", response={200: Started, **ERRORS})
def start_many(request: HttpRequest, service_id: Id, body: Starting) -> Started:
    """Many clients take a service; who takes it already, or has gone, is left as it is."""
    who = asked(request)
    ids, day = body.client_ids, body.starts_on
    if body.dry_run:
        return operations.plan_starting(by=who.by, service_id=service_id, client_ids=ids, starts_on=day)
    return operations.start_engagements(by=who.by, at=who.at, service_id=service_id, client_ids=ids, starts_on=day)


@router.get(f"{ONE}/ledger", response={200: list[LedgerLine], **ERRORS})
def ledger(request: HttpRequest, engagement_id: Id) -> list[LedgerLine]:
    """What became of each period, the newest first."""
    return list(queries.ledger_of(by=asked(request).by, engagement_id=engagement_id))


@router.get(f"{ONE}/ending", response={200: Ending, **ERRORS})
def ending(request: HttpRequest, engagement_id: Id) -> Ending:
    """The open tasks about which ending asks: (id, title) each."""
    return queries.ending(by=asked(request).by, engagement_id=engagement_id)


@router.put(f"{ONE}/overrides", response={200: Created, **ERRORS})
def override(request: HttpRequest, engagement_id: Id, body: Overrides) -> Created:
    """All that is different for this client; tasks that are there stay. If-Match takes the engagement's rev."""
    who = asked(request)
    operations.set_overrides(
        by=who.by, at=who.at, engagement_id=engagement_id, overrides=_overrides(body.overrides),
        if_rev=if_match(request),
    )  # fmt: skip
    return Created(id=engagement_id)


@router.post(f"{ONE}/pause", response={200: Created, **ERRORS})
def pause(request: HttpRequest, engagement_id: Id, body: From) -> Created:
    """Make nothing for it until it is resumed."""
    who = asked(request)
    operations.pause_engagement(by=who.by, at=who.at, engagement_id=engagement_id, on=body.on)
    return Created(id=engagement_id)


@router.post(f"{ONE}/resume", response={200: Created, **ERRORS})
def resume(request: HttpRequest, engagement_id: Id, body: Nothing) -> Created:  # noqa: ARG001
    """Go on; what went by meanwhile is caught up as each recurring task says."""
    who = asked(request)
    operations.resume_engagement(by=who.by, at=who.at, engagement_id=engagement_id)
    return Created(id=engagement_id)


@router.post(f"{ONE}/end", response={200: Ended, **ERRORS})
def end(request: HttpRequest, engagement_id: Id, body: LastDay) -> Ended:
    """The last day of an engagement."""
    who = asked(request)
    count = operations.end_engagement(
        by=who.by, at=who.at, engagement_id=engagement_id, on=body.on, open_work=OpenWork(body.open_work)
    )
    return Ended(cancelled=count)


@router.get("/troubles", response={200: list[Trouble], **ERRORS})
def troubles(request: HttpRequest) -> list[Trouble]:
    """What is not made for a fault or a missing fact, the longest first."""
    return list(queries.troubles(practice_id=asked(request).by.practice_id))
