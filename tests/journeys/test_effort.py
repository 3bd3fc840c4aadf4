"""What each deed takes by mouse and by keys, counted while it is done, and told in docs/journeys.md.

`REFRESH_SNAPSHOT=1 .venv/bin/pytest tests/journeys/test_effort.py` writes the tables there. What the design's prototype
shows for the same deed was counted once, by clicking through it; "-" where it does not show the deed.
"""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.workflow.actions import Complete
from tests.builders import signed_in
from tests.journeys.conftest import OpenAs
from tests.journeys.hands import Hands
from tests.journeys.world import World, workflow_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "journeys.md"
BEGIN, END = "<!-- effort: begin -->", "<!-- effort: end -->"
SHEET = "Name,Type\nQuarry Ltd,Limited company\nHarbour Trust,Trust\n"

# The deed, and what the prototype shows for it: by mouse, by keys.
PROTOTYPE = {
    "Complete a step on my work": ("1 click", "2 keys"),
    "Take that back": ("1 click", "1 key"),
    "Take a step that is up for grabs": ("1 click", "1 key"),
    "Set a step waiting, with a reason": (
        "2 clicks, and a form it does not show",
        "1 key, and a form it does not show",
    ),
    "Reassign a step": ("2 clicks, and a list it does not show", "1 key, and a list it does not show"),
    "Add two steps to a job": ("1 click, 2 keys, 2 texts", "3 keys, 2 texts"),
    "Move a step up by one": ("1 drag", "1 key"),
    "Skip a step, with a reason": ("2 clicks, and a form it does not show", "2 keys, and a form it does not show"),
    "Leave a note on a task": ("1 click, 1 text, and a button it does not show", "1 key, 1 text"),
    "Find a client and open it": ("2 clicks, 1 text", "2 keys, 1 text"),
    "Make a task with a workflow": ("1 click, and a form it does not show", "1 key, and a form it does not show"),
    "Write a template of two steps, publish it and attach it": ("-", "-"),
    "Give all tasks a filter keeps to somebody": ("one click a task, 1 click, and a list it does not show", "-"),
    "Hand a leaver’s work over": ("-", "-"),
    "Import clients from a spreadsheet": ("1 click, and pages it does not show", "-"),
}
type Deeds = dict[str, dict[str, str]]


@pytest.fixture
def busy(world: World) -> World:
    """Mark has six calls to make and two jobs; what Jo has is hers."""
    priya = signed_in(world.cast.priya)

    def task(title: str, days: int, *templates: int) -> int:
        facts = TaskFacts(
            title=title, client_id=world.client.pk, owner_id=world.cast.mark.pk,
            target_date=(world.at + timedelta(days=days)).date(),
        )  # fmt: skip
        return operations.create_task(by=priya, at=world.at - timedelta(days=3), facts=facts, template_ids=templates)

    for number in range(6):
        task(f"Call {number}", number - 3)
    for job in (task("Accounts by mouse", 5, world.template_id), task("Accounts by keys", 6, world.template_id)):
        workflow = workflow_of(priya, job, world.at)
        operations.act(by=priya, at=world.at, workflow_id=workflow, actions=[Complete("request")])
    return world


def row(page: Page, words: str) -> Locator:
    return page.locator(".wrow").filter(has_text=words)


def toast(page: Page, words: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(words)


def at_row(page: Page, words: str) -> None:
    """Stand on a row of my work, as J and K lead to it."""
    row(page, words).locator(".title").focus()


def open_job(page: Page, title: str) -> None:
    page.goto("/practice/list/")
    page.get_by_role("link", name=title).click()
    page.mouse.move(0, 0)


def by_mouse_on_my_work(page: Page, hands: Hands, count: Callable[[str], None]) -> None:
    page.goto("/my-work/")
    hands.click(row(page, "Call 0").get_by_role("button", name="Complete"))
    toast(page, "Done: Call 0")
    count("Complete a step on my work")
    hands.click(page.locator("#toasts").get_by_role("button", name="Undo"))
    toast(page, "Taken back: Call 0")
    count("Take that back")
    hands.click(page.locator("#list-grabs").get_by_role("button", name="Take").first)
    toast(page, "Yours: Receive records")
    count("Take a step that is up for grabs")
    hands.click(row(page, "Call 1").get_by_role("link", name=re.compile("^More for")))
    hands.click(page.locator(".wrow.open summary", has_text="Waiting"), page.get_by_label("What does it wait for?"))
    hands.type("A call back")
    hands.click(page.get_by_role("button", name="Set waiting"))
    toast(page, "Waiting: Call 1")
    count("Set a step waiting, with a reason")


def by_keys_on_my_work(page: Page, hands: Hands, count: Callable[[str], None]) -> None:
    page.goto("/my-work/")
    page.mouse.move(0, 0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    hands.press("j", "x")
    toast(page, "Done: ")
    count("Complete a step on my work")
    hands.press("z")
    toast(page, "Taken back: ")
    count("Take that back")
    page.locator("#list-grabs .title").first.focus()
    hands.press("t")
    toast(page, "Yours: ")
    count("Take a step that is up for grabs")
    at_row(page, "Call 2")
    hands.press("w")
    expect(page.get_by_label("What does it wait for?")).to_be_focused()
    hands.type("A call back")
    hands.press("Tab", "Tab", "Tab", "Enter")
    toast(page, "Waiting: Call 2")
    count("Set a step waiting, with a reason")


def by_mouse_on_a_task(page: Page, hands: Hands, count: Callable[[str], None]) -> None:
    open_job(page, "Accounts by mouse")
    more = page.locator("#step-draft > .more")
    hands.click(more, page.get_by_role("menuitem", name="Reassign"))
    hands.choose(page.locator(".slot, #step-draft").get_by_label("Who has it").first, "Jo Evans")
    hands.click(page.get_by_role("button", name="Assign", exact=True))
    toast(page, "Prepare draft")
    count("Reassign a step")
    hands.click(page.locator("#add-preparation"))
    for name in ("Bank letter", "Going concern"):
        hands.type(name)
        hands.press("Enter")
        expect(page.locator("#add-preparation")).to_have_value("")
    expect(page.locator("#group-preparation .step .title")).to_have_count(4)
    count("Add two steps to a job")
    hands.click(page.locator("#step-tax > .more"), page.get_by_role("menuitem", name="Move up"))
    expect(page.locator("#group-preparation .step .title").first).to_have_text("Compute corporation tax")
    count("Move a step up by one")
    hands.click(page.locator("#step-tax > .more"), page.get_by_role("menuitem", name="Skip"))
    hands.click(page.locator("#skip-reason-tax"))
    hands.type("Dormant for the year")
    hands.click(page.locator("#step-tax").get_by_role("button", name="Skip step"))
    expect(page.locator("#step-tax")).to_have_attribute("data-state", "skipped")
    count("Skip a step, with a reason")
    hands.click(page.get_by_label("Add a note"))
    hands.type("Rang them")
    hands.click(page.get_by_role("button", name="Add note", exact=True).first)
    expect(page.locator("#side")).to_contain_text("Rang them")
    count("Leave a note on a task")


def by_keys_on_a_task(page: Page, hands: Hands, count: Callable[[str], None]) -> None:
    hands.press("Control+k")
    expect(page.locator("#palette-q")).to_be_focused()
    hands.type("hartw")
    expect(page.locator("#palette-found mark").first).to_have_text("Hartw")
    hands.press("Enter")
    page.wait_for_url("**/clients/*/")
    count("Find a client and open it")
    open_job(page, "Accounts by keys")
    page.locator("#row-draft").focus()
    hands.press("a")
    expect(page.locator("#step-draft").get_by_label("Who has it")).to_be_focused()
    hands.type("Jo")
    hands.press("Tab", "Enter")
    toast(page, "Prepare draft")
    count("Reassign a step")
    page.locator("#row-draft").focus()
    hands.press("n")
    for name in ("Bank letter", "Going concern"):
        hands.type(name)
        hands.press("Enter")
        expect(page.locator("#add-preparation")).to_have_value("")
    expect(page.locator("#group-preparation .step .title")).to_have_count(4)
    count("Add two steps to a job")
    page.locator("#row-tax").focus()
    hands.press("Alt+ArrowUp")
    expect(page.locator("#group-preparation .step .title").first).to_have_text("Compute corporation tax")
    count("Move a step up by one")
    page.get_by_role("heading", level=1).click()
    hands.press("m")
    hands.type("Rang them")
    hands.press("Control+Enter")
    expect(page.locator("#side")).to_contain_text("Rang them")
    count("Leave a note on a task")


def in_the_practice(page: Page, hands: Hands, count: Callable[[str], None]) -> None:
    page.goto("/practice/list/?manager=me")
    hands.click(page.get_by_label("that the filters keep"), page.get_by_role("button", name="Reassign"))
    hands.choose(page.get_by_label("New task owner"), "Jo Evans")
    hands.click(page.get_by_role("button", name="Preview"), page.get_by_role("button", name=re.compile("^Reassign")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jo Evans")
    count("Give all tasks a filter keeps to somebody")
    page.goto("/clients/")
    hands.click(page.get_by_label("Find"))
    hands.type("hartw")
    hands.click(page.get_by_role("link", name="Hartwell Joinery Ltd"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Hartwell Joinery Ltd")
    count("Find a client and open it")
    hands.click(page.get_by_role("link", name="New task").last)
    expect(page.get_by_label("Title")).to_be_focused()
    hands.type("Annual accounts")
    hands.choose(page.get_by_label("Workflow"), "Annual Accounts")
    hands.click(page.get_by_role("button", name="Create task"))
    expect(page.locator(".big")).to_have_text("0%")
    count("Make a task with a workflow")
    page.goto("/clients/")
    hands.click(page.get_by_role("link", name="Import a spreadsheet"))
    hands.give(page.get_by_label("Spreadsheet"), {"name": "c.csv", "mimeType": "text/csv", "buffer": SHEET.encode()})
    hands.click(page.get_by_role("button", name="Look at it"), page.get_by_role("button", name="Import", exact=True))
    expect(page.get_by_text("2 new, 0 changed")).to_be_visible()
    count("Import clients from a spreadsheet")


def a_template(page: Page, hands: Hands, count: Callable[[str], None]) -> None:
    page.goto("/templates/")
    hands.click(page.get_by_role("link", name="New template"), page.get_by_label("Name").first)
    hands.type("Probate")
    hands.press("Enter")
    page.wait_for_url(re.compile(r"/templates/\d+/draft/"))
    hands.click(page.locator("#add-group"))
    hands.type("Estate")
    hands.press("Enter")
    expect(page.locator("#add-estate")).to_be_focused()
    for name in ("Value the estate", "List creditors"):
        hands.type(name)
        hands.press("Enter")
        expect(page.locator("#add-estate")).to_have_value("")
    hands.click(page.get_by_role("link", name="Publish v1"), page.get_by_role("button", name="Publish version 1"))
    page.wait_for_url(re.compile(r"/templates/\d+/$"))
    hands.choose(
        page.get_by_label("Task", exact=True),
        page.get_by_label("Task", exact=True).locator("option").nth(1).inner_text(),
    )
    hands.click(page.get_by_role("button", name="Attach workflow"))
    page.wait_for_url(re.compile(r"/tasks/\d+/"))
    count("Write a template of two steps, publish it and attach it")


def a_leaver(page: Page, hands: Hands, count: Callable[[str], None]) -> None:
    page.goto("/people/")
    hands.click(page.get_by_role("link", name="Jo Evans"), page.get_by_role("link", name="They are leaving"))
    for field in page.locator("main select").all():
        hands.choose(field, "Mark Reed")
    hands.click(page.get_by_role("button", name="Preview"), page.get_by_role("button", name="Hand over and let go"))
    expect(page.get_by_text("left today")).to_be_visible()
    count("Hand a leaver’s work over")


def table(mouse: dict[str, str], keys: dict[str, str]) -> str:
    """The table as the document has it."""
    lines = ["| deed | by mouse | by keys | the prototype, by mouse | by keys |", "|---|---|---|---|---|"]
    lines += [
        f"| {deed} | {mouse[deed]} | {keys.get(deed, 'Tab and Enter, as any form')} | {shown[0]} | {shown[1]} |"
        for deed, shown in PROTOTYPE.items()
    ]
    return "\n".join(lines)


def test_each_deed_takes_what_the_document_says(busy: World, open_as: OpenAs) -> None:
    mark = open_as(busy.cast.mark, viewport={"width": 1440, "height": 1000})
    found: Deeds = {"mouse": {}, "keys": {}}

    def counting(hands: Hands, way: str) -> Callable[[str], None]:
        return lambda deed: found[way].update({deed: str(hands.effort())})

    mouse, keys = Hands(mark), Hands(mark)
    by_mouse_on_my_work(mark, mouse, counting(mouse, "mouse"))
    by_keys_on_my_work(mark, keys, counting(keys, "keys"))
    by_mouse_on_a_task(mark, mouse, counting(mouse, "mouse"))
    by_keys_on_a_task(mark, keys, counting(keys, "keys"))
    in_the_practice(mark, mouse, counting(mouse, "mouse"))
    a_template(mark, mouse, counting(mouse, "mouse"))
    olive = open_as(busy.cast.olive)
    hands = Hands(olive)
    a_leaver(olive, hands, counting(hands, "mouse"))
    text = DOCUMENT.read_text(encoding="utf-8")
    new = re.sub(f"(?s)(?<={BEGIN}\n).*?(?=\n{END})", lambda _: table(found["mouse"], found["keys"]), text)
    if os.environ.get("REFRESH_SNAPSHOT"):
        DOCUMENT.write_text(new, encoding="utf-8")
    assert new == DOCUMENT.read_text(encoding="utf-8"), "docs/journeys.md says another count"
