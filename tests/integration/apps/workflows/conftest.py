"""The job that every test here works on."""

import pytest

from tests.integration.apps.workflows.jobs import Job, a_job


@pytest.fixture
def job(db: None) -> Job:
    """Return Acorn's job, its eight steps untouched."""
    del db
    return a_job()
