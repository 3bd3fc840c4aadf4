"""A client's year end through the API: what it would do, and doing it."""

from datetime import date

from natrium.apps.database import sql
from tests.api.conftest import ApiWorld, As


def test_a_year_end_is_changed_as_the_dry_run_said(world: ApiWorld, as_: As) -> None:
    mark = as_(world.cast.mark)
    [client_id] = [one["id"] for one in mark("get", "/clients?search=Widget").json()["items"]]
    at = f"/clients/{client_id}/year-end"
    body = {"month": 3, "day": 31, "last": True, "was": "2026-12-31", "now": "2027-03-31"}
    assert mark("post", at, body).json()["field"] == "was"
    mark("patch", f"/clients/{client_id}", {
        "year_end_month": 12, "year_end_day": 31, "year_end_is_last_day": True,
    })  # fmt: skip
    shown = mark("post", at, body | {"dry_run": True})
    assert shown.status_code == 200
    assert sql.row("SELECT year_end_month FROM clients_client WHERE id = %s", (client_id,)) == (12,)
    assert mark("post", at, body | {"now": "2027-03-30"}).json()["field"] == "now"
    assert as_(world.cast.jo)("post", at, body).status_code == 403
    assert as_(world.cast.ben)("post", at, body).status_code == 404
    done = mark("post", at, body)
    assert done.json() == shown.json()
    assert done.json()["change"]["now"] == date(2027, 3, 31).isoformat()
    assert sql.row("SELECT year_end_month FROM clients_client WHERE id = %s", (client_id,)) == (3,)
