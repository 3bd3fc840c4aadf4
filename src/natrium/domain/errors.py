"""The one family of refusals. A refusal changes nothing and says why in words fit for the person who reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Stable codes of refusals, in the order in which they are checked (SPEC section 3)."""

    NOT_ALLOWED = "not-allowed"
    TASK_HELD = "task-held"
    STALE = "stale"
    FILED = "filed"
    WRONG_STATE = "wrong-state"
    SETTLED = "settled"
    REQUIRED = "required"
    REASON_NEEDED = "reason-needed"
    EVIDENCE_NEEDED = "evidence-needed"
    BAD_VALUE = "bad-value"
    BLOCKED = "blocked"
    APPROVAL_MISSING = "approval-missing"
    UNKNOWN_KEY = "unknown-key"
    DUPLICATE_KEY = "duplicate-key"
    CYCLE = "cycle"
    CANNOT_CLEAR = "cannot-clear"
    TEMPLATE_STEP = "template-step"
    WORKED_ON = "worked-on"
    IN_USE = "in-use"
    TAKEN = "taken"
    NOTHING_TO_UNDO = "nothing-to-undo"
    TOO_LATE = "too-late"
    BUILT_ON = "built-on"
    HAS_WORKFLOWS = "has-workflows"
    BAD_TEMPLATE = "bad-template"


# Refusals of what was sent, not of the state it met: other words may do.
OF_WHAT_WAS_SENT = frozenset(
    {
        Code.REASON_NEEDED,
        Code.EVIDENCE_NEEDED,
        Code.BAD_VALUE,
        Code.UNKNOWN_KEY,
        Code.DUPLICATE_KEY,
        Code.CYCLE,
        Code.BAD_TEMPLATE,
    }
)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A step that stands in the way: its key, its name, and who has it ("" where nobody has)."""

    key: str
    name: str
    person: str = ""

    def __str__(self) -> str:
        """As people read it: "Manager review — Mark"."""
        return f"{self.name} — {self.person}" if self.person else self.name


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """The rules say no. `code` is stable, `message` is a sentence, `obstacles` are the steps in the way.

    `field` names the input that was wrong, where one was.
    """

    def __init__(self, code: Code, message: str, obstacles: tuple[Obstacle, ...] = (), *, field: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.obstacles = obstacles
        self.field = field


def first_of(refusals: Iterable[Refusal]) -> Refusal:
    """Of several refusals of one thing the one that is checked first; the first one where codes are equal."""
    order = list(Code)
    return min(refusals, key=lambda refusal: order.index(refusal.code))


class NotFound(Exception):  # noqa: N818 - an answer: this practice has no such thing
    """There is no such thing in the member's practice. Pages and API answer 404, whatever exists elsewhere."""


class StaleEdit(Exception):  # noqa: N818 - an answer: somebody else was quicker
    """The thing changed since it was read (If-Match, or a field's shown value). `current` is what it is now."""

    def __init__(self, message: str, current: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.current = current or {}
