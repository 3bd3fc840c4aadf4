"""Compare what is stored with what the rules say, and files with their content; look at jobs; say what is wrong."""

import argparse
import dataclasses
import json

from django.utils import timezone

from natrium.apps.background import doctor as background
from natrium.apps.catalogue import doctor as catalogue
from natrium.apps.files import doctor as files
from natrium.apps.notifications import doctor as notifications
from natrium.apps.proposals import doctor as proposals
from natrium.apps.workflows import doctor
from natrium.cli.errors import ANSWER_IS_NO
from natrium.cli.serving import database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium doctor`."""
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Print each finding by place; 1 when there is any."""
    database.refuse_an_empty_one()
    now = timezone.now()
    found = [
        *doctor.examine(), *files.examine(at=now), *notifications.examine(at=now), *background.examine(at=now),
        *catalogue.examine(), *proposals.examine(at=now),
    ]  # fmt: skip
    if args.json:
        print(json.dumps({"ok": not found, "findings": [dataclasses.asdict(one) for one in found]}, indent=2))
    elif found:
        print("\n".join(f"{one.place}: {one.what}." for one in found))
        print(f"{len(found)} {'finding' if len(found) == 1 else 'findings'}.")
    else:
        print("All well: what is stored is what the rules say, each file has its content, and the jobs are done.")
    return ANSWER_IS_NO if found else 0
