"""A client takes a service, stops for a while, ends it: each with its line in the client's record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from natrium.apps.activity.operations import NewEvent
from natrium.apps.catalogue import troubles
from natrium.apps.catalogue.models import Engagement, Service
from natrium.apps.catalogue.operations.overrides import Override, overrides_said, write_overrides
from natrium.apps.clients import operations as clients
from natrium.apps.clients.models import Client
from natrium.apps.database import sql
from natrium.apps.practices.offices import AtWork, today_of
from natrium.apps.practices.people import SignedIn
from natrium.apps.workflows import operations as workflows
from natrium.domain.deadlines.words import said
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.roles import Deed, may, who_may
from natrium.domain.workflow.model import Hold

FIRST_YEAR, LAST_YEAR = 1900, 2200
ENGAGEMENT_ENDED = "The engagement has ended."
ENDED = "The client no longer takes this service."


class OpenWork(StrEnum):
    """What becomes of the tasks there are when an engagement ends: all stay, the unbegun go, or all open ones go."""

    KEEP = "keep"
    CANCEL = "cancel"
    CANCEL_ALL = "cancel_all"


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
        different = write_overrides(row, overrides)
        data = {"starts_on": starts_on} | ({"overrides": different} if different else {})
        _record("engagement.started", row, client, data, by=by, at=at, batch=batch)
        return row.pk


def _after_earlier(client: Client, service: Service, starts_on: date) -> None:
    """Refuses bad-value for a day on which an engagement with an end still runs."""
    there = Engagement.objects.filter(client=client, service=service, ends_on__gte=starts_on).first()
    if there is not None and there.ends_on is not None:
        raise Refusal(Code.BAD_VALUE, until_words(client.name, service.name, there.ends_on), field="starts_on")


def until_words(client: str, service: str, ends_on: date) -> str:
    """Why a service is not started on a day on which it still runs."""
    return f"{client} takes “{service}” until {said(ends_on)}: start it after that day."


def set_overrides(
    *, by: SignedIn, at: datetime, engagement_id: int, overrides: Sequence[Override], if_rev: int | None = None
) -> bool:
    """Say all that is different for this client; False where it was so. Tasks that are there stay.

    Raises NotFound, StaleEdit, Refusal (not-allowed; bad-value, which says of which recurring task).
    """
    need_manager(by)
    with transaction.atomic():
        row, client = locked(engagement_id, by=by)
        if if_rev is not None and row.rev != if_rev:
            raise StaleEdit("Somebody changed what this client takes since you read it.", {"rev": row.rev})
        before = overrides_said(row.pk)
        after = write_overrides(row, overrides)
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
