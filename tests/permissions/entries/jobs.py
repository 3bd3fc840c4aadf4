"""Background jobs."""

from django_ox.models import OxTask

from natrium.apps.practices.models import Member
from natrium.domain.roles import Deed
from tests.permissions.entry import Entry
from tests.permissions.sides import Side, now


def a_failed_job(side: Side, _: Member) -> None:
    """A job of the practice's has failed."""
    row = OxTask.objects.create(
        task_path="natrium.jobs.notifications.tell", backend_name="default", status="FAILED", attempts=5,
        kwargs={"practice_id": side.people["owner"].practice_id, "word": side.word}, enqueued_at=now(),
    )  # fmt: skip
    side.ids["job"] = str(row.pk)  # type: ignore[assignment]  # the one id that is no number


ENTRIES = [
    Entry("GET /settings/jobs/", Deed.RUN_JOB, before=a_failed_job),
    Entry("POST /settings/jobs/{job_id}/retry/", Deed.RUN_JOB, before=a_failed_job),
    Entry("GET /api/v1/jobs", Deed.RUN_JOB, before=a_failed_job),
    Entry("POST /api/v1/jobs/{job_id}/retry", Deed.RUN_JOB, before=a_failed_job),
]
