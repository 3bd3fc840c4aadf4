"""A recurring task as its card on the service's page: the sentence, the other words, and the next dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from natrium.apps.catalogue.facts import Mode, OwnerRule, RecurringFacts
from natrium.domain.errors import Refusal
from natrium.domain.recurrence import titles
from natrium.domain.recurrence.sentences import phrases
from natrium.web.services import recurring
from natrium.web.services.choices import CATCH_UP, LABELS, MODES, OWNERS, Choices
from natrium.web.services.schedules import MOST_DATES
from natrium.web.services.upcoming import how_often


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the sentence. `word` is its small form's name, "" for what cannot be pressed."""

    text: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A word beside the sentence: what it is, what it says, its small form, and where it leads."""

    label: str
    text: str
    word: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that the card shows. `id` 0: it is not kept yet. `facts`: what was typed, or what is kept where it is wrong.

    `open`: the word whose small form shows. `changed`: something differs from what is kept.
    """

    id: int
    rev: int
    facts: RecurringFacts
    service: str
    typed: Mapping[str, str]
    choices: Choices
    shown: bool = False
    open: str = ""
    like: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    changed: bool = False

    @property
    def name(self) -> str:
        """What its titles begin with, up to the first date in them."""
        return recurring.name_of(self.facts.title_pattern, self.service)

    @property
    def often(self) -> str:
        """How often, in a word or two."""
        if self.facts.mode is Mode.AFTER_COMPLETION:
            return "after the last one"
        return how_often(recurring.schedule_of(self.facts))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The sentence, word by word."""
        if self.facts.mode is Mode.AFTER_COMPLETION:
            count = self.facts.every_days or 0
            days = f"{count} day{'' if count == 1 else 's'} after"
            return (Piece("Once the service starts, and then "), Piece(days, "mode"), Piece(" the last one is done."))
        schedule = recurring.schedule_of(self.facts)
        if self.facts.rule:
            schedule = replace(schedule, rule=self.facts.rule)
        return tuple(Piece(one.text, one.word.name.lower() if one.word else "") for one in phrases(schedule))

    @property
    def more(self) -> tuple[Piece, ...]:
        """What the sentence does not say yet, and could."""
        if self.facts.mode is Mode.AFTER_COMPLETION:
            return ()
        schedule = recurring.schedule_of(self.facts)
        target = () if schedule.target else (Piece("Set a target", "target"),)
        return (*target, *(() if schedule.milestones else (Piece("Add another date", "dates"),)))

    @property
    def words(self) -> tuple[Fact, ...]:
        """The words beside the sentence."""
        facts = self.facts
        owner = self.choices.members.get(facts.owner_member_id or 0, "Somebody who left")
        if facts.owner_rule is not OwnerRule.MEMBER:
            owner = OWNERS[facts.owner_rule]
        attached = tuple(
            (self.choices.names.get(one, "A workflow"), f"/templates/{one}/") for one in facts.template_ids
        )
        workflows = ", then ".join(name for name, _ in attached) or "None"
        said = {
            "title": facts.title_pattern, "owner": owner, "workflows": workflows,
            "catch-up": CATCH_UP[facts.catch_up], "mode": MODES[facts.mode],
        }  # fmt: skip
        links = {"workflows": attached}
        return tuple(Fact(LABELS[word], text, word, links.get(word, ())) for word, text in said.items())

    @property
    def hidden(self) -> dict[str, str]:
        """The fields that the open form does not show."""
        visible = recurring.WORDS.get(self.open, ())
        return {name: self.typed.get(name, "") for name in recurring.NAMES if name not in visible}

    @property
    def label(self) -> str:
        """What the open form is about."""
        return LABELS.get(self.open, "")

    @property
    def dates(self) -> tuple[int, ...]:
        """The rows of other dates that are offered: those that are filled in, and one more."""
        filled = [number for number in range(1, MOST_DATES + 1) if self._has(f"label{number}", f"law{number}")]
        return tuple(range(1, min(max(filled, default=0) + 1, MOST_DATES) + 1))

    @property
    def spare(self) -> tuple[int, ...]:
        """The rows of other dates that are not offered yet."""
        return tuple(range(len(self.dates) + 1, MOST_DATES + 1))

    @property
    def workflows(self) -> tuple[str, ...]:
        """The places for workflows that are offered: those that are filled in, and one more."""
        filled = [place for place, name in enumerate(recurring.WORKFLOWS, start=1) if self._has(name)]
        return recurring.WORKFLOWS[: max(filled, default=0) + 1]

    @property
    def no_workflows(self) -> tuple[str, ...]:
        """The places that are not offered yet."""
        return recurring.WORKFLOWS[len(self.workflows) :]

    def _has(self, *names: str) -> bool:
        return any(self.typed.get(name) for name in names)


def typed_over(given: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """What was typed, over what is kept."""
    return {name: given.get(name, value) for name, value in kept.items()}


def card_of(
    *, id_: int, rev: int, kept: RecurringFacts, service: str, choices: Choices, given: Mapping[str, str] | None,
    open_: str = "", no: Refusal | None = None, like: str = "",
) -> Card:  # fmt: skip
    """The card of a recurring task; with what was typed (`given`), open and as it would be, or with what is wrong.

    `no` is a refusal that came from elsewhere.
    """
    was = recurring.said(kept)
    typed = typed_over(given or {}, was)
    facts = kept
    if given is not None and no is None:
        try:
            facts = recurring.read(typed, kept)
            titles.check_pattern(facts.title_pattern)
        except Refusal as refusal:
            facts, no = kept, refusal
    errors: dict[str, str] = {}
    if no is not None:
        name, words = recurring.here(no)
        open_ = recurring.word_of(name) or open_
        errors = {name if recurring.word_of(name) else "": words}
    return Card(
        id=id_, rev=rev, facts=facts, service=service, typed=typed, choices=choices, shown=given is not None,
        open=open_ if open_ in recurring.WORDS else "", errors=errors, code=no.code if no else "",
        changed=typed != was, like=like,
    )  # fmt: skip
