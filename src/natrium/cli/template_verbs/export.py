"""`natrium template export`: a practice's template as its file, on standard output."""

import argparse
import sys

from natrium.apps.practices import queries as practices
from natrium.apps.workflows import files, queries
from natrium.cli.serving import database

SUMMARY = "print a template as its file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium template export`."""
    parser.add_argument("name", metavar="NAME", help="the template's name")
    parser.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="the member who exports")
    parser.add_argument("--practice", default="", metavar="SLUG", help="where the member is in several")


def run(args: argparse.Namespace) -> int:
    """Print the newest published version, or the draft where none is."""
    database.refuse_an_empty_one()
    by = practices.acting(email=args.email, slug=args.practice)
    page = queries.template_page(by, queries.template_by_name(by, args.name))
    sys.stdout.write(files.write_template(page.definition))
    return 0
