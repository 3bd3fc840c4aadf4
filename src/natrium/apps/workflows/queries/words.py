"""Lines of the record as sentences people read."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from natrium.apps.activity.queries import KEPT, Entry
from natrium.apps.workflows.panels import ActivityLine, Who
from natrium.apps.workflows.queries.panel import Seen

# {name} is the step's, group's or workflow's name then; {x} any word of the line's data.
SENTENCES = {
    "task.created": "created the task",
    "task.edited": "changed the task: {fields}",
    "task.held": "put the task on hold",
    "task.cancelled": "cancelled the task",
    "task.resumed": "resumed the task",
    "task.done": "finished the task",
    "task.reopened": "took the task up again",
    "workflow.attached": "attached “{name}”, version {version}",
    "workflow.removed": "took “{name}” off the task again",
    "workflow.finished": "finished “{name}”",
    "workflow.reopened": "took “{name}” up again",
    "step.started": "started “{name}”",
    "step.waiting": "set “{name}” waiting on {whom}",
    "step.resumed": "went on with “{name}”",
    "step.completed": "completed “{name}”",
    "step.reopened": "sent “{name}” back",
    "step.staled": "asked for “{name}” to be confirmed, since “{because_name}” is open again",
    "step.returned": "returned “{name}” to not started, with “{because_name}”",
    "step.confirmed": "confirmed “{name}”",
    "step.skipped": "skipped “{name}”",
    "step.unskipped": "took “{name}” up again",
    "step.overridden": "let “{name}” go on without {names}",
    "step.undone": "undid: “{name}” {undid}",
    "step.assigned": "gave “{name}” to {to}",
    "step.claimed": "took “{name}”",
    "step.followed": "“{name}” went to {to}, as the {rule}",
    "step.handed_over": "handed “{name}” over from {from} to {to}",
    "step.redated": "“{name}” is due {due_on} now, since {because}",
    "step.added": "added the step “{name}”",
    "step.moved": "moved “{name}”",
    "step.edited": "changed “{name}”: {fields}",
    "step.removed": "removed “{name}”",
    "group.added": "added the group “{name}”",
    "group.moved": "moved the group “{name}”",
    "group.edited": "changed the group “{name}”: {fields}",
    "group.removed": "removed the group “{name}”",
    "comment.added": "left a note{on_step}",
    "file.added": "added the file “{name}”{to_step}",
    "file.removed": "removed the file “{name}”",
    "file.restored": "brought the file “{name}” back",
    "file.erased": "the content of “{name}” was erased, a month after it was removed",
}
TAKEN_BACK = {
    "step.added": "adding “{name}”",
    "step.moved": "moving “{name}”",
    "step.edited": "a change of “{name}”: {fields}",
    "step.removed": "removing “{name}”",
    "group.added": "adding the group “{name}”",
    "group.moved": "moving the group “{name}”",
    "group.edited": "a change of the group “{name}”: {fields}",
    "group.removed": "removing the group “{name}”",
}
TASK_TAKEN_BACK = {
    "task.edited": "a change of the task: {fields}",
    "task.held": "the end of the hold",
    "task.cancelled": "taking the task up again",
    "task.resumed": "holding or cancelling the task",
}
BY_ITSELF = {"step.followed", "step.redated", "file.erased"}
FIELDS = {
    "due_on": "due date", "due_by_hand": "", "client_id": "client", "owner_id": "owner", "target_date": "target",
    "statutory_date": "statutory date", "other_dates": "other dates", "period_start": "period", "period_end": "period",
    "assignee": "person", "bound": "", "due_version": "", "after": "what it waits for", "waits_on": "whom it waits on",
}  # fmt: skip


def sentence(verb: str, name: str, data: dict[str, Any], actor: str) -> str:
    """A whole sentence without its time: 'Megan Doyle completed “Draft accounts”'."""
    changes = data.get("changes", {})
    fields = [FIELDS.get(field, field.replace("_", " ")) for field in changes]
    assignee = changes.get("assignee", [None, None])[1]
    waiting = (changes.get("waiting") or [None, None])[1] or {}
    values = {
        "name": name,
        "fields": ", ".join(dict.fromkeys(field for field in fields if field)),
        "to": assignee["name"] if assignee else "nobody",
        "whom": waiting.get("whom") or str(waiting.get("on", "")).replace("_", " "),
        "on_step": f" on “{name}”" if name else "",
        "to_step": f" to “{data['step']}”" if data.get("step") else "",
        "names": ", ".join(f"“{one}”" for one in data.get("names", [])),
        "version": data.get("version", ""),
        "undid": data.get("undid", ""),
        "from": data.get("from", ""),
        "rule": str(data.get("rule", "")).replace("_", " "),
        "because": data.get("because", ""),
        "because_name": data.get("because_name", ""),
        "due_on": _day(due) if (due := (changes.get("due_on") or [None, ""])[1]) else "on no day",
    }
    if data.get("undid") and verb in TASK_TAKEN_BACK:
        return f"{actor} took back {TASK_TAKEN_BACK[verb].format(**values)}"
    if data.get("undid") in TAKEN_BACK:
        return f"{actor} took back {TAKEN_BACK[data['undid']].format(**values)}"
    if changes.keys() == {"name"} and verb in ("step.edited", "group.edited"):
        what = "the group " if verb == "group.edited" else ""
        return f"{actor} renamed {what}“{changes['name'][0]}” to “{changes['name'][1]}”"
    words = SENTENCES.get(verb, verb.replace(".", " ").replace("_", " ") + " {name}").format(**values)
    return words if verb in BY_ITSELF else f"{actor} {words}"


def quote(verb: str, data: dict[str, Any]) -> str:
    """What was typed: a note, a reason, evidence; "" where nothing was."""
    if verb == "comment.added":
        return str(data.get("text", ""))
    changes = data.get("changes", {})
    waiting = (changes.get("waiting") or [None, None])[1]
    if verb == "step.waiting" and waiting:
        return str(waiting["reason"])
    evidence = (changes.get("evidence") or [None, None])[1]
    if verb == "step.completed" and evidence:
        filed = f"Filed on {_day(evidence['on'])}, reference {evidence['reference']}" if evidence["on"] else ""
        return ". ".join(part for part in (filed, evidence["note"]) if part)
    if verb == "step.skipped":
        return str((changes.get("skip_reason") or ["", ""])[1])
    return str(data.get("reason", ""))


def _day(text: str) -> str:
    """A day of the record as people write it: "27 Nov 2026"."""
    day = date.fromisoformat(text)
    return f"{day.day} {day:%b %Y}"


def activity_line(row: Entry, seen: Seen) -> ActivityLine:
    """A line of the record as pages show it."""
    return line_in(row, seen.zone)


@lru_cache(maxsize=KEPT)
def line_in(row: Entry, zone: ZoneInfo) -> ActivityLine:
    """A line of any record as pages show it, its moment in the zone."""
    who = Who(row.member_id, row.member_name) if row.member_id is not None else None
    return ActivityLine(
        id=row.seq,
        at=row.at.astimezone(zone),
        who=who,
        actor=row.member_name,
        verb=row.verb,
        workflow_id=row.workflow_id,
        step_key=row.step_key,
        words=sentence(row.verb, row.name, row.data, row.member_name),
        quote=quote(row.verb, row.data),
        mentioned=tuple(one["name"] for one in row.data.get("mentions", ())),
    )
