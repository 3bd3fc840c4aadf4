"""Pages that change the groups of one workflow: add, change, move, remove; and take any last change back."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import Acted
from natrium.apps.workflows.shapes import GroupShape
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.workflow.actions import AddGroup, EditGroup, MoveGroup, RemoveGroup
from natrium.web.http import asked, signed_in
from natrium.web.shaping import answers, places, slots
from natrium.web.shaping.forms import clashing_form, group_form, refused_form
from natrium.web.shaping.keys import key_of
from natrium.web.shaping.moving import group_moving
from natrium.web.shaping.reading import wanted_of_group


@require_POST
@signed_in
def add(request: HttpRequest, workflow_id: int) -> HttpResponse:
    """Add a group at the end."""
    who = asked(request)
    name = request.POST.get("name", "").strip()
    key = key_of(name, request.POST)
    try:
        acted = operations.edit(by=who.by, at=who.at, workflow_id=workflow_id, edit=AddGroup(key, name))
    except Refusal as refusal:
        if refusal.code is not Code.DUPLICATE_KEY:
            return answers.refused_here(request, refusal, workflow_id, noun="add-group")
        acted = Acted(queries.task_of_workflow(by=who.by, workflow_id=workflow_id), 0)
    return answers.changed(request, acted, workflow_id, f"group-{key}", adds=key)


@require_GET
@signed_in
def menu(request: HttpRequest, workflow_id: int, key: str) -> HttpResponse:
    """What can be done with a group: a menu for htmx, else a page of its own with the forms."""
    who = asked(request)
    return slots.menu(request, who, queries.group_shape(by=who.by, workflow_id=workflow_id, key=key))


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: HttpRequest, workflow_id: int, key: str) -> HttpResponse:
    """The form about a group, or its name alone (`of`); sent, it changes what differs from what it showed."""
    who = asked(request)
    try:
        shape = queries.group_shape(by=who.by, workflow_id=workflow_id, key=key)
    except NotFound:
        if request.method == "GET":
            raise
        return answers.gone(request, workflow_id, EditGroup(key, {}))
    if request.method == "GET":
        part = request.GET.get("of", "")
        return slots.opened(request, who, shape, group_form(shape, part), part)
    part = request.POST.get("of", "")
    form, wanted = group_form(shape, part), wanted_of_group(request.POST)
    if wanted.wrong and shape.around.can_shape:
        return slots.again(request, who, shape, refused_form(form, request.POST, wanted.wrong), part)
    change = EditGroup(key, wanted.changes, request.POST.get("reason", ""))
    try:
        acted = operations.edit(
            by=who.by, at=who.at, workflow_id=workflow_id, edit=change, shown=wanted.shown, partly=True
        )
    except Refusal as refusal:
        return slots.refused(request, who, shape, refusal, refused_form(form, request.POST, {}, refusal), part)
    if not acted.clashes:
        return answers.changed(request, acted, workflow_id, f"group-{key}")
    shape = queries.group_shape(by=who.by, workflow_id=workflow_id, key=key)
    form = clashing_form(group_form(shape, part), request.POST, acted.clashes, who.at.date(), {}, saved=bool(acted.seq))
    return slots.again(request, who, shape, form, part, seq=acted.seq)


@require_http_methods(["GET", "POST"])
@signed_in
def move(request: HttpRequest, workflow_id: int, key: str) -> HttpResponse:
    """Move a group: `to` up or down, or behind another (`where`: "/" and its key)."""
    who = asked(request)

    def read() -> GroupShape:
        return queries.group_shape(by=who.by, workflow_id=workflow_id, key=key)

    if request.method == "GET":
        shape = read()
        return slots.opened(request, who, shape, group_moving(shape))
    reason, asked_for = request.POST.get("reason", ""), [request.POST.get("where", "")]

    def edit(shape: GroupShape) -> MoveGroup:
        position = places.group_place(shape, request.POST)
        others = [group.key for group in shape.around.groups if group.key != key]
        asked_for[:] = [f"/{others[position - 1] if position else ''}"]
        return MoveGroup(key, position, reason)

    try:
        acted = places.moved(by=who.by, at=who.at, workflow_id=workflow_id, read=read, edit=edit)
    except NotFound:
        return answers.gone(request, workflow_id, EditGroup(key, {}))
    except Refusal as refusal:
        shape = read()
        shown = group_moving(shape, refusal, chosen=asked_for[0], reason=reason)
        return slots.refused(request, who, shape, refusal, shown)
    return answers.changed(request, acted, workflow_id, f"group-{key}")


@require_POST
@signed_in
def remove(request: HttpRequest, workflow_id: int, key: str) -> HttpResponse:
    """Remove an empty group that was added here."""
    who = asked(request)
    try:
        acted = operations.edit(by=who.by, at=who.at, workflow_id=workflow_id, edit=RemoveGroup(key))
    except Refusal as refusal:
        return answers.refused_here(request, refusal, workflow_id, key=key, noun="removal")
    return answers.changed(request, acted, workflow_id, f"wf-{workflow_id}")


@require_POST
@signed_in
def take_back(request: HttpRequest, workflow_id: int, seq: int) -> HttpResponse:
    """Take one's own last change of the workflow back."""
    who = asked(request)
    try:
        acted = operations.take_edit_back(by=who.by, at=who.at, workflow_id=workflow_id, seq=seq)
    except Refusal as refusal:
        return answers.refused_here(request, refusal, workflow_id, noun="undo")
    return answers.changed(request, acted, workflow_id, f"wf-{workflow_id}")
