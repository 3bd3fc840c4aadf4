"""Reckon due dates by the rules of law, for a JSON list of questions.

FILE is a list of {"id", "rule", "inputs"}; the answers are a list of {"id", "due", "internal"?, "sequence"?, "period"?}
in the same order. docs/guide/deadlines.md has the rules and their inputs.
"""

import argparse
import json
import sys
from pathlib import Path

from natrium.apps.workflows.calendars import is_bank_holiday
from natrium.cli.errors import BAD_INPUT
from natrium.cli.json_rows import BadFile, Row, read_rows
from natrium.domain.deadlines import plain
from natrium.domain.errors import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `natrium due`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the questions, as a JSON list")
    parser.add_argument("--explain", action="store_true", help="say why, by which law, and by when to pay")


def run(args: argparse.Namespace) -> int:
    """Print the answers; or, where one question cannot be answered, what is wrong with each such, and 2."""
    try:
        rows = read_rows(args.file)
    except BadFile as bad:
        print(bad, file=sys.stderr)
        return BAD_INPUT
    answers, wrong = [], []
    for row in rows:
        try:
            asked = plain.question(row.value)
            answers.append(plain.answer(asked, holidays=is_bank_holiday, explain=args.explain))
        except Refusal as refusal:
            wrong.append(f"{args.file}:{row.line_of(refusal.field)}: {_place(row, refusal.field)}: {refusal.message}")
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return BAD_INPUT
    print(json.dumps(answers, indent=2, ensure_ascii=False))
    return 0


def _place(row: Row, field: str) -> str:
    """Where in the row: "S004, inputs.arp_end"; a row without an id by its number."""
    name = row.value.get("id") if isinstance(row.value, dict) else None
    who = name if isinstance(name, str) and name else f"row {row.number}"
    return f"{who}, {field}" if field else who
