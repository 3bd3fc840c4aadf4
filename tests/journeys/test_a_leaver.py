"""Somebody leaves: what they hold goes to others after a look at what will happen, and they are out at once."""

from playwright.sync_api import expect

from natrium.apps.database import sql
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.world import World


def open_steps_of(member_id: int) -> int:
    """How many open steps and tasks a member has."""
    steps = sql.value(
        "SELECT COUNT(*) FROM workflows_step WHERE assignee_id = %s AND status NOT IN ('done', 'skipped')", (member_id,)
    )
    return int(steps) + int(sql.value("SELECT COUNT(*) FROM tasks_task WHERE owner_id = %s", (member_id,)))


def test_a_leaver_is_handed_over_and_signed_out(world: World, open_as: OpenAs, watch: Watch) -> None:
    jo, mark = open_as(world.cast.jo), world.cast.mark
    held, before = open_steps_of(world.cast.jo.pk), open_steps_of(mark.pk)
    assert held > 0
    olive = open_as(world.cast.olive)
    olive.goto("/people/")
    olive.get_by_role("link", name="Jo Evans").click()
    olive.get_by_role("link", name="They are leaving").click()
    for choice in olive.locator("main select").all():
        choice.select_option(label="Mark Reed")
    olive.get_by_role("button", name="Preview").click()
    expect(olive.get_by_role("status").first).to_contain_text("Mark Reed")
    assert (open_steps_of(world.cast.jo.pk), open_steps_of(mark.pk)) == (held, before)
    olive.get_by_role("button", name="Hand over and let go").click()
    expect(olive.locator("main")).to_contain_text("left today")
    assert (open_steps_of(world.cast.jo.pk), open_steps_of(mark.pk)) == (0, before + held)

    watch.expected = {401}
    jo.goto("/my-work/")
    expect(jo.get_by_label("Password")).to_be_visible()
