"""Views of the overview: kept under a name, one's own or everybody's, with their lines in the record."""

import pytest

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.apps.workflows.queries import overview
from natrium.domain.errors import Code, NotFound
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import Job, code_of, column, events_after, last_event


def save(by: Member, name: str = "Late VAT", **words: object) -> int:
    said = {"page": "list", "query": "service=VAT&due=late"} | words
    return operations.save_view(by=signed_in(by), at=NOW, name=name, **said)  # type: ignore[arg-type]


def seen(by: Member) -> list[tuple[str, str, str, bool, bool]]:
    return [(one.name, one.page, one.query, one.shared, one.mine) for one in overview.views(by=signed_in(by))]


def test_ones_own_is_ones_own_and_a_shared_one_is_everybodys(job: Job) -> None:
    cast = job.cast
    save(cast.jo, page="steps", query="person=me")
    save(cast.mark, "For all", shared=True)
    assert seen(cast.jo) == [
        ("For all", "list", "service=VAT&due=late", True, False),
        ("Late VAT", "steps", "person=me", False, True),
    ]
    assert seen(cast.vera) == [("For all", "list", "service=VAT&due=late", True, False)]
    assert seen(cast.ben) == []


def test_the_same_name_again_takes_the_others_place_and_says_so_once(job: Job) -> None:
    mark, before = job.cast.mark, last_event()
    first = save(mark)
    assert save(mark) == first
    assert save(mark, page="matrix", query="due=late&service=VAT") == first
    assert seen(mark) == [("Late VAT", "matrix", "service=VAT&due=late", False, True)]
    events = events_after(before)
    assert [(event["verb"], event["chain"], event["name"]) for event in events] == [
        ("view.saved", "practice", "Late VAT")
    ] * 2
    assert events[1]["data"] == {
        "name": "Late VAT", "page": "matrix", "query": "service=VAT&due=late", "shared": False, "view": first,
    }  # fmt: skip


def test_what_makes_no_sense_in_the_filters_is_not_kept(job: Job) -> None:
    save(job.cast.mark, query="colour=red&-due=late&page=3")
    assert seen(job.cast.mark)[0][2] == "-due=late"


def test_removing_leaves_its_line(job: Job) -> None:
    cast, view, before = job.cast, save(job.cast.jo), last_event()
    operations.remove_view(by=signed_in(cast.jo), at=NOW, view_id=view)
    [event] = events_after(before)
    assert (event["verb"], event["data"]["query"]) == ("view.removed", "service=VAT&due=late")
    assert column("SELECT COUNT(*) FROM workflows_savedview") == [0]


def test_whose_view_it_is_and_who_may_share(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = job.cast
    own, shared = save(cast.priya), save(cast.mark, "For all", shared=True)
    assert code_of(lambda: save(cast.jo, shared=True)) is Code.NOT_ALLOWED
    assert code_of(lambda: operations.remove_view(by=signed_in(cast.jo), at=NOW, view_id=shared)) is Code.NOT_ALLOWED
    for member, view in ((cast.mark, own), (cast.ben, shared), (cast.ben, own), (cast.mark, 99)):
        with pytest.raises(NotFound):
            operations.remove_view(by=signed_in(member), at=NOW, view_id=view)
    operations.remove_view(by=signed_in(cast.priya), at=NOW, view_id=shared)
    for name in ("", "  ", "x" * 61, "a\0b"):
        assert code_of(lambda name=name: save(cast.jo, name)) is Code.BAD_VALUE  # type: ignore[misc]
    assert code_of(lambda: save(cast.jo, page="elsewhere")) is Code.BAD_VALUE
    monkeypatch.setattr("natrium.apps.workflows.operations.views.MOST", 1)
    save(cast.jo, "One")
    assert code_of(lambda: save(cast.jo, "Two")) is Code.BAD_VALUE
    save(cast.jo, "One", page="matrix")
