"""Make an API token for a member; it is printed once and kept nowhere."""

import argparse
from datetime import timedelta

from django.utils import timezone

from natrium.apps.practices import operations, queries
from natrium.cli.serving import database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium token`."""
    parser.add_argument("email", metavar="EMAIL", help="the member whose token it is")
    parser.add_argument("--name", default="command line", help="what it is for")
    parser.add_argument("--scope", choices=("read", "write"), default="read", help="what it may do (default: read)")
    parser.add_argument("--days", type=int, default=90, choices=range(1, 367), metavar="DAYS", help="default: 90")
    parser.add_argument("--practice", default="", metavar="SLUG", help="where the member is in several")


def run(args: argparse.Namespace) -> int:
    """Print the token."""
    database.refuse_an_empty_one()
    by, at = queries.acting(email=args.email, slug=args.practice), timezone.now()
    until = at + timedelta(days=args.days)
    print(operations.create_api_token(by=by, at=at, name=args.name, scope=args.scope, expires_at=until).plain)
    return 0
