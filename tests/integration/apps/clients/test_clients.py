"""Clients: who may, what is refused, what is recorded, what is found."""

from collections.abc import Callable
from datetime import date

import pytest

from natrium.apps.activity import queries as activity
from natrium.apps.activity.verify import verify
from natrium.apps.clients import operations, queries
from natrium.apps.clients.models import Client
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.roles import Role
from tests.builders import NOW, a_client, a_member, signed_in
from tests.cast import the_cast

pytestmark = pytest.mark.django_db


def verbs(client: Client) -> list[str]:
    """The verbs of a client's record, oldest first."""
    page = activity.timeline(practice_id=client.practice_id, chain="client", subject_id=client.id)
    return [entry.verb for entry in reversed(page.entries)]


def refusal(action: Callable[[], object]) -> Refusal:
    """The refusal that an action meets."""
    with pytest.raises(Refusal) as refused:
        action()
    return refused.value


def test_a_client_is_made_whole() -> None:
    cast = the_cast()
    client_id = operations.create_client(
        by=signed_in(cast.mark),
        at=NOW,
        name=" Harbour Café Ltd ",
        kind="limited_company",
        manager_id=cast.mark.id,
        partner_id=cast.priya.id,
        fields={"reference": "HC1", "year_end_month": 2, "year_end_day": 28, "year_end_is_last_day": True},
        contacts=[operations.NewContact(name="Sam Hill", role="Director")],
    )
    found = queries.client(practice_id=cast.acorn.id, client_id=client_id)
    assert (found.line.name, found.line.manager, found.line.partner) == ("Harbour Café Ltd", "Mark Reed", "Priya Shah")
    assert (found.year_end_month, found.year_end_day, found.year_end_is_last_day) == (2, 28, True)
    assert [(contact.name, contact.role) for contact in found.contacts] == [("Sam Hill", "Director")]
    assert verbs(Client.objects.get(pk=client_id)) == ["client.created"]
    with pytest.raises(NotFound):
        queries.client(practice_id=cast.birch.id, client_id=client_id)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"kind": "shop"}, "kind"),
        ({"year_end_month": 2, "year_end_day": 30}, "year_end_day"),
        ({"year_end_month": 13, "year_end_day": 1}, "year_end_month"),
        ({"year_end_day": 1}, "year_end_month"),
        ({"active": 1}, "active"),
        ({"ceased_on": "2026-01-01"}, "ceased_on"),
        ({"year_end_month": True, "year_end_day": 1}, "year_end_month"),
        ({"reference": 5}, "reference"),
        ({"practice_id": 1}, "practice_id"),
        ({"manager_id": 1}, "manager_id"),
    ],
)
def test_what_cannot_be_is_refused_at_the_field(fields: dict[str, object], field: str) -> None:
    client = a_client()
    by = signed_in(a_member(client.practice, role=Role.MANAGER))
    refused = refusal(lambda: operations.edit_client(by=by, at=NOW, client_id=client.id, changes=fields))
    assert (refused.code, refused.field) == (Code.BAD_VALUE, field)
    assert verbs(client) == ["client.created"]


def test_an_edit_is_recorded_with_before_and_after_and_none_is_not() -> None:
    client = a_client(fields={"ceased_on": None})
    by = signed_in(a_member(client.practice, role=Role.MANAGER))
    changes = {"name": "Renamed", "ceased_on": date(2026, 3, 31), "active": False}
    assert operations.edit_client(by=by, at=NOW, client_id=client.id, changes=changes) == 2
    assert operations.edit_client(by=by, at=NOW, client_id=client.id, changes=changes) == 2
    page = activity.timeline(practice_id=client.practice_id, chain="client", subject_id=client.id)
    assert [entry.verb for entry in page.entries] == ["client.edited", "client.created"]
    assert page.entries[0].data["changes"] == {
        "name": [client.name, "Renamed"],
        "ceased_on": [None, "2026-03-31"],
        "active": [True, False],
    }
    with pytest.raises(StaleEdit) as stale:
        operations.edit_client(by=by, at=NOW, client_id=client.id, changes={"name": "Mine"}, if_rev=1)
    assert stale.value.current["name"] == "Renamed"
    assert verify() == []


def test_a_reference_names_one_client_of_a_practice() -> None:
    client = a_client(fields={"reference": "A1"})
    other = a_client(client.practice)
    a_client(fields={"reference": "A1"})
    by = signed_in(a_member(client.practice, role=Role.MANAGER))
    refused = refusal(lambda: operations.edit_client(by=by, at=NOW, client_id=other.id, changes={"reference": "A1"}))
    assert (refused.code, refused.field) == (Code.IN_USE, "reference")


def test_staff_read_and_managers_write() -> None:
    cast = the_cast()
    client = a_client(cast.acorn)
    for member in (cast.jo, cast.vera):
        by = signed_in(member)
        for action in (
            lambda by=by: operations.create_client(by=by, at=NOW, name="N", kind="trust"),  # type: ignore[misc]
            lambda by=by: operations.edit_client(by=by, at=NOW, client_id=client.id, changes={"name": "N"}),  # type: ignore[misc]
        ):
            assert refusal(action).code is Code.NOT_ALLOWED
    with pytest.raises(NotFound):
        operations.edit_client(by=signed_in(cast.ben), at=NOW, client_id=client.id, changes={"name": "N"})


def test_leavers_viewers_and_strangers_manage_no_client() -> None:
    cast = the_cast()
    by = signed_in(cast.mark)
    for member in (cast.lea, cast.vera):
        refused = refusal(
            lambda member=member: operations.create_client(by=by, at=NOW, name="N", kind="llp", manager_id=member.id)  # type: ignore[misc]
        )
        assert (refused.code, refused.field) == (Code.BAD_VALUE, "manager_id")
    with pytest.raises(NotFound):
        operations.create_client(by=by, at=NOW, name="N", kind="llp", partner_id=cast.ben.id)


def test_people_are_set_on_a_locked_client() -> None:
    cast = the_cast()
    client = a_client(cast.acorn)
    by = signed_in(cast.mark)
    row = operations.lock_client(practice_id=cast.acorn.id, client_id=client.id)
    assert operations.set_people(client=row, by=by, at=NOW, manager_id=cast.mark.id, partner_id=None)
    assert not operations.set_people(client=row, by=by, at=NOW, manager_id=cast.mark.id, partner_id=None)
    assert verbs(client) == ["client.created", "client.people_changed"]
    assert verify() == []


def test_what_happens_once_has_one_value() -> None:
    client = a_client()
    by = signed_in(a_member(client.practice, role=Role.MANAGER))
    for value, day in (("2004-03-23", None), ("2004-03-20", date(2004, 3, 20)), ("2004-03-21", None)):
        operations.set_fact(by=by, at=NOW, client_id=client.id, field="incorporated", value=value, from_date=day)
    on = {"practice_id": client.practice_id, "client_id": client.id}
    assert [fact.value for fact in queries.facts(**on)] == ["2004-03-21"]


def test_facts_hold_from_their_day_on() -> None:
    client = a_client()
    by = signed_in(a_member(client.practice, role=Role.MANAGER))
    for value, day in (("1", date(2025, 1, 1)), ("2", date(2026, 4, 1)), ("2", date(2026, 4, 1))):
        operations.set_fact(by=by, at=NOW, client_id=client.id, field="vat_stagger", value=value, from_date=day)
    on = {"practice_id": client.practice_id, "client_id": client.id}
    assert [fact.value for fact in queries.facts(**on)] == ["1", "2"]
    assert [fact.value for fact in queries.facts(**on, on=date(2026, 3, 31))] == ["1"]
    assert [fact.value for fact in queries.facts(**on, on=date(2026, 4, 1))] == ["2"]
    assert verbs(client) == ["client.created", "client.fact_set", "client.fact_set"]


def test_lists_are_paged_by_name_and_searched() -> None:
    cast = the_cast()
    for name in ("Ash", "Birch & Co", "Cedar 100%", "Dale"):
        a_client(cast.acorn, name=name)
    a_client(cast.birch, name="Elsewhere")
    first = queries.clients(practice_id=cast.acorn.id, limit=3)
    assert [line.name for line in first.clients] == ["Ash", "Birch & Co", "Cedar 100%"]
    rest = queries.clients(practice_id=cast.acorn.id, limit=3, after=first.next_after)
    assert ([line.name for line in rest.clients], rest.next_after) == (["Dale"], None)
    assert [line.name for line in queries.clients(practice_id=cast.acorn.id, search="0%").clients] == ["Cedar 100%"]
    assert queries.clients(practice_id=cast.acorn.id, search="elsewhere").clients == ()
