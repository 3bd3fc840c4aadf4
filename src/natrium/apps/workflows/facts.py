"""Reading the record back into the model's own values, for undo."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from natrium.domain.workflow.model import Evidence, Override, Person, Status, Waiting
from natrium.domain.workflow.definition import WaitsOn


def fact(name: str, value: Any) -> object:
    """One fact of a step as `saving.plain` wrote it, in the model's value again."""
    if value is None:
        return None
    match name:
        case "status":
            return Status(value)
        case "assignee" | "started_by" | "completed_by" | "skipped_by":
            return Person(value["id"], value["name"])
        case "started_at" | "completed_at" | "skipped_at":
            return datetime.fromisoformat(value)
        case "waiting":
            since = datetime.fromisoformat(value["since"])
            return Waiting(value["reason"], WaitsOn(value["on"]), value["whom"], since)
        case "evidence":
            on = date.fromisoformat(value["on"]) if value["on"] else None
            return Evidence(on, value["reference"], value["note"])
        case "overrides":
            return tuple(
                Override(o["key"], Person(o["by"], o["name"]), datetime.fromisoformat(o["at"]), o["reason"])
                for o in value
            )
        case _:
            return value
