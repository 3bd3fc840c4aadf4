"""Where the forms of this package appear: in the row or group for htmx, or on a page of their own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from natrium.apps.workflows.shapes import GroupShape, StepShape
from natrium.domain.errors import Refusal
from natrium.domain.roles import Deed, Role, who_may
from natrium.web import kept
from natrium.web.http import Asked, csrf_field, is_htmx, page
from natrium.web.shaping import answers
from natrium.web.shaping.forms import Form, group_form, step_form
from natrium.web.shaping.menus import Menu, group_menu, step_menu
from natrium.web.shaping.moving import Moving, group_moving, step_moving
from natrium.web.tasks.context import Slot

type Shape = StepShape | GroupShape


def menu(request: HttpRequest, who: Asked, shape: Shape) -> HttpResponse:
    """The menu for htmx; else the page that has all its forms. Not for viewers."""
    if who.by.member.role < Role.STAFF or (isinstance(shape, GroupShape) and not shape.around.may_edit):
        return _not_allowed(request, who)
    if not is_htmx(request):
        return _page(request, shape)
    return page(request, "shaping/_menu.html", _about(shape) | {"menu": menu_of(shape), "today": who.at.date()})


def opened(request: HttpRequest, who: Asked, shape: Shape, shown: Form | Moving, part: str = "") -> HttpResponse:
    """A form as it was asked for: alone, for the row that shows it; or the page that has all of them."""
    if not shape.around.may_edit:
        return _not_allowed(request, who)
    if not is_htmx(request):
        return _page(request, shape, shown)
    return page(request, "shaping/_slot.html", _slot(who, shape, shown, part))


def refused(
    request: HttpRequest, who: Asked, shape: Shape, refusal: Refusal, shown: Form | Moving, part: str = ""
) -> HttpResponse:
    """A form that was refused: once more with what was typed; where nothing can be changed, the words alone."""
    if shape.around.can_shape and not _stays(shape, shown):
        return again(request, who, shape, shown, part)
    return answers.refused_here(request, refusal, shape.around.workflow_id, noun="edit")


def _stays(shape: Shape, shown: Form | Moving) -> bool:
    """Whether the form has nowhere to stand: a settled step, and a group that is not moved."""
    if isinstance(shape, StepShape):
        return shape.settled
    return isinstance(shown, Moving) and not shape.moves


def again(
    request: HttpRequest, who: Asked, shape: Shape, shown: Form | Moving, part: str = "", *, seq: int = 0
) -> HttpResponse:
    """A form once more after it was sent: open in its row within the panel, or on its page."""
    if not is_htmx(request):
        return _page(request, shape, shown)
    context = _slot(who, shape, shown, part) | {"csrf": csrf_field(request)}
    html = Markup(kept.template("shaping/_slot.html").render(context))  # noqa: S704 - the template escapes
    slot, around = Slot(anchor(shape), html), shape.around
    return answers.panel(request, around.task_id, around.workflow_id, seq=seq, slot=slot, status=shown.status)


def _not_allowed(request: HttpRequest, who: Asked) -> HttpResponse:
    words = f"To {Deed.EDIT_WORKFLOW.value} takes {who_may(Deed.EDIT_WORKFLOW)}."
    if who.by.member.role < Role.STAFF:
        words = "A viewer reads. Working on steps takes staff or above."
    return page(request, "403.html", {"message": words}, status=403)


def anchor(shape: Shape) -> str:
    """Where a step or group stands on the task's page."""
    return f"step-{shape.step.key}" if isinstance(shape, StepShape) else f"group-{shape.group.key}"


def menu_of(shape: Shape) -> Menu:
    """The menu of a step or group."""
    return step_menu(shape) if isinstance(shape, StepShape) else group_menu(shape)


def _about(shape: Shape) -> dict[str, Any]:
    """What every template here needs to know of a step or group."""
    workflow_id = shape.around.workflow_id
    is_step = isinstance(shape, StepShape)
    subject = shape.step if isinstance(shape, StepShape) else shape.group
    return {
        "shape": shape,
        "around": shape.around,
        "subject": subject,
        "is_step": is_step,
        "url": f"/workflows/{workflow_id}/{'steps' if is_step else 'groups'}/{subject.key}/",
        "id": f"{workflow_id}-{subject.key}",
        "back": f"/tasks/{shape.around.task_id}/#{anchor(shape)}",
    }


def _slot(who: Asked, shape: Shape, shown: Form | Moving, part: str) -> dict[str, Any]:
    form, moving = (shown, None) if isinstance(shown, Form) else (None, shown)
    return _about(shape) | {"form": form, "moving": moving, "part": part, "today": who.at.date()}


def _page(request: HttpRequest, shape: Shape, shown: Form | Moving | None = None) -> HttpResponse:
    form: Form = step_form(shape, "") if isinstance(shape, StepShape) else group_form(shape, "")
    moving = step_moving(shape) if isinstance(shape, StepShape) else group_moving(shape)
    form = shown if isinstance(shown, Form) else form
    moving = shown if isinstance(shown, Moving) else moving
    context = _about(shape) | {"form": form, "moving": moving, "part": "", "menu": menu_of(shape)}
    status = shown.status if shown is not None else 200
    return page(request, "shaping/page.html", context, status=status)
