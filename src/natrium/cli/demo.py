"""Load the demo practice into an empty database."""

import argparse
from datetime import date

from django.utils import timezone

from natrium.cli.errors import ANSWER_IS_NO
from natrium.cli.serving import database, people
from natrium.demo.load import load
from natrium.demo.people import PEOPLE, PRACTICE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium demo`."""
    parser.add_argument("--date", type=date.fromisoformat, help="the day on which the story ends (default: today)")


def run(args: argparse.Namespace) -> int:
    """Load it, or say that somebody is there already (1)."""
    database.prepare_an_empty_one()
    if not people.is_nobody_there():
        print("There is a practice in this database already; the demo practice is for an empty one.")
        return ANSWER_IS_NO
    loaded = load(args.date or timezone.localdate())
    print(f"{PRACTICE} is there: {loaded.people} people, {loaded.clients} clients, {loaded.tasks} tasks.")
    for person in PEOPLE:
        print(f"  {person.name:<15} {person.email:<28} {person.role.word:<8} {person.what}")
    return 0
