"""Templates: draft, lint, publish, versions, files, and the ready library."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import Id, Nothing, RuledName, RuledText, Strict
from natrium.api.etags import if_match, tag
from natrium.api.problems import ERRORS
from natrium.api.tasks import Created
from natrium.apps.workflows import library, operations, queries
from natrium.apps.workflows.files import BadTemplateFile, read_template, write_template
from natrium.apps.workflows.pages import TemplateRow, VersionLine
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.workflow.codec import BadTemplate, from_dict, to_dict
from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.findings import Finding as Found

router = Router(tags=["templates"])
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


class NewTemplate(Strict):
    """A template to be, empty or with a definition in the form of its file."""

    name: RuledName
    description: RuledText = ""
    definition: dict[str, Any] | None = None


class Draft(Strict):
    """A draft, in the form of a template's file."""

    definition: dict[str, Any]


class File(Strict):
    """A template's file; published at once where asked."""

    yaml: Annotated[str, Field(max_length=1_000_000)]
    publish: bool = False


class Publish(Strict):
    """What changed, in a line."""

    note: RuledText = ""


class Finding(Schema):
    """What lint found: level "error" stops publishing."""

    code: str
    level: str
    message: str
    keys: list[str]


class TemplateOut(Schema):
    """A template: one version of it (null: only a draft), in the form of its file, and the versions there are."""

    id: int
    version: int | None
    newest: int | None
    archived: bool
    definition: dict[str, Any]
    versions: list[VersionLine]


class DraftOut(Schema):
    """A draft with its rev and what lint says."""

    rev: int
    definition: dict[str, Any]
    findings: list[Finding]


class Published(Schema):
    """The number of the new version."""

    version: int


class LibraryLine(Schema):
    """A ready template."""

    slug: str
    name: str
    description: str
    steps: int


def _definition(data: dict[str, Any]) -> Template:
    try:
        return from_dict({"natrium": "template/1", **data})
    except BadTemplate as bad:
        raise Refusal(Code.BAD_VALUE, str(bad)[:2_000], field="definition") from bad


def _findings(found: tuple[Found, ...]) -> list[Finding]:
    return [
        Finding(code=one.code.value, level=one.level.value, message=one.message, keys=list(one.keys)) for one in found
    ]


@router.get("/templates", response={200: list[TemplateRow], **ERRORS})
def templates(request: HttpRequest, archived: bool = False) -> list[TemplateRow]:  # noqa: FBT001, FBT002 - a query
    """The practice's templates by name."""
    return list(queries.template_list(asked(request).by, archived=archived))


@router.post("/templates", response={201: Created, **ERRORS})
def create(request: HttpRequest, body: NewTemplate) -> Any:  # noqa: ANN401 - a status with its body
    """A new template with a draft."""
    who = asked(request)
    definition = _definition({"name": body.name, **body.definition}) if body.definition is not None else None
    made = operations.create_template(
        by=who.by, at=who.at, name=body.name, description=body.description, definition=definition
    )
    return Status(201, Created(id=made))


@router.post("/templates/import", response={201: Created, **ERRORS})
def import_file(request: HttpRequest, body: File) -> Any:  # noqa: ANN401 - a status with its body
    """A template from its file, as a new one; nothing half-imported."""
    who = asked(request)
    try:
        template = read_template(body.yaml, source="the file")
    except BadTemplateFile as bad:
        raise Refusal(Code.BAD_TEMPLATE, str(bad)[:2_000], field="yaml") from bad
    made = operations.import_template(by=who.by, at=who.at, template=template, and_publish=body.publish)
    return Status(201, Created(id=made))


@router.get("/templates/{int:template_id}", response={200: TemplateOut, **ERRORS})
def template(request: HttpRequest, template_id: Id, version: Number | None = None) -> TemplateOut:
    """A template: the newest version, or the one asked for."""
    page = queries.template_page(asked(request).by, template_id, version)
    return TemplateOut(
        id=page.id, version=page.version, newest=page.newest, archived=page.archived,
        definition=to_dict(page.definition), versions=list(page.versions),
    )  # fmt: skip


@router.get("/templates/{int:template_id}/draft", response={200: DraftOut, **ERRORS})
def draft(request: HttpRequest, response: HttpResponse, template_id: Id) -> DraftOut:
    """The draft and what lint says of it; the newest version where there is no draft."""
    definition, rev, findings = queries.template_draft(asked(request).by, template_id)
    tag(response, rev)
    return DraftOut(rev=rev, definition=to_dict(definition), findings=_findings(findings))


@router.put("/templates/{int:template_id}/draft", response={200: DraftOut, **ERRORS})
def save_draft(request: HttpRequest, response: HttpResponse, template_id: Id, body: Draft) -> DraftOut:
    """Keep a draft, loops and all."""
    who = asked(request)
    definition = _definition(body.definition)
    rev, findings = operations.save_draft(
        by=who.by, at=who.at, template_id=template_id, definition=definition, if_rev=if_match(request)
    )
    tag(response, rev)
    return DraftOut(rev=rev, definition=to_dict(definition), findings=_findings(findings))


@router.post("/templates/{int:template_id}/publish", response={201: Published, **ERRORS})
def publish(request: HttpRequest, template_id: Id, body: Publish) -> Any:  # noqa: ANN401 - a status with its body
    """Freeze the draft as the next version."""
    who = asked(request)
    number = operations.publish(by=who.by, at=who.at, template_id=template_id, note=body.note)
    return Status(201, Published(version=number))


@router.post("/templates/{int:template_id}/archive", response={200: Created, **ERRORS})
def archive(request: HttpRequest, template_id: Id, body: Nothing) -> Created:  # noqa: ARG001
    """Take a template out of the lists to attach from."""
    who = asked(request)
    operations.archive(by=who.by, at=who.at, template_id=template_id)
    return Created(id=template_id)


@router.post("/templates/{int:template_id}/unarchive", response={200: Created, **ERRORS})
def unarchive(request: HttpRequest, template_id: Id, body: Nothing) -> Created:  # noqa: ARG001
    """Take a template out of the archive."""
    who = asked(request)
    operations.unarchive(by=who.by, at=who.at, template_id=template_id)
    return Created(id=template_id)


@router.get("/templates/{int:template_id}/file", response=ERRORS)
def export(request: HttpRequest, template_id: Id, version: Number | None = None) -> HttpResponse:
    """A version as its YAML file."""
    page = queries.template_page(asked(request).by, template_id, version)
    return HttpResponse(write_template(page.definition), content_type="application/yaml; charset=utf-8")


@router.get("/library", response={200: list[LibraryLine], **ERRORS})
def ready(request: HttpRequest) -> list[LibraryLine]:  # noqa: ARG001
    """The ready templates that come with the product."""
    return [
        LibraryLine(
            slug=entry.slug, name=entry.template.name, description=entry.template.description,
            steps=len(entry.template.steps),
        )
        for entry in library.library()
    ]  # fmt: skip


@router.post("/library/{slug}/take", response={201: Created, **ERRORS})
def take(request: HttpRequest, slug: str, body: Nothing) -> Any:  # noqa: ANN401, ARG001 - a status with its body
    """A ready template as the practice's own, published. Raises NotFound for an unknown slug."""
    who = asked(request)
    if not slug.isascii():
        raise NotFound("The library has no such template.")
    return Status(201, Created(id=operations.take_from_library(by=who.by, at=who.at, slug=slug)))
