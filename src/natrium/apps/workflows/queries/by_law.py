"""Of steps that go by a rule of law: how their date was found, or what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import snapshots
from natrium.apps.workflows.duedates import Dates, by_law
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.deadlines.known import Known
from natrium.domain.workflow.model import Step

type Reasons = tuple[tuple[str, str], ...]

AT = {name: snapshots.GROUP_WIDTH + place for place, name in enumerate(snapshots.STEP_COLUMNS)}
ASKED = tuple(AT[name] for name in ("key", "due_rule", "due_version", "due", "due_by_hand"))


def reasons_of(loaded: Loaded, *, by: SignedIn) -> Reasons:
    """The reasons by step's key; nothing is read where no step goes by a rule of law."""
    dates = Dates(loaded, by)

    def said(step: Step) -> str:
        falls = dates.of(step.due, version=step.due_version)
        return _said(falls.why, falls.on, step.due_on)

    return tuple((one.key, said(one)) for one in loaded.workflow.steps if _by_law(one))


def reasons_of_rows(rows: Sequence[Sequence[Any]], known: Callable[[], Known]) -> Reasons:
    """The same from the rows of STEPS_SQL; `known` is asked where a step goes by a rule of law."""
    asked = [[row[place] for place in ASKED] for row in rows]
    asked = [one for one in asked if one[1] and not one[4]]
    if not asked:
        return ()
    task, found = known(), []
    for key, rule, version, due, _ in asked:
        falls = by_law(rule, task, version=version)
        found.append((key, _said(falls.why, falls.on, sql.day(due))))
    return tuple(found)


def _by_law(step: Step) -> bool:
    return bool(step.due and step.due.rule) and not step.due_by_hand


def _said(why: str, on: date | None, due: date | None) -> str:
    """The reason for the date that the step has; "" where it has another one than the rule would say now."""
    if on != due:
        return ""
    return why if on else f"Not reckoned. {why}"
