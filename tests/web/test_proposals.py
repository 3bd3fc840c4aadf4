"""Pages of proposals: what is pressed twice, what cannot be made, what was looked at."""

import pytest
from django.test import Client

from natrium.apps.catalogue import operations as catalogue
from natrium.apps.clients import operations as clients
from natrium.apps.proposals import links, operations, queries
from natrium.apps.proposals.models import Proposal
from tests.builders import signed_in
from tests.journeys.world import World
from tests.web.conftest import As

TYPED = {
    "title": "Accounts and tax", "to_name": "Nia Bowen", "to_email": "nia@hartwell.example", "vat_percent": "0",
    "expires_on": "", "rows": "1", "name-0": "", "fee-0": "1,650", "per-0": "year",
}  # fmt: skip


@pytest.fixture
def typed(world: World) -> dict[str, str]:
    """Return what is typed into the draft of a proposal for a service, with its rev."""
    by = signed_in(world.cast.mark)
    service = catalogue.take_ready_service(by=by, at=world.at, key="Annual Accounts")
    made = operations.create_proposal(by=by, at=world.at, client_id=world.client.pk)
    row = Proposal.objects.get(pk=made)
    return TYPED | {"expires_on": f"{row.expires_on}", "what-0": f"service-{service}", "rev": f"{row.rev}"}


def test_send_pressed_twice_leads_to_the_result_both_times(world: World, as_: As, typed: dict[str, str]) -> None:
    priya, here = as_(world.cast.priya), f"/proposals/{Proposal.objects.get().pk}/"
    first, second = (priya.post(f"{here}sending/", typed) for _ in range(2))
    assert (first.status_code, first["Location"]) == (303, f"{here}?said=sent")
    assert (second.status_code, second["Location"]) == (303, here)
    page = priya.get(here).content.decode()
    assert "Each month, spread over the year" in page
    assert "£0.00" not in page


def test_a_draft_that_changed_meanwhile_is_looked_at_before_it_is_sent(
    world: World, as_: As, typed: dict[str, str]
) -> None:
    priya, row = as_(world.cast.priya), Proposal.objects.get()
    as_(world.cast.mark).post(f"/proposals/{row.pk}/draft/", typed | {"title": "Dearer"})
    answer = priya.post(f"/proposals/{row.pk}/sending/", typed)
    assert answer.status_code == 409
    assert "What you typed is still here" in answer.content.decode()
    assert Proposal.objects.get().status == "draft"


def test_what_cannot_be_made_is_said_to_each_side_in_its_words(world: World, as_: As, typed: dict[str, str]) -> None:
    priya, row = as_(world.cast.priya), Proposal.objects.get()
    here = f"/proposals/{row.pk}/"
    assert priya.post(f"{here}sending/", typed).status_code == 303
    row.refresh_from_db()
    service = int(typed["what-0"].partition("-")[2])
    catalogue.archive_service(by=signed_in(world.cast.mark), at=world.at, service_id=service)
    signed = {"name": "Nia Bowen", "agree": "1", "document": row.content_hash}
    answer = Client().post(f"/p/{links.token_of(row.pk, row.link_salt)}/acceptance/", signed)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert f"{row.practice.name} has to change something first; they have been told." in said
    assert "archived" not in said, "what it is stays with the practice"
    assert "tried to accept and could not. “Annual Accounts” is archived." in priya.get(here).content.decode()
    assert f"{here}retry/" not in priya.get(here).content.decode(), "there is nothing to try again"
    assert "Something failed" in priya.get("/proposals/").content.decode()
    told = priya.post(f"{here}acceptance/", {"name": "Nia Bowen", "reason": "By telephone"})
    assert told.status_code == 409
    assert "It cannot be accepted as it is. “Annual Accounts” is archived." in told.content.decode()
    assert "By telephone" in told.content.decode(), "what was typed stays"
    assert not queries.proposal_page(by=signed_in(world.cast.priya), at=world.at, proposal_id=row.pk).made


def test_what_was_sent_is_seen_as_the_client_sees_it(world: World, as_: As, typed: dict[str, str]) -> None:
    priya, here, was = as_(world.cast.priya), f"/proposals/{Proposal.objects.get().pk}/", world.client.name
    rename = {"by": signed_in(world.cast.mark), "at": world.at, "client_id": world.client.pk}
    priya.post(f"{here}sending/", typed)
    clients.edit_client(**rename, changes={"name": "Another Ltd"})
    page = priya.get(f"{here}preview/").content.decode()
    assert (f"For {was}" in page, "For Another Ltd" in page) == (True, False)
