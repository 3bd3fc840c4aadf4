"""The overview through the API: filters that compose and negate, pages that continue, and views that are kept."""

from datetime import timedelta

import pytest

from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.apps.workflows.queries.overview import lists
from tests.api.conftest import ApiWorld, As
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import counted


def many(world: ApiWorld, count: int) -> None:
    for number in range(count):
        on = NOW.date() + timedelta(days=number // 2)
        facts = TaskFacts(title=f"Call {number}", owner_id=world.cast.priya.pk, target_date=on)
        operations.create_task(by=signed_in(world.cast.mark), at=NOW, facts=facts)


def test_filters_compose_and_negate_as_on_the_page(world: ApiWorld, as_: As) -> None:
    many(world, 4)
    mark = as_(world.cast.mark)
    priya = world.cast.priya.pk

    def titles(query: str) -> set[str]:
        answer = mark("get", f"/practice/tasks?{query}")
        assert answer.status_code == 200, answer.content
        return {one["title"] for one in answer.json()["items"]}

    calls = {f"Call {number}" for number in range(4)}
    assert titles(f"owner={priya}") == calls
    assert titles(f"owner={priya}&q=call 1&q=call 2") == {"Call 1", "Call 2"}
    assert titles(f"owner={priya}&-q=call 1") == calls - {"Call 1"}
    assert titles("") - titles(f"-owner={priya}") == calls
    steps = mark("get", f"/practice/steps?person={priya}").json()
    assert (steps["count"], {one["task"] for one in steps["items"]} >= calls) == (len(steps["items"]), True)
    for odd in ("moon=1", "owner=nobody-at-all", "-due=soon"):
        refused = mark("get", f"/practice/tasks?{odd}")
        assert (refused.status_code, odd.partition("=")[0] in refused.json()["detail"]) == (422, True)
    assert mark("get", "/practice/tasks?cursor=x").status_code == 422
    assert as_(world.cast.ben)("get", f"/practice/tasks?owner={priya}").json()["items"] == []


def test_pages_continue_without_losing_or_repeating_in_as_many_statements(
    world: ApiWorld, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(world, 11)
    mark, taken = as_(world.cast.mark), []
    everything = [one["id"] for one in mark("get", "/practice/tasks").json()["items"]]
    monkeypatch.setattr(lists, "ROWS", 3)
    found, cursor = list[int](), ""
    while True:
        with counted() as seen:
            page = mark("get", f"/practice/tasks?cursor={cursor}").json()
        taken.append(len(seen))
        found += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert found == everything
    assert len(set(taken)) == 1


def test_views_are_kept_seen_and_removed(world: ApiWorld, as_: As) -> None:
    mark, jo = as_(world.cast.mark), as_(world.cast.jo)
    kept = {"name": "Late", "page": "list", "query": "due=late&-status=waiting", "shared": True}
    first = mark("post", "/views", kept)
    assert first.status_code == 201
    assert mark("post", "/views", kept).json() == first.json()
    [seen] = jo("get", "/views").json()["items"]
    assert (seen["name"], seen["query"], seen["mine"], seen["by"]) == (
        "Late", "-status=waiting&due=late", False, "Mark Reed",
    )  # fmt: skip
    assert jo("get", f"/practice/tasks?{seen['query']}").status_code == 200
    refused = mark("post", "/views", kept | {"query": "moon=1"})
    assert (refused.status_code, refused.json()["field"]) == (422, "query")
    assert as_(world.cast.ben)("delete", f"/views/{seen['id']}").status_code == 404
    assert mark("delete", f"/views/{seen['id']}").json() == {"id": seen["id"]}
    assert jo("get", "/views").json()["items"] == []
