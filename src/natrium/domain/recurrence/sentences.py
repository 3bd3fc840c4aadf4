"""A schedule as people read it: a sentence, and the words in it that each stand for something that can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from natrium.domain.deadlines.rules import RULES
from natrium.domain.deadlines.targets import Adjust
from natrium.domain.deadlines.words import counted
from natrium.domain.recurrence.schedule import Anchor, Offset, Schedule
from natrium.domain.workflow.definition import DueUnit


class Word(StrEnum):
    """What a word of the sentence says, as its form is called."""

    OFTEN = "how often"
    ANCHOR = "what its periods hang on"
    DUE = "when it is due"
    ADJUST = "what happens on days off"
    PARTS = "how many tasks a period has"
    DATES = "its other dates"
    TARGET = "the target"
    CREATE = "when it appears"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of the sentence; with a word, one that can be changed. All of them, joined, are the sentence."""

    text: str
    word: Word | None = None


def sentence(schedule: Schedule) -> str:
    """The schedule as people read it.

    "Every 12 months, by the client’s year end. Due by law: Accounts to Companies House. Target 60 days before. Appears
    1 day after the period ends."
    """
    return "".join(phrase.text for phrase in phrases(schedule))


def phrases(schedule: Schedule) -> tuple[Phrase, ...]:
    """The sentence in stretches."""
    return (*_often(schedule), *_due(schedule), *_beside(schedule), *_create(schedule))


def _often(schedule: Schedule) -> Iterator[Phrase]:
    if schedule.anchor is Anchor.EVENT:
        yield Phrase("Once", Word.ANCHOR)
    elif schedule.anchor is Anchor.PAY_DATES:
        yield Phrase("Every pay period, by ")
        yield Phrase(schedule.anchor.value, Word.ANCHOR)
    else:
        yield Phrase("Every ")
        yield Phrase(counted(schedule.months, "month").removeprefix("1 "), Word.OFTEN)
        yield Phrase(", by ")
        yield Phrase(schedule.anchor.value, Word.ANCHOR)
    yield Phrase(". Due ")


def _due(schedule: Schedule) -> Iterator[Phrase]:
    offset = schedule.offset
    if offset is None:
        yield Phrase("by law: ")
        yield Phrase(RULES[schedule.rule].title, Word.DUE)
    else:
        yield Phrase(f"{_after(offset)}{offset.whence}", Word.DUE)
        moved = {Adjust.PREVIOUS: "before", Adjust.NEXT: "after"}.get(offset.adjust)
        if moved:
            yield Phrase("; ")
            yield Phrase(f"the working day {moved}", Word.ADJUST)
            yield Phrase(" where it is none")
    yield Phrase(". ")


def _after(offset: Offset) -> str:
    spans = [(offset.months, "month"), (offset.days, "day")]
    after = " and ".join(counted(number, noun) for number, noun in spans if number)
    return f"{after} after " if after else "when "


def _beside(schedule: Schedule) -> Iterator[Phrase]:
    if schedule.parts:
        yield Phrase("Tasks: ")
        yield Phrase(schedule.parts.value, Word.PARTS)
        yield Phrase(". ")
    for mark in schedule.milestones:
        yield Phrase(mark.label, Word.DATES)
        yield Phrase(f": by law, {RULES[mark.rule].title}. ")
    if schedule.target:
        yield Phrase("Target ")
        yield Phrase(f"{count_of(schedule.target.days, schedule.target.unit)} before", Word.TARGET)
        yield Phrase(". ")


def _create(schedule: Schedule) -> Iterator[Phrase]:
    create = schedule.create
    side = "when"
    if create.days:
        side = f"{count_of(abs(create.days), create.unit)} {'before' if create.days < 0 else 'after'}"
    yield Phrase("Appears ")
    yield Phrase(f"{side} {create.whence}", Word.CREATE)
    yield Phrase(".")


def count_of(days: int, unit: DueUnit) -> str:
    """A number of days in words: "5 working days"."""
    return counted(days, "working day" if unit is DueUnit.WORKING_DAYS else "day")
