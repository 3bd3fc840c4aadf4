"""Two practices, made once for all entries: what one call writes is taken back before the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.permissions.calling import Looked
from tests.permissions.sides import Side, a_side


@dataclass(frozen=True, slots=True)
class Both:
    """The practice whose people are tried, and the one next door."""

    quercus: Side
    betula: Side


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever the block writes is gone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    Looked.forget()


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Both]:
    """Return both practices; they are gone when the last test of the file is done."""
    del django_db_setup
    with django_db_blocker.unblock(), taken_back():
        yield Both(a_side("Quercus"), a_side("Betula"))


@pytest.fixture
def both(made: Both, db: None) -> Iterator[Both]:
    """Return both practices for one test, whose own transaction lies within theirs."""
    del db
    cache.clear()
    Looked.forget()
    ids = [dict(side.ids) for side in (made.quercus, made.betula)]
    yield made
    for side, before in zip((made.quercus, made.betula), ids, strict=True):
        side.ids = before
