"""The stage is set once; what happens on it in a test is taken back after it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from tests.builders import NOW
from tests.ways.stage import Clock, Stage, the_stage


@pytest.fixture(scope="module")
def clock() -> Iterator[Clock]:
    """Return the one clock: pages, API and sessions read it as well."""
    found = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: found.at)
        yield found


@pytest.fixture(scope="module")
def set_stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker, clock: Clock) -> Iterator[Stage]:
    """Return the stage as every test finds it."""
    del django_db_setup
    with django_db_blocker.unblock(), transaction.atomic():
        yield the_stage(clock)
        transaction.set_rollback(True)


@pytest.fixture
def stage(set_stage: Stage, db: None) -> Iterator[Stage]:
    """Return the stage; its rows and its clock are put back afterwards."""
    del db
    yield replace(set_stage, job=replace(set_stage.job))
    set_stage.clock.at = NOW
