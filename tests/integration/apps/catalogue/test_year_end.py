"""Another year end: one odd period, no gap, nothing twice; what is begun is asked about, and what is done stays."""

from datetime import date
from typing import Any

import pytest

from natrium.apps.activity import verify
from natrium.apps.catalogue import operations
from natrium.apps.catalogue.operations import YearEnd, generate
from natrium.apps.clients import operations as clients
from natrium.apps.database import sql
from natrium.apps.workflows import doctor
from natrium.apps.workflows import operations as workflows
from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence.periods import Period
from natrium.domain.workflow.actions import Complete, Start
from tests.builders import NOW, signed_in
from tests.integration.apps.catalogue.firm import Firm, noon, tasks, the_firm

pytestmark = pytest.mark.django_db

MARCH = YearEnd(month=3, day=31, last=True)
YEARLY: dict[str, Any] = {
    "anchor": "year_end", "months": 12, "rule": "ch.accounts.annual", "create": {"whence": "period_end", "days": 1},
}  # fmt: skip


@pytest.fixture
def firm() -> Firm:
    """Widget Ltd, whose year ends on 31 December, takes accounts since 2025; it is 2 January 2027."""
    firm = the_firm(year_end_month=12, year_end_day=31, year_end_is_last_day=True)
    firm.fact("incorporated", "2015-03-17", date(2015, 3, 17))
    service, _ = firm.service("Accounts", schedule=YEARLY, title_pattern="Accounts {period_end:%d %b %Y}")
    firm.start(service, date(2025, 1, 1))
    generate(at=noon(date(2027, 1, 2)))
    assert [task["title"] for task in tasks()] == ["Accounts 31 Dec 2025", "Accounts 31 Dec 2026"]
    return firm


def change(firm: Firm, now: date, was: date = date(2026, 12, 31), new: YearEnd = MARCH, **words: Any) -> Any:
    """The period that ends on `was` ends on `now`."""
    return operations.change_year_end(
        by=firm.mark, at=NOW, client_id=firm.client.pk, new=new, was=was, now=now, **words
    )


def spans() -> list[tuple[date | None, date | None]]:
    """The ledger's periods in order."""
    rows = sql.rows("SELECT period_start, period_end FROM catalogue_occurrence ORDER BY period_end")
    return [(sql.day(start), sql.day(end)) for start, end in rows]


@pytest.mark.parametrize(
    ("now", "due", "following"),
    [(date(2027, 3, 31), date(2027, 12, 31), 2028), (date(2026, 3, 31), date(2026, 12, 31), 2027)],
)
def test_the_odd_period_is_longer_or_shorter_and_nothing_is_made_twice(
    firm: Firm, now: date, due: date, following: int
) -> None:
    words: dict[str, Any] = {"by": firm.mark, "client_id": firm.client.pk, "new": MARCH}
    shown = operations.preview_year_end(**words, was=date(2026, 12, 31), now=now)
    assert shown.odd == Period(date(2026, 1, 1), now)
    assert [(one.was.end, one.now, one.due, one.begun) for one in shown.moved] == [
        (date(2026, 12, 31), Period(date(2026, 1, 1), now), due, False)
    ]
    assert tasks()[1]["title"] == "Accounts 31 Dec 2026"
    assert change(firm, now) == shown
    task = tasks()[1]
    assert (task["period_start"], task["period_end"]) == (date(2026, 1, 1), now)
    assert (task["statutory_date"], task["title"]) == (due, f"Accounts 31 Mar {now.year}")
    generate(at=noon(date(2028, 5, 1)))
    generate(at=noon(date(2028, 5, 1)))
    expected = [(date(2025, 1, 1), date(2025, 12, 31)), (date(2026, 1, 1), now)]
    expected += [(date(year - 1, 4, 1), date(year, 3, 31)) for year in range(following, 2029)]
    assert spans() == expected
    assert sql.value("SELECT aliases_of FROM catalogue_occurrence WHERE period_end = %s", (now,)) == "2026-12-31"
    [data] = sql.rows("SELECT data FROM activity_event WHERE verb = 'client.year_end_changed'")
    assert "2026-12-31" in data[0]
    assert now.isoformat() in data[0]
    assert list(doctor.examine()) == []
    assert verify.verify() == []


def test_a_period_that_is_not_made_yet_is_longer_when_its_day_comes(firm: Firm) -> None:
    change(firm, date(2028, 3, 31), was=date(2027, 12, 31))
    assert generate(at=noon(date(2028, 2, 1))).created == []
    assert [made.period_start for made in generate(at=noon(date(2028, 4, 1))).created] == [date(2027, 1, 1)]


def test_what_is_begun_moves_only_when_it_is_said(firm: Firm) -> None:
    task = tasks()[1]["id"]
    workflows.act_on_task(by=signed_in(firm.cast.jo), at=NOW, task_id=task, action=Start("task"))
    before = tasks()
    with pytest.raises(Refusal) as refused:
        change(firm, date(2027, 3, 31))
    assert (refused.value.code, refused.value.field) == (Code.WRONG_STATE, "move_begun")
    assert "Accounts 31 Dec 2026" in refused.value.message
    assert tasks() == before
    change(firm, date(2027, 3, 31), move_begun=True)
    assert (tasks()[1]["period_end"], tasks()[1]["status"]) == (date(2027, 3, 31), "in_progress")


def test_what_is_done_stays_as_it_is(firm: Firm) -> None:
    task = tasks()[1]["id"]
    workflows.act_on_task(by=signed_in(firm.cast.jo), at=NOW, task_id=task, action=Complete("task"))
    with pytest.raises(Refusal) as refused:
        change(firm, date(2027, 3, 31), move_begun=True)
    assert refused.value.message == "The period to 31 Dec 2026 is done. Choose a later one."
    change(firm, date(2027, 3, 31), was=date(2027, 12, 31))
    generate(at=noon(date(2027, 4, 1)))
    assert spans()[-1] == (date(2027, 1, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("was", "now", "field"),
    [
        (date(2026, 11, 30), date(2027, 3, 31), "was"),
        (date(2026, 12, 31), date(2027, 3, 30), "now"),
        (date(2026, 12, 31), date(2025, 3, 31), "now"),
        (date(2026, 12, 31), date(2028, 3, 31), "now"),
    ],
)
def test_what_makes_no_sense_is_refused(firm: Firm, was: date, now: date, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        change(firm, now, was=was)
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, field)


def test_it_is_for_managers(firm: Firm) -> None:
    with pytest.raises(Refusal) as refused:
        operations.change_year_end(
            by=signed_in(firm.cast.jo), at=NOW, client_id=firm.client.pk, new=MARCH, was=date(2026, 12, 31),
            now=date(2027, 3, 31),
        )  # fmt: skip
    assert refused.value.code is Code.NOT_ALLOWED


def test_a_year_end_typed_anew_overlaps_nothing_that_is_there(firm: Firm) -> None:
    """Without the command, the next period begins after the last one that the ledger has."""
    changes = {"year_end_month": 6, "year_end_day": 30}
    clients.edit_client(by=firm.mark, at=NOW, client_id=firm.client.pk, changes=changes)
    generate(at=noon(date(2028, 7, 1)))
    assert spans()[1:] == [
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 6, 30)),
        (date(2027, 7, 1), date(2028, 6, 30)),
    ]
