"""The ways in of services and engagements: operations, routes, forms."""

from collections.abc import Callable
from typing import Any

from natrium.apps.catalogue import operations
from natrium.apps.catalogue.operations import OpenWork, Override, RecurringFacts
from tests.permissions.sides import monthly
from tests.ways import deeds
from tests.ways.asking import Asked
from tests.ways.stage import Stage

MONTHLY = monthly("").schedule


def _client(stage: Stage) -> int:
    return int(stage.job.client.pk)


def _facts(deed: deeds.AddRecurring) -> RecurringFacts:
    templates = (deed.template,) if deed.template else ()
    return RecurringFacts(title_pattern=deed.title, schedule=MONTHLY, template_ids=templates)


def _override(deed: deeds.DifferService) -> Override:
    templates = (deed.template,) if deed.template else None
    return Override(recurring_task_id=deed.recurring, owner_member_id=deed.owner or None, template_ids=templates)


def _start_for_many(_: Stage, words: dict[str, Any], deed: deeds.StartForMany) -> object:
    given = {"service_id": deed.service, "client_ids": deed.clients, "starts_on": deed.starts_on}
    if deed.only_plan:
        return operations.plan_starting(by=words["by"], **given)
    return operations.start_engagements(**words, **given)


CALLS: dict[type, Callable[[Stage, dict[str, Any], Any], object]] = {
    deeds.NewService: lambda _, w, d: operations.create_service(**w, name=d.name),
    deeds.ChangeService: lambda _, w, d: operations.edit_service(**w, service_id=d.service, changes={"name": d.name}),
    deeds.ArchiveService: lambda _, w, d: (operations.unarchive_service if d.back else operations.archive_service)(
        **w, service_id=d.service
    ),
    deeds.TakeReady: lambda _, w, d: operations.take_ready_service(**w, key=d.key),
    deeds.AddRecurring: lambda _, w, d: operations.add_recurring_task(**w, service_id=d.service, facts=_facts(d)),
    deeds.ChangeRecurring: lambda _, w, d: operations.edit_recurring_task(
        **w, recurring_task_id=d.recurring, changes={"title_pattern": d.title}
    ),
    deeds.RemoveRecurring: lambda _, w, d: operations.remove_recurring_task(**w, recurring_task_id=d.recurring),
    deeds.StartService: lambda s, w, d: operations.start_engagement(
        **w, client_id=_client(s), service_id=d.service, starts_on=d.starts_on
    ),
    deeds.StartForMany: _start_for_many,
    deeds.PauseService: lambda _, w, d: operations.pause_engagement(**w, engagement_id=d.engagement, on=d.on),
    deeds.ResumeService: lambda _, w, d: operations.resume_engagement(**w, engagement_id=d.engagement),
    deeds.EndService: lambda _, w, d: operations.end_engagement(
        **w, engagement_id=d.engagement, on=d.on, open_work=OpenWork.KEEP
    ),
    deeds.DifferService: lambda _, w, d: operations.set_overrides(
        **w, engagement_id=d.engagement, overrides=[_override(d)]
    ),
}


def _route_of_override(_: Stage, deed: deeds.DifferService) -> Asked:
    said = {
        "recurring_task_id": deed.recurring, "owner_member_id": deed.owner or None,
        "template_ids": [deed.template] if deed.template else None,
    }  # fmt: skip
    return Asked("put", f"/engagements/{deed.engagement}/overrides", {"overrides": [said]})


def _route_of_recurring(_: Stage, deed: deeds.AddRecurring) -> Asked:
    said = {"title_pattern": deed.title, "schedule": MONTHLY, "template_ids": list(_facts(deed).template_ids)}
    return Asked("post", f"/services/{deed.service}/recurring-tasks", said)


ROUTES: dict[type, Callable[[Stage, Any], Asked | None]] = {
    deeds.NewService: lambda _, d: Asked("post", "/services", {"name": d.name}),
    deeds.ChangeService: lambda _, d: Asked("patch", f"/services/{d.service}", {"name": d.name}),
    deeds.ArchiveService: lambda _, d: Asked(
        "post", f"/services/{d.service}/{'unarchive' if d.back else 'archive'}", {}
    ),
    deeds.TakeReady: lambda _, d: Asked("post", "/ready-services", {"key": d.key}),
    deeds.AddRecurring: _route_of_recurring,
    deeds.ChangeRecurring: lambda _, d: Asked("patch", f"/recurring-tasks/{d.recurring}", {"title_pattern": d.title}),
    deeds.RemoveRecurring: lambda _, d: Asked("delete", f"/recurring-tasks/{d.recurring}"),
    deeds.StartService: lambda s, d: Asked(
        "post", f"/clients/{_client(s)}/engagements",
        {"service_id": d.service, "starts_on": d.starts_on.isoformat()},
    ),
    deeds.StartForMany: lambda _, d: Asked(
        "post", f"/services/{d.service}/engagements",
        {"client_ids": list(d.clients), "starts_on": d.starts_on.isoformat(), "dry_run": d.only_plan},
    ),
    deeds.PauseService: lambda _, d: Asked("post", f"/engagements/{d.engagement}/pause", {"on": d.on.isoformat()}),
    deeds.ResumeService: lambda _, d: Asked("post", f"/engagements/{d.engagement}/resume", {}),
    deeds.EndService: lambda _, d: Asked(
        "post", f"/engagements/{d.engagement}/end", {"on": d.on.isoformat(), "open_work": "keep"}
    ),
    deeds.DifferService: _route_of_override,
}  # fmt: skip


def _engaged(stage: Stage, engagement: int, end: str) -> str:
    return f"/clients/{_client(stage)}/engagements/{engagement}/{end}/"


def _form_of_recurring(_: Stage, deed: deeds.AddRecurring) -> Asked:
    fields = {"title": deed.title, "template1": str(deed.template or "")}
    return Asked("post", f"/services/{deed.service}/tasks/", fields)


def _form_of_override(stage: Stage, deed: deeds.DifferService) -> Asked:
    fields = {f"owner-{deed.recurring}": str(deed.owner or ""), f"template1-{deed.recurring}": str(deed.template or "")}
    return Asked("post", _engaged(stage, deed.engagement, "differences"), fields)


def _form_of_many(_: Stage, deed: deeds.StartForMany) -> Asked | None:
    if deed.only_plan:  # by its address, which is no form that is sent
        return None
    fields = {"ids": ",".join(str(one) for one in deed.clients), "starts_on": deed.starts_on.isoformat()}
    return Asked("post", f"/services/{deed.service}/clients/", fields)


FORMS: dict[type, Callable[[Stage, Any], Asked | None]] = {
    deeds.NewService: lambda _, d: Asked("post", "/services/new/", {"name": d.name}),
    deeds.ChangeService: lambda _, d: Asked("post", f"/services/{d.service}/details/", {"name": d.name}),
    deeds.ArchiveService: lambda _, d: Asked(
        "post", f"/services/{d.service}/archive/", {"out": "1"} if d.back else {}
    ),
    deeds.TakeReady: lambda _, d: Asked("post", "/services/ready/", {"key": d.key}),
    deeds.AddRecurring: _form_of_recurring,
    deeds.ChangeRecurring: lambda _, d: Asked(
        "post", f"/services/{d.service}/tasks/{d.recurring}/", {"title": d.title}
    ),
    deeds.RemoveRecurring: lambda _, d: Asked("post", f"/services/{d.service}/tasks/{d.recurring}/removal/", {}),
    deeds.StartService: lambda s, d: Asked(
        "post", f"/clients/{_client(s)}/engagements/",
        {"service_id": str(d.service), "starts_on": d.starts_on.isoformat()},
    ),
    deeds.StartForMany: _form_of_many,
    deeds.PauseService: lambda s, d: Asked("post", _engaged(s, d.engagement, "pause"), {"on": d.on.isoformat()}),
    deeds.ResumeService: lambda s, d: Asked("post", _engaged(s, d.engagement, "resumption"), {}),
    deeds.EndService: lambda s, d: Asked(
        "post", _engaged(s, d.engagement, "end"), {"on": d.on.isoformat(), "open_work": "keep"}
    ),
    deeds.DifferService: _form_of_override,
}  # fmt: skip
