"""How good suggestions are: the figures of docs/suggestions.md, none of which may fall below what was promised."""

import socket
from time import perf_counter

import pytest

from natrium.apps.workflows.bundling import parts
from natrium.apps.workflows.bundling import shelf as folder
from natrium.apps.workflows.suggesting import shelf, suggested
from natrium.domain.suggestions.phases import kind
from natrium.domain.suggestions.shelf import Idea, Phase, Source, SuggestedGroup, Suggestion
from natrium.domain.workflow.definition import Assign, Rule, StepDefinition
from tests.unit.apps.workflows.suggesting import measuring
from tests.unit.apps.workflows.suggesting.scoring import Marks, marked, requests

# What an answer that is the same for everything gets: the floor beside which the marks are to be read.
FIXED = (
    ("Request information and records from the client", Rule.TASK_OWNER, Phase.GATHER),
    ("Receive and check the records", Rule.TASK_OWNER, Phase.GATHER),
    ("Prepare the draft", Rule.TASK_OWNER, Phase.PREPARE),
    ("Manager review", Rule.CLIENT_MANAGER, Phase.REVIEW),
    ("Partner review", Rule.CLIENT_PARTNER, Phase.REVIEW),
    ("Send to the client for approval", Rule.TASK_OWNER, Phase.APPROVE),
    ("Submit to HMRC", Rule.TASK_OWNER, Phase.FILE),
    ("Advise the client of the amount due", Rule.TASK_OWNER, Phase.AFTER),
    ("Archive the file", Rule.TASK_OWNER, Phase.AFTER),
)


def fixed() -> Suggestion:
    ideas = [
        Idea(StepDefinition(key="", name=name, assign=Assign(rule=rule)), Source.ARCHETYPE, phase)
        for name, rule, phase in FIXED
    ]
    groups = (SuggestedGroup("Work", tuple(ideas[:5])), SuggestedGroup("Completion", tuple(ideas[5:])))
    return Suggestion(groups, 0.0, "fixed")


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def say(capsys: pytest.CaptureFixture[str], what: str, marks: list[Marks]) -> None:
    points = [mark.points for mark in marks]
    with capsys.disabled():
        print(  # noqa: T201 - the figures are wanted beside the result
            f"\n{what}: {mean(points):.1f} points, recall {mean([mark.recall for mark in marks]):.1%}, "
            f"lowest {min(points):.1f}, of {len(marks)}"
        )


def test_the_requests(capsys: pytest.CaptureFixture[str]) -> None:
    marks = [mark for _, mark in measuring.asked()]
    say(capsys, "requests", marks)
    say(capsys, "the same answer for everything", [marked(one, fixed()) for one in requests()])
    assert mean([mark.points for mark in marks]) >= 97
    assert mean([mark.recall for mark in marks]) >= 0.95
    assert min(mark.points for mark in marks) >= 85


def test_asked_for_what_was_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    found = measuring.left_out()
    marks = [mark for _, mark in found]
    say(capsys, "left out", marks)
    assert mean([mark.points for mark in marks]) >= 84
    assert mean([mark.recall for mark in marks]) >= 0.73
    assert [name for name, mark in found if mark.points < 40] == []


def test_known_work_is_found_again_and_unseen_work_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    asked, unseen = measuring.paraphrases(), measuring.lines("unseen.txt")
    misled, mistaken = measuring.misled(), measuring.mistaken()
    with capsys.disabled():
        print(  # noqa: T201 - likewise
            f"\nright first: {1 - len(misled) / len(asked):.1%} of {len(asked)}; unseen taken for known: "
            f"{len(mistaken)} of {len(unseen)}"
        )
    assert len(asked) >= 200
    assert len(misled) <= 0.02 * len(asked)
    assert len(mistaken) <= 0.03 * len(unseen)


def test_listed_steps_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    found = measuring.fidelity()
    listed, kept = sum(one.listed for one in found), sum(one.kept for one in found)
    with capsys.disabled():
        print(f"\nlisted steps kept: {kept / listed:.1%} of {listed} in {len(found)}")  # noqa: T201 - likewise
    assert len(found) >= 100
    assert kept >= 0.97 * listed


def test_an_answer_takes_no_longer_than_a_blink() -> None:
    suggested("VAT return")
    took = []
    for one in requests():
        started = perf_counter()
        suggested(one.name, one.description)
        took.append(perf_counter() - started)
    assert sorted(took)[int(0.95 * len(took))] < 0.25  # 50 ms on a machine that has nothing else to do


def test_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    shelf.cache_clear()
    assert suggested("VAT return", "Post to Xero, reconcile the bank, file with HMRC.").steps


def test_the_parts_are_as_many_as_promised_and_sound() -> None:
    assert len(shelf().archetypes) >= 30
    assert len(shelf().facets) >= 150
    assert (folder() / "parts.json").read_text(encoding="utf-8") == parts()
    for archetype in shelf().archetypes:
        steps = archetype.template.steps
        assert 5 <= len(steps) <= 16, archetype.key
        assert [step.name for step in steps if kind(step.name) is None] == [], archetype.key
        assert len({step.name for step in steps}) == len(steps)
        approvals = [at for at, step in enumerate(steps) if step.approval]
        filings = [at for at, step in enumerate(steps) if step.filing]
        assert not filings or (approvals and approvals[0] < filings[0]), archetype.key
    for facet in shelf().facets:
        assert facet.triggers, facet.key
        assert [step.name for step in facet.steps if kind(step.name) is None] == [], facet.key


def test_no_slot_is_left_open_and_no_authority_is_invented() -> None:
    for name in measuring.lines("unseen.txt"):
        for idea in suggested(name).steps:
            assert "{" not in idea.step.name
            assert "the authority" not in idea.step.name
            assert 5 <= len(idea.step.name) <= 110, idea.step.name
