"""The flow map: a template drawn as boxes, gates and dots, worked out as numbers for an SVG."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from natrium.domain.workflow.definition import GroupDefinition, Order, StepDefinition, Template

WIDTH = 268
PAD, HEAD, ROW, BETWEEN, FOOT = 14, 30, 22, 30, 8
COLUMN = 118
LONG, SHORT = 30, 14


@dataclass(frozen=True, slots=True)
class Dot:
    """A step: where its mark stands, what is written, and how it looks."""

    key: str
    x: int
    y: int
    text: str
    blocking: bool
    wrong: bool
    title: str


@dataclass(frozen=True, slots=True)
class Box:
    """A group: its box, its heading, its steps, and the lines that join steps done in order (x, y1, y2)."""

    key: str
    y: int
    height: int
    name: str
    order: str
    dots: tuple[Dot, ...]
    joins: tuple[tuple[int, int, int], ...]
    gate_y: int | None


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole map: its size, boxes, the arcs of `after` (an SVG path each), and the same in words."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arcs: tuple[str, ...]
    words: str


def flow_of(template: Template, looping: Iterable[str] = ()) -> Flow:
    """The map of a template. `looping`: the keys of steps that can never start."""
    wrong = frozenset(looping)
    boxes: list[Box] = []
    y = 1
    for place, group in enumerate(template.groups):
        box = _box(group, y, wrong, last=place == len(template.groups) - 1)
        boxes.append(box)
        y += box.height + BETWEEN
    places = {dot.key: dot for box in boxes for dot in box.dots}
    height = max(y - BETWEEN + 1, 2) if boxes else 2
    return Flow(WIDTH, height, tuple(boxes), tuple(_arcs(template, places)), _words(template))


def _box(group: GroupDefinition[StepDefinition], y: int, wrong: frozenset[str], *, last: bool) -> Box:
    in_order = group.order is Order.SEQUENTIAL
    room = LONG if in_order else SHORT
    dots = tuple(
        _dot(step, *_place(at, in_order=in_order, top=y + HEAD), wrong, room) for at, step in enumerate(group.steps)
    )
    rows = len(group.steps) if in_order else (len(group.steps) + 1) // 2
    height = HEAD + ROW * rows + (FOOT if rows else 0)
    joins = tuple((a.x + 5, a.y + 10, b.y) for a, b in pairwise(dots)) if in_order else ()
    gate_y = y + height + BETWEEN // 2 if group.gate and not last else None
    words = "in order" if in_order else "any order"
    return Box(group.key, y, height, cut(group.name, 24), words, dots, joins, gate_y)


def _place(at: int, *, in_order: bool, top: int) -> tuple[int, int]:
    """Where the mark of the step at this place stands: one below the other, or in two columns."""
    if in_order:
        return PAD, top + ROW * at
    return (PAD if at % 2 == 0 else PAD + COLUMN), top + ROW * (at // 2)


def _dot(step: StepDefinition, x: int, y: int, wrong: frozenset[str], room: int) -> Dot:
    title = step.name if not step.blocking else f"{step.name}, blocking"
    return Dot(step.key, x, y, cut(step.name, room), step.blocking, step.key in wrong, title)


def _arcs(template: Template, places: dict[str, Dot]) -> Iterable[str]:
    """A bow on the left from each step named in `after` to the step that waits for it."""
    for step in template.steps:
        here = places[step.key]
        for key in step.after:
            there = places.get(key)
            if there is not None and there is not here:
                bow = max(2, min(here.x, there.x) - 10)
                yield f"M{there.x} {there.y + 5}C{bow} {there.y + 5} {bow} {here.y + 5} {here.x} {here.y + 5}"


def cut(text: str, room: int) -> str:
    """A text that fits: whole words where that leaves enough of it."""
    if len(text) <= room:
        return text
    short = text[: room - 1]
    whole = short.rsplit(" ", 1)[0]
    return (whole if len(whole) > room * 2 // 3 else short).rstrip(" ,;:(.") + "…"


def _words(template: Template) -> str:
    """The map in a sentence a group, for those who do not see it."""
    said = []
    for group in template.groups:
        names = ", ".join(step.name + (" (blocking)" if step.blocking else "") for step in group.steps) or "no steps"
        gate = ", all before the next group" if group.gate else ""
        said.append(
            f"{group.name}, {'in order' if group.order is Order.SEQUENTIAL else 'in any order'}{gate}: {names}."
        )
    return " ".join(said)
