"""The pages' ways in: their forms, sent by a browser as they are, or by htmx; from the task's page or from my work."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from django.http import HttpResponse
from django.test import Client

from natrium.apps.database import sql
from natrium.domain.workflow import actions
from natrium.web.work.acting import NOUNS
from tests.ways import by_services, by_shaping, by_writing, deeds
from tests.ways.answers import of_page
from tests.ways.asking import Asked, Way
from tests.ways.deeds import OWN
from tests.ways.stage import Stage

Fields = Mapping[str, Any]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _done(deed: actions.Complete) -> Fields:
    return {"filed_on": _day(deed.filed_on), "reference": deed.reference, "note": deed.note}


def _override(deed: actions.OverridePrerequisites) -> Fields:
    fields: dict[str, Any] = {"covers": list(deed.covers), "reason": deed.reason}
    if isinstance(deed.then, actions.Start):
        fields["then"] = "start"
    if isinstance(deed.then, actions.Complete):
        fields |= {"then": "completion", **_done(deed.then)}
    return fields


def _wait(deed: actions.Wait) -> Fields:
    return {"reason": deed.reason, "on": deed.on.value if deed.on else "", "whom": deed.whom}


# For each action its form on a step: the last word of its address, and what it carries.
FORMS: dict[type, tuple[str, Callable[[Any], Fields]]] = {
    actions.Start: ("start", lambda _: {}),
    actions.Wait: ("wait", _wait),
    actions.Resume: ("resumption", lambda _: {}),
    actions.Complete: ("completion", _done),
    actions.Reopen: ("reopening", lambda d: {"reason": d.reason} | ({"cascade": "1"} if d.cascade else {})),
    actions.Confirm: ("confirmation", lambda _: {}),
    actions.Skip: ("skip", lambda d: {"reason": d.reason}),
    actions.Unskip: ("unskip", lambda _: {}),
    actions.OverridePrerequisites: ("override", _override),
    actions.AssignTo: ("assignment", lambda d: {"to": str(d.to.id) if d.to else ""}),
    actions.Claim: ("claim", lambda _: {}),
    actions.Comment: ("comments", lambda d: {"text": d.text}),
    deeds.Undo: ("undo", lambda _: {}),
}


def _facts(deed: deeds.NewTask) -> Fields:
    facts = deed.facts
    ids = {"client_id": facts.client_id, "owner_id": facts.owner_id, "template_id": (*deed.templates, None)[0]}
    days = {name: _day(getattr(facts, name)) for name in ("period_start", "period_end", "target_date")}
    words = {name: str(number) if number is not None else "" for name, number in ids.items()}
    return {"title": facts.title, "service": facts.service, **days, **words}


def asks(stage: Stage, deed: Any) -> Asked | None:
    """The form for a deed; None where the pages have none."""
    if type(deed) in FORMS:
        noun, fields = FORMS[type(deed)]
        address = f"/workflows/{stage.job.workflow_id}/steps/{deed.key}/{noun}/"
        return Asked("post", address, fields(deed)) if deed.key else None
    make = OTHERS.get(type(deed))
    return make(stage, deed) if make else None


def _own(stage: Stage, deed: deeds.Own) -> Asked | None:
    if not isinstance(deed.action, OWN):
        return None
    noun, fields = FORMS[type(deed.action)]
    return Asked("post", f"/tasks/{deed.task or stage.simple_id}/step/{noun}/", fields(deed.action))


def _undo_own(stage: Stage, deed: deeds.UndoOwn) -> Asked:
    return Asked("post", f"/tasks/{deed.task or stage.simple_id}/step/undo/", {})


def _hold(stage: Stage, deed: deeds.HoldTask) -> Asked:
    return Asked("post", f"/tasks/{stage.job.task_id}/hold/", {"to": deed.to.value, "reason": deed.reason})


def _attach(stage: Stage, deed: deeds.Attach) -> Asked:
    return Asked("post", f"/tasks/{deed.task or stage.simple_id}/workflows/", {"template_id": str(deed.template)})


OTHERS: dict[type, Callable[[Stage, Any], Asked | None]] = {
    deeds.Own: _own,
    deeds.UndoOwn: _undo_own,
    deeds.HoldTask: _hold,
    deeds.Say: lambda stage, deed: Asked("post", f"/tasks/{stage.job.task_id}/comments/", {"text": deed.text}),
    deeds.SayOfClient: lambda stage, d: Asked("post", f"/clients/{stage.job.client.pk}/notes/", {"text": d.text}),
    deeds.Attach: _attach,
    deeds.NewTask: lambda _, deed: Asked("post", "/tasks/", _facts(deed)) if len(deed.templates) < 2 else None,
    **by_shaping.FORMS,
    **by_writing.FORMS,
    **by_services.FORMS,
}


SENT_BY_HTMX = ("/step", "/comments/", "/notes/", "/edit/", "/edits/", "/draft/")


def with_htmx(stage: Stage, deed: Any) -> Asked | None:
    """The same form, sent by htmx, where htmx sends it."""
    asked = asks(stage, deed)
    if asked is None or not (
        asked.address.startswith("/workflows/") or any(part in asked.address for part in SENT_BY_HTMX)
    ):
        return None
    return Asked(asked.method, asked.address, asked.body, {"HX-Request": "true"})


STEP = "SELECT id FROM workflows_step WHERE workflow_id = %s AND key = %s"
# Once a workflow is attached the task's own step is on no list; a list that was open before still sends it.
OWN_STEP = "SELECT id FROM workflows_step WHERE task_id = %s AND workflow_id IS NULL"


def from_my_work(stage: Stage, deed: Any) -> Asked | None:
    """What a row of my work offers, sent from there."""
    if isinstance(deed, deeds.Own | deeds.UndoOwn):
        step_id = sql.value(OWN_STEP, (deed.task or stage.simple_id,))
        noun, fields = ("undo", {}) if isinstance(deed, deeds.UndoOwn) else _form(deed.action)
    elif isinstance(deed, deeds.ChangeOwn):
        step_id = sql.value(OWN_STEP, (deed.task or stage.simple_id,))
        noun, fields = _changed_own(deed)
    elif type(deed) in FORMS:
        step_id = sql.value(STEP, (stage.job.workflow_id, deed.key))
        noun, fields = _form(deed)
    elif isinstance(deed, deeds.TakeEditBack):
        step_id, noun = sql.value(STEP, (stage.job.workflow_id, "ask")), "undo"
        fields = {"seq": str(deed.line)}
    else:
        return None
    return Asked("post", f"/my-work/steps/{step_id}/{noun}/", fields) if step_id and noun in NOUNS else None


def _changed_own(deed: deeds.ChangeOwn) -> tuple[str, Fields]:
    if "target_date" in deed.changes:
        return "due", {"due_on": _day(deed.changes["target_date"])}
    return "assignment", {"to": str(deed.changes["owner_id"] or "")}


def _form(action: Any) -> tuple[str, Fields]:
    noun, fields = FORMS.get(type(action), ("", lambda _: {}))
    return noun, fields(action)


def from_my_work_with_htmx(stage: Stage, deed: Any) -> Asked | None:
    """The same by htmx."""
    asked = from_my_work(stage, deed)
    return asked and Asked(asked.method, asked.address, asked.body, {"HX-Request": "true"})


def from_template(stage: Stage, deed: Any) -> Asked | None:
    """Attaching from the template's page."""
    if not isinstance(deed, deeds.Attach):
        return None
    return Asked("post", f"/templates/{deed.template}/tasks/", {"task_id": str(deed.task or stage.simple_id)})


def send(client: Client, asked: Asked) -> HttpResponse:
    """Post the form."""
    return cast(HttpResponse, client.post(asked.address, asked.body, headers=asked.headers))


def _way(asks_: Callable[[Stage, Any], Asked | None]) -> Way:
    return Way(asks_, lambda stage: stage.browsers, send, of_page)


page = _way(asks)
htmx = _way(with_htmx)
my_work = _way(from_my_work)
my_work_with_htmx = _way(from_my_work_with_htmx)
template_page = _way(from_template)
