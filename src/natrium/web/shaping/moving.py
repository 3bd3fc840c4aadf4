"""The form that moves a step or group: the places there are, and the one chosen."""

from dataclasses import dataclass

from natrium.apps.workflows.shapes import GroupShape, StepShape
from natrium.domain.errors import Code, Refusal
from natrium.web.refused import STATUS


@dataclass(frozen=True, slots=True)
class Place:
    """A place to choose: what is sent, and what it says."""

    value: str
    words: str


type Places = tuple[tuple[str, tuple[Place, ...]], ...]


@dataclass(frozen=True, slots=True)
class Moving:
    """The form: the places by the heading they stand under, and the one chosen. `asks_reason`: it says why."""

    places: Places
    chosen: str
    message: str = ""
    code: str = ""
    asks_reason: bool = False
    reason: str = ""
    status: int = 200


def step_moving(shape: StepShape, refusal: Refusal | None = None, *, chosen: str = "", reason: str = "") -> Moving:
    """The form that moves a step to any place of any group."""
    group = next(one for one in shape.around.groups if one.key == shape.group)
    here = where(shape, shape.group, group.steps.index(shape.step))
    offered = tuple(
        (one.name, (Place(f"{one.key}/", "First"), *(
            Place(f"{one.key}/{step.key}", f"After {step.name}") for step in one.steps if step != shape.step
        )))
        for one in shape.around.groups
    )  # fmt: skip
    return _form(offered, chosen or here, refusal, reason)


def group_moving(shape: GroupShape, refusal: Refusal | None = None, *, chosen: str = "", reason: str = "") -> Moving:
    """The form that moves a group to any place among the groups."""
    others = [group for group in shape.around.groups if group.key != shape.group.key]
    offered = (("Groups", (Place("/", "First"), *(Place(f"/{one.key}", f"After {one.name}") for one in others))),)
    here = f"/{others[shape.position - 1].key if shape.position else ''}"
    return _form(offered, chosen or here, refusal, reason)


def where(shape: StepShape, group_key: str, position: int) -> str:
    """A place in a group, as the form chooses it; the place counts without the step itself."""
    group = next((one for one in shape.around.groups if one.key == group_key), None)
    keys = [step.key for step in group.steps if step != shape.step] if group else []
    return f"{group_key}/{keys[position - 1] if 0 < position <= len(keys) else ''}"


def _form(offered: Places, chosen: str, refusal: Refusal | None, reason: str) -> Moving:
    if refusal is None:
        return Moving(offered, chosen)
    asks = bool(reason) or refusal.code is Code.REASON_NEEDED
    status = STATUS[refusal.code]
    return Moving(offered, chosen, refusal.message, refusal.code.value, asks, reason, status)
