"""What the menu of a step or group offers a member."""

from collections.abc import Sequence
from dataclasses import dataclass

from natrium.apps.workflows.shapes import GroupShape, StepShape
from natrium.domain.workflow.definition import Order


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a menu: it opens a form (`form`, an address), opens one that the row has (`does`), or sends (`post`).

    `sends` are the fields sent. `key` is the key that does the same.
    """

    words: str
    icon: str
    form: str = ""
    does: str = ""
    post: str = ""
    sends: tuple[tuple[str, str], ...] = ()
    key: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu: its parts, divided by a line, and what is to be said of what it does not offer."""

    name: str
    parts: tuple[tuple[Item, ...], ...]
    notes: tuple[str, ...] = ()


def step_menu(shape: StepShape) -> Menu:
    """The menu of a step."""
    url = f"/workflows/{shape.around.workflow_id}/steps/{shape.step.key}/"
    change = shape.around.can_shape and not shape.settled
    reassign = [Item("Reassign", "user", does="assignment", key="A")] if "assign" in shape.can else []
    work = [
        Item("Waiting", "clock", does="wait", key="W") if "wait" in shape.can else None,
        Item("Send back", "undo", does="reopening") if "reopen" in shape.can else None,
        Item("Add note", "note", does="comments", key="M") if "comment" in shape.can else None,
    ]
    changes = _changes(url, reassign) if change else tuple(reassign)
    moves = _moves(url) if change else ()
    ends = [
        Item("Skip for this job", "skip", does="skip") if "skip" in shape.can else None,
        Item("Take up again", "undo", post=f"{url}unskip/") if "unskip" in shape.can else None,
        Item("Remove", "bin", post=f"{url}removal/", danger=True) if change and not shape.stays else None,
    ]
    parts = (changes, tuple(one for one in work if one), moves, tuple(one for one in ends if one))
    return Menu(
        shape.step.name, tuple(part for part in parts if part), _why_not(shape) if shape.around.can_shape else ()
    )


def _changes(url: str, reassign: Sequence[Item]) -> tuple[Item, ...]:
    return (
        Item("Rename", "edit", form=f"{url}edit/?of=name"),
        *reassign,
        Item("Due date", "cal", form=f"{url}edit/?of=due", key="D"),
        Item("Estimate", "hist", form=f"{url}edit/?of=estimate"),
        Item("What it waits for", "lock", form=f"{url}edit/?of=after"),
        Item("Rules", "shield", form=f"{url}edit/?of=rules"),
        Item("All details", "list", form=f"{url}edit/"),
    )


def _moves(url: str) -> tuple[Item, ...]:
    return (
        Item("Move up", "up", post=f"{url}move/", sends=(("to", "up"),), key="Alt ↑"),
        Item("Move down", "down", post=f"{url}move/", sends=(("to", "down"),), key="Alt ↓"),
        Item("Move to", "right", form=f"{url}move/"),
    )


def _why_not(shape: StepShape) -> tuple[str, ...]:
    """What is not offered, and what to do instead."""
    if shape.settled:
        word = "skipped" if shape.step.status.value == "skipped" else "done"
        return (f"It is {word}, and stays as it is.",)
    stays = shape.stays.partition("” ")[2]
    if stays and shape.step.required:
        return (f"{stays[:1].upper()}{stays[1:].partition('. ')[0]}, and is required: it stays, and is not skipped.",)
    if stays:
        return (stays[:1].upper() + stays[1:],)
    return ("It is required, so it is not skipped.",) if shape.step.required else ()


def group_menu(shape: GroupShape) -> Menu:
    """The menu of a group."""
    group = shape.group
    url = f"/workflows/{shape.around.workflow_id}/groups/{group.key}/"
    in_order, gate = group.order is Order.SEQUENTIAL, group.gate
    other = Order.ANY if in_order else Order.SEQUENTIAL
    changes = (
        Item("Rename", "edit", form=f"{url}edit/?of=name"),
        Item(
            "Let its steps be done in any order" if in_order else "Do its steps in order",
            "list",
            post=f"{url}edit/",
            sends=(("order", other.value), ("was_order", group.order.value)),
        ),
        Item(
            "Let later groups begin before it ends" if gate else "Finish it before later groups begin",
            "gate",
            post=f"{url}edit/",
            sends=(("gate", "" if gate else "1"), ("was_gate", "1" if gate else "")),
        ),
    )
    moves = _moves(url) if shape.moves else ()
    ends = () if shape.stays else (Item("Remove", "bin", post=f"{url}removal/", danger=True),)
    notes = () if not shape.stays or shape.moves else ("What is done in it keeps it where it is.",)
    return Menu(group.name, tuple(part for part in (changes, moves, ends) if part), notes)
