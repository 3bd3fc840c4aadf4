"""What the editor's forms say, as values of the rules; and values as the forms show them."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from django.http import QueryDict

from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.definition import (
    MAX_DAYS,
    MAX_MINUTES,
    MAX_TEXT,
    Assign,
    Due,
    DueFrom,
    DueUnit,
    Rule,
    StepDefinition,
    WaitsOn,
)

DURATION = re.compile(r"(?:(\d{1,4})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,6})\s*(?:m(?:in(?:ute)?s?)?)?)?", re.IGNORECASE)
FLAGS = ("blocking", "required", "review", "approval", "filing")


def said(step: StepDefinition) -> dict[str, str]:
    """A step's fields as its form shows them; also what a form sends back as seen (`was-…`)."""
    due = step.due
    return {
        "name": step.name,
        "assign": str(step.assign),
        "estimate": in_hours(step.estimate),
        "due": "none" if due is None or due.rule else f"{'before' if due.days < 0 else 'after'}",
        "due_days": str(abs(due.days)) if due and not due.rule else "",
        "due_unit": due.unit.value if due else DueUnit.DAYS.value,
        "due_from": due.from_.value if due else DueFrom.TARGET.value,
        "due_rule": due.rule if due else "",
        "waits_on": step.waits_on.value if step.waits_on else "",
        "guidance": step.guidance,
        "after": " ".join(step.after),
        **{flag: "1" if getattr(step, flag) else "" for flag in FLAGS},
    }


def in_hours(minutes: int | None) -> str:
    """Minutes as people write them: "1h 30m", "45m"; "" for none."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours}h" if hours else "", f"{rest}m" if rest or not hours else "") if part)


def minutes_of(text: str) -> int | None:
    """Minutes from "1h 30m", "45m", "90", "1:30" or "1.5h"; None where nothing is said. Refuses `bad-value`."""
    text = text.strip().lower().replace(",", ".")
    if not text:
        return None
    clock = re.fullmatch(r"(\d{1,4}):([0-5]\d)", text)
    decimal = re.fullmatch(r"(\d{1,4}\.\d{1,2})\s*h(?:ours?)?", text)
    plain = DURATION.fullmatch(text)
    if clock:
        found = int(clock[1]) * 60 + int(clock[2])
    elif decimal:
        found = round(float(decimal[1]) * 60)
    elif plain and (plain[1] or plain[2]):
        found = int(plain[1] or 0) * 60 + int(plain[2] or 0)
    else:
        raise Refusal(Code.BAD_VALUE, "Write a time such as 45m, 1h 30m or 90.", field="estimate")
    if found > MAX_MINUTES:
        raise Refusal(Code.BAD_VALUE, f"An estimate has at most {MAX_MINUTES:,} minutes.", field="estimate")
    return found


def assign_of(text: str) -> Assign:
    """An assignment rule as forms and files write it. Refuses `bad-value`."""
    if text.startswith("member:") and text != "member:":
        return Assign(rule=Rule.MEMBER, email=text.removeprefix("member:"))
    try:
        rule = Rule(text)
    except ValueError:
        rule = Rule.MEMBER
    if rule is Rule.MEMBER:
        raise Refusal(Code.BAD_VALUE, "Choose who does it from the list.", field="assign")
    return Assign(rule=rule)


def due_of(post: Mapping[str, str], prefix: str = "") -> Due | None:
    """When it is due. Refuses `bad-value` with the field; also days typed beside “no due date” or a rule of law."""
    kind, rule = post.get(f"{prefix}due", "none"), post.get(f"{prefix}due_rule", "").strip()
    if rule and kind in ("before", "after"):
        raise Refusal(Code.BAD_VALUE, "Say days from a date, or a rule of law, not both.", field="due_rule")
    if rule:
        return Due(rule=rule)
    if kind == "none":
        typed = "" if prefix else post.get("due_days", "").strip()
        if typed and typed != post.get("was-due_days", ""):
            raise Refusal(Code.BAD_VALUE, "Say whether these days are before or after a date.", field="due_days")
        return None
    days = post.get(f"{prefix}due_days", "").strip() or "0"
    if not days.isascii() or not days.isdigit() or int(days) > MAX_DAYS:
        raise Refusal(Code.BAD_VALUE, f"Days are a number from 0 to {MAX_DAYS:,}.", field="due_days")
    try:
        unit, from_ = DueUnit(post.get(f"{prefix}due_unit", "")), DueFrom(post.get(f"{prefix}due_from", ""))
    except ValueError:
        raise Refusal(Code.BAD_VALUE, "Say which date it counts from.", field="due_from") from None
    return Due(days=-int(days) if kind == "before" else int(days), unit=unit, from_=from_)


def _waits_on(text: str) -> WaitsOn | None:
    if not text:
        return None
    try:
        return WaitsOn(text)
    except ValueError:
        raise Refusal(Code.BAD_VALUE, "It waits on the client, a third party, or nobody.", field="waits_on") from None


def _guidance(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise Refusal(Code.BAD_VALUE, f"Guidance has at most {MAX_TEXT:,} characters.", field="guidance")
    return text.replace("\r\n", "\n")


def _flag(flag: str, post: Mapping[str, str], prefix: str) -> bool:
    return bool(post.get(f"{prefix}{flag}"))


READERS: dict[str, Callable[[Mapping[str, str], str], object]] = {
    "name": lambda post, prefix: post.get(f"{prefix}name", "").strip(),
    "assign": lambda post, prefix: assign_of(post.get(f"{prefix}assign", "")),
    "estimate": lambda post, prefix: minutes_of(post.get(f"{prefix}estimate", "")),
    "due": due_of,
    "waits_on": lambda post, prefix: _waits_on(post.get(f"{prefix}waits_on", "")),
    "guidance": lambda post, prefix: _guidance(post.get(f"{prefix}guidance", "")),
    **{flag: partial(_flag, flag) for flag in FLAGS},
}


def changes_of(post: QueryDict) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that a form carries (it names them in `fields`), and what it showed in them. Refuses `bad-value`."""
    plain = {name: value for name, value in post.items() if isinstance(value, str)}
    changes: dict[str, object] = {}
    shown: dict[str, object] = {}
    for field in plain.get("fields", "").split():
        if field == "after":
            changes["after"] = tuple(dict.fromkeys(post.getlist("after")))
        elif field in READERS:
            changes[field] = READERS[field](plain, "")
        if field in changes and f"was-{field}" in plain:
            with suppress(Refusal):  # what was shown makes no sense: nothing to compare with
                was = tuple(plain["was-after"].split()) if field == "after" else READERS[field](plain, "was-")
                shown[field] = was
    return changes, shown
