"""Check the audit trail: that no line was changed, cut off or removed."""

import argparse
import dataclasses
import json

from natrium.apps.activity import verify
from natrium.cli.errors import ANSWER_IS_NO
from natrium.cli.serving import database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium audit`."""
    parser.add_argument("what", choices=["verify"], help="verify: check every line and every chain")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Print what is wrong, by place; 1 when anything is."""
    database.refuse_an_empty_one()
    faults = verify.verify()
    lines = verify.count()
    if args.json:
        found = [dataclasses.asdict(fault) for fault in faults]
        print(json.dumps({"ok": not faults, "lines": lines, "faults": found}, indent=2))
    elif faults:
        print("\n".join(f"{fault.place}: {fault.what}." for fault in faults))
        print(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'} in {lines} lines.")
    else:
        print(f"The record is whole: {lines} lines.")
    return ANSWER_IS_NO if faults else 0
