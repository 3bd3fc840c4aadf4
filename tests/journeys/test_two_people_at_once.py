"""Two people on one task: each sees what the other does within seconds, and nothing that is being typed is lost."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.test_work_annual_accounts import attach, state_is, tick
from tests.journeys.world import World

SOON = 6_500


def sees(page: Page, key: str, state: str) -> None:
    expect(page.locator(f"#step-{key}")).to_have_attribute("data-state", state, timeout=SOON)


def test_a_change_arrives_while_a_note_is_typed(world: World, open_as: OpenAs) -> None:
    jo, mark = open_as(world.cast.jo), open_as(world.cast.mark)
    attach(jo, world)
    mark.goto(f"/tasks/{world.fresh_id}/")
    note = mark.get_by_label("Add a note")
    note.press_sequentially("The lease mo")
    tick(jo, "request", "Request records")
    sees(mark, "request", "done")
    expect(mark.locator(".big")).to_have_text("12%")
    expect(mark.locator("#side")).to_contain_text("Jo Evans completed “Request records”")
    expect(mark.locator("#live-status")).to_have_text("Jo Evans completed “Request records”.")
    expect(note).to_be_focused()
    mark.keyboard.type("ved in May")
    expect(note).to_have_value("The lease moved in May")
    mark.keyboard.press("Control+Enter")
    expect(jo.locator("#side")).to_contain_text("The lease moved in May", timeout=SOON)


def test_a_form_that_is_open_is_left_alone_until_asked(world: World, open_as: OpenAs) -> None:
    jo, mark = open_as(world.cast.jo), open_as(world.cast.mark)
    attach(jo, world)
    mark.goto(f"/tasks/{world.fresh_id}/?open=request&form=wait#step-request")
    reason = mark.locator("#wait-reason-request")
    reason.fill("The bank")
    jo.get_by_role("button", name="Take: Receive records").click()
    expect(jo.locator("#step-receive .av")).to_have_attribute("title", "Jo Evans")
    line = mark.locator("#live-says")
    expect(line).to_contain_text("Jo Evans took “Receive records”.", timeout=SOON)
    expect(mark.get_by_role("button", name="Take: Receive records")).to_be_visible()
    expect(reason).to_have_value("The bank")
    expect(reason).to_be_focused()
    line.get_by_role("button", name="Show the change").click()
    expect(mark.locator("#step-receive .av")).to_have_attribute("title", "Jo Evans")
    expect(mark.locator("#wait-reason-request")).to_have_value("The bank")
    expect(mark.locator("#do-wait-request")).to_have_attribute("open", "")
    expect(line).to_be_empty()
    mark.get_by_role("button", name="Set waiting").click()
    state_is(mark, "request", "waiting")
    expect(mark.locator("#step-request")).to_contain_text("The bank")


def test_what_was_typed_into_a_form_that_is_gone_is_given_back(world: World, open_as: OpenAs) -> None:
    jo, mark = open_as(world.cast.jo), open_as(world.cast.mark)
    attach(jo, world)
    mark.goto(f"/tasks/{world.fresh_id}/?open=request&form=wait#step-request")
    mark.locator("#wait-reason-request").fill("The bank statements of May")
    tick(jo, "request", "Request records")
    mark.get_by_role("button", name="Show the change").click(timeout=SOON)
    state_is(mark, "request", "done")
    expect(mark.get_by_label("What you typed")).to_have_value("The bank statements of May")


def test_a_form_that_is_closed_again_lets_the_change_in(world: World, open_as: OpenAs) -> None:
    jo, mark = open_as(world.cast.jo), open_as(world.cast.mark)
    attach(jo, world)
    mark.goto(f"/tasks/{world.fresh_id}/?open=request&form=wait#step-request")
    tick(jo, "request", "Request records")
    expect(mark.locator("#live-says")).to_contain_text("Jo Evans completed", timeout=SOON)
    mark.locator("#do-wait-request > summary").click()
    sees(mark, "request", "done")
    expect(mark.locator("#live-says")).to_be_empty()


def test_focus_rows_and_groups_stay_as_they_were(world: World, open_as: OpenAs) -> None:
    jo, mark = open_as(world.cast.jo), open_as(world.cast.mark, viewport={"width": 1280, "height": 480})
    attach(jo, world)
    mark.goto(f"/tasks/{world.fresh_id}/")
    mark.locator("#row-draft").click()
    mark.locator("#steps-review > summary").click()
    mark.locator("#row-draft").focus()
    mark.evaluate("scrollBy(0, 1)")
    before = mark.locator("#row-draft").bounding_box()
    tick(jo, "request", "Request records")
    sees(mark, "request", "done")
    expect(mark.locator("#row-draft")).to_be_focused()
    expect(mark.locator("#fold-draft")).to_have_attribute("open", "")
    expect(mark.locator("#steps-review")).not_to_have_attribute("open", "")
    after = mark.locator("#row-draft").bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) <= 1


def test_ones_own_action_does_not_come_back_as_a_change(world: World, open_as: OpenAs) -> None:
    jo = open_as(world.cast.jo)
    attach(jo, world)
    polled: list[int] = []
    jo.on("response", lambda answer: polled.append(answer.status) if "/changes/" in answer.url else None)
    tick(jo, "request", "Request records")
    jo.wait_for_timeout(SOON)
    assert polled
    assert set(polled) == {204}


def test_whoever_is_signed_out_meanwhile_loses_nothing(world: World, open_as: OpenAs, watch: Watch) -> None:
    jo = open_as(world.cast.jo)
    jo.goto(f"/tasks/{world.half_id}/")
    jo.get_by_label("Add a note").fill("Half a note")
    jo.context.clear_cookies()
    watch.expected = {401}
    expect(jo.locator("#live-says")).to_contain_text("You are signed out", timeout=SOON)
    expect(jo.get_by_label("Add a note")).to_have_value("Half a note")
