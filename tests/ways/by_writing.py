"""The forms about a task's facts, a template and its draft, and kept views."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from natrium.apps.database import sql
from natrium.apps.workflows import queries
from natrium.apps.workflows.files import write_template
from natrium.domain.workflow.codec import to_dict
from natrium.web.tasks.facts import task_form
from tests.builders import signed_in
from tests.ways import deeds
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
    deeds.SaveView: save_view,
    deeds.RemoveView: lambda _, deed: Asked("post", f"/practice/views/{deed.view}/removal/", {}),
}
