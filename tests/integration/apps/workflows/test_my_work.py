"""My work: the lists and their counts are what a naive reading of every task says, in few statements."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from random import Random

import pytest

from natrium.apps.practices.models import Member
from natrium.apps.tasks.models import Task
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.panels import StepLine, TaskPage
from natrium.apps.workflows.worklists import SECTIONS, MyWork, SectionKey, WorkRow
from natrium.domain.errors import NotFound, Refusal
from natrium.domain.roles import Role
from natrium.domain.workflow.actions import Action, Complete, Reopen, Skip, Start, Wait
from natrium.domain.workflow.definition import Template, WaitsOn
from natrium.domain.workflow.model import Hold
from tests.builders import NOW, TODAY, signed_in
from tests.integration.apps.workflows.jobs import OWNER, Job, all_well, counted, done, group, step

read_model = import_module("natrium.apps.workflows.queries.my_work")
read_delegated = import_module("natrium.apps.workflows.queries.delegated")
LOOSE = Template(
    name="Loose",
    groups=(
        group("one", step("a"), step("b", estimate=20), step("c", after=("a", "b"))),
        group("two", step("d"), step("e", blocking=True), step("f", after=("a",))),
    ),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A step of a task as the task page has it."""

    page: TaskPage
    line: StepLine
    others: tuple[StepLine, ...]


def every_step(job: Job, at: datetime) -> list[Seen]:
    """All steps of all tasks, read one task page at a time."""
    found = []
    for task in queries.task_list(by=signed_in(job.cast.mark), keep=queries.TaskFilter(), limit=500):
        page = queries.task_page(by=signed_in(job.cast.mark), at=at, task_id=task.id)
        if page.task.hold:
            continue
        if page.own is not None:
            found.append(Seen(page, page.own, ()))
        for panel in page.workflows:
            lines = tuple(line for part in panel.groups for line in part.steps)
            found += [Seen(page, line, lines) for line in lines]
    return found


def held_up(seen: Seen) -> int | None:
    """Who has the first step of somebody else's that waits for this one alone."""
    if seen.line.state in ("done", "skipped") or seen.line.in_the_way:
        return None
    for other in seen.others:
        alone = [way.key for way in other.in_the_way] == [seen.line.key]
        open_ = other.state not in ("done", "skipped")
        if alone and open_ and other.assignee and other.assignee != seen.line.assignee:
            return other.assignee.id
    return None


def due(seen: Seen) -> date | None:
    """The day on which a step is due: its own, or else its task's."""
    return seen.line.due_on or seen.page.task.target_date or seen.page.task.statutory_date


def naive(steps: list[Seen], who: Member, today: date) -> dict[str, list[int]]:
    """The ids of each section, in its order."""
    sunday = today + timedelta(days=6 - today.weekday())
    found: dict[str, list[tuple[object, ...]]] = {}
    for seen in steps:
        line, mine = seen.line, seen.line.assignee is not None and seen.line.assignee.id == who.pk
        holds = held_up(seen)
        day = due(seen) or date.max
        order = (holds is None, day.isoformat(), line.id)
        if mine and line.state == "ready":
            section = "today" if day <= today else "week" if day <= sunday else "later"
            found.setdefault(section, []).append(order)
        if mine and line.state == "in_progress":
            found.setdefault("today", []).append((holds is None, (due(seen) or today).isoformat(), line.id))
        if mine and line.state in ("stale", "waiting"):
            section = "confirm" if line.state == "stale" else "waiting"
            found.setdefault(section, []).append((line.since, line.id))
        if holds == who.pk and line.assignee is not None:
            found.setdefault("coming", []).append((day.isoformat(), line.id))
        needs = {"client manager": Role.MANAGER, "client partner": Role.PARTNER}.get(line.rule, Role.STAFF)
        own = not seen.others
        if line.assignee is None and line.state == "ready" and who.role >= (Role.MANAGER if own else needs):
            found.setdefault("grabs", []).append(((line.due_on or date.max).isoformat(), line.id))
    return {key: [one[-1] for one in sorted(found[key])] for key in SECTIONS if key in found}  # type: ignore[type-var]


def shown(work: MyWork) -> dict[str, list[int]]:
    return {section.key: [row.step_id for row in section.rows] for section in work.sections if section.count}


def followed(who: Member, work: MyWork, at: datetime) -> dict[str, list[int]]:
    """Every section to its end, a page after the other."""
    found = shown(work)
    for first in work.sections:
        more = first.more
        while more:
            [section] = queries.my_work(by=signed_in(who), at=at, section=first.key, after=more).sections
            found[first.key] += [row.step_id for row in section.rows]
            more = section.more
    return found


def rows_of(who: Member, key: str, at: datetime = NOW) -> list[WorkRow]:
    """The rows of one section."""
    work = queries.my_work(by=signed_in(who), at=at)
    return [row for section in work.sections if section.key == key for row in section.rows]


def a_busy_world(job: Job, dice: Random) -> None:
    """Tasks of several people with dates around today, each worked by chance as far as the rules let it."""
    people = (job.cast.jo, job.cast.mark, job.cast.priya, None)
    loose = job.publish(LOOSE)
    for number in range(7):
        owner = dice.choice(people)
        target = dice.choice((None, TODAY + timedelta(dice.randrange(-9, 16))))
        task = job.task(f"Task {number}", owner=owner, target_date=target)
        if owner is None:
            operations.edit_task(by=signed_in(job.cast.olive), at=NOW, task_id=task, changes={"owner_id": None})
        for template in dice.sample((job.template_id, loose), dice.randrange(3)):
            workflow = job.attach(task, template).workflow_id
            for minute in range(dice.randrange(18)):
                some_action(job, workflow, dice, minute)
        if dice.random() < 0.15:
            operations.hold(by=signed_in(job.cast.mark), at=NOW, task_id=task, to=Hold.ON_HOLD, reason="Fees")


def some_action(job: Job, workflow: int, dice: Random, minute: int) -> None:
    key = dice.choice([line.key for line in lines_of(job, workflow)])
    action: Action = dice.choice(
        (done(key), done(key), done(key), Start(key), Wait(key, "Papers", WaitsOn.CLIENT), Skip(key, "No"),
         Reopen(key, "Wrong"))
    )  # fmt: skip
    by = signed_in(dice.choice((job.cast.jo, job.cast.mark, job.cast.priya)))
    at = NOW + timedelta(minutes=minute)
    try:
        if dice.random() < 0.2:
            to = dice.choice((job.cast.jo, job.cast.mark, job.cast.priya))
            operations.assign(by=by, at=at, workflow_id=workflow, key=key, to_id=to.pk)
        else:
            operations.act(by=by, at=at, workflow_id=workflow, actions=[action])
    except Refusal:
        return


def lines_of(job: Job, workflow: int) -> list[StepLine]:
    panel = queries.workflow(by=signed_in(job.cast.mark), at=NOW, workflow_id=workflow)
    return [line for part in panel.groups for line in part.steps]


@pytest.mark.parametrize("seed", range(4))
def test_lists_and_counts_are_what_every_task_page_says(job: Job, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    a_busy_world(job, Random(seed))  # noqa: S311 - a test's dice
    at = NOW + timedelta(hours=1)
    steps = every_step(job, at)
    all_well()
    for who in (job.cast.jo, job.cast.mark, job.cast.priya, job.cast.olive, job.cast.vera):
        expected = naive(steps, who, at.date())
        work = queries.my_work(by=signed_in(who), at=at)
        assert shown(work) == expected
        ids = [step for section in work.sections for step in (row.step_id for row in section.rows)]
        assert len(ids) == len(set(ids))
        check_sums(work, steps, who)
        with monkeypatch.context() as few:
            few.setattr(read_model, "ROWS", 3)
            few.setattr(read_model, "FEW", dict.fromkeys(read_model.FEW, 2))
            short = queries.my_work(by=signed_in(who), at=at)
            assert [section.count for section in short.sections] == [section.count for section in work.sections]
            assert followed(who, short, at) == expected


def check_sums(work: MyWork, steps: list[Seen], who: Member) -> None:
    """The figures in the sentence, in the headings and in the sidebar."""
    mine = [seen for seen in steps if seen.line.assignee is not None and seen.line.assignee.id == who.pk]
    ready = [seen for seen in mine if seen.line.state == "ready"]
    active = [*ready, *(seen for seen in mine if seen.line.state == "in_progress")]
    assert work.ready == len(ready) == queries.ready_count(by=signed_in(who))
    assert work.late == sum((due(seen) or date.max) < TODAY for seen in active)
    assert work.holding == sum(held_up(seen) is not None for seen in active)
    names = dict(Member.objects.values_list("pk", "name"))
    held = {seen.line.id: names.get(held_up(seen) or 0, "") for seen in steps}
    for section in work.sections:
        assert section.count == len(section.rows)
        minutes = sum(row.estimate or 0 for row in section.rows)
        assert section.minutes == (minutes if section.key in ("today", "week") else 0)
        assert [row.holds_up for row in section.rows] == [held[row.step_id] for row in section.rows]


def others_have(steps: list[Seen], who: Member) -> dict[int, list[tuple[object, ...]]]:
    """What others hold of a member's tasks and clients, by holder (0: nobody), in order."""
    found: dict[int, list[tuple[object, ...]]] = {}
    for seen in steps:
        task, line = seen.page.task, seen.line
        mine = who.pk in [person.id for person in (task.owner, task.manager, task.partner) if person]
        holder = line.assignee.id if line.assignee else 0
        states = ("ready", "in_progress", "waiting") if holder else ("ready",)
        if mine and task.status not in ("done", "cancelled") and line.state in states and holder != who.pk:
            day = due(seen) or date.max
            late = day < TODAY and line.state != "waiting"
            found.setdefault(holder, []).append((day, line.id, late, line.state == "waiting"))
    return {holder: sorted(found[holder]) for holder in found}  # type: ignore[type-var]


@pytest.mark.parametrize("seed", range(10, 13))
def test_what_is_delegated_is_what_every_task_page_says(job: Job, seed: int) -> None:
    a_busy_world(job, Random(seed))  # noqa: S311 - a test's dice
    at = NOW + timedelta(hours=1)
    steps = every_step(job, at)
    for who in (job.cast.jo, job.cast.mark, job.cast.priya, job.cast.olive, job.cast.vera):
        expected = others_have(steps, who)
        found = queries.delegated(by=signed_in(who), at=at)
        by_holder = {holder.who.id if holder.who else 0: holder for holder in found.holders}
        assert by_holder.keys() == expected.keys()
        for key, holder in by_holder.items():
            assert [row.step_id for row in holder.rows] == [one[1] for one in expected[key][:5]]
            assert (holder.count, holder.late, holder.waiting) == (
                len(expected[key]),
                sum(bool(one[2]) for one in expected[key]),
                sum(bool(one[3]) for one in expected[key]),
            )
            [alone] = queries.delegated(by=signed_in(who), at=at, holder=key).holders
            assert [row.step_id for row in alone.rows] == [one[1] for one in expected[key]]
        assert found.count == sum(len(one) for one in expected.values())
        assert [holder.late for holder in found.holders if holder.who] == sorted(
            (holder.late for holder in found.holders if holder.who), reverse=True
        )


def test_of_very_much_that_is_delegated_the_first_due_is_shown(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = signed_in(job.cast.mark)
    tasks = [job.task(f"Call {number}", target_date=TODAY + timedelta(days=number)) for number in range(6)]
    undated = job.task("Some day", target_date=None)
    everything = queries.delegated(by=mark, at=NOW)
    assert (everything.first_tasks, everything.count) == (0, 8)
    for few, first, expected in (
        (7, 3, tasks[:3]),
        (7, 9, [*tasks, job.task_id, undated]),
        (8, 3, [*tasks, job.task_id, undated]),
    ):
        monkeypatch.setattr(read_delegated, "FEW", few)
        monkeypatch.setattr(read_delegated, "FIRST_TASKS", first)
        with counted() as seen:
            found = queries.delegated(by=mark, at=NOW, holder=job.cast.jo.pk)
        assert len(seen) == 2
        assert {row.task_id for holder in found.holders for row in holder.rows} == set(expected)
        assert found.first_tasks == (first if few < 8 else 0)
        ids = queries.delegated_ids(by=mark, at=NOW, keep="", holder=job.cast.jo.pk, most=100)
        assert ids == [row.step_id for row in found.holders[0].rows]
    assert queries.delegated_ids(by=mark, at=NOW, keep="call 1", holder=job.cast.jo.pk, most=100) == ids[1:2]


def test_what_is_delegated_narrows_and_takes_two_statements(job: Job) -> None:
    mark = signed_in(job.cast.mark)
    other = job.task("Something else")
    job.attach(other)
    with counted() as seen:
        found = queries.delegated(by=mark, at=NOW, keep="something")
    assert (len(seen), found.count, {row.task_id for holder in found.holders for row in holder.rows}) == (2, 1, {other})
    assert queries.delegated(by=signed_in(job.cast.ben), at=NOW).count == 0


def test_what_somebody_else_settled_lately_opens_a_step_and_is_named(job: Job) -> None:
    job.work("ask", "receive", "draft", "notes")
    [row] = rows_of(job.cast.mark, "later")
    assert (row.step_key, row.opened and (row.opened.step, row.opened.by.name)) == ("check", ("Notes", "Priya Shah"))
    assert all(row.opened is None for key in SECTIONS for row in rows_of(job.cast.priya, key))


@pytest.mark.parametrize(("days", "named"), [(0, True), (1, True), (2, False)])
def test_it_is_news_until_the_working_day_after(job: Job, days: int, named: bool) -> None:  # noqa: FBT001 - a table
    job.work("ask", "receive", "draft", "notes")
    [row] = rows_of(job.cast.mark, "later", NOW + timedelta(days=days))
    assert (row.opened is not None) is named


def test_what_holds_up_others_comes_first_and_lists_narrow(job: Job) -> None:
    late = job.task("Nobody waits for this", target_date=TODAY - timedelta(days=20))
    assert [row.task_id for row in rows_of(job.cast.jo, "today")] == [late]
    held = job.attach(job.task("Somebody does", target_date=TODAY), job.template_id)
    operations.assign(
        by=signed_in(job.cast.mark), at=NOW, workflow_id=held.workflow_id, key="receive", to_id=job.cast.priya.pk
    )
    first, second = rows_of(job.cast.jo, "today")
    assert (first.holds_up, second.task_id) == ("Priya Shah", late)
    narrowed = queries.my_work(by=signed_in(job.cast.jo), at=NOW, keep="  NOBODY waits ")
    assert (narrowed.ready, [row.task_id for part in narrowed.sections for row in part.rows]) == (1, [late])
    for odd in ("%", "_", "\\", "\0"):
        assert queries.my_work(by=signed_in(job.cast.jo), at=NOW, keep=odd).ready == (3 if odd == "\0" else 0)


def test_a_step_without_a_date_is_as_late_here_as_on_the_practices_list(job: Job) -> None:
    bare = job.publish(Template(name="Bare", groups=(group("one", step("file", assign=OWNER)),)))
    by, days = signed_in(job.cast.mark), {}
    for title, target, statutory in (("Soon", 2, 20), ("Late", -3, 9), ("By law", None, -1), ("Some day", None, None)):
        dates = [None if ahead is None else TODAY + timedelta(ahead) for ahead in (target, statutory)]
        task = job.task(title, target_date=dates[0])
        if dates[1]:
            operations.edit_task(by=by, at=NOW, task_id=task, changes={"statutory_date": dates[1]})
        job.attach(task, bare)
        days[title] = dates[0] or dates[1]
    jo = signed_in(job.cast.jo)
    work = queries.my_work(by=jo, at=NOW)
    rows = {row.task: row for section in work.sections for row in section.rows if row.step == "File"}
    assert {title: row.due_on for title, row in rows.items()} == days
    assert [row.task for row in rows_of(job.cast.jo, "today")] == ["Late", "By law"]
    assert (rows["Late"].late_days, rows["By law"].late_days, work.late) == (3, 1, 2)
    load = next(one for one in queries.overview.workload(by=by, at=NOW) if one.who.id == job.cast.jo.pk)
    assert load.late == work.late
    assert queries.delegated(by=by, at=NOW).holders[0].late == 2


@pytest.mark.parametrize("text", ["", "x", "0_x_1", "9_9999-12-31_9", "-1__", "0_0001-01-01_0", "0_2026-11-02_x"])
@pytest.mark.parametrize("section", SECTIONS)
def test_any_cursor_is_answered(job: Job, text: str, section: SectionKey) -> None:
    work = queries.my_work(by=signed_in(job.cast.jo), at=NOW, section=section, after=text)
    assert [part.key for part in work.sections] == [section]


def test_another_practices_member_is_not_found(job: Job) -> None:
    with pytest.raises(NotFound):
        queries.my_work(by=signed_in(job.cast.mark), at=NOW, of=job.cast.ben.pk)
    theirs = queries.my_work(by=signed_in(job.cast.mark), at=NOW, of=job.cast.jo.pk)
    assert (theirs.of.name, theirs.ready) == ("Jo Evans", 1)


@pytest.mark.parametrize("many", [10, 1000])
def test_it_takes_the_same_statements_however_much_there_is(job: Job, many: int) -> None:
    job.act(job.cast.mark, Complete("ask"))
    fresh = [
        Task(
            practice=job.cast.acorn, client=job.client, title=f"Task {number}", owner=job.cast.jo, created_at=NOW,
            target_date=TODAY + timedelta(number % 9),
        )
        for number in range(many)
    ]  # fmt: skip
    ids = [task.pk for task in Task.objects.bulk_create(fresh)]
    operations.attach_many(by=signed_in(job.cast.mark), at=NOW, task_ids=ids, template_id=job.template_id)
    jo, mark = signed_in(job.cast.jo), signed_in(job.cast.mark)
    with counted() as seen:
        work = queries.my_work(by=jo, at=NOW)
        queries.my_work(by=mark, at=NOW, section="later")
        queries.ready_count(by=jo)
    assert work.ready == many
    assert [sum(len(section.rows) for section in work.sections if section.key in ("today", "week", "later"))] == [
        min(many, 50)
    ]
    assert len(seen) == 3 + 2 + 1  # the counts and the rows, and what opened those that are new today
