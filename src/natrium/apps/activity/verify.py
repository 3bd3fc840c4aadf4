"""Checking the record: each line against its hash, each chain against the head that its subject keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from natrium.apps.activity.chain import COLUMNS, hash_of
from natrium.apps.activity.operations import TABLES, Head
from natrium.apps.database import sql
from natrium.apps.database.snapshot import snapshot

PAGE = 1_000
SEQ, AT, SUBJECT, PREVIOUS = (COLUMNS.index(name) for name in ("seq", "at", "subject_id", "previous_hash"))


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the record. `place` is for people ("task 12, line 3"); `seq` is 0 for a whole chain."""

    place: str
    chain: str
    subject: int
    seq: int
    what: str


def verify() -> list[Fault]:
    """Return all that is wrong with the record, as of one moment; an empty list where all is well.

    Memory is bounded: lines and subjects are read in pages, side by side.
    """
    with snapshot():
        return [fault for chain in TABLES for fault in _chains(chain)]


def count() -> int:
    """Return how many lines the record has."""
    return int(sql.value("SELECT COUNT(*) FROM activity_event"))


def _chains(chain: str) -> Iterator[Fault]:
    """Go through subjects and lines of one kind, both by subject id."""
    lines = _lines(chain)
    line = next(lines, None)
    for subject, head in _heads(chain):
        while line is not None and line[SUBJECT] < subject:
            gone, line = line[SUBJECT], _skip(lines, line[SUBJECT])
            yield _fault(chain, gone, 0, "its row is gone, and its record is still here")
        check = _Check(chain, subject)
        while line is not None and line[SUBJECT] == subject:
            yield from check.line(line)
            line = next(lines, None)
        yield from check.end(head)
    while line is not None:
        gone, line = line[SUBJECT], _skip(lines, line[SUBJECT])
        yield _fault(chain, gone, 0, "its row is gone, and its record is still here")


class _Check:
    """One chain, line by line."""

    def __init__(self, chain: str, subject: int) -> None:
        self.chain, self.subject = chain, subject
        self.seq, self.hash = 0, ""

    def line(self, line: tuple[Any, ...]) -> Iterator[Fault]:
        """Check the next line."""
        seq, previous, stored = line[SEQ], line[PREVIOUS], line[-1]
        if seq != self.seq + 1:
            yield self._missing(self.seq + 1, seq - 1)
        elif previous != self.hash:
            yield _fault(self.chain, self.subject, seq, "it does not follow from the line before it")
        at = sql.moment(line[AT])
        if at is None or hash_of(line[:-1], at) != stored:
            yield _fault(self.chain, self.subject, seq, "it was changed: its hash does not fit what it says")
        self.seq, self.hash = seq, stored

    def end(self, head: Head) -> Iterator[Fault]:
        """Check the whole against the head that the subject keeps."""
        if self.seq == 0 and head.count:
            yield _fault(self.chain, self.subject, 0, f"its whole record of {_lines_of(head.count)} is missing")
        elif self.seq < head.count:
            yield self._missing(self.seq + 1, head.count)
        elif self.seq > head.count:
            what = f"the record has {_lines_of(self.seq)}, but its head says {head.count}"
            yield _fault(self.chain, self.subject, self.seq, what)
        elif self.hash != head.hash:
            yield _fault(self.chain, self.subject, self.seq, "the last line is not the one that the head names")

    def _missing(self, first: int, last: int) -> Fault:
        what = f"line {first} is missing" if first == last else f"lines {first} to {last} are missing"
        return _fault(self.chain, self.subject, first, what)


def _lines_of(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


def _fault(chain: str, subject: int, seq: int, what: str) -> Fault:
    place = f"{chain} {subject}, line {seq}" if seq else f"{chain} {subject}"
    return Fault(place, chain, subject, seq, what)


def _skip(lines: Iterator[tuple[Any, ...]], subject: int) -> tuple[Any, ...] | None:
    """Return the first line of the next subject."""
    return next((line for line in lines if line[SUBJECT] != subject), None)


def _lines(chain: str) -> Iterator[tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    place: tuple[int, int] = (0, 0)
    while True:
        page = sql.rows(
            f"""SELECT {names} FROM activity_event WHERE chain = %s AND (subject_id, seq) > (%s, %s)
                ORDER BY subject_id, seq LIMIT {PAGE}""",
            (chain, *place),
        )
        yield from page
        if len(page) < PAGE:
            return
        place = (page[-1][SUBJECT], page[-1][SEQ])


def _heads(chain: str) -> Iterator[tuple[int, Head]]:
    last = 0
    while True:
        page = sql.rows(
            f'SELECT id, chain_count, chain_head FROM "{TABLES[chain]}" WHERE id > %s ORDER BY id LIMIT {PAGE}',
            (last,),
        )
        yield from ((row[0], Head(row[1], row[2])) for row in page)
        if len(page) < PAGE:
            return
        last = page[-1][0]
