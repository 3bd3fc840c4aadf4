"""The recurring tasks of a service, and the ready services that Natrium comes with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from natrium.apps.activity.operations import NewEvent
from natrium.apps.catalogue import facts as facts_of
from natrium.apps.catalogue import troubles
from natrium.apps.catalogue.facts import Mode, OwnerRule, RecurringFacts
from natrium.apps.catalogue.models import RecurringTask, RecurringTaskTemplate, Service
from natrium.apps.catalogue.operations.services import create_service, lock_service, need_manager, record
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import operations as workflows
from natrium.apps.workflows import queries as workflow_queries
from natrium.apps.workflows.library import library
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.recurrence import codec
from natrium.domain.recurrence.schedule import Anchor, Parts, Schedule
from natrium.domain.recurrence.schedules import SCHEDULES
from natrium.domain.recurrence.sweeping import CatchUp

MOST = 20
READY = {one.service: one for one in SCHEDULES}


def add_recurring_task(*, by: SignedIn, at: datetime, service_id: int, facts: RecurringFacts, batch: str = "") -> int:
    """A further recurring task of a service, at its end; returns its id. It is for every client who takes it.

    Raises NotFound (service, member, template), Refusal (not-allowed, bad-value).
    """
    need_manager(by)
    with transaction.atomic():
        service = lock_service(practice_id=by.practice_id, service_id=service_id)
        sound = facts_of.sound(facts, practice_id=by.practice_id)
        theirs = RecurringTask.objects.filter(service=service)
        if theirs.filter(active=True).count() >= MOST:
            raise Refusal(Code.BAD_VALUE, f"A service has at most {MOST} recurring tasks.", field="title_pattern")
        last = theirs.aggregate(last=Max("position"))["last"]
        row = RecurringTask.objects.create(
            practice_id=by.practice_id, service=service, position=0 if last is None else last + 1,
            created_at=at, **facts_of.columns(sound),
        )  # fmt: skip
        _write_templates(row, sound.template_ids)
        data = {"recurring_task": row.pk, "fields": _said(sound)}
        record(service, by, at, NewEvent(verb="service.task_added", name=sound.title_pattern, data=data), batch)
        return row.pk


def edit_recurring_task(
    *, by: SignedIn, at: datetime, recurring_task_id: int, changes: Mapping[str, Any], if_rev: int | None = None
) -> int:
    """Change facts of a recurring task (fields of RecurringFacts); returns the new rev. Tasks that are there stay.

    Raises NotFound, StaleEdit, Refusal (not-allowed, bad-value).
    """
    need_manager(by)
    with transaction.atomic():
        row, service = _locked(recurring_task_id, by=by)
        if if_rev is not None and row.rev != if_rev:
            raise StaleEdit("Somebody changed this recurring task since you read it.", {"rev": row.rev})
        before = facts_of_row(row)
        after = facts_of.sound(_changed(before, changes), practice_id=by.practice_id)
        was, now = _said(before), _said(after)
        differ = {name: [was.get(name), now.get(name)] for name in was | now if was.get(name) != now.get(name)}
        if not differ:
            return row.rev
        for name, value in facts_of.columns(after).items():
            setattr(row, name, value)
        row.rev += 1
        row.save()
        if before.template_ids != after.template_ids:
            _write_templates(row, after.template_ids)
        data = {"recurring_task": row.pk, "changes": differ}
        record(service, by, at, NewEvent(verb="service.task_edited", name=after.title_pattern, data=data))
        return row.rev


def remove_recurring_task(*, by: SignedIn, at: datetime, recurring_task_id: int) -> bool:
    """Makes no more of its tasks; those that are there stay. False where it was so.

    Raises NotFound, Refusal (not-allowed).
    """
    need_manager(by)
    with transaction.atomic():
        row, service = _locked(recurring_task_id, by=by)
        if not row.active:
            return False
        row.active = False
        troubles.forget(recurring_task_id=row.pk)
        row.rev += 1
        row.save(update_fields=["active", "rev"])
        data = {"recurring_task": row.pk}
        record(service, by, at, NewEvent(verb="service.task_removed", name=row.title_pattern, data=data))
        return True


def take_ready_service(*, by: SignedIn, at: datetime, key: str) -> int:
    """One of the ready services as the practice's own, with its recurring task and workflow; returns its id.

    The workflow is the practice's template of that name, else the one of the library, which is taken for it. Where the
    practice has an active service of that name, it is given back as it is. Raises NotFound, Refusal (not-allowed).
    """
    need_manager(by)
    schedule = READY.get(key)
    if schedule is None:
        raise NotFound("There is no such ready service.")
    with transaction.atomic():
        there = Service.objects.filter(practice_id=by.practice_id, name__iexact=key, active=True).first()
        if there is not None:
            return there.pk
        service_id = create_service(
            by=by, at=at, name=schedule.service, description=f"For: {schedule.who}.", schedule_key=key
        )
        template_id = _template_called(schedule.workflow, by=by, at=at) if schedule.workflow else None
        facts = RecurringFacts(
            title_pattern=_pattern(schedule),
            schedule=codec.to_dict(schedule),
            template_ids=(template_id,) if template_id else (),
        )
        add_recurring_task(by=by, at=at, service_id=service_id, facts=facts)
        return service_id


def _pattern(schedule: Schedule) -> str:
    if schedule.anchor is Anchor.EVENT:
        return "{service}"
    yearly = schedule.months >= 12
    pattern = "{service} {period_end:%Y}" if yearly else "{service} to {period_end:%d %b %Y}"
    return f"{pattern}, part {{part}}" if schedule.parts is Parts.INSTALMENT else pattern


def _template_called(name: str, *, by: SignedIn, at: datetime) -> int | None:
    try:
        return workflow_queries.template_by_name(by, name)
    except NotFound:
        entry = next((entry for entry in library() if entry.template.name == name), None)
        return workflows.take_from_library(by=by, at=at, slug=entry.slug) if entry else None


def facts_of_row(row: RecurringTask) -> RecurringFacts:
    """A recurring task's facts from its row."""
    templates = sql.rows(
        "SELECT template_id FROM catalogue_recurringtasktemplate WHERE recurring_task_id = %s ORDER BY position",
        (row.pk,),
    )
    return RecurringFacts(
        title_pattern=row.title_pattern,
        schedule=dict(sql.from_json(row.schedule)) if row.schedule else None,  # type: ignore[call-overload]
        rule=row.rule,
        owner_rule=OwnerRule(row.owner_rule),
        owner_member_id=row.owner_member_id,
        catch_up=CatchUp(row.catch_up),
        mode=Mode(row.mode),
        every_days=row.every_days,
        template_ids=tuple(id_ for (id_,) in templates),
    )


def _changed(before: RecurringFacts, changes: Mapping[str, Any]) -> RecurringFacts:
    for name in changes:
        if name not in RecurringFacts.__dataclass_fields__:
            raise Refusal(Code.BAD_VALUE, f"“{name}” is nothing of a recurring task.", field=name)
    return replace(before, **changes)


def _said(facts: RecurringFacts) -> dict[str, Any]:
    """The facts as the record keeps them."""
    kept = facts_of.columns(facts) | {"schedule": facts.schedule, "template_ids": list(facts.template_ids)}
    return {name: value for name, value in kept.items() if value not in (None, "", [])}


def _write_templates(row: RecurringTask, template_ids: Sequence[int]) -> None:
    RecurringTaskTemplate.objects.filter(recurring_task=row).delete()
    RecurringTaskTemplate.objects.bulk_create(
        RecurringTaskTemplate(practice_id=row.practice_id, recurring_task=row, position=place, template_id=id_)
        for place, id_ in enumerate(template_ids)
    )


def _locked(recurring_task_id: int, *, by: SignedIn) -> tuple[RecurringTask, Service]:
    """A recurring task of the practice with its service, whose row is locked."""
    found = RecurringTask.objects.filter(pk=recurring_task_id, practice_id=by.practice_id).first()
    if found is None:
        raise NotFound("There is no such recurring task.")
    service = lock_service(practice_id=by.practice_id, service_id=found.service_id)
    return RecurringTask.objects.get(pk=found.pk), service
