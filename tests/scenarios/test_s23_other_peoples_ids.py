"""S23: Ben of Birch with Acorn's ids, in every place where an id can stand; and fields that nobody sets.

That every route answers 404 to every id of another practice, alone among one's own and all together, is in
tests/permissions, from the route table. Here is the rest: Acorn's keys in Birch's workflows, fields that no body has,
and the scenario itself, in a few calls that can be read.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from django.test import Client

from natrium.api.api import api
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.workflow.actions import AddStep
from natrium.domain.workflow.definition import StepDefinition
from tests.builders import a_client, signed_in
from tests.permissions.calling import call, changed, named, rows
from tests.permissions.conftest import Both, both, made
from tests.permissions.entries import ENTRIES
from tests.permissions.entry import ANYBODY, Entry, Upload
from tests.permissions.sides import Side
from tests.scenarios.acorn import AA, Acorn, everything, rows_of
from tests.scenarios.conftest import Calls, SignsIn

__all__ = ["both", "made"]

WRITES = [entry for entry in ENTRIES if not entry.reads and entry.who is not ANYBODY]
OF_STEPS = [entry for entry in ENTRIES if "{key}" in entry.address]
# What rows have and no body may say; the value is one that can be found again.
MARK = 987_654_321
NOBODY_SETS = (
    "practice_id", "tenant_id", "client_id", "completed_by", "completed_at", "created_by_id", "member_id", "by",
    "status", "stale", "assignee_id", "id", "rev", "chain_head", "token_hash", "library_slug",
)  # fmt: skip
OF_A_FILE = (
    "uploaded_by", "added_by", "added_by_id", "added_at", "removed_by_id", "removed_at", "erased_at", "task_id", "size",
    "sha256", "stored", "content_type",
)  # fmt: skip
# The client of a new task; the version of a draft that the page showed.
SOME_FORMS_SAY = ("client_id", "rev")


def is_form(entry: Entry) -> bool:
    """Whether fields come one by one: a page's form, or the API's with a file in it."""
    return not entry.is_api or any(isinstance(one, Upload) for one in entry.body.values())


def by_route(entry: Entry) -> str:
    """An entry's name in the list of tests."""
    return entry.route


class TestBen:
    def test_no_id_of_acorn_leads_anywhere(self, acorn: Acorn, calls: Calls, signs_in: SignsIn) -> None:
        job, (task_id, workflow_id) = acorn.attached(), birch(acorn)
        ben, browser = calls(acorn.cast.ben), signs_in(acorn.cast.ben)
        jo, theirs = acorn.cast.jo.pk, acorn.client.pk
        to_jo = {"action": "assign", "step": "draft", "to": jo}
        before = everything()
        api_calls: list[tuple[str, str, Any]] = [
            ("get", f"/workflows/{job.workflow_id}", None),
            ("post", f"/workflows/{job.workflow_id}/steps/request/complete", {}),
            ("post", f"/workflows/{workflow_id}/steps/request/assign", {"to": jo}),
            ("post", f"/workflows/{workflow_id}/actions", {"actions": [to_jo]}),
            ("post", "/tasks", {"title": "x", "client_id": theirs}),
            ("post", "/tasks", {"title": "x", "owner_id": jo}),
            ("post", "/tasks", {"title": "x", "template_ids": [acorn.template_id]}),
            ("patch", f"/tasks/{task_id}", {"client_id": theirs}),
            ("patch", f"/tasks/{task_id}", {"owner_id": jo}),
            ("post", f"/tasks/{task_id}/workflows", {"template_id": acorn.template_id}),
            ("get", f"/tasks?client_id={theirs}", None),
            ("get", f"/tasks?owner_id={jo}", None),
        ]  # fmt: skip
        answers = [(address, ben(method, address, body)) for method, address, body in api_calls]
        answers += [(address, browser.get(address)) for address in (f"/tasks/{job.task_id}/", f"/clients/{theirs}/")]
        attach = {"template_id": acorn.template_id}
        answers.append(("attach", browser.post(f"/tasks/{task_id}/workflows/", attach)))
        answers.append(("assign", browser.post(f"/workflows/{workflow_id}/steps/request/assignment/", {"to": jo})))
        for address, answer in answers:
            assert answer.status_code == 404, (address, answer.content)
            assert not words_of_acorn(answer.content.decode()), address
        assert everything() == before

    def test_many_at_once_find_only_ones_own(self, acorn: Acorn, calls: Calls) -> None:
        theirs, (task_id, _) = acorn.task(), birch(acorn)
        body = {"template_id": acorn.template_id, "task_ids": [task_id, theirs]}
        answer = calls(acorn.cast.mark)("post", "/workflows/bulk", body).json()
        assert [one["task_id"] for one in answer["attached"]] == [theirs]
        assert [(one["task_id"], one["code"]) for one in answer["refused"]] == [(task_id, "not-found")]

    def test_what_ben_is_offered_to_choose_from_is_birchs(self, acorn: Acorn, signs_in: SignsIn) -> None:
        acorn.attached()
        task_id, _ = birch(acorn)
        browser = signs_in(acorn.cast.ben)
        for address in ("/tasks/new/", f"/tasks/{task_id}/", "/templates/", "/my-work/", "/people/"):
            answer = browser.get(address)
            assert (answer.status_code, words_of_acorn(answer.content.decode())) == (200, []), address


def birch(acorn: Acorn) -> tuple[int, int]:
    """A task and a workflow of Ben's."""
    ben, now = signed_in(acorn.cast.ben), datetime.now(UTC)
    client = a_client(acorn.cast.birch, name="Birch Bark Ltd")
    template = operations.import_template(by=ben, at=now, template=replace(AA, name="Ours"), and_publish=True)
    task_id = operations.create_task(by=ben, at=now, facts=TaskFacts(title="Bark", client_id=client.pk))
    return task_id, operations.attach(by=ben, at=now, task_id=task_id, template_id=template).workflow_id


def words_of_acorn(text: str) -> list[str]:
    """The words of Acorn's in a text."""
    return [word for word in ("Acorn", "acorn", "Widget", "Mark Reed", "Priya Shah", "Jo Evans") if word in text]


class TestKeysOfTheirs:
    @pytest.mark.parametrize("entry", OF_STEPS, ids=by_route)
    def test_a_key_that_only_their_workflow_has_is_no_step_of_ours(self, both: Both, entry: Entry) -> None:
        ours, theirs = both.betula, both.quercus
        add = AddStep("work", StepDefinition(key="their-secret", name=f"Secret {theirs.word}"))
        workflow = theirs.ids["workflow"]
        operations.edit(by=signed_in(theirs.people["owner"]), at=datetime.now(UTC), workflow_id=workflow, edit=add)
        before = rows()
        asking = replace(entry, path={**entry.path, "key": "their-secret"})
        answer = call(ours.browser("owner"), asking, [ours] * len(named(asking)))
        assert answer.status_code in (404, 409, 422), answer.content
        assert theirs.word not in answer.content.decode()
        assert changed(before, rows()) == {}


class TestFieldsThatNobodySets:
    @pytest.mark.parametrize("entry", [one for one in WRITES if one.is_api and not is_form(one)], ids=by_route)
    def test_the_api_refuses_them_by_name(self, both: Both, entry: Entry) -> None:
        ours = both.quercus
        owner = prepared(ours, entry)
        before = rows()
        known, ids = properties(entry), [ours] * len(named(entry))
        if not known:  # a route without a body reads none
            everything_said = dict.fromkeys(NOBODY_SETS, MARK)
            assert call(owner, replace(entry, body=everything_said), ids).status_code == entry.status
            assert str(MARK) not in repr(changed(before, rows()))
            return
        for field in NOBODY_SETS:
            for body in [] if field in known else with_field(entry.body, field):
                answer = call(owner, replace(entry, body=body), ids)
                assert answer.status_code == 422, (field, body, answer.content)
                assert field in answer.json()["field"]  # type: ignore[attr-defined]
        assert changed(before, rows()) == {}

    @pytest.mark.parametrize("entry", [one for one in WRITES if is_form(one)], ids=by_route)
    def test_a_form_does_not_hear_them(self, both: Both, entry: Entry) -> None:
        ours = both.quercus
        owner = prepared(ours, entry)
        before = rows()
        more = {field: MARK for field in (*NOBODY_SETS, *OF_A_FILE) if field not in {*entry.body, *SOME_FORMS_SAY}}
        answer = call(owner, replace(entry, body={**entry.body, **more}), [ours] * len(named(entry)))
        assert answer.status_code == entry.status, answer.content
        assert str(MARK) not in repr(changed(before, rows()))

    def test_a_clients_practice_cannot_be_said(self, acorn: Acorn, calls: Calls) -> None:
        before = rows_of("clients_client")
        body = {"notes": "Ours now", "practice_id": acorn.cast.birch.pk}
        answer = calls(acorn.cast.mark)("patch", f"/clients/{acorn.client.pk}", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad-value")
        assert rows_of("clients_client") == before


def prepared(side: Side, entry: Entry) -> Client:
    """The browser of somebody who may, with all ready for the call."""
    part = "staff" if "revocation" in entry.route else "owner"
    if entry.before:
        entry.before(side, side.people[part])
    return side.browser(part)


@cache
def described() -> dict[str, Any]:
    """The API's description of itself."""
    return dict(api.get_openapi_schema())


def properties(entry: Entry) -> set[str]:
    """The fields that a route's body has, by the API's own description; empty where it has none."""
    document = described()
    operation = document["paths"][entry.address][entry.method.lower()]
    if "requestBody" not in operation:
        return set()
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    # A body that may be left out is described as one of several.
    [reference] = [one["$ref"] for one in (schema, *schema.get("anyOf", ())) if "$ref" in one]
    named_schema = document["components"]["schemas"][reference.rsplit("/", 1)[-1]]
    return set(named_schema.get("properties", {})) or {"(nothing)"}


def with_field(body: Any, field: str) -> Iterator[Any]:
    """The body with the field added, at its top and in everything in it that has fields."""
    places = [()]
    places += [(name, at) for name, value in body.items() if isinstance(value, list) for at in range(len(value))]
    for place in places:
        whole = deepcopy(dict(body))
        inner: Any = whole
        for step in place:
            inner = inner[step]
        if isinstance(inner, dict):
            inner[field] = MARK
            yield whole
