"""`natrium template schema`: the JSON Schema of template files, for editors and other programs."""

import argparse
import sys

from natrium.domain.workflow.schema import schema_text

SUMMARY = "print the JSON Schema of template files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: `natrium template schema` has no options."""


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - every verb takes them
    """Print the schema, byte for byte as it is published."""
    sys.stdout.write(schema_text())
    return 0
