"""What a stranger may try at the door: guessing, addresses that lead elsewhere, sessions of people who left."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from natrium.apps.practices import operations as practices
from natrium.apps.practices.access import create_login_link
from natrium.apps.practices.models import Member
from tests.builders import signed_in
from tests.journeys.world import World
from tests.web.conftest import As

PASSWORD = "a long enough secret"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> Iterator[None]:
    """Forget the attempts of other tests."""
    cache.clear()
    yield
    cache.clear()


def with_password(member: Member) -> str:
    """Give a member a password; their e-mail address."""
    practices.set_password(by=signed_in(member), at=datetime.now(UTC), new=PASSWORD, came_by_link=True)
    return member.email


def tries(browser: Client, email: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    """An attempt to sign in."""
    return browser.post("/sign-in/", {"login": email, "password": password} | more)  # type: ignore[return-value]


class TestGuessing:
    def test_the_sixth_wrong_password_is_told_to_wait_and_so_is_the_right_one(self, world: World) -> None:
        email, browser = with_password(world.cast.mark), Client()
        answers = [tries(browser, email, f"guess {number}") for number in range(6)]
        assert [answer.status_code for answer in answers] == [422] * 5 + [429]
        last = tries(browser, email)
        assert last.status_code == 429
        assert "That was wrong too often. Wait five minutes" in last.content.decode()
        assert email in last.content.decode()
        assert browser.get("/my-work/").status_code == 302

    def test_others_still_get_in_and_so_does_a_sign_in_address(self, world: World) -> None:
        guessed, other = with_password(world.cast.mark), with_password(world.cast.jo)
        for number in range(6):
            tries(Client(), guessed, f"guess {number}")
        assert tries(Client(), other).status_code == 302
        assert Client().post(create_login_link(email=guessed, at=datetime.now(UTC)).path).status_code == 303

    def test_one_address_trying_many_people_is_stopped_with_a_page(self, world: World) -> None:
        with_password(world.cast.mark)
        answers = [tries(Client(), f"someone{number}@acorn.example") for number in range(32)]
        assert {answer.status_code for answer in answers[:10]} == {422}
        assert {answer.status_code for answer in answers[10:]} == {429}
        assert answers[-1]["Retry-After"] == "60"
        assert "Wait a minute" in answers[-1].content.decode()

    def test_behind_a_server_in_front_each_caller_is_counted_alone(self, world: World, settings: Settings) -> None:
        settings.PROXIES = 1
        email = with_password(world.cast.mark)
        for number in range(32):
            tries(Client(headers={"X-Forwarded-For": f"10.0.0.{number}, 192.0.2.1"}), f"someone{number}@x.example")
        assert tries(Client(headers={"X-Forwarded-For": "192.0.2.1"}), email).status_code == 429
        for told in ("192.0.2.2", "2001:db8::1", "nonsense", "<script>", "", "1.1.1.1, "):
            assert tries(Client(headers={"X-Forwarded-For": told}), email).status_code == 302, told

    def test_without_one_nobody_names_their_own_address(self, world: World) -> None:
        with_password(world.cast.mark)
        for number in range(11):
            last = tries(Client(headers={"X-Forwarded-For": f"10.0.0.{number}"}), f"someone{number}@x.example")
        assert last.status_code == 429

    def test_whether_an_address_is_known_cannot_be_told(self, world: World) -> None:
        known, unknown = with_password(world.cast.mark), "nobody@acorn.example"
        pages = [tries(Client(), email, "wrong").content.decode() for email in (known, unknown)]
        bare = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in pages]
        assert bare[0].replace(known, "") == bare[1].replace(unknown, "")

    @pytest.mark.parametrize("email", ["a\0b@x.example", "x" * 5_000, "é@x.example", " ", "a@b", "'; --", "\ud800@x"])
    def test_whatever_is_typed_is_answered(self, world: World, email: str) -> None:
        del world
        answer = Client().post(
            "/sign-in/", {"login": email.encode(errors="replace").decode(), "password": "\0" * 5_000}
        )
        assert answer.status_code == 422


class TestLeadingElsewhere:
    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example/", "\\\\evil.example",
            "http:evil.example", "https:///evil.example", "javascript:alert(1)", "\t//evil.example", " //evil.example",
            "http://localhost:9999/", "http://127.0.0.1/", "http://testserver/x", "/\t/evil.example",
            "data:text/html,x", "x\r\nSet-Cookie: a=b", "ftp://x",
        ],
    )  # fmt: skip
    def test_next_leads_to_our_own_pages_only(self, world: World, elsewhere: str) -> None:
        email = with_password(world.cast.mark)
        in_address = Client()
        first = in_address.post("/sign-in/", {"login": email, "password": PASSWORD}, query_params={"next": elsewhere})
        in_form = tries(Client(), email, next=elsewhere)
        already = in_address.get("/sign-in/", {"next": elsewhere})
        for answer in (first, in_form, already):
            assert answer.status_code == 302
            assert answer["Location"] in {"/", "x%0D%0ASet-Cookie:%20a=b"}
            assert "a=b" not in str(answer.cookies)

    def test_next_leads_to_the_page_that_was_asked_for(self, world: World) -> None:
        email = with_password(world.cast.mark)
        asked = Client().get(f"/tasks/{world.half_id}/?open=a&form=b")
        browser = Client()
        page = browser.get(asked["Location"])
        assert "open=a&amp;form=b" in page.content.decode()
        assert tries(browser, email, next=f"/tasks/{world.half_id}/?open=a&form=b")["Location"].endswith(
            "open=a&form=b"
        )


class TestSessions:
    def test_a_session_gets_a_new_key_on_signing_in(self, world: World) -> None:
        email = with_password(world.cast.mark)
        for way in ("password", "address"):
            browser = Client()
            browser.cookies["sessionid"] = "planted" * 4
            if way == "password":
                tries(browser, email)
            else:
                browser.post(create_login_link(email=email, at=datetime.now(UTC)).path)
            key = browser.cookies["sessionid"].value
            assert key not in {"planted" * 4, ""}
            assert browser.get("/my-work/").status_code == 200

    def test_signing_in_as_somebody_else_leaves_nothing_of_the_first(self, world: World, as_: As) -> None:
        browser = as_(world.cast.jo)
        first = browser.cookies["sessionid"].value
        browser.post(create_login_link(email=world.cast.mark.email, at=datetime.now(UTC)).path)
        assert browser.cookies["sessionid"].value != first
        assert "Mark Reed" in browser.get("/my-work/").content.decode()
        old = Client()
        old.cookies["sessionid"] = first
        assert old.get("/my-work/").status_code == 302

    def test_the_cookies_are_out_of_reach(self, world: World, settings: Settings) -> None:
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
        browser = Client()
        browser.get("/sign-in/")
        tries(browser, with_password(world.cast.mark))
        for name in ("sessionid", "csrftoken"):
            cookie = browser.cookies[name]
            assert (bool(cookie["httponly"]), cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", True), name

    def test_who_leaves_is_out_at_once_and_may_sign_in_as_somebody_else(self, world: World, as_: As) -> None:
        cast = world.cast
        email = with_password(cast.jo)
        browser = as_(cast.jo)
        address = create_login_link(email=email, at=datetime.now(UTC)).path
        practices.deactivate_member(by=signed_in(cast.olive), at=datetime.now(UTC), member_id=cast.jo.pk)
        away = browser.get("/my-work/")
        assert away["Location"] == "/sign-in/?next=/my-work/"
        assert browser.get(away["Location"]).status_code == 200
        assert tries(Client(), email).status_code == 422
        assert Client().post(address).status_code == 404
        assert tries(browser, with_password(cast.mark))["Location"] == "/"


class TestWhatIsNotThere:
    @pytest.mark.parametrize(
        "name",
        ["account_signup", "account_email", "account_reset_password", "account_change_password", "account_logout"],
    )
    def test_the_rest_of_allauth_is_absent(self, name: str) -> None:
        with pytest.raises(NoReverseMatch):
            reverse(name)

    @pytest.mark.django_db
    @pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/", "/accounts/", "/admin/"])
    def test_its_addresses_lead_nowhere(self, address: str) -> None:
        assert Client().get(address).status_code == 404

    def test_signing_in_answers_with_pages_only(self, world: World) -> None:
        email = with_password(world.cast.mark)
        for headers in ({"X-Requested-With": "XMLHttpRequest"}, {"Accept": "application/json"}):
            answer = Client(headers=headers).post("/sign-in/", {"login": email, "password": "wrong"})
            assert answer["Content-Type"].startswith("text/html")
