"""The practice overview: its three views, and filters in the address."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from tests.builders import a_client, signed_in
from tests.journeys.world import World
from tests.web.conftest import As

VIEWS = ("/practice/", "/practice/stages/", "/practice/list/", "/practice/list/?rows=steps")


def text_of(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize("address", VIEWS)
def test_everybody_reads_it_and_a_viewer_is_offered_nothing(world: World, as_: As, address: str) -> None:
    for member in (world.cast.mark, world.cast.vera):
        text = text_of(as_(member), address)
        assert text.count("<h1") == 1
        assert " style=" not in text
        assert "Hartwell Joinery Ltd" in text
        ticks = 'name="task"' in text or 'name="step"' in text
        assert ticks is (member is world.cast.mark and address != "/practice/stages/")
        assert ("/practice/bulk/" in text) is ticks


@pytest.mark.parametrize("address", VIEWS)
def test_a_stranger_sees_none_of_it(world: World, as_: As, address: str) -> None:
    text = text_of(as_(world.cast.ben), f"{address}{'&' if '?' in address else '?'}status=any")
    assert "Hartwell" not in text
    assert "Annual" not in text
    assert Client().get(address).status_code == 302


def test_the_head_says_how_many_and_the_strip_leads_to_weeks(world: World, as_: As) -> None:
    text = text_of(as_(world.cast.mark), "/practice/list/")
    assert "<strong>3</strong> open tasks." in text
    assert 'href="/practice/list/?due=late"' in text
    assert 'href="/practice/list/?due=week"' in text


def test_a_filter_is_shown_in_words_turned_and_taken_away(world: World, as_: As) -> None:
    text = text_of(
        as_(world.cast.mark), f"/practice/list/?manager={world.cast.mark.pk}&manager=none&-due=late&rows=steps"
    )
    assert ">Client manager is Mark or nobody</a>" in text
    assert ">Not late</a>" in text
    assert f'href="/practice/list/?manager={world.cast.mark.pk}&manager=none&due=late&rows=steps"' in text
    assert 'href="/practice/list/?-due=late&rows=steps"' in text
    assert 'href="/practice/list/?rows=steps">Clear all</a>' in text


@pytest.mark.parametrize("path", ["/practice/", "/practice/stages/", "/practice/list/"])
def test_the_form_adds_to_the_filters_and_leads_to_their_address(world: World, as_: As, path: str) -> None:
    sent = {"manager": "me", "rows": "steps", "add.manager": str(world.cast.jo.pk), "add.service": "", "add.q": "a b",
            "not.q": "1", "add.end": "2027-01-31", "add.begin": ""}  # fmt: skip
    answer = as_(world.cast.mark).get(path, sent)
    assert answer.status_code == 302
    assert answer["Location"] == (f"{path}?-q=a+b&manager=me&manager={world.cast.jo.pk}&due=..2027-01-31&rows=steps")


def test_what_makes_no_sense_in_an_address_is_said_and_left_out(world: World, as_: As) -> None:
    text = text_of(as_(world.cast.mark), "/practice/?colour=red&manager=Tom")
    assert "“colour red” and “manager Tom” were left out." in text
    assert "Hartwell Joinery Ltd" in text
    for address in ("/practice/?after=x", "/practice/list/?after=1.soon", "/practice/list/?after=9%00.2026-01-01"):
        assert as_(world.cast.mark).get(address).status_code == 200


def test_nothing_found_says_so_and_leads_back(world: World, as_: As) -> None:
    for path, words in (
        ("/practice/", "No client has a task that these filters keep."),
        ("/practice/list/", "No task is kept by these filters."),
    ):
        text = text_of(as_(world.cast.mark), f"{path}?q=nothing+like+it")
        assert words in text
        assert f'<a class="btn" href="{path}">Clear the filters</a>' in text


def test_a_name_is_shown_as_it_is_written(world: World, as_: As) -> None:
    mark = signed_in(world.cast.mark)
    facts = TaskFacts(title="<b>Bold</b>", service="<i>VAT</i>", client_id=world.client.pk, owner_id=world.cast.jo.pk)
    operations.create_task(by=mark, at=world.at, facts=facts)
    for address in VIEWS:
        text = as_(world.cast.mark).get(address).content.decode()
        assert "<b>Bold" not in text
        assert "<i>VAT" not in text


def test_lists_and_matrix_lead_on(world: World, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("natrium.apps.workflows.queries.overview.lists.ROWS", 2)
    monkeypatch.setattr("natrium.apps.workflows.queries.overview.grid.CLIENTS", 1)
    mark = signed_in(world.cast.mark)
    other = a_client(world.cast.acorn, name="Zephyr & Co")
    facts = TaskFacts(title="VAT", client_id=other.pk, target_date=(world.at + timedelta(days=1)).date())
    operations.create_task(by=mark, at=world.at, facts=facts)
    browser = as_(world.cast.mark)
    for path, first, then in (
        ("/practice/", "Hartwell Joinery", "Zephyr & Co"),
        ("/practice/list/", "VAT", "Year-end"),
    ):
        text = text_of(browser, path)
        [following] = [line.split('href="')[-1].split('"')[0] for line in text.split(">Next")[:1]]
        assert first in text
        following_text = text_of(browser, following)
        assert then in following_text
        assert "From the beginning" in following_text


def test_a_view_is_kept_shown_and_removed(world: World, as_: As) -> None:
    mark, jo = as_(world.cast.mark), as_(world.cast.jo)
    page = "/practice/list/?-due=late&rows=steps"
    assert ">Save view</summary>" in text_of(mark, page)
    assert ">Save view</summary>" not in text_of(mark, "/practice/list/")
    sent = {"name": "Calm ones", "page": "steps", "query": "-due=late", "shared": "1", "from": page}
    assert mark.post("/practice/views/", sent)["Location"] == page
    for browser, may_remove in ((mark, True), (jo, False)):
        text = text_of(browser, page)
        assert 'href="/practice/list/?rows=steps&-due=late" aria-current="page"' in text
        assert ('aria-label="Remove view: Calm ones"' in text) is may_remove
        assert 'aria-label="Remove view' not in text_of(browser, "/practice/")
    assert "For everybody" not in text_of(jo, page)
    refused = jo.post("/practice/views/", sent | {"name": "Mine"})
    assert refused.status_code == 403
    assert "To share a view takes a manager or above." in unescape(refused.content.decode())
    nameless = mark.post("/practice/views/", sent | {"name": " "})
    assert (nameless.status_code, 'value="-due=late"' in nameless.content.decode()) == (422, True)
    [removal] = {part.split('"')[0] for part in text_of(mark, page).split('action="/practice/views/')[1:]} - {""}
    assert jo.post(f"/practice/views/{removal}").status_code == 403
    assert mark.post(f"/practice/views/{removal}", {"from": page})["Location"] == page
    assert "Calm ones" not in text_of(mark, page)


def test_tasks_of_no_service_have_their_column_however_many_services_there_are(world: World, as_: As) -> None:
    by = signed_in(world.cast.mark)
    for number in range(18):
        operations.create_task(by=by, at=world.at, facts=TaskFacts(title="Filing", service=f"Service {number:02}"))
    operations.create_task(by=by, at=world.at, facts=TaskFacts(title="Loose", client_id=world.client.pk))
    text = text_of(as_(world.cast.mark), "/practice/")
    heads = text.split("<thead>")[1].split("</thead>")[0].split('<th scope="col">')[2:]
    assert len(heads) == 16
    assert heads[-1].startswith("Other<")
    assert "Loose" in text
