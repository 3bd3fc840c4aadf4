"""My work: what can move, who waits, what comes, what is up for grabs."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from natrium.apps.workflows import queries
from natrium.apps.workflows.worklists import SECTIONS
from natrium.web.http import asked, page, signed_in
from natrium.web.tasks.did import toast_on_work
from natrium.web.work.context import work_context


@require_GET
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The way in leads to my work."""
    del request
    return HttpResponseRedirect("/my-work/")


@require_GET
@signed_in
def my_work(request: HttpRequest) -> HttpResponse:
    """The member's own list, or one section of it from `after` on. `q` narrows it."""
    who, get = asked(request), request.GET
    name = get.get("section")
    section = next((key for key in SECTIONS if key == name), None)
    if name and section is None:
        raise Http404
    after = get.get("after", "")
    work = queries.my_work(by=who.by, at=who.at, keep=get.get("q", ""), section=section, after=after)
    context = work_context(work, role=who.by.member.role, continued=bool(after))
    if did := get.get("did"):
        context["toast"] = toast_on_work(did)
    return page(request, "work/my_work.html", context, place="work")


@require_GET
@signed_in
def more(request: HttpRequest) -> HttpResponse:
    """What a phone's tab bar has no room for."""
    return page(request, "more.html", {}, place="more")
