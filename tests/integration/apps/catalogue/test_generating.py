"""The sweep: what it makes, what it leaves out and says, and what it never does."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from natrium.apps.activity import verify
from natrium.apps.activity.operations import System
from natrium.apps.catalogue import operations, queries, writing
from natrium.apps.catalogue.operations import OpenWork, Override, generate
from natrium.apps.clients import operations as clients
from natrium.apps.database import sql
from natrium.apps.practices.offices import office_of
from natrium.apps.workflows import doctor, making
from natrium.apps.workflows import operations as workflows
from natrium.apps.workflows.making import NewTask
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.definition import Rule
from tests.builders import NOW, a_client, signed_in
from tests.integration.apps.catalogue.firm import MONTHLY, Firm, noon, tasks, the_firm
from tests.integration.apps.workflows.jobs import ACCOUNTS, counted

pytestmark = pytest.mark.django_db

START = date(2026, 1, 1)


@pytest.fixture
def firm() -> Firm:
    """Acorn with Widget Ltd."""
    return the_firm()


def ledger() -> list[tuple[Any, ...]]:
    """The ledger in order: key, state, whether there is a task."""
    return sql.rows(
        """SELECT period_key, state, task_id IS NOT NULL FROM catalogue_occurrence
           ORDER BY engagement_id, recurring_task_id, period_end, part"""
    )


def all_well() -> None:
    """What is stored is what the rules say, and the record is whole."""
    assert list(doctor.examine()) == []
    assert verify.verify() == []


def test_every_period_whose_day_has_come_is_made_once_with_its_workflow_people_and_dates(firm: Firm) -> None:
    template = firm.template(ACCOUNTS)
    service, _ = firm.service(template_ids=(template,))
    firm.start(service, START)
    swept = generate(at=noon(date(2026, 4, 15)))
    assert [made.title for made in swept.created] == [
        "Bookkeeping to 31 Jan 2026", "Bookkeeping to 28 Feb 2026", "Bookkeeping to 31 Mar 2026",
    ]  # fmt: skip
    first = tasks()[0]
    assert first["owner_id"] == firm.cast.mark.pk
    assert (first["period_start"], first["period_end"]) == (START, date(2026, 1, 31))
    assert (first["target_date"], first["statutory_date"]) == (date(2026, 2, 10), None)
    assert sql.value("SELECT other_dates FROM tasks_task ORDER BY id") == '[{"name": "Due", "date": "2026-02-13"}]'
    assert sql.value("SELECT COUNT(*) FROM workflows_step") == 3 * len(ACCOUNTS.steps)
    again = generate(at=noon(date(2026, 4, 15)))
    assert (again.created, again.skipped) == ([], [])
    assert len(generate(at=noon(date(2026, 5, 1))).created) == 1
    assert sql.rows("SELECT DISTINCT actor_kind, member_name FROM activity_event WHERE chain = 'task'") == [
        ("system", "Natrium")
    ]
    all_well()


def test_a_dry_run_says_the_same_and_writes_nothing(firm: Firm) -> None:
    service, _ = firm.service()
    firm.start(service, START)
    said = generate(at=noon(date(2026, 4, 15)), dry_run=True)
    assert tasks() == ledger() == []
    done = generate(at=noon(date(2026, 4, 15)))
    assert [replace(made, task_id=None) for made in done.created] == said.created


def test_until_makes_what_comes_later(firm: Firm) -> None:
    service, _ = firm.service()
    firm.start(service, START)
    assert len(generate(at=noon(date(2026, 1, 15)), until=date(2026, 6, 1)).created) == 5
    assert len(generate(at=noon(date(2026, 1, 15)), until=date(2026, 1, 1)).created) == 0


def test_tasks_made_by_the_thousand_are_those_made_one_by_one(firm: Firm) -> None:
    template, other = firm.template(ACCOUNTS), firm.template(replace(ACCOUNTS, name="Second"))
    facts = workflows.TaskFacts(
        title="Accounts", client_id=firm.client.pk, service="Accounts", owner_id=firm.cast.jo.pk,
        target_date=date(2026, 9, 30), statutory_date=date(2026, 12, 31), other_dates=(("Pay", date(2026, 10, 1)),),
    )  # fmt: skip
    people = {
        Rule.TASK_OWNER: firm.cast.jo.pk, Rule.CLIENT_MANAGER: firm.cast.mark.pk,
        Rule.CLIENT_PARTNER: firm.cast.priya.pk,
    }  # fmt: skip
    for templates in ((), (template,), (template, other)):
        one = workflows.create_task(by=firm.mark, at=NOW, facts=facts, template_ids=templates)
        new = NewTask(facts, templates, people, id=making.allocate(1)[0])
        making.make(by=firm.mark, at=NOW, new=[new])
        assert rows_of(one) == rows_of(new.id)
    all_well()


def rows_of(task_id: int) -> list[Any]:
    """All that hangs on a task, without the ids and hashes that no two share."""
    found: list[Any] = []
    for table, where in (
        ("tasks_task", "id"), ("workflows_workflow", "task_id"), ("workflows_step", "task_id"),
        ("activity_event", "chain = 'task' AND subject_id"),
    ):  # fmt: skip
        names = [name for name in columns(table) if name not in OWN]
        found.append(sql.rows(f"SELECT {', '.join(names)} FROM {table} WHERE {where} = %s ORDER BY id", (task_id,)))
    return found


OWN = {"id", "task_id", "workflow_id", "group_id", "chain_head", "hash", "previous_hash", "subject_id", "action"}


def columns(table: str) -> list[str]:
    """The names of a table's columns."""
    from django.db import connection  # noqa: PLC0415 - only here

    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    return [f'"{name}"' if name == "order" else name for name in names]


@pytest.mark.parametrize(("catch_up", "made", "left_out"), [("all", 5, 0), ("latest_only", 1, 4), ("none", 0, 5)])
def test_catching_up_goes_by_its_policy_and_leaves_no_gap(firm: Firm, catch_up: str, made: int, left_out: int) -> None:
    service, _ = firm.service(catch_up=catch_up)
    firm.start(service, date(2026, 2, 1))
    swept = generate(at=noon(date(2026, 7, 15)))
    assert (len(swept.created), len(swept.skipped)) == (made, left_out)
    again = generate(at=noon(date(2026, 7, 15)))
    assert (again.created, again.skipped) == ([], [])
    assert len(ledger()) == 5
    reasons = [said.words for said in swept.skipped]
    assert all("went by" in words for words in reasons)
    all_well()


def test_a_series_with_very_many_periods_is_bounded_and_says_how_many_are_left(firm: Firm) -> None:
    service, _ = firm.service()
    firm.start(service, date(2020, 1, 1))
    at = noon(date(2026, 1, 1))
    counts = []
    while True:
        swept = generate(at=at)
        counts.append((len(swept.created), swept.more))
        if not swept.more:
            break
    assert counts == [(24, 48), (24, 24), (24, 0)]
    assert generate(at=at).created == []


@pytest.mark.parametrize("how", ["paused", "ended", "ceased", "gone"])
def test_who_takes_it_no_longer_gets_no_more_tasks(firm: Firm, how: str) -> None:
    service, _ = firm.service()
    engagement = firm.start(service, START)
    words: dict[str, Any] = {"by": firm.mark, "at": NOW, "engagement_id": engagement}
    if how == "paused":
        operations.pause_engagement(**words, on=date(2026, 2, 10))
    elif how == "ended":
        operations.end_engagement(**words, on=date(2026, 3, 10), open_work=OpenWork.KEEP)
    else:
        change = {"ceased_on": date(2026, 3, 10)} if how == "ceased" else {"active": False}
        clients.edit_client(by=firm.mark, at=NOW, client_id=firm.client.pk, changes=change)
    swept = generate(at=noon(date(2026, 6, 15)))
    assert len(swept.created) == (2 if how in ("ended", "ceased") else 0)
    if how == "paused":
        operations.resume_engagement(**words)
        assert len(generate(at=noon(date(2026, 6, 15))).created) == 5


def test_nothing_is_made_for_periods_from_before_the_engagement(firm: Firm) -> None:
    service, _ = firm.service()
    firm.start(service, date(2026, 3, 1))
    generate(at=noon(date(2026, 5, 15)))
    assert [key for key, _, _ in ledger()] == ["2026-03-31", "2026-04-30"]


def test_a_missing_fact_is_said_and_its_coming_mends_it(firm: Firm) -> None:
    taken = operations.take_ready_service(by=firm.mark, at=NOW, key="VAT Return")
    firm.start(taken, START)
    swept = generate(at=noon(date(2026, 7, 15)))
    assert (swept.created, swept.failed) == ([], [])
    [said] = swept.waiting
    assert said.words == "Missing: the client’s fact “vat_stagger”: 1, 2 or 3."
    [trouble] = queries.troubles()
    assert (trouble.waiting, trouble.failing_since) == (said.words, None)
    firm.fact("vat_stagger", "1", date(2025, 1, 1))
    assert [made.due for made in generate(at=noon(date(2026, 7, 15))).created] == [
        date(2026, 5, 7), date(2026, 8, 7),
    ]  # fmt: skip
    assert queries.troubles() == ()


def test_a_failing_series_stops_no_other_and_is_shown_until_it_is_well(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, _ = firm.service()
    engagements = [firm.start(service, START, a_client(firm.cast.acorn, name=f"Client {i}")) for i in range(5)]
    make = making.make

    def faulty(**words: Any) -> None:
        if any(new.said["engagement"] == engagements[2] for new in words["new"]):
            raise ValueError("a fault of the program")
        make(**words)

    monkeypatch.setattr(writing.making, "make", faulty)
    swept = generate(at=noon(date(2026, 3, 15)))
    assert len(swept.created) == 8
    assert {said.engagement_id for said in swept.failed} == {engagements[2]}
    [trouble] = queries.troubles()
    assert (trouble.error, trouble.attempts) == ("ValueError: a fault of the program", 1)
    since = trouble.failing_since
    generate(at=noon(date(2026, 3, 16)))
    [trouble] = queries.troubles()
    assert (trouble.failing_since, trouble.attempts) == (since, 2)
    monkeypatch.setattr(writing.making, "make", make)
    assert len(generate(at=noon(date(2026, 3, 17))).created) == 2
    assert queries.troubles() == ()
    all_well()


def test_a_template_that_cannot_be_attached_fails_its_own_series(firm: Firm) -> None:
    template = firm.template(ACCOUNTS)
    service, _ = firm.service(template_ids=(template,))
    other, _ = firm.service("Advice")
    firm.start(service, START)
    firm.start(other, START)
    workflows.archive(by=firm.mark, at=NOW, template_id=template)
    swept = generate(at=noon(date(2026, 3, 15)))
    assert [said.words for said in swept.failed] == ["“Accounts” is archived. Take it out of the archive to attach it."]
    assert len(swept.created) == 2


def test_what_is_different_for_one_client_is_made_so(firm: Firm) -> None:
    template = firm.template(ACCOUNTS)
    service, recurring = firm.service(template_ids=(template,))
    override = Override(recurring_task_id=recurring, owner_member_id=firm.cast.jo.pk, days_before=0, template_ids=())
    firm.start(service, START, overrides=[override])
    generate(at=noon(date(2026, 2, 15)))
    [task] = tasks()
    assert (task["owner_id"], task["target_date"]) == (firm.cast.jo.pk, date(2026, 2, 13))
    assert sql.value("SELECT COUNT(*) FROM workflows_workflow") == 0
    all_well()


@pytest.mark.parametrize(
    ("rule", "owner"), [("client_manager", "mark"), ("client_partner", "priya"), ("member", "jo"), ("unassigned", "")]
)
def test_the_owner_comes_by_its_rule(firm: Firm, rule: str, owner: str) -> None:
    member = firm.cast.jo.pk if rule == "member" else None
    service, _ = firm.service(owner_rule=rule, owner_member_id=member)
    firm.start(service, START)
    generate(at=noon(date(2026, 2, 1)))
    assert tasks()[0]["owner_id"] == (getattr(firm.cast, owner).pk if owner else None)


def test_a_removed_task_stays_removed(firm: Firm) -> None:
    service, _ = firm.service()
    engagement = firm.start(service, START)
    generate(at=noon(date(2026, 3, 15)))
    line = queries.ledger_of(firm.mark, engagement)[0]
    words: dict[str, Any] = {"by": firm.mark, "at": NOW, "occurrence_id": line.id, "reason": "Not registered yet"}
    assert operations.remove_occurrence(**words)
    assert not operations.remove_occurrence(**words)
    assert generate(at=noon(date(2026, 3, 16))).created == []
    line = queries.ledger_of(firm.mark, engagement)[0]
    assert (line.state, line.reason, line.task_status) == ("skipped", "Not registered yet", "cancelled")
    all_well()


def test_ending_cancels_open_work_only_by_choice(firm: Firm) -> None:
    service, _ = firm.service()
    engagement = firm.start(service, START)
    generate(at=noon(date(2026, 3, 15)))
    assert len(queries.ending(firm.mark, engagement).not_begun) == 2
    words: dict[str, Any] = {"by": firm.mark, "at": NOW, "engagement_id": engagement, "on": date(2026, 3, 31)}
    assert operations.end_engagement(**words, open_work=OpenWork.CANCEL) == 2
    assert {task["status"] for task in tasks()} == {"cancelled"}
    all_well()


def test_another_vat_stagger_makes_one_odd_period_and_leaves_no_day_out(firm: Firm) -> None:
    taken = operations.take_ready_service(by=firm.mark, at=NOW, key="VAT Return")
    firm.fact("vat_stagger", "1", date(2025, 1, 1))
    firm.fact("vat_stagger", "2", date(2026, 4, 1))
    firm.start(taken, START)
    generate(at=noon(date(2026, 9, 15)))
    spans = [(task["period_start"], task["period_end"]) for task in tasks()]
    assert spans == [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 30)),
        (date(2026, 5, 1), date(2026, 7, 31)),
    ]


def test_the_number_of_statements_does_not_grow_with_the_series(firm: Firm) -> None:
    template = firm.template(ACCOUNTS)
    service, _ = firm.service(template_ids=(template,))
    counts = []
    for many in (2, 40):
        for number in range(many):
            firm.start(service, START, a_client(firm.cast.acorn, name=f"Client {many} {number}"))
        with counted() as seen:
            assert len(generate(at=noon(date(2026, 3, 15))).created) == 2 * many
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 2, counts


def test_what_is_made_is_what_was_shown_beforehand(firm: Firm) -> None:
    service, recurring = firm.service()
    [line] = queries.service_page(firm.mark, service).recurring
    shown = queries.preview(
        firm.mark, at=NOW, facts=line.facts, client_id=firm.client.pk, service="Bookkeeping", since=START, count=24
    )
    firm.start(service, START)
    made = [one for day in range(0, 740, 5) for one in generate(at=noon(START + timedelta(days=day))).created]
    assert [(one.title, one.due) for one in made] == [(one.title, one.due.day) for one in shown.dates]
    assert recurring


def test_the_year_ahead_says_what_is_made_planned_and_left_out(firm: Firm) -> None:
    service, _ = firm.service(schedule=MONTHLY)
    engagement = firm.start(service, START)
    at = noon(date(2026, 3, 3))
    generate(at=at)
    line = queries.ledger_of(firm.mark, engagement)[0]
    ahead = queries.upcoming_of_client(firm.mark, firm.client.pk, at=at, days=70)
    assert [(one.period_end, one.state) for one in ahead] == [
        (date(2026, 2, 28), "created"), (date(2026, 3, 31), "planned"), (date(2026, 4, 30), "planned"),
    ][: len(ahead)]  # fmt: skip
    assert ahead[0].task_id == line.task_id


def test_the_product_at_work_is_nobody_of_the_practice(firm: Firm) -> None:
    by = office_of(practice_id=firm.cast.acorn.pk, actor=System())
    assert (by.actor_kind, by.actor_id, by.actor_name, by.token_id) == ("system", None, "Natrium", None)
    assert signed_in(firm.cast.mark).practice_id == by.practice_id


def test_a_confirmation_statement_filed_early_restarts_its_cycle(firm: Firm) -> None:
    taken = operations.take_ready_service(by=firm.mark, at=NOW, key="Confirmation Statement")
    firm.fact("incorporated", "2020-03-10", date(2020, 3, 10))
    firm.start(taken, date(2025, 3, 10))
    assert [made.due for made in generate(at=noon(date(2026, 2, 8))).created] == [date(2026, 3, 23)]
    firm.fact("last_confirmation_date", "2026-02-15", date(2026, 2, 15))
    made = [
        one
        for month in range(3, 15)
        for one in generate(at=noon(date(2026 + (month - 1) // 12, (month - 1) % 12 + 1, 20))).created
    ]
    assert [(one.period_start, one.period_end, one.due) for one in made] == [
        (date(2026, 2, 16), date(2027, 2, 15), date(2027, 3, 1))
    ]


def test_payroll_appears_before_payday_with_its_other_dates(firm: Firm) -> None:
    taken = operations.take_ready_service(by=firm.mark, at=NOW, key="Payroll Monthly")
    firm.fact("pay_dates", "day 28", date(2025, 1, 1))
    firm.fact("paye_frequency", "monthly", date(2025, 1, 1))
    firm.start(taken, date(2026, 1, 1))
    assert generate(at=noon(date(2026, 1, 16))).created == []
    [made] = generate(at=noon(date(2026, 1, 19))).created
    assert (made.due, made.title) == (date(2026, 1, 28), "Payroll Monthly to 28 Jan 2026")
    dates = {one["name"]: one["date"] for one in sql.from_json(sql.value("SELECT other_dates FROM tasks_task"))}
    assert dates == {
        "EPS": "2026-02-19", "Pay PAYE": "2026-02-22", "Pay PAYE, by": "2026-02-20", "Payday": "2026-01-28",
    }  # fmt: skip


def test_each_instalment_is_a_task_of_its_own(firm: Firm) -> None:
    clients.edit_client(
        by=firm.mark, at=NOW, client_id=firm.client.pk,
        changes={"year_end_month": 12, "year_end_day": 31, "year_end_is_last_day": True},
    )  # fmt: skip
    taken = operations.take_ready_service(by=firm.mark, at=NOW, key="CT instalments")
    firm.start(taken, START)
    made = [one for month in range(1, 13) for one in generate(at=noon(date(2026, month, 28))).created]
    made += [one for month in range(1, 5) for one in generate(at=noon(date(2027, month, 28))).created]
    assert [(one.title, one.due) for one in made] == [
        ("CT instalments 2026, part 1", date(2026, 7, 14)),
        ("CT instalments 2026, part 2", date(2026, 10, 14)),
        ("CT instalments 2026, part 3", date(2027, 1, 14)),
        ("CT instalments 2026, part 4", date(2027, 4, 14)),
    ]


def test_a_recurring_task_added_later_brings_nothing_of_the_time_before(firm: Firm) -> None:
    service, _ = firm.service()
    firm.start(service, START)
    facts = operations.RecurringFacts(title_pattern="Extra to {period_end}", schedule=MONTHLY)
    operations.add_recurring_task(by=firm.mark, at=noon(date(2026, 11, 20)), service_id=service, facts=facts)
    made = generate(at=noon(date(2027, 1, 2)), most=600).created
    assert [one.title for one in made if one.title.startswith("Extra")] == [
        "Extra to 30 Nov 2026", "Extra to 31 Dec 2026",
    ]  # fmt: skip


def test_a_service_that_is_taken_again_makes_no_period_twice(firm: Firm) -> None:
    service, _ = firm.service(schedule=MONTHLY | {"create": {"whence": "period_end", "days": -10}})
    first = firm.start(service, START)
    generate(at=noon(date(2026, 3, 22)))
    words: dict[str, Any] = {"by": firm.mark, "at": NOW, "engagement_id": first}
    operations.end_engagement(**words, on=date(2026, 3, 22), open_work=OpenWork.KEEP)
    with pytest.raises(Refusal) as refused:
        firm.start(service, date(2026, 3, 22))
    assert refused.value.field == "starts_on"
    firm.start(service, date(2026, 3, 23))
    assert [made.period_end for made in generate(at=noon(date(2026, 4, 21))).created] == [date(2026, 4, 30)]


def test_what_stands_still_is_in_no_trouble(firm: Firm) -> None:
    taken = operations.take_ready_service(by=firm.mark, at=NOW, key="VAT Return")
    engagement = firm.start(taken, START)
    generate(at=noon(date(2026, 7, 15)))
    assert len(queries.troubles()) == 1
    operations.pause_engagement(by=firm.mark, at=NOW, engagement_id=engagement, on=date(2026, 7, 16))
    assert queries.troubles() == ()


def test_a_day_too_far_away_is_refused(firm: Firm) -> None:
    service, _ = firm.service()
    firm.start(service, START)
    with pytest.raises(Refusal) as refused:
        generate(at=noon(date(2026, 7, 15)), until=date(9999, 12, 31))
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, "until")
    assert queries.troubles() == ()


def test_an_engagement_that_is_paused_while_the_sweep_runs_gets_nothing(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, _ = firm.service()
    engagement = firm.start(service, START)
    create = writing.create

    def late(*wishes: Any, **words: Any) -> Any:
        operations.pause_engagement(by=firm.mark, at=NOW, engagement_id=engagement, on=START)
        return create(*wishes, **words)

    monkeypatch.setattr(writing, "create", late)
    swept = generate(at=noon(date(2026, 3, 15)))
    assert (swept.created, swept.failed, tasks()) == ([], [], [])
