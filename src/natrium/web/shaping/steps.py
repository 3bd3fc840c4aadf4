"""Pages that change the steps of one workflow: add, change, move, remove."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import Acted
from natrium.apps.workflows.shapes import StepShape
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.workflow.actions import AddStep, EditStep, MoveStep, RemoveStep
from natrium.domain.workflow.definition import StepDefinition
from natrium.web.http import asked, signed_in
from natrium.web.shaping import answers, places, slots
from natrium.web.shaping.forms import clashing_form, refused_form, step_form
from natrium.web.shaping.keys import key_of
from natrium.web.shaping.moving import step_moving, where
from natrium.web.shaping.reading import wanted_of_step


@require_POST
@signed_in
def add(request: HttpRequest, workflow_id: int) -> HttpResponse:
    """Add a step at the foot of a group."""
    who = asked(request)
    name, group = request.POST.get("name", "").strip(), request.POST.get("group", "")
    edit = AddStep(group, StepDefinition(key=key_of(name, request.POST), name=name))
    try:
        acted = operations.edit(by=who.by, at=who.at, workflow_id=workflow_id, edit=edit)
    except Refusal as refusal:
        if refusal.code is not Code.DUPLICATE_KEY:
            return answers.refused_here(request, refusal, workflow_id, key=group, noun="add-step")
        # The same form once more: the step is there already.
        acted = Acted(queries.task_of_workflow(by=who.by, workflow_id=workflow_id), 0)
    return answers.changed(request, acted, workflow_id, f"group-{group}", adds=group)


@require_GET
@signed_in
def menu(request: HttpRequest, workflow_id: int, key: str) -> HttpResponse:
    """What can be done with a step: a menu for htmx, else a page of its own with the forms."""
    who = asked(request)
    return slots.menu(request, who, queries.step_shape(by=who.by, workflow_id=workflow_id, key=key))


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: HttpRequest, workflow_id: int, key: str) -> HttpResponse:
    """The form about a step, or a part of it (`of`); sent, it changes what differs from what it showed."""
    who = asked(request)
    try:
        shape = queries.step_shape(by=who.by, workflow_id=workflow_id, key=key)
    except NotFound:
        if request.method == "GET":
            raise
        return answers.gone(request, workflow_id, EditStep(key, {}))
    if request.method == "GET":
        part = request.GET.get("of", "")
        return slots.opened(request, who, shape, step_form(shape, part), part)
    part = request.POST.get("of", "")
    form, wanted = step_form(shape, part), wanted_of_step(request.POST, fixed=shape.fixed)
    if wanted.wrong and shape.around.can_shape:
        return slots.again(request, who, shape, refused_form(form, request.POST, wanted.wrong), part)
    change = EditStep(key, wanted.changes, request.POST.get("reason", ""))
    try:
        acted = operations.edit(
            by=who.by, at=who.at, workflow_id=workflow_id, edit=change, shown=wanted.shown, partly=True
        )
    except Refusal as refusal:
        return slots.refused(request, who, shape, refusal, refused_form(form, request.POST, {}, refusal), part)
    if not acted.clashes:
        return answers.changed(request, acted, workflow_id, f"step-{key}")
    shape = queries.step_shape(by=who.by, workflow_id=workflow_id, key=key)
    names = {step.key: step.name for group in shape.around.groups for step in group.steps}
    saved = bool(acted.seq)
    form = clashing_form(step_form(shape, part), request.POST, acted.clashes, who.at.date(), names, saved=saved)
    return slots.again(request, who, shape, form, part, seq=acted.seq)


@require_http_methods(["GET", "POST"])
@signed_in
def move(request: HttpRequest, workflow_id: int, key: str) -> HttpResponse:
    """Move a step: `to` up or down, or to a place (`where`: a group's key, "/", and the step it goes behind)."""
    who = asked(request)

    def read() -> StepShape:
        return queries.step_shape(by=who.by, workflow_id=workflow_id, key=key)

    if request.method == "GET":
        shape = read()
        return slots.opened(request, who, shape, step_moving(shape))
    reason, asked_for = request.POST.get("reason", ""), [request.POST.get("where", "")]

    def edit(shape: StepShape) -> MoveStep:
        group, position = places.step_place(shape, request.POST)
        asked_for[:] = [where(shape, group, position)]
        return MoveStep(key, group, position, reason)

    try:
        acted = places.moved(by=who.by, at=who.at, workflow_id=workflow_id, read=read, edit=edit)
    except NotFound:
        return answers.gone(request, workflow_id, EditStep(key, {}))
    except Refusal as refusal:
        shape = read()
        shown = step_moving(shape, refusal, chosen=asked_for[0], reason=reason)
        return slots.refused(request, who, shape, refusal, shown)
    return answers.changed(request, acted, workflow_id, f"step-{key}")


@require_POST
@signed_in
def remove(request: HttpRequest, workflow_id: int, key: str) -> HttpResponse:
    """Remove a step that was added here and not worked on."""
    who = asked(request)
    try:
        acted = operations.edit(by=who.by, at=who.at, workflow_id=workflow_id, edit=RemoveStep(key))
    except Refusal as refusal:
        return answers.refused_here(request, refusal, workflow_id, key=key, noun="removal")
    return answers.changed(request, acted, workflow_id, f"wf-{workflow_id}")
