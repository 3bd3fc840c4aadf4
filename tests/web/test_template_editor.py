"""The template editor through its forms: saved as one goes, refused with what was typed, without htmx as well."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations, queries
from natrium.domain.workflow import drafting
from natrium.domain.workflow.definition import Due, DueFrom, DueUnit, Rule, StepDefinition, Template, WaitsOn
from natrium.web.template_pages.forms import in_hours, minutes_of
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import ACCOUNTS, Job, a_job

type SignsIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def job(db: None) -> Job:
    """Return Acorn's job, whose template is edited."""
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


def draft(job: Job) -> Template:
    return queries.draft_page(by=signed_in(job.cast.mark), template_id=job.template_id).draft


def step(job: Job, key: str) -> StepDefinition:
    return drafting.step_of(draft(job), key)


def at(job: Job, rest: str = "") -> str:
    return f"/templates/{job.template_id}/draft/{rest}"


def keys(job: Job) -> dict[str, list[str]]:
    return {group.key: [one.key for one in group.steps] for group in draft(job).groups}


ROW = {
    "form": "row",
    "fields": "name assign estimate",
    "was-name": "Ask",
    "was-assign": "task_owner",
    "was-estimate": "15m",
}
ANYONE = ROW | {"name": "A", "assign": "unassigned", "estimate": "5m"}
MORE = {
    "form": "more",
    "fields": "due waits_on blocking required review approval filing after guidance",
    "due": "none",
    "due_unit": "days",
    "due_from": "target",
    "waits_on": "",
    "guidance": "",
}


class TestFields:
    def test_a_row_saves_name_person_and_estimate(self, job: Job, signs_in: SignsIn) -> None:
        said = ROW | {"name": "Ask for records", "assign": f"member:{job.cast.jo.email}", "estimate": "1h 15m"}
        answer = signs_in(job.cast.mark).post(at(job, "steps/ask/"), said)
        assert answer.status_code == 303
        found = step(job, "ask")
        assert (found.name, found.assign.email, found.estimate) == ("Ask for records", job.cast.jo.email, 75)

    def test_with_htmx_the_map_and_checks_come_back_and_rows_stay(self, job: Job, signs_in: SignsIn) -> None:
        said = ROW | {"name": "Draft", "assign": "unassigned", "estimate": ""}
        answer = signs_in(job.cast.mark).post(at(job, "steps/ask/"), said, headers=HTMX).content.decode()
        assert "Two steps are called “Draft”" in answer
        assert 'id="was-ask" hx-swap-oob' in answer
        assert 'id="n-ask"' not in answer

    def test_details_save_due_flags_waiting_and_guidance(self, job: Job, signs_in: SignsIn) -> None:
        said = MORE | {
            "due": "before", "due_days": "10", "due_unit": "working_days", "due_from": "statutory",
            "waits_on": "client", "blocking": "1", "filing": "1", "after": ["sign"], "guidance": "Look\r\ntwice",
        }  # fmt: skip
        assert signs_in(job.cast.mark).post(at(job, "steps/file/"), said).status_code == 303
        found = step(job, "file")
        assert found.due == Due(days=-10, unit=DueUnit.WORKING_DAYS, from_=DueFrom.STATUTORY)
        assert (found.waits_on, found.blocking, found.filing, found.review) == (WaitsOn.CLIENT, True, True, False)
        assert (found.after, found.guidance) == (("sign",), "Look\ntwice")

    @pytest.mark.parametrize(
        ("key", "said", "field", "words"),
        [
            ("ask", ANYONE | {"name": " "}, "name", "A name has 1 to 200"),
            ("ask", ANYONE | {"assign": "nobody"}, "assign", "Choose who does it"),
            (
                "ask",
                ANYONE | {"estimate": "soon"},
                "estimate",
                "Write a time such as",
            ),
            ("ask", MORE | {"due": "before", "due_days": "many"}, "due_days", "Days are a number"),
            ("ask", MORE | {"due_days": "7"}, "due_days", "Say whether these days are before or after a date."),
            ("ask", MORE | {"due": "after", "due_days": "1", "due_from": "never"}, "due_from", "which date it counts"),
            ("ask", MORE | {"waits_on": "the weather"}, "waits_on", "waits on the client"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
        self, job: Job, signs_in: SignsIn, key: str, said: dict[str, str], field: str, words: str
    ) -> None:
        answer = signs_in(job.cast.mark).post(at(job, f"steps/{key}/"), said)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page
        assert f'id="e-{field}-{key}"' in page
        assert draft(job) == ACCOUNTS
        if field == "estimate":
            assert 'value="soon"' in page

    def test_a_rule_of_law_is_chosen_by_its_title(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        browser.post(at(job, "steps/ask/"), MORE | {"due_rule": "ch.cs01"})
        assert step(job, "ask").due == Due(rule="ch.cs01")
        page = browser.get(at(job)).text
        assert "by law: Confirmation statement" in page
        both = browser.post(at(job, "steps/ask/"), MORE | {"due": "before", "due_days": "3", "due_rule": "ch.cs01"})
        assert (both.status_code, "not both" in both.text) == (422, True)
        assert step(job, "ask").due == Due(rule="ch.cs01")
        browser.post(at(job, "steps/ask/"), MORE | {"due_rule": "", "was-due_rule": "ch.cs01", "was-due": "none"})
        assert step(job, "ask").due is None

    def test_no_due_date_clears_the_days_that_were_there(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        browser.post(at(job, "steps/ask/"), MORE | {"due": "before", "due_days": "7"})
        assert step(job, "ask").due == Due(days=-7)
        said = MORE | {"due_days": "7", "was-due": "before", "was-due_days": "7", "was-due_unit": "days"}
        assert browser.post(at(job, "steps/ask/"), said | {"was-due_from": "target"}).status_code == 303
        assert step(job, "ask").due is None

    def test_a_colleague_s_change_of_the_same_field_is_not_written_over(self, job: Job, signs_in: SignsIn) -> None:
        said = ROW | {"name": "Ask nicely", "assign": "task_owner", "estimate": "15m"}
        signs_in(job.cast.priya).post(at(job, "steps/ask/"), said)
        late = ROW | {"name": "Ask firmly", "assign": "task_owner", "estimate": "15m"}
        answer = signs_in(job.cast.mark).post(at(job, "steps/ask/"), late)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Somebody else changed “Ask nicely”" in page
        assert 'value="Ask firmly"' in page
        assert step(job, "ask").name == "Ask nicely"

    def test_a_group_takes_name_order_and_gate(self, job: Job, signs_in: SignsIn) -> None:
        said = {"name": "Records", "order": "any"}
        assert signs_in(job.cast.mark).post(at(job, "groups/gather/"), said).status_code == 303
        group = drafting.group_of(draft(job), "gather")
        assert (group.name, group.order.value, group.gate) == ("Records", "any", False)

    def test_the_whole_is_named_and_a_name_that_is_taken_is_refused(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        assert browser.post(at(job, "details/"), {"name": "Year end", "description": "Companies"}).status_code == 303
        assert (draft(job).name, draft(job).description) == ("Year end", "Companies")
        assert browser.post(at(job, "details/"), {"name": "", "description": "kept"}).status_code == 422


class TestRows:
    def test_steps_and_groups_are_added(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        browser.post(at(job, "groups/gather/steps/"), {"name": "Chase"})
        added = browser.post(at(job, "groups/"), {"name": "After care"})
        assert added["Location"].endswith("/draft/#add-after-care")
        answer = browser.post(at(job, "groups/"), {"name": "Beyond"}, headers=HTMX).content.decode()
        assert re.findall(r'id="([^"]+)"[^>]* autofocus', answer) == ["add-beyond"]
        assert keys(job)["gather"] == ["ask", "receive", "chase"]
        assert keys(job)["after-care"] == []
        answer = browser.post(at(job, "groups/gather/steps/"), {"name": "x" * 300})
        assert answer.status_code == 422
        assert "x" * 300 in answer.content.decode()

    @pytest.mark.parametrize(
        ("key", "said", "group", "expected"),
        [
            ("ask", {"to": "down"}, "gather", ["receive", "ask"]),
            ("receive", {"to": "down"}, "prepare", ["receive", "draft", "notes", "check"]),
            ("draft", {"to": "up"}, "gather", ["ask", "receive", "draft"]),
            ("ask", {"to": "up"}, "gather", ["ask", "receive"]),
            ("file", {"to": "down"}, "finish", ["sign", "approve", "file"]),
            ("file", {"group": "gather", "position": "0"}, "gather", ["file", "ask", "receive"]),
        ],
    )
    def test_a_step_moves(
        self, job: Job, signs_in: SignsIn, key: str, said: dict[str, str], group: str, expected: list[str]
    ) -> None:
        assert signs_in(job.cast.mark).post(at(job, f"steps/{key}/place/"), said).status_code == 303
        assert keys(job)[group] == expected

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ({"to": "down"}, ["prepare", "gather", "finish"]),
            ({"to": "up"}, ["gather", "prepare", "finish"]),
            ({"position": "2"}, ["prepare", "finish", "gather"]),
        ],
    )
    def test_a_group_moves(self, job: Job, signs_in: SignsIn, said: dict[str, str], expected: list[str]) -> None:
        assert signs_in(job.cast.mark).post(at(job, "groups/gather/place/"), said).status_code == 303
        assert list(keys(job)) == expected

    def test_what_is_removed_is_put_back_by_the_toast(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        answer = browser.post(at(job, "groups/prepare/removal/"), headers=HTMX).content.decode()
        assert "Removed: Prepare" in answer
        assert "prepare" not in keys(job)
        rev = re.search(r'name="rev" value="(\d+)"', answer)
        text = re.search(r'name="draft" value="([^"]*)"', answer)
        assert rev is not None
        assert text is not None
        before = text[1].replace("&#34;", '"').replace("&#39;", "'").replace("&gt;", ">").replace("&amp;", "&")
        browser.post(at(job, "steps/ask/removal/"))
        assert browser.post(at(job, "restored/"), {"rev": rev[1], "draft": before}).status_code == 409
        now = str(queries.draft_page(by=signed_in(job.cast.mark), template_id=job.template_id).rev)
        assert browser.post(at(job, "restored/"), {"rev": now, "draft": before}).status_code == 303
        assert draft(job) == ACCOUNTS

    def test_a_step_that_is_gone_is_said_to_be_gone(self, job: Job, signs_in: SignsIn) -> None:
        answer = signs_in(job.cast.mark).post(at(job, "steps/nothing/removal/"))
        assert answer.status_code == 422
        assert signs_in(job.cast.mark).get(at(job, "steps/nothing/")).status_code == 404


class TestPublishing:
    def test_the_page_says_what_changes_and_then_it_is_the_newest(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        browser.post(at(job, "steps/notes/removal/"))
        browser.post(at(job, "steps/ask/"), ROW | {"name": "Ask", "assign": "client_manager", "estimate": "45m"})
        address = f"/templates/{job.template_id}/publication/"
        page = browser.get(address).content.decode()
        for words in ("Removed “Notes”", "“Ask”: who Task owner → Client manager", "“Ask”: estimate 15m → 45m"):
            assert words in page
        assert browser.post(address, {"note": "Less to do"}).status_code == 303
        shown = browser.get(f"/templates/{job.template_id}/versions/?from=1&to=2").content.decode()
        assert "Removed “Notes”" in shown
        assert "Less to do" in shown

    def test_with_a_loop_it_is_not_published_and_the_loop_is_named(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        browser.post(at(job, "steps/ask/"), MORE | {"after": ["file"]})
        page = browser.get(f"/templates/{job.template_id}/publication/").content.decode()
        assert "Ask" in page
        assert "Publish version 2</button>" not in page
        assert browser.post(f"/templates/{job.template_id}/publication/").status_code == 422

    def test_an_earlier_version_becomes_the_draft_and_a_draft_is_discarded(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        browser.post(at(job, "steps/notes/removal/"))
        browser.post(f"/templates/{job.template_id}/publication/")
        browser.post(f"/templates/{job.template_id}/versions/1/draft/")
        assert draft(job) == ACCOUNTS
        browser.post(at(job, "discarded/"))
        assert "notes" not in keys(job)["prepare"]

    def test_archive_copy_and_file(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        assert browser.post(f"/templates/{job.template_id}/copies/").status_code == 303
        file = browser.get(f"/templates/{job.template_id}/file/")
        assert file["Content-Disposition"].startswith("attachment")
        assert file.content.decode().startswith("natrium: template/1\nname: Accounts")
        browser.post(f"/templates/{job.template_id}/archive/")
        assert "Take out of the archive" in browser.get(f"/templates/{job.template_id}/").content.decode()
        assert browser.post(at(job, "groups/"), {"name": "More"}).status_code == 422
        browser.post(f"/templates/{job.template_id}/archive/", {"out": "1"})
        assert "/draft/" in browser.get(f"/templates/{job.template_id}/").content.decode()


class TestBeginning:
    def test_from_scratch(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        made = browser.post("/templates/drafts/", {"name": "Probate", "description": ""})
        assert re.fullmatch(r"/templates/\d+/draft/", made["Location"])
        again = browser.post("/templates/drafts/", {"name": "Probate", "description": "Estates"})
        assert again.status_code == 409
        assert "Estates" in again.content.decode()

    def test_from_the_library(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        page = browser.get("/templates/new/").content.decode()
        slug = re.search(r"/library/([a-z-]+)/template/", page)
        assert slug is not None
        assert browser.post(f"/library/{slug[1]}/template/").status_code == 303
        assert f"/library/{slug[1]}/" not in browser.get("/templates/new/").content.decode()
        assert browser.post("/library/nothing/template/").status_code == 404

    def test_from_a_file_or_with_every_line_that_is_wrong(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        good = browser.get(f"/templates/{job.template_id}/file/").content.replace(
            b"name: Accounts", b"name: From a file", 1
        )
        taken = browser.post("/templates/files/", {"file": SimpleUploadedFile("a.yaml", good)})
        assert taken.status_code == 303
        bad = browser.post(
            "/templates/files/", {"file": SimpleUploadedFile("b.yaml", b"natrium: template/1\nnom: X\n")}
        )
        assert bad.status_code == 422
        assert "Line 2" in bad.content.decode()
        assert browser.post("/templates/files/").status_code == 422

    def test_from_a_job(self, job: Job, signs_in: SignsIn) -> None:
        made = signs_in(job.cast.mark).post(f"/workflows/{job.workflow_id}/template/")
        number = re.fullmatch(r"/templates/(\d+)/draft/", made["Location"])
        assert number is not None
        found = queries.draft_page(by=signed_in(job.cast.mark), template_id=int(number[1])).draft
        assert found.groups == ACCOUNTS.groups


def test_juniors_read_and_do_not_write(job: Job, signs_in: SignsIn) -> None:
    jo = signs_in(job.cast.jo)
    for address in (at(job), "/templates/new/", f"/templates/{job.template_id}/publication/"):
        assert jo.get(address).status_code == 403
    assert jo.post(at(job, "steps/ask/removal/")).status_code == 403
    assert draft(job) == ACCOUNTS
    assert "/draft/" not in jo.get(f"/templates/{job.template_id}/").content.decode()


def test_a_stranger_finds_no_template(job: Job, signs_in: SignsIn) -> None:
    ben = signs_in(job.cast.ben)
    for address in (at(job), at(job, "steps/ask/"), f"/templates/{job.template_id}/versions/"):
        assert ben.get(address).status_code == 404
    for address in (at(job, "details/"), at(job, "groups/"), at(job, "steps/ask/removal/")):
        assert ben.post(address, {"name": "Mine"}).status_code == 404


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", None),
        ("45m", 45),
        ("45", 45),
        ("1h", 60),
        ("1h 30m", 90),
        ("1h30", 90),
        ("1:30", 90),
        ("1.5h", 90),
        ("0", 0),
    ],
)
def test_a_time_is_written_as_people_write_it(text: str, minutes: int | None) -> None:
    assert minutes_of(text) == minutes
    assert minutes_of(in_hours(minutes)) == minutes


def test_a_named_member_who_left_is_still_shown(job: Job, signs_in: SignsIn) -> None:
    mark = signed_in(job.cast.mark)
    assign = drafting.step_of(ACCOUNTS, "ask").assign
    assert assign.rule is Rule.TASK_OWNER
    operations.change_draft_step(
        by=mark, at=NOW, template_id=job.template_id, key="ask",
        changes={"assign": type(assign)(rule=Rule.MEMBER, email=job.cast.lea.email)},
    )  # fmt: skip
    page = signs_in(job.cast.mark).get(at(job)).content.decode()
    assert f"{job.cast.lea.email}, who has left" in page
    assert "is not an active member" in page
