"""Pages of services: the sentence with its words, the next dates before anything is kept, and what is refused."""

import re
from typing import Any

import pytest
from django.test import Client

from natrium.apps.catalogue import operations, queries
from natrium.apps.clients import operations as clients
from natrium.apps.database import sql
from natrium.web.services import recurring
from tests.builders import NOW, signed_in
from tests.journeys.world import World
from tests.web.conftest import As
from tests.web.forms import fields

VAT = "VAT Return"
# A field, what is typed there, the word whose small form has it, and a piece of what is said.
WRONG = [
    ("target", "many", "target", "Give a whole number of days"),
    ("title", "{nonsense}", "title", "is unknown"),
    ("title", "", "title", "has a title"),
    ("owner", "member:x", "owner", "whose tasks they are"),
    ("template2", "x", "workflows", "Choose a workflow"),
    ("label1", "", "dates", "Name the date"),
    ("create_side", "beside", "create", "before or after"),
    ("anchor", "event", "due", "What happens once"),
    ("catch_up", "", "catch-up", "that were missed"),
    ("mode", "sometimes", "mode", "when the next one comes"),
]


@pytest.fixture
def vat(world: World) -> int:
    """Return the VAT service of the practice, taken as it comes."""
    return operations.take_ready_service(by=signed_in(world.cast.mark), at=NOW, key=VAT)


@pytest.fixture
def mark(world: World, as_: As) -> Client:
    """Return a manager's browser."""
    return as_(world.cast.mark)


def stagger(world: World, value: str = "2") -> None:
    """The client's VAT quarters are known."""
    clients.set_fact(
        by=signed_in(world.cast.mark), at=NOW, client_id=world.client.pk, field="vat_stagger", value=value,
        from_date=NOW.date().replace(year=2020),
    )  # fmt: skip


def kept(world: World, service_id: int) -> Any:
    """The one recurring task as it is kept."""
    [line] = queries.service_page(by=signed_in(world.cast.mark), service_id=service_id).recurring
    return line


def form(world: World, service_id: int) -> tuple[str, dict[str, str]]:
    """The address that keeps the card, and every field of it."""
    line = kept(world, service_id)
    return f"/services/{service_id}/tasks/{line.id}/", {"rev": str(line.rev), **recurring.said(line.facts)}


def test_there_is_nothing_at_first_and_then_what_was_taken(mark: Client) -> None:
    assert "No services yet" in mark.get("/services/").content.decode()
    answer = mark.post("/services/ready/", {"key": VAT})
    assert answer.status_code == 303
    page = mark.get("/services/").content.decode()
    assert f'href="{answer["Location"]}"' in page
    assert "1 service, 0 engagements." in page
    assert "Yours already" in mark.get("/services/new/").content.decode()
    assert mark.post("/services/ready/", {"key": VAT})["Location"] == answer["Location"]


def test_all_27_ready_services_are_offered_with_their_sentences(mark: Client) -> None:
    page = mark.get("/services/new/").content.decode()
    assert page.count('name="key"') == 27
    assert "Every 3 months, by the client’s VAT stagger. Due by law: VAT return and payment." in page
    assert "workflow Annual Accounts (short)" in page


def test_an_empty_service_opens_where_its_first_recurring_task_is_written(mark: Client) -> None:
    answer = mark.post("/services/new/", {"name": "Company secretarial"})
    page = mark.get(answer["Location"]).content.decode()
    assert "Add recurring task" in page
    assert 'name="anchor" value="calendar"' in page
    again = mark.post("/services/new/", {"name": "company SECRETARIAL", "description": "Kept"})
    assert again.status_code == 409
    assert "already" in again.content.decode()
    assert 'value="Kept"' in again.content.decode()


def test_the_card_is_the_sentence_with_words_that_open_small_forms(mark: Client, vat: int) -> None:
    page = mark.get(f"/services/{vat}/").content.decode()
    words = re.findall(r'name="word" value="([\w-]+)"', page)
    assert words == [
        "often", "anchor", "due", "dates", "target", "create", "title", "owner", "workflows", "catch-up", "mode",
    ]  # fmt: skip
    assert 'name="target"' in page
    opened = mark.get(f"/services/{vat}/", {"word": "target"}).content.decode()
    assert '<input class="input short" type="number" inputmode="numeric" min="0" name="target"' in opened
    assert 'aria-expanded="true"' in opened


def test_the_next_dates_are_shown_before_anything_is_kept(world: World, mark: Client, vat: int) -> None:
    stagger(world)
    before = kept(world, vat)
    asked = {"client": str(world.client.pk), "word": "target", "target": "10", "target_unit": "days"}
    page = mark.get(f"/services/{vat}/", asked).content.decode()
    assert ">10 days before<" in page
    assert "Not saved yet." in page
    assert page.count("<tr>") == 1 + 6
    assert "after the end of the VAT period" in page
    assert kept(world, vat) == before
    assert sql.value("SELECT COUNT(*) FROM catalogue_occurrence") == 0


def test_what_is_shown_is_what_is_kept(world: World, mark: Client, vat: int) -> None:
    address, said = form(world, vat)
    typed = said | {"target": "10", "target_unit": "days", "owner": f"member:{world.cast.jo.pk}", "create": "3"}
    answer = mark.post(address, typed)
    assert answer.status_code == 303
    facts = kept(world, vat).facts
    assert facts.schedule["target"] == {"days": 10, "unit": "days"}
    assert facts.schedule["create"]["days"] == 3
    assert facts.owner_member_id == world.cast.jo.pk
    assert mark.post(address, form(world, vat)[1]).status_code == 303
    assert kept(world, vat).facts == facts, "the same again changes nothing"


def test_a_word_alone_changes_only_itself(world: World, mark: Client, vat: int) -> None:
    address, _ = form(world, vat)
    before = kept(world, vat).facts
    assert mark.post(address, {"catch_up": "latest_only"}).status_code == 303
    after = kept(world, vat).facts
    assert (after.catch_up, after.schedule, after.template_ids) == (
        "latest_only", before.schedule, before.template_ids,
    )  # fmt: skip


def test_a_missing_fact_is_said_and_leads_to_the_clients_facts(world: World, mark: Client, vat: int) -> None:
    page = mark.get(f"/services/{vat}/", {"client": str(world.client.pk)}).content.decode()
    assert "Missing: the client’s “VAT quarters end”" in page
    assert f'href="/clients/{world.client.pk}/facts/"' in page
    assert "<tr>" not in page


def test_what_makes_no_sense_is_said_at_its_field_with_everything_typed_kept(
    world: World, mark: Client, vat: int
) -> None:
    for wrong in WRONG:
        refused_at_its_field(world, mark, vat, wrong)


def refused_at_its_field(world: World, mark: Client, vat: int, wrong: tuple[str, str, str, str]) -> None:
    """What is typed is refused as it is kept, and said as it is looked at."""
    (field, value, word, words), (address, said) = wrong, form(world, vat)
    typed = said | {"create": "7", field: value}
    answer = mark.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'name="open" value="{word}"' in page
    assert 'aria-invalid="true"' in page
    assert fields(page, address)["create"] == "7"
    assert kept(world, vat).facts.schedule["create"]["days"] == 1
    preview = mark.get(f"/services/{vat}/", {"task": str(kept(world, vat).id), field: value, "create": "7"})
    assert preview.status_code == 200
    assert words in preview.content.decode()


def test_who_was_slower_keeps_what_they_typed(world: World, mark: Client, vat: int) -> None:
    address, said = form(world, vat)
    mark.post(address, said | {"create": "2"})
    answer = mark.post(address, said | {"create": "9"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "save again to keep it" in page
    found = fields(page, address)
    assert (found["create"], found["rev"]) == ("9", str(kept(world, vat).rev))
    assert mark.post(address, found).status_code == 303
    assert kept(world, vat).facts.schedule["create"]["days"] == 9


def test_a_further_recurring_task_is_seen_before_it_is_added(world: World, mark: Client, vat: int) -> None:
    page = mark.get(f"/services/{vat}/", {"task": "new", "like": "Annual Accounts"}).content.decode()
    assert "Accounts to Companies House" in page
    said = fields(page, f"/services/{vat}/tasks/")
    assert mark.post(f"/services/{vat}/tasks/", said | {"title": "Scheme review {period_end:%Y}"}).status_code == 303
    lines = queries.service_page(by=signed_in(world.cast.mark), service_id=vat).recurring
    assert [line.facts.title_pattern for line in lines][1:] == ["Scheme review {period_end:%Y}"]
    assert lines[1].facts.schedule["rule"] == "ch.accounts.annual"
    removal = f"/services/{vat}/tasks/{lines[1].id}/removal/"
    assert mark.post(removal).status_code == 303
    assert len(queries.service_page(by=signed_in(world.cast.mark), service_id=vat).recurring) == 1


def test_a_recurring_task_of_another_service_is_not_found_here(world: World, mark: Client, vat: int) -> None:
    other = operations.take_ready_service(by=signed_in(world.cast.mark), at=NOW, key="CIS")
    theirs = kept(world, other).id
    assert mark.post(f"/services/{vat}/tasks/{theirs}/", {"create": "2"}).status_code == 404
    assert mark.post(f"/services/{vat}/tasks/{theirs}/removal/").status_code == 404
    assert mark.get(f"/services/{vat}/", {"task": str(theirs)}).status_code == 404
    assert mark.get(f"/services/{vat}/", {"task": "x"}).status_code == 404


def test_a_service_that_clients_take_is_not_archived(world: World, mark: Client, vat: int) -> None:
    operations.start_engagement(
        by=signed_in(world.cast.mark), at=NOW, client_id=world.client.pk, service_id=vat, starts_on=NOW.date()
    )
    answer = mark.post(f"/services/{vat}/archive/")
    assert answer.status_code == 409
    assert "1 client takes" in answer.content.decode()
    page = mark.get(f"/services/{vat}/").content.decode()
    assert f'href="/clients/{world.client.pk}/#services"' in page


def test_archived_and_back(mark: Client, vat: int) -> None:
    assert mark.post(f"/services/{vat}/archive/").status_code == 303
    assert "This service is archived" in mark.get(f"/services/{vat}/").content.decode()
    assert "Archived" in mark.get("/services/").content.decode()
    assert mark.post(f"/services/{vat}/archive/", {"out": "1"}).status_code == 303
    assert "This service is archived" not in mark.get(f"/services/{vat}/").content.decode()


def test_details_are_changed_and_a_quicker_colleague_is_not_overwritten(world: World, mark: Client, vat: int) -> None:
    address = f"/services/{vat}/details/"
    shown = fields(mark.get(f"/services/{vat}/").content.decode(), address)
    assert mark.post(address, shown | {"name": "VAT"}).status_code == 303
    slower = mark.post(address, shown | {"name": "Value added tax"})
    assert slower.status_code == 409
    assert "Value added tax" in slower.content.decode()
    assert mark.post(address, {"name": " "}).status_code == 422
    assert queries.service_page(by=signed_in(world.cast.mark), service_id=vat).line.name == "VAT"


def test_htmx_gets_the_one_card(mark: Client, vat: int) -> None:
    part = mark.get(f"/services/{vat}/", {"word": "due"}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<section")
    assert part.count("<section") == 1
    assert "<html" not in part


def test_staff_read_and_are_offered_nothing_to_change(world: World, as_: As, vat: int) -> None:
    page = as_(world.cast.jo).get(f"/services/{vat}/").content.decode()
    assert "<b>VAT return and payment</b>" in page
    assert 'name="word"' not in page
    assert "Save changes" not in page
    assert "Archive" not in page
    listed = as_(world.cast.jo).get("/services/").content.decode()
    assert "New service" not in listed
