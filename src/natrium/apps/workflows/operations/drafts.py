"""Writing templates by hand: one change at a time, discarding, restoring, copying, making one of a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import publishing, snapshots
from natrium.apps.workflows.definitions import fill_guidance, read_version
from natrium.apps.workflows.operations.templates import (
    create_template,
    locked_template,
    may_write_templates,
    put_on_record,
    save_draft,
)
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.workflow import drafting
from natrium.domain.workflow.definition import StepDefinition, Template
from natrium.domain.workflow.harvesting import as_template


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft after a change: its rev, the draft itself and the one before, and the key of what was added ("")."""

    rev: int
    draft: Template
    before: Template
    key: str = ""


def change_draft(
    *, by: SignedIn, at: datetime, template_id: int, change: Callable[[Template], Template | tuple[Template, str]]
) -> Drafted:
    """Apply a change of domain/workflow/drafting.py to the draft (begun from the newest version where none is).

    Raises NotFound, Refusal (not-allowed, unknown-key, bad-value, taken for the name; bad-template when archived).
    """
    may_write_templates(by)
    with transaction.atomic():
        before = _current(template_id, by=by)
        changed = change(before)
        after, key = changed if isinstance(changed, tuple) else (changed, "")
        rev, _ = save_draft(by=by, at=at, template_id=template_id, definition=after)
        return Drafted(rev, after, before, key)


def change_draft_step(
    *,
    by: SignedIn,
    at: datetime,
    template_id: int,
    key: str,
    changes: Mapping[str, object],
    shown: Mapping[str, object] | None = None,
) -> Drafted:
    """Change fields of a step of the draft. `shown` maps fields to what the person saw.

    Raises StaleEdit where somebody else changed one of these fields since (`current` has the values now: then
    nothing is written); else as `change_draft`.
    """

    def change(draft: Template) -> Template:
        _not_clashing(drafting.step_of(draft, key), changes, shown or {})
        return drafting.change_step(draft, key, changes)

    return change_draft(by=by, at=at, template_id=template_id, change=change)


def _not_clashing(step: StepDefinition, changes: Mapping[str, object], shown: Mapping[str, object]) -> None:
    clashing = {
        field: getattr(step, field)
        for field, value in changes.items()
        if field in shown and getattr(step, field) != shown[field] and getattr(step, field) != value
    }
    if clashing:
        raise StaleEdit(f"Somebody else changed “{step.name}” since you opened it.", clashing)


def discard_draft(*, by: SignedIn, at: datetime, template_id: int) -> bool:
    """Forget the draft: the newest published version stands. False where there is none.

    Raises NotFound, Refusal (not-allowed; bad-template for what was never published: archive it instead).
    """
    may_write_templates(by)
    with transaction.atomic():
        row = locked_template(template_id, by=by)
        if not row["draft"]:
            return False
        if not row["latest_version"]:
            raise Refusal(
                Code.BAD_TEMPLATE, "It was never published, so the draft is all there is. Archive it instead."
            )
        sql.execute(
            "UPDATE workflows_template SET draft = '', draft_based_on = NULL, draft_rev = draft_rev + 1 WHERE id = %s",
            (template_id,),
        )
        put_on_record(template_id, "template.discarded", row["name"], {}, by=by, at=at)
        return True


def restore_version(*, by: SignedIn, at: datetime, template_id: int, number: int) -> int:
    """Make a published version the draft; returns the draft's rev. Raises NotFound, Refusal (not-allowed)."""
    may_write_templates(by)
    with transaction.atomic():
        locked_template(template_id, by=by)
        version_id = sql.value(
            "SELECT id FROM workflows_templateversion WHERE template_id = %s AND number = %s", (template_id, number)
        )
        if version_id is None:
            raise NotFound("The template has no such version.")
        rev, _ = save_draft(by=by, at=at, template_id=template_id, definition=read_version(version_id))
        return rev


def duplicate_template(*, by: SignedIn, at: datetime, template_id: int) -> int:
    """A new template with a draft like this one's draft or newest version; returns its id.

    Raises NotFound, Refusal (not-allowed).
    """
    may_write_templates(by)
    with transaction.atomic():
        found = _current(template_id, by=by, also_archived=True)
        name = _free_name(found.name, by=by)
        return create_template(
            by=by, at=at, name=name, description=found.description, definition=replace(found, name=name)
        )


def template_from_workflow(*, by: SignedIn, at: datetime, workflow_id: int, name: str = "") -> int:
    """A new template with a draft made of a workflow as it stands on its task; returns its id.

    What belongs to that job alone stays there (domain/workflow/harvesting.py).
    Raises NotFound, Refusal (not-allowed, bad-value, taken for the name).
    """
    may_write_templates(by)
    with transaction.atomic():
        loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=False)
        fill_guidance(loaded)
        chosen = name.strip() or _free_name(loaded.name, by=by)
        made = as_template(loaded.workflow, name=chosen, target=loaded.task.target_date)
        return create_template(by=by, at=at, name=chosen, definition=made)


def _current(template_id: int, *, by: SignedIn, also_archived: bool = False) -> Template:
    """The draft, or the newest version where there is none. Locks the template's row."""
    row = locked_template(template_id, by=by)
    if row["archived_at"] is not None and not also_archived:
        raise Refusal(Code.BAD_TEMPLATE, "The template is archived. Take it out of the archive to change it.")
    if row["draft"]:
        return publishing.read_draft(row["draft"])
    version_id = sql.value(
        "SELECT id FROM workflows_templateversion WHERE template_id = %s AND number = %s",
        (template_id, row["latest_version"]),
    )
    return read_version(version_id) if version_id is not None else Template(name=row["name"])


def _free_name(name: str, *, by: SignedIn) -> str:
    """The first of “Accounts copy”, “Accounts copy 2” and so on that no template of the practice has."""
    rows = sql.rows("SELECT name FROM workflows_template WHERE practice_id = %s", (by.practice_id,))
    taken = {row[0] for row in rows}
    base = f"{name[:180]} copy"
    number, chosen = 1, base
    while chosen in taken:
        number += 1
        chosen = f"{base} {number}"
    return chosen
