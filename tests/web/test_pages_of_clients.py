"""Pages of clients: found, made, changed; what is wrong is said at its field; what follows is said before it does."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from natrium.apps.clients import queries as clients
from natrium.apps.practices.models import Member
from natrium.apps.workflows import queries
from natrium.domain.errors import NotFound
from natrium.domain.workflow.actions import Wait
from natrium.domain.workflow.definition import Due, Template, WaitsOn
from natrium.web.clients.timeline import year_of
from tests.builders import NOW, a_client, signed_in
from tests.integration.apps.workflows.jobs import Job, a_job, all_well, counted, group, step

type SignsIn = Callable[[Member], Client]


@pytest.fixture
def job(db: None) -> Job:
    """Return Acorn's job for Widget Ltd."""
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


def detail(job: Job, client_id: int = 0) -> clients.ClientDetail:
    return clients.client(practice_id=job.cast.acorn.pk, client_id=client_id or job.client.pk)


FORM = {"name": "Harbour Café Ltd", "kind": "limited_company", "company_number": "8114236", "vat_number": "123 4567 89"}


class TestFinding:
    def test_by_name_reference_kind_and_whose_they_are(self, job: Job, signs_in: SignsIn) -> None:
        a_client(job.cast.acorn, name="Quarry Trust", kind="trust", fields={"reference": "Q77"})
        browser = signs_in(job.cast.mark)

        def shown(query: str) -> tuple[bool, bool]:
            page = browser.get(f"/clients/{query}").content.decode()
            return "Widget Ltd" in page, "Quarry Trust" in page

        assert shown("") == (True, True)
        assert shown("?q=widg") == (True, False)
        assert shown("?q=q77") == (False, True)
        assert shown("?kind=trust") == (False, True)
        assert shown("?mine=1") == (True, False)
        assert "No client is like that" in browser.get("/clients/?q=nobody").content.decode()
        assert ">2 clients.<" in browser.get("/clients/").content.decode()
        assert ">1 client found.<" in browser.get("/clients/?q=q77").content.decode()
        assert ">0 clients found.<" in browser.get("/clients/?q=nobody").content.decode()

    def test_fifty_at_a_time_and_as_many_statements_for_many(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)

        def statements() -> int:
            with counted() as seen:
                browser.get("/clients/")
            return len(seen)

        few = statements()
        for number in range(60):
            a_client(job.cast.acorn, name=f"Client {number:03}")
        assert statements() == few
        first = browser.get("/clients/").content.decode()
        assert "11 more" in first
        assert ">61 clients.<" in first
        assert "Client 049" in first
        assert "Client 050" not in first
        following = first.split('name="after" value="')[1].split('"')[0]
        rest = browser.get("/clients/", {"after": following}).content.decode()
        assert "Client 050" in rest
        assert "Widget Ltd" in rest
        assert browser.get("/clients/?after=nonsense").status_code == 200


class TestMaking:
    def test_numbers_are_kept_as_authorities_write_them(self, job: Job, signs_in: SignsIn) -> None:
        said = FORM | {"year_end_month": "2", "year_end_is_last_day": "1", "manager_id": str(job.cast.mark.pk)}
        made = signs_in(job.cast.mark).post("/clients/new/", said)
        assert made.status_code == 303
        found = detail(job, int(made["Location"].split("/")[2]))
        assert (found.company_number, found.vat_number) == ("08114236", "GB123456789")
        assert (found.year_end_month, found.year_end_day, found.year_end_is_last_day) == (2, 28, True)
        assert found.line.manager == "Mark Reed"
        page = signs_in(job.cast.jo).get(made["Location"]).content.decode()
        assert "last day of February" in page

    @pytest.mark.parametrize(
        ("said", "field", "words"),
        [
            ({"name": " "}, "name", "A client needs a name"),
            ({"kind": "shop"}, "kind", "The kind is one of"),
            ({"company_number": "12"}, "company_number", "A company number has eight digits"),
            ({"email": "not-an-email"}, "email", "“not-an-email” is not an e-mail address"),
            ({"company_number": "nothing"}, "company_number", "A company number has eight digits"),
            ({"kind": "individual"}, "company_number", "which has no company number"),
            ({"utr": "123"}, "utr", "A UTR has ten digits"),
            ({"vat_number": "12"}, "vat_number", "A VAT number has nine digits"),
            ({"year_end_day": "31"}, "year_end_month", "A year end has a month"),
            ({"year_end_month": "4", "year_end_day": "31"}, "year_end_day", "is a day of that month"),
            ({"year_end_month": "4", "year_end_day": ""}, "year_end_day", "Say the day of the year end"),
            ({"manager_id": "somebody"}, "manager_id", "Choose somebody"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, job: Job, signs_in: SignsIn, said: dict[str, str], field: str, words: str
    ) -> None:
        answer = signs_in(job.cast.mark).post("/clients/new/", FORM | said)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page
        assert f'id="e-{field}"' in page
        assert "123 4567 89" in page or field == "vat_number"

    def test_a_reference_that_another_has_is_refused(self, job: Job, signs_in: SignsIn) -> None:
        a_client(job.cast.acorn, name="First", fields={"reference": "A1"})
        answer = signs_in(job.cast.mark).post("/clients/new/", FORM | {"reference": "A1"})
        assert answer.status_code == 409
        assert "Another client has the reference A1" in answer.content.decode()


class TestChanging:
    def test_the_form_shows_what_is_and_saves_what_is_said(self, job: Job, signs_in: SignsIn) -> None:
        browser, address = signs_in(job.cast.mark), f"/clients/{job.client.pk}/edit/"
        assert 'value="Widget Ltd"' in browser.get(address).content.decode()
        assert browser.post(address, FORM | {"notes": "Ring before *eight*."}).status_code == 303
        assert (detail(job).line.name, detail(job).notes) == ("Harbour Café Ltd", "Ring before *eight*.")
        assert "<em>eight</em>" in browser.get(f"/clients/{job.client.pk}/").content.decode()

    def test_a_stale_form_loses_nothing(self, job: Job, signs_in: SignsIn) -> None:
        address = f"/clients/{job.client.pk}/edit/"
        rev = str(detail(job).rev)
        signs_in(job.cast.priya).post(address, FORM | {"rev": rev, "phone": "0161 496 0000"})
        late = FORM | {"rev": rev, "phone": "", "notes": "Typed for an hour"}
        answer = signs_in(job.cast.mark).post(address, late)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Phone is “0161 496 0000” now" in page
        assert "Typed for an hour" in page
        assert detail(job).phone == "0161 496 0000"

    def test_former_clients_are_shown_where_asked(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.mark)
        browser.post(f"/clients/{job.client.pk}/edit/", FORM | {"inactive": "1"})
        assert "Harbour" not in browser.get("/clients/").content.decode()
        assert "Harbour" in browser.get("/clients/?all=1").content.decode()

    def test_what_will_follow_is_said_and_then_follows(self, job: Job, signs_in: SignsIn) -> None:
        browser, address = signs_in(job.cast.mark), f"/clients/{job.client.pk}/people/"
        said = {"manager_id": str(job.cast.jo.pk), "partner_id": ""}
        page = browser.post(address, said).content.decode()
        assert "Jo Evans becomes manager: 1 open step goes along." in page
        assert "Nobody becomes partner: 1 open step goes along, unassigned." in page
        assert job.holder("check") == "Mark Reed"
        assert browser.post(address, said | {"sure": "1"}).status_code == 303
        assert (job.holder("check"), job.holder("sign")) == ("Jo Evans", "")
        all_well()

    def test_a_leaver_is_not_made_a_manager(self, job: Job, signs_in: SignsIn) -> None:
        said = {"manager_id": str(job.cast.lea.pk), "partner_id": "", "sure": "1"}
        answer = signs_in(job.cast.mark).post(f"/clients/{job.client.pk}/people/", said)
        assert answer.status_code == 422
        assert 'id="e-manager_id"' in answer.content.decode()

    def test_contacts_and_facts_are_added_and_refused_at_their_field(self, job: Job, signs_in: SignsIn) -> None:
        browser, at = signs_in(job.cast.mark), f"/clients/{job.client.pk}/"
        assert browser.post(f"{at}contacts/", {"name": "Sam Hill", "role": "Director"}).status_code == 303
        fact = {"field": "vat_stagger", "value": "2", "from_date": "2026-01-01"}
        assert browser.post(f"{at}facts/", fact).status_code == 303
        page = browser.get(at).content.decode()
        assert "Sam Hill" in page
        assert "January, April, July, October" in page
        bad = browser.post(f"{at}contacts/", {"name": "", "role": "Kept role"})
        assert bad.status_code == 422
        assert "Kept role" in bad.content.decode()

    def test_facts_are_refused_at_their_field_with_what_was_typed(self, job: Job, signs_in: SignsIn) -> None:
        browser, at = signs_in(job.cast.mark), f"/clients/{job.client.pk}/facts/"
        fact = {"field": "pay_dates", "value": "day 25", "from_date": "2026-01-01"}
        for field, value in (("from_date", "soon"), ("value", " "), ("value", "when we like")):
            answer = browser.post(at, fact | {field: value})
            assert answer.status_code == 422
            page = answer.content.decode()
            assert f'id="e-pay_dates-{field}"' in page
            assert all(f'value="{typed}"' in page for name, typed in fact.items() if name not in (field, "field"))
        assert "A client has no fact “mood”." in browser.post(at, fact | {"field": "mood"}).content.decode()
        assert browser.post(at, fact).status_code == 303
        assert browser.post(at, fact | {"value": "last Friday", "from_date": "2027-01-01"}).status_code == 303
        page = browser.get(at).content.decode()
        assert "day 25" in page
        assert "last Friday, from " in page

    def test_facts_that_fit_the_kind_come_first_and_each_says_which_rules_ask_for_it(
        self, job: Job, signs_in: SignsIn
    ) -> None:
        page = signs_in(job.cast.vera).get(f"/clients/{job.client.pk}/facts/").content.decode()
        first, others = page.split("Facts of other kinds of client")
        assert 'id="fact-incorporated"' in first
        assert "For First accounts to Companies House" in first
        assert 'id="fact-corporate_partner"' in others
        assert "<form" not in first[first.index("factlist") :], "a viewer reads"

    def test_a_fact_of_the_page_dates_steps_and_says_how_many(self, job: Job, signs_in: SignsIn) -> None:
        template = job.publish(
            Template(name="Law", groups=(group("g", step("a", due=Due(rule="ch.accounts.annual"))),))
        )
        period = {"period_start": date(2026, 4, 1), "period_end": date(2027, 3, 31)}
        task = job.task(**period)
        job.attach(task, template)
        browser = signs_in(job.cast.mark)
        before = browser.get(f"/tasks/{task}/").content.decode()
        assert "Not reckoned. Missing: the client’s “Incorporated”: the date of incorporation." in before
        born = {"field": "incorporated", "value": "2004-03-23"}
        answer = browser.post(f"/clients/{job.client.pk}/facts/", born, follow=True)
        assert "Incorporated is kept. 1 due date moved along." in answer.content.decode()
        after = browser.get(f"/tasks/{task}/").content.decode()
        assert "By law: Accounts to Companies House. 31 Dec 2027: 9 months after the year end, 31 Mar 2027." in after
        record = browser.get(f"/clients/{job.client.pk}/").content.decode()
        assert "set the fact “Incorporated”" in record


class TestOneClient:
    def test_tasks_what_they_owe_and_the_record(self, job: Job, signs_in: SignsIn) -> None:
        job.act(job.cast.jo, Wait("ask", "The bank letter", WaitsOn.CLIENT))
        page = signs_in(job.cast.vera).get(f"/clients/{job.client.pk}/").content.decode()
        assert "They owe us 1 thing." in page
        assert "Accounts 2027" in page
        assert "Olive Grant added the client" in page
        assert "/edit/" not in page
        assert "added the client" in signs_in(job.cast.vera).get(f"/clients/{job.client.pk}/record/").content.decode()

    def test_it_takes_as_many_statements_for_many_tasks(self, job: Job) -> None:
        def statements() -> int:
            with counted() as seen:
                queries.client_page(by=signed_in(job.cast.mark), at=NOW, client_id=job.client.pk)
            return len(seen)

        few = statements()
        for number in range(40):
            job.attach(job.task(f"Task {number}"))
        assert statements() == few == 8

    def test_another_practice_s_client_does_not_exist(self, job: Job, signs_in: SignsIn) -> None:
        assert signs_in(job.cast.ben).get(f"/clients/{job.client.pk}/").status_code == 404
        with pytest.raises(NotFound):
            queries.client_page(by=signed_in(job.cast.ben), at=NOW, client_id=job.client.pk)


class TestTimeline:
    def test_bars_run_from_the_period_s_end_to_the_statutory_date(self, job: Job) -> None:
        job.task("VAT", service="VAT return", period_end=date(2026, 10, 31), statutory_date=date(2026, 12, 7))
        page = queries.client_page(by=signed_in(job.cast.mark), at=NOW, client_id=job.client.pk)
        year = year_of(page.tasks, NOW.date())
        lanes = {lane.name: lane for lane in year.lanes}
        assert year.months[0][1] == "Oct 26"
        assert len(year.months) == 13
        [bar] = lanes["VAT return"].bars
        assert bar.words == "VAT: not started, due 7 Dec 2026"
        assert 0 < bar.x < bar.x + bar.width <= year.width
        assert bar.x < year.today_x < bar.x + bar.width

    @pytest.mark.parametrize("days", [-400, -40, 0, 1, 200, 365, 900])
    def test_no_bar_leaves_the_picture(self, job: Job, days: int) -> None:
        job.task("Odd", service="Odd", statutory_date=NOW.date() + timedelta(days=days), target_date=None)
        page = queries.client_page(by=signed_in(job.cast.mark), at=NOW, client_id=job.client.pk)
        for lane in year_of(page.tasks, NOW.date()).lanes:
            for bar in lane.bars:
                assert bar.x >= 150
                assert bar.x + bar.width <= 760 + 18

    @pytest.mark.parametrize(
        ("title", "says"),
        [
            ("Annual accounts y/e 31 Mar", "y/e 31 Mar"),
            ("Annual accounts", "Annual accounts"),
            ("Annual accounts for the bank, twelve months to 31 March 2026 and comparatives", "for the bank…"),
        ],
    )
    def test_a_bar_says_what_its_lane_does_not_in_whole_words(self, job: Job, title: str, says: str) -> None:
        job.task(title, service="Annual Accounts", period_end=date(2026, 10, 31), statutory_date=date(2026, 12, 31))
        page = queries.client_page(by=signed_in(job.cast.mark), at=NOW, client_id=job.client.pk)
        lanes = {lane.name: lane for lane in year_of(page.tasks, NOW.date()).lanes}
        assert [bar.text for bar in lanes["Annual Accounts"].bars] == [says]


def test_a_contact_is_changed_and_removed_on_the_page(job: Job, signs_in: SignsIn) -> None:
    mark, at = signs_in(job.cast.mark), f"/clients/{job.client.pk}/"
    mark.post(f"{at}contacts/", {"name": "Ada Hill", "role": "director"})
    mark.post(f"{at}contacts/", {"name": "Bob Hill"})
    ada, bob = (one.id for one in detail(job).contacts)
    refused = mark.post(f"{at}contacts/{ada}/", {"name": " ", "email": "ada@widget.example"})
    text = refused.content.decode()
    assert (refused.status_code, text.count("A contact needs a name."), text.count('aria-invalid="true"')) == (
        422,
        1,
        1,
    )
    assert text.count('value="ada@widget.example"') == 1
    assert mark.post(f"{at}contacts/{ada}/", {"name": "Ada Hall", "email": "ada@widget.example"}).status_code == 303
    assert mark.post(f"{at}contacts/{bob}/removal/").status_code == 303
    [left] = detail(job).contacts
    assert (left.name, left.email, left.role) == ("Ada Hall", "ada@widget.example", "")
    record = mark.get(f"{at}record/").content.decode()
    assert "Mark Reed changed the contact Ada Hall: e-mail, name and role" in record
    assert "Mark Reed removed the contact Bob Hill" in record
    assert mark.post(f"{at}contacts/{bob}/removal/").status_code == 404
    assert "/removal/" not in signs_in(job.cast.jo).get(at).content.decode()
    all_well()


class TestNotes:
    def test_a_note_is_left_and_read_without_scripts(self, job: Job, signs_in: SignsIn) -> None:
        browser, at = signs_in(job.cast.jo), f"/clients/{job.client.pk}/"
        assert "Nobody has left a note yet" in browser.get(at).content.decode()
        answer = browser.post(f"{at}notes/", {"text": "Rings <b>before</b> 8:30, @Mark Reed"})
        assert (answer.status_code, answer["Location"]) == (303, f"{at}#notes")
        page = browser.get(at).content.decode()
        assert 'Rings &lt;b&gt;before&lt;/b&gt; 8:30, <span class="at">@Mark Reed</span>' in page

    def test_what_is_refused_stays_where_it_was_typed(self, job: Job, signs_in: SignsIn) -> None:
        browser, at = signs_in(job.cast.jo), f"/clients/{job.client.pk}/"
        long = "y" * 20_001
        for headers in ({}, {"HX-Request": "true"}):
            answer = browser.post(f"{at}notes/", {"text": long}, headers=headers)
            page = answer.content.decode()
            assert (answer.status_code, page.count("20,001"), page.count(long)) == (422, 1, 1)
            assert ("<h1" in page) is not bool(headers)

    def test_htmx_gets_the_notes_alone(self, job: Job, signs_in: SignsIn) -> None:
        browser = signs_in(job.cast.jo)
        answer = browser.post(
            f"/clients/{job.client.pk}/notes/", {"text": "Rings early"}, headers={"HX-Request": "true"}
        )
        page = answer.content.decode()
        assert answer.status_code == 200
        assert page.lstrip().startswith('<section id="notes"')
        assert ("Rings early" in page, "<h1" in page) == (True, False)

    def test_a_viewer_reads_and_writes_none(self, job: Job, signs_in: SignsIn) -> None:
        vera, at = signs_in(job.cast.vera), f"/clients/{job.client.pk}/"
        signs_in(job.cast.jo).post(f"{at}notes/", {"text": "Rings early"})
        page = vera.get(at).content.decode()
        assert ("Rings early" in page, 'id="client-note"' in page) == (True, False)
        answer = vera.post(f"{at}notes/", {"text": "Hello"})
        assert (answer.status_code, "You are a viewer" in answer.content.decode()) == (403, True)

    def test_older_ones_are_in_the_record(self, job: Job, signs_in: SignsIn) -> None:
        browser, at = signs_in(job.cast.mark), f"/clients/{job.client.pk}/"
        for number in range(11):
            browser.post(f"{at}notes/", {"text": f"Note {number}."})
        page = browser.get(at).content.decode()
        assert ("Note 0." in page, "Note 1." in page, "?kind=notes" in page) == (False, True, True)
        browser.post(f"{at}contacts/", {"name": "Ada Hill"})
        whole, notes = (browser.get(f"{at}record/{query}").content.decode() for query in ("", "?kind=notes"))
        assert ("Note 0." in whole, "Ada Hill" in whole) == (True, True)
        assert ("Note 0." in notes, "Ada Hill" in notes) == (True, False)
