"""Background jobs: which of them want an eye, and running one again."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from natrium.apps.background import operations, queries
from natrium.web.http import SeeOther, asked, page, signed_in

SAID = {
    "again": "It runs again, as soon as a worker is free.",
    "no": "It runs, waits its turn or is done already; nothing was changed.",
}
STATES = {
    queries.State.FAILED: ("late", "Failed"),
    queries.State.STUCK: ("late", "Stuck"),
    queries.State.LATE: ("waiting", "Late"),
    queries.State.AGAIN: ("waiting", "Tried again later"),
    queries.State.RUNNING: ("in_progress", "Running"),
    queries.State.WAITING: ("", "Waiting"),
}


@require_GET
@signed_in
def jobs(request: HttpRequest) -> HttpResponse:
    """Jobs that failed, are stuck or late; the others; and those that come round by themselves."""
    who = asked(request)
    context = {
        "jobs": queries.jobs(by=who.by, at=who.at),
        "states": STATES,
        "said": SAID.get(request.GET.get("said", ""), ""),
        "zone": who.by.zone,
    }
    return page(request, "settings/jobs.html", context, place="settings")


@require_POST
@signed_in
def retry(request: HttpRequest, job_id: str) -> HttpResponse:
    """Run one again. Again is harmless."""
    who = asked(request)
    again = operations.retry(by=who.by, at=who.at, job_id=job_id)
    return SeeOther(f"/settings/jobs/?said={'again' if again else 'no'}")
