"""Filters of the overview: as an address carries them, and with their opposites dividing all tasks between them."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from natrium.apps.database import sql
from natrium.apps.workflows import filters, operations
from natrium.apps.workflows.filtering import FROM, where
from natrium.apps.workflows.filters import Condition, Filters
from natrium.apps.workflows.queries import overview
from natrium.apps.workflows.queries.overview.looks import asking
from natrium.domain.workflow.actions import AssignTo, Complete
from natrium.domain.workflow.model import Hold
from tests.builders import NOW, a_client, signed_in
from tests.integration.apps.workflows.jobs import Job

TODAY = NOW.date()


def kept(job: Job, text: str) -> set[str]:
    """The titles of the open tasks that a filter keeps, as Mark sees them."""
    found = overview.tasks(by=signed_in(job.cast.mark), at=NOW, filters=filters.of_text(text))
    return {task.title for task in found.tasks}


@pytest.fixture
def tasks(job: Job) -> Job:
    """Ten tasks that differ in all that can be filtered by."""
    cast = job.cast
    other = a_client(cast.acorn, name="Kestrel 100% Ltd", manager=cast.priya)
    job.task("Late", target_date=TODAY - timedelta(days=1), service="VAT", client_id=other.pk)
    job.task("Today", target_date=TODAY, service="VAT")
    job.task("Sunday", target_date=TODAY + timedelta(days=6), owner=cast.mark, service="Payroll")
    job.task("Next Monday", target_date=TODAY + timedelta(days=7), client_id=None)
    job.task("Undated", target_date=None, client_id=None, owner_id=None)
    job.task("By law", target_date=None, statutory_date=TODAY + timedelta(days=20))
    held = job.task("Held", target_date=TODAY)
    operations.hold(by=signed_in(cast.mark), at=NOW, task_id=held, to=Hold.ON_HOLD, reason="Fees")
    done = job.task("Done", target_date=TODAY - timedelta(days=3))
    operations.act_on_task(by=signed_in(cast.jo), at=NOW, task_id=done, action=Complete(""))
    job.act(cast.mark, AssignTo("notes", signed_in(cast.priya).member))
    return job


EVERYTHING = {"Accounts 2027", "Late", "Today", "Sunday", "Next Monday", "Undated", "By law", "Held"}


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", EVERYTHING),
        ("status=any", EVERYTHING | {"Done"}),
        ("status=done", {"Done"}),
        ("-status=on_hold&-due=none&-due=late&manager=me", {"Accounts 2027", "Today", "Sunday", "By law"}),
        ("due=late", {"Late"}),
        ("status=any&due=late", {"Late"}),
        ("due=week", {"Today", "Sunday", "Held"}),
        ("due=next", {"Next Monday"}),
        ("due=month", {"Today", "Sunday", "Held", "Next Monday", "By law"}),
        ("due=none", {"Undated"}),
        ("due=late&due=none", {"Late", "Undated"}),
        (f"due=..{TODAY}", {"Late", "Today", "Held"}),
        (f"due={TODAY + timedelta(days=7)}..", {"Next Monday", "By law", "Accounts 2027"}),
        ("owner=none", {"Undated"}),
        ("owner=me", {"Sunday"}),
        ("-owner=none&-owner=me", EVERYTHING - {"Undated", "Sunday"}),
        ("client=none", {"Next Monday", "Undated"}),
        ("manager=none", {"Next Monday", "Undated"}),
        ("-manager=me", {"Late", "Next Monday", "Undated"}),
        ("partner=none", {"Late", "Next Monday", "Undated"}),
        ("service=VAT&service=Payroll", {"Late", "Today", "Sunday"}),
        ("-service=none", {"Late", "Today", "Sunday"}),
        ("q=100%25", {"Late"}),
        ("q=kestrel&q=SUNDAY", {"Late", "Sunday"}),
        ("-q=widget&-q=kestrel", {"Next Monday", "Undated"}),
        ("template=none", EVERYTHING - {"Accounts 2027"}),
        ("stage=gathering", {"Accounts 2027"}),
        ("-stage=gathering", EVERYTHING - {"Accounts 2027"}),
        ("person=none", {"Accounts 2027", "Undated"}),
    ],
)
def test_each_filter_keeps_what_it_says(tasks: Job, text: str, titles: set[str]) -> None:
    assert kept(tasks, text) == titles


def test_filters_by_id_keep_what_they_say(tasks: Job) -> None:
    cast = tasks.cast
    assert kept(tasks, f"person={cast.priya.pk}") == {"Accounts 2027"}
    assert kept(tasks, f"template={tasks.template_id}") == {"Accounts 2027"}
    assert kept(tasks, f"manager={cast.priya.pk}") == {"Late"}
    assert kept(tasks, f"owner={cast.ben.pk}") == set()
    ours = f"client={tasks.client.pk}"
    assert kept(tasks, ours) == EVERYTHING - {"Late", "Next Monday", "Undated"}


def ids(job: Job, one: Filters) -> set[int]:
    condition, params = where(one, asking(signed_in(job.cast.mark), NOW), also_closed=True)
    return {row[0] for row in sql.rows(f"SELECT t.id {FROM} WHERE {condition}", params)}


def conditions(job: Job) -> st.SearchStrategy[Condition]:
    """Any condition at all, on values that exist and that do not."""
    people = [str(member.pk) for member in (job.cast.mark, job.cast.jo, job.cast.ben)] + ["me", "none", "999999"]
    words = {
        "q": ["Late", "%", "_", "widget", "\\"],
        "client": [str(job.client.pk), "none", "424242"],
        "service": ["VAT", "none", "nothing like it"],
        **dict.fromkeys(filters.PEOPLE, people),
        "template": [str(job.template_id), "none", "77"],
        "status": ["done", "on_hold", "not_started", "waiting", "any"],
        "stage": list(filters.STAGES),
        "due": [*filters.DUE_WORDS, f"..{TODAY}", f"{TODAY}..", f"{TODAY}..{TODAY}"],
    }
    some = [st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True) for values in words.values()]
    each = [st.tuples(st.just(field), values) for field, values in zip(words, some, strict=True)]
    return st.one_of(each).map(lambda one: Condition(one[0], tuple(one[1])))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_filter_and_its_opposite_divide_the_tasks_between_them(tasks: Job, data: st.DataObject) -> None:
    one = data.draw(conditions(tasks))
    everything = {row[0] for row in sql.rows("SELECT id FROM tasks_task")}
    with_it, without = ids(tasks, Filters((one,))), ids(tasks, Filters((one,)).flipped(one))
    assert with_it | without == everything
    assert with_it & without == set()
    other = data.draw(conditions(tasks))
    assert ids(tasks, Filters((one, other))) == with_it & ids(tasks, Filters((other,)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_address_says_a_filter_again(tasks: Job, data: st.DataObject) -> None:
    some = data.draw(st.lists(conditions(tasks), max_size=4))
    first = filters.of_pairs(pair for one in some for pair in Filters((one,)).pairs)
    assert filters.of_text(first.text) == first
    assert first.unknown == ()


NONSENSE = (
    "colour=red", "manager=Mark", "owner=-3", "owner=0", "status=open", "stage=x", "due=soon", "due=..",
    "due=2026-02-30..", "due=2027-01-02..2027-01-01", "due=..9999-01-01", "client=%00", f"q={'x' * 201}",
    "manager=\u0663", "owner=99999999999999999999",
)  # fmt: skip


@pytest.mark.parametrize("text", NONSENSE)
def test_what_makes_no_sense_is_left_out_and_named(text: str) -> None:
    found = filters.of_text(text)
    assert found.conditions == ()
    assert len(found.unknown) == 1


def test_blanks_are_nothing_at_all() -> None:
    assert filters.of_text("q=&owner=%20&service=") == Filters()


def test_values_of_one_field_come_together_and_fields_in_their_order() -> None:
    found = filters.of_text("due=late&manager=3&-manager=4&q=x&manager=5&manager=3")
    assert found.pairs == (("q", "x"), ("manager", "3"), ("manager", "5"), ("-manager", "4"), ("due", "late"))


def test_a_filter_is_added_turned_and_taken_away() -> None:
    found = filters.of_text("manager=3").with_value("due", "late", negated=True)
    [manager, due] = found.conditions
    assert found.flipped(due).text == "manager=3&due=late"
    assert found.without_condition(manager).text == "-due=late"
    assert found.without("due").text == "manager=3"
    assert found.flipped(manager).flipped(Condition("manager", ("3",), negated=True)) == found


@pytest.mark.parametrize("day", [date(2026, 11, 2), date(2026, 11, 8), date(2026, 12, 31)])
def test_weeks_begin_on_monday_and_this_one_with_today(day: date) -> None:
    first, last = filters.due_period("week", day)
    assert (first, last is not None and last.weekday()) == (day, 6)
    following, end = filters.due_period("next", day)
    assert last is not None
    assert following == last + timedelta(days=1)
    assert end == last + timedelta(days=7)
