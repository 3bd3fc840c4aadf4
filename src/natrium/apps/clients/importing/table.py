"""A spreadsheet as text: CSV in whatever dialect a program wrote it, or XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from natrium.domain.errors import Code, Refusal

MAX_BYTES = 2_000_000
MAX_UNPACKED = 60_000_000
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 5_000, 60, 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of text, each as wide as the header. `lines`: the line of the file that each row begins at."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read_table(data: bytes, *, name: str) -> Table:
    """Read a file by what it is (XLSX files are archives), whatever it is called.

    Raises Refusal bad-value (field "file") for what is no table, is empty, or is too large.
    """
    if len(data) > MAX_BYTES:
        raise _bad(f"{name} is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        found = list(_of_xlsx(data)) if data[:2] == b"PK" else list(_of_csv(data))
    except (ValueError, KeyError, OSError, csv.Error, zipfile.BadZipFile, InvalidFileException) as error:
        raise _bad(f"{name} cannot be read as a spreadsheet: save it as CSV or XLSX.") from error
    filled = [(line, cells) for line, cells in found if any(cells)]
    if len(filled) < 2:
        raise _bad(f"{name} has no rows under its headings.")
    header = tuple(filled[0][1])
    if len(filled) > MAX_ROWS + 1 or len(header) > MAX_COLUMNS:
        raise _bad(f"{name} is larger than {MAX_ROWS:,} rows and {MAX_COLUMNS} columns.")
    rows = tuple(tuple((*cells, *[""] * len(header))[: len(header)]) for _, cells in filled[1:])
    return Table(header, rows, tuple(line for line, _ in filled[1:]))


def _of_csv(data: bytes) -> Iterable[tuple[int, list[str]]]:
    text = _decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = 1
    for cells in reader:
        yield line, [_clean(cell) for cell in cells]
        line = reader.line_num + 1


def _decoded(data: bytes) -> str:
    """Excel writes UTF-8 with a mark, or the letters of Western Windows."""
    if b"\0" in data:
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _delimiter(text: str) -> str:
    """What stands most often in the first line: a British or a continental Excel, or a copied table."""
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def _of_xlsx(data: bytes) -> Iterable[tuple[int, list[str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise _bad("The file unpacks to more than a spreadsheet of clients can be.")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        for line, cells in enumerate(sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 50), start=1):
            yield line, [_clean(_text(cell)) for cell in cells[: MAX_COLUMNS + 1]]
    finally:
        book.close()


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell)


def _clean(cell: str) -> str:
    return " ".join(cell.replace("\0", "").split())[:MAX_CELL]


def _bad(message: str) -> Refusal:
    return Refusal(Code.BAD_VALUE, message, field="file")
