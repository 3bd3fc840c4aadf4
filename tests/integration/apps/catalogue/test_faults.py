"""What goes wrong in one series, or changes while the sweep runs, is that series' alone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from natrium.apps.catalogue import doctor, operations, planning, queries, writing
from natrium.apps.catalogue.operations import generate
from natrium.apps.clients.models import Client
from natrium.apps.database import sql
from natrium.apps.workflows import operations as workflows
from tests.builders import NOW, a_client
from tests.integration.apps.catalogue.firm import MONTHLY, Firm, noon, tasks, the_firm

pytestmark = pytest.mark.django_db

START = date(2026, 1, 1)


@pytest.fixture
def firm() -> Firm:
    """Acorn with Widget Ltd."""
    return the_firm()


def test_a_recurring_task_that_follows_itself_from_now_on_stops_no_sweep(firm: Firm) -> None:
    service, recurring = firm.service()
    firm.start(service, START)
    other, _ = firm.service("Advice")
    firm.start(other, START)
    generate(at=noon(date(2026, 3, 15)))
    words: dict[str, Any] = {"by": firm.mark, "at": NOW, "recurring_task_id": recurring}
    operations.edit_recurring_task(**words, changes={"mode": "after_completion", "every_days": 30})
    swept = generate(at=noon(date(2026, 4, 15)))
    assert (swept.failed, [made.service for made in swept.created]) == ([], ["Bookkeeping", "Advice"])
    operations.edit_recurring_task(**words, changes={"mode": "on_schedule", "schedule": MONTHLY})
    assert [made.period_end for made in generate(at=noon(date(2026, 4, 16))).created] == [date(2026, 3, 31)]


@pytest.mark.parametrize("stored", ['{"anchor": "the moon"}', "{", '{"months": 1}', "[]"])
def test_a_schedule_that_is_read_no_longer_is_the_trouble_of_its_series(firm: Firm, stored: str) -> None:
    service, recurring = firm.service()
    engagement = firm.start(service, START)
    other, _ = firm.service("Advice")
    firm.start(other, START)
    sql.execute("UPDATE catalogue_recurringtask SET schedule = %s WHERE id = %s", (stored, recurring))
    swept = generate(at=noon(date(2026, 3, 15)))
    assert [made.service for made in swept.created] == ["Advice", "Advice"]
    assert [said.engagement_id for said in swept.failed] == [engagement]
    [trouble] = queries.troubles()
    assert trouble.failing_since is not None
    assert "cannot be read" in trouble.error
    assert len(list(doctor.examine())) == 1


def test_what_cannot_be_read_for_one_engagement_is_its_own_trouble(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    service, _ = firm.service()
    engagements = [firm.start(service, START, a_client(firm.cast.acorn, name=f"Client {i}")) for i in range(3)]
    decided = planning.ledger.decided

    def faulty(ids: Any, **words: Any) -> Any:
        if engagements[1] in ids:
            raise ValueError("a fault of the program")
        return decided(ids, **words)

    monkeypatch.setattr(planning.ledger, "decided", faulty)
    swept = generate(at=noon(date(2026, 3, 15)))
    assert {made.engagement_id for made in swept.created} == {engagements[0], engagements[2]}
    assert [said.engagement_id for said in swept.failed] == [engagements[1]]
    assert [trouble.error for trouble in queries.troubles()] == ["ValueError: a fault of the program"]


def another_manager(firm: Firm, recurring: int) -> None:
    """Priya looks after the client."""
    assert recurring
    Client.objects.filter(pk=firm.client.pk).update(manager=firm.cast.priya)


def another_title(firm: Firm, recurring: int) -> None:
    """The recurring task is edited."""
    operations.edit_recurring_task(
        by=firm.mark, at=NOW, recurring_task_id=recurring, changes={"title_pattern": "Books to {period_end}"}
    )


def no_more(firm: Firm, recurring: int) -> None:
    """The recurring task is removed."""
    operations.remove_recurring_task(by=firm.mark, at=NOW, recurring_task_id=recurring)


def another_fact(firm: Firm, recurring: int) -> None:
    """Something else is known of the client."""
    assert recurring
    workflows.set_client_fact(
        by=firm.mark, at=NOW, client_id=firm.client.pk, field="vat_stagger", value="1", from_date=START
    )


@pytest.mark.parametrize("change", [another_manager, another_title, no_more, another_fact])
def test_what_changes_while_the_sweep_runs_is_left_for_the_next_one(
    firm: Firm, monkeypatch: pytest.MonkeyPatch, change: Callable[[Firm, int], None]
) -> None:
    service, recurring = firm.service()
    firm.start(service, START)
    other, _ = firm.service("Advice")
    firm.start(other, START, a_client(firm.cast.acorn, name="Other Ltd"))
    create = writing.create

    def late(*wishes: Any, **words: Any) -> Any:
        change(firm, recurring)
        return create(*wishes, **words)

    monkeypatch.setattr(writing, "create", late)
    swept = generate(at=noon(date(2026, 2, 15)))
    assert (swept.failed, [task["title"] for task in tasks()]) == ([], ["Advice to 31 Jan 2026"])
    monkeypatch.setattr(writing, "create", create)
    assert len(generate(at=noon(date(2026, 2, 15))).created) == (0 if change is no_more else 1)
