"""My work as a page: its day is the practice's, its counts are one number everywhere, its sections go on."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import counted
from tests.journeys.world import World
from tests.web.conftest import As

read_model = import_module("natrium.apps.workflows.queries.my_work")


def a_call(world: World, title: str, on: date | None, many: int = 1) -> None:
    """Tasks of Jo's without a workflow."""
    for number in range(many):
        name = title if many == 1 else f"{title} {number}"
        facts = TaskFacts(title=name, owner_id=world.cast.jo.id, target_date=on)
        operations.create_task(by=signed_in(world.cast.priya), at=world.at, facts=facts)


@pytest.mark.parametrize(
    ("moment", "heading", "section"),
    [
        (datetime(2027, 10, 30, 22, 30, tzinfo=UTC), "Saturday 30 October", "This week"),
        (datetime(2027, 10, 30, 23, 30, tzinfo=UTC), "Sunday 31 October", "Today"),
        (datetime(2027, 10, 31, 23, 30, tzinfo=UTC), "Sunday 31 October", "Today"),
        (datetime(2027, 11, 1, 0, 30, tzinfo=UTC), "Monday 1 November", "Today"),
    ],
)
def test_the_day_is_the_practices_also_when_the_clocks_change(
    world: World, as_: As, monkeypatch: pytest.MonkeyPatch, moment: datetime, heading: str, section: str
) -> None:
    a_call(world, "Ring the bank", date(2027, 10, 31))
    browser = as_(world.cast.jo)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    browser.force_login(world.cast.jo.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    text = browser.get("/my-work/").content.decode()
    assert f"<h1>{heading}</h1>" in text
    part = text.split(f">{section} <span")[1].split("</ol>")[0]
    assert "Ring the bank" in part


def test_one_number_in_the_heading_the_sentence_and_the_sidebar(
    world: World, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_model, "ROWS", 5)
    a_call(world, "Ring client", timezone.now().date() - timedelta(days=1), many=12)
    text = as_(world.cast.jo).get("/my-work/").content.decode()
    assert "13 steps are ready for you. 12 are late." in text  # and the fresh task's own step
    assert '>13<span class="vh"> ready' in text
    assert 'data-count="today">12</span>' in text
    assert text.split('id="list-today"')[1].split("</ol>")[0].count('id="row-') == 5
    assert ">7 more</a>" in text
    assert '>13<span class="vh"> ready' in as_(world.cast.jo).get("/templates/").content.decode()


def test_a_section_goes_on_to_its_end(world: World, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_model, "ROWS", 5)
    a_call(world, "Ring client", None, many=12)
    browser, seen, address = as_(world.cast.jo), list[str](), "/my-work/"
    while address:
        text = browser.get(address).content.decode().split('id="list-later"')[1].split("</section>")[0]
        seen += [part.split("<")[0] for part in text.split('#step-task">')[1:]]
        onward = text.split('<li class="wmore"><a class="btn sm quiet" href="')
        address = onward[-1].split('"')[0].replace("&amp;", "&") if len(onward) > 1 else ""
        assert len(seen) < 20
    assert sorted(seen) == sorted(["Annual Accounts 2026", *(f"Ring client {number}" for number in range(12))])


@pytest.mark.parametrize("query", ["?section=nonsense", "?section=grabs.", "?section=%00"])
def test_an_unknown_section_is_no_page(world: World, as_: As, query: str) -> None:
    assert as_(world.cast.jo).get(f"/my-work/{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["?section=today&after=x", "?q=%00", "?q=%25", "?after=1", "?section=later&after=0_9"]
)
def test_odd_addresses_show_the_list(world: World, as_: As, query: str) -> None:
    assert as_(world.cast.jo).get(f"/my-work/{query}").status_code == 200


def test_the_page_takes_few_statements_however_much_there_is(world: World, as_: As) -> None:
    browser = as_(world.cast.jo)
    browser.get("/my-work/")
    taken = []
    for _ in range(2):
        a_call(world, "Ring client", timezone.now().date(), many=40)
        with counted() as seen:
            browser.get("/my-work/")
        taken.append(len(seen))
    assert taken == [4, 4]  # who asks, two for the list, one for the number beside the bell
    mark = as_(world.cast.mark)
    with counted() as seen:
        mark.get("/my-work/?q=accounts")
    assert len(seen) == 4  # and the count beside My work, which the list narrowed by a text does not know


def test_what_others_hold_is_listed_by_person_and_acted_upon(world: World, as_: As) -> None:
    mark = as_(world.cast.mark)
    text = mark.get("/my-work/delegated/").content.decode()
    assert "Jo Evans" in text
    assert "/completion/" not in text
    step = int(text.split('id="row-')[1].split('"')[0])
    post = {"back": "/my-work/delegated/?q=accounts", "from": "delegated", "to": str(world.cast.priya.id)}
    answer = mark.post(f"/my-work/steps/{step}/assignment/", post)
    assert answer["Location"].startswith("/my-work/delegated/?q=accounts")
    row = mark.post(
        f"/my-work/steps/{step}/assignment/", post | {"to": str(world.cast.jo.id)}, headers={"HX-Request": "true"}
    )
    assert "Jo has it now" in row.content.decode()
    assert "data-gone" in row.content.decode()
    assert mark.get("/my-work/delegated/?holder=0").status_code == 200
    assert mark.get("/my-work/delegated/?holder=x").status_code == 200


def test_what_is_empty_says_what_there_is_to_do(world: World, as_: As) -> None:
    assert "Nothing here has “moon”." in as_(world.cast.jo).get("/my-work/?q=moon").content.decode()
    assert "No work yet." in as_(world.cast.ben).get("/my-work/").content.decode()
    assert "Nothing of yours is with others." in as_(world.cast.ben).get("/my-work/delegated/").content.decode()
    assert "You read along." in as_(world.cast.vera).get("/my-work/").content.decode()
    text = as_(world.cast.olive).get("/my-work/").content.decode()
    assert "Nothing is ready for you" in text
    assert "up for grabs" in text
    theirs = as_(world.cast.mark).get(f"/my-work/of/{world.cast.vera.id}/").content.decode()
    assert "No step is with Vera Lunn" in theirs


def test_a_viewer_reads_a_page_that_makes_sense(world: World, as_: As) -> None:
    text = as_(world.cast.vera).get("/my-work/").content.decode()
    assert "/completion/" not in text
    assert "/tasks/new/" not in text
