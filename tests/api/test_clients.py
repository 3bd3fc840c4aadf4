"""The people at a client, and clients from a spreadsheet, through the API."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from natrium.apps.activity import verify
from natrium.apps.database import sql
from tests.api.conftest import ApiWorld, As, Caller
from tests.integration.apps.workflows.jobs import events_after, everything, last_event

SHEET = """Client,Type,Ref,Year end,Client manager
Ours Ltd,ltd,A1,31 March,Mark Reed
Theirs LLP,llp,A2,05/04,Nobody Here
"""


def send(caller: Caller, address: str, text: str, **fields: Any) -> Any:
    file = SimpleUploadedFile("clients.csv", text.encode(), content_type="text/csv")
    return caller.browser.post(f"/api/v1/clients/import{address}", {"file": file, **fields})


def test_contacts_are_added_changed_and_removed_with_the_record(world: ApiWorld, as_: As) -> None:
    mark, before = as_(world.cast.mark), last_event()
    [client_id] = [one["id"] for one in mark("get", "/clients?search=Widget").json()["items"]]
    at = f"/clients/{client_id}/contacts"
    made = mark("post", at, {"name": "Ada Hill", "role": "director"}).json()["id"]
    assert mark("put", f"{at}/{made}", {"name": "Ada Hill", "email": "ada@widget.example"}).status_code == 200
    assert mark("put", f"{at}/{made}", {"name": "Ada Hill", "email": "ada@widget.example"}).status_code == 200
    assert mark("get", at).json()["items"] == [
        {"id": made, "name": "Ada Hill", "email": "ada@widget.example", "phone": "", "role": ""}
    ]
    assert mark("put", f"{at}/{made}", {"name": " "}).json()["field"] == "name"
    for stranger in (as_(world.cast.ben), mark):
        other = f"{at}/{made if stranger is not mark else made + 99}"
        assert stranger("put", other, {"name": "Eve"}).status_code == 404
        assert stranger("delete", other).status_code == 404
    assert mark("delete", f"{at}/{made}").status_code == 200
    assert mark("get", at).json()["items"] == []
    events = [event for event in events_after(before) if event["chain"] == "client"]
    assert [event["verb"].removeprefix("client.contact_") for event in events] == ["added", "edited", "removed"]
    assert events[1]["data"]["changes"] == {"email": ["", "ada@widget.example"], "role": ["director", ""]}
    assert events[2]["data"]["name"] == "Ada Hill"
    assert verify.verify() == []


def test_a_note_is_left_and_read_page_by_page(world: ApiWorld, as_: As) -> None:
    jo = as_(world.cast.jo)
    [client_id] = [one["id"] for one in jo("get", "/clients?search=Widget").json()["items"]]
    at = f"/clients/{client_id}/notes"
    first = jo("post", at, {"text": "Rings early, @mark"})
    assert first.status_code == 201
    jo("post", at, {"text": "Closed in August"})
    page = jo("get", f"{at}?limit=1").json()
    assert [line["quote"] for line in page["items"]] == ["Closed in August"]
    [line] = jo("get", f"{at}?limit=1&cursor={page['next']}").json()["items"]
    assert (line["id"], line["quote"], line["mentioned"]) == (
        first.json()["id"], "Rings early, @Mark Reed", ["Mark Reed"],
    )  # fmt: skip
    assert jo("post", at, {"text": " "}).json()["field"] == "text"
    assert as_(world.cast.vera)("post", at, {"text": "Hello"}).status_code == 403
    for way in (("get", at), ("post", at, {"text": "Hello"})):
        assert as_(world.cast.ben)(*way).status_code == 404


def test_an_import_says_what_it_would_do_then_does_it_once(world: ApiWorld, as_: As) -> None:
    mark = as_(world.cast.mark)
    before = everything()
    asked = send(mark, "/preview", SHEET)
    assert (asked.status_code, asked.json()["field"]) == (422, "dates")
    said = send(mark, "/preview", SHEET, dates="day").json()
    assert said["columns"] == ["name", "kind", "reference", "year_end", "manager"]
    assert (said["create"], said["update"], said["nothing"], said["fail"]) == (1, 0, 0, 1)
    good, bad = said["rows"]
    assert (good["line"], good["does"], good["name"]) == (2, "create", "Ours Ltd")
    assert bad["problems"] == [{"column": "manager", "detail": "Nobody in the practice is called “Nobody Here”."}]
    assert send(mark, "", SHEET, dates="day").status_code == 422
    assert everything() == before
    done = send(mark, "", SHEET, dates="day", good_only="true").json()
    assert (done["created"], done["updated"], done["left_out"]) == (1, 0, 1)
    kept = everything()
    again = send(mark, "", SHEET, dates="day", good_only="true").json()
    assert (again["created"], again["updated"]) == (0, 0)
    assert everything() == kept
    assert sql.value("SELECT year_end_month FROM clients_client WHERE reference = %s", ("A1",)) == 3


def test_columns_are_matched_by_who_asks_and_what_is_wrong_is_said(world: ApiWorld, as_: As) -> None:
    mark = as_(world.cast.mark)
    sheet = "Who,What,Town\nOurs Ltd,A1,Leeds\n"
    kind = {"default_kind": "limited_company"}
    assert send(mark, "/preview", sheet, **kind).json()["code"] == "bad-value"
    said = send(mark, "/preview", sheet, columns="name, reference,", **kind).json()
    assert (said["columns"], said["create"]) == (["name", "reference", ""], 1)
    for columns, field in (("name", "columns"), ("name,name,", "columns"), ("name,moon,", "columns")):
        assert send(mark, "/preview", sheet, columns=columns, **kind).json()["field"] == field
    assert send(mark, "/preview", sheet, default_kind="moon").json()["field"] == "default_kind"
    assert send(mark, "/preview", "").json()["field"] == "file"
    assert send(as_(world.cast.jo), "/preview", sheet).status_code == 403
