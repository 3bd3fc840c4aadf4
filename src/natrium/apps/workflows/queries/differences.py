"""In what one workflow differs from its template version, with who made it so, and why."""

from __future__ import annotations

from natrium.apps.activity import queries as activity
from natrium.apps.activity.queries import Entry
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import snapshots
from natrium.apps.workflows.definitions import fill_guidance, version_of
from natrium.apps.workflows.pages import DifferenceLine, Differences
from natrium.domain.workflow.comparing import Difference, Kind
from natrium.domain.workflow.differing import departures
from natrium.domain.workflow.loosening import loosened
from natrium.domain.workflow.model import Step, Workflow

VERBS = ("step.added", "step.moved", "step.edited", "group.added", "group.moved", "group.edited")
FIELDS = {Kind.ADDED: "added", Kind.MOVED: "moved", Kind.RENAMED: "name"}

type Said = dict[tuple[str, str], Entry]


def differences(*, by: SignedIn, workflow_id: int) -> Differences:
    """All in which a workflow differs from its template version; nothing for one from no template. Raises NotFound."""
    loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=False)
    fill_guidance(loaded)
    lines: tuple[DifferenceLine, ...] = ()
    known = {step.key: step.name for step in loaded.workflow.steps}
    rules: tuple[str, ...] = ()
    version = None
    if loaded.version_id is not None:
        published = version_of(loaded.version_id)
        base, rules = published.template, loosened(Workflow(published.groups), loaded.workflow)
        version = sql.value("SELECT number FROM workflows_templateversion WHERE id = %s", (loaded.version_id,))
        entries = activity.of_workflow_by_verb(task_id=loaded.task.id, workflow_id=workflow_id, verbs=VERBS)
        said, steps = _said(entries), {step.key: step for step in loaded.workflow.steps}
        handled = frozenset(key for key, field in said if field == "moved")
        lines = tuple(_line(one, said, steps, by) for one in departures(loaded.workflow, base, handled))
        known = {step.key: step.name for step in base.steps} | known
    return Differences(
        workflow_id=workflow_id,
        name=loaded.name,
        task_id=loaded.task.id,
        task=loaded.task.title,
        template_id=loaded.template_id,
        version=version,
        lines=lines,
        loosened=rules,
        known=known,
    )


def _said(entries: list[Entry]) -> Said:
    """For each group or step and what was changed in it, the last line of the record that says so."""
    found: Said = {}
    for entry in entries:
        verb = entry.verb.partition(".")[2]
        for field in entry.data.get("changes", ()) if verb == "edited" else (verb,):
            found[entry.step_key, field] = entry
    return found


def _line(one: Difference, said: Said, steps: dict[str, Step], by: SignedIn) -> DifferenceLine:
    if one.kind is Kind.SKIPPED:
        step = steps[one.key]
        at = step.skipped_at.astimezone(by.zone) if step.skipped_at else None
        return DifferenceLine(one, step.skipped_by.name if step.skipped_by else "", at, step.skip_reason)
    entry = said.get((one.key, FIELDS.get(one.kind, one.field)))
    if entry is None:
        return DifferenceLine(one, "", None, "")
    return DifferenceLine(one, entry.member_name, entry.at.astimezone(by.zone), str(entry.data.get("reason", "")))
