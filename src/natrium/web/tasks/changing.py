"""A task's own facts changed where they stand, and the change taken back."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST
from markupsafe import Markup

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.shapes import TaskShape
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, who_may
from natrium.web import kept
from natrium.web.http import Asked, SeeOther, asked, csrf_field, is_htmx, page, signed_in
from natrium.web.refused import STATUS, refused, typed_words
from natrium.web.shaping.forms import Form
from natrium.web.shaping.said import toast_of_edit
from natrium.web.tasks.context import Slot, task_context
from natrium.web.tasks.facts import clashing_form, follows, refused_form, task_form, wanted_of_task
from natrium.web.tasks.side import shown


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: HttpRequest, task_id: int) -> HttpResponse:
    """The form about a task, or a part of it (`of`); sent, it changes what differs from what it showed."""
    who = asked(request)
    shape = queries.task_shape(by=who.by, task_id=task_id)
    if request.method == "GET":
        return _opened(request, who, shape, request.GET.get("of", ""))
    part = request.POST.get("of", "")
    form, wanted = task_form(shape, part), wanted_of_task(request.POST)
    if wanted.wrong and shape.may_edit and not shape.held:
        return _again(request, who, shape, refused_form(form, request.POST, wanted.wrong), part)
    try:
        done = operations.edit_task(
            by=who.by, at=who.at, task_id=task_id, changes=wanted.changes, shown=wanted.shown, partly=True
        )
    except Refusal as refusal:
        if shape.held or not shape.may_edit:
            return _no(request, who, task_id, refusal)
        return _again(request, who, shape, refused_form(form, request.POST, {}, refusal), part)
    if not done.clashes:
        return changed(request, task_id, done.seq)
    shape = queries.task_shape(by=who.by, task_id=task_id)
    form = clashing_form(task_form(shape, part), request.POST, done.clashes, shape, who.at.date(), saved=bool(done.seq))
    return _again(request, who, shape, form, part, seq=done.seq)


@require_POST
@signed_in
def take_back(request: HttpRequest, task_id: int, seq: int) -> HttpResponse:
    """Take one's own change of the task, its hold or its end, back."""
    who = asked(request)
    try:
        done = operations.take_task_edit_back(by=who.by, at=who.at, task_id=task_id, seq=seq)
    except Refusal as refusal:
        return _no(request, who, task_id, refusal)
    return changed(request, task_id, done.seq)


def changed(request: HttpRequest, task_id: int, seq: int) -> HttpResponse:
    """The task as it is now, with a toast: all of it for htmx, since dates and people of steps go along."""
    if not is_htmx(request):
        return SeeOther(f"/tasks/{task_id}/{f'?edit={seq}' if seq else ''}")
    return _main(request, task_id, seq=seq)


def _main(
    request: HttpRequest, task_id: int, *, seq: int = 0, slot: Slot | None = None, status: int = 200
) -> HttpResponse:
    who = asked(request)
    found = queries.task_page(by=who.by, at=who.at, task_id=task_id)
    context = task_context(found, who, side=shown(request), slot=slot)
    context["toast"] = toast_of_edit(found, seq, who.by.member.id) if seq else None
    return page(request, "tasks/_main_changed.html", context, status=status)


def _opened(request: HttpRequest, who: Asked, shape: TaskShape, part: str) -> HttpResponse:
    if not shape.may_edit:
        words = {"message": f"To edit a task takes {who_may(Deed.EDIT_TASK)}."}
        return page(request, "403.html", words, status=403)
    if not is_htmx(request):
        return _page(request, shape, task_form(shape, ""))
    return page(request, "tasks/_facts_slot.html", _slot(who, shape, task_form(shape, part), part))


def _again(request: HttpRequest, who: Asked, shape: TaskShape, form: Form, part: str, *, seq: int = 0) -> HttpResponse:
    """The form once more after it was sent: open at the head of the task, or on its page."""
    if not is_htmx(request):
        return _page(request, shape, form)
    context = _slot(who, shape, form, part) | {"csrf": csrf_field(request)}
    html = Markup(kept.template("tasks/_facts_slot.html").render(context))  # noqa: S704 - the template escapes
    return _main(request, shape.id, seq=seq, slot=Slot("task-head", html), status=form.status)


def _slot(who: Asked, shape: TaskShape, form: Form, part: str) -> dict[str, object]:
    return {"shape": shape, "form": form, "part": part, "follows": follows, "today": who.at.date()}


def _page(request: HttpRequest, shape: TaskShape, form: Form) -> HttpResponse:
    context = {"shape": shape, "form": form, "part": "", "follows": follows}
    return page(request, "tasks/edit.html", context, status=form.status)


def _no(request: HttpRequest, who: Asked, task_id: int, refusal: Refusal) -> HttpResponse:
    """The task's page, or its main part for htmx, with a refusal that has no form to stand in."""
    found = queries.task_page(by=who.by, at=who.at, task_id=task_id)
    said = refused(refusal, request.POST, noun="edit", place=-1)
    lost = "\n".join(text for _, text in typed_words(request.POST))
    context = task_context(found, who, side=shown(request), refused=said) | {"lost": lost}
    template = "tasks/_main_changed.html" if is_htmx(request) else "tasks/task.html"
    return page(request, template, context, status=STATUS.get(refusal.code, STATUS[Code.BAD_VALUE]))
