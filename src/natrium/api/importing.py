"""Clients from a spreadsheet: what each row would do, and doing it."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, UploadedFile
from pydantic import Field

from natrium.api.auth import Asked, asked
from natrium.api.bodies import Text
from natrium.api.problems import ERRORS, Problem
from natrium.apps.clients.importing.columns import FIELDS, KINDS, guessed
from natrium.apps.clients.importing.rows import asks_for_order
from natrium.apps.clients.importing.table import MAX_BYTES, Table, read_table
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import Does, PlannedRow
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may, who_may

router = Router(tags=["clients"])


class HowToRead(Schema):
    """How the file is read.

    `columns`: for each heading the field it is taken for, with commas between, empty to leave it out; guessed where
    none is named. `dates`: whether days come before months, where the file leaves it open.
    """

    columns: Text = ""
    dates: Literal["", "day", "month"] = ""
    default_kind: Annotated[str, Field(max_length=20)] = ""


class HowToImport(HowToRead):
    """`good_only`: leave the bad rows out, instead of doing nothing where there are any."""

    good_only: bool = False


class WrongCell(Schema):
    """What is wrong in a column ("" where it is the whole row)."""

    column: str
    detail: str


class RowOut(Schema):
    """A row of the file, by its line, and what it would do. `changes` are the fields that would change."""

    line: int
    does: Literal["create", "update", "nothing", "fail"]
    name: str
    client_id: int | None
    changes: list[str]
    problems: list[WrongCell]


class ImportReport(Schema):
    """What an import would do. `columns` says for each heading which field it is taken for, "" for none."""

    header: list[str]
    columns: list[str]
    dates: Literal["day", "month"]
    create: int
    update: int
    nothing: int
    fail: int
    rows: list[RowOut]


class ImportedOut(Schema):
    """What came of it; `batch` is on every line that it wrote into the record."""

    batch: str
    created: int
    updated: int
    left_out: int


def _columns(table: Table, given: str) -> list[str]:
    """The fields of the columns, as guessed or as given with commas between. Refuses `bad-value`."""
    if not given.strip():
        return list(guessed(table.header))
    columns = [one.strip() for one in given.split(",")]
    named = [one for one in columns if one]
    if len(columns) != len(table.header):
        words = f"The file has {len(table.header)} columns, and {len(columns)} were named. Leave one empty to skip it."
        raise Refusal(Code.BAD_VALUE, words, field="columns")
    if len(set(named)) != len(named) or not set(named) <= set(FIELDS):
        words = f"Name each column once, as one of: {', '.join(FIELDS)}."
        raise Refusal(Code.BAD_VALUE, words, field="columns")
    return columns


def _day_first(table: Table, columns: list[str], dates: str) -> bool:
    """Whether days come before months. Refuses `bad-value` where the file leaves it open and nobody says."""
    order = dates == "day" if dates else asks_for_order(table, columns)
    if order is None:
        words = "Some dates could be day first or month first. Say which: dates=day or dates=month."
        raise Refusal(Code.BAD_VALUE, words, field="dates")
    return order


def _plan(who: Asked, file: UploadedFile, read: HowToRead) -> tuple[Table, list[str], bool, list[PlannedRow]]:
    if not may(who.by.member.role, Deed.EDIT_CLIENT):
        raise Refusal(Code.NOT_ALLOWED, f"To import clients takes {who_may(Deed.EDIT_CLIENT)}.")
    kind = read.default_kind
    if kind and kind not in KINDS:
        raise Refusal(Code.BAD_VALUE, f"There is no kind of client “{kind}”.", field="default_kind")
    table = read_table(file.read(MAX_BYTES + 1), name=file.name or "The file")
    chosen = _columns(table, read.columns)
    first = _day_first(table, chosen, read.dates)
    planned = operations.plan_import(by=who.by, table=table, columns=chosen, day_first=first, default_kind=kind)
    return table, chosen, first, planned


def _row(one: PlannedRow) -> RowOut:
    return RowOut(
        line=one.row.line,
        does=one.does.value,
        name=str(one.row.values.get("name", "")),
        client_id=one.client_id,
        changes=one.changes,
        problems=[WrongCell(column=column, detail=words) for column, words in one.row.problems],
    )


@router.post("/clients/import/preview", response={200: ImportReport, 413: Problem, **ERRORS})
def preview(request: HttpRequest, file: File[UploadedFile], read: Form[HowToRead]) -> ImportReport:
    """What every row of a CSV or XLSX file (multipart/form-data) would do; nothing is written."""
    table, chosen, first, planned = _plan(asked(request), file, read)
    counts = {one.value: sum(row.does is one for row in planned) for one in Does}
    return ImportReport(
        header=list(table.header), columns=chosen, dates="day" if first else "month",
        rows=[_row(one) for one in planned], **counts,
    )  # fmt: skip


@router.post("/clients/import", response={200: ImportedOut, 413: Problem, **ERRORS})
def bring_in(request: HttpRequest, file: File[UploadedFile], read: Form[HowToImport]) -> ImportedOut:
    """Do what the rows do, in one transaction; the same file again does nothing more.

    With bad rows among them nothing is done unless `good_only`.
    """
    who = asked(request)
    _, _, _, planned = _plan(who, file, read)
    done = operations.import_clients(by=who.by, at=who.at, planned=planned, good_only=read.good_only)
    return ImportedOut(batch=done.batch, created=done.created, updated=done.updated, left_out=done.left_out)
