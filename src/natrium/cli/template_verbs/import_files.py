"""`natrium template import`: template files become templates of a practice; all of them, or none."""

import argparse
import sys
from pathlib import Path

from django.utils import timezone

from natrium.apps.practices import queries as practices
from natrium.apps.workflows import files, operations
from natrium.cli.errors import ANSWER_IS_NO, BAD_INPUT
from natrium.cli.serving import database
from natrium.cli.template_verbs.lint import read_file, said
from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.findings import Level

SUMMARY = "make templates of files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium template import`."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a template as YAML")
    parser.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="the member who imports")
    parser.add_argument("--practice", default="", metavar="SLUG", help="where the member is in several")
    parser.add_argument("--publish", action="store_true", help="publish each at once")


def run(args: argparse.Namespace) -> int:
    """Print what was imported; 2 where a file is no template, 1 where one cannot be published: then nothing is."""
    try:
        texts = [read_file(file) for file in args.files]
        templates = [files.read_template(text, source=str(file)) for text, file in zip(texts, args.files, strict=True)]
    except files.BadTemplateFile as bad:
        print(bad, file=sys.stderr)
        return BAD_INPUT
    if args.publish:
        errors = [line for each in zip(args.files, texts, templates, strict=True) for line in _errors(*each)]
        if errors:
            print("\n".join([*errors, "Nothing was imported."]), file=sys.stderr)
            return ANSWER_IS_NO
    database.refuse_an_empty_one()
    by = practices.acting(email=args.email, slug=args.practice)
    at = timezone.now().astimezone(by.zone)
    operations.import_templates(by=by, at=at, templates=templates, and_publish=args.publish)
    for template in templates:
        print(f"Imported “{template.name}”, {len(template.steps)} steps.")
    return 0


def _errors(file: Path, text: str, template: Template) -> list[str]:
    """What keeps a template from being published, as lint says it."""
    found = files.findings_with_lines(text, template)
    return [said(file, each) for each in found if each.finding.level is Level.ERROR]
