"""What is said after a change of a workflow, with the way back: read from the line that the record has of it."""

from natrium.apps.workflows.panels import ActivityLine, TaskPage, WorkflowPanel
from natrium.web.http import whole_number
from natrium.web.toasts import Toast

NTH = ("1st", "2nd", "3rd")


def toast_of_address(page: TaskPage, text: str, member_id: int) -> Toast | None:
    """The toast for `?edit=…`, where a browser without JavaScript was led after a change."""
    seq = whole_number(text)
    return toast_of_edit(page, seq, member_id) if seq else None


def toast_of_edit(page: TaskPage, seq: int, member_id: int) -> Toast | None:
    """The toast about the change with this number in the task's record, where it is this member's own and lately."""
    line = next((one for one in page.activity if one.id == seq), None)
    if line is None or line.who is None or line.who.id != member_id:
        return None
    words = line.words.removeprefix(line.actor).strip()
    taken_back = words.startswith("took back")
    where = f"/workflows/{line.workflow_id}" if line.workflow_id is not None else f"/tasks/{page.task.id}"
    return Toast(
        words[:1].upper() + words[1:],
        more="" if taken_back else _more(page, line),
        undo="" if taken_back else f"{where}/edits/{seq}/undo/",
        target=f"#wf-{line.workflow_id}" if line.workflow_id is not None else "#task-main",
        task_id=page.task.id,
    )


def _more(page: TaskPage, line: ActivityLine) -> str:
    """What else there is to say: where something is now, or what went along with it."""
    panel = next((one for one in page.workflows if one.id == line.workflow_id), None)
    if panel is not None:
        return _where(panel, line)
    since = [one for one in page.activity if one.id > line.id and one.at == line.at]
    followed = sum(one.verb == "step.followed" for one in since)
    redated = sum(one.verb == "step.redated" for one in since)
    said = [f"{followed} step{'' if followed == 1 else 's'} went along."] if followed else []
    if redated:
        said.append(f"{redated} due date{'' if redated == 1 else 's'} moved along.")
    return " ".join(said)


def _where(panel: WorkflowPanel, line: ActivityLine) -> str:
    """After a move: where it is now."""
    if line.verb == "step.moved":
        for group in panel.groups:
            keys = [step.key for step in group.steps]
            if line.step_key in keys:
                return f"Now {nth(keys.index(line.step_key) + 1)} of {len(keys)} in {group.name}."
    if line.verb == "group.moved":
        keys = [group.key for group in panel.groups]
        if line.step_key in keys:
            return f"Now the {nth(keys.index(line.step_key) + 1)} of {len(keys)} groups."
    return ""


def nth(place: int) -> str:
    """A place in words: "1st", "12th", "23rd"."""
    if place % 100 not in (11, 12, 13) and 1 <= place % 10 <= 3:
        return f"{place // 10 or ''}{NTH[place % 10 - 1]}"
    return f"{place}th"
