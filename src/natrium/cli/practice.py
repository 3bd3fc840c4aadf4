"""Create a practice with its first owner, and print the address that signs them in."""

import argparse

from django.utils import timezone
from django.utils.text import slugify

from natrium.apps.practices import operations, queries
from natrium.apps.workflows.calendars import NAMES
from natrium.cli.serving import database, whereabouts
from natrium.domain.deadlines.context import Calendar


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium practice`."""
    parser.add_argument("name", metavar="NAME", help="what the practice is called")
    parser.add_argument("--owner", required=True, metavar="NAME", help="who owns it: a person's name")
    parser.add_argument("--email", required=True, metavar="EMAIL", help="the owner's e-mail address")
    parser.add_argument(
        "--calendar", default=Calendar.ENGLAND_AND_WALES.value, type=_calendar, metavar="CALENDAR",
        help=f"whose bank holidays: {', '.join(Calendar)} (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--time-zone", default="Europe/London", metavar="ZONE", help="default: Europe/London")


def _calendar(word: str) -> str:
    """A calendar by its name in a schedule ("northern-ireland"), or by the practice's own ("northern_ireland")."""
    known = {name.value: own for name, own in NAMES.items()} | {own: own for own in NAMES.values()}
    if word not in known:
        raise argparse.ArgumentTypeError(f"{word!r} is none of {', '.join(Calendar)}")
    return known[word]


def run(args: argparse.Namespace) -> int:
    """Print the address; 1 where the practice cannot be made."""
    database.prepare_an_empty_one()
    at, slug = timezone.now(), slugify(args.name)
    made = operations.create_practice(
        name=args.name, owner_name=args.owner, owner_email=args.email, at=at, slug=slug, time_zone=args.time_zone,
        calendar=args.calendar, setting_up=True,
    )  # fmt: skip
    owner = queries.acting(email=args.email, slug=slug)
    print(f"{whereabouts.public_url()}{operations.invite(by=owner, at=at, member_id=made.owner_id).path}")
    return 0
