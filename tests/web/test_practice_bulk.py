"""Changing many at once through the pages: form, preview, doing it once, what came of it, and the way back."""

import re
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse

from natrium.apps.database import sql
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.workflow import drafting
from natrium.domain.workflow.definition import Template
from tests.builders import signed_in
from tests.journeys.world import World
from tests.web.conftest import As


def body(answer: Any) -> str:
    return unescape(answer.content.decode())


def form_of(answer: HttpResponse, method: str) -> dict[str, str]:
    """The hidden fields of the form that is sent that way, token aside."""
    form = body(answer).split(f'method="{method}" action="/practice/bulk/"')[1].split("</form>")[0]
    pairs = re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', form)
    return {name: value for name, value in pairs if name != "csrfmiddlewaretoken"}


def steps_of(world: World, *keys: str) -> list[int]:
    rows = sql.rows(
        "SELECT id, key FROM workflows_step WHERE task_id IN (%s, %s) ORDER BY id", (world.half_id, world.bare_id)
    )
    return [id_ for id_, key in rows if not keys or key in keys]


def owners() -> set[int | None]:
    return {row[0] for row in sql.rows("SELECT owner_id FROM tasks_task WHERE title LIKE %s", ("%Accounts%",))}


def test_it_asks_then_shows_then_does_and_takes_back(world: World, as_: As) -> None:
    mark = as_(world.cast.mark)
    asked = {"do": "owner", "task": [world.fresh_id, world.half_id, 999_999], "from": "/practice/?manager=me"}
    first = mark.get("/practice/bulk/", asked)
    assert "Give 3 tasks to another task owner" in body(first)
    assert "What will happen" not in body(first)
    previewed = mark.get("/practice/bulk/", form_of(first, "get") | {"person": str(world.cast.priya.pk)})
    assert "Reassign 2 tasks" in body(previewed)
    assert "1 not there." in body(previewed)
    assert owners() == {world.cast.jo.pk}
    sent = form_of(previewed, "post")
    done = mark.post("/practice/bulk/", sent)
    assert done.status_code == 303
    assert owners() == {world.cast.priya.pk}
    assert mark.post("/practice/bulk/", sent)["Location"] == done["Location"]
    result = body(mark.get(done["Location"]))
    assert "2 tasks now belong to Priya Shah." in result
    assert 'href="/practice/?manager=me"' in result
    address = done["Location"].split("?")[0]
    back = mark.post(f"{address}undo/", {"from": "/practice/?manager=me"})
    assert owners() == {world.cast.jo.pk}
    assert "Taken back for 2 tasks: another task owner." in body(mark.get(back["Location"]))
    again = body(mark.get(address))
    assert "It was taken back" in again
    assert "Undo all" not in again
    assert "Undo all" not in body(mark.get(back["Location"]))


WAYS: list[tuple[str, dict[str, str], str, str]] = [
    ("target", {"days": "7"}, "Move 1 task", "1 task has another target, 7 days later."),
    ("target", {"days": "-1"}, "Move 1 task", "1 task has another target, 1 day earlier."),
    ("target", {"on": "2031-01-31"}, "Move 1 task", "1 task has another target: 31 Jan 2031."),
    ("hold", {"reason": "Fees"}, "Hold 1 task", "1 task is on hold."),
    ("cancel", {"reason": "Left us"}, "Cancel 1 task", "1 task is cancelled."),
    ("owner", {"person": "none"}, "Reassign 1 task", "1 task now belongs to nobody."),
]


@pytest.mark.parametrize(("way", "typed", "button", "words"), WAYS)
def test_each_way_with_tasks_says_what_it_did(
    world: World, as_: As, way: str, typed: dict[str, str], button: str, words: str
) -> None:
    mark = as_(world.cast.mark)
    page = mark.get("/practice/bulk/", {"do": way, "task": world.half_id, "preview": "1", **typed})
    assert f">{button}</button>" in body(page)
    done = mark.post("/practice/bulk/", form_of(page, "post"))
    result = body(mark.get(done["Location"]))
    assert words in result
    assert ("reason" not in typed) or typed["reason"] in result


def test_attaching_and_resuming(world: World, as_: As) -> None:
    mark = as_(world.cast.mark)
    page = mark.get("/practice/bulk/", {"do": "attach", "task": [world.fresh_id, world.half_id]})
    assert f'<option value="{world.template_id}">Annual Accounts</option>' in body(page)
    typed = form_of(page, "get") | {"template": str(world.template_id)}
    previewed = mark.get("/practice/bulk/", typed)
    assert "Are so already" in body(previewed)
    done = mark.post("/practice/bulk/", form_of(previewed, "post"))
    result = body(mark.get(done["Location"]))
    # Once done it names the template and the task.
    assert "Annual Accounts was attached to 1 task." in result
    fresh = f'<a class="link" href="/tasks/{world.fresh_id}/">'
    assert fresh in result
    assert "1 was so already." in result
    back = mark.post(f"{done['Location'].split('?')[0]}undo/")
    undone = body(mark.get(back["Location"]))
    assert "Taken back for 1 task: Annual Accounts attached." in undone
    assert fresh in undone
    resumed = mark.get("/practice/bulk/", {"do": "resume", "task": world.half_id})
    assert "Nothing is changed yet." in body(resumed)
    assert 'action="/practice/bulk/">' in body(resumed)
    assert "Resume 0 tasks" not in body(resumed)


@pytest.mark.parametrize(
    ("way", "keys", "typed", "words"),
    [
        ("assign", ("approve", "file"), {"person": "me"}, "2 steps belong to Mark Reed now."),
        ("start", ("task",), {}, "1 step is started."),
        ("skip", ("tax",), {"reason": "Dormant"}, ""),
        ("claim", ("file",), {}, ""),
    ],
)
def test_each_way_with_steps_says_what_it_did(
    world: World, as_: As, way: str, keys: tuple[str, ...], typed: dict[str, str], words: str
) -> None:
    mark = as_(world.cast.mark)
    if typed.get("person") == "me":
        typed = {"person": str(world.cast.mark.pk)}
    page = mark.get("/practice/bulk/", {"do": way, "step": steps_of(world, *keys), "preview": "1", **typed})
    assert page.status_code == 200
    if words:
        done = mark.post("/practice/bulk/", form_of(page, "post"))
        assert words in body(mark.get(done["Location"]))
    else:
        assert "Will change" in body(page)


def test_the_preview_names_what_changes_and_says_where_a_workflow_comes_beside_another(world: World, as_: As) -> None:
    mark, by = as_(world.cast.mark), signed_in(world.cast.mark)
    other = operations.create_template(by=by, at=world.at, name="Chasing", description="")
    operations.change_draft(
        by=by, at=world.at, template_id=other, change=lambda draft: drafting.add_step(*_grouped(draft), "Chase")
    )
    operations.publish(by=by, at=world.at, template_id=other, note="")
    asked = {"do": "attach", "task": [world.fresh_id, world.half_id], "preview": "1", "template": str(other)}
    text = body(mark.get("/practice/bulk/", asked))
    assert "1 task has a workflow and gets this one as well." in text
    lines = re.findall(r'<li><a class="link" href="/tasks/(\d+)/">', text)
    assert sorted(map(int, lines)) == sorted([world.fresh_id, world.half_id])
    steps = mark.get("/practice/bulk/", {"do": "start", "step": steps_of(world, "task"), "preview": "1"})
    assert len(re.findall(r'<ul class="chosen"><li><a class="link"', body(steps))) == 1
    many = [
        operations.create_task(by=by, at=world.at, facts=TaskFacts(title=f"Call {n}", owner_id=by.member.id))
        for n in range(12)
    ]
    held = body(mark.get("/practice/bulk/", {"do": "hold", "task": many, "preview": "1", "reason": "Fees"}))
    assert held.count('<li><a class="link" href="/tasks/') == 10
    assert "And 2 more." in held


def _grouped(draft: Template) -> tuple[Template, str]:
    return drafting.add_group(draft, "All")


def test_all_that_the_filters_keep_are_taken_with_one_tick(world: World, as_: As) -> None:
    mark = as_(world.cast.mark)
    kept = f"/practice/list/?owner={world.cast.jo.pk}"
    page = mark.get("/practice/bulk/", {"do": "hold", "every": "1", "from": kept, "preview": "1", "reason": "Fees"})
    ids = {int(one) for one in form_of(page, "post")["ids"].split(",")}
    assert ids == {world.fresh_id, world.half_id}
    steps = mark.get("/practice/bulk/", {"do": "start", "every": "1", "from": f"{kept}&rows=steps&person=me"})
    assert f"Start {len(steps_of(world, 'manager-review'))} step" in body(steps)


def test_what_is_chosen_on_my_work_goes_back_there(world: World, as_: As) -> None:
    mark = as_(world.cast.mark)
    facts = TaskFacts(title="Call", owner_id=world.cast.mark.pk, target_date=world.at.date())
    call = operations.create_task(by=signed_in(world.cast.mark), at=world.at, facts=facts)
    waiting = {"do": "wait", "section": "today", "from": "/my-work/?q=call", "preview": "1", "reason": "Records"}
    page = mark.get("/practice/bulk/", waiting | {"on": "third_party", "whom": "The bank"})
    assert ">Set 1 step waiting</button>" in body(page)
    assert '<a href="/my-work/">My work</a>' in body(page)
    done = mark.post("/practice/bulk/", form_of(page, "post"))
    result = body(mark.get(done["Location"]))
    assert 'href="/my-work/?q=call" autofocus>Back to my work</a>' in result
    row = sql.row("SELECT status, waiting_on, waiting_whom FROM workflows_step WHERE task_id = %s", (call,))
    assert row == ("waiting", "third_party", "The bank")
    due = mark.get("/practice/bulk/", {"do": "due", "section": "waiting", "from": "/my-work/", "preview": "1"})
    assert (due.status_code, "Say on which day they are due." in body(due)) == (422, True)


@pytest.mark.parametrize("section", ["today", "week", "later", "confirm", "waiting", "coming", "grabs"])
def test_a_whole_section_is_all_that_the_list_counts(world: World, as_: As, section: str) -> None:
    for who, shown in ((world.cast.jo, "/my-work/"), (world.cast.mark, f"/my-work/of/{world.cast.jo.pk}/")):
        text = body(as_(who).get(shown))
        count = re.search(rf'data-count="{section}">(\d+)<', text)
        page = as_(who).get("/practice/bulk/", {"do": "due", "section": section, "from": shown})
        assert f"Set the due day of {count[1] if count else 0} step" in body(page)


def test_all_that_somebody_holds_of_what_was_delegated(world: World, as_: As) -> None:
    text = body(as_(world.cast.mark).get("/my-work/delegated/"))
    counts = dict(re.findall(r'data-count="(holder-\d+)">(\d+)<', text))
    assert counts
    for section, count in counts.items():
        asked = {"do": "due", "section": section, "from": "/my-work/delegated/"}
        assert f"Set the due day of {count} step" in body(as_(world.cast.mark).get("/practice/bulk/", asked))
    for odd in ("holder-x", "nonsense", "holder-999"):
        asked = {"do": "due", "section": odd, "from": "/my-work/delegated/"}
        assert "Nothing is ticked" in body(as_(world.cast.mark).get("/practice/bulk/", asked))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"do": "owner", "person": ""}, "Choose who is to have them."),
        ({"do": "owner", "person": "x"}, "Choose who is to have them."),
        ({"do": "target"}, "one of the two"),
        ({"do": "target", "days": "7", "on": "2027-01-01"}, "one of the two"),
        ({"do": "target", "days": "0"}, "Give a whole number of days"),
        ({"do": "target", "days": "soon"}, "Give a whole number of days"),
        ({"do": "target", "days": "99999"}, "Give a whole number of days"),
        ({"do": "target", "on": "31/01/2027"}, "That is no date."),
        ({"do": "target", "on": "1066-10-14"}, "Give a day from 1900 to 2200."),
        ({"do": "cancel", "reason": " "}, "Say why"),
        ({"do": "attach", "template": ""}, "Choose a template."),
        ({"do": "wait", "reason": ""}, "Say why"),
        ({"do": "due", "due_on": "soon"}, "That is no date."),
    ],
)
def test_bad_input_is_said_at_its_field_and_what_was_typed_stays(
    world: World, as_: As, asked: dict[str, str], words: str
) -> None:
    mark = as_(world.cast.mark)
    chosen = {"task": world.half_id, "step": steps_of(world)[0], "preview": "1", **asked}
    for answer in (mark.get("/practice/bulk/", chosen), mark.post("/practice/bulk/", chosen)):
        assert answer.status_code == 422
        assert words in body(answer)
        assert 'aria-invalid="true"' in body(answer)
        for name in ("days", "on", "due_on"):
            assert f'value="{asked.get(name, "")}"' in body(answer) or name not in asked


def test_nothing_ticked_too_many_and_unknown_ways_are_said(
    world: World, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = as_(world.cast.mark)
    assert "Nothing is ticked." in body(mark.get("/practice/bulk/", {"do": "owner"}))
    assert mark.get("/practice/bulk/", {"do": "explode", "task": world.half_id}).status_code == 404
    assert mark.get("/practice/bulk/").status_code == 404
    monkeypatch.setattr("natrium.apps.workflows.batches.MOST", 1)
    both = {"do": "resume", "task": [world.fresh_id, world.half_id]}
    answer = mark.get("/practice/bulk/", both)
    assert (answer.status_code, "2 are chosen; 1 is the most at once." in body(answer)) == (422, True)


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/practice/", "//elsewhere.example", "/practice/\\\\x", "/a/"]
)
def test_the_way_back_never_leaves_the_overview(world: World, as_: As, away: str) -> None:
    text = body(as_(world.cast.mark).get("/practice/bulk/", {"do": "resume", "task": world.half_id, "from": away}))
    assert "elsewhere" not in text
    assert 'href="/practice/list/"' in text


def test_strangers_and_viewers(world: World, as_: As) -> None:
    done = operations.change_many(
        by=signed_in(world.cast.mark), at=world.at, task_ids=[world.half_id], deed=operations.GiveTo(None)
    )
    address = f"/practice/bulk/{done.batch_id}/"
    ben, vera, priya = as_(world.cast.ben), as_(world.cast.vera), as_(world.cast.priya)
    assert ben.get(address).status_code == 404
    assert ben.post(f"{address}undo/").status_code == 404
    ask = {"do": "owner", "task": world.half_id, "preview": "1", "person": "none"}
    assert ben.get("/practice/bulk/", ask).status_code == 404
    assert ben.post("/practice/bulk/", ask).status_code == 404
    own = {"do": "hold", "task": world.fresh_id, "reason": "Fees"}
    nothing = as_(world.cast.jo).post("/practice/bulk/", {"do": "hold", "task": world.bare_id, "reason": "Fees"})
    assert (nothing.status_code, "Nothing was changed." in body(nothing)) == (403, True)
    assert as_(world.cast.jo).post("/practice/bulk/", own).status_code == 303
    assert vera.get("/practice/bulk/", {"do": "resume", "task": world.half_id}).status_code == 403
    assert vera.post("/practice/bulk/", {"do": "resume", "task": world.half_id}).status_code == 403
    assert vera.post(f"{address}undo/").status_code == 403
    assert vera.get(address).status_code == 200
    refused = priya.post(f"{address}undo/")
    assert refused.status_code == 403
    assert "Only Mark Reed takes back" in body(refused)
    assert "Undo all" not in body(priya.get(address))
    assert "By Mark Reed" in body(priya.get(address))


def test_what_was_cut_short_says_so_and_counts_what_changed(world: World, as_: As) -> None:
    mark = signed_in(world.cast.mark)
    facts = TaskFacts(title="Call", owner_id=world.cast.jo.pk)
    other = operations.create_task(by=mark, at=world.at, facts=facts)
    done = operations.change_many(
        by=mark, at=world.at, task_ids=[world.half_id, other], deed=operations.GiveTo(world.cast.priya.pk)
    )
    sql.execute("UPDATE workflows_batch SET finished_at = NULL, changed = 0 WHERE id = %s", (done.batch_id,))
    text = body(as_(world.cast.mark).get(f"/practice/bulk/{done.batch_id}/"))
    assert "was cut short" in text
    assert "2 tasks now belong to Priya Shah." in text
    assert "Undo all" in text
