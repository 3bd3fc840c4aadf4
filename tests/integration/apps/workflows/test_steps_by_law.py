"""Steps that go by a rule of law: their dates on attaching, what is missing, and what makes open ones follow."""

from datetime import date
from typing import Any

import pytest

from natrium.apps.clients.models import Client
from natrium.apps.database import sql
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.panels import StepLine
from natrium.domain.errors import Code
from natrium.domain.roles import Role
from natrium.domain.workflow.actions import EditStep
from natrium.domain.workflow.definition import Due, DueFrom, Order, Template
from tests.builders import NOW, a_client, a_member, signed_in
from tests.integration.apps.workflows.jobs import (
    Job,
    all_well,
    code_of,
    counted,
    done,
    events_after,
    group,
    last_event,
    step,
    written,
)

ANNUAL, VAT, PARTNERS, SALE = (
    Due(rule=name)
    for name in ("ch.accounts.annual", "hmrc.vat.return", "hmrc.partnership.return_online", "hmrc.cgt_property")
)
BY_LAW = Template(
    name="By law",
    groups=(
        group(
            "all",
            step("accounts", due=ANNUAL),
            step("again", due=ANNUAL),
            step("memo", due=Due(days=-7)),
            step("vat", due=VAT),
            step("plain"),
            order=Order.ANY,
        ),
    ),
)
YEAR = {"period_start": date(2026, 4, 1), "period_end": date(2027, 3, 31)}
NEXT = {"period_start": date(2026, 7, 1), "period_end": date(2027, 6, 30)}


def say(job: Job, field: str, value: str, day: date = date(2004, 3, 23), client: Client | None = None) -> int:
    """State a fact of a client, by Mark; how many steps followed."""
    return operations.set_client_fact(
        by=signed_in(job.cast.mark), at=NOW, client_id=(client or job.client).pk, field=field, value=value,
        from_date=day,
    )  # fmt: skip


def lines(job: Job, workflow_id: int) -> dict[str, StepLine]:
    """The steps of a workflow as Mark sees them, by key."""
    panel = queries.workflow(by=signed_in(job.cast.mark), at=NOW, workflow_id=workflow_id)
    return {line.key: line for part in panel.groups for line in part.steps}


def dues(workflow_id: int) -> dict[str, tuple[date | None, int | None]]:
    """Due date and version of the rule by step's key, as they are stored."""
    rows = sql.rows("SELECT key, due, due_version FROM workflows_step WHERE workflow_id = %s", (workflow_id,))
    return {key: (sql.day(due), version) for key, due, version in rows}


def attached(job: Job, template: Template = BY_LAW, **facts: Any) -> int:
    """A further task of the client with a template of such steps on it; the workflow's id."""
    there = sql.value("SELECT id FROM workflows_template WHERE name = %s", (template.name,))
    return job.attach(job.task(template.name, **facts), there or job.publish(template)).workflow_id


def test_a_step_is_due_when_its_rule_says_and_keeps_the_version(job: Job) -> None:
    say(job, "incorporated", "2004-03-23")
    workflow = attached(job, **YEAR)
    assert dues(workflow) == {
        "accounts": (date(2027, 12, 31), 1),
        "again": (date(2027, 12, 31), 1),
        "memo": (date(2027, 9, 23), None),
        "vat": (date(2027, 5, 7), 1),
        "plain": (None, None),
    }
    line = lines(job, workflow)["accounts"]
    assert (line.due_rule, line.due_on) == ("ch.accounts.annual", date(2027, 12, 31))
    assert line.due_why == "31 Dec 2027: 9 months after the year end, 31 Mar 2027."
    assert lines(job, workflow)["memo"].due_why == ""


def test_a_first_period_goes_by_the_rule_of_first_accounts(job: Job) -> None:
    say(job, "incorporated", "2026-04-01", date(2026, 4, 1))
    assert dues(attached(job, period_start=date(2026, 4, 1), period_end=date(2027, 6, 30)))["accounts"] == (
        date(2028, 1, 1),
        1,
    )


def test_a_missing_fact_is_said_and_nothing_is_guessed(job: Job) -> None:
    workflow = attached(job, **YEAR)
    assert dues(workflow)["accounts"] == (None, None)
    line = lines(job, workflow)["accounts"]
    words = "Not reckoned. Missing: the client’s fact “incorporated”: the date of incorporation."
    assert (line.due_on, line.due_why) == (None, words)
    page = queries.task_page(by=signed_in(job.cast.mark), at=NOW, task_id=_task_of(workflow))
    assert [one.due_why for part in page.workflows[0].groups for one in part.steps][:2] == [words, words]
    shape = queries.step_shape(by=signed_in(job.cast.mark), workflow_id=workflow, key="accounts")
    assert (shape.by_rule, shape.why) == (None, words.removeprefix("Not reckoned. "))
    without = attached(job, client_id=None, **YEAR)
    assert dues(without)["vat"] == (date(2027, 5, 7), 1), "which asks nothing of a client"
    assert "“incorporated”" in lines(job, without)["accounts"].due_why
    nowhere = lines(job, attached(job))["vat"]
    assert (nowhere.due_on, nowhere.due_why) == (None, "Not reckoned. Missing: the end of the period.")


def test_many_at_once_are_as_one_by_one_and_cost_no_statement_a_task(job: Job) -> None:
    template = job.publish(BY_LAW)
    clients = [a_client(job.cast.acorn, name=f"Number {number} Ltd") for number in range(6)]
    for number, client in enumerate(clients[1:], start=1):
        say(job, "incorporated", f"20{10 + number}-01-15", date(2010 + number, 1, 15), client)

    def some(count: int) -> list[int]:
        return [
            job.task(
                client_id=clients[at % 6].pk, period_start=date(2025, at % 9 + 1, 1), period_end=date(2026, at % 9, 28)
            )
            if at % 9
            else job.task(client_id=None)
            for at in range(count)
        ]

    few, many, apart = some(2), some(18), some(18)
    by = signed_in(job.cast.mark)
    job.attach(job.task(), template)  # what is kept of a version is read
    statements = []
    for tasks in (few, many):
        with counted() as seen:
            found = operations.attach_many(by=by, at=NOW, task_ids=tasks, template_id=template)
        statements.append(len(seen))
    assert statements[0] == statements[1]
    together = [dues(one.workflow_id) for one in found.attached]
    alone = [dues(job.attach(task, template).workflow_id) for task in apart]
    assert together == alone
    assert len({str(one) for one in alone}) > 5, "and their dates differ"


def test_a_workflow_without_rules_costs_nothing_more(job: Job) -> None:
    with counted() as seen:
        job.attach(job.task())
    assert not [one for one in seen if "clientfact" in one]
    seen_by = signed_in(job.cast.mark)
    counts = []
    for task in (job.task_id, _task_of(attached(job, **YEAR))):
        with counted() as seen:
            queries.task_page(by=seen_by, at=NOW, task_id=task)
        counts.append(len(seen))
    assert counts[1] == counts[0] + 1, "one for the client’s facts, where a step goes by a rule of law"


def test_a_fact_that_is_corrected_makes_open_steps_follow(job: Job) -> None:
    template = Template(
        name="Two", groups=(group("all", *(step(key, due=ANNUAL) for key in "abc"), order=Order.ANY),)
    )  # fmt: skip
    say(job, "incorporated", "2026-04-01", date(2026, 4, 1))
    period = {"period_start": date(2026, 4, 1), "period_end": date(2027, 6, 30)}
    workflow = attached(job, template, **period)
    other = a_client(job.cast.acorn, name="Other Ltd")
    say(job, "incorporated", "2026-04-01", date(2026, 4, 1), other)
    theirs = attached(job, replace_name(template, "Theirs"), client_id=other.pk, **period)
    job.act(job.cast.priya, done("b"), workflow_id=workflow)
    operations.edit(
        by=signed_in(job.cast.mark), at=NOW, workflow_id=workflow,
        edit=EditStep("c", {"due_on": date(2027, 1, 4)}),
    )  # fmt: skip
    first = (date(2028, 1, 1), 1)
    before = last_event()
    assert say(job, "incorporated", "2025-06-01") == 1
    assert dues(workflow) == {"a": (date(2028, 3, 31), 1), "b": first, "c": (date(2027, 1, 4), 1)}
    assert dues(theirs)["a"] == first
    [event] = [one for one in events_after(before) if one["verb"] == "step.redated"]
    assert event["data"] == {
        "changes": {"due_on": ["2028-01-01", "2028-03-31"]},
        "because": "the client’s fact “Incorporated” changed",
        "rule": "ch.accounts.annual",
        "why": "31 Mar 2028: 9 months after the year end, 30 Jun 2027; the 30th is the last day of June, so the last "
        "day of March.",
    }
    assert say(job, "incorporated", "2025-06-01") == 0, "the same again"
    all_well()


def replace_name(template: Template, name: str) -> Template:
    """The same template by another name."""
    return Template(name=name, groups=template.groups)


def test_a_fact_that_is_missing_no_more_dates_the_step(job: Job) -> None:
    workflow = attached(job, **YEAR)
    assert say(job, "incorporated", "2004-03-23") == 2
    assert dues(workflow)["again"] == (date(2027, 12, 31), 1)
    all_well()


def test_a_year_end_that_is_corrected_makes_open_steps_follow(job: Job) -> None:
    by = signed_in(job.cast.mark)
    template = Template(name="Partners", groups=(group("all", step("return", due=PARTNERS)),))
    say(job, "corporate_partner", "yes")
    operations.edit_client(
        by=by, at=NOW, client_id=job.client.pk, changes={"year_end_month": 12, "year_end_day": 31}
    )  # fmt: skip
    tax_year = {"period_start": date(2026, 4, 6), "period_end": date(2027, 4, 5)}
    workflow = attached(job, template, **tax_year)
    assert dues(workflow)["return"][0] == date(2028, 1, 31)
    change = {"year_end_month": 2, "year_end_day": 28, "year_end_is_last_day": True, "notes": "Moved"}
    moved = written(lambda: operations.edit_client(by=by, at=NOW, client_id=job.client.pk, changes=change))
    assert moved == [("client.edited", ""), ("step.redated", "return")]
    assert dues(workflow)["return"][0] == date(2028, 2, 29)
    assert written(
        lambda: operations.edit_client(by=by, at=NOW, client_id=job.client.pk, changes={"notes": "More"})
    ) == [("client.edited", "")]
    all_well()


def test_what_counts_is_what_held_at_the_periods_end(job: Job) -> None:
    template = Template(name="Partners", groups=(group("all", step("return", due=PARTNERS)),))
    by = signed_in(job.cast.mark)
    year_end = {"year_end_month": 2, "year_end_day": 10}
    operations.edit_client(by=by, at=NOW, client_id=job.client.pk, changes=year_end)
    say(job, "corporate_partner", "no", date(2020, 1, 1))
    say(job, "corporate_partner", "yes", date(2027, 4, 6))
    years = [{"period_start": date(year - 1, 4, 6), "period_end": date(year, 4, 5)} for year in (2027, 2028)]
    before, after = (attached(job, template, **year) for year in years)
    assert dues(before)["return"][0] == date(2028, 1, 31)
    assert dues(after)["return"][0] == date(2029, 2, 10)
    operations.edit_client(by=by, at=NOW, client_id=job.client.pk, changes={"year_end_day": 12})
    assert dues(after)["return"][0] == date(2029, 2, 12)


def test_the_end_of_a_period_alone_takes_open_steps_along(job: Job) -> None:
    workflow = attached(job, **YEAR)
    changes = {"period_end": date(2027, 2, 28)}
    assert operations.edit_task(
        by=signed_in(job.cast.mark), at=NOW, task_id=_task_of(workflow), changes=changes
    ).redated
    assert dues(workflow)["vat"][0] == date(2027, 4, 7)


def test_a_reason_is_said_of_the_date_that_stands_there_alone(job: Job) -> None:
    workflow = attached(job, **YEAR)
    sql.execute("UPDATE workflows_step SET due = '2027-05-06' WHERE workflow_id = %s AND key = 'vat'", (workflow,))
    assert lines(job, workflow)["vat"].due_why == "", "what the rule says is another day"


def test_a_period_that_moves_takes_open_steps_along(job: Job) -> None:
    say(job, "incorporated", "2004-03-23")
    workflow = attached(job, **YEAR)
    before = last_event()
    edited = operations.edit_task(by=signed_in(job.cast.mark), at=NOW, task_id=_task_of(workflow), changes=NEXT)
    assert edited.redated == 3
    assert dues(workflow)["accounts"] == (date(2028, 3, 31), 1)
    assert {
        one["data"]["because"] for one in events_after(before) if one["verb"] == "step.redated"
    } == {"the task’s period changed"}  # fmt: skip
    all_well()


def test_a_notice_that_changes_a_date_moves_the_open_step_and_the_record_keeps_both(job: Job) -> None:
    template = Template(name="Return", groups=(group("all", step("file", due=Due(rule="hmrc.ct.return"))),))
    workflow = attached(job, template, **YEAR)
    assert dues(workflow)["file"][0] == date(2028, 3, 31)
    before = last_event()
    notice = {"other_dates": (("Notice to file", date(2028, 2, 10)),)}
    operations.edit_task(by=signed_in(job.cast.mark), at=NOW, task_id=_task_of(workflow), changes=notice)
    assert dues(workflow)["file"][0] == date(2028, 5, 10)
    [event] = [one for one in events_after(before) if one["verb"] == "step.redated"]
    assert event["data"]["changes"] == {"due_on": ["2028-03-31", "2028-05-10"]}
    assert event["data"]["because"] == "the task’s other dates changed"
    all_well()


def test_a_step_keeps_the_version_of_its_rule_and_a_new_one_takes_the_new(job: Job) -> None:
    template = Template(name="Sale", groups=(group("all", step("report", due=SALE)),))
    before, after = (("Completion", date(2021, 10, 20)),), (("Completion", date(2021, 11, 5)),)
    workflow = attached(job, template, other_dates=before)
    assert dues(workflow)["report"] == (date(2021, 11, 19), 1), "30 days then"
    by = signed_in(job.cast.mark)
    operations.edit_task(by=by, at=NOW, task_id=_task_of(workflow), changes={"other_dates": after})
    assert dues(workflow)["report"] == (date(2021, 12, 5), 1)
    assert lines(job, workflow)["report"].due_why.startswith("5 Dec 2021: 30 days")
    fresh = attached(job, replace_name(template, "Fresh"), other_dates=after)
    assert dues(fresh)["report"] == (date(2022, 1, 4), 2), "60 days since"
    operations.edit_task(by=by, at=NOW, task_id=_task_of(workflow), changes={"other_dates": ()})
    assert dues(workflow)["report"] == (None, 1), "and it is not forgotten while a date is missing"


def test_of_several_dates_it_is_the_one_of_the_task(job: Job) -> None:
    template = Template(name="Instalment", groups=(group("all", step("pay", due=Due(rule="hmrc.ct.qip.large"))),))
    year = {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)}
    workflow = attached(job, template, statutory_date=date(2026, 10, 14), **year)
    assert dues(workflow)["pay"] == (date(2026, 10, 14), 1)
    none = attached(job, replace_name(template, "None"), **year)
    assert dues(none)["pay"] == (None, None)
    assert "14 Jul 2026, 14 Oct 2026, 14 Jan 2027, 14 Apr 2027" in lines(job, none)["pay"].due_why


def test_editing_a_steps_due_reckons_it_at_once(job: Job) -> None:
    say(job, "incorporated", "2004-03-23")
    workflow = attached(job, **YEAR)

    def edit(changes: dict[str, object]) -> tuple[date | None, int | None]:
        mark = signed_in(job.cast.mark)
        operations.edit(by=mark, at=NOW, workflow_id=workflow, edit=EditStep("plain", changes))
        return dues(workflow)["plain"]

    assert edit({"due": ANNUAL, "due_on": None}) == (date(2027, 12, 31), 1)
    assert edit({"due_on": date(2027, 1, 1)})[0] == date(2027, 1, 1)
    assert edit({"due_on": None}) == (date(2027, 12, 31), 1)
    assert edit({"due": Due(days=1, from_=DueFrom.TARGET), "due_on": None}) == (date(2027, 10, 1), None)
    assert code_of(lambda: edit({"due": Due(rule="ch.acounts.annual"), "due_on": None})) is Code.BAD_VALUE
    all_well()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STAFF])
def test_who_may_not_change_a_client_moves_no_date(job: Job, role: Role) -> None:
    by = signed_in(a_member(job.cast.acorn, role=role))
    assert code_of(
        lambda: operations.set_client_fact(
            by=by, at=NOW, client_id=job.client.pk, field="incorporated", value="2004-03-23", from_date=NOW.date()
        )
    ) is Code.NOT_ALLOWED  # fmt: skip


def _task_of(workflow_id: int) -> int:
    return int(sql.value("SELECT task_id FROM workflows_workflow WHERE id = %s", (workflow_id,)))
