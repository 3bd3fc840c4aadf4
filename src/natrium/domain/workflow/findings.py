"""What lint finds in a template, and where in it: the words and the places that its parts share."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from natrium.domain.workflow.definition import GroupDefinition, StepDefinition, Template

type Path = tuple[str | int, ...]


class Level(StrEnum):
    """An error stops publishing, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class LintCode(StrEnum):
    """Stable codes of findings: errors first, then warnings (SPEC section 2)."""

    CYCLE = "cycle"
    UNKNOWN_KEY = "unknown-key"
    DUPLICATE_KEY = "duplicate-key"
    NO_STEPS = "no-steps"
    BAD_VALUE = "bad-value"
    MEMBER_LEFT = "member-left"
    GATE_ON_LAST_GROUP = "gate-on-last-group"
    EMPTY_GROUP = "empty-group"
    DUPLICATE_NAME = "duplicate-name"
    IMPLIED_AFTER = "implied-after"
    APPROVAL_AFTER_FILING = "approval-after-filing"
    REVIEW_AFTER_APPROVAL = "review-after-approval"

    @property
    def level(self) -> Level:
        """Whether this stops publishing."""
        return Level.ERROR if self in _ERRORS else Level.WARNING


_ERRORS = frozenset(
    {LintCode.CYCLE, LintCode.UNKNOWN_KEY, LintCode.DUPLICATE_KEY, LintCode.NO_STEPS, LintCode.BAD_VALUE}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing lint has to say.

    `message` is a sentence for the person who writes the template. `keys` are the groups and steps it is about,
    the one it stands at first. `path` is the place in the template's plain form (codec.py), down to the field or
    the item of a list: ("groups", 1, "steps", 0, "after", 2); empty where it is about the whole.
    """

    code: LintCode
    message: str
    keys: tuple[str, ...] = ()
    path: Path = ()

    @property
    def level(self) -> Level:
        """Whether this stops publishing."""
        return self.code.level


def placed_groups(template: Template) -> Iterator[tuple[Path, GroupDefinition[StepDefinition]]]:
    """Each group with its path, in workflow order."""
    for index, group in enumerate(template.groups):
        yield ("groups", index), group


def placed_steps(template: Template) -> Iterator[tuple[Path, StepDefinition]]:
    """Each step with its path, in workflow order."""
    for path, group in placed_groups(template):
        for index, step in enumerate(group.steps):
            yield (*path, "steps", index), step
