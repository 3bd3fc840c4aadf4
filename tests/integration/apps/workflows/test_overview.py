"""The overview's counts, cells, stages, lists and workload, each against a plain retelling; in few statements."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from natrium.apps.database import sql
from natrium.apps.practices import operations as practices
from natrium.apps.workflows import filters, operations, snapshots
from natrium.apps.workflows.filters import Filters
from natrium.apps.workflows.queries import overview
from natrium.domain.workflow.actions import AssignTo, Claim, Complete, Start, Wait
from natrium.domain.workflow.definition import Template, WaitsOn
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Hold, Status, Step, Workflow
from tests.builders import NOW, a_client, signed_in
from tests.integration.apps.workflows.jobs import KEYS, Job, counted, done, group, step

TODAY = NOW.date()
NONE = Filters()


def by_title(job: Job, tasks: Any) -> list[str]:
    del job
    return [task.title for task in tasks]


@pytest.fixture
def firm(job: Job) -> Job:
    """Three clients with work in different weeks and states; some done, some held, some nobody's."""
    cast = job.cast
    kestrel = a_client(cast.acorn, name="Kestrel Ltd", manager=cast.priya)
    job.task("VAT Q3", target_date=TODAY - timedelta(days=2), service="VAT", client_id=kestrel.pk)
    job.task("VAT Q4", target_date=TODAY + timedelta(days=2), service="VAT", client_id=kestrel.pk)
    old = job.task("Payroll May", target_date=TODAY - timedelta(days=90), service="Payroll", client_id=kestrel.pk)
    newer = job.task("Payroll June", target_date=TODAY - timedelta(days=60), service="Payroll", client_id=kestrel.pk)
    job.task("Payroll July", target_date=TODAY, service="Payroll")
    for task_id in (old, newer):
        operations.act_on_task(by=signed_in(cast.jo), at=NOW, task_id=task_id, action=Complete(""))
    held = job.task("Held", target_date=TODAY + timedelta(days=8), service="VAT")
    operations.hold(by=signed_in(cast.mark), at=NOW, task_id=held, to=Hold.ON_HOLD, reason="Fees")
    gone = job.task("Gone", target_date=TODAY - timedelta(days=8), service="VAT")
    operations.hold(by=signed_in(cast.mark), at=NOW, task_id=gone, to=Hold.CANCELLED, reason="Left us")
    waiting = job.task("Letter", target_date=None, client_id=None)
    operations.act_on_task(
        by=signed_in(cast.jo), at=NOW, task_id=waiting, action=Wait("", "No answer", WaitsOn.THIRD_PARTY, "HMRC")
    )
    return job


def head(job: Job, text: str = "") -> Any:
    return overview.head(by=signed_in(job.cast.mark), at=NOW, filters=filters.of_text(text))


def test_the_head_counts_open_tasks_and_weeks(firm: Job) -> None:
    found = head(firm)
    assert (found.tasks, found.late, found.week, found.waiting) == (6, 1, 2, 1)
    assert [(week.starts, week.count) for week in found.heat[:3]] == [
        (None, 1), (date(2026, 11, 2), 2), (date(2026, 11, 9), 1),
    ]  # fmt: skip
    assert [week.level for week in found.heat] == [0, 10, 5, *[0] * 7]
    assert all(week.value.startswith(str(week.starts)) for week in found.heat[2:])


def test_the_strip_shows_all_weeks_also_when_one_is_chosen(firm: Job) -> None:
    chosen = head(firm, "due=late")
    assert (chosen.tasks, chosen.late) == (1, 1)
    assert [week.count for week in chosen.heat] == [week.count for week in head(firm).heat]
    assert [week.chosen for week in chosen.heat] == [True] + [False] * 9


DUES = ["due=late", "-due=late", "due=week", "due=none", "-due=none&-due=week", f"due=..{TODAY}", f"-due={TODAY}.."]


@pytest.mark.parametrize("status", ["", "&status=any", "&status=done"])
@pytest.mark.parametrize("due", DUES)
def test_the_head_counts_what_the_list_lists(firm: Job, due: str, status: str) -> None:
    both = filters.of_text(due + status)
    listed = overview.tasks(by=signed_in(firm.cast.mark), at=NOW, filters=both).tasks
    found = head(firm, due + status)
    assert found.tasks == len(listed)
    assert found.late == sum(task.late_days > 0 for task in listed)


def matrix(job: Job, text: str = "", **more: Any) -> Any:
    return overview.matrix(by=signed_in(job.cast.mark), at=NOW, filters=filters.of_text(text), **more)


def cells(job: Job, text: str = "") -> dict[str, dict[str, tuple[str, int]]]:
    found = matrix(job, text)
    return {
        row.client: {
            service: (cell.task.title, cell.open)
            for service, cell in zip(found.services, row.cells, strict=True)
            if cell
        }
        for row in found.rows
    }


def test_a_cell_has_the_task_that_presses_most_or_the_last_done(firm: Job) -> None:
    assert cells(firm) == {
        "Kestrel Ltd": {"VAT": ("VAT Q3", 2), "Payroll": ("Payroll June", 0)},
        "Widget Ltd": {"Payroll": ("Payroll July", 1), "VAT": ("Held", 1), "": ("Accounts 2027", 1)},
        "": {"": ("Letter", 1)},
    }
    assert matrix(firm).services == ("VAT", "Payroll", "")
    assert cells(firm, "due=week&service=VAT") == {"Kestrel Ltd": {"VAT": ("VAT Q4", 1)}}
    assert cells(firm, "status=cancelled") == {"Widget Ltd": {"VAT": ("Gone", 0)}}


def test_the_matrix_is_paged_by_client(firm: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("natrium.apps.workflows.queries.overview.grid.CLIENTS", 1)
    first = matrix(firm)
    assert [row.client for row in first.rows] == ["Kestrel Ltd"]
    second = matrix(firm, after=first.after)
    assert [row.client for row in second.rows] == ["Widget Ltd", ""]
    assert second.after is None
    assert second.services == first.services


def test_services_there_is_no_room_for_are_counted(firm: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("natrium.apps.workflows.queries.overview.grid.SERVICES", 2)
    found = matrix(firm)
    assert (found.services, found.left_out) == (("VAT", ""), 1)
    assert all(len(row.cells) == 2 for row in found.rows)


def test_lists_go_by_due_date_and_page_by_place(firm: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = signed_in(firm.cast.mark)
    whole = by_title(firm, overview.tasks(by=mark, at=NOW, filters=NONE).tasks)
    assert whole == ["VAT Q3", "Payroll July", "VAT Q4", "Held", "Accounts 2027", "Letter"]
    monkeypatch.setattr("natrium.apps.workflows.queries.overview.lists.ROWS", 4)
    pages, after = [], None
    while True:
        page = overview.tasks(by=mark, at=NOW, filters=NONE, after=after)
        pages.append(by_title(firm, page.tasks))
        after = page.after
        if after is None:
            break
    assert pages == [whole[:4], whole[4:]]
    steps = overview.steps(by=mark, at=NOW, filters=NONE)
    assert (len(steps.steps), steps.count) == (4, 8 + 5)
    assert overview.chosen_steps(by=mark, at=NOW, filters=NONE)[:4] == [one.id for one in steps.steps]
    following = overview.steps(by=mark, at=NOW, filters=NONE, after=steps.after)
    assert not {one.id for one in following.steps} & {one.id for one in steps.steps}


def test_steps_are_filtered_by_who_has_them_and_when_they_are_due(firm: Job) -> None:
    mark = signed_in(firm.cast.mark)

    def keys(text: str) -> set[str]:
        found = overview.steps(by=mark, at=NOW, filters=filters.of_text(text))
        return {step.key for step in found.steps if step.workflow_id}

    assert keys("person=me") == {"check"}
    assert keys("person=none") == {"receive", "notes", "file"}
    assert keys("-person=none&-person=me&template=" + str(firm.template_id)) == {"ask", "draft", "sign", "approve"}
    # "ask" is due sixty days before the target; the others that have no date of their own are due with it.
    assert keys(f"due=..{date(2027, 8, 1)}") == {"ask"}
    assert keys(f"due={date(2027, 9, 30)}..") == {"notes", "check", "sign", "approve", "file"}


def current_of(workflow: Workflow) -> Step:
    """The first step in progress, else ready, else waiting, else the first that is not settled."""
    situation = Situation(workflow)

    def rank(one: Step) -> int:
        if one.settled:
            return 4
        if one.status is Status.TODO:
            return 3 if situation.held(one.key) else 1
        return {Status.IN_PROGRESS: 0, Status.WAITING: 2}.get(one.status, 3)

    return min(workflow.steps, key=rank)


def stage_of(workflow: Workflow) -> str:
    """The stage once more, from the rules' own values."""
    steps, current = workflow.steps, current_of(workflow)
    here = steps.index(current)
    reviews = [place for place, one in enumerate(steps) if one.review] or [99]
    approvals = [place for place, one in enumerate(steps) if one.approval] or [99]
    filings = [place for place, one in enumerate(steps) if one.filing] or [99]
    first_of_several = len(workflow.groups) > 1 and current in workflow.groups[0].steps
    table = [
        (current.filing, "filing"),
        (current.approval, "client"),
        (current.review, "review"),
        (first_of_several, "gathering"),
        (here > filings[0], "filing"),
        (approvals[-1] < here <= filings[-1] != 99, "filing"),
        (here > reviews[-1], "client"),
        (here > reviews[0], "review"),
        (current.waits_on is WaitsOn.CLIENT, "gathering"),
    ]
    return next((stage for holds, stage in table if holds), "preparing")


def test_stages_follow_the_current_step_all_the_way(job: Job) -> None:
    mark = signed_in(job.cast.mark)
    seen = []
    flat = job.publish(
        Template(
            name="Flat",
            groups=(
                group("all", step("records", waits_on=WaitsOn.CLIENT), step("do"), step("look", review=True),
                      step("mend"), step("again", review=True), step("send"), step("agree", approval=True),
                      step("pack"), step("file", filing=True), step("tell")),
            ),
        )
    )  # fmt: skip
    other = job.attach(job.task("Flat"), flat)
    for workflow_id, keys in (
        (job.workflow_id, KEYS),
        (other.workflow_id, ["records", "do", "look", "mend", "again", "send", "agree"]),
    ):
        for key in (*keys, None):
            loaded = snapshots.load(practice_id=mark.practice_id, workflow_id=workflow_id, lock=False)
            if all(one.settled for one in loaded.workflow.steps):
                break
            board = overview.board(by=mark, at=NOW, filters=NONE)
            [stage] = [one.key for one in board if loaded.task.id in {card.id for card in one.cards}]
            assert stage == stage_of(loaded.workflow)
            assert loaded.task.id in overview.chosen_tasks(by=mark, at=NOW, filters=filters.of_text(f"stage={stage}"))
            seen.append(stage)
            if key is not None:
                job.act(job.cast.priya, done(key), workflow_id=workflow_id)
    assert seen == [
        "gathering", "gathering", "preparing", "preparing", "review", "client", "client", "filing",
        "gathering", "preparing", "review", "review", "review", "client", "client", "filing",
    ]  # fmt: skip


def test_the_board_says_how_long_half_of_them_have_been_there(job: Job) -> None:
    mark = signed_in(job.cast.mark)
    for days in (3, 10, 20):
        job.attach(job.task(f"Job {days}"))
    later: datetime = NOW + timedelta(days=20)
    [gathering, *others] = overview.board(by=mark, at=later, filters=NONE)
    assert (gathering.key, gathering.count, gathering.median) == ("gathering", 4, 20)
    assert [(one.count, one.median, one.cards) for one in others] == [(0, None, ())] * 4
    operations.act(by=mark, at=NOW + timedelta(days=15), workflow_id=job.workflow_id, actions=[Start("ask")])
    assert overview.board(by=mark, at=later, filters=filters.of_text("owner=none"))[0].count == 0


def loads(job: Job, **more: Any) -> dict[str, tuple[int, float, int, int]]:
    found = overview.workload(by=signed_in(job.cast.mark), at=NOW, **more)
    return {one.who.name: (one.minutes, one.hours, one.unestimated, one.late) for one in found}


def test_the_workload_sums_what_is_due_by_friday_against_the_hours(job: Job) -> None:
    nothing = (0, 37.5, 0, 0)
    assert loads(job) == dict.fromkeys(["Jo Evans", "Mark Reed", "Olive Grant", "Priya Shah"], nothing)
    operations.change_member(
        by=signed_in(job.cast.olive), at=NOW, member_id=job.cast.mark.pk, changes={"weekly_hours": "20"}
    )
    late = job.attach(job.task("Late", target_date=TODAY - timedelta(days=1))).workflow_id
    held = job.task("Held", target_date=TODAY)
    job.attach(held)
    operations.hold(by=signed_in(job.cast.mark), at=NOW, task_id=held, to=Hold.ON_HOLD, reason="Fees")
    job.act(job.cast.mark, Claim("receive"), workflow_id=late)
    job.act(job.cast.priya, AssignTo("file", None), workflow_id=late)
    # Jo: ask (15), draft and approve, which nobody estimated; all late. Mark: receive (30), due by now, and check.
    assert loads(job)["Jo Evans"] == (15, 37.5, 2, 3)
    assert loads(job)["Mark Reed"] == (30, 20.0, 1, 2)
    job.act(job.cast.jo, Complete("ask"), workflow_id=late)
    assert loads(job)["Jo Evans"] == (0, 37.5, 2, 2)
    assert loads(job, weeks=2)["Mark Reed"] == (30, 40.0, 1, 2)
    practices.deactivate_member(by=signed_in(job.cast.olive), at=NOW, member_id=job.cast.jo.pk)
    assert "Jo Evans" not in loads(job)


@pytest.mark.parametrize(
    ("day", "weeks", "friday"),
    [(2, 1, 6), (6, 1, 6), (7, 1, 13), (8, 1, 13), (2, 2, 13), (6, 2, 13)],
)
def test_a_week_s_work_ends_on_friday(day: int, weeks: int, friday: int) -> None:
    assert overview.friday(date(2026, 11, day), weeks) == date(2026, 11, friday)


def test_late_tasks_come_by_most_and_held_ones_do_not(firm: Job) -> None:
    assert by_title(firm, overview.late_tasks(by=signed_in(firm.cast.mark), at=NOW)) == ["VAT Q3"]


def test_another_practice_sees_nothing_of_it(firm: Job) -> None:
    ben = signed_in(firm.cast.ben)
    ask: dict[str, Any] = {"by": ben, "at": NOW, "filters": filters.of_text(f"status=any&-client={firm.client.pk}")}
    assert overview.head(**ask).tasks == 0
    assert overview.matrix(**ask).rows == ()
    assert {stage.count for stage in overview.board(**ask)} == {0}
    assert overview.tasks(**ask).tasks == ()
    assert overview.steps(**ask).count == 0
    assert overview.choices(by=ben).services == ()
    assert [one.who.name for one in overview.workload(by=ben, at=NOW)] == ["Ben Shaw"]
    assert overview.late_tasks(by=ben, at=NOW) == ()


def test_statements_are_as_many_for_ten_tasks_as_for_a_thousand(job: Job) -> None:
    mark = signed_in(job.cast.mark)
    ask: dict[str, Any] = {"by": mark, "at": NOW, "filters": filters.of_text("-stage=filing&manager=me")}
    views: list[Callable[[], object]] = [
        lambda: overview.head(**ask), lambda: overview.matrix(**ask), lambda: overview.board(**ask),
        lambda: overview.tasks(**ask), lambda: overview.steps(**ask), lambda: overview.workload(by=mark, at=NOW),
        lambda: overview.late_tasks(by=mark, at=NOW), lambda: overview.choices(by=mark),
    ]  # fmt: skip

    def counts() -> list[int]:
        found = []
        for view in views:
            with counted() as seen:
                view()
            found.append(len(seen))
        return found

    def grow(count: int) -> None:
        clients = [a_client(job.cast.acorn, name=f"Client {n}", manager=job.cast.mark).pk for n in range(count // 10)]
        tasks = [
            job.task(f"Task {n}", client_id=clients[n % len(clients)], service=f"Service {n % 7}",
                     target_date=TODAY + timedelta(days=n % 90 - 5))
            for n in range(count)
        ]  # fmt: skip
        operations.attach_many(by=mark, at=NOW, task_ids=tasks, template_id=job.template_id)

    grow(10)
    few = counts()
    grow(990)
    assert counts() == few == [2, 4, 3, 2, 3, 1, 1, 3]
    assert sql.value("SELECT COUNT(*) FROM tasks_task") == 1_001
