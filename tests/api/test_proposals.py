"""Proposals by the API: what is sent is the draft that was read."""

from tests.api.conftest import ApiWorld, As
from tests.builders import TODAY


def test_a_draft_that_changed_since_it_was_read_is_not_sent(world: ApiWorld, as_: As) -> None:
    priya = as_(world.cast.priya)
    here = f"/proposals/{priya('post', '/proposals', {'client_id': world.client_id}).json()['id']}"
    offer = {
        "title": "Advice", "to_name": "Nia Bowen", "to_email": "nia@example.org", "expires_on": f"{TODAY}",
        "lines": [{"name": "Advice", "fee": 10_000, "per": "once"}],
    }  # fmt: skip
    read = priya("get", here).json()
    offer["expires_on"] = read["offer"]["expires_on"]
    changed = priya("put", f"{here}/draft", offer).json()
    assert priya("post", f"{here}/send", {"rev": read["rev"]}).status_code == 412
    assert priya("get", here).json()["status"] == "draft"
    assert priya("post", f"{here}/send", {"rev": changed["rev"]}).json()["status"] == "sent"
