"""Lines of a trail: under which heading they stand, and each kept as text, since what happened does not change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from natrium.apps.workflows.panels import ActivityLine, StepLine
from natrium.web import dates, kept, words

OWN_HEADINGS = 2
HOLDERS = 6


@dataclass(slots=True)
class Stretch:
    """Lines under one heading. `dated`: the heading is no day, so each line says its own."""

    heading: str
    dated: bool
    lines: list[Markup] = field(default_factory=list)


def holder(step: StepLine, today: date) -> str:
    """Who has a step that others wait for, since when, and when it is due: "Megan since 24 Nov, due Sun 29 Nov"."""
    name = words.first_name(step.assignee.name) if step.assignee else "anyone"
    since = f" since {dates.since(step.since, today)}" if step.since else ""
    match step.state:
        case "waiting":
            whom = step.waiting_whom or ("the client" if step.waiting_on == "client" else "a third party")
            said = f"with {whom}{since}"
        case "ready":
            said = f"ready for {name}{since}"
        case "in_progress":
            said = f"{name}{since}"
        case "stale":
            said = f"{name}, to be confirmed"
        case _:
            said = name if step.assignee else "for anyone"
    if step.late_days:
        return f"{said}, {dates.late(step.late_days)}"
    return f"{said}, due {dates.day(step.due_on, today).replace('Today', 'today')}" if step.due_on else said


def tidy(lines: tuple[ActivityLine, ...]) -> list[ActivityLine]:
    """The activity without the starts that a completion brought with it at the same moment."""
    done = {(line.workflow_id, line.step_key, line.at) for line in lines if line.verb == "step.completed"}
    return [
        line for line in lines if line.verb != "step.started" or (line.workflow_id, line.step_key, line.at) not in done
    ]


def stretches(lines: Iterable[ActivityLine], today: date, *, days: int = OWN_HEADINGS) -> list[Stretch]:
    """Lines (newest first) under headings: the newest `days` days each have one, what was before is "Earlier"."""
    found: list[Stretch] = []
    last: date | None = None
    for line in lines:
        day = line.at.date()
        if day != last and len(found) < days:
            found.append(Stretch(dates.day(day, today), dated=False))
        elif day != last and not found[-1].dated:
            found.append(Stretch("Earlier", dated=True))
        last = day
        when = f"{dates.day(day, today)}, {dates.clock(line.at)}" if found[-1].dated else dates.clock(line.at)
        found[-1].lines.append(trail_line(line, when))
    return found


@lru_cache(maxsize=kept.KEPT)
def trail_line(line: ActivityLine, when: str) -> Markup:
    """The line as its template, which escapes, makes it."""
    return Markup(kept.template("tasks/_line.html").render({"a": line, "when": when}))  # noqa: S704 - the template escaped it
