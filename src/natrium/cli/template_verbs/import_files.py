"""`natrium template import`: template files become templates of a practice; all of them, or none."""

import argparse
import sys
from pathlib import Path

from django.utils import timezone

from natrium.apps.practices import queries as practices
from natrium.apps.workflows import files, operations
from natrium.cli.errors import BAD_INPUT
from natrium.cli.template_verbs.lint import read_file

SUMMARY = "make templates of files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium template import`."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a template as YAML")
    parser.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="the member who imports")
    parser.add_argument("--practice", default="", metavar="SLUG", help="where the member is in several")
    parser.add_argument("--publish", action="store_true", help="publish each at once")


def run(args: argparse.Namespace) -> int:
    """Print what was imported; 2 where a file is no template, and then nothing is imported."""
    by = practices.acting(email=args.email, slug=args.practice)
    try:
        templates = [files.read_template(read_file(file), source=str(file)) for file in args.files]
    except files.BadTemplateFile as bad:
        print(bad, file=sys.stderr)
        return BAD_INPUT
    at = timezone.now().astimezone(by.zone)
    operations.import_templates(by=by, at=at, templates=templates, and_publish=args.publish)
    for template in templates:
        print(f"Imported “{template.name}”, {len(template.steps)} steps.")
    return 0
