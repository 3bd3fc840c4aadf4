"""The template editor: the draft on a page, and each change of it, saved as one goes."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import Drafted
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.workflow import drafting
from natrium.domain.workflow.definition import Template
from natrium.web.http import SeeOther, asked, is_htmx, page, signed_in, whole_number
from natrium.web.refused import STATUS
from natrium.web.template_pages.draft_context import draft_context
from natrium.web.template_pages.forms import changes_of
from natrium.web.template_pages.writers import for_writers

type Change = Callable[[Template], Template | tuple[Template, str]]


@require_GET
@signed_in
def show(request: HttpRequest, template_id: int) -> HttpResponse:
    """The editor. `open` is the key of a step whose details are open."""
    return _editor(request, template_id, opened=request.GET.get("open", ""))


@require_POST
@signed_in
def details(request: HttpRequest, template_id: int) -> HttpResponse:
    """Name and description."""
    post = request.POST
    name, about = post.get("name", ""), post.get("description", "")
    return _change(
        request, template_id, lambda draft: drafting.change_details(draft, name=name, description=about), form="details"
    )


@require_POST
@signed_in
def add_group(request: HttpRequest, template_id: int) -> HttpResponse:
    """A further group, at the end."""
    name = request.POST.get("name", "")
    return _change(request, template_id, lambda draft: drafting.add_group(draft, name), form="add-group", whole=True)


@require_POST
@signed_in
def add_step(request: HttpRequest, template_id: int, key: str) -> HttpResponse:
    """A further step, at the end of a group."""
    name = request.POST.get("name", "")
    return _change(
        request, template_id, lambda draft: drafting.add_step(draft, key, name), form=f"add-{key}", whole=True
    )


@require_POST
@signed_in
def group(request: HttpRequest, template_id: int, key: str) -> HttpResponse:
    """A group's name, order and gate."""
    post = request.POST
    changes: dict[str, object] = {"name": post.get("name", ""), "gate": bool(post.get("gate"))}
    if post.get("order") in ("sequential", "any"):
        changes["order"] = post["order"]
    return _change(request, template_id, lambda draft: drafting.change_group(draft, key, changes), form=f"group-{key}")


@require_http_methods(["GET", "POST"])
@signed_in
def step(request: HttpRequest, template_id: int, key: str) -> HttpResponse:
    """Read: all of a step's fields. Posted: those that the form names; what a colleague changed meanwhile is said."""
    who = asked(request)
    if request.method == "GET":
        return _more(request, template_id, key)
    for_writers(who)
    form = f"{request.POST.get('form', 'row')}-{key}"
    try:
        changes, shown = changes_of(request.POST)
        operations.change_draft_step(
            by=who.by, at=who.at, template_id=template_id, key=key, changes=changes, shown=shown
        )
    except StaleEdit as stale:
        field = next(iter(stale.current), "")
        words = f"{stale.message} What you typed is still here; save it again to put it in place of theirs."
        return _editor(request, template_id, errors={(form, field): words}, code="stale-edit", opened=key, status=409)
    except Refusal as refusal:
        return _refused(request, template_id, refusal, form=form, opened=key)
    return _saved(request, template_id, whole=False, opened=key if form.startswith("more") else "")


def _more(request: HttpRequest, template_id: int, key: str) -> HttpResponse:
    context = draft_context(request, template_id, opened=key)
    for_writers(asked(request))
    row = next((row for part in context["parts"] for row in part.rows if row.key == key), None)
    if row is None:
        raise NotFound("That step is no longer in the draft.")
    if not is_htmx(request):
        return SeeOther(f"/templates/{template_id}/draft/?open={key}#step-{key}")
    return page(request, "templates/_more.html", context | {"r": row})


@require_POST
@signed_in
def place(request: HttpRequest, template_id: int, key: str) -> HttpResponse:
    """Move a step: to a place in a group, or one up or down (into the next group at an end)."""
    post = request.POST
    to, position = post.get("group", ""), whole_number(post.get("position"))

    def move(draft: Template) -> Template:
        if position is not None and to:
            return drafting.move_step(draft, key, to, position)
        return _nudged(draft, key, down=post.get("to") == "down")

    return _change(request, template_id, move, form=f"row-{key}", whole=True)


def _nudged(draft: Template, key: str, *, down: bool) -> Template:
    """A step one place on, or in the neighbouring group where it stands at the end of its own."""
    home, at = drafting.place_of(draft, key)
    groups = [one.key for one in draft.groups]
    last = len(drafting.group_of(draft, home).steps) - 1
    if down and at < last:
        return drafting.move_step(draft, key, home, at + 1)
    if not down and at > 0:
        return drafting.move_step(draft, key, home, at - 1)
    beside = groups.index(home) + (1 if down else -1)
    if not 0 <= beside < len(groups):
        return draft
    target = drafting.group_of(draft, groups[beside])
    return drafting.move_step(draft, key, target.key, 0 if down else len(target.steps))


@require_POST
@signed_in
def group_place(request: HttpRequest, template_id: int, key: str) -> HttpResponse:
    """Move a group: to a place, or one up or down."""
    post = request.POST
    position = whole_number(post.get("position"))

    def move(draft: Template) -> Template:
        at = [one.key for one in draft.groups].index(drafting.group_of(draft, key).key)
        wanted = position if position is not None else at + (1 if post.get("to") == "down" else -1)
        return drafting.move_group(draft, key, min(max(wanted, 0), len(draft.groups) - 1))

    return _change(request, template_id, move, form=f"group-{key}", whole=True)


@require_POST
@signed_in
def remove(request: HttpRequest, template_id: int, key: str) -> HttpResponse:
    """Take a step out of the draft; the toast puts it back."""
    return _change(request, template_id, lambda draft: drafting.remove_step(draft, key), form=f"row-{key}", whole=True)


@require_POST
@signed_in
def group_remove(request: HttpRequest, template_id: int, key: str) -> HttpResponse:
    """Take a group with its steps out of the draft; the toast puts it back."""
    return _change(
        request, template_id, lambda draft: drafting.remove_group(draft, key), form=f"group-{key}", whole=True
    )


def _change(request: HttpRequest, template_id: int, change: Change, *, form: str, whole: bool = False) -> HttpResponse:
    """One change of the draft, and the answer to it. `whole`: rows came, went or moved, so all of it is shown anew."""
    who = asked(request)
    try:
        drafted = operations.change_draft(by=who.by, at=who.at, template_id=template_id, change=change)
    except Refusal as refusal:
        return _refused(request, template_id, refusal, form=form)
    return _saved(request, template_id, whole=whole, drafted=drafted)


def _place(drafted: Drafted) -> str:
    """Where a page shown anew begins: the step that was added, or the field for the first step of a new group."""
    if not drafted.key:
        return ""
    return (
        f"#add-{drafted.key}" if any(one.key == drafted.key for one in drafted.draft.groups) else f"#step-{drafted.key}"
    )


def _saved(
    request: HttpRequest, template_id: int, *, whole: bool, drafted: Drafted | None = None, opened: str = ""
) -> HttpResponse:
    if not is_htmx(request):
        place = _place(drafted) if drafted else ""
        return SeeOther(f"/templates/{template_id}/draft/{f'?open={opened}' if opened else ''}{place}")
    context = draft_context(request, template_id, drafted=drafted, opened=opened)
    if request.POST.get("mended"):
        return _in_place(page(request, "templates/_editor.html", context))
    return page(request, "templates/_editor.html" if whole else "templates/_draft_saved.html", context)


def _in_place(editor: HttpResponse) -> HttpResponse:
    """The whole editor, for a form that expects only map and checks: what is wrong comes and goes beside its field."""
    editor["HX-Retarget"], editor["HX-Reswap"] = "#editor", "outerHTML"
    return editor


def _refused(request: HttpRequest, template_id: int, refusal: Refusal, *, form: str, opened: str = "") -> HttpResponse:
    if refusal.code is Code.NOT_ALLOWED:
        raise refusal
    errors = {(form, refusal.field): refusal.message}
    return _editor(
        request, template_id, errors=errors, code=refusal.code, opened=opened, status=STATUS.get(refusal.code, 409)
    )


def _editor(
    request: HttpRequest,
    template_id: int,
    *,
    errors: Mapping[tuple[str, str], str] | None = None,
    code: str = "",
    opened: str = "",
    status: int = 200,
) -> HttpResponse:
    typed: Mapping[str, Any] = request.POST if errors else {}
    context = draft_context(request, template_id, errors=errors or {}, code=code, typed=typed, opened=opened)
    for_writers(asked(request))
    if not is_htmx(request):
        return page(request, "templates/editor.html", context, place="templates", status=status)
    return _in_place(page(request, "templates/_editor.html", context, place="templates", status=status))
