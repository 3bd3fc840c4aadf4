"""What a member was told: the list, and marking it as read."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from natrium.apps.notifications import operations, queries
from natrium.apps.notifications.queries import Told
from natrium.web.http import SeeOther, asked, for_viewers, is_htmx, page, signed_in, unread_of, whole_number

ADDRESS = "/notifications/"


@require_GET
@signed_in
def list_all(request: HttpRequest) -> HttpResponse:
    """What the member was told: what they have not read first, then what they have, a page from `cursor` on."""
    return _list(request)


def _list(request: HttpRequest) -> HttpResponse:
    who = asked(request)
    before = whole_number(request.GET.get("cursor"))
    found = queries.inbox(by=who.by, before=before)
    context = {
        "inbox": found,
        "newest": found.unread[0].id if found.unread else 0,
        "continued": before is not None,
        "address_of": address_of,
    }
    if not is_htmx(request):
        return page(request, "notifications/list.html", context, place="notifications")
    answer = page(request, "notifications/_list.html", context)
    answer["Natrium-Unread"] = unread_of(who.by)
    return answer


def address_of(told: Told) -> str:
    """Where what was told can be seen."""
    if told.client_id is not None:
        return f"/clients/{told.client_id}/#notes"
    if told.count > 1 and told.kind != "mentioned":
        return "/my-work/" if told.kind in {"assigned", "ready"} else f"/tasks/{told.task_id}/"
    step = f"?open={told.step_key}#step-{told.step_key}" if told.step_key else ""
    return f"/tasks/{told.task_id}/{step}"


@require_POST
@signed_in
@for_viewers
def read(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Mark one thing as read."""
    who = asked(request)
    operations.mark_read(by=who.by, at=who.at, ids=[notification_id])
    return _list(request) if is_htmx(request) else SeeOther(ADDRESS)


@require_POST
@signed_in
@for_viewers
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read that the page showed: up to `newest`."""
    who = asked(request)
    operations.mark_all_read(by=who.by, at=who.at, up_to=whole_number(request.POST.get("newest")) or 0)
    return _list(request) if is_htmx(request) else SeeOther(ADDRESS)
