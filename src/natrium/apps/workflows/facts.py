"""A step's facts in their three forms: the model's values, a row's columns, and JSON in the record."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any

from natrium.domain.workflow.definition import Assign, Due, DueFrom, DueUnit, Order, Rule, WaitsOn
from natrium.domain.workflow.model import Evidence, Override, Person, Status, Waiting


def columns_of(name: str, value: Any) -> dict[str, Any]:
    """The columns of a step's row that one field of the pure step is kept in."""
    match name:
        case "assignee" | "started_by" | "completed_by" | "skipped_by":
            return {f"{name}_id": value.id if value else None}
        case "waiting":
            found: Waiting | None = value
            return {
                "waiting_reason": found.reason if found else "",
                "waiting_on": found.on.value if found else "",
                "waiting_whom": found.whom if found else "",
                "waiting_since": found.since if found else None,
            }
        case "evidence":
            kept: Evidence = value or Evidence()
            return {"evidence_on": kept.on, "evidence_reference": kept.reference, "evidence_note": kept.note}
        case "overrides":
            return {"overrides": json.dumps([_override(one) for one in value], ensure_ascii=False)}
        case "after":
            return {"after": json.dumps(list(value))}
        case "assign":
            rule: Assign = value
            return {"assign_rule": rule.rule.value, "assign_email": rule.email}
        case "due":
            due: Due | None = value
            return {
                "due_days": due.days if due and not due.rule else None,
                "due_unit": (due or Due()).unit.value,
                "due_from": (due or Due()).from_.value,
                "due_rule": due.rule if due else "",
            }
        case "due_on":
            return {"due": value}
        case "waits_on":
            return {"waits_on": value.value if value else ""}
        case _:
            return {name: value.value if isinstance(value, Enum) else value}


def _override(one: Override) -> dict[str, Any]:
    return {"key": one.key, "by": one.by.id, "name": one.by.name, "at": one.at.isoformat(), "reason": one.reason}


def plain(value: object) -> Any:
    """A value of the model as JSON has it; `facts.py` reads it back."""
    match value:
        case Person():
            return {"id": value.id, "name": value.name}
        case Waiting():
            return {"reason": value.reason, "on": value.on.value, "whom": value.whom, "since": value.since.isoformat()}
        case Evidence():
            return {"on": value.on.isoformat() if value.on else None, "reference": value.reference, "note": value.note}
        case Override():
            return _override(value)
        case Due():
            return {"days": value.days, "unit": value.unit.value, "from": value.from_.value, "rule": value.rule}
        case Assign():
            return str(value)
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case tuple() | list():
            return [plain(one) for one in value]
        case _:
            return value


def fact(name: str, value: Any) -> object:
    """One fact of a step or group as `plain` wrote it, in the model's value again."""
    return value if value is None or name not in READ else READ[name](value)


def _person(value: Any) -> Person:
    return Person(value["id"], value["name"])


def _waiting(value: Any) -> Waiting:
    return Waiting(value["reason"], WaitsOn(value["on"]), value["whom"], datetime.fromisoformat(value["since"]))


def _evidence(value: Any) -> Evidence:
    on = date.fromisoformat(value["on"]) if value["on"] else None
    return Evidence(on, value["reference"], value["note"])


def _overrides(value: Any) -> tuple[Override, ...]:
    return tuple(
        Override(o["key"], Person(o["by"], o["name"]), datetime.fromisoformat(o["at"]), o["reason"]) for o in value
    )


def _assign(value: Any) -> Assign:
    rule, _, email = value.partition(":")
    return Assign(rule=Rule(rule), email=email)


def _due(value: Any) -> Due:
    unit, from_ = DueUnit(value["unit"]), DueFrom(value["from"])
    return Due(days=value["days"], unit=unit, from_=from_, rule=value["rule"])


READ: dict[str, Callable[[Any], object]] = {
    "status": Status,
    "assignee": _person,
    "started_by": _person,
    "completed_by": _person,
    "skipped_by": _person,
    "started_at": datetime.fromisoformat,
    "completed_at": datetime.fromisoformat,
    "skipped_at": datetime.fromisoformat,
    "waiting": _waiting,
    "evidence": _evidence,
    "overrides": _overrides,
    "after": tuple,
    "assign": _assign,
    "due": _due,
    "due_on": date.fromisoformat,
    "waits_on": WaitsOn,
    "order": Order,
}
