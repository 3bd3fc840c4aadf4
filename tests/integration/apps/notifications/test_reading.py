"""What the record gets is told to those whose next action changed by it: once, however often it is read."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from natrium.apps.database import sql
from natrium.apps.notifications import operations, queries, reading
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations as workflows
from natrium.apps.workflows.operations import Part, TaskFacts
from natrium.domain.notices import Kind, Line, Notice, notices
from natrium.domain.workflow.actions import Claim, Comment, Complete, Reopen, Skip
from natrium.domain.workflow.model import Hold
from tests.builders import NOW, a_member, signed_in
from tests.integration.apps.notifications.conftest import forget
from tests.integration.apps.workflows.jobs import Job, a_job, counted, done
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied"]


LATER = NOW + timedelta(minutes=1)


def tell(at: datetime = LATER) -> int:
    return operations.read_record(at=at)


def told(member: Member) -> list[str]:
    """What a member was told and has not read, newest first, with how many things it stands for."""
    found = queries.inbox(by=signed_in(member)).unread
    return [f"{one.words} ({one.count})" if one.count > 1 else one.words for one in found]


def test_a_step_is_told_to_who_gets_it_and_who_had_it(job: Job) -> None:
    workflows.assign(
        by=signed_in(job.cast.mark), at=NOW, workflow_id=job.workflow_id, key="draft", to_id=job.cast.priya.pk
    )
    assert tell() == 2
    assert told(job.cast.priya) == ["Mark Reed gave you “Draft”"]
    assert told(job.cast.jo) == ["Mark Reed gave “Draft” to Priya Shah"]
    assert told(job.cast.mark) == []


def test_taking_a_step_is_told_to_nobody(job: Job) -> None:
    job.work("ask")
    forget()
    job.act(job.cast.jo, Claim("receive"), after=1)
    assert tell() == 0


def test_who_follows_a_client_is_told_and_so_is_who_goes(job: Job) -> None:
    gail = a_member(job.cast.acorn, name="Gail Moss")
    job.attach(job.task("Second"))
    forget()
    workflows.change_client_people(
        by=signed_in(job.cast.priya), at=NOW, client_id=job.client.pk, manager_id=gail.pk, partner_id=job.cast.priya.pk
    )
    tell()
    assert told(gail) == ["2 steps came to you when Priya Shah changed who looks after them (2)"]
    assert told(job.cast.mark) == ["Priya Shah gave 2 of your steps to somebody else (2)"]
    assert told(job.cast.priya) == []


def test_a_step_that_can_begin_is_told_with_who_made_it_so(job: Job) -> None:
    job.act(job.cast.priya, done("ask"), after=1)
    job.act(job.cast.priya, done("receive"), after=2)
    tell()
    assert told(job.cast.jo) == ["“Draft” is ready for you: Priya Shah completed “Receive”"]
    assert told(job.cast.mark) == []


def test_a_step_that_was_begun_before_it_could_be_told_is_not_told(job: Job) -> None:
    job.act(job.cast.priya, done("ask"), after=1)
    job.act(job.cast.priya, done("receive"), after=2)
    job.act(job.cast.jo, Complete("draft"), after=3)
    tell()
    assert told(job.cast.jo) == []


def test_who_took_a_step_since_is_not_told_that_it_can_begin(job: Job) -> None:
    job.act(job.cast.priya, done("ask"), after=1)
    job.act(job.cast.jo, Claim("receive"), after=2)
    tell()
    assert told(job.cast.jo) == []


def test_who_was_given_a_step_since_is_told_that_and_who_had_it_that_it_can_begin(job: Job) -> None:
    job.act(job.cast.priya, done("ask"), after=1)
    job.act(job.cast.priya, done("receive"), after=2)
    workflows.assign(
        by=signed_in(job.cast.priya), at=NOW + timedelta(minutes=3), workflow_id=job.workflow_id, key="draft",
        to_id=job.cast.mark.pk,
    )  # fmt: skip
    tell()
    assert told(job.cast.mark) == ["Priya Shah gave you “Draft”"]
    assert told(job.cast.jo) == [
        "Priya Shah gave “Draft” to Mark Reed", "“Draft” is ready for you: Priya Shah completed “Receive”",
    ]  # fmt: skip


def test_attaching_tells_who_can_begin(job: Job) -> None:
    task_id = job.task("Second")
    forget()
    workflows.attach(by=signed_in(job.cast.mark), at=LATER, task_id=task_id, template_id=job.template_id)
    tell()
    assert told(job.cast.jo) == ["“Ask” is ready for you: Mark Reed attached “Accounts”, version 1"]


def test_a_note_tells_those_it_mentions(job: Job) -> None:
    job.act(job.cast.jo, Comment("draft", "@Mark Reed and @Vera Lunn: see page 4, @Jo Evans"))
    tell()
    for member in (job.cast.mark, job.cast.vera):
        [one] = queries.inbox(by=signed_in(member)).unread
        assert one.words == "Jo Evans mentioned you on “Draft”"
        assert one.quote == "@Mark Reed and @Vera Lunn: see page 4, @Jo Evans"
    assert told(job.cast.jo) == []


def test_what_was_signed_off_and_comes_back_is_told(job: Job) -> None:
    for key in ("ask", "receive", "draft"):
        job.act(job.cast.jo, done(key))
    job.act(job.cast.mark, done("check"))
    forget()
    job.act(job.cast.priya, Reopen("draft", "The lease note is wrong"), after=5)
    tell(NOW + timedelta(minutes=6))
    [mine] = queries.inbox(by=signed_in(job.cast.jo)).unread
    assert (mine.kind, mine.words, mine.quote) == (
        Kind.SENT_BACK, "Priya Shah sent “Draft” back", "The lease note is wrong",
    )  # fmt: skip
    [check] = queries.inbox(by=signed_in(job.cast.mark)).unread
    assert check.words == "Priya Shah asked for “Check” to be confirmed, since “Draft” is open again"
    assert (check.quote, check.client, check.task) == ("The lease note is wrong", "Widget Ltd", "Accounts 2027")


def test_several_steps_sent_back_at_once_say_which_job_and_why(job: Job) -> None:
    for key in ("ask", "receive", "draft"):
        job.act(job.cast.jo, done(key))
    forget()
    job.act(job.cast.priya, Reopen("receive", "A page is missing"), after=5)
    tell(NOW + timedelta(minutes=6))
    [back] = queries.inbox(by=signed_in(job.cast.jo)).unread
    assert back.words == (
        "2 steps that you did are sent back, or to be confirmed, since Priya Shah opened “Receive” again"
    )
    assert (back.count, back.tasks, back.client, back.task) == (2, 1, "Widget Ltd", "Accounts 2027")
    assert back.quote == "A page is missing"


def test_a_skipped_step_is_told_to_who_had_it(job: Job) -> None:
    job.act(job.cast.mark, Skip("draft", "Dormant"), after=1)
    tell()
    assert told(job.cast.jo) == ["Mark Reed skipped “Draft”"]


@pytest.mark.parametrize("to", [Hold.ON_HOLD, Hold.CANCELLED])
def test_a_held_task_is_told_to_all_with_something_open(job: Job, to: Hold) -> None:
    workflows.hold(by=signed_in(job.cast.mark), at=NOW, task_id=job.task_id, to=to, reason="They moved")
    tell()
    word = "put the task on hold" if to is Hold.ON_HOLD else "cancelled the task"
    for member in (job.cast.jo, job.cast.priya):
        assert told(member) == [f"Mark Reed {word}"]
    assert told(job.cast.mark) == []


def test_a_new_owner_is_told_of_the_task_and_of_the_steps(job: Job) -> None:
    sam = a_member(job.cast.acorn, name="Sam Hill")
    workflows.edit_task(by=signed_in(job.cast.mark), at=NOW, task_id=job.task_id, changes={"owner_id": sam.pk})
    tell()
    assert sorted(told(sam)) == [
        "3 steps came to you when Mark Reed changed who looks after them (3)", "Mark Reed made you the task owner",
    ]  # fmt: skip
    assert sorted(told(job.cast.jo)) == [
        "Mark Reed gave 3 of your steps to somebody else (3)", "Mark Reed made somebody else the task owner",
    ]  # fmt: skip


def test_work_handed_over_is_told_once_however_much_it_is(job: Job) -> None:
    for number in range(3):
        job.attach(job.task(f"Job {number}"))
    forget()
    parts = {Part.TASKS: job.cast.mark.pk, Part.STEPS: job.cast.mark.pk}
    workflows.hand_over(by=signed_in(job.cast.olive), at=LATER, member_id=job.cast.jo.pk, to=parts)
    tell()
    assert sorted(told(job.cast.mark)) == [
        "12 steps came to you when Olive Grant changed who looks after them (12)",
        "Olive Grant made you the task owner of 4 tasks (4)",
    ]
    assert queries.unread(signed_in(job.cast.mark)) == 2


def test_a_task_made_for_somebody_is_told_without_its_first_steps(job: Job) -> None:
    facts = TaskFacts(title="New", client_id=job.client.pk, owner_id=job.cast.jo.pk)
    workflows.create_task(by=signed_in(job.cast.mark), at=LATER, facts=facts, template_ids=[job.template_id])
    tell()
    assert told(job.cast.jo) == ["Mark Reed made you the task owner"]


def test_a_review_that_can_begin_is_wanted_from_whom_it_waits_for(job: Job) -> None:
    for minutes, key in enumerate(("ask", "receive", "draft")):
        job.act(job.cast.jo, done(key), after=minutes)
    tell()
    assert told(job.cast.mark) == ["“Check” is wanted from you: Jo Evans completed “Draft”"]


def test_what_many_steps_are_given_at_once_is_one_thing(job: Job) -> None:
    """S20: the journal has one line a step; Mark is told once."""
    ids = [job.attach(job.task(f"Job {number}")).workflow_id for number in range(12)]
    forget()
    for workflow_id in ids:
        for key in ("draft", "ask"):
            workflows.assign(
                by=signed_in(job.cast.jo), at=LATER, workflow_id=workflow_id, key=key, to_id=job.cast.mark.pk,
                batch="batch-1",
            )  # fmt: skip
        tell()
    assert told(job.cast.mark) == ["Jo Evans gave you 24 steps (24)"]
    assert queries.unread(signed_in(job.cast.mark)) == 1
    assert told(job.cast.jo) == []


def test_reading_again_tells_nobody_twice(job: Job) -> None:
    job.act(job.cast.jo, Comment("draft", "@Mark Reed"), after=1)
    job.act(job.cast.mark, Skip("draft", "No"), after=2)
    assert tell() == 2
    rows = sql.rows("SELECT id, member_id FROM notifications_notification ORDER BY id")
    for place in (0, 1, 3):
        sql.execute("UPDATE notifications_cursor SET event_id = %s", (place,))
        assert tell() == 0
    assert sql.rows("SELECT id, member_id FROM notifications_notification ORDER BY id") == rows


def test_a_line_that_becomes_visible_late_is_told_all_the_same(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL a transaction that took its numbers first may end last: an earlier line appears."""
    job.act(job.cast.jo, Comment("draft", "@Mark Reed early"))
    late = sql.value("SELECT MAX(id) FROM activity_event")
    job.act(job.cast.jo, Comment("draft", "@Priya Shah later"))
    everything = reading.LINES_SQL
    monkeypatch.setattr(reading, "LINES_SQL", f"{everything} id <> {late} AND ")
    assert tell() == 1
    assert told(job.cast.mark) == []
    monkeypatch.setattr(reading, "LINES_SQL", everything)
    assert tell() == 1
    assert told(job.cast.mark) == ["Jo Evans mentioned you on “Draft”"]
    assert sql.value("SELECT gaps FROM notifications_cursor") == "[]"


def test_a_number_that_never_comes_is_not_awaited_for_ever(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    job.act(job.cast.jo, Comment("draft", "@Mark Reed"))
    lost = sql.value("SELECT MAX(id) FROM activity_event")
    job.act(job.cast.jo, Comment("draft", "@Priya Shah"))
    monkeypatch.setattr(reading, "LINES_SQL", f"{reading.LINES_SQL} id <> {lost} AND ")
    for minutes, awaited in ((1, True), (9, True), (12, False)):
        tell(NOW + timedelta(minutes=minutes))
        assert (sql.value("SELECT gaps FROM notifications_cursor") != "[]") is awaited


@pytest.mark.parametrize(
    ("there", "gaps"),
    [
        ([], [(3, 9)]),
        ([3, 4, 5, 6, 7, 8, 9], []),
        ([3, 9], [(4, 8)]),
        ([5], [(3, 4), (6, 9)]),
        ([1, 4, 12], [(3, 3), (5, 9)]),
    ],
)
def test_what_is_missing(there: list[int], gaps: list[tuple[int, int]]) -> None:
    assert [(gap.first, gap.last) for gap in reading._missing(3, 9, there, NOW)] == gaps


def test_where_nothing_is_new_nothing_is_read(job: Job) -> None:
    job.act(job.cast.jo, Comment("draft", "@Mark Reed"))
    tell()
    assert sql.value("SELECT event_id FROM notifications_cursor") == sql.value("SELECT MAX(id) FROM activity_event")
    with counted() as statements:
        tell()
    assert len(statements) == 2


def test_a_line_that_cannot_be_told_keeps_no_other_back(job: Job, caplog: pytest.LogCaptureFixture) -> None:
    job.act(job.cast.jo, Comment("draft", "@Mark Reed one"), after=1)
    job.act(job.cast.jo, Comment("draft", "@Priya Shah two"), after=2)

    def unable(line: Line, *rest: Any, **named: Any) -> Any:
        if "one" in line.data["text"]:
            raise KeyError("mentions")
        return notices(line, *rest, **named)

    with patch.object(reading, "notices", unable):
        assert tell(NOW + timedelta(minutes=3)) == 1
    assert told(job.cast.priya) == ["Jo Evans mentioned you on “Draft”"]
    assert "could not be told to anybody" in caplog.text


def test_nobody_of_another_practice_is_told_whatever_a_line_says(job: Job) -> None:
    job.act(job.cast.jo, Comment("draft", "Hello"), after=1)
    both = [Notice(job.cast.ben.pk, Kind.MENTIONED), Notice(job.cast.mark.pk, Kind.MENTIONED)]
    with patch.object(reading, "notices", return_value=both):
        assert tell(NOW + timedelta(minutes=2)) == 1
    assert told(job.cast.ben) == []


def test_what_is_older_than_a_week_is_no_news(job: Job) -> None:
    job.act(job.cast.jo, Comment("draft", "@Mark Reed"))
    assert tell(NOW + timedelta(days=8)) == 0


def test_the_first_reading_begins_a_week_ago(job: Job) -> None:
    sql.execute("DELETE FROM notifications_cursor")
    job.act(job.cast.jo, Comment("draft", "@Mark Reed"), after=8 * 24 * 60)
    assert tell(NOW + timedelta(days=9)) == 1
    sql.execute("DELETE FROM notifications_cursor")
    tell(NOW + timedelta(days=30))
    assert sql.value("SELECT event_id FROM notifications_cursor") == sql.value("SELECT MAX(id) FROM activity_event")


def test_who_has_left_is_told_nothing(job: Job) -> None:
    gail, leave = job.leaver()
    workflows.assign(by=signed_in(job.cast.mark), at=NOW, workflow_id=job.workflow_id, key="draft", to_id=gail.pk)
    leave()
    tell()
    assert sql.value("SELECT COUNT(*) FROM notifications_notification WHERE member_id = %s", (gail.pk,)) == 0


def test_a_long_record_is_read_in_parts(job: Job) -> None:
    for number in range(10):
        job.act(job.cast.jo, Comment("draft", f"@Mark Reed {number}"), after=number)
    assert operations.read_record(at=NOW + timedelta(hours=1), lines=3) == 10
    newest = sql.value("SELECT MAX(id) FROM activity_event")
    assert sql.value("SELECT event_id FROM notifications_cursor") == newest


def test_statements_do_not_grow_with_what_is_told(job: Job) -> None:
    def statements(notes: int) -> int:
        for number in range(notes):
            job.act(job.cast.jo, Comment("draft", f"@Mark Reed and @Priya Shah {notes} {number}"))
        with counted() as seen:
            tell()
        return len(seen)

    assert statements(2) == statements(40)


def test_nothing_is_added_to_completing_a_step(job: Job) -> None:
    with counted() as statements:
        job.act(job.cast.priya, done("ask"))
    assert not any("notifications" in statement for statement in statements)


RACER = """
import django
django.setup()
from datetime import datetime
from natrium.apps.notifications import operations
print(operations.read_record(at=datetime.fromisoformat({at!r})))
"""


@pytest.mark.race
def test_several_processes_tell_everything_once(process_env: dict[str, str], rounds: int) -> None:
    job = a_job()
    told_now: Callable[[], int] = lambda: int(sql.value("SELECT COUNT(*) FROM notifications_notification"))  # noqa: E731
    for turn in range(rounds):
        for number in range(20):
            job.act(job.cast.jo, Comment("draft", f"@Mark Reed {turn} {number}"), after=turn * 60 + number)
        before = told_now()
        at = (NOW + timedelta(hours=turn + 1)).isoformat()
        command = [sys.executable, "-c", RACER.format(at=at)]
        running = [subprocess.Popen(command, env=process_env, stdout=subprocess.PIPE) for _ in range(4)]
        counts = [int(one.communicate()[0]) for one in running]
        assert all(one.returncode == 0 for one in running)
        assert sum(counts) == told_now() - before
    assert sql.value("SELECT COUNT(*) FROM notifications_notification WHERE kind = 'mentioned'") == 20 * rounds
