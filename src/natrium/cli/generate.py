"""Make the tasks whose day has come, from what clients take; run it as often as you like."""

import argparse
import dataclasses
import json
from datetime import date

from django.utils import timezone

from natrium.apps.catalogue.operations import Said, Swept, generate
from natrium.cli.errors import ANSWER_IS_NO, BAD_INPUT, CliError
from natrium.cli.serving import database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium generate`."""
    parser.add_argument("--until", metavar="DATE", help="make what comes up to this day too (2027-03-31)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be made, and write nothing")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Print what was made, left out, and what waits; 1 when a recurring task fails."""
    database.refuse_an_empty_one()
    swept = generate(at=timezone.now(), until=_day(args.until), dry_run=args.dry_run)
    if args.json:
        print(json.dumps({"ok": not swept.failed, **dataclasses.asdict(swept)}, indent=2, default=str))
    else:
        print("\n".join(_lines(swept, dry_run=args.dry_run)))
    return ANSWER_IS_NO if swept.failed else 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CliError(f"--until takes a day like 2027-03-31, and “{text}” is none.", BAD_INPUT) from None


def _lines(swept: Swept, *, dry_run: bool) -> list[str]:
    lines = [f"{made.client}: {made.title}" + (f", due {made.due}" if made.due else "") for made in swept.created]
    lines += [_said(one, "left out") for one in swept.skipped]
    lines += [_said(one, "waits") for one in swept.waiting]
    lines += [_said(one, "fails") for one in swept.failed]
    count = len(swept.created)
    made = f"{count} {'task' if count == 1 else 'tasks'} {'would be ' if dry_run else ''}made"
    more = f"; {swept.more} more wait for the next run" if swept.more else ""
    return [*lines, f"{made}{more}."]


def _said(one: Said, what: str) -> str:
    period = f" to {one.period_end}" if one.period_end else ""
    return f"{one.client}: {one.service}{period} {what}: {one.words}"
