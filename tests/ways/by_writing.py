"""The forms about a task's facts, a template and its draft, and kept views."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from natrium.apps.clients import queries as clients
from natrium.apps.clients.importing.columns import guessed
from natrium.apps.clients.importing.table import read_table
from natrium.apps.database import sql
from natrium.apps.practices import queries as practices
from natrium.apps.workflows import queries
from natrium.apps.workflows.files import write_template
from natrium.apps.workflows.operations import DueOn, GiveTo, MoveTarget, SetHold
from natrium.domain.roles import Role
from natrium.domain.workflow import actions
from natrium.domain.workflow.codec import to_dict
from natrium.web.clients.forms import said as said_of_client
from natrium.web.people.forms import said_of
from natrium.web.tasks.facts import task_form
from tests.builders import signed_in
from tests.ways import by_bulk, deeds
from tests.ways.asking import Asked
from tests.ways.by_api import plain
from tests.ways.stage import Stage

Fields = Mapping[str, Any]


def change_task(stage: Stage, deed: deeds.ChangeTask) -> Asked:
    """The fields that differ, each with what it showed."""
    task_id = stage.job.task_id
    shape = queries.task_shape(by=signed_in(stage.job.cast.mark), task_id=task_id)
    shown = task_form(shape, "").shown
    typed = {name: "" if value is None else str(plain(value)) for name, value in deed.changes.items()}
    was = {f"was_{name}": shown[name] for name in deed.changes}
    return Asked("post", f"/tasks/{task_id}/edit/", {**typed, **was})


def _draft(template: int) -> str:
    return f"/templates/{template}/draft"


# For each change of a draft the end of its address, and what its form carries.
CHANGES: dict[str, Callable[..., tuple[str, Fields]]] = {
    "change_details": lambda name, about="": ("details/", {"name": name, "description": about}),
    "add_group": lambda name: ("groups/", {"name": name}),
    "add_step": lambda group, name: (f"groups/{group}/steps/", {"name": name}),
    "change_group": lambda key, changes: (f"groups/{key}/", changes),
    "move_group": lambda key, position: (f"groups/{key}/place/", {"position": str(position)}),
    "move_step": lambda key, group, at: (f"steps/{key}/place/", {"group": group, "position": str(at)}),
    "remove_step": lambda key: (f"steps/{key}/removal/", {}),
    "remove_group": lambda key: (f"groups/{key}/removal/", {}),
}


def change_draft(_: Stage, deed: deeds.ChangeDraft) -> Asked:
    """One change, saved as one goes."""
    end, fields = CHANGES[deed.change](*deed.given)
    return Asked("post", f"{_draft(deed.template)}/{end}", fields)


def change_step(_: Stage, deed: deeds.ChangeDraftStep) -> Asked:
    """The fields of a step's form."""
    fields = {"fields": " ".join(deed.changes), **{name: plain(value) for name, value in deed.changes.items()}}
    return Asked("post", f"{_draft(deed.template)}/steps/{deed.key}/", fields)


def save_draft(_: Stage, deed: deeds.SaveDraft) -> Asked:
    """What was removed is put back: the draft as it was."""
    rev = sql.value("SELECT draft_rev FROM workflows_template WHERE id = %s", (deed.template,))
    fields = {"rev": str(rev), "draft": json.dumps(to_dict(deed.definition))}
    return Asked("post", f"{_draft(deed.template)}/restored/", fields)


def bring_in(_: Stage, deed: deeds.Import) -> Asked | None:
    """A file; the page leaves publishing for later."""
    if deed.publish:
        return None
    file = SimpleUploadedFile("mine.yaml", write_template(deed.template).encode())
    return Asked("post", "/templates/files/", {"file": file})


def archive(_: Stage, deed: deeds.Archive) -> Asked:
    """Into the archive, or out of it."""
    return Asked("post", f"/templates/{deed.template}/archive/", {"out": "1"} if deed.back else {})


def from_workflow(stage: Stage, deed: deeds.FromWorkflow) -> Asked | None:
    """The page asks for no name."""
    return None if deed.name else Asked("post", f"/workflows/{stage.job.workflow_id}/template/", {})


def save_view(_: Stage, deed: deeds.SaveView) -> Asked:
    """The form beside the filters."""
    fields = {"name": deed.name, "page": deed.page, "query": deed.query, "from": "/practice/"}
    return Asked("post", "/practice/views/", fields | ({"shared": "1"} if deed.shared else {}))


def new_template(_: Stage, deed: deeds.NewTemplate) -> Asked:
    """From scratch."""
    return Asked("post", "/templates/drafts/", {"name": deed.name, "description": deed.description})


def many(_: Stage, deed: deeds.ManySteps | deeds.ManyTasks) -> Asked | None:
    """What was ticked, previewed, and confirmed."""
    said = _of_steps(deed) if isinstance(deed, deeds.ManySteps) else _of_tasks(deed)
    if said is None:
        return None
    chosen = deed.steps if isinstance(deed, deeds.ManySteps) else deed.tasks
    return Asked("post", "/practice/bulk/", said | {"ids": ",".join(str(one) for one in chosen), "preview": "1"})


def _of_steps(deed: deeds.ManySteps) -> dict[str, str] | None:
    match deed.action:
        case actions.Start() | actions.Complete() | actions.Claim() as plain_one:
            return {"do": type(plain_one).__name__.lower()}
        case actions.Skip(reason=reason):
            return {"do": "skip", "reason": reason}
        case actions.Wait(reason=reason, on=on, whom=whom):
            return {"do": "wait", "reason": reason, "on": plain(on) or "", "whom": whom}
        case DueOn(day=day) if day is not None:
            return {"do": "due", "due_on": day.isoformat()}
    return None


def _of_tasks(deed: deeds.ManyTasks) -> dict[str, str] | None:
    match deed.change:
        case GiveTo(owner_id=owner_id):
            return {"do": "owner", "person": str(owner_id or "none")}
        case MoveTarget(days=days, to=None) if days:
            return {"do": "target", "days": str(days)}
        case SetHold(to=to, reason=reason):
            return {"do": by_bulk.HOLDS[to], "reason": reason}
    return None


def hand_over(_: Stage, deed: deeds.HandOver) -> Asked:
    """Who takes each part, with what will happen seen before."""
    to = {part.value: str(taker or "nobody") for part, taker in deed.to.items()}
    return Asked(
        "post", f"/people/{deed.member}/hand-over/", to | {"sure": "1"} | ({"leaves": "1"} if deed.leaves else {})
    )


def change_member(stage: Stage, deed: deeds.ChangeMember) -> Asked:
    """A member's form, with what differs."""
    members = practices.members(practice_id=stage.job.cast.acorn.pk)
    shown = said_of(next(one for one in members if one.id == deed.member))
    typed = {name: value.word if isinstance(value, Role) else str(value) for name, value in deed.changes.items()}
    return Asked("post", f"/people/{deed.member}/", shown | typed)


def change_people(stage: Stage, deed: deeds.ChangePeople) -> Asked:
    """Who looks after the client, with what will follow seen before."""
    chosen = {"manager_id": str(deed.manager or ""), "partner_id": str(deed.partner or "")}
    return Asked("post", f"/clients/{stage.job.client.pk}/people/", chosen | {"sure": "1"})


def change_client(stage: Stage, deed: deeds.ChangeClient) -> Asked:
    """The client's form, with what differs."""
    found = clients.client(practice_id=stage.job.cast.acorn.pk, client_id=stage.job.client.pk)
    shown = said_of_client(found) | {"rev": str(found.rev)}
    return Asked("post", f"/clients/{stage.job.client.pk}/edit/", {**shown, **deed.changes})


def say_fact(stage: Stage, deed: deeds.SayFact) -> Asked:
    """The small form of the client's page."""
    said = {"field": deed.field, "value": deed.value, "from_date": deed.from_date.isoformat()}
    return Asked("post", f"/clients/{stage.job.client.pk}/facts/", said)


def import_clients(_: Stage, deed: deeds.ImportClients) -> Asked:
    """The table as the preview carries it, and that it is to be done; or what of it cannot be, as a file."""
    table = read_table(deed.text.encode(), name="clients.csv")
    kept = json.dumps({"header": table.header, "rows": table.rows, "lines": table.lines})
    columns = {f"column-{at}": field for at, field in enumerate(guessed(table.header))}
    fields = {"table": kept, "dates": "day", "default_kind": "limited_company", **columns}
    if deed.only_plan:
        return Asked("post", "/clients/import/faults/", fields)
    return Asked("post", "/clients/import/", fields | {"sure": "1"})


FORMS: dict[type, Callable[[Stage, Any], Asked | None]] = {
    deeds.ChangeTask: change_task,
    deeds.TakeTaskEditBack: lambda s, deed: Asked("post", f"/tasks/{s.job.task_id}/edits/{deed.line}/undo/", {}),
    deeds.NewTemplate: new_template,
    deeds.ChangeDraft: change_draft,
    deeds.ChangeDraftStep: change_step,
    deeds.SaveDraft: save_draft,
    deeds.DiscardDraft: lambda _, deed: Asked("post", f"{_draft(deed.template)}/discarded/", {}),
    deeds.RestoreVersion: lambda _, d: Asked("post", f"/templates/{d.template}/versions/{d.number}/draft/", {}),
    deeds.Publish: lambda _, deed: Asked("post", f"/templates/{deed.template}/publication/", {"note": deed.note}),
    deeds.Archive: archive,
    deeds.Duplicate: lambda _, deed: Asked("post", f"/templates/{deed.template}/copies/", {}),
    deeds.FromWorkflow: from_workflow,
    deeds.Import: bring_in,
    deeds.Take: lambda _, deed: Asked("post", f"/library/{deed.slug}/template/", {}),
    deeds.ManySteps: many,
    deeds.ManyTasks: many,
    deeds.UndoBatch: lambda _, deed: Asked("post", f"/practice/bulk/{deed.batch}/undo/", {}),
    deeds.HandOver: hand_over,
    deeds.ChangeMember: change_member,
    deeds.ChangePeople: change_people,
    deeds.ImportClients: import_clients,
    deeds.ChangeClient: change_client,
    deeds.SayFact: say_fact,
    deeds.SaveView: save_view,
    deeds.RemoveView: lambda _, deed: Asked("post", f"/practice/views/{deed.view}/removal/", {}),
}
