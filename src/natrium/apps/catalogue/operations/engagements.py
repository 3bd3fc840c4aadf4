"""A client takes a service, stops for a while, ends it: each with its line in the client's record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from natrium.apps.activity.operations import NewEvent
from natrium.apps.catalogue import facts as facts_of
from natrium.apps.catalogue import troubles
from natrium.apps.catalogue.models import Engagement, EngagementOverride, RecurringTask, Service
from natrium.apps.clients import operations as clients
from natrium.apps.clients.models import Client
from natrium.apps.database import sql
from natrium.apps.practices.offices import AtWork, today_of
from natrium.apps.practices.people import SignedIn
from natrium.apps.workflows import operations as workflows
from natrium.apps.workflows import queries as workflow_queries
from natrium.domain.deadlines.words import said
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.domain.workflow.model import Hold

FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_DAYS = 3660
ENGAGEMENT_ENDED = "The engagement has ended."
ENDED = "The client no longer takes this service."


class OpenWork(StrEnum):
    """What becomes of the tasks there are when an engagement ends: all stay, the unbegun go, or all open ones go."""

    KEEP = "keep"
    CANCEL = "cancel"
    CANCEL_ALL = "cancel_all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What is different for one client in one recurring task; what is None is as the recurring task says."""

    recurring_task_id: int
    owner_member_id: int | None = None
    days_before: int | None = None
    template_ids: tuple[int, ...] | None = None


def start_engagement(
    *,
    by: AtWork,
    at: datetime,
    client_id: int,
    service_id: int,
    starts_on: date,
    overrides: Sequence[Override] = (),
    batch: str = "",
) -> int:
    """A client takes a service from a day on; returns the engagement's id, that of the open one where there is one.

    Raises NotFound, Refusal (not-allowed; bad-value for a client who has gone, an archived service, a senseless day).
    """
    need_manager(by)
    check_day(starts_on, "starts_on")
    with transaction.atomic():
        client = clients.lock_client(practice_id=by.practice_id, client_id=client_id)
        if sql.is_postgresql():  # so that it is not archived meanwhile; many may start it at once
            sql.rows("SELECT id FROM catalogue_service WHERE id = %s FOR SHARE", (service_id,))
        service = Service.objects.filter(pk=service_id, practice_id=by.practice_id).first()
        if service is None:
            raise NotFound("There is no such service.")
        there = Engagement.objects.filter(client=client, service=service, ends_on=None).first()
        if there is not None:
            return there.pk
        _after_earlier(client, service, starts_on)
        if not client.active or (client.ceased_on is not None and client.ceased_on < starts_on):
            raise Refusal(Code.BAD_VALUE, f"{client.name} is no client any more.", field="client_id")
        if not service.active:
            raise Refusal(Code.BAD_VALUE, f"“{service.name}” is archived.", field="service_id")
        row = Engagement.objects.create(
            practice_id=by.practice_id, client=client, service=service, starts_on=starts_on, created_at=at
        )
        different = _write_overrides(row, overrides)
        data = {"starts_on": starts_on} | ({"overrides": different} if different else {})
        _record("engagement.started", row, client, data, by=by, at=at, batch=batch)
        return row.pk


def _after_earlier(client: Client, service: Service, starts_on: date) -> None:
    """Refuses bad-value for a day on which an engagement with an end still runs."""
    there = Engagement.objects.filter(client=client, service=service, ends_on__gte=starts_on).first()
    if there is not None and there.ends_on is not None:
        words = f"{client.name} takes “{service.name}” until {said(there.ends_on)}: start it after that day."
        raise Refusal(Code.BAD_VALUE, words, field="starts_on")


def set_overrides(*, by: SignedIn, at: datetime, engagement_id: int, overrides: Sequence[Override]) -> bool:
    """Say all that is different for this client; False where it was so. Tasks that are there stay.

    Raises NotFound, Refusal (not-allowed, bad-value).
    """
    need_manager(by)
    with transaction.atomic():
        row, client = locked(engagement_id, by=by)
        before = overrides_said(row.pk)
        after = _write_overrides(row, overrides)
        if before == after:
            return False
        _touch(row, [])
        _record("engagement.changed", row, client, {"changes": {"overrides": [before, after]}}, by=by, at=at)
        return True


def pause_engagement(*, by: SignedIn, at: datetime, engagement_id: int, on: date, batch: str = "") -> bool:
    """Nothing is made for it until it is resumed; False where it is paused. `on` says since when: today, or earlier.

    Raises NotFound, Refusal (not-allowed, bad-value, wrong-state for one that has ended).
    """
    need_manager(by)
    check_day(on, "on")
    if on > today_of(by, at):
        raise Refusal(Code.BAD_VALUE, "Pause from today or earlier.", field="on")
    with transaction.atomic():
        row, client = locked(engagement_id, by=by)
        _not_ended(row)
        if row.paused_on is not None:
            return False
        row.paused_on = on
        _touch(row, ["paused_on"])
        troubles.forget(engagement_id=row.pk)
        _record("engagement.paused", row, client, {"on": on}, by=by, at=at, batch=batch)
        return True


def resume_engagement(*, by: SignedIn, at: datetime, engagement_id: int, batch: str = "") -> bool:
    """Makes its tasks again; what went by meanwhile is caught up as each recurring task says. False where it was so.

    Raises NotFound, Refusal (not-allowed, wrong-state for one that has ended).
    """
    need_manager(by)
    with transaction.atomic():
        row, client = locked(engagement_id, by=by)
        if row.paused_on is None:
            return False
        if row.ends_on is not None and row.ends_on < today_of(by, at):
            raise Refusal(Code.WRONG_STATE, ENGAGEMENT_ENDED)
        was, row.paused_on = row.paused_on, None
        _touch(row, ["paused_on"])
        _record("engagement.resumed", row, client, {"paused_on": was}, by=by, at=at, batch=batch)
        return True


def end_engagement(
    *, by: SignedIn, at: datetime, engagement_id: int, on: date, open_work: OpenWork, batch: str = ""
) -> int:
    """The last day of an engagement; returns how many tasks were cancelled with it. Ended on that day already: 0.

    Raises NotFound, Refusal (not-allowed; bad-value for a day before it starts, or on which the client takes the
    service again).
    """
    need_manager(by)
    check_day(on, "on")
    open_work = OpenWork(open_work)
    with transaction.atomic():
        row, client = locked(engagement_id, by=by)
        if on < row.starts_on:
            raise Refusal(Code.BAD_VALUE, "It cannot end before it starts.", field="on")
        if row.ends_on == on:
            return 0
        _before_later(row, client, on)
        was, row.ends_on = row.ends_on, on
        _touch(row, ["ends_on"])
        troubles.forget(engagement_id=row.pk)
        cancelled = [] if open_work is OpenWork.KEEP else open_tasks(row.pk, begun=open_work is OpenWork.CANCEL_ALL)
        data = {"on": on, "open_work": open_work.value, "cancelled": len(cancelled)} | ({"was": was} if was else {})
        _record("engagement.ended", row, client, data, by=by, at=at, batch=batch)
        for task_id in cancelled:
            workflows.hold(by=by, at=at, task_id=task_id, to=Hold.CANCELLED, reason=ENDED, batch=batch)
        return len(cancelled)


def _before_later(row: Engagement, client: Client, on: date) -> None:
    """Refuses bad-value for a last day on which a later engagement of the same runs: periods would be made twice."""
    same = Engagement.objects.filter(client=client, service_id=row.service_id, starts_on__lte=on).exclude(pk=row.pk)
    later = same.filter(starts_on__gte=row.starts_on).order_by("starts_on").first()
    if later is not None:
        words = f"{client.name} takes the service again from {said(later.starts_on)}: end it before that day."
        raise Refusal(Code.BAD_VALUE, words, field="on")


def open_tasks(engagement_id: int, *, begun: bool) -> list[int]:
    """The tasks of an engagement that are not over; those that somebody has begun only where asked."""
    words = "t.status NOT IN ('done', 'cancelled')" if begun else "t.status = 'not_started'"
    rows = sql.rows(
        f"""SELECT t.id FROM catalogue_occurrence o JOIN tasks_task t ON t.id = o.task_id
            WHERE o.engagement_id = %s AND {words} ORDER BY t.id""",
        (engagement_id,),
    )
    return [id_ for (id_,) in rows]


def need_manager(by: AtWork) -> None:
    """Refuses `not-allowed` to a member who may not start or end services; the product itself may."""
    if isinstance(by, SignedIn) and not may(by.member.role, Deed.EDIT_SERVICE):
        raise Refusal(Code.NOT_ALLOWED, f"What clients take is for {who_may(Deed.EDIT_SERVICE)}.")


def locked(engagement_id: int, *, by: AtWork) -> tuple[Engagement, Client]:
    """An engagement of the practice and its client, both locked, the client first. Raises NotFound."""
    found = Engagement.objects.filter(pk=engagement_id, practice_id=by.practice_id).first()
    if found is None:
        raise NotFound("There is no such engagement.")
    client = clients.lock_client(practice_id=by.practice_id, client_id=found.client_id)
    row = Engagement.objects.select_for_update(no_key=True).get(pk=found.pk)
    return row, client


def overrides_said(engagement_id: int) -> list[dict[str, Any]]:
    """The overrides of an engagement, as the record keeps them."""
    rows = sql.rows(
        """SELECT recurring_task_id, owner_member_id, days_before, template_ids FROM catalogue_engagementoverride
           WHERE engagement_id = %s ORDER BY recurring_task_id""",
        (engagement_id,),
    )
    names = ("recurring_task", "owner", "days_before")
    return [
        {name: value for name, value in zip(names, row[:3], strict=True) if value is not None}
        | ({"templates": sql.from_json(row[3])} if row[3] is not None else {})
        for row in rows
    ]


def _write_overrides(row: Engagement, overrides: Sequence[Override]) -> list[dict[str, Any]]:
    theirs = set(RecurringTask.objects.filter(service_id=row.service_id).values_list("id", flat=True))
    EngagementOverride.objects.filter(engagement=row).delete()
    for one in overrides:
        if one.recurring_task_id not in theirs:
            raise NotFound("There is no such recurring task in this service.")
        if one.owner_member_id is not None:
            facts_of.check_holder(one.owner_member_id, practice_id=row.practice_id)
        if one.days_before is not None and not 0 <= one.days_before <= MOST_DAYS:
            raise Refusal(Code.BAD_VALUE, f"A target is 0 to {MOST_DAYS} days before.", field="days_before")
        workflow_queries.check_attachable(practice_id=row.practice_id, template_ids=one.template_ids or ())
        templates = None if one.template_ids is None else sql.as_json(list(dict.fromkeys(one.template_ids)))
        EngagementOverride.objects.create(
            practice_id=row.practice_id, engagement=row, recurring_task_id=one.recurring_task_id,
            owner_member_id=one.owner_member_id, days_before=one.days_before, template_ids=templates,
        )  # fmt: skip
    return overrides_said(row.pk)


def _touch(row: Engagement, fields: list[str]) -> None:
    row.rev += 1
    row.save(update_fields=[*fields, "rev"])


def _record(
    verb: str, row: Engagement, client: Client, data: dict[str, Any], *, by: AtWork, at: datetime, batch: str = ""
) -> None:
    name = sql.value("SELECT name FROM catalogue_service WHERE id = %s", (row.service_id,))
    data = {"engagement": row.pk, "service": row.service_id} | data
    clients.record(client, by, at, NewEvent(verb=verb, name=name, data=data), batch)


def _not_ended(row: Engagement) -> None:
    if row.ends_on is not None:
        raise Refusal(Code.WRONG_STATE, ENGAGEMENT_ENDED)


def check_day(day: date, field: str) -> None:
    """Refuses bad-value for a day that no calendar of a practice needs."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refusal(Code.BAD_VALUE, f"Give a day from {FIRST_YEAR} to {LAST_YEAR}.", field=field)
