"""Finding and doing anything: the page of it, and what the palette asks for."""

import re

import pytest
from django.test import Client as Browser

from natrium.apps.practices.models import Member
from natrium.domain.roles import Role
from natrium.web.search.deeds import DO, GO
from tests.builders import a_bare_task, a_client, a_member
from tests.integration.apps.workflows.jobs import counted
from tests.journeys.world import World
from tests.web.conftest import As


def text(browser: Browser, address: str, **headers: str) -> str:
    """The page at an address."""
    answer = browser.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def hrefs(html: str) -> list[str]:
    """Where the lines found lead."""
    return re.findall(r'class="found-one"[^>]* href="([^"]+)"', html)


def test_the_page_groups_what_is_found_and_links_to_it(world: World, as_: As) -> None:
    html = text(as_(world.cast.jo), "/search/?q=hartwell")
    assert "4 found for “hartwell”" in html
    assert f"/clients/{world.client.pk}/" in hrefs(html)
    assert f"/tasks/{world.bare_id}/" in hrefs(html)
    assert "<mark>Hartwell</mark> Joinery Ltd" in html
    assert f"/tasks/new/?client_id={world.client.pk}" in hrefs(html)


def test_more_of_one_kind_has_a_page_of_its_own(world: World, as_: As) -> None:
    for number in range(8):
        a_client(world.cast.acorn, name=f"Zebra & Sons {number}")
    jo = as_(world.cast.jo)
    html = text(jo, "/search/?q=zebra+sons")
    assert '<a class="link" href="/search/?q=zebra+sons&amp;kind=clients">All 8 clients</a>' in html
    assert sum(href.startswith("/clients/") and href[9].isdigit() for href in hrefs(html)) == 6
    html = text(jo, "/search/?q=zebra+sons&kind=clients")
    assert sum(href.startswith("/clients/") and href[9].isdigit() for href in hrefs(html)) == 8


def test_where_nothing_is_found_it_says_what_can_be(world: World, as_: As) -> None:
    html = text(as_(world.cast.jo), "/search/?q=%3Cb%3Ezzz")
    assert "Nothing for “&lt;b&gt;zzz”" in html
    assert "A client is found by its name" in html


@pytest.mark.parametrize("q", ["", "%", "'", "%00", "\U0001f642", ">", "> zzz", "x" * 2_000])
def test_whatever_is_typed_the_page_answers(world: World, as_: As, q: str) -> None:
    jo = as_(world.cast.jo)
    for headers in ({}, {"HX-Request": "true"}):
        assert (
            jo.get("/search/", {"q": q, "kind": "nonsense", "seen": "x.y task. .5"}, headers=headers).status_code == 200
        )


def test_htmx_gets_options_alone_and_commands_alone_after_a_sign(world: World, as_: As) -> None:
    html = text(as_(world.cast.jo), "/search/?q=hartwell", **{"HX-Request": "true"})
    assert html.count('role="option"') > 3
    assert "<html" not in html
    html = text(as_(world.cast.jo), "/search/?q=>+new", **{"HX-Request": "true"})
    assert hrefs(html) == ["/tasks/new/"]


def test_what_was_looked_at_lately_comes_first_in_the_practice_alone(world: World, as_: As) -> None:
    stranger = a_client(name="Hartwell of strangers")
    seen = f"client.{stranger.pk} template.{world.template_id} task.{world.half_id}"
    html = text(as_(world.cast.jo), f"/search/?seen={seen}", **{"HX-Request": "true"})
    assert hrefs(html)[:2] == [f"/templates/{world.template_id}/", f"/tasks/{world.half_id}/"]
    assert "strangers" not in html


def test_each_role_is_offered_what_it_may_and_all_of_it_opens(world: World, as_: As) -> None:
    people = {Role(one.role): one for one in Member.objects.filter(practice=world.cast.acorn, active=True)}
    people.setdefault(Role.VIEWER, a_member(world.cast.acorn, role=Role.VIEWER))
    assert set(people) == set(Role)
    for role, member in people.items():
        browser = as_(member)
        offered = set(hrefs(text(browser, "/search/")))
        for way in (*DO, *GO):
            may = browser.get(way.href).status_code == 200
            assert may == way.open_to(role), (role, way.name)
            assert (way.href in offered) == may, (role, way.name)


def test_the_page_takes_the_same_few_statements_however_much_there_is(world: World, as_: As) -> None:
    jo = as_(world.cast.jo)
    with counted() as few:
        text(jo, "/search/?q=hart+accounts+l")
    for number in range(30):
        a_bare_task(client=a_client(world.cast.acorn, name=f"Hart {number} Ltd"), title="Annual accounts")
    with counted() as many:
        text(jo, "/search/?q=hart+accounts+l")
    assert len(few) == len(many) <= 5
