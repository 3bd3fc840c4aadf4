"""Who asks for what of which workflow, and the whole of what they are told: code, sentence, steps in the way, field."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from natrium.domain.workflow.actions import Edit, OverridePrerequisites
from natrium.domain.workflow.model import Around, Member, Workflow
from tests.unit.domain.workflow.builders import PRIYA, Job, loose, step


@dataclass(frozen=True)
class Said:
    """Who asks for what of which workflow, and what they are told."""

    workflow: Workflow
    asked: Any
    code: str
    sentence: str
    obstacles: tuple[str, ...] = ()
    field: str = ""
    by: Member = PRIYA
    around: dict[str, Any] = dataclasses.field(default_factory=dict)


def one(**facts: Any) -> Workflow:
    """A workflow of one step, called A."""
    return loose(step("a", **facts))


def over(key: str, *covers: str, reason: str = "Hurry", **more: Any) -> OverridePrerequisites:
    return OverridePrerequisites(key, covers, reason, **more)


def check(said: Said) -> None:
    job = Job(said.workflow)
    job.around = Around(**said.around)
    ask = job.refuses_edit if isinstance(said.asked, Edit) else job.refuses
    refusal = ask(said.asked, by=said.by)
    assert (refusal.code, refusal.message) == (said.code, said.sentence)
    assert str(refusal) == said.sentence
    assert tuple(str(obstacle) for obstacle in refusal.obstacles) == said.obstacles
    assert refusal.field == said.field


def idea(said: Said) -> str:
    """What a test is called by."""
    return plain(f"{said.code}: {said.sentence[:70]}")


def plain(words: str) -> str:
    """Words in ASCII: a test that is called otherwise has another name when it is collected a second time."""
    return words.translate(str.maketrans("“”—", "''-"))
