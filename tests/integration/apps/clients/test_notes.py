"""Notes on a client: lines of its record, told to whom they mention, with the client's name and not a task's."""

from datetime import timedelta

import pytest

from natrium.apps.activity.verify import verify
from natrium.apps.clients import notes
from natrium.apps.notifications import letters
from natrium.apps.notifications import operations as notifications
from natrium.apps.notifications import queries as told
from natrium.apps.notifications.letters import Recipient
from natrium.apps.workflows import queries
from natrium.domain.errors import Code, NotFound, Refusal
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import Job, a_job, counted, events_after, everything, last_event

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def job(db: None) -> Job:
    """Return Acorn's job for Widget Ltd."""
    del db
    return a_job()


def say(job: Job, text: str) -> int:
    return notes.add_note(by=signed_in(job.cast.jo), at=NOW, client_id=job.client.pk, text=text)


def test_a_note_is_a_line_of_the_clients_record(job: Job) -> None:
    before = last_event()
    say(job, "  Rings before 8:30, @mark. Not @Ben Shaw.  ")
    [event] = events_after(before)
    assert (event["chain"], event["verb"]) == ("client", "comment.added")
    assert event["data"] == {
        "text": "Rings before 8:30, @Mark Reed. Not @Ben Shaw.",
        "mentions": [{"id": job.cast.mark.pk, "name": "Mark Reed"}],
    }
    assert verify() == []


def test_notes_are_read_newest_first_and_page_by_page(job: Job) -> None:
    for number in range(12):
        say(job, f"Note {number}")
    vera = signed_in(job.cast.vera)
    first = queries.client_notes(by=vera, client_id=job.client.pk)
    assert [line.quote for line in first.lines] == [f"Note {number}" for number in range(11, 1, -1)]
    rest = queries.client_notes(by=vera, client_id=job.client.pk, before=first.before)
    assert ([line.quote for line in rest.lines], rest.before) == (["Note 1", "Note 0"], None)
    assert first.lines[0].words == "Jo Evans left a note"
    with counted() as few:
        queries.client_notes(by=vera, client_id=job.client.pk, limit=1)
    with counted() as many:
        queries.client_notes(by=vera, client_id=job.client.pk, limit=200)
    assert len(few) == len(many) == 2


def test_who_may_not_and_what_is_none_change_nothing(job: Job) -> None:
    before = everything()
    for member, text, code in (
        (job.cast.vera, "Hello", Code.NOT_ALLOWED),
        (job.cast.vera, " ", Code.NOT_ALLOWED),
        (job.cast.jo, " ", Code.BAD_VALUE),
        (job.cast.jo, "x" * 20_001, Code.BAD_VALUE),
    ):
        with pytest.raises(Refusal) as refused:
            notes.add_note(by=signed_in(member), at=NOW, client_id=job.client.pk, text=text)
        assert refused.value.code is code
    with pytest.raises(NotFound):
        notes.add_note(by=signed_in(job.cast.ben), at=NOW, client_id=job.client.pk, text="Hello")
    with pytest.raises(NotFound):
        queries.client_notes(by=signed_in(job.cast.ben), client_id=job.client.pk)
    assert everything() == before


def test_who_is_mentioned_is_told_once_and_nobody_else(job: Job) -> None:
    notifications.read_record(at=LATER)
    say(job, "Ask @Mark Reed and @Jo Evans")
    say(job, "Nobody")
    assert notifications.read_record(at=LATER) == 1
    assert notifications.read_record(at=LATER) == 0
    [one] = [one for one in told.inbox(by=signed_in(job.cast.mark)).unread if one.kind == "mentioned"]
    assert (one.words, one.quote, one.client) == (
        "Jo Evans mentioned you",
        "Ask @Mark Reed and @Jo Evans",
        "Widget Ltd",
    )
    assert (one.client_id, one.task_id, one.task, one.step_key) == (job.client.pk, None, "", "")
    assert [one for one in told.inbox(by=signed_in(job.cast.jo)).unread if one.kind == "mentioned"] == []


def test_the_days_mail_leads_to_the_client(job: Job) -> None:
    mark = signed_in(job.cast.mark)
    notifications.read_record(at=LATER)
    notifications.mark_all_read(by=mark, at=NOW, up_to=2**62)
    say(job, "Ask @Mark Reed")
    notifications.read_record(at=LATER)
    wish = told.wishes(mark)
    recipient = Recipient(wish, "Mark Reed", "mark@acorn.example", "Acorn", mark.zone, NOW.date(), NOW)
    letter = letters.write(recipient, after=0, through=letters.newest(recipient), since=NOW)
    assert letter is not None
    assert "- Jo Evans mentioned you: “Ask @Mark Reed” (Widget Ltd)\n" in letter.text
    assert f"/clients/{job.client.pk}/#notes" in letter.text
