"""A manager looks over the practice, keeps a view of it, and changes many at once: 200 rows, 7 refused (S20)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from natrium.apps.database import sql
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.workflow.actions import Skip
from natrium.domain.workflow.definition import GroupDefinition, Order, StepDefinition, Template
from tests.builders import a_client, signed_in
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.faults import faults
from tests.journeys.world import World

FIVE = Template(
    name="Five",
    groups=(
        GroupDefinition(
            key="all",
            name="All",
            order=Order.ANY,
            steps=tuple(StepDefinition(key=key, name=f"Step {key}", estimate=30) for key in "abcde"),
        ),
    ),
)

# Whether the focused thing is the one that is seen in its place, at both of its ends.
SEEN = """() => { const it = document.activeElement, box = it.getBoundingClientRect();
  const at = (y) => { const top = document.elementFromPoint(box.left + 4, y); return top === it || it.contains(top); };
  return at(box.top + 2) && at(box.bottom - 2); }"""


@pytest.fixture
def many(world: World) -> World:
    """Jo's: 38 jobs of five open steps and one of three. Mark's: two with seven open steps. 200 steps in all."""
    mark, at = signed_in(world.cast.mark), datetime.now(UTC)
    template = operations.import_template(by=mark, at=at, template=FIVE, and_publish=True)
    clients = [a_client(world.cast.acorn, name=f"Client {number:02}", manager=world.cast.mark) for number in range(8)]

    def job(owner_id: int, number: int) -> int:
        facts = TaskFacts(
            title=f"Bookkeeping {number}", client_id=clients[number % 8].pk, service="Bookkeeping", owner_id=owner_id,
            target_date=at.date() + timedelta(days=number),
        )  # fmt: skip
        return operations.create_task(by=mark, at=at, facts=facts)

    tasks = [job(world.cast.jo.pk, number) for number in range(39)] + [job(world.cast.mark.pk, 39 + n) for n in (0, 1)]
    operations.attach_many(by=mark, at=at, task_ids=tasks, template_id=template)
    for task, keys in ((tasks[38], "de"), (tasks[39], "e"), (tasks[40], "de")):
        workflow = sql.value("SELECT id FROM workflows_workflow WHERE task_id = %s", (task,))
        actions = [Skip(key, "Not this time") for key in keys]
        operations.act(by=mark, at=at, workflow_id=workflow, actions=actions)
    return world


def holders() -> dict[int | None, int]:
    """How many of the open steps of the jobs each member has."""
    rows = sql.rows(
        """SELECT s.assignee_id, COUNT(*) FROM workflows_step s JOIN tasks_task t ON t.id = s.task_id
           WHERE t.service = 'Bookkeeping' AND s.workflow_id IS NOT NULL AND s.status = 'todo' GROUP BY 1"""
    )
    return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_two_hundred_steps_go_to_mark_seven_are_told_and_all_comes_back(
    many: World, open_as: OpenAs, *, scripts: bool
) -> None:
    cast = many.cast
    page = open_as(cast.jo, java_script_enabled=scripts)
    page.goto("/practice/list/?service=Bookkeeping&rows=steps")
    expect(page.get_by_text("All 200 steps that the filters keep")).to_be_visible()
    expect(page.get_by_role("toolbar")).to_be_hidden()
    page.get_by_label("All 200 steps that the filters keep").check()
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.get_by_role("button", name="Reassign").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Give 200 steps to somebody")
    page.get_by_label("Who is to do them").select_option(label="Mark Reed")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".tally")).to_contain_text("Will change193")
    expect(page.locator(".refusals > li")).to_have_count(7)
    expect(page.locator(".refusals")).to_contain_text("takes a manager or above, or the task owner")
    assert holders() == {None: 200}
    page.get_by_role("button", name="Reassign 193 steps").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("193 steps belong to Mark Reed now.")
    expect(page.locator(".refusals > li")).to_have_count(7)
    assert holders() == {cast.mark.pk: 193, None: 7}
    page.reload()
    page.get_by_role("button", name="Undo all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken back for 193 steps: given to somebody.")
    assert holders() == {None: 200}
    page.get_by_role("link", name="Back to the overview").click()
    expect(page).to_have_url(re.compile(r"/practice/list/\?service=Bookkeeping&rows=steps$"))


def test_a_manager_filters_keeps_a_view_and_moves_targets_by_keys(many: World, open_as: OpenAs) -> None:
    page = open_as(many.cast.mark)
    page.wait_for_load_state()
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.get_by_role("heading", level=1)).to_have_text("Practice")
    page.get_by_role("link", name="Stages").click()
    expect(page.get_by_role("region", name="Tasks by stage")).to_contain_text("Preparing 44")
    page.get_by_role("link", name="List", exact=True).click()
    expect(page.get_by_label("All on this page")).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_label("Words")).to_be_focused()
    page.get_by_label("Task owner").select_option(label="me")
    page.locator("[name='not.owner']").check()
    page.get_by_label("Service").select_option("Bookkeeping")
    page.get_by_role("button", name="Add to the filters").click()
    expect(page.get_by_role("link", name="Task owner is not me", exact=True)).to_be_visible()
    expect(page.locator(".prow")).to_have_count(39)
    page.get_by_role("link", name="Task owner is not me", exact=True).click()
    expect(page.locator(".prow")).to_have_count(2)
    page.locator(".view-add > summary").click()
    page.get_by_label("Name").fill("My bookkeeping")
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_role("navigation", name="Saved views")).to_contain_text("My bookkeeping")
    expect(page.get_by_label("All on this page")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("toolbar")).to_contain_text("2 tasks")
    page.keyboard.press("Escape")
    expect(page.get_by_role("toolbar")).to_be_hidden()
    page.get_by_label("All on this page").check()
    page.keyboard.press("d")
    page.get_by_label("By days").fill("7")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Move 2 tasks").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 tasks have another target, 7 days later.")
    page.wait_for_load_state()
    page.keyboard.press("z")
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken back for 2 tasks: another target.")
    page.goto("/practice/")
    page.get_by_role("link", name="My bookkeeping").click()
    expect(page.locator(".prow")).to_have_count(2)
    page.get_by_role("button", name="Remove view: My bookkeeping").click()
    expect(page.get_by_role("navigation", name="Saved views")).to_have_count(0)


def test_the_matrix_ticks_a_stretch_and_leads_to_what_it_counts(many: World, open_as: OpenAs) -> None:
    page = open_as(many.cast.mark)
    page.goto("/practice/?service=Bookkeeping")
    cell = page.get_by_role("row", name="Client 00")
    cell.get_by_label("Select Bookkeeping 0, Client 00").check()
    last = page.get_by_label("Select Bookkeeping 3, Client 03")
    last.click(modifiers=["Shift"])
    expect(page.get_by_role("toolbar")).to_contain_text("4 tasks")
    page.get_by_role("button", name="Untick all").click()
    cell.get_by_role("link", name="6 open tasks: Bookkeeping, Client 00").click()
    expect(page.locator(".prow")).to_have_count(6)
    page.go_back()
    page.get_by_role("navigation", name="Due by week").get_by_role("link").nth(2).click()
    expect(page).to_have_url(re.compile(r"due=\d{4}"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?service=Bookkeeping$"))
    # On a phone each client lists what it has, whatever services others have.
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/practice/")
    cells = "[...document.querySelectorAll('.cell')].every((it) => it.getBoundingClientRect().right <= 390)"
    assert page.evaluate(cells)
    hartwell = page.locator("[data-row]", has_text="Hartwell Joinery Ltd")
    expect(hartwell.get_by_text("Annual accounts")).to_be_visible()


def test_a_field_left_out_is_said_and_nothing_ticked_is_lost(many: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(many.cast.mark)
    page.goto("/practice/list/?service=Bookkeeping")
    page.get_by_label("All on this page").check()
    page.get_by_role("button", name="Hold").click()
    watch.expected = {422}
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.get_by_label("Reason").fill("Fees are due")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("button", name="Hold 41 tasks")).to_be_visible()


def test_the_open_filter_and_the_bar_are_for_everyone(many: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(many.cast.mark, reduced_motion="reduce")
    watch.away = True
    for address in ("/practice/?service=Bookkeeping", "/practice/list/?service=Bookkeeping"):
        page.goto(address)
        page.get_by_label("All on this page").check()
        expect(page.get_by_role("toolbar")).to_be_visible()
        assert faults(page) == []
        # What has the focus is beneath no bar, however far down the page one is.
        page.evaluate("scrollTo(0, 120)")
        page.locator("[data-row] a.title").first.focus()
        assert page.evaluate(SEEN)
        page.evaluate("scrollTo(0, 0)")
        page.locator(".filter-add > summary").first.click()
        assert faults(page) == []
