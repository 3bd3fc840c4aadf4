"""Pages of people and settings: who sees what, who may do what, what is refused keeps what was typed."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from natrium.apps.database import sql
from natrium.apps.practices import operations as practices
from natrium.apps.practices.access import create_login_link
from natrium.apps.practices.models import Member
from natrium.apps.workflows import queries
from natrium.domain.roles import Role
from natrium.web.people import views as people_pages
from tests.builders import NOW, a_member, signed_in
from tests.integration.apps.workflows.jobs import Job, a_job, all_well, counted

type SignsIn = Callable[[Member], Client]


@pytest.fixture
def job(db: None) -> Job:
    """Return Acorn's job."""
    del db
    return a_job()


@pytest.fixture
def signs_in(job: Job) -> SignsIn:
    """Return a function that signs a member in."""
    del job

    def browser_of(member: Member) -> Client:
        browser = Client()
        user = get_user_model().objects.get(email=member.email)
        browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return browser_of


def text_of(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestPeople:
    def test_everybody_is_listed_with_what_they_hold_and_leavers_apart(self, job: Job, signs_in: SignsIn) -> None:
        page = text_of(signs_in(job.cast.vera), "/people/")
        assert page.index("Jo Evans") < page.index(">Left ") < page.index("Lea Ward")
        assert "3 open steps" in page
        assert "Ben Shaw" not in page
        assert "/people/new/" not in page
        assert "A practice owner adds people" in page

    def test_an_owner_adds_somebody_who_then_signs_in_by_an_address(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.olive)
        form = {"name": "Nia Rees", "email": "nia@acorn.example", "role": "staff", "weekly_hours": "30"}
        made = browser.post("/people/new/", form)
        assert made.status_code == 303
        member = Member.objects.get(email="nia@acorn.example")
        assert (member.name, member.role, str(member.weekly_hours)) == ("Nia Rees", Role.STAFF, "30.0")
        shown = browser.post(f"/people/{member.pk}/sign-in-address/").content.decode()
        path = re.search(r"/sign-in/link/[\w-]+/", shown)
        assert path is not None
        newcomer = Client()
        assert newcomer.post(path[0]).status_code == 303
        work = text_of(newcomer, "/my-work/")
        assert "Nia Rees" in work
        assert "You have no password yet." in work
        put_off = Client()
        put_off.post(create_login_link(email=member.email, at=datetime.now(UTC)).path)
        assert "You have no password yet." in text_of(put_off, "/my-work/")
        assert put_off.post("/settings/password/later/").status_code == 303
        assert "You have no password yet." not in text_of(put_off, "/my-work/")
        secret = "a long enough secret"
        newcomer.post("/settings/password/", {"new": secret, "again": secret})
        assert "You have no password yet." not in text_of(newcomer, "/my-work/")

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("name", " ", "A member needs a name"),
            ("email", "nowhere", "is not an e-mail address"),
            ("role", "king", "is not a role"),
            ("weekly_hours", "lots", "Hours a week are a number"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
        self, job: Job, signs_in: SignsIn, field: str, value: str, words: str
    ) -> None:
        form = {"name": "Nia Rees", "email": "nia@acorn.example", "role": "staff", "weekly_hours": "30"}
        answer = signs_in(job.cast.olive).post("/people/new/", form | {field: value})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page
        assert f'id="e-{field}"' in page
        assert ("Nia Rees" in page) is (field != "name")
        assert not Member.objects.filter(email="nia@acorn.example").exists()

    def test_only_owners_add_change_and_sign_in(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.priya)
        assert browser.get("/people/new/").status_code == 403
        assert browser.post("/people/new/", {"name": "X", "email": "x@x.example", "role": "staff"}).status_code == 403
        assert browser.post(f"/people/{job.cast.jo.pk}/", {"name": "X", "role": "owner"}).status_code == 403
        assert browser.post(f"/people/{job.cast.jo.pk}/sign-in-address/").status_code == 403
        assert Member.objects.get(pk=job.cast.jo.pk).name == "Jo Evans"

    def test_a_stranger_finds_nobody(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.ben)
        for address in ("", "hand-over/"):
            assert browser.get(f"/people/{job.cast.jo.pk}/{address}").status_code == 404
        for address in ("", "hand-over/", "sign-in-address/", "return/"):
            assert browser.post(f"/people/{job.cast.jo.pk}/{address}").status_code == 404

    def test_an_address_opens_the_practice_that_made_it_and_no_other_of_the_same_person(self, job: Job) -> None:
        olive, now = signed_in(job.cast.olive), datetime.now(UTC)
        ben_id = practices.add_member(by=olive, at=now, name="Benjamin", email=job.cast.ben.email, role=Role.STAFF)
        link = practices.invite(by=olive, at=now, member_id=ben_id)
        browser = Client()
        assert "Ben Shaw" not in text_of(browser, link.path)
        browser.post(link.path)
        assert browser.get("/api/v1/me").json()["practice"] == "Acorn"
        practices.deactivate_member(by=olive, at=now, member_id=ben_id)
        assert browser.get("/my-work/").status_code == 302
        assert browser.get("/api/v1/me").status_code == 401

    def test_a_long_list_goes_on_and_narrows(
        self, job: Job, signs_in: SignsIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser = signs_in(job.cast.vera)
        assert "Name or e-mail" not in text_of(browser, "/people/")
        monkeypatch.setattr(people_pages, "PAGE", 4)
        monkeypatch.setattr(people_pages, "FEW", 2)
        seen, address = list[str](), "/people/"
        while address:
            text = text_of(browser, address)
            seen += re.findall(r'class="name title" href="/people/\d+/">([^<]+)<', text)
            onward = re.search(r'href="(/people/[^"]+)">\d+ more<', text)
            address = onward[1].replace("&amp;", "&") if onward else ""
        assert seen == ["Jo Evans", "Mark Reed", "Olive Grant", "Priya Shah", "Vera Lunn", "Lea Ward"]
        assert "From the beginning" in text
        narrowed = text_of(browser, "/people/?q=REED")
        assert re.findall(r'class="name title" href="/people/\d+/">([^<]+)<', narrowed) == ["Mark Reed"]
        assert "5 people work here." in narrowed
        assert "Nobody is called that." in text_of(browser, "/people/?q=moon")
        for odd in ("?after=x", "?after=999", "?q=%00&after=-1"):
            assert browser.get(f"/people/{odd}").status_code == 200

    def test_the_list_takes_as_many_statements_for_many_people(self, job: Job) -> None:
        def statements() -> int:
            with counted() as seen:
                queries.people(by=signed_in(job.cast.mark), at=NOW)
            return len(seen)

        few = statements()
        for number in range(40):
            a_member(job.cast.acorn, name=f"Person {number}")
        assert statements() == few == 2


class TestHandingOver:
    def test_a_preview_says_what_will_happen_and_changes_nothing(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.olive)
        form = {"leaves": "1", "tasks": str(job.cast.mark.pk), "steps": str(job.cast.mark.pk), "sure": "0"}
        page = browser.post(f"/people/{job.cast.jo.pk}/hand-over/", form).content.decode()
        assert "1 open task: to Mark Reed, and 3 open steps with it." in page
        assert "signed out everywhere" in page
        assert Member.objects.get(pk=job.cast.jo.pk).active
        assert job.holder("ask") == "Jo Evans"

    def test_sure_of_it_the_work_goes_and_the_member_with_it(self, job: Job, signs_in: SignsIn) -> None:
        jo, olive = signs_in(job.cast.jo), signs_in(job.cast.olive)
        form = {"leaves": "1", "tasks": str(job.cast.mark.pk), "steps": "nobody", "sure": "1"}
        assert olive.post(f"/people/{job.cast.jo.pk}/hand-over/", form).status_code == 303
        assert job.holder("ask") == "Mark Reed"
        assert jo.get("/my-work/").status_code == 302
        all_well()

    def test_what_was_handed_over_is_said_with_its_numbers_to_the_practice_alone(
        self, job: Job, signs_in: SignsIn
    ) -> None:
        olive = signs_in(job.cast.olive)
        form = {"tasks": str(job.cast.mark.pk), "steps": str(job.cast.mark.pk), "sure": "1"}
        answer = olive.post(f"/people/{job.cast.jo.pk}/hand-over/", form)
        said = "Handed over: 1 task and 3 open steps."
        page = text_of(olive, answer["Location"])
        assert said in page
        assert "press Reassign" in page
        batch = answer["Location"].rpartition("=")[2]
        assert "Handed over:" not in text_of(signs_in(job.cast.ben), f"/people/?handed={batch}")
        assert "Handed over:" not in text_of(olive, "/people/?handed=")

    def test_a_manager_covers_an_absence_but_lets_nobody_go(self, job: Job, signs_in: SignsIn) -> None:
        mark = signs_in(job.cast.mark)
        address = f"/people/{job.cast.jo.pk}/hand-over/"
        assert mark.post(address, {"leaves": "1", "sure": "1"}).status_code == 403
        kept = {"tasks": "keep", "steps": str(job.cast.priya.pk), "sure": "1"}
        assert mark.post(address, kept).status_code == 303
        assert job.holder("ask") == "Priya Shah"
        assert sql.value("SELECT owner_id FROM tasks_task WHERE id = %s", (job.task_id,)) == job.cast.jo.pk

    def test_a_junior_hands_nobody_s_work_over(self, job: Job, signs_in: SignsIn) -> None:
        jo = signs_in(job.cast.jo)
        assert jo.get(f"/people/{job.cast.mark.pk}/hand-over/").status_code == 403
        assert jo.post(f"/people/{job.cast.mark.pk}/hand-over/", {"sure": "1"}).status_code == 403

    def test_whoever_lets_somebody_go_chooses_for_each_part(self, job: Job, signs_in: SignsIn) -> None:
        form = {"leaves": "1", "tasks": "", "steps": "nobody", "sure": "1"}
        answer = signs_in(job.cast.olive).post(f"/people/{job.cast.jo.pk}/hand-over/", form)
        assert answer.status_code == 422
        assert 'id="e-tasks"' in answer.content.decode()
        assert Member.objects.get(pk=job.cast.jo.pk).active

    def test_a_choice_that_is_none_is_said_at_its_field(self, job: Job, signs_in: SignsIn) -> None:
        form = {"steps": "everybody", "sure": "1"}
        answer = signs_in(job.cast.mark).post(f"/people/{job.cast.jo.pk}/hand-over/", form)
        assert answer.status_code == 422
        assert 'id="e-steps"' in answer.content.decode()


class TestSettings:
    def test_an_owner_changes_the_practice_and_others_read_it(self, job: Job, signs_in: SignsIn) -> None:
        form = {"name": "Acorn LLP", "time_zone": "Europe/Dublin", "calendar": "scotland", "weighted_progress": "1"}
        assert "A change counts from now on" in text_of(signs_in(job.cast.olive), "/settings/")
        assert signs_in(job.cast.olive).post("/settings/", form).status_code == 303
        assert "Acorn LLP" in text_of(signs_in(job.cast.jo), "/settings/")
        assert signs_in(job.cast.priya).post("/settings/", form | {"name": "Priya's"}).status_code == 403

    @pytest.mark.parametrize(("field", "value"), [("name", ""), ("time_zone", "Mars/Base"), ("calendar", "wales")])
    def test_nonsense_is_said_at_its_field(self, job: Job, signs_in: SignsIn, field: str, value: str) -> None:
        form = {"name": "Acorn LLP", "time_zone": "Europe/Dublin", "calendar": "scotland", "weighted_progress": "0"}
        answer = signs_in(job.cast.olive).post("/settings/", form | {field: value})
        assert answer.status_code == 422
        assert f'id="e-{field}"' in answer.content.decode()

    def test_a_token_is_shown_once_works_and_is_revoked(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.jo)
        made = browser.post("/settings/tokens/", {"name": "Reports", "scope": "read", "days": "30"}).content.decode()
        token = re.search(r"ntr_[\w-]+", made.split("Copy the token now")[1])
        assert token is not None
        called = Client().get("/api/v1/me", headers={"authorization": f"Bearer {token[0]}"})
        assert called.json()["name"] == "Jo Evans"
        page = text_of(browser, "/settings/tokens/")
        assert token[0] not in page
        number = re.search(r"/settings/tokens/(\d+)/revocation/", page)
        assert number is not None
        assert signs_in(job.cast.mark).post(f"/settings/tokens/{number[1]}/revocation/").status_code == 403
        browser.post(f"/settings/tokens/{number[1]}/revocation/")
        assert Client().get("/api/v1/me", headers={"authorization": f"Bearer {token[0]}"}).status_code == 401

    @pytest.mark.parametrize("days", ["0", "367", "soon", ""])
    def test_a_token_is_good_for_a_number_of_days(self, job: Job, signs_in: SignsIn, days: str) -> None:
        form = {"name": "Reports", "scope": "read", "days": days}
        answer = signs_in(job.cast.jo).post("/settings/tokens/", form)
        assert answer.status_code == 422
        assert "Reports" in answer.content.decode()
