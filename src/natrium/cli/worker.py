"""Run background jobs until stopped; start as many as you like, on any machine that reaches the database."""

import argparse

from django.conf import settings
from django.core.management import call_command

from natrium.cli.serving import database
from natrium.cli.serving.lifeline import follow_parent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium worker`."""
    parser.add_argument(
        "--threads",
        type=int,
        default=settings.JOB_THREADS,
        help="jobs done at the same time (default: %(default)s, or NATRIUM_JOB_THREADS)",
    )
    parser.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Work off jobs until SIGINT or SIGTERM; a job begun is finished first."""
    if args.supervised:
        follow_parent()
    database.refuse_an_empty_one()
    call_command("ox_worker", concurrency=args.threads, skip_checks=True)
    return 0
