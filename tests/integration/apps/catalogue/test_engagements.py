"""When a client takes a service: its last day, its pauses, and who may write what at the same moment."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from natrium.apps.catalogue import operations, queries
from natrium.apps.catalogue.operations import (
    End,
    OpenWork,
    Override,
    Pause,
    RefusedOverride,
    Resume,
    generate,
    starting,
)
from natrium.apps.database import sql
from natrium.apps.workflows import operations as workflows
from natrium.domain.errors import Code, Refusal, StaleEdit
from tests.builders import NOW, a_client
from tests.integration.apps.catalogue.firm import MONTHLY, Firm, noon, the_firm

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


def test_a_start_for_many_is_planned_as_it_is_done_and_colleagues_get_their_turn(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, _ = firm.service()
    ending = firm.start(service, START)
    operations.end_engagement(
        by=firm.mark, at=NOW, engagement_id=ending, on=date(2026, 12, 31), open_work=OpenWork.KEEP
    )
    others = [a_client(firm.cast.acorn, name=f"Client {i}").pk for i in range(4)]
    words: dict[str, Any] = {
        "by": firm.mark, "service_id": service, "client_ids": [firm.client.pk, *others], "starts_on": date(2026, 6, 1)
    }  # fmt: skip
    plan = operations.plan_starting(**words)
    until = "Widget Ltd takes “Bookkeeping” until 31 Dec 2026: start it after that day."
    assert [(one.client_id, one.words) for one in plan.refused] == [(firm.client.pk, until)]
    start, chunks = starting.start_engagement, set[str]()

    def one_at_a_time(**given: Any) -> int:
        if given["client_id"] == others[1]:
            raise Refusal(Code.BAD_VALUE, "Gone meanwhile.")
        chunks.add(connection.savepoint_ids[0] if connection.savepoint_ids else "")
        return start(**given)

    monkeypatch.setattr(starting, "CHUNK", 2)
    monkeypatch.setattr(starting, "start_engagement", one_at_a_time)
    done = operations.start_engagements(**words, at=NOW)
    assert [one.client_id for one in done.started] == [others[0], others[2], others[3]]
    assert [one.words for one in done.refused] == [until, "Gone meanwhile."]
    assert len(chunks) == 2, "two in one transaction"
    assert sql.value("SELECT COUNT(*) FROM catalogue_engagement WHERE ends_on IS NULL") == 3


def test_what_is_different_is_said_once_for_each_recurring_task_and_by_who_read_it(firm: Firm) -> None:
    service, recurring = firm.service()
    engagement = firm.start(service, START)
    words: dict[str, Any] = {"by": firm.mark, "at": NOW, "engagement_id": engagement}
    one = Override(recurring_task_id=recurring, days_before=3)
    with pytest.raises(RefusedOverride) as refused:
        operations.set_overrides(**words, overrides=[one, one])
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, "recurring_task_id")
    assert refused.value.recurring_task_id == recurring
    too_many = Override(recurring_task_id=recurring, template_ids=tuple(range(1, 12)))
    with pytest.raises(Refusal) as refused_many:
        operations.set_overrides(**words, overrides=[too_many])
    assert refused_many.value.field == "template_ids"
    assert operations.set_overrides(**words, overrides=[one], if_rev=1)
    with pytest.raises(StaleEdit):
        operations.set_overrides(**words, overrides=[], if_rev=1)
    assert operations.set_overrides(**words, overrides=[], if_rev=2)


def test_the_year_end_is_no_fact_to_be_set_by_itself(firm: Firm) -> None:
    with pytest.raises(Refusal) as refused:
        workflows.set_client_fact(
            by=firm.mark, at=NOW, client_id=firm.client.pk, field="year_end", value="06-30", from_date=START
        )
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, "field")
    assert sql.value("SELECT COUNT(*) FROM clients_clientfact") == 0


def planned(firm: Firm, at: date) -> list[date]:
    """The ends of the periods that the year ahead says will be made."""
    ahead = queries.upcoming_of_client(firm.mark, firm.client.pk, at=noon(at))
    return [one.period_end for one in ahead if one.state == "planned"]


@pytest.mark.parametrize("catch_up", ["all", "latest_only", "none"])
def test_what_shows_as_planned_is_what_is_made(firm: Firm, catch_up: str) -> None:
    lead = MONTHLY | {"create": {"whence": "period_end", "days": -10}, "offset": {"whence": "period_end", "days": 150}}
    service, _ = firm.service(schedule=lead, catch_up=catch_up)
    first = firm.start(service, START)
    generate(at=noon(date(2026, 3, 22)))
    operations.end_engagement(by=firm.mark, at=NOW, engagement_id=first, on=date(2026, 3, 22), open_work=OpenWork.KEEP)
    again = firm.start(service, date(2026, 3, 23))
    today = date(2026, 6, 25)
    said = [day for day in planned(firm, today) if day <= date(2026, 6, 30)]
    assert date(2026, 3, 31) not in said, "the engagement before has made it"
    assert [made.period_end for made in generate(at=noon(today)).created] == said
    assert planned(firm, today)[0] == date(2026, 7, 31)
    operations.pause_engagement(by=firm.mark, at=NOW, engagement_id=again, on=today)
    assert planned(firm, today) == []
