"""Clients in from a spreadsheet, step by step, and out as one."""

import csv
import io
import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from openpyxl import Workbook

from natrium.apps.activity.queries import spreadsheet_cell
from natrium.apps.clients import queries as client_queries
from natrium.apps.clients.importing.columns import FIELDS, guessed
from natrium.apps.clients.importing.rows import asks_for_order
from natrium.apps.clients.importing.table import MAX_BYTES, Table, read_table
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import Does, PlannedRow
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.web.clients.forms import KINDS
from natrium.web.http import Asked, SeeOther, asked, page, signed_in
from natrium.web.refused import STATUS

SHOWN = 200
WORDS = {Does.CREATE: "new", Does.UPDATE: "changed", Does.NOTHING: "stays as it is", Does.FAIL: "cannot be imported"}


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in(request: HttpRequest) -> HttpResponse:
    """Import: a file; then its columns, what is asked, and what each row would do; then (`sure`) doing it."""
    who = _importer(request)
    if request.method == "GET":
        return page(request, "clients/import.html", {"errors": {}, "fields": FIELDS}, place="clients")
    post = request.POST
    try:
        table, columns = _table(request)
    except Refusal as refusal:
        context = {"errors": {refusal.field: refusal.message}, "fields": FIELDS}
        return page(request, "clients/import.html", context, place="clients", status=STATUS[refusal.code])
    if post.get("sure") == "1" and _order(table, columns, post) is not None:
        try:
            planned = _planned(who, table, columns, post)
            good = bool(post.get("good_only"))
            done = operations.import_clients(by=who.by, at=who.at, planned=planned, good_only=good)
        except Refusal as refusal:
            return _preview(request, who, table, columns, refusal)
        return SeeOther(f"/clients/?imported={done.created}.{done.updated}.{done.left_out}.{done.batch}")
    return _preview(request, who, table, columns)


# Changes whose column is called otherwise.
CHANGES = {"year_end_month": "year_end", "year_end_day": "year_end", "year_end_is_last_day": "year_end"}


def _changes(one: PlannedRow) -> str:
    """What a row changes, by the names of the columns: "Year end, Phone"."""
    return ", ".join(dict.fromkeys(FIELDS[CHANGES.get(name, name)] for name in one.changes))


def _importer(request: HttpRequest) -> Asked:
    """Who asks. Refuses `not-allowed`, before anything is said of the file."""
    who = asked(request)
    if not may(who.by.member.role, Deed.EDIT_CLIENT):
        raise Refusal(Code.NOT_ALLOWED, f"To import clients takes {who_may(Deed.EDIT_CLIENT)}.")
    return who


def _table(request: HttpRequest) -> tuple[Table, list[str]]:
    """The file just sent with the columns guessed, or the one that the form carries with the columns chosen."""
    given = request.FILES.get("file")
    if isinstance(given, UploadedFile):
        table = read_table(given.read(MAX_BYTES + 1), name=given.name or "The file")
        return table, list(guessed(table.header))
    try:
        kept = json.loads(request.POST.get("table", ""))
        table = Table(
            tuple(str(one) for one in kept["header"]),
            tuple(tuple(str(cell) for cell in row) for row in kept["rows"]),
            tuple(int(line) for line in kept["lines"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(Code.BAD_VALUE, "Choose a CSV or XLSX file.", field="file") from error
    if not table.header or len(table.rows) != len(table.lines) or any(len(r) != len(table.header) for r in table.rows):
        raise Refusal(Code.BAD_VALUE, "Choose a CSV or XLSX file.", field="file")
    chosen = [request.POST.get(f"column-{at}", "") for at in range(len(table.header))]
    once: list[str] = []
    for field in chosen:
        once.append(field if field in FIELDS and field not in once else "")
    return table, once


def _order(table: Table, columns: list[str], post: QueryDict) -> bool | None:
    """Whether days come first: as chosen, or as the file shows; None where it has to be asked."""
    if post.get("dates") in ("day", "month"):
        return post["dates"] == "day"
    return asks_for_order(table, columns)


def _planned(who: Asked, table: Table, columns: list[str], post: QueryDict) -> list[PlannedRow]:
    kind = post.get("default_kind", "")
    order = _order(table, columns, post)
    return operations.plan_import(
        by=who.by, table=table, columns=columns, day_first=order is not False,
        default_kind=kind if kind in KINDS else "",
    )  # fmt: skip


def _preview(
    request: HttpRequest, who: Asked, table: Table, columns: list[str], no: Refusal | None = None
) -> HttpResponse:
    post, wrong = request.POST, {no.field: no.message} if no else {}
    planned: list[PlannedRow] = []
    try:
        planned = _planned(who, table, columns, post)
    except Refusal as refusal:
        wrong[refusal.field] = refusal.message
    counts = {one: sum(row.does is one for row in planned) for one in Does}
    context: dict[str, Any] = {
        "table": table,
        "kept": json.dumps({"header": table.header, "rows": table.rows, "lines": table.lines}),
        "columns": columns,
        "fields": FIELDS,
        "kinds": KINDS,
        "default_kind": post.get("default_kind", ""),
        "dates": post.get("dates", ""),
        "ask_order": asks_for_order(table, columns) is None,
        "planned": [(one, _changes(one)) for one in sorted(planned, key=lambda one: one.does is not Does.FAIL)[:SHOWN]],
        "more": max(len(planned) - SHOWN, 0),
        "counts": counts,
        "words": WORDS,
        "good_only": bool(post.get("good_only")),
        "errors": wrong,
        "code": no.code if no else Code.BAD_VALUE,
    }
    return page(request, "clients/import_preview.html", context, place="clients", status=422 if wrong else 200)


@require_POST
@signed_in
def faults(request: HttpRequest) -> HttpResponse:
    """The rows that cannot be imported, with the reasons, as a file to mend and bring again."""
    who = _importer(request)
    table, columns = _table(request)
    bad = [one.row for one in _planned(who, table, columns, request.POST) if one.does is Does.FAIL]
    rows = [[*table.header, "What is wrong"], *([*row.cells, "; ".join(w for _, w in row.problems)] for row in bad)]
    return _csv(rows, "clients-to-mend.csv")


@require_GET
@signed_in
def take_out(request: HttpRequest) -> HttpResponse:
    """All clients, as CSV or XLSX, in columns that can be imported again."""
    who = asked(request)
    rows = [list(FIELDS.values()), *client_queries.as_rows(practice_id=who.by.practice_id)]
    if request.GET.get("format") != "xlsx":
        return _csv(rows, "clients.csv")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Clients")
    for row in rows:
        sheet.append([spreadsheet_cell(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(out.getvalue(), content_type=kind)
    answer["Content-Disposition"] = 'attachment; filename="clients.xlsx"'
    return answer


def _csv(rows: list[list[str]], name: str) -> HttpResponse:
    text = io.StringIO()
    csv.writer(text).writerows([[spreadsheet_cell(cell) for cell in row] for row in rows])
    # With a mark, so that Excel reads it as UTF-8.
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
