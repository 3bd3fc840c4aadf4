"""Templates to list, read, attach and export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from natrium.apps.database import sql
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import library, publishing
from natrium.apps.workflows.definitions import version_of
from natrium.apps.workflows.operations.templates import active_emails
from natrium.apps.workflows.pages import TemplatePage, TemplateRow, VersionLine
from natrium.apps.workflows.panels import Choice
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, Role, may
from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.findings import Finding
from natrium.domain.workflow.lint import lint


def template_list(by: SignedIn, *, archived: bool = False) -> tuple[TemplateRow, ...]:
    """The practice's templates by name; archived ones where asked."""
    rows = sql.rows(
        f"""SELECT t.id, t.name, t.description, t.latest_version, t.archived_at, t.library_slug, v.steps_count,
                  (SELECT COUNT(*) FROM workflows_stepgrouptemplate g WHERE g.version_id = v.id),
                  (SELECT SUM(s.estimate) FROM workflows_steptemplate s WHERE s.version_id = v.id),
                  (SELECT COUNT(*) FROM workflows_workflow w WHERE w.template_id = t.id AND w.finished_at IS NULL)
            FROM workflows_template t
            LEFT JOIN workflows_templateversion v ON v.template_id = t.id AND v.number = t.latest_version
            WHERE t.practice_id = %s AND t.archived_at IS {"NOT NULL" if archived else "NULL"}
            ORDER BY t.name, t.id""",
        (by.practice_id,),
    )
    return tuple(
        TemplateRow(
            id=id_, name=name, description=description, version=latest or None, groups=groups or 0, steps=steps or 0,
            minutes=int(minutes or 0), open=open_, archived=archived_at is not None,
            library=bool(slug) and latest == 1,
        )
        for id_, name, description, latest, archived_at, slug, steps, groups, minutes, open_ in rows
    )  # fmt: skip


def check_attachable(*, practice_id: int, template_ids: Sequence[int]) -> None:
    """Refuses bad-value for a template that is archived. Raises NotFound for one that the practice has not."""
    if not template_ids:
        return
    rows = sql.rows(
        f"""SELECT id, name, archived_at FROM workflows_template
            WHERE practice_id = %s AND {sql.one_of("id", template_ids)}""",
        (practice_id, *sql.chosen(template_ids)),
    )
    if len(rows) < len(set(template_ids)):
        raise NotFound("There is no such template in this practice.")
    for _, name, archived_at in rows:
        if archived_at is not None:
            words = f"“{name}” is archived. Take it out of the archive to attach it."
            raise Refusal(Code.BAD_VALUE, words, field="template_ids")


def not_attachable(*, practice_id: int, template_ids: Sequence[int]) -> dict[int, str]:
    """Of some templates those that cannot be attached now, with the sentence why: archived, not published, gone."""
    if not template_ids:
        return {}
    rows = sql.rows(
        f"""SELECT id, name, archived_at, latest_version FROM workflows_template
            WHERE practice_id = %s AND {sql.one_of("id", template_ids)}""",
        (practice_id, *sql.chosen(template_ids)),
    )
    why = dict.fromkeys(template_ids, "There is no such template in this practice.")
    for id_, name, archived_at, latest in rows:
        if archived_at is not None:
            why[id_] = f"“{name}” is archived."
        elif not latest:
            why[id_] = f"“{name}” has not been published yet."
        else:
            del why[id_]
    return why


def template_page(by: SignedIn, template_id: int, version: int | None = None) -> TemplatePage:
    """A template to read: the version asked for, or the newest, or the draft where none is published.

    Raises NotFound.
    """
    head = _head(by, template_id)
    _, draft, _, latest, archived_at, _ = head
    versions = versions_of(template_id)
    if version is None and not latest:
        definition, number = publishing.read_draft(draft), None
    else:
        number = version if version is not None else latest
        found = sql.value(
            "SELECT id FROM workflows_templateversion WHERE template_id = %s AND number = %s", (template_id, number)
        )
        if found is None:
            raise NotFound("The template has no such version.")
        definition = version_of(found).template
    members = practices.members(practice_id=by.practice_id)
    return TemplatePage(
        id=template_id,
        definition=definition,
        version=number,
        newest=latest or None,
        archived=archived_at is not None,
        versions=versions,
        names={member.email.lower(): member.name for member in members},
        drafted=bool(draft),
        can_attach=bool(latest) and archived_at is None and by.member.role >= Role.STAFF,
    )


def _head(by: SignedIn, template_id: int) -> tuple[str, str, int, int, datetime | None, str]:
    row = sql.row(
        """SELECT name, draft, draft_rev, latest_version, archived_at, description FROM workflows_template
           WHERE id = %s AND practice_id = %s""",
        (template_id, by.practice_id),
    )
    if row is None:
        raise NotFound("There is no such template in this practice.")
    return cast("tuple[str, str, int, int, datetime | None, str]", row)


def versions_of(template_id: int) -> tuple[VersionLine, ...]:
    """The published versions of a template already known to be the practice's, newest first."""
    rows = sql.rows(
        """SELECT v.number, m.name, v.published_at, v.note,
                  (SELECT COUNT(*) FROM workflows_workflow w WHERE w.version_id = v.id AND w.finished_at IS NULL)
           FROM workflows_templateversion v LEFT JOIN practices_member m ON m.id = v.published_by_id
           WHERE v.template_id = %s ORDER BY v.number DESC""",
        (template_id,),
    )
    return tuple(
        VersionLine(number, name or "", cast("datetime", sql.moment(at)), open_, note)
        for number, name, at, note, open_ in rows
    )


def template_draft(by: SignedIn, template_id: int) -> tuple[Template, int, tuple[Finding, ...]]:
    """The draft with its rev and what lint says of it; the newest version where there is no draft. Raises NotFound."""
    _, draft, rev, _, _, _ = _head(by, template_id)
    definition = publishing.read_draft(draft) if draft else template_page(by, template_id).definition
    return definition, rev, lint(definition, active_emails=active_emails(by))


def template_by_name(by: SignedIn, name: str) -> int:
    """The id of the practice's template with this name, not archived. Raises NotFound."""
    found = sql.value(
        "SELECT id FROM workflows_template WHERE practice_id = %s AND name = %s AND archived_at IS NULL",
        (by.practice_id, name),
    )
    if found is None:
        raise NotFound(f"There is no template “{name}” in this practice.")
    return int(found)


def attachable_tasks(by: SignedIn, template_id: int) -> tuple[Choice, ...]:
    """Open tasks that do not carry the template and that the member may attach to, "Client · Title", soonest first."""
    everything = may(by.member.role, Deed.EDIT_TASK)
    mine = "" if everything else "AND t.owner_id = %s"
    rows = sql.rows(
        f"""SELECT t.id, COALESCE(c.name || ' · ', '') || t.title FROM tasks_task t
            LEFT JOIN clients_client c ON c.id = t.client_id
            WHERE t.practice_id = %s AND t.status NOT IN ('done', 'cancelled') AND t.hold = '' {mine}
              AND NOT EXISTS (SELECT 1 FROM workflows_workflow w WHERE w.task_id = t.id AND w.template_id = %s)
            ORDER BY t.target_date, t.id LIMIT 500""",
        (by.practice_id, *(() if everything else (by.member.id,)), template_id),
    )
    return tuple(Choice(*row) for row in rows)


def library_left(by: SignedIn) -> tuple[library.LibraryEntry, ...]:
    """The library's templates that the practice has not taken yet."""
    rows = sql.rows(
        "SELECT library_slug FROM workflows_template WHERE practice_id = %s AND library_slug <> ''", (by.practice_id,)
    )
    taken = {row[0] for row in rows}
    return tuple(entry for entry in library.library() if entry.slug not in taken)
