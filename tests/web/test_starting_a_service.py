"""Starting a service for many clients: seen first, then done, each as if alone."""

import pytest
from django.test import Client

from natrium.apps.catalogue import operations, queries
from natrium.apps.clients import operations as clients
from natrium.apps.database import sql
from natrium.web.services import starting
from tests.builders import NOW, signed_in
from tests.journeys.world import World
from tests.web.conftest import As
from tests.web.forms import fields


@pytest.fixture
def mark(world: World, as_: As) -> Client:
    """Return a manager's browser."""
    return as_(world.cast.mark)


def test_many_clients_take_a_service_after_it_was_seen_what_comes(world: World, mark: Client) -> None:
    by = signed_in(world.cast.mark)
    service = operations.take_ready_service(by=by, at=NOW, key="VAT Return")
    ids = [
        clients.create_client(by=by, at=NOW, name=f"Client {n}", kind="limited_company", fields={}) for n in range(3)
    ]
    day = world.at.date()
    clients.set_fact(by=by, at=NOW, client_id=ids[0], field="vat_stagger", value="1", from_date=day.replace(year=2020))
    operations.start_engagement(by=by, at=NOW, client_id=ids[2], service_id=service, starts_on=day)
    address = f"/services/{service}/clients/"
    page = mark.get(address).content.decode()
    assert "Client 0" in page
    assert "Client 2" not in page, "who takes it already is not offered"
    asked = {"client_ids": [str(one) for one in ids], "starts_on": day.isoformat(), "preview": "1"}
    preview = mark.get(address, asked).content.decode()
    assert "Nothing is started yet." in preview
    assert "VAT Return to " in preview
    assert "Missing: the client’s “VAT quarters end”" in preview
    assert '<dt>Take it already</dt><dd class="num">1</dd>' in preview
    assert sql.value("SELECT COUNT(*) FROM catalogue_engagement") == 1, "a preview starts nothing"
    sent = fields(preview, address)
    answer = mark.post(address, sent)
    assert (answer.status_code, answer["Location"]) == (303, f"/services/{service}/?started=2")
    assert "Started for 2 clients." in mark.get(answer["Location"]).content.decode()
    assert len(queries.engagements_of_service(by=by, service_id=service, at=world.at)) == 3
    assert mark.post(address, sent)["Location"] == f"/services/{service}/?started=0", "again is harmless"
    assert sql.value("SELECT COUNT(DISTINCT batch) FROM activity_event WHERE verb = 'engagement.started'") == 2


def test_those_who_take_it_take_no_place_of_those_who_do_not(
    world: World, mark: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = signed_in(world.cast.mark)
    service = operations.take_ready_service(by=by, at=NOW, key="CIS")
    ids = [clients.create_client(by=by, at=NOW, name=f"AA {n}", kind="limited_company", fields={}) for n in range(5)]
    for one in ids[:3]:
        operations.start_engagement(by=by, at=NOW, client_id=one, service_id=service, starts_on=world.at.date())
    monkeypatch.setattr(starting, "SHOWN", 2)
    page = mark.get(f"/services/{service}/clients/", {"q": "AA"}).content.decode()
    assert [f"AA {n}" in page for n in range(5)] == [False, False, False, True, True]
    assert "narrow them" not in page, "two of two are shown"


def test_what_is_wrong_is_said_and_what_was_ticked_kept(world: World, mark: Client) -> None:
    by = signed_in(world.cast.mark)
    service = operations.take_ready_service(by=by, at=NOW, key="CIS")
    address = f"/services/{service}/clients/"
    ticked = {"client_ids": str(world.client.pk), "starts_on": "soon"}
    for answer in (mark.get(address, ticked | {"preview": "1"}), mark.post(address, ticked)):
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Write a date" in page
        assert f'value="{world.client.pk}" checked' in page
    nobody = mark.get(address, {"preview": "1"})
    assert nobody.status_code == 422
    assert "Choose 1 to 2,000 clients." in nobody.content.decode()


def test_the_new_task_form_offers_services_and_first_the_workflows_that_fit(world: World, mark: Client) -> None:
    by = signed_in(world.cast.mark)
    operations.take_ready_service(by=by, at=NOW, key="VAT Return")
    plain = mark.get("/tasks/new/").content.decode()
    assert '<option value="VAT Return"></option>' in plain
    assert "<optgroup" not in plain
    fitted = mark.get("/tasks/new/", {"service": "vat return"}).content.decode()
    first, _, rest = fitted.partition('<optgroup label="Others">')
    assert '<optgroup label="Fits vat return">' in first
    assert ">VAT Return</option></optgroup>" in first
    assert ">Annual Accounts</option>" in rest
