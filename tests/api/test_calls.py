"""Who gets in, what is refused and in which words, and what nobody may do through the back door."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from natrium.apps.database import sql
from natrium.apps.practices import operations as practices
from tests.api.conftest import ApiWorld, As, Caller, a_token
from tests.builders import signed_in

REQUEST, RECEIVE, DRAFT = "request-information-from-client", "receive-and-review-information", "prepare-draft-accounts"


class TestGettingIn:
    def test_without_a_token_it_is_401_and_a_problem_document(self, world: ApiWorld) -> None:
        answer = Client().get(f"/api/v1/tasks/{world.task_id}")
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "not-signed-in"

    def test_a_token_that_expired_or_was_revoked_is_nobody(self, world: ApiWorld) -> None:
        token = a_token(world.cast.jo)
        sql.execute("UPDATE practices_apitoken SET expires_at = %s", (datetime.now(UTC) - timedelta(seconds=1),))
        assert Caller(token)("get", "/me").status_code == 401
        token = a_token(world.cast.jo)
        number = sql.value("SELECT MAX(id) FROM practices_apitoken")
        practices.revoke_api_token(by=signed_in(world.cast.jo), at=datetime.now(UTC), token_id=number)
        assert Caller(token)("get", "/me").status_code == 401

    def test_a_reading_token_reads_and_is_refused_a_write(self, world: ApiWorld) -> None:
        call = Caller(a_token(world.cast.jo, scope="read"))
        assert call("get", f"/workflows/{world.workflow_id}").status_code == 200
        refused = call("post", f"/workflows/{world.workflow_id}/steps/{REQUEST}/start")
        assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")

    def test_a_session_writes_only_with_the_forms_token(self, world: ApiWorld) -> None:
        browser = Client(enforce_csrf_checks=True)
        link = practices.create_login_link(email=world.cast.jo.email, at=datetime.now(UTC))
        page = browser.get(link.path)
        token = page.content.decode().split('csrfmiddlewaretoken" value="')[1].split('"')[0]
        browser.post(link.path, {"csrfmiddlewaretoken": token})
        assert browser.get("/api/v1/me").json()["name"] == "Jo Evans"
        address = f"/api/v1/workflows/{world.workflow_id}/steps/{REQUEST}/start"
        assert browser.post(address, {}, "application/json").status_code == 403


class TestActions:
    def test_a_blocked_step_says_what_it_waits_for(self, world: ApiWorld, as_: As) -> None:
        answer = as_(world.cast.jo)("post", f"/workflows/{world.workflow_id}/steps/{DRAFT}/complete")
        assert answer.status_code == 409
        body = answer.json()
        assert body["code"] == "blocked"
        assert [one["key"] for one in body["obstacles"]] == [RECEIVE, REQUEST]
        assert "waits for Receive and review information — Jo Evans" in body["detail"]

    def test_complete_undo_and_repetition(self, world: ApiWorld, as_: As) -> None:
        call = as_(world.cast.jo)
        address = f"/workflows/{world.workflow_id}/steps/{REQUEST}"
        assert call("post", f"{address}/complete").json()["happened"] == ["step.started", "step.completed"]
        again = call("post", f"{address}/complete").json()
        assert (again["happened"], again["repetitions"][0]["by"]) == ([], "Jo Evans")
        assert call("post", f"{address}/undo").json()["happened"] == ["step.undone"]

    def test_several_are_all_or_nothing(self, world: ApiWorld, as_: As) -> None:
        call = as_(world.cast.jo)
        address = f"/workflows/{world.workflow_id}/actions"
        wrong = [{"action": "complete", "step": REQUEST}, {"action": "skip", "step": RECEIVE}]
        assert call("post", address, {"actions": wrong}).json()["code"] == "reason-needed"
        states = [
            s["state"] for g in call("get", f"/workflows/{world.workflow_id}").json()["groups"] for s in g["steps"]
        ]
        assert states[0] == "ready"
        right = [{"action": "complete", "step": RECEIVE}, {"action": "complete", "step": REQUEST}]
        assert len(call("post", address, {"actions": right}).json()["happened"]) == 4

    def test_a_task_without_a_workflow_is_worked_and_one_with_is_not(self, world: ApiWorld, as_: As) -> None:
        call = as_(world.cast.jo)
        assert call("post", f"/tasks/{world.simple_id}/complete").status_code == 200
        assert call("post", f"/tasks/{world.task_id}/complete").json()["code"] == "has-workflows"


class TestKeys:
    def test_the_same_key_is_answered_again_and_done_once(self, world: ApiWorld, as_: As) -> None:
        call, body = as_(world.cast.mark), {"title": "Once"}
        first = call("post", "/tasks", body, Idempotency_Key="k-1")
        again = call("post", "/tasks", body, Idempotency_Key="k-1")
        assert (first.status_code, again.status_code, again["Idempotency-Replayed"]) == (201, 201, "true")
        assert first.json() == again.json()
        assert sql.value("SELECT COUNT(*) FROM tasks_task WHERE title = 'Once'") == 1

    def test_the_same_key_with_another_body_is_refused(self, world: ApiWorld, as_: As) -> None:
        call = as_(world.cast.mark)
        call("post", "/tasks", {"title": "Once"}, Idempotency_Key="k-2")
        other = call("post", "/tasks", {"title": "Twice"}, Idempotency_Key="k-2")
        assert (other.status_code, other.json()["code"]) == (422, "key-reused")

    def test_a_token_is_shown_once_and_not_kept_with_the_answer(self, world: ApiWorld) -> None:
        browser = Client()
        link = practices.create_login_link(email=world.cast.jo.email, at=datetime.now(UTC))
        browser.post(link.path)
        said = {"name": "Reports", "scope": "read"}
        first, again = (
            browser.post("/api/v1/tokens", said, "application/json", headers={"Idempotency-Key": "k-9"}).json()
            for _ in range(2)
        )
        assert first["token"].startswith("ntr_")
        assert (again["id"], again["token"]) == (first["id"], "")
        kept = sql.rows("SELECT response FROM practices_idempotencykey")
        assert kept
        assert all(first["token"] not in row[0] for row in kept)

    def test_a_reading_token_claims_no_key(self, world: ApiWorld) -> None:
        call = Caller(a_token(world.cast.mark, scope="read"))
        assert call("post", "/tasks", {"title": "No"}, Idempotency_Key="k-7").status_code == 403
        assert sql.value("SELECT COUNT(*) FROM practices_idempotencykey") == 0

    def test_a_refusal_is_kept_as_well(self, world: ApiWorld, as_: As) -> None:
        call = as_(world.cast.jo)
        address = f"/workflows/{world.workflow_id}/steps/{DRAFT}/complete"
        first = call("post", address, {}, Idempotency_Key="k-3")
        again = call("post", address, {}, Idempotency_Key="k-3")
        assert (first.status_code, again.status_code) == (409, 409)
        assert again["Content-Type"] == "application/problem+json"


class TestBodies:
    @pytest.mark.parametrize("body", [[], "text", 7, None, {"title": ["a"]}, {"title": "a\0b"}, {"title": "a\ud800"}])
    def test_bodies_of_the_wrong_shape_are_422(self, world: ApiWorld, as_: As, body: object) -> None:
        import json  # noqa: PLC0415

        caller = as_(world.cast.mark).browser
        answer = caller.post("/api/v1/tasks", json.dumps(body), "application/json")
        assert answer.status_code in (400, 422), answer.content


class TestLists:
    def test_pages_continue_without_losing_or_repeating(self, world: ApiWorld, as_: As) -> None:
        call = as_(world.cast.mark)
        for number in range(7):
            call("post", "/tasks", {"title": f"T{number}"})
        seen: list[int] = []
        cursor = ""
        while True:
            page = call("get", f"/tasks?limit=3&cursor={cursor}").json()
            seen += [one["id"] for one in page["items"]]
            cursor = page["next"]
            if not cursor:
                break
        assert seen == sorted(set(seen))
        assert len(seen) == 9
        assert call("get", "/tasks?cursor=nonsense").json()["code"] == "bad-value"

    def test_templates_travel_as_files(self, world: ApiWorld, as_: As) -> None:
        call = as_(world.cast.mark)
        text = call("get", f"/templates/{world.template_id}/file").content.decode()
        again = call("post", "/templates/import", {"yaml": text.replace("Annual Accounts", "Ours", 1), "publish": True})
        assert again.status_code == 201
        copied = call("get", f"/templates/{again.json()['id']}/file").content.decode()
        assert copied == text.replace("Annual Accounts", "Ours", 1)
        bad = call("post", "/templates/import", {"yaml": "natrium: template/1\nname: X\ngroups: 7\n"})
        assert (bad.status_code, bad.json()["code"]) == (422, "bad-template")


def test_an_edit_is_taken_back_by_the_number_it_answered_with(world: ApiWorld, as_: As) -> None:
    mark, where = as_(world.cast.mark), f"/workflows/{world.workflow_id}"
    name = mark("get", where).json()["groups"][0]["steps"][0]
    done = mark("patch", f"{where}/steps/{name['key']}", {"name": "Other"}).json()
    assert done["line"] > 0
    assert as_(world.cast.ben)("post", f"{where}/edits/{done['line']}/undo").status_code == 404
    assert as_(world.cast.priya)("post", f"{where}/edits/{done['line']}/undo").status_code == 403
    assert mark("post", f"{where}/edits/{done['line']}/undo").json()["happened"] == ["step.edited"]
    assert mark("get", where).json()["groups"][0]["steps"][0]["name"] == name["name"]
    assert mark("post", f"{where}/edits/{done['line']}/undo").json()["code"] == "nothing-to-undo"
