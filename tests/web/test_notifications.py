"""Pages of notifications: the list, the number beside it, and what one wants to be told."""

import re
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse

from natrium.apps.clients import notes
from natrium.apps.notifications import operations, queries
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations as workflows
from natrium.domain.notices import Kind
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import counted
from tests.journeys.world import World
from tests.web.conftest import As

HTMX = {"HX-Request": "true"}


def mention(world: World, who: Member, text: str = "see <page> 4") -> int:
    """Priya mentions somebody on the fresh task; returns the notification's id."""
    now = datetime.now(UTC)
    workflows.comment_on_task(
        by=signed_in(world.cast.priya), at=now, task_id=world.fresh_id, text=f"@{who.name} {text}"
    )
    operations.read_record(at=now)
    return queries.inbox(by=signed_in(who)).unread[0].id


@pytest.fixture(autouse=True)
def read_so_far(world: World) -> None:
    """Count what the world was made with as told and read."""
    operations.read_record(at=datetime.now(UTC))
    for who in (world.cast.jo, world.cast.mark, world.cast.priya):
        operations.mark_all_read(by=signed_in(who), at=world.at, up_to=10**9)


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_the_list_says_who_said_what_where(world: World, as_: As) -> None:
    mention(world, world.cast.jo)
    page = text_of(as_(world.cast.jo).get("/notifications/"))
    assert "Priya Shah mentioned you" in page
    assert '<span class="at">@Jo Evans</span> see &lt;page&gt; 4' in page
    assert f'href="/tasks/{world.fresh_id}/"' in page
    assert "Hartwell Joinery Ltd · Annual Accounts 2026" in page
    assert 'title="Not read yet">1<' in page


def test_a_mention_on_a_client_leads_there(world: World, as_: As) -> None:
    client, now = world.client.pk, datetime.now(UTC)
    notes.add_note(by=signed_in(world.cast.priya), at=now, client_id=client, text="@Jo Evans rings early")
    operations.read_record(at=now)
    page = text_of(as_(world.cast.jo).get("/notifications/"))
    assert f'href="/clients/{client}/#notes"' in page
    assert re.search(r'<p class="xs muted">Hartwell Joinery Ltd · <time', page)


def test_the_number_is_on_every_page_and_goes(world: World, as_: As) -> None:
    jo = as_(world.cast.jo)
    for address in ("/my-work/", f"/tasks/{world.fresh_id}/", "/clients/"):
        assert 'title="Not read yet" hidden>0<' in text_of(jo.get(address))
    one = mention(world, world.cast.jo)
    for address in ("/my-work/", f"/tasks/{world.fresh_id}/", "/clients/"):
        assert 'title="Not read yet">1<' in text_of(jo.get(address))
    answer = jo.post(f"/notifications/{one}/reading/")
    assert (answer.status_code, answer["Location"]) == (303, "/notifications/")
    assert 'title="Not read yet" hidden>0<' in text_of(jo.get("/my-work/"))
    assert "You have read everything" in text_of(jo.get("/notifications/"))


def test_all_are_read_at_once(world: World, as_: As) -> None:
    for number in range(3):
        newest = mention(world, world.cast.jo, str(number))
    jo = as_(world.cast.jo)
    assert f'name="newest" value="{newest}"' in text_of(jo.get("/notifications/"))
    fragment = text_of(jo.post("/notifications/reading/", {"newest": newest}, headers=HTMX))
    assert "<!doctype" not in fragment
    assert "You have read everything" in fragment
    assert fragment.count('class="told"') >= 3


def test_what_is_nobodys_or_anothers_is_not_there(world: World, as_: As) -> None:
    one = mention(world, world.cast.jo)
    assert as_(world.cast.mark).post(f"/notifications/{one}/reading/").status_code == 404
    assert queries.unread(signed_in(world.cast.jo)) == 1
    assert as_(world.cast.jo).post("/notifications/reading/", {"newest": "x"}).status_code == 422
    assert queries.unread(signed_in(world.cast.jo)) == 1


def test_an_empty_list_says_what_comes_there(world: World, as_: As) -> None:
    assert "Nothing to tell you" in text_of(as_(world.cast.olive).get("/notifications/"))
    assert as_(world.cast.olive).get("/notifications/?cursor=nonsense").status_code == 200


def test_statements_do_not_grow_with_the_list(world: World, as_: As) -> None:
    jo = as_(world.cast.jo)
    mention(world, world.cast.jo)
    jo.get("/notifications/")
    with counted() as few:
        jo.get("/notifications/")
    for number in range(40):
        mention(world, world.cast.jo, str(number))
    with counted() as many:
        jo.get("/notifications/")
    assert len(many) == len(few) <= 5


def test_wishes_are_shown_saved_and_shown_again(world: World, as_: As) -> None:
    jo = as_(world.cast.jo)
    page = text_of(jo.get("/settings/notifications/"))
    assert page.count('name="in_app"') == page.count('name="in_mail"') == len(Kind)
    assert world.cast.jo.email in page
    assert 'value="07:30"' in page
    post = {"in_app": ["held", "ready"], "in_mail": ["ready"], "digest": "1", "digest_at": "06:45"}
    answer = jo.post("/settings/notifications/", post)
    assert (answer.status_code, answer["Location"]) == (303, "/settings/notifications/?saved=1")
    page = text_of(jo.get("/settings/notifications/?saved=1"))
    assert "Saved." in page
    assert 'value="06:45"' in page
    assert page.split("</main>")[0].count(" checked") == 4
    jo.post("/settings/notifications/", {"digest_at": "06:45"})
    mine = queries.wishes(signed_in(world.cast.jo))
    assert (mine.in_app, mine.in_mail, mine.digest) == (frozenset(), frozenset(), False)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"digest_at": "half past"}, "“half past” is no time of the day"),
        ({"digest_at": ""}, "is no time of the day"),
        ({"digest_at": "07:30+01:00"}, "is no time of the day"),
        ({"in_app": ["gossip"]}, "There are no notifications called “gossip”"),
    ],
)
def test_a_wrong_wish_is_said_and_the_rest_is_kept(world: World, as_: As, wrong: dict[str, object], words: str) -> None:
    post = {"in_app": ["held"], "in_mail": ["lost"], "digest": "1", "digest_at": "06:45"} | wrong
    answer = as_(world.cast.jo).post("/settings/notifications/", post)
    page = text_of(answer)
    assert answer.status_code == 422
    assert words in page
    assert 'role="alert"' in page
    assert 'name="in_mail" value="lost" checked' in page
    assert queries.wishes(signed_in(world.cast.jo)).digest_at.hour == 7
