"""The side column of a task: activity and notes as links and as fragments, and the whole record, narrowed."""

from datetime import date, datetime

import pytest

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.panels import ActivityLine
from natrium.web.tasks.lines import stretches
from natrium.web.words import said
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import counted
from tests.journeys.world import World
from tests.web.conftest import As

HTMX = {"HX-Request": "true"}


def note(world: World, text: str) -> None:
    operations.comment_on_task(by=signed_in(world.cast.mark), at=world.at, task_id=world.half_id, text=text)


def test_a_tab_is_a_page_and_a_fragment(world: World, as_: As) -> None:
    note(world, "Ask about the lease")
    jo = as_(world.cast.jo)
    page = jo.get(f"/tasks/{world.half_id}/?side=notes").content.decode()
    assert 'id="side" data-side="notes"' in page
    assert page.count("Ask about the lease") == 1
    assert "completed “Request records”" not in page.split('id="side"')[1]
    fragment = jo.get(f"/tasks/{world.half_id}/side/?side=notes", headers=HTMX).content.decode()
    assert "<!doctype" not in fragment
    assert "Ask about the lease" in fragment
    assert 'id="side-tabs" aria-label="Beside the task" hx-swap-oob="true"' in fragment
    plain = jo.get(f"/tasks/{world.half_id}/side/?side=notes")
    assert (plain.status_code, plain["Location"]) == (303, f"/tasks/{world.half_id}/?side=notes#activity")


def test_an_unknown_tab_is_the_first(world: World, as_: As) -> None:
    page = as_(world.cast.jo).get(f"/tasks/{world.half_id}/?side=gone").content.decode()
    assert 'data-side="activity"' in page


def test_an_action_answers_with_the_tab_that_was_shown(world: World, as_: As) -> None:
    workflow = queries.task_page(by=signed_in(world.cast.jo), at=world.at, task_id=world.half_id).workflows[0]
    answer = as_(world.cast.jo).post(
        f"/workflows/{workflow.id}/steps/draft/comments/", {"text": "See page 4", "side": "notes"}, headers=HTMX
    )
    text = answer.content.decode()
    assert 'id="side" data-side="notes" hx-swap-oob="true"' in text
    assert 'id="compose"' not in text  # what is being typed there is not touched
    assert "Notes<span" in text


def test_notes_are_counted_and_a_long_list_leads_to_the_whole(world: World, as_: As) -> None:
    for number in range(23):
        note(world, f"Note number {number}")
    page = as_(world.cast.jo).get(f"/tasks/{world.half_id}/?side=notes").content.decode()
    side = page.split('id="side"')[1]
    assert 'Notes<span class="num">23</span>' in page
    assert side.count("Note number") == 20
    assert "All 23 notes" in side
    everything = as_(world.cast.jo).get(f"/tasks/{world.half_id}/activity/?kind=notes").content.decode()
    assert everything.count("Note number") == 23


def test_the_record_is_narrowed_by_kind_and_person(world: World, as_: As) -> None:
    note(world, "From Mark")
    where = f"/tasks/{world.half_id}/activity/"
    jo = as_(world.cast.jo)
    work = jo.get(f"{where}?kind=work").content.decode()
    assert "completed “Prepare draft”" in work
    assert "From Mark" not in work
    marks = jo.get(f"{where}?who={world.cast.mark.id}").content.decode()
    assert "From Mark" in marks
    assert "<strong>Jo Evans</strong>" not in marks
    nothing = jo.get(f"{where}?kind=notes&who={world.cast.vera.id}").content.decode()
    assert "Nothing of that kind has happened" in nothing
    assert jo.get(f"{where}?kind=gone&who=x").status_code == 200


def test_every_kind_names_events_that_there_are() -> None:
    verbs = [verb for kinds in queries.KINDS.values() for verb in kinds]
    assert len(verbs) == len(set(verbs))


def test_strangers_find_no_side_column(world: World, as_: As) -> None:
    assert as_(world.cast.ben).get(f"/tasks/{world.half_id}/side/?side=notes", headers=HTMX).status_code == 404


@pytest.mark.parametrize("side", ["activity", "notes"])
def test_statements_do_not_grow_with_the_notes(world: World, as_: As, side: str) -> None:
    jo, where = as_(world.cast.jo), f"/tasks/{world.half_id}/?side={side}"
    note(world, "One")
    with counted() as few:
        jo.get(where)
    for number in range(40):
        note(world, f"Note {number} for @Priya Shah")
    with counted() as many:
        jo.get(where)
    assert len(many) == len(few)
    assert len(many) <= (9 if side == "activity" else 11)


def line(at: datetime, words: str = "Jo did it") -> ActivityLine:
    return ActivityLine(1, at, None, "Jo", "step.started", None, "", words, "")


def test_two_days_have_headings_of_their_own_and_the_rest_is_earlier() -> None:
    days = [datetime(2026, 11, day, 9, 5) for day in (24, 24, 20, 18, 12)]  # noqa: DTZ001 - local already
    found = stretches([line(at) for at in days], date(2026, 11, 24))
    assert [(part.heading, len(part.lines)) for part in found] == [("Today", 2), ("Fri 20 Nov", 1), ("Earlier", 2)]
    assert ">09:05</time>" in found[0].lines[0]
    assert ">Wed 18 Nov, 09:05</time>" in found[2].lines[0]
    assert stretches([], date(2026, 11, 24)) == []


def test_mentions_are_marked_and_nothing_typed_becomes_markup() -> None:
    shown = said("<b>@Jo Evans</b> & @Jo, @Sam Hill <script>", ("Jo Evans", "Sam Hill"))
    assert shown == (
        '&lt;b&gt;<span class="at">@Jo Evans</span>&lt;/b&gt; &amp; @Jo, '
        '<span class="at">@Sam Hill</span> &lt;script&gt;'
    )
    assert said("<i>", ()) == "&lt;i&gt;"
    assert said('@"><x>', ('"><x>',)) == '<span class="at">@&#34;&gt;&lt;x&gt;</span>'
