"""Work with workflow templates as files."""

import argparse
from collections.abc import Callable
from typing import cast

from natrium.cli.template_verbs import export, import_files, lint, schema, suggest

VERBS = {"lint": lint, "schema": schema, "import": import_files, "export": export, "suggest": suggest}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verbs of `natrium template`, each with its own options."""
    verbs = parser.add_subparsers(metavar="WHAT", required=True)
    for name, module in VERBS.items():
        verb = verbs.add_parser(name, help=module.SUMMARY, description=module.__doc__)
        module.add_arguments(verb)
        verb.set_defaults(run_verb=module.run)


def run(args: argparse.Namespace) -> int:
    """Run the verb that was asked for; its docstring says what it answers."""
    return cast("Callable[[argparse.Namespace], int]", args.run_verb)(args)
