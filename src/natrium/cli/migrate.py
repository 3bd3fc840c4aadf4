"""Bring the database to the version of this program."""

import argparse

from natrium.cli.errors import ANSWER_IS_NO
from natrium.cli.serving import database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium migrate`."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when something is to be done")


def run(args: argparse.Namespace) -> int:
    """Apply what is missing, once, whoever else starts at the same moment."""
    database.refuse_what_must_not_start()
    if args.check:
        missing = database.missing_migrations()
        print("\n".join(missing) or "The database is up to date.")
        return ANSWER_IS_NO if missing else 0
    applied = database.bring_up_to_date()
    print(f"Applied {applied} changes to the database." if applied else "The database is up to date.")
    return 0
