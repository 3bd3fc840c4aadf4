"""My work: what can move, who waits, what comes, what is up for grabs; and the same of a colleague."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from natrium.apps.workflows import queries
from natrium.apps.workflows.worklists import SECTIONS, Delegated, MyWork
from natrium.domain.errors import NotFound
from natrium.web.http import Asked, asked, is_htmx, page, signed_in, whole_number
from natrium.web.live import unchanged
from natrium.web.settings.password import is_asked_for_one
from natrium.web.work.context import state_of, work_context
from natrium.web.work.lists import WorkList, read
from natrium.web.work.rows import Opening, open_row, slots_of
from natrium.web.work.said import toast_by_address
from natrium.web.work.setting_up import set_up


@require_GET
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The way in leads to my work."""
    del request
    return HttpResponseRedirect("/my-work/")


@require_GET
@signed_in
def my_work(request: HttpRequest, member_id: int | None = None) -> HttpResponse:
    """The member's own list (or a colleague's), or one section of it from `after` on.

    `q` narrows it; `open` names a step whose row stands open, `form` the form in it. `since` asks for it only where
    it is not in that state any more.
    """
    who, get = asked(request), request.GET
    if member_id == who.by.member.id:
        return HttpResponseRedirect("/my-work/")
    name, after = get.get("section"), get.get("after", "")
    section = next((key for key in SECTIONS if key == name), None)
    if name and section is None:
        raise Http404
    shown = WorkList(member_id, get.get("q", ""))
    work = queries.my_work(by=who.by, at=who.at, of=member_id, keep=shown.keep, section=section, after=after)
    if "since" in get and (same := unchanged(request, state_of(work))):
        return same
    return _shown(request, who, shown, work, "work/_part.html" if section else "work/_changed.html", bool(after))


@require_GET
@signed_in
def delegated(request: HttpRequest) -> HttpResponse:
    """What others hold of one's own: by person, or all that `holder` has."""
    who, get = asked(request), request.GET
    shown = WorkList(keep=get.get("q", ""), delegated=True, holder=whole_number(get.get("holder")))
    work = read(shown, who)
    if "since" in get and (same := unchanged(request, state_of(work))):
        return same
    return _shown(request, who, shown, work, "work/_changed.html")


def _shown(
    request: HttpRequest,
    who: Asked,
    shown: WorkList,
    work: MyWork | Delegated,
    fragment: str,
    continued: bool = False,  # noqa: FBT001, FBT002 - here alone
) -> HttpResponse:
    """The page, or its fragment for htmx."""
    opened = _opened(request, who, shown)
    context = work_context(request, work, who, shown, opened=opened, continued=continued)
    if did := request.GET.get("did"):
        context["toast"] = toast_by_address(did, who, shown)
    if is_htmx(request):
        return page(request, fragment, context)
    plain = not (shown.of or shown.delegated or shown.keep or continued)
    if plain:
        context["set_up"] = set_up(who)
        context["no_password"] = is_asked_for_one(request, who)
    return page(request, "work/my_work.html", context, place="work")


@require_GET
@signed_in
def more(request: HttpRequest) -> HttpResponse:
    """What a phone's tab bar has no room for."""
    return page(request, "more.html", {}, place="more")


def _opened(request: HttpRequest, who: Asked, shown: WorkList) -> Opening | None:
    """The row that the address asks to stand open."""
    step_id = whole_number(request.GET.get("open"))
    if step_id is None:
        return None
    try:
        step = queries.work_step(by=who.by, at=who.at, step_id=step_id)
    except NotFound:
        return None
    slots, section = slots_of(request, shown), request.GET.get("from", "")
    return open_row(step, section, who.at.date(), slots, shown, form=request.GET.get("form", ""))
