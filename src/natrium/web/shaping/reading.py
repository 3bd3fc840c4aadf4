"""What a form that changes a step or a group says, in the rules' values; and those values as a form shows them.

Each field `x` on a form has a hidden `was_x` beside it: the value that the page showed. What was not changed is not
sent on, and what a colleague changed meanwhile is known by it (scenario S19).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.definition import Assign, Due, DueFrom, DueUnit, Order, Rule, WaitsOn
from natrium.domain.workflow.model import Group, Step
from natrium.web import dates
from natrium.web.workflows.forms import a_day

FLAGS = ("blocking", "required", "review", "approval", "filing")
STEP_FIELDS = ("name", "assign", "due", "estimate", "after", "waits_on", *FLAGS, "guidance")
GROUP_FIELDS = ("name", "order", "gate")
ESTIMATE = re.compile(r"(?:(\d{1,4}(?:[.,]\d{1,2})?) ?h(?:ours?|rs?)?)? ?(?:(\d{1,6}) ?m(?:in(?:utes?|s)?)?)?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form wants changed, and what it showed of those fields. `wrong`: what cannot be read, by field."""

    changes: dict[str, object] = field(default_factory=dict)
    shown: dict[str, object] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def typed_of_step(step: Step) -> dict[str, list[str]]:
    """A step as its form shows it, by the names of the inputs."""
    due = step.due or Due(days=-7)
    said: dict[str, list[str]] = {
        "name": [step.name],
        "assign": [str(step.assign)],
        "due_how": [_how(step)],
        "due_days": [str(abs(due.days))],
        "due_unit": [due.unit.value],
        "due_side": ["before" if due.days <= 0 else "after"],
        "due_from": [due.from_.value],
        "due_rule": [due.rule],
        "due_on": [step.due_on.isoformat() if step.due_on else ""],
        "estimate": [dates.minutes(step.estimate)],
        "after": list(step.after),
        "waits_on": [step.waits_on.value if step.waits_on else ""],
        "guidance": [step.guidance],
    }
    return said | {flag: ["1"] if getattr(step, flag) else [] for flag in FLAGS}


def _how(step: Step) -> str:
    """Where a step's due date comes from: typed by hand, a rule of law, days from a date of the task, nowhere."""
    if step.due_by_hand:
        return "hand"
    if step.due is None:
        return "none"
    return "law" if step.due.rule else "rule"


def shown_of_step(step: Step) -> dict[str, str]:
    """What the hidden fields say of a step: `was_` and the name."""
    typed = typed_of_step(step)
    said = {name: " ".join(typed[name]) for name in STEP_FIELDS if name != "due"}
    said |= {"due": _due_text(step.due), "due_on": typed["due_on"][0], "due_how": typed["due_how"][0]}
    return said


def typed_of_group(group: Group) -> dict[str, list[str]]:
    """A group as its form shows it."""
    return {"name": [group.name], "order": [group.order.value], "gate": ["1"] if group.gate else []}


def shown_of_group(group: Group) -> dict[str, str]:
    """What the hidden fields say of a group."""
    return {name: " ".join(values) for name, values in typed_of_group(group).items()}


def wanted_of_step(post: QueryDict, *, fixed: frozenset[str]) -> Wanted:
    """What a form about a step wants. `fixed` flags are shown ticked and cannot be cleared, so they say nothing."""
    return _wanted(post, [name for name in STEP_FIELDS if name not in fixed])


def wanted_of_group(post: QueryDict) -> Wanted:
    """What a form about a group wants."""
    return _wanted(post, GROUP_FIELDS)


def _wanted(post: QueryDict, names: Sequence[str]) -> Wanted:
    wanted = Wanted()
    for name in names:
        if f"was_{name}" not in post:
            continue
        try:
            value, shown = READ[name](post, name), _was(post, name)
        except Refusal as refusal:
            wanted.wrong[name] = refusal.message
            continue
        if bool(value) if name == "due" else value != shown:
            wanted.changes.update(value)
            wanted.shown.update(shown)
    return wanted


def a_duration(text: str) -> int | None:
    """Minutes: "90", "1h 30m", "1.5h". Refuses `bad-value` for anything else."""
    text = text.strip().lower()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return int(text[:9])
    found = ESTIMATE.fullmatch(text)
    if found is None or not (found[1] or found[2]):
        raise Refusal(Code.BAD_VALUE, f"“{text}” is not a duration. Write it as 1h 30m, or as minutes.")
    return round(float((found[1] or "0").replace(",", ".")) * 60) + int(found[2] or 0)


def _text(post: QueryDict, name: str) -> dict[str, object]:
    """Blanks at the ends are no change."""
    text, was = _lines(post.get(name, "")), _lines(post.get(f"was_{name}", ""))
    return {name: was if text.strip() == was.strip() else text.strip()}


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _flag(post: QueryDict, name: str) -> dict[str, object]:
    return {name: bool(post.get(name))}


def _assign(post: QueryDict, name: str) -> dict[str, object]:
    return {name: _rule(post.get(name, ""))}


def _rule(text: str) -> Assign:
    rule, _, email = text.partition(":")
    if rule not in set(Rule):
        raise Refusal(Code.BAD_VALUE, "Choose whom it is for from the list.")
    return Assign(rule=Rule(rule), email=email)


def _estimate(post: QueryDict, name: str) -> dict[str, object]:
    return {name: a_duration(post.get(name, ""))}


def _after(post: QueryDict, name: str) -> dict[str, object]:
    """What it waits for, in the order shown where that is all it says, so that nothing seems changed."""
    chosen, was = post.getlist(name), post.get(f"was_{name}", "").split()
    kept = [key for key in was if key in chosen]
    return {name: tuple(dict.fromkeys([*kept, *chosen]))}


def _waits_on(post: QueryDict, name: str) -> dict[str, object]:
    return {name: _waiting(post.get(name, ""))}


def _waiting(text: str) -> WaitsOn | None:
    if text and text not in set(WaitsOn):
        raise Refusal(Code.BAD_VALUE, "Choose whom it waits on from the list.")
    return WaitsOn(text) if text else None


def _order(post: QueryDict, name: str) -> dict[str, object]:
    return {name: _ordered(post.get(name, ""))}


def _ordered(text: str) -> Order:
    if text not in set(Order):
        raise Refusal(Code.BAD_VALUE, "The steps are done in order, or in any order.")
    return Order(text)


def _due(post: QueryDict, name: str) -> dict[str, object]:
    """What changes: the rule, and the day typed by hand (None: the rule speaks); nothing where all is as it was."""
    how, same = post.get("due_how", ""), post.get("due_how") == post.get("was_due_how")
    if how == "hand":
        day = a_day(post, "due_on")
        if day is None:
            raise Refusal(Code.BAD_VALUE, "Say on which day it is due.")
        return {} if same and day == a_day(post, "was_due_on") else {"due_on": day}
    was = _due_of(post.get(f"was_{name}", ""))
    due = None if how == "none" else _law(post) if how == "law" else _due_rule(post)
    return {} if same and due == was else {name: due, "due_on": None}


def _law(post: QueryDict) -> Due:
    """The rule of law that is chosen."""
    name = post.get("due_rule", "")
    if not name:
        raise Refusal(Code.BAD_VALUE, "Choose a rule of law from the list.")
    return Due(rule=name)


def _due_rule(post: QueryDict) -> Due:
    days, unit, from_ = post.get("due_days", "").strip(), post.get("due_unit", ""), post.get("due_from", "")
    if not (days.isascii() and days.isdigit()):
        raise Refusal(Code.BAD_VALUE, "Say how many days.")
    if unit not in set(DueUnit) or from_ not in set(DueFrom):
        raise Refusal(Code.BAD_VALUE, "Choose what the days count from.")
    sign = 1 if post.get("due_side") == "after" else -1
    return Due(days=sign * int(days[:9]), unit=DueUnit(unit), from_=DueFrom(from_))


def _due_text(due: Due | None) -> str:
    if due is None:
        return ""
    return f"rule:{due.rule}" if due.rule else f"{due.days}:{due.unit.value}:{due.from_.value}"


def _due_of(text: str) -> Due | None:
    if not text:
        return None
    days, _, rest = text.partition(":")
    if days == "rule":
        return Due(rule=rest)
    unit, _, from_ = rest.partition(":")
    try:
        return Due(days=int(days), unit=DueUnit(unit), from_=DueFrom(from_))
    except ValueError:
        raise Refusal(Code.BAD_VALUE, "The page is too old. Open it again.") from None


def _was(post: QueryDict, name: str) -> dict[str, object]:
    """What the page showed of a field. Refuses `bad-value` where no page of ours did."""
    text = post.get(f"was_{name}", "")
    if name in FLAGS or name == "gate":
        return {name: bool(text)}
    return WAS[name](post, text)


WAS: dict[str, Callable[[QueryDict, str], dict[str, object]]] = {
    "name": lambda _, text: {"name": _lines(text)},
    "guidance": lambda _, text: {"guidance": _lines(text)},
    "assign": lambda _, text: {"assign": _rule(text)},
    "due": lambda post, text: {"due": _due_of(text), "due_on": a_day(post, "was_due_on")},
    "estimate": lambda _, text: {"estimate": a_duration(text)},
    "after": lambda _, text: {"after": tuple(text.split())},
    "waits_on": lambda _, text: {"waits_on": _waiting(text)},
    "order": lambda _, text: {"order": _ordered(text)},
}
READ: dict[str, Callable[[QueryDict, str], Mapping[str, object]]] = {
    "name": _text,
    "guidance": _text,
    "assign": _assign,
    "due": _due,
    "estimate": _estimate,
    "after": _after,
    "waits_on": _waits_on,
    "order": _order,
    "gate": _flag,
    **dict.fromkeys(FLAGS, _flag),
}
