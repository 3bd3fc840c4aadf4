"""A draft becoming rows of a published version, which never change afterwards."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from natrium.apps.database import insert, sql
from natrium.apps.practices.queries import SignedIn
from natrium.domain.workflow.codec import from_dict, to_dict
from natrium.domain.workflow.definition import Due, Template
from natrium.domain.workflow.dependencies import direct_prerequisites

STEP_COLUMNS = (
    "practice_id", "version_id", "group_id", "key", "name", "position", "assign_rule", "assign_email",
    "assign_member_id", "blocking", "required", "after", "estimate", "due_days", "due_unit", "due_from", "due_rule",
    "waits_on", "review", "approval", "filing", "guidance", "ready_at_start",
)  # fmt: skip


def read_draft(text: str) -> Template:
    """A draft from the text that is stored."""
    return from_dict(json.loads(text))


def write_version(template_id: int, number: int, definition: Template, *, note: str, by: SignedIn, at: datetime) -> int:
    """The rows of one published version. Returns its id."""
    canonical = json.dumps(to_dict(definition), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    version_id = insert.insert_row(
        "workflows_templateversion",
        {"practice_id": by.practice_id, "template_id": template_id, "number": number, "name": definition.name,
         "description": definition.description, "published_at": at, "published_by_id": by.member.id, "note": note,
         "steps_count": len(definition.steps), "sha256": sha256(canonical.encode()).hexdigest()},
    )  # fmt: skip
    waits_for = direct_prerequisites(definition.groups)
    members = dict(sql.rows("SELECT lower(email), id FROM practices_member WHERE practice_id = %s", (by.practice_id,)))
    rows: list[tuple[object, ...]] = []
    for place, group in enumerate(definition.groups):
        group_id = insert.insert_row(
            "workflows_stepgrouptemplate",
            {"practice_id": by.practice_id, "version_id": version_id, "key": group.key, "name": group.name,
             "order": group.order.value, "gate": group.gate, "position": place},
        )  # fmt: skip
        for step in group.steps:
            due = step.due or Due()
            rows.append(
                (by.practice_id, version_id, group_id, step.key, step.name, len(rows), step.assign.rule.value,
                 step.assign.email, members.get(step.assign.email.lower()), step.blocking, step.required,
                 json.dumps(list(step.after)), step.estimate, due.days if step.due and not due.rule else None,
                 due.unit.value, due.from_.value, due.rule, step.waits_on.value if step.waits_on else "",
                 step.review, step.approval, step.filing, step.guidance, not waits_for[step.key])
            )  # fmt: skip
    insert.insert_rows("workflows_steptemplate", STEP_COLUMNS, rows)
    return version_id
