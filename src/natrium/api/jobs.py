"""Background jobs: how they stand, and running one again."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from natrium.api.auth import asked
from natrium.api.bodies import Words
from natrium.api.problems import ERRORS
from natrium.apps.background import operations, queries
from natrium.apps.background.queries import Job, Regular

router = Router(tags=["jobs"])


class JobsOut(Schema):
    """Jobs that failed, are stuck or late; the others that are not over; and those that come round by themselves."""

    troubled: list[Job]
    others: list[Job]
    regular: list[Regular]


class Retried(Schema):
    """The job's id, and whether it runs again (it does not where it runs, waits its turn or is done)."""

    id: str
    again: bool


@router.get("/jobs", response={200: JobsOut, **ERRORS})
def jobs(request: HttpRequest) -> JobsOut:
    """The practice's jobs, and the installation's."""
    who = asked(request)
    found = queries.jobs(by=who.by, at=who.at)
    return JobsOut(troubled=list(found.troubled), others=list(found.others), regular=list(found.regular))


@router.post("/jobs/{job_id}/retry", response={200: Retried, **ERRORS})
def retry(request: HttpRequest, job_id: Words) -> Retried:
    """Run a job again that failed, or at once one that waits to be tried again."""
    who = asked(request)
    return Retried(id=job_id, again=operations.retry(by=who.by, at=who.at, job_id=job_id))
