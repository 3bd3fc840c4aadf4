"""What rules of law may know of clients: what held on a day, and no more statements for many than for one."""

from datetime import date

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from natrium.apps.clients import operations, queries
from natrium.apps.clients.models import Client
from natrium.domain.errors import NotFound
from tests.builders import NOW, a_client, a_practice, signed_in, the_owner

pytestmark = pytest.mark.django_db


def say(client: Client, field: str, value: str, day: date) -> None:
    """State a fact of a client from a day on."""
    by = signed_in(the_owner(client.practice))
    operations.set_fact(by=by, at=NOW, client_id=client.pk, field=field, value=value, from_date=day)


def test_what_is_known_is_what_held_on_the_day() -> None:
    client = a_client(
        name="Harbour Café Ltd", fields={"year_end_month": 2, "year_end_day": 28, "year_end_is_last_day": True}
    )
    say(client, "vat_stagger", "2", date(2026, 10, 1))
    say(client, "vat_stagger", "1", date(2025, 1, 1))
    say(client, "incorporated", "2020-02-29", date(2020, 2, 29))
    where = {"practice_id": client.practice_id, "client_id": client.pk}
    before = queries.known_of(**where, at=date(2026, 9, 30))
    assert before.facts == {"vat_stagger": "1", "incorporated": "2020-02-29"}
    assert queries.known_of(**where, at=date(2026, 10, 1)).facts["vat_stagger"] == "2"
    assert queries.known_of(**where, at=date(2020, 2, 28)).facts == {"incorporated": "2020-02-29"}, "since ever"
    assert (before.kind, before.name, before.company_type) == ("limited_company", "Harbour Café Ltd", "private")
    assert (before.year_end, before.year_end_is_last, before.incorporated) == ((2, 28), True, date(2020, 2, 29))


def test_many_clients_are_read_with_one_statement_and_none_of_another_practice(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    practice, stranger = a_practice(), a_client()
    chosen = [a_client(practice) for _ in range(5)]
    for number, client in enumerate(chosen[:4]):
        say(client, "vat_stagger", str(number), date(2026, 1, 1))
        say(client, "duties_start", "2019-04-06", date(2019, 4, 6))
    for ids in ([chosen[0].pk], [client.pk for client in (*chosen, stranger)]):
        with django_assert_num_queries(1):
            found = queries.histories_of(practice_id=practice.pk, client_ids=ids)
        assert set(found) == {client.pk for client in chosen} & set(ids)
        for id_, history in found.items():
            assert history.at(NOW.date()) == queries.known_of(
                practice_id=practice.pk, client_id=id_, at=NOW.date()
            )  # one by one says the same
    assert found[chosen[4].pk].at(NOW.date()).facts == {}
    with django_assert_num_queries(0):
        assert queries.histories_of(practice_id=practice.pk, client_ids=[]) == {}
    with pytest.raises(NotFound):
        queries.known_of(practice_id=practice.pk, client_id=stranger.pk, at=NOW.date())
