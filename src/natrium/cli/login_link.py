"""Print an address that signs a member in once: first sign-in, lost password."""

import argparse

from natrium.cli.serving import database
from natrium.cli.serving.people import login_address


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `natrium login-link`."""
    parser.add_argument("email", metavar="EMAIL", help="the member's e-mail address")


def run(args: argparse.Namespace) -> int:
    """Print the address; 1 where nobody with this e-mail can sign in."""
    database.refuse_an_empty_one()
    print(login_address(args.email))
    return 0
