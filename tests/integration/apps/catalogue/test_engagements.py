"""When a client takes a service: its last day, its pauses, and who may write what at the same moment."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from natrium.apps.catalogue import operations
from natrium.apps.catalogue.operations import End, OpenWork, Pause, Resume, generate
from natrium.apps.database import sql
from natrium.domain.errors import Code, Refusal
from tests.builders import NOW, a_client
from tests.integration.apps.catalogue.firm import Firm, noon, the_firm

pytestmark = pytest.mark.django_db

START = date(2026, 1, 1)
TODAY = NOW.date()


@pytest.fixture
def firm() -> Firm:
    """Acorn with Widget Ltd."""
    return the_firm()


def test_an_end_is_not_moved_over_the_start_of_a_later_one(firm: Firm) -> None:
    service, _ = firm.service()
    first = firm.start(service, START)
    words: dict[str, Any] = {"by": firm.mark, "at": NOW, "engagement_id": first, "open_work": OpenWork.KEEP}
    operations.end_engagement(**words, on=date(2026, 3, 31))
    later = firm.start(service, date(2026, 6, 1))
    for day in (date(2026, 6, 1), date(2026, 12, 31)):
        with pytest.raises(Refusal) as refused:
            operations.end_engagement(**words, on=day)
        assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, "on")
        assert refused.value.message == "Widget Ltd takes the service again from 1 Jun 2026: end it before that day."
    operations.end_engagement(**words, on=date(2026, 5, 31))
    said = sql.from_json(
        sql.value("SELECT data FROM activity_event WHERE verb = 'engagement.ended' ORDER BY id DESC LIMIT 1")
    )
    assert isinstance(said, dict)
    assert (said["was"], said["on"]) == ("2026-03-31", "2026-05-31")
    assert operations.end_engagement(**{**words, "engagement_id": later}, on=date(2026, 12, 31)) == 0
    ends = [made.period_end for made in generate(at=noon(date(2027, 2, 15))).created]
    assert len(ends) == len(set(ends))


def test_a_pause_begins_today_or_began_earlier(firm: Firm) -> None:
    service, _ = firm.service()
    engagement = firm.start(service, START)
    words: dict[str, Any] = {"by": firm.mark, "at": NOW, "engagement_id": engagement}
    with pytest.raises(Refusal) as refused:
        operations.pause_engagement(**words, on=TODAY + timedelta(days=1))
    assert (refused.value.field, refused.value.message) == ("on", "Pause from today or earlier.")
    many = operations.change_engagements(
        by=firm.mark, at=NOW, engagement_ids=[engagement], deed=Pause(TODAY + timedelta(days=1))
    )
    assert [line.refused for line in many.lines] == ["Pause from today or earlier."]
    assert operations.pause_engagement(**words, on=TODAY)


def test_what_has_ended_is_not_resumed(firm: Firm) -> None:
    service, _ = firm.service()
    engagement = firm.start(service, START)
    words: dict[str, Any] = {"by": firm.mark, "at": NOW, "engagement_id": engagement}
    operations.pause_engagement(**words, on=date(2026, 3, 1))
    operations.end_engagement(**words, on=date(2026, 3, 31), open_work=OpenWork.KEEP)
    with pytest.raises(Refusal) as refused:
        operations.resume_engagement(**words)
    assert refused.value.code is Code.WRONG_STATE


def test_many_lock_their_clients_in_the_order_of_the_sweep(firm: Firm) -> None:
    service, _ = firm.service()
    clients = [a_client(firm.cast.acorn, name=f"Client {i}") for i in range(3)]
    ids = [firm.start(service, START, client) for client in reversed(clients)]
    with CaptureQueriesContext(connection) as seen:
        done = operations.change_engagements(
            by=firm.mark, at=NOW, engagement_ids=ids, deed=End(date(2026, 3, 31), OpenWork.KEEP)
        )
    updated = [q["sql"] for q in seen if q["sql"].startswith('UPDATE "clients_client"')]
    last = [next(client.pk for client in clients if text.rstrip().endswith(f"= {client.pk}")) for text in updated]
    assert list(dict.fromkeys(last)) == sorted(client.pk for client in clients)
    assert [line.engagement_id for line in done.lines] == sorted(ids)
    assert done.changed == 3
    assert operations.change_engagements(by=firm.mark, at=NOW, engagement_ids=ids, deed=Resume()).changed == 0


@pytest.mark.postgresql_only
def test_a_service_that_is_being_started_is_not_archived_meanwhile(firm: Firm) -> None:
    service, _ = firm.service()
    with CaptureQueriesContext(connection) as seen:
        firm.start(service, START)
    texts = [q["sql"] for q in seen]
    client = next(i for i, text in enumerate(texts) if "clients_client" in text and "FOR NO KEY UPDATE" in text)
    shared = next(i for i, text in enumerate(texts) if "catalogue_service" in text and "FOR SHARE" in text)
    read = next(i for i, text in enumerate(texts) if 'FROM "catalogue_service"' in text)
    assert client < shared < read
