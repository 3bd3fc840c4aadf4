"""A job to add files to, and a folder of its own for them."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.integration.apps.workflows.jobs import Job, a_job


@pytest.fixture
def job(db: None) -> Job:
    """Return Acorn at work."""
    del db
    return a_job()


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Return the folder in which this test's files lie."""
    settings.DATA = tmp_path
    return tmp_path / "files"
