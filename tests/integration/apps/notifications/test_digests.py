"""The day's mail: when, what, once; what fails is tried again, and what may have gone is not."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail

from natrium.apps.database import sql
from natrium.apps.notifications import digests, doctor, operations
from natrium.apps.notifications.digests import Sent
from natrium.apps.notifications.letters import Letter
from natrium.apps.practices import operations as practices
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations as workflows
from natrium.apps.workflows import queries
from natrium.apps.workflows.calendars import bank_holidays
from natrium.domain.workflow.actions import Comment, EditStep, Start
from tests.builders import NOW, signed_in
from tests.integration.apps.notifications.conftest import forget
from tests.integration.apps.workflows.jobs import Job, a_job, counted
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied"]

# NOW is Monday 2 November 2026, 09:30 in London.
MONDAY = date(2026, 11, 2)


def at(day: date = MONDAY, hour: int = 7, minute: int = 31) -> datetime:
    """That time of the day, in UTC (which is London's in November)."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def due(job: Job, key: str, on: date) -> None:
    job.edit(job.cast.priya, EditStep(key, {"due_on": on}))


class Post:
    """A mail server: `letters` are what it took; it refuses while `broken`."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.broken = ""

    def __call__(self, letter: Letter) -> None:
        if self.broken:
            raise ConnectionRefusedError(self.broken)
        self.letters.append(letter)

    def to(self, member: Member) -> list[Letter]:
        return [letter for letter in self.letters if letter.to == member.email]


@pytest.fixture
def post() -> Post:
    """Return the mail server."""
    return Post()


def states(member: Member) -> list[str]:
    return [row[0] for row in sql.rows(
        "SELECT state FROM notifications_digest WHERE member_id = %s ORDER BY day", (member.pk,)
    )]  # fmt: skip


def test_it_says_what_is_late_and_due_and_new(job: Job, post: Post) -> None:
    due(job, "ask", date(2026, 10, 30))
    job.act(job.cast.mark, Comment("draft", "@Jo Evans:\nthe lease\nmoved"), after=-60)
    operations.read_record(at=NOW)
    digests.send_due(at=NOW, send=post)
    [letter] = post.to(job.cast.jo)
    assert letter.subject == "Acorn: 1 late, 1 new"
    assert letter.text == (
        "Monday 2 November, Acorn\n\n"
        "Late\n"
        "- Ask (Widget Ltd, Accounts 2027), 3 days late\n"
        f"  http://127.0.0.1:8000/tasks/{job.task_id}/?open=ask#step-ask\n\n"
        "Mentions\n"
        "- Mark Reed mentioned you on “Draft”: “@Jo Evans: the lease moved” (Widget Ltd, Accounts 2027)\n"
        f"  http://127.0.0.1:8000/tasks/{job.task_id}/?open=draft#step-draft\n\n"
        "All your work: http://127.0.0.1:8000/my-work/\n"
        "This comes on working days after 07:30, and only when there is something to say.\n"
        "To change that: http://127.0.0.1:8000/settings/notifications/\n"
    )


def test_what_is_begun_counts_and_what_waits_or_is_held_does_not(job: Job, post: Post) -> None:
    due(job, "ask", MONDAY)
    job.act(job.cast.jo, Start("ask"))
    digests.send_due(at=NOW, send=post)
    [letter] = post.to(job.cast.jo)
    assert letter.subject == "Acorn: 1 due today"
    assert "Due today\n- Ask (Widget Ltd, Accounts 2027)\n" in letter.text


@pytest.mark.parametrize(("field", "begun"), [("target_date", False), ("statutory_date", True)])
def test_a_step_without_a_date_of_its_own_is_late_with_its_task_as_on_my_work(
    job: Job, post: Post, field: str, *, begun: bool
) -> None:
    priya, days = signed_in(job.cast.priya), {"target_date": None, "statutory_date": None}
    workflows.edit_task(by=priya, at=NOW, task_id=job.task_id, changes=days | {field: date(2026, 10, 28)})
    job.edit(job.cast.priya, EditStep("ask", {"due_on": None}))
    if begun:
        job.act(job.cast.jo, Start("ask"))
    forget()
    digests.send_due(at=NOW, send=post)
    [letter] = post.to(job.cast.jo)
    assert "Late\n- Ask (Widget Ltd, Accounts 2027), 5 days late\n" in letter.text
    mine = queries.my_work(by=signed_in(job.cast.jo), at=NOW)
    assert letter.subject == f"Acorn: {mine.late} late"
    workflows.edit_task(by=priya, at=NOW, task_id=job.task_id, changes=days | {field: date(2026, 11, 3)})
    job.edit(job.cast.priya, EditStep("ask", {"due_on": None}))
    forget()
    digests.send_due(at=NOW + timedelta(days=1), send=post)
    assert [one.subject for one in post.to(job.cast.jo)[1:]] == ["Acorn: 1 due today"]


def test_nothing_to_say_is_no_mail_and_is_not_asked_again(job: Job, post: Post) -> None:
    assert digests.send_due(at=NOW, send=post) == Sent(nothing=6)
    assert post.letters == []
    due(job, "ask", MONDAY)
    assert digests.send_due(at=NOW + timedelta(hours=1), send=post) == Sent()
    assert set(states(job.cast.jo)) == {"nothing"}


def test_not_before_its_time_and_late_rather_than_never(job: Job, post: Post) -> None:
    due(job, "ask", MONDAY)
    digests.send_due(at=at(hour=7, minute=29), send=post)
    assert (post.letters, states(job.cast.jo)) == ([], [])
    # The machine was off at half past seven.
    digests.send_due(at=at(hour=16), send=post)
    digests.send_due(at=at(hour=16, minute=40), send=post)
    assert len(post.to(job.cast.jo)) == 1


def test_at_the_time_that_was_asked_for_or_not_at_all(job: Job, post: Post) -> None:
    due(job, "ask", MONDAY)
    jo = signed_in(job.cast.jo)
    operations.wish(by=jo, at=NOW, in_app=[], in_mail=[], digest=True, digest_at=time(17, 45))
    digests.send_due(at=at(hour=17, minute=44), send=post)
    assert post.to(job.cast.jo) == []
    digests.send_due(at=at(hour=17, minute=45), send=post)
    assert len(post.to(job.cast.jo)) == 1
    operations.wish(by=jo, at=NOW, in_app=[], in_mail=[], digest=False, digest_at=time(7, 30))
    digests.send_due(at=at(MONDAY + timedelta(days=1)), send=post)
    assert len(post.to(job.cast.jo)) == 1


@pytest.mark.parametrize(
    "day", [date(2026, 11, 7), date(2026, 11, 8), date(2026, 12, 25), date(2026, 12, 28)],
    ids=["Saturday", "Sunday", "Christmas", "the day off for Boxing Day"],
)  # fmt: skip
def test_not_on_days_off(job: Job, post: Post, day: date) -> None:
    due(job, "ask", MONDAY)
    assert digests.send_due(at=at(day, 12), send=post) == Sent()
    assert digests.send_due(at=at(date(2026, 12, 29), 12), send=post).sent == 1


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        # The clock goes back on 25 October 2026: half past seven is 06:30 UTC on Friday and 07:30 UTC on Monday.
        ("Europe/London", datetime(2026, 10, 23, 6, 29, tzinfo=UTC), datetime(2026, 10, 23, 6, 30, tzinfo=UTC)),
        ("Europe/London", datetime(2026, 10, 26, 7, 29, tzinfo=UTC), datetime(2026, 10, 26, 7, 30, tzinfo=UTC)),
        # And forward on 28 March 2027.
        ("Europe/London", datetime(2027, 3, 25, 7, 29, tzinfo=UTC), datetime(2027, 3, 25, 7, 30, tzinfo=UTC)),
        ("Europe/London", datetime(2027, 3, 30, 6, 29, tzinfo=UTC), datetime(2027, 3, 30, 6, 30, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 11, 2, 18, 29, tzinfo=UTC), datetime(2026, 11, 2, 18, 30, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 11, 3, 15, 29, tzinfo=UTC), datetime(2026, 11, 3, 15, 30, tzinfo=UTC)),
    ],
)
def test_half_past_seven_is_the_practices(job: Job, post: Post, zone: str, before: datetime, after: datetime) -> None:
    practices.edit_practice(by=signed_in(job.cast.olive), at=NOW, time_zone=zone)
    due(job, "ask", date(2026, 10, 1))
    digests.send_due(at=before, send=post)
    assert post.to(job.cast.jo) == []
    digests.send_due(at=after, send=post)
    assert len(post.to(job.cast.jo)) == 1


def test_a_time_that_the_clock_skips_or_has_twice_is_once(job: Job, post: Post) -> None:
    practices.edit_practice(by=signed_in(job.cast.olive), at=NOW, time_zone="Asia/Beirut")
    due(job, "ask", date(2026, 3, 1))
    operations.wish(by=signed_in(job.cast.jo), at=NOW, in_app=[], in_mail=[], digest=True, digest_at=time(0, 30))
    # In Beirut midnight of Sunday 29 March 2026 is one o'clock at once; the day before is a Saturday: Monday counts.
    for hours in range(96):
        digests.send_due(at=datetime(2026, 3, 27, 0, 0, tzinfo=UTC) + timedelta(hours=hours), send=post)
    assert [letter.key[-10:] for letter in post.to(job.cast.jo)] == ["2026-03-27", "2026-03-30", "2026-03-31"]


def test_one_a_day_and_what_was_told_is_not_told_again(job: Job, post: Post) -> None:
    job.act(job.cast.mark, Comment("draft", "@Jo Evans: first"), after=-60)
    operations.read_record(at=NOW)
    for minutes in range(0, 300, 30):
        digests.send_due(at=NOW + timedelta(minutes=minutes), send=post)
    tuesday = NOW + timedelta(days=1)
    job.act(job.cast.mark, Comment("draft", "@Jo Evans: second"), after=60)
    operations.read_record(at=tuesday)
    digests.send_due(at=tuesday, send=post)
    first, second = post.to(job.cast.jo)
    assert ("first" in first.text, "second" in first.text) == (True, False)
    assert ("first" in second.text, "second" in second.text) == (False, True)


def test_what_was_read_already_is_not_mailed(job: Job, post: Post) -> None:
    job.act(job.cast.mark, Comment("draft", "@Jo Evans one"), after=-60)
    operations.read_record(at=NOW)
    operations.mark_all_read(by=signed_in(job.cast.jo), at=NOW, up_to=10**9)
    digests.send_due(at=NOW, send=post)
    assert post.to(job.cast.jo) == []


def test_the_first_mail_does_not_tell_the_past(job: Job, post: Post) -> None:
    job.act(job.cast.mark, Comment("draft", "@Jo Evans long ago"), after=-60)
    operations.read_record(at=NOW)
    wednesday = NOW + timedelta(days=2)
    digests.send_due(at=wednesday, send=post)
    digests.send_due(at=wednesday + timedelta(days=1), send=post)
    assert post.to(job.cast.jo) == []


def test_the_first_mail_tells_what_came_since_the_working_day_before(job: Job, post: Post) -> None:
    friday = datetime(2026, 10, 30, 16, 5, tzinfo=UTC)
    workflows.comment_on_task(by=signed_in(job.cast.mark), at=friday, task_id=job.task_id, text="@Jo Evans weekend")
    operations.read_record(at=friday)
    digests.send_due(at=NOW, send=post)
    [letter] = post.to(job.cast.jo)
    assert "@Jo Evans weekend" in letter.text


def test_a_long_list_is_cut_with_its_number(job: Job, post: Post) -> None:
    for number in range(25):
        job.act(job.cast.mark, Comment("draft", f"@Jo Evans {number}"), after=number - 60)
    operations.read_record(at=NOW)
    digests.send_due(at=NOW, send=post)
    [letter] = post.to(job.cast.jo)
    assert letter.text.count("mentioned you") == 20
    assert "and 5 more" in letter.text
    assert letter.subject == "Acorn: 25 new"


def test_what_many_steps_are_given_at_once_is_one_line(job: Job, post: Post) -> None:
    """S20: Mark gets one mail."""
    for key in ("ask", "draft"):
        for number in range(6):
            done = job.attach(job.task(f"Job {key} {number}"))
            workflows.assign(
                by=signed_in(job.cast.jo), at=NOW, workflow_id=done.workflow_id, key=key, to_id=job.cast.mark.pk,
                batch="batch-9",
            )  # fmt: skip
    operations.read_record(at=NOW)
    digests.send_due(at=NOW, send=post)
    [letter] = post.to(job.cast.mark)
    assert letter.text.count("Jo Evans gave you 12 steps") == 1
    assert letter.text.count("gave you") == 1


def test_what_fails_is_kept_shown_and_tried_again(job: Job, post: Post) -> None:
    due(job, "ask", MONDAY)
    post.broken = "nobody there"
    assert digests.send_due(at=NOW, send=post).failed == 1
    [finding] = doctor.examine(at=NOW)
    assert finding.place == f"member {job.cast.jo.pk}"
    assert finding.what == (
        f"the mail to {job.cast.jo.email} of 2026-11-02 could not be sent: ConnectionRefusedError: nobody there"
    )
    post.broken = ""
    assert digests.send_due(at=NOW + timedelta(minutes=4), send=post) == Sent()
    assert digests.send_due(at=NOW + timedelta(minutes=5), send=post) == Sent(sent=1)
    assert list(doctor.examine(at=NOW)) == []
    assert digests.send_due(at=NOW + timedelta(minutes=60), send=post) == Sent()


def test_it_is_not_tried_for_ever(job: Job, post: Post) -> None:
    due(job, "ask", MONDAY)
    post.broken = "nobody there"
    for minutes in range(0, 14 * 60, 2):
        digests.send_due(at=NOW + timedelta(minutes=minutes), send=post)
    assert sql.value("SELECT attempts FROM notifications_digest WHERE state = 'failed'") == digests.ATTEMPTS
    post.broken = ""
    digests.send_due(at=NOW + timedelta(days=1), send=post)
    assert len(post.to(job.cast.jo)) == 1


def test_one_that_fails_keeps_no_other_back(job: Job, post: Post) -> None:
    due(job, "ask", MONDAY)
    job.act(job.cast.mark, Comment("draft", "@Vera Lunn"), after=-1)
    operations.read_record(at=NOW)

    def send(letter: Letter) -> None:
        post.broken = "no" if letter.to == job.cast.jo.email else ""
        post(letter)

    assert digests.send_due(at=NOW, send=send) == Sent(sent=1, nothing=4, failed=1)


def test_who_has_left_gets_nothing(job: Job, post: Post) -> None:
    due(job, "ask", MONDAY)
    sql.execute("UPDATE practices_user SET is_active = %s WHERE email = %s", (False, job.cast.jo.email))
    digests.send_due(at=NOW, send=post)
    assert post.letters == []
    assert states(job.cast.lea) == []


def test_a_letter_says_what_kind_of_mail_it_is(job: Job) -> None:
    due(job, "ask", MONDAY)
    assert operations.send_digests(at=NOW).sent == 1
    [message] = mail.outbox
    text = message.message()
    assert message.to == [f"Jo Evans <{job.cast.jo.email}>"]
    assert text["Message-ID"] == f"<digest-{job.cast.jo.pk}-2026-11-02@localhost>"
    assert text["Auto-Submitted"] == "auto-generated"
    assert text["List-Unsubscribe"] == "<http://127.0.0.1:8000/settings/notifications/>"
    assert text.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize("name", ['Jo "The\nBoss" Evans', "Jö Éväns, FCA", "a@b.example <Jo>"])
def test_a_name_gets_nowhere_it_should_not(job: Job, name: str) -> None:
    due(job, "ask", MONDAY)
    sql.execute("UPDATE practices_member SET name = %s WHERE id = %s", (name, job.cast.jo.pk))
    assert operations.send_digests(at=NOW).sent == 1
    [message] = mail.outbox
    assert message.message().as_string().count("To: ") == 1
    assert job.cast.jo.email in message.message()["To"]


def test_statements_do_not_grow_with_what_is_told(job: Job, post: Post) -> None:
    due(job, "ask", MONDAY)
    for number in range(30):
        job.act(job.cast.mark, Comment("draft", f"@Jo Evans {number}"), after=number - 60)
    operations.read_record(at=NOW)
    with counted() as statements:
        digests.send_due(at=NOW, send=post)
    members = 5
    assert len(statements) <= 3 + 8 * members


def test_a_worker_that_has_stopped_is_found(job: Job) -> None:
    assert list(doctor.examine(at=NOW + timedelta(hours=1))) == []
    job.act(job.cast.jo, Comment("draft", "Hello"), after=60)
    hello = NOW + timedelta(hours=1)
    assert list(doctor.examine(at=hello + timedelta(minutes=29))) == [], "it has a moment"
    [finding] = doctor.examine(at=hello + timedelta(minutes=31))
    assert finding.what == "what happened at 2026-11-02 10:30 UTC and since has reached nobody. Is the worker running?"


def test_who_stopped_on_the_way_and_lost_the_mail_to_another_does_not_send_it_too(job: Job, post: Post) -> None:
    due(job, "ask", MONDAY)
    real = digests.letters.write
    later = NOW + timedelta(minutes=16)

    def slow(*words: Any, **named: Any) -> Letter | None:
        """While this one thinks, another worker takes the mail up, and sends it."""
        with patch.object(digests.letters, "write", real):
            assert digests.send_due(at=later, send=post).sent == 1
        return real(*words, **named)

    sql.execute("UPDATE practices_user SET is_active = %s WHERE email <> %s", (False, job.cast.jo.email))
    with patch.object(digests.letters, "write", slow):
        assert digests.send_due(at=NOW, send=post) == Sent()
    assert len(post.to(job.cast.jo)) == 1
    assert states(job.cast.jo) == ["sent"]


KILLED = """
import os, signal
import django
django.setup()
from datetime import datetime
from natrium.apps.notifications import digests, letters
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
{where} = die
digests.send_due(at=datetime.fromisoformat({at!r}), send=die)
"""


@pytest.mark.parametrize(
    ("where", "state", "again", "afterwards"),
    [("letters.write", "preparing", 1, "sent"), ("letters.unused", "sending", 0, "unknown")],
)
def test_a_process_killed_on_the_way_sends_once_or_not_at_all(
    process_env: dict[str, str], post: Post, where: str, state: str, again: int, afterwards: str
) -> None:
    job = a_job()
    due(job, "ask", MONDAY)
    sql.execute("UPDATE practices_user SET is_active = %s WHERE email <> %s", (False, job.cast.jo.email))
    script = KILLED.format(where=where, at=NOW.isoformat())
    done = subprocess.run([sys.executable, "-c", script], env=process_env, check=False)
    assert done.returncode == -9
    assert states(job.cast.jo) == [state]
    assert digests.send_due(at=NOW + timedelta(minutes=14), send=post) == Sent()
    digests.send_due(at=NOW + timedelta(minutes=15), send=post)
    digests.send_due(at=NOW + timedelta(minutes=40), send=post)
    assert len(post.letters) == again
    assert states(job.cast.jo) == [afterwards]
    found = [one.what for one in doctor.examine(at=NOW)]
    assert any("may have been sent or not" in what for what in found) is (afterwards == "unknown")


RACER = """
import django
django.setup()
from datetime import datetime
from natrium.apps.notifications import digests
def send(letter): print(letter.key)
digests.send_due(at=datetime.fromisoformat({at!r}), send=send)
"""


@pytest.mark.race
def test_several_processes_send_each_mail_once(process_env: dict[str, str], rounds: int) -> None:
    job = a_job()
    due(job, "ask", MONDAY)
    mondays = (NOW + timedelta(days=7 * turn) for turn in range(2 * rounds))
    working = (one for one in mondays if one.date() not in bank_holidays("england", one.year))
    for moment in islice(working, rounds):
        script = RACER.format(at=moment.isoformat())
        running = [
            subprocess.Popen([sys.executable, "-c", script], env=process_env, stdout=subprocess.PIPE) for _ in range(4)
        ]
        keys = [key for one in running for key in one.communicate()[0].decode().split()]
        assert all(one.returncode == 0 for one in running)
        assert keys == [f"digest-{job.cast.jo.pk}-{moment.date().isoformat()}"]


@pytest.mark.usefixtures("job")
def test_a_mail_that_cannot_be_written_is_kept_as_one_that_failed(post: Post) -> None:
    with patch.object(digests.letters, "write", side_effect=ValueError("odd")):
        assert digests.send_due(at=NOW, send=post).failed == 6
    assert "ValueError: odd" in next(iter(doctor.examine(at=NOW))).what
