"""Finding by words: the same on both databases, whatever is typed, within the practice alone, in three statements."""

from dataclasses import dataclass

import pytest
from django.db import connection

from natrium.apps.clients.models import Client, Contact
from natrium.apps.database import sql
from natrium.apps.practices.models import Member, Practice
from natrium.apps.tasks.models import Task
from natrium.apps.tasks.words import TASK_WORDS
from natrium.apps.workflows import queries
from natrium.apps.workflows.finds import Found
from natrium.apps.workflows.models import Template
from natrium.apps.workflows.queries.search import FEW, NEWEST
from natrium.domain.roles import Role
from tests.builders import NOW, a_bare_task, a_client, a_member, a_practice, signed_in, the_owner
from tests.integration.apps.workflows.jobs import counted

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Firm:
    """A practice with a few names in it."""

    practice: Practice
    owner: Member
    hartwell: Client
    lockhart: Client
    obrien: Client
    accounts: Task
    vat: Task


@pytest.fixture
def firm() -> Firm:
    """Four clients, three tasks, a template."""
    practice = a_practice(name="Acorn", owner="Olive Grant")
    hartwell = a_client(
        practice,
        name="Hartwell Joinery Ltd",
        fields={"company_number": "01234567", "email": "office@hartwell-joinery.example", "reference": "HJ-07"},
    )
    lockhart = a_client(practice, name="Lockhart Fabrics Ltd")
    obrien = a_client(practice, name="O’Brien & Smith-Jones")
    a_client(practice, name="Café Société")
    Contact.objects.create(practice=practice, client=lockhart, name="Agnieszka Wójcik", email="aga@wojcik.example")
    accounts = a_bare_task(client=hartwell, title="Annual accounts y/e 31 March 2026")
    vat = a_bare_task(client=hartwell, title="VAT return")
    a_bare_task(client=obrien, title="Self-Assessment: Pâtisserie")
    Template.objects.create(practice=practice, name="Annual accounts", created_at=NOW)
    return Firm(practice, the_owner(practice), hartwell, lockhart, obrien, accounts, vat)


def found(firm: Firm, text: str, kind: str = "") -> Found:
    """What the owner finds."""
    return queries.search(by=signed_in(firm.owner), at=NOW, text=text, kind=kind)


def clients(firm: Firm, text: str) -> list[str]:
    """The names of the clients found."""
    return [one.name for one in found(firm, text).clients.lines]


def tasks(firm: Firm, text: str) -> list[str]:
    """The titles of the tasks found."""
    return [one.title for one in found(firm, text).tasks.lines]


def test_a_name_that_begins_so_comes_before_one_that_has_it_inside(firm: Firm) -> None:
    assert clients(firm, "hart") == ["Hartwell Joinery Ltd", "Lockhart Fabrics Ltd"]
    assert [one.open for one in found(firm, "hart").clients.lines] == [2, 0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("joinery hartwell", "Hartwell Joinery Ltd"),
        ("HARTWELL", "Hartwell Joinery Ltd"),
        ("01234567", "Hartwell Joinery Ltd"),
        ("office@hartwell-joinery.example", "Hartwell Joinery Ltd"),
        ("hj07", "Hartwell Joinery Ltd"),
        ("hj-07", "Hartwell Joinery Ltd"),
        ("o'brien", "O’Brien & Smith-Jones"),
        ("obrien", "O’Brien & Smith-Jones"),
        ("smith jones", "O’Brien & Smith-Jones"),
        ("smith-jones", "O’Brien & Smith-Jones"),
        ("cafe societe", "Café Société"),
        ("CAFÉ", "Café Société"),
        ("wojcik", "Lockhart Fabrics Ltd"),
        ("aga@wojcik.example", "Lockhart Fabrics Ltd"),
    ],
)
def test_a_client_is_found_by_name_number_reference_address_and_contact(firm: Firm, text: str, name: str) -> None:
    assert clients(firm, text) == [name]


def test_a_contact_is_named_where_it_was_the_contact_that_was_meant(firm: Firm) -> None:
    assert [one.contact for one in found(firm, "agnieszka").clients.lines] == ["Agnieszka Wójcik"]
    assert [one.contact for one in found(firm, "lockhart").clients.lines] == [""]


@pytest.mark.parametrize(
    "text", ["acc", "accounts 2026", "hartwell accounts", "31 march", "y/e 31", "accounts hart ltd"]
)
def test_a_task_has_each_word_in_its_own_texts_or_in_its_clients(firm: Firm, text: str) -> None:
    assert tasks(firm, text) == ["Annual accounts y/e 31 March 2026"]


@pytest.mark.parametrize("text", ["self assessment", "self-assess", "patisserie", "PÂTISS", "obrien self", "smith pat"])
def test_accents_hyphens_and_apostrophes_make_no_difference(firm: Firm, text: str) -> None:
    assert tasks(firm, text) == ["Self-Assessment: Pâtisserie"]


@pytest.mark.parametrize("text", ["accounts zebra", "ccounts", "eturn", "hartwell patisserie"])
def test_what_lacks_a_word_is_not_found(firm: Firm, text: str) -> None:
    assert tasks(firm, text) == []


def test_the_index_follows_what_is_written(firm: Firm) -> None:
    firm.accounts.title = "Statutory accounts"
    firm.accounts.save()
    assert tasks(firm, "annual") == []
    assert tasks(firm, "statutory") == ["Statutory accounts"]
    firm.accounts.service = "Bookkeeping"
    firm.accounts.save()
    assert tasks(firm, "bookk stat") == ["Statutory accounts"]
    firm.accounts.delete()
    assert tasks(firm, "statutory") == []


def test_the_index_stands_with_all_that_keeps_it() -> None:
    if connection.vendor == "sqlite":
        statement, wanted = "SELECT name FROM sqlite_master WHERE type = 'trigger'", set(TASK_WORDS.triggers)
    else:
        statement, wanted = "SELECT indexname FROM pg_indexes", {TASK_WORDS.name}
    assert {name for (name,) in sql.rows(statement)} >= wanted


def test_open_tasks_come_before_done_ones_and_those_due_first_before_others(firm: Firm) -> None:
    Task.objects.filter(pk=firm.vat.pk).update(status="done", target_date=NOW.date())
    later = a_bare_task(client=firm.hartwell, title="Payroll", target_date=NOW.date())
    assert tasks(firm, "hartwell") == [later.title, firm.accounts.title, firm.vat.title]


def test_templates_and_people_are_found_by_any_part_of_their_names(firm: Firm) -> None:
    leaver = a_member(firm.practice, name="Ola Nowak", active=False)
    assert [one.name for one in found(firm, "accounts").templates.lines] == ["Annual accounts"]
    people = found(firm, "ol").people.lines
    assert [(one.id, one.active) for one in people] == [(firm.owner.id, True), (leaver.id, False)]


NOTHING = ["", "   ", "%", "_", "'", '"', "*", "!!", "🙂", "\x00", "-- ;", "\ud800", "&|!", "’"]
NASTY = [
    "100%", "a_b", 'har"t', "har't", "har*", "NEAR(a b)", "title:hart", "hart OR vat", "hart AND", "NOT", "a:*",
    "hart\\", "^hart", "{title} : hart", "hart\x00well", "1e5", "½", "٣", "ﬁnance", "𞤀𞤁", "a𞤀b", "漢字", "é" * 300,
    "word " * 100, "x" * 5_000, "I'm", "R&D", "<script>", "ﬀ\u0301", "http://a.b/c?d=e", "a@b.c", "-5", "+44",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_what_has_no_word_in_it_shows_what_comes_next(firm: Firm, text: str) -> None:
    Task.objects.filter(pk=firm.vat.pk).update(owner=firm.owner)
    assert found(firm, text).words == ()
    assert tasks(firm, text) == ["VAT return"]


@pytest.mark.parametrize("text", NASTY)
def test_nothing_typed_is_a_fault(firm: Firm, text: str) -> None:
    assert found(firm, text).words
    found(firm, text, "tasks")


def test_what_a_language_of_queries_would_read_is_words(firm: Firm) -> None:
    assert clients(firm, "hartwell OR lockhart") == []
    assert clients(firm, "hart%ltd") == ["Hartwell Joinery Ltd", "Lockhart Fabrics Ltd"]
    assert tasks(firm, "title:vat") == []


def test_another_practice_is_never_found(firm: Firm) -> None:
    stranger = a_practice()
    client = a_client(stranger, name="Hartwell Strangers Ltd")
    task = a_bare_task(client=client, title="Annual accounts of strangers")
    Template.objects.create(practice=stranger, name="Strange accounts", created_at=NOW)
    a_member(stranger, name="Strange Hartwell")
    for text in ("hartwell", "accounts", "strange", "strangers accounts"):
        seen = found(firm, text)
        names = [one.name for one in (*seen.clients.lines, *seen.templates.lines, *seen.people.lines)]
        assert not any("Strange" in name for name in names)
        assert not any("strangers" in one.title for one in seen.tasks.lines)
    ids = [("task", task.id), ("client", client.id), ("task", firm.vat.id), ("client", firm.hartwell.id)]
    again = queries.recent(by=signed_in(firm.owner), ids=ids)
    assert [(one.kind, one.id) for one in again] == [("task", firm.vat.id), ("client", firm.hartwell.id)]


def test_a_few_of_each_kind_are_shown_and_all_are_counted(firm: Firm) -> None:
    for number in range(FEW + 3):
        a_client(firm.practice, name=f"Zebra {number}")
    Task.objects.bulk_create(
        Task(practice=firm.practice, title=f"Zebra {number}", created_at=NOW) for number in range(NEWEST + 5)
    )
    few, many = found(firm, "zebra"), found(firm, "zebra", "clients")
    assert (len(few.clients.lines), few.clients.count, few.clients.at_least) == (FEW, FEW + 3, False)
    assert (len(few.tasks.lines), few.tasks.count, few.tasks.at_least) == (FEW, NEWEST, True)
    assert (len(many.clients.lines), many.tasks.count) == (FEW + 3, 0)


def test_three_statements_however_much_is_found(firm: Firm) -> None:
    by = signed_in(firm.owner)
    with counted() as few:
        queries.search(by=by, at=NOW, text="hart accounts l")
    for number in range(40):
        client = a_client(firm.practice, name=f"Hart {number} Ltd")
        a_bare_task(client=client, title="Annual accounts")
    a_member(firm.practice, name="Hart Hart", role=Role.VIEWER)
    with counted() as many:
        assert queries.search(by=by, at=NOW, text="hart accounts l").tasks.count > 3
        assert queries.search(by=by, at=NOW, text="lockhart ltd").clients.count == 1
    assert (len(few), len(many)) == (2, 2 + 3)
