"""The job that people are told of; what was told before the test counts as read."""

import pytest

from natrium.apps.database import sql
from natrium.apps.notifications import operations
from tests.builders import NOW
from tests.integration.apps.workflows.jobs import Job, a_job


@pytest.fixture
def job(db: None) -> Job:
    """Return Acorn's job, its eight steps untouched."""
    del db
    job = a_job()
    forget()
    return job


def forget() -> None:
    """Tell all that has happened, and count it as read."""
    operations.read_record(at=NOW)
    sql.execute("UPDATE notifications_notification SET read_at = %s", (NOW,))
