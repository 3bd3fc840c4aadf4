"""The API's ways in: a route a deed, several actions at once, the same again under its key, and many tasks at once."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any, cast

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from natrium.apps.workflows.files import write_template
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.roles import Role
from natrium.domain.workflow import actions
from natrium.domain.workflow.codec import to_dict
from natrium.domain.workflow.definition import Assign, Due, StepDefinition
from natrium.domain.workflow.model import Hold
from tests.ways import by_services, deeds
from tests.ways.answers import Answer, of_problem
from tests.ways.asking import Asked, Way
from tests.ways.by_operation import ACTIONS
from tests.ways.deeds import OWN
from tests.ways.stage import Stage

Body = dict[str, Any]


def plain(value: Any) -> Any:
    """A value of the model as a body carries it."""
    match value:
        case Due():
            return {"days": value.days, "unit": value.unit.value, "from": value.from_.value, "rule": value.rule}
        case Assign():
            return str(value)
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return [plain(one) for one in value]
    return value


def _done(deed: actions.Complete) -> Body:
    return {"filed_on": plain(deed.filed_on), "reference": deed.reference, "note": deed.note}


def _override(deed: actions.OverridePrerequisites) -> Body:
    body: Body = {"covers": list(deed.covers), "reason": deed.reason}
    if isinstance(deed.then, actions.Start):
        body["then"] = "start"
    if isinstance(deed.then, actions.Complete):
        body |= {"then": "complete", **_done(deed.then)}
    return body


# For each action its route on a step: the last word of its address, its name among several, and what it carries.
ROUTES: dict[type, tuple[str, str, Callable[[Any], Body]]] = {
    actions.Start: ("start", "start", lambda _: {}),
    actions.Wait: ("wait", "wait", lambda d: {"reason": d.reason, "on": plain(d.on), "whom": d.whom}),
    actions.Resume: ("resume", "resume", lambda _: {}),
    actions.Complete: ("complete", "complete", _done),
    actions.Reopen: ("reopen", "reopen", lambda d: {"reason": d.reason, "cascade": d.cascade}),
    actions.Confirm: ("confirm", "confirm", lambda _: {}),
    actions.Skip: ("skip", "skip", lambda d: {"reason": d.reason}),
    actions.Unskip: ("unskip", "unskip", lambda _: {}),
    actions.OverridePrerequisites: ("override", "override", _override),
    actions.AssignTo: ("assign", "assign", lambda d: {"to": d.to.id if d.to else None}),
    actions.Claim: ("claim", "claim", lambda _: {}),
    actions.Comment: ("comments", "comment", lambda d: {"text": d.text}),
    deeds.Undo: ("undo", "", lambda _: {}),
}


def asks(stage: Stage, deed: Any) -> Asked | None:
    """The route for a deed."""
    if type(deed) in ROUTES:
        word, _, body = ROUTES[type(deed)]
        return Asked("post", f"{_workflow(stage)}/steps/{deed.key}/{word}", body(deed)) if deed.key else None
    return OTHERS[type(deed)](stage, deed)


def _workflow(stage: Stage) -> str:
    return f"/workflows/{stage.job.workflow_id}"


def _own(stage: Stage, deed: deeds.Own) -> Asked | None:
    if not isinstance(deed.action, OWN):
        return None
    word, _, body = ROUTES[type(deed.action)]
    return Asked("post", f"/tasks/{deed.task or stage.simple_id}/{word}", body(deed.action))


def _undo_own(stage: Stage, deed: deeds.UndoOwn) -> Asked:
    return Asked("post", f"/tasks/{deed.task or stage.simple_id}/undo", {})


def _place(position: int | None) -> Body:
    return {} if position is None else {"position": position}


def _add_step(stage: Stage, deed: actions.AddStep) -> Asked:
    step = {name: plain(getattr(deed.step, name)) for name in StepDefinition.__dataclass_fields__}
    return Asked("post", f"{_workflow(stage)}/steps", {"group": deed.group, **step, **_place(deed.position)})


def _add_group(stage: Stage, deed: actions.AddGroup) -> Asked:
    facts = {"key": deed.key, "name": deed.name, "order": deed.order.value, "gate": deed.gate}
    return Asked("post", f"{_workflow(stage)}/groups", facts | _place(deed.position))


def _edit(stage: Stage, deed: actions.EditStep | actions.EditGroup) -> Asked:
    what = "steps" if isinstance(deed, actions.EditStep) else "groups"
    changes = {name: plain(value) for name, value in deed.changes.items()}
    return Asked("patch", f"{_workflow(stage)}/{what}/{deed.key}", changes | {"reason": deed.reason})


def _move_step(stage: Stage, deed: actions.MoveStep) -> Asked:
    where = {"group": deed.group, "position": deed.position, "reason": deed.reason}
    return Asked("post", f"{_workflow(stage)}/steps/{deed.key}/move", where)


def _move_group(stage: Stage, deed: actions.MoveGroup) -> Asked:
    where = {"position": deed.position, "reason": deed.reason}
    return Asked("post", f"{_workflow(stage)}/groups/{deed.key}/move", where)


def _hold(stage: Stage, deed: deeds.HoldTask) -> Asked:
    to = "active" if deed.to is Hold.NONE else deed.to.value
    return Asked("put", f"/tasks/{stage.job.task_id}/hold", {"to": to, "reason": deed.reason})


def _new_task(_: Stage, deed: deeds.NewTask) -> Asked:
    facts = {name: plain(getattr(deed.facts, name)) for name in TaskFacts.__dataclass_fields__ if name != "other_dates"}
    said = {name: value for name, value in facts.items() if value is not None}
    return Asked("post", "/tasks", said | {"template_ids": list(deed.templates)})


def _change_task(stage: Stage, deed: deeds.ChangeTask) -> Asked:
    return Asked("patch", f"/tasks/{stage.job.task_id}", {name: plain(value) for name, value in deed.changes.items()})


def _people(stage: Stage, deed: deeds.ChangePeople) -> Asked:
    people = {"manager_id": deed.manager, "partner_id": deed.partner}
    return Asked("put", f"/clients/{stage.job.client.pk}/people", people)


def _fact(stage: Stage, deed: deeds.SayFact) -> Asked:
    said = {"field": deed.field, "value": deed.value, "from_date": deed.from_date.isoformat()}
    return Asked("put", f"/clients/{stage.job.client.pk}/facts", said)


def _attach(stage: Stage, deed: deeds.Attach) -> Asked:
    return Asked("post", f"/tasks/{deed.task or stage.simple_id}/workflows", {"template_id": deed.template})


def _hand_over(_: Stage, deed: deeds.HandOver) -> Asked:
    to = {part.value: taker for part, taker in deed.to.items()}
    return Asked("post", f"/members/{deed.member}/hand-over", to | {"leaves": deed.leaves})


def _change_member(_: Stage, deed: deeds.ChangeMember) -> Asked:
    said = {name: value.word if isinstance(value, Role) else value for name, value in deed.changes.items()}
    return Asked("patch", f"/members/{deed.member}", said)


def _archive(_: Stage, deed: deeds.Archive) -> Asked:
    return Asked("post", f"/templates/{deed.template}/{'unarchive' if deed.back else 'archive'}", {})


def _import(_: Stage, deed: deeds.Import) -> Asked:
    return Asked("post", "/templates/import", {"yaml": write_template(deed.template), "publish": deed.publish})


def _draft(_: Stage, deed: deeds.SaveDraft) -> Asked:
    return Asked("put", f"/templates/{deed.template}/draft", {"definition": to_dict(deed.definition)})


# What the API has no route for: it takes a draft as a whole.
ON_PAGES = (
    deeds.ChangeDraft, deeds.ChangeDraftStep, deeds.DiscardDraft,
    deeds.RestoreVersion, deeds.Duplicate, deeds.FromWorkflow,
)  # fmt: skip
WISHES = {"in_mail": [], "digest": True, "digest_at": "07:30"}
OTHERS: dict[type, Callable[[Stage, Any], Asked | None]] = {
    deeds.Own: _own,
    deeds.UndoOwn: _undo_own,
    actions.AddStep: _add_step,
    actions.AddGroup: _add_group,
    actions.EditStep: _edit,
    actions.EditGroup: _edit,
    actions.MoveStep: _move_step,
    actions.MoveGroup: _move_group,
    actions.RemoveStep: lambda stage, deed: Asked("delete", f"{_workflow(stage)}/steps/{deed.key}"),
    actions.RemoveGroup: lambda stage, deed: Asked("delete", f"{_workflow(stage)}/groups/{deed.key}"),
    deeds.TakeEditBack: lambda stage, deed: Asked("post", f"{_workflow(stage)}/edits/{deed.line}/undo", {}),
    deeds.ManySteps: lambda _s, _d: None,  # by_bulk asks for many
    deeds.ManyTasks: lambda _s, _d: None,
    deeds.UndoBatch: lambda _, deed: Asked("post", f"/batches/{deed.batch}/undo", {}),
    deeds.HandOver: _hand_over,
    deeds.ChangeMember: _change_member,
    deeds.TakeTaskEditBack: lambda s, deed: Asked("post", f"/tasks/{s.job.task_id}/edits/{deed.line}/undo", {}),
    **dict.fromkeys(ON_PAGES, lambda _s, _d: None),
    deeds.HoldTask: _hold,
    deeds.Say: lambda stage, deed: Asked("post", f"/tasks/{stage.job.task_id}/comments", {"text": deed.text}),
    deeds.NewTask: _new_task,
    deeds.ChangeTask: _change_task,
    deeds.ChangeOwn: lambda _s, _d: None,  # of a row of my work
    deeds.ChangePeople: _people,
    deeds.ChangeClient: lambda s, deed: Asked("patch", f"/clients/{s.job.client.pk}", dict(deed.changes)),
    deeds.SayFact: _fact,
    deeds.Attach: _attach,
    deeds.NewTemplate: lambda _, d: Asked("post", "/templates", {"name": d.name, "description": d.description}),
    deeds.SaveDraft: _draft,
    deeds.Publish: lambda _, deed: Asked("post", f"/templates/{deed.template}/publish", {"note": deed.note}),
    deeds.Archive: _archive,
    deeds.Import: _import,
    deeds.Take: lambda _, deed: Asked("post", f"/library/{deed.slug}/take", {}),
    deeds.Wish: lambda _, deed: Asked("put", "/me/notifications", WISHES | {"in_app": list(deed.kinds)}),
    deeds.ReadAll: lambda _, deed: Asked("post", "/notifications/read", {"up_to": deed.up_to}),
}


def _import_clients(_: Stage, deed: deeds.ImportClients) -> Asked:
    file = SimpleUploadedFile("clients.csv", deed.text.encode(), content_type="text/csv")
    address = f"/clients/import{'/preview' if deed.only_plan else ''}"
    return Asked("post", address, {"file": file, "default_kind": "limited_company"})


def _save_view(_: Stage, deed: deeds.SaveView) -> Asked:
    return Asked("post", "/views", {name: getattr(deed, name) for name in ("name", "page", "query", "shared")})


def _contacts(stage: Stage) -> str:
    return f"/clients/{stage.job.client.pk}/contacts"


OTHERS |= by_services.ROUTES
OTHERS |= {
    deeds.SaveView: _save_view,
    deeds.RemoveView: lambda _, d: Asked("delete", f"/views/{d.view}"),
    deeds.AddContact: lambda stage, d: Asked("post", _contacts(stage), {"name": d.name}),
    deeds.EditContact: lambda stage, d: Asked("put", f"{_contacts(stage)}/{d.contact}", {"name": d.name}),
    deeds.RemoveContact: lambda stage, d: Asked("delete", f"{_contacts(stage)}/{d.contact}"),
    deeds.SayOfClient: lambda stage, d: Asked("post", f"/clients/{stage.job.client.pk}/notes", {"text": d.text}),
    deeds.ImportClients: _import_clients,
}


def _of_proposal(verb: str, *names: str) -> Callable[[Stage, Any], Asked]:
    return lambda _, d: Asked("post", f"/proposals/{d.proposal}/{verb}", {name: getattr(d, name) for name in names})


OTHERS |= {
    deeds.SaveProposal: lambda _, d: Asked(
        "put", f"/proposals/{d.proposal}/draft", {"title": d.title, "expires_on": "2026-11-30"}
    ),
    deeds.SendProposal: _of_proposal("send"),
    deeds.WithdrawProposal: _of_proposal("withdraw", "reason"),
    deeds.ReviseProposal: _of_proposal("revise"),
    deeds.RecordAcceptance: _of_proposal("acceptance", "name", "reason"),
}


def several(stage: Stage, deed: Any) -> Asked | None:
    """Several actions at once: the deed twice; all or nothing."""
    if not isinstance(deed, ACTIONS) or not deed.key:
        return None
    _, name, body = ROUTES[type(deed)]
    action = {"action": name, "step": deed.key, **body(deed)}
    return Asked("post", f"/workflows/{stage.job.workflow_id}/actions", {"actions": [action, action]})


def to_many(stage: Stage, deed: Any) -> Asked | None:
    """Attaching to many tasks at once."""
    if not isinstance(deed, deeds.Attach):
        return None
    return Asked("post", "/workflows/bulk", {"template_id": deed.template, "task_ids": [deed.task or stage.simple_id]})


def of_many(answer: HttpResponse) -> Answer:
    """What many at once say of the one that was refused."""
    assert answer.status_code == 200, answer.content.decode()
    [no] = answer.json()["refused"]  # type: ignore[attr-defined]  # the test client's answer
    return Answer(no["code"], no["detail"])


def send(client: Client, asked: Asked) -> HttpResponse:
    """Send the request."""
    call = getattr(client, asked.method)
    body = asked.body if asked.body is not None else {}
    if any(isinstance(value, SimpleUploadedFile) for value in body.values()):
        for value in body.values():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
        return cast(HttpResponse, call(f"/api/v1{asked.address}", body, headers=asked.headers))
    return cast(HttpResponse, call(f"/api/v1{asked.address}", body, "application/json", headers=asked.headers))


def send_twice(client: Client, asked: Asked) -> HttpResponse:
    """Send it, and again under the same key: the second answer is the first one's."""
    keyed = Asked(asked.method, asked.address, asked.body, asked.headers | {"Idempotency-Key": "once"})
    first, again = send(client, keyed), send(client, keyed)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again["Idempotency-Replayed"] == "true"
    return again


def _programs(stage: Stage) -> dict[str, Client]:
    return stage.programs


api = Way(asks, _programs, send, of_problem)
api_under_a_key = Way(asks, _programs, send_twice, of_problem)
api_several = Way(several, _programs, send, of_problem)
api_to_many = Way(to_many, _programs, send, of_many)
