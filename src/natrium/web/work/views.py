"""My work: what can move, who waits, what is up for grabs."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from natrium.apps.workflows import queries
from natrium.domain.errors import Refusal
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
    """The member's own list, a page of it from `cursor` on."""
    who = asked(request)
    cursor = request.GET.get("cursor", "")
    try:
        work = queries.my_work(by=who.by, at=who.at, cursor=cursor)
    except Refusal:
        return HttpResponseRedirect("/my-work/")
    context = work_context(work, continued=bool(cursor))
    if did := request.GET.get("did"):
        context["toast"] = toast_on_work(did)
    return page(request, "my_work.html", context, place="work")
