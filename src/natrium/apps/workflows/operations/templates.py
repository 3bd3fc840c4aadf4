"""Templates: a draft saved as it goes, published versions that never change, import, and the ready library."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from natrium.apps.activity import operations as activity
from natrium.apps.database import insert, sql
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import library, publishing
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.roles import Deed, Role, may, who_may
from natrium.domain.text import keepable
from natrium.domain.workflow.codec import to_dict
from natrium.domain.workflow.definition import MAX_NAME, Template
from natrium.domain.workflow.findings import Finding
from natrium.domain.workflow.lint import errors, lint
from natrium.domain.workflow.turn import bounded


def create_template(
    *,
    by: SignedIn,
    at: datetime,
    name: str,
    description: str = "",
    definition: Template | None = None,
    library_slug: str = "",
) -> int:
    """A new template with a draft (empty, or the definition given). Returns its id.

    Raises Refusal: not-allowed, bad-value, taken (the name).
    """
    may_write_templates(by)
    draft = replace(definition or Template(name=name), name=name.strip(), description=description.strip())
    _sound(draft)
    with transaction.atomic():
        _name_is_free(draft.name, by=by)
        template_id = insert.insert_row(
            "workflows_template",
            {"practice_id": by.practice_id, "name": draft.name, "description": draft.description,
             "draft": _text(draft), "draft_rev": 1, "latest_version": 0, "created_at": at, "rev": 1,
             "library_slug": library_slug, "chain_count": 0, "chain_head": ""},
        )  # fmt: skip
        data = {"library": library_slug} if library_slug else {}
        put_on_record(template_id, "template.created", draft.name, data, by=by, at=at)
        return template_id


def save_draft(
    *, by: SignedIn, at: datetime, template_id: int, definition: Template, if_rev: int | None = None
) -> tuple[int, tuple[Finding, ...]]:
    """Keeps a draft, loops and all; returns its rev and what lint says.

    Raises NotFound, StaleEdit (the draft's rev is not `if_rev`), Refusal (not-allowed, bad-value, taken).
    """
    may_write_templates(by)
    _sound(definition)
    with transaction.atomic():
        row = locked_template(template_id, by=by)
        if if_rev is not None and row["draft_rev"] != if_rev:
            raise StaleEdit("Somebody changed this draft since you read it.", {"rev": row["draft_rev"]})
        text = _text(definition)
        if text != row["draft"]:
            if row["name"] != definition.name and not row["latest_version"]:
                _name_is_free(definition.name, by=by, but=template_id)
                sql.execute("UPDATE workflows_template SET name = %s WHERE id = %s", (definition.name, template_id))
            row["draft_rev"] += 1
            based_on = row["draft_based_on"] if row["draft"] else (row["latest_version"] or None)
            sql.execute(
                "UPDATE workflows_template SET draft = %s, draft_rev = %s, draft_based_on = %s WHERE id = %s",
                (text, row["draft_rev"], based_on, template_id),
            )
            digest = {"rev": row["draft_rev"], "steps": len(definition.steps)}
            put_on_record(template_id, "template.drafted", definition.name, digest, by=by, at=at)
        return int(row["draft_rev"]), lint(definition, active_emails=active_emails(by))


def publish(*, by: SignedIn, at: datetime, template_id: int, note: str = "") -> int:
    """Freezes the draft as the next version; returns its number. Workflows already attached do not change.

    Raises NotFound, Refusal (not-allowed, nothing to publish or lint errors: bad-template, bad-value, taken).
    """
    may_write_templates(by)
    bounded(note, "note", field="note")
    with transaction.atomic():
        row = locked_template(template_id, by=by)
        if row["archived_at"] is not None:
            raise Refusal(Code.BAD_TEMPLATE, "The template is archived. Take it out of the archive to publish it.")
        if not row["draft"]:
            raise Refusal(Code.BAD_TEMPLATE, "There is no draft to publish: nothing changed since the last version.")
        draft = publishing.read_draft(row["draft"])
        wrong = errors(lint(draft, active_emails=active_emails(by)))
        if wrong:
            more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
            raise Refusal(Code.BAD_TEMPLATE, f"{wrong[0].message}{more}")
        _name_is_free(draft.name, by=by, but=template_id)
        number: int = row["latest_version"] + 1
        publishing.write_version(template_id, number, draft, note=note.strip(), by=by, at=at)
        sql.execute(
            """UPDATE workflows_template SET name = %s, description = %s, latest_version = %s, draft = '',
               draft_based_on = NULL, rev = rev + 1 WHERE id = %s""",
            (draft.name, draft.description, number, template_id),
        )
        put_on_record(
            template_id, "template.published", draft.name, {"version": number, "note": note.strip()}, by=by, at=at
        )
        return number


def archive(*, by: SignedIn, at: datetime, template_id: int) -> bool:
    """Takes a template out of the lists to attach from; what is attached goes on. False where it was archived."""
    return _set_archived(at, by=by, at=at, template_id=template_id, verb="template.archived")


def unarchive(*, by: SignedIn, at: datetime, template_id: int) -> bool:
    """Takes a template out of the archive. False where it was not in it. Raises Refusal taken (the name)."""
    return _set_archived(None, by=by, at=at, template_id=template_id, verb="template.unarchived")


def _set_archived(to: datetime | None, *, by: SignedIn, at: datetime, template_id: int, verb: str) -> bool:
    may_write_templates(by)
    with transaction.atomic():
        row = locked_template(template_id, by=by)
        if (row["archived_at"] is None) is (to is None):
            return False
        if to is None:
            _name_is_free(row["name"], by=by, but=template_id)
        sql.execute("UPDATE workflows_template SET archived_at = %s, rev = rev + 1 WHERE id = %s", (to, template_id))
        put_on_record(template_id, verb, row["name"], {}, by=by, at=at)
        return True


def import_template(*, by: SignedIn, at: datetime, template: Template, and_publish: bool = False) -> int:
    """A template from elsewhere, as a new one; published at once where asked. All or nothing. Returns its id.

    Raises Refusal: not-allowed, bad-value, taken (the name), bad-template.
    """
    with transaction.atomic():
        template_id = create_template(
            by=by, at=at, name=template.name, description=template.description, definition=template
        )
        if and_publish:
            publish(by=by, at=at, template_id=template_id, note="Imported")
        return template_id


def import_templates(
    *, by: SignedIn, at: datetime, templates: Sequence[Template], and_publish: bool = False
) -> list[int]:
    """Several templates from elsewhere, all or none. Raises Refusal as `import_template`. Returns their ids."""
    with transaction.atomic():
        return [import_template(by=by, at=at, template=one, and_publish=and_publish) for one in templates]


def take_from_library(*, by: SignedIn, at: datetime, slug: str) -> int:
    """A ready template of the library as the practice's own, published.

    Raises NotFound, Refusal (not-allowed, taken).
    """
    entry = next((entry for entry in library.library() if entry.slug == slug), None)
    if entry is None:
        raise NotFound("The library has no such template.")
    found = entry.template
    with transaction.atomic():
        template_id = create_template(
            by=by, at=at, name=found.name, description=found.description, definition=found, library_slug=slug
        )
        publish(by=by, at=at, template_id=template_id, note="From the library")
        return template_id


def active_emails(by: SignedIn) -> frozenset[str]:
    """The addresses of the practice's members who may hold a step, in lower case."""
    members = practices.members(practice_id=by.practice_id, active_only=True)
    return frozenset(member.email.lower() for member in members if member.role >= Role.STAFF)


def may_write_templates(by: SignedIn) -> None:
    """Raises Refusal not-allowed for members who do not write templates."""
    if not may(by.member.role, Deed.EDIT_TEMPLATE):
        raise Refusal(Code.NOT_ALLOWED, f"To write and publish templates takes {who_may(Deed.EDIT_TEMPLATE)}.")


def _sound(definition: Template) -> None:
    """Refuses what no draft may be: without a name, or beyond what can be kept."""
    if not definition.name.strip():
        raise Refusal(Code.BAD_VALUE, "A template needs a name.", field="name")
    bounded(definition.name, "name", field="name", most=MAX_NAME)
    bounded(definition.description, "description", field="description")
    if "\\u0000" in _text(definition) or not keepable(_text(definition)):
        raise Refusal(Code.BAD_VALUE, "The template has a character that cannot be kept.", field="definition")


def _text(definition: Template) -> str:
    return json.dumps(to_dict(definition), ensure_ascii=False, separators=(",", ":"))


def _name_is_free(name: str, *, by: SignedIn, but: int = 0) -> None:
    found = sql.row(
        "SELECT 1 FROM workflows_template WHERE practice_id = %s AND name = %s AND archived_at IS NULL AND id <> %s",
        (by.practice_id, name, but),
    )
    if found is not None:
        raise Refusal(Code.TAKEN, f"There is a template “{name}” already.", field="name")


COLUMNS = ("name", "draft", "draft_rev", "draft_based_on", "latest_version", "archived_at")


def locked_template(template_id: int, *, by: SignedIn) -> dict[str, Any]:
    """A template of the practice by the columns of COLUMNS, locked until the transaction ends. Raises NotFound."""
    row = sql.row(
        f"SELECT {', '.join(COLUMNS)} FROM workflows_template WHERE id = %s AND practice_id = %s {sql.for_update()}",
        (template_id, by.practice_id),
    )
    if row is None:
        raise NotFound("There is no such template in this practice.")
    return dict(zip(COLUMNS, row, strict=True))


def put_on_record(template_id: int, verb: str, name: str, data: dict[str, Any], *, by: SignedIn, at: datetime) -> None:
    """Put an event on a template's chain. In a transaction, the template's row locked."""
    try:
        activity.record(
            chain="template", subject_id=template_id, practice_id=by.practice_id,
            events=[activity.NewEvent(verb=verb, name=name, data=data)], by=by, at=at,
        )  # fmt: skip
    except IntegrityError as error:  # pragma: no cover - the row is locked; a second writer cannot be here
        raise StaleEdit("Somebody changed this template at the same moment.") from error
