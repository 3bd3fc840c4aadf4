"""What the small forms of a service's page offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from natrium.apps.catalogue.operations import CatchUp, Mode, OwnerRule
from natrium.apps.practices import queries as practices
from natrium.apps.workflows import queries as workflows
from natrium.domain.deadlines.rules import RULES
from natrium.domain.deadlines.targets import Adjust
from natrium.domain.recurrence.codec import MONTHS
from natrium.domain.recurrence.schedule import Anchor, Parts, Whence
from natrium.domain.recurrence.schedules import SCHEDULES
from natrium.domain.recurrence.sentences import Word
from natrium.domain.roles import Role
from natrium.web.http import Asked
from natrium.web.services import schedules

type Options = tuple[tuple[str, str], ...]

OWNERS = {
    OwnerRule.CLIENT_MANAGER: "The client’s manager",
    OwnerRule.CLIENT_PARTNER: "The client’s partner",
    OwnerRule.UNASSIGNED: "Nobody yet",
}
CATCH_UP = {
    CatchUp.ALL: "Each is made",
    CatchUp.LATEST_ONLY: "Only the latest is made",
    CatchUp.NONE: "None is made",
}
MODES = {Mode.ON_SCHEDULE: "By the calendar", Mode.AFTER_COMPLETION: "Some days after the last one is done"}
ADJUST = {
    Adjust.PREVIOUS: "The working day before",
    Adjust.NEXT: "The working day after",
    Adjust.NONE: "It stays as it is",
}
UNITS = (("days", "days"), ("working_days", "working days"))
LABELS = {word.name.lower(): word.value[:1].upper() + word.value[1:] for word in Word} | {
    "title": "Title", "owner": "Owner", "workflows": "Workflows", "mode": "The next one comes",
    "catch-up": "Periods that were missed",
}  # fmt: skip


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _named(members: Iterable[StrEnum]) -> Options:
    """By the name, with the value as the words."""
    return tuple((one.name.lower(), str(one)) for one in members)


def _valued[E: StrEnum](words: Mapping[E, str]) -> Options:
    return tuple((one.value, text) for one, text in words.items())


# The same in every practice, by what the forms call them.
ALWAYS: dict[str, Options] = {
    "anchors": tuple((name, _capital(words)) for name, words in _named(Anchor)),
    "rules": tuple((name, RULES[name].title) for name in schedules.ASKED),
    "parts": tuple((name, _capital(words) or "One") for name, words in _named(Parts)),
    "whence": _named((Whence.PERIOD_END, Whence.PERIOD_START)),
    "adjust": _valued(ADJUST),
    "create_from": _named((Whence.PERIOD_END, Whence.DUE)),
    "units": UNITS,
    "modes": _valued(MODES),
    "catch_up": _valued(CATCH_UP),
    "ready": tuple((one.service, one.service) for one in SCHEDULES),
}
FIXED = frozenset(anchor.name.lower() for anchor in MONTHS)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, values with their words. `names` are templates', `members` people's, by id.

    `fixed` are the anchors that say themselves how often.
    """

    names: Mapping[int, str]
    members: Mapping[int, str]
    lists: Mapping[str, Options]
    labels: Mapping[str, str]
    fixed: frozenset[str]


def choices(who: Asked) -> Choices:
    """All of it for a practice."""
    people = practices.members(practice_id=who.by.practice_id)
    holders = [one for one in people if one.active and one.role >= Role.STAFF]
    templates = workflows.template_list(by=who.by)
    archived = workflows.template_list(by=who.by, archived=True)
    lists = ALWAYS | {
        "owners": (*_valued(OWNERS), *((f"member:{one.id}", one.name) for one in holders)),
        "templates": tuple((str(row.id), row.name) for row in templates if row.version and not row.archived),
    }
    names = {row.id: row.name for row in (*archived, *templates)}
    return Choices(names, {one.id: one.name for one in people}, lists, LABELS, FIXED)
