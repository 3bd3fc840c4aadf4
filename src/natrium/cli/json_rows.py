"""The rows of a JSON file, each with the line it stands on."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 10_000_000
_BLANK = re.compile(r"[ \t\r\n]*")


class BadFile(Exception):  # noqa: N818 - an answer about what was given
    """What was given is no JSON list: file, line, and what was expected."""

    def __init__(self, file: Path, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the list, numbered from 1, with its text and the line on which that begins."""

    number: int
    value: object
    text: str
    line: int

    def line_of(self, field: str) -> int:
        """The line of a field, by its path ("inputs.arp_end"); of what is there of it, where it is missing."""
        at = 0
        for name in field.split(".") if field else []:
            found = re.compile(rf"{re.escape(json.dumps(name, ensure_ascii=False))}\s*:").search(self.text, at)
            at = found.start() if found else at
        return self.line + self.text.count("\n", 0, at)


def read_rows(file: Path) -> list[Row]:
    """The items of a JSON list. Raises BadFile where it cannot be read, is no JSON or no list."""
    text = _text(file)
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"JSON is expected here, and it cannot be read at column {error.colno}: {error.msg}."
        raise BadFile(file, error.lineno, message) from None
    except (ValueError, RecursionError):
        raise BadFile(file, 1, "JSON is expected, and this has a number too long or is nested too deep.") from None
    if not isinstance(values, list):
        raise BadFile(file, 1, 'A list of questions is expected: [{"id": …, "rule": …, "inputs": {…}}].')
    return _located(text, len(values))


def _located(text: str, count: int) -> list[Row]:
    """Go through a list known to be well-formed, from one item to the next."""
    decoder, rows = json.JSONDecoder(), []
    at = text.index("[") + 1
    for number in range(1, count + 1):
        at = _past_blanks(text, at)
        value, end = decoder.raw_decode(text, at)
        rows.append(Row(number, value, text[at:end], text.count("\n", 0, at) + 1))
        at = _past_blanks(text, end) + 1
    return rows


def _past_blanks(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadFile(file, 1, f"The file cannot be read: {error.strerror}.") from None
    if len(data) > MAX_BYTES:
        raise BadFile(file, 1, f"The file is larger than {MAX_BYTES:,} bytes, which is the most.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(file, 1, "Text in UTF-8 is expected, and this is not.") from None
