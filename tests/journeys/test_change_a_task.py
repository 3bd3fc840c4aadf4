"""A task's own facts changed where they stand: by keys, with a colleague in between, without scripts."""

import re
from datetime import date

from playwright.sync_api import expect

from natrium.apps.tasks.models import Task
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.world import World


def test_a_date_and_the_owner_where_they_stand(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    page.goto(f"/tasks/{world.half_id}/")
    page.locator("#fact-target").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Target", exact=True)).to_be_focused()
    page.get_by_label("Target", exact=True).fill("2030-01-04")
    page.keyboard.press("Enter")
    expect(page.locator("#fact-target")).to_contain_text("Fri 4 Jan")
    expect(page.locator("#fact-target")).to_be_focused()
    expect(page.locator("#toasts")).to_contain_text("1 due date moved along.")
    page.locator("#fact-owner").click()
    page.get_by_label("Owner").select_option(label="Mark Reed")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#fact-owner")).to_contain_text("Mark Reed")
    expect(page.locator("#step-approve .av")).to_have_attribute("title", "Mark Reed")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#fact-owner")).to_contain_text("Jo Evans")
    expect(page.locator("#step-approve .av")).to_have_attribute("title", "Jo Evans")
    page.locator("#fact-owner").click()
    expect(page.get_by_label("Owner")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#fact-owner")).to_be_focused()
    expect(page.locator(".slot")).to_have_count(0)


def test_a_new_title_is_everywhere_at_once(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    page.goto(f"/tasks/{world.half_id}/")
    page.locator("#task-more > summary").click()
    page.get_by_role("link", name="Edit task").click()
    page.get_by_role("textbox", name="Title").fill("Accounts to March")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Accounts to March")
    expect(page.locator("#crumbs [aria-current]")).to_have_text("Accounts to March")
    assert page.title().startswith("Accounts to March, Hartwell Joinery Ltd")


def test_two_people_change_the_same_date(world: World, open_as: OpenAs, watch: Watch) -> None:
    mark, priya = open_as(world.cast.mark), open_as(world.cast.priya)
    for page in (mark, priya):
        page.goto(f"/tasks/{world.half_id}/")
        page.locator("#fact-target").click()
        page.get_by_label("Target", exact=True).fill("2030-01-04" if page is mark else "2030-01-11")
    mark.get_by_role("button", name="Save").click()
    expect(mark.locator("#fact-target")).to_contain_text("Fri 4 Jan")
    watch.expected = {409}
    priya.get_by_role("button", name="Save").click()
    expect(priya.locator(".slot")).to_contain_text("Mark Reed put “Fri 4 Jan 2030” here.")
    expect(priya.get_by_label("Target", exact=True)).to_have_value("2030-01-11")
    expect(priya.locator("#fact-target")).to_contain_text("Fri 4 Jan")
    priya.get_by_role("button", name="Save").click()
    expect(priya.locator("#fact-target")).to_contain_text("Fri 11 Jan")


def test_held_and_resumed_and_a_further_workflow(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    page.goto(f"/tasks/{world.half_id}/")
    page.locator("#task-more > summary").click()
    page.get_by_label("Reason").fill("They are on holiday")
    page.get_by_role("button", name="Put on hold").click()
    expect(page.locator("#task-status")).to_contain_text("On hold")
    expect(page.locator("#task-main")).to_contain_text("They are on holiday")
    expect(page.locator(".addline")).to_have_count(0)
    page.get_by_role("button", name="Resume task").click()
    expect(page.locator("#task-status")).not_to_contain_text("On hold")
    page.locator("#task-more > summary").click()
    page.get_by_text("Attach another workflow").first.click()
    expect(page.get_by_label("Template")).to_be_focused()
    page.get_by_label("Attach it again").check()
    page.get_by_role("button", name="Attach workflow").click()
    expect(page.locator(".wf")).to_have_count(2)
    expect(page.locator(".task-facts")).to_contain_text("Progress")


def test_without_scripts(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.mark, java_script_enabled=False)
    page.goto(f"/tasks/{world.half_id}/")
    page.locator("#fact-target").click()
    watch.expected = {422}
    page.get_by_role("textbox", name="Title").fill(" ")
    page.get_by_label("Service").fill("Advice")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("A task needs a title")).to_be_visible()
    expect(page.get_by_label("Service")).to_have_value("Advice")
    page.get_by_role("textbox", name="Title").fill("Accounts")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Accounts")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Annual Accounts 2025")


def test_a_date_that_does_not_exist_takes_nothing_away(world: World, open_as: OpenAs) -> None:
    def target() -> date | None:
        return Task.objects.get(id=world.half_id).target_date

    page = open_as(world.cast.mark)
    before = target()
    assert before is not None
    page.goto(f"/tasks/{world.half_id}/edit/")
    field = page.get_by_label("Target", exact=True)
    for keys in ("31022030", "02312030"):  # the machine's language says which part of a date comes first
        field.blur()
        field.focus()
        page.keyboard.type(keys)
        if field.evaluate("field => field.validity.badInput"):
            break
    assert field.evaluate("field => [field.value, field.validity.badInput]") == ["", True]
    page.get_by_role("button", name="Save").click()
    expect(field).to_be_focused()
    expect(page).to_have_url(re.compile(r"/edit/$"))
    assert target() == before
