"""Templates that name a member: the name of somebody else put in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from natrium.apps.database import sql
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import publishing
from natrium.apps.workflows.definitions import read_version
from natrium.apps.workflows.operations import templates as doors
from natrium.apps.workflows.queries.holdings import draft_names, templates_naming
from natrium.domain.workflow.definition import Assign, Rule, Template
from natrium.domain.workflow.model import Member


def rename_in_templates(*, by: SignedIn, at: datetime, giver: Member, email: str, taker: Member | None) -> int:
    """Puts the taker (None: anyone) where templates name the giver; how many templates changed.

    What is published gets a new version that differs in nothing else; a draft under way keeps all else as it is.
    In a transaction, permission asked before.
    """
    to = _assign(by, taker)
    found = templates_naming(practice_id=by.practice_id, email=email)
    for template in found:
        _in_version(template.id, email, to, giver=giver, taker=taker, by=by, at=at)
        _in_draft(template.id, email, to, by=by, at=at)
    return len(found)


def _assign(by: SignedIn, taker: Member | None) -> Assign:
    if taker is None:
        return Assign(rule=Rule.UNASSIGNED)
    members = practices.members(practice_id=by.practice_id)
    return Assign(rule=Rule.MEMBER, email=next(line.email for line in members if line.id == taker.id))


def _in_version(
    template_id: int, email: str, to: Assign, *, giver: Member, taker: Member | None, by: SignedIn, at: datetime
) -> None:
    row = sql.row(
        f"""SELECT t.latest_version, v.id FROM workflows_template t
            JOIN workflows_templateversion v ON v.template_id = t.id AND v.number = t.latest_version
            WHERE t.id = %s AND t.practice_id = %s {sql.for_update("t")}""",
        (template_id, by.practice_id),
    )
    if row is None:
        return
    before = read_version(row[1])
    after = instead(before, email, to)
    if after == before:
        return
    note = f"Handed over from {giver.name} to {taker.name if taker else 'anyone'}"
    publishing.write_version(template_id, row[0] + 1, after, note=note, by=by, at=at)
    sql.execute(
        """UPDATE workflows_template SET latest_version = %s, rev = rev + 1,
           draft_based_on = CASE WHEN draft_based_on IS NULL THEN NULL ELSE %s END WHERE id = %s""",
        (row[0] + 1, row[0] + 1, template_id),
    )
    doors.put_on_record(
        template_id, "template.published", after.name, {"version": row[0] + 1, "note": note}, by=by, at=at
    )


def _in_draft(template_id: int, email: str, to: Assign, *, by: SignedIn, at: datetime) -> None:
    draft = str(sql.value("SELECT draft FROM workflows_template WHERE id = %s", (template_id,)))
    if draft_names(draft, email):
        definition = instead(publishing.read_draft(draft), email, to)
        doors.save_draft(by=by, at=at, template_id=template_id, definition=definition)


def instead(template: Template, email: str, to: Assign) -> Template:
    """The template with another rule on each step that named this address."""
    named = email.lower()
    return replace(
        template,
        groups=tuple(
            replace(
                group,
                steps=tuple(
                    replace(step, assign=to)
                    if step.assign.rule is Rule.MEMBER and step.assign.email.lower() == named
                    else step
                    for step in group.steps
                ),
            )
            for group in template.groups
        ),
    )
