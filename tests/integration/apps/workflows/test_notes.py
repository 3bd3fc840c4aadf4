"""Notes: kept with whom they mention, in the record as well; only colleagues of the practice can be mentioned."""

from natrium.apps.database import sql
from natrium.apps.files import queries as files
from natrium.apps.workflows import operations, queries
from natrium.domain.workflow.actions import Comment
from tests.builders import NOW, a_member, signed_in
from tests.integration.apps.workflows.jobs import Job, counted, events_after, last_event


def texts() -> list[str]:
    return [row[0] for row in sql.rows("SELECT text FROM workflows_comment ORDER BY id")]


def test_a_note_on_a_step_mentions_a_colleague(job: Job) -> None:
    before = last_event()
    job.act(job.cast.jo, Comment("draft", "@mark, the lease moved. @Ben Shaw @Lea Ward @nobody"))
    [event] = events_after(before)
    assert event["data"] == {
        "text": "@Mark Reed, the lease moved. @Ben Shaw @Lea Ward @nobody",
        "mentions": [{"id": job.cast.mark.pk, "name": "Mark Reed"}],
    }
    assert texts() == ["@Mark Reed, the lease moved. @Ben Shaw @Lea Ward @nobody"]


def test_a_note_on_the_task_mentions_a_viewer_too(job: Job) -> None:
    jo = signed_in(job.cast.jo)
    operations.comment_on_task(by=jo, at=NOW, task_id=job.task_id, text="For @Vera Lunn")
    line = queries.task_page(by=jo, at=NOW, task_id=job.task_id).activity[0]
    assert (line.quote, line.mentioned) == ("For @Vera Lunn", ("Vera Lunn",))


def test_people_are_read_only_where_somebody_is_mentioned(job: Job) -> None:
    job.act(job.cast.jo, Comment("draft", "First"))
    with counted() as without:
        job.act(job.cast.jo, Comment("draft", "Nobody in particular"))
    with counted() as with_one:
        job.act(job.cast.jo, Comment("draft", "@Mark Reed"))
    for _ in range(30):
        a_member(job.cast.acorn)
    with counted() as with_many:
        job.act(job.cast.jo, Comment("draft", "@Mark Reed @Priya"))
    assert len(with_one) == len(without) + 1
    assert len(with_many) == len(with_one)


def test_notes_are_counted_by_step(job: Job) -> None:
    jo = signed_in(job.cast.jo)
    for text in ("One", "Two"):
        job.act(job.cast.jo, Comment("draft", text))
    operations.comment_on_task(by=jo, at=NOW, task_id=job.task_id, text="Three")
    counts = files.beside(by=jo, task_id=job.task_id)
    assert (counts.notes, counts.by_step) == (3, {job.line("draft").id: (2, 0)})
    assert files.beside(by=signed_in(job.cast.ben), task_id=job.task_id).notes == 0
