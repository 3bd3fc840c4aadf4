"""What members were told: listed, counted, marked as read; and what they say they want to be told."""

from datetime import time, timedelta

import pytest

from natrium.apps.activity import verify
from natrium.apps.database import sql
from natrium.apps.notifications import operations, queries
from natrium.apps.notifications.wishes import DIGEST_AT
from natrium.apps.practices.models import Member
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.notices import MAILED, Kind
from natrium.domain.workflow.actions import Comment, Skip
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import Job, counted, events_after, last_event


def mention(job: Job, *numbers: int, who: str = "Mark Reed") -> None:
    for number in numbers:
        job.act(job.cast.jo, Comment("draft", f"@{who} {number}"), after=number)
    operations.read_record(at=NOW + timedelta(hours=1))


def quotes(member: Member) -> tuple[list[str], list[str]]:
    found = queries.inbox(by=signed_in(member))
    return [one.quote for one in found.unread], [one.quote for one in found.read]


def test_what_is_new_comes_first_and_newest_first(job: Job) -> None:
    mention(job, 1, 2, 3)
    mark = signed_in(job.cast.mark)
    [third, second, _] = queries.inbox(by=mark).unread
    assert (third.quote, third.unread, third.task, third.client) == (
        "@Mark Reed 3",
        True,
        "Accounts 2027",
        "Widget Ltd",
    )
    assert (third.step_key, third.who.name if third.who else "") == ("draft", "Jo Evans")
    assert queries.badges(mark).unread == 3
    for _ in range(2):
        operations.mark_read(by=mark, at=NOW, ids=[second.id])
    assert quotes(job.cast.mark) == (["@Mark Reed 3", "@Mark Reed 1"], ["@Mark Reed 2"])
    assert queries.unread(mark) == 2


def test_all_that_was_shown_is_read_at_once_and_nothing_newer(job: Job) -> None:
    mention(job, 1, 2)
    mark = signed_in(job.cast.mark)
    newest = queries.inbox(by=mark).unread[0].id
    mention(job, 3)
    assert operations.mark_all_read(by=mark, at=NOW, up_to=newest) == 2
    assert quotes(job.cast.mark)[0] == ["@Mark Reed 3"]


def test_nobody_reads_or_marks_anothers(job: Job) -> None:
    mention(job, 1)
    [one] = queries.inbox(by=signed_in(job.cast.mark)).unread
    for member in (job.cast.jo, job.cast.ben, job.cast.olive):
        with pytest.raises(NotFound):
            operations.mark_read(by=signed_in(member), at=NOW, ids=[one.id])
        operations.mark_all_read(by=signed_in(member), at=NOW, up_to=one.id)
        assert queries.inbox(by=signed_in(member)).unread == ()
    assert queries.unread(signed_in(job.cast.mark)) == 1


def test_what_was_read_is_continued_page_by_page(job: Job) -> None:
    mention(job, *range(1, 57))
    mark = signed_in(job.cast.mark)
    first = queries.inbox(by=mark)
    assert (len(first.unread), first.more) == (50, True)
    operations.mark_all_read(by=mark, at=NOW, up_to=first.unread[0].id)
    page = queries.inbox(by=mark)
    assert (len(page.read), page.unread) == (50, ())
    rest = queries.inbox(by=mark, before=page.before)
    assert [one.quote for one in rest.read] == [f"@Mark Reed {number}" for number in range(6, 0, -1)]
    assert rest.before is None


def test_statements_do_not_grow_with_the_list(job: Job) -> None:
    mark = signed_in(job.cast.mark)
    mention(job, 1)
    with counted() as few:
        queries.inbox(by=mark)
    mention(job, *range(2, 40))
    with counted() as many:
        queries.inbox(by=mark)
    assert len(many) == len(few) == 3
    with counted() as numbers:
        queries.badges(mark)
    assert len(numbers) == 1


def test_old_ones_are_forgotten(job: Job) -> None:
    mention(job, 1)
    assert operations.forget_old(at=NOW + timedelta(days=89)) == 0
    assert operations.forget_old(at=NOW + timedelta(days=91)) > 0
    assert sql.value("SELECT COUNT(*) FROM notifications_notification") == 0


def test_who_said_nothing_gets_what_most_would_want(job: Job) -> None:
    mine = queries.wishes(signed_in(job.cast.mark))
    assert (mine.in_app, mine.in_mail, mine.digest, mine.digest_at) == (frozenset(Kind), MAILED, True, DIGEST_AT)


def test_wishes_are_kept_and_recorded_once(job: Job) -> None:
    mark, before = signed_in(job.cast.mark), last_event()
    for _ in range(2):
        operations.wish(
            by=mark, at=NOW, in_app=["mentioned"], in_mail=[], digest=False, digest_at=time(8, 15, 30),
        )  # fmt: skip
    mine = queries.wishes(mark)
    assert (mine.in_app, mine.in_mail, mine.digest, mine.digest_at) == (
        {Kind.MENTIONED}, frozenset(), False, time(8, 15),
    )  # fmt: skip
    [event] = events_after(before)
    assert (event["verb"], event["chain"], event["data"]["member"]) == (
        "member.wishes_changed", "practice", job.cast.mark.pk,
    )  # fmt: skip
    assert event["data"]["changes"]["digest_at"] == ["07:30", "08:15"]
    assert verify.verify() == []
    operations.wish(by=mark, at=NOW, in_app=[], in_mail=["held"], digest=True, digest_at=time(0))
    assert queries.wishes(mark).in_mail == {Kind.HELD}


@pytest.mark.parametrize("field", ["in_app", "in_mail"])
def test_a_kind_that_there_is_not_is_refused(job: Job, field: str) -> None:
    said = {"in_app": ["held"], "in_mail": ["held"]} | {field: ["gossip"]}
    with pytest.raises(Refusal) as refused:
        operations.wish(by=signed_in(job.cast.mark), at=NOW, digest=True, digest_at=time(8), **said)
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, field)
    assert sql.value("SELECT COUNT(*) FROM notifications_wishes") == 0


def test_what_somebody_does_not_want_in_the_app_is_not_shown(job: Job) -> None:
    jo = signed_in(job.cast.jo)
    operations.wish(by=jo, at=NOW, in_app=["mentioned"], in_mail=["lost"], digest=True, digest_at=DIGEST_AT)
    job.act(job.cast.mark, Skip("draft", "No"), after=1)
    operations.read_record(at=NOW + timedelta(minutes=2))
    assert queries.inbox(by=jo).unread == ()
    assert queries.unread(jo) == 0
    kept = sql.rows("SELECT kind, shown FROM notifications_notification WHERE member_id = %s AND at > %s",
                    (job.cast.jo.pk, NOW))  # fmt: skip
    assert [(kind, bool(shown)) for kind, shown in kept] == [("lost", False)]


def test_what_somebody_wants_nowhere_is_not_even_kept(job: Job) -> None:
    jo = signed_in(job.cast.jo)
    operations.wish(by=jo, at=NOW, in_app=[], in_mail=[], digest=True, digest_at=DIGEST_AT)
    job.act(job.cast.mark, Skip("draft", "No"), after=1)
    assert operations.read_record(at=NOW + timedelta(minutes=2)) == 0
