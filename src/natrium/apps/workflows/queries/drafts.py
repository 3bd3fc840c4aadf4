"""Reading drafts and comparing versions."""

from __future__ import annotations

from datetime import datetime

from natrium.apps.database import sql
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import publishing
from natrium.apps.workflows.definitions import version_of
from natrium.apps.workflows.pages import Comparison, DraftPage, NamedMember
from natrium.apps.workflows.queries.templates import versions_of
from natrium.domain.errors import NotFound
from natrium.domain.roles import Role
from natrium.domain.workflow.comparing import compare
from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.lint import lint


def draft_page(*, by: SignedIn, template_id: int) -> DraftPage:
    """A template's draft with all that its page shows, in five statements. Raises NotFound."""
    name, draft, rev, latest, archived_at = _head(by, template_id)
    members = practices.members(practice_id=by.practice_id, active_only=True)
    able = [member for member in members if member.role >= Role.STAFF]
    definition = publishing.read_draft(draft) if draft else _version(template_id, latest, name)
    saved = sql.row(
        """SELECT at, member_name FROM activity_event WHERE practice_id = %s AND chain = 'template'
           AND subject_id = %s AND verb = 'template.drafted' ORDER BY seq DESC LIMIT 1""",
        (by.practice_id, template_id),
    )
    at: datetime | None = sql.moment(saved[0]) if saved and draft else None
    return DraftPage(
        id=template_id,
        draft=definition,
        rev=rev,
        version=latest or None,
        drafted=bool(draft),
        archived=archived_at is not None,
        findings=lint(definition, active_emails={member.email.lower() for member in able}),
        saved_at=at.astimezone(by.zone) if at else None,
        saved_by=saved[1] if saved and draft else "",
        versions=versions_of(template_id),
        members=tuple(NamedMember(member.email, member.name) for member in able),
    )


def comparison(*, by: SignedIn, template_id: int, before: int, after: int | None) -> Comparison:
    """What differs from version `before` to version `after` (None: to the draft, or the newest). Raises NotFound."""
    name, draft, _, latest, _ = _head(by, template_id)
    old = _version(template_id, before, name)
    if after is not None:
        new = _version(template_id, after, name)
    else:
        new = publishing.read_draft(draft) if draft else _version(template_id, latest, name)
    return Comparison(template_id, new.name, before, after, old, new, compare(old, new))


def names_by_email(*, by: SignedIn) -> dict[str, str]:
    """The names of the practice's members, by their addresses in lower case: what templates name them by."""
    return {member.email.lower(): member.name for member in practices.members(practice_id=by.practice_id)}


def _head(by: SignedIn, template_id: int) -> tuple[str, str, int, int, datetime | None]:
    row = sql.row(
        """SELECT name, draft, draft_rev, latest_version, archived_at FROM workflows_template
           WHERE id = %s AND practice_id = %s""",
        (template_id, by.practice_id),
    )
    if row is None:
        raise NotFound("There is no such template in this practice.")
    return row[0], row[1], row[2], row[3], row[4]


def _version(template_id: int, number: int, name: str) -> Template:
    """A published version; an empty template where nothing was ever published and nothing is asked for."""
    if not number:
        return Template(name=name)
    found = sql.value(
        "SELECT id FROM workflows_templateversion WHERE template_id = %s AND number = %s", (template_id, number)
    )
    if found is None:
        raise NotFound("The template has no such version.")
    return version_of(found).template
