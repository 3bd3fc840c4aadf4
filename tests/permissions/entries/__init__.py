"""The rows of the matrix: one file a noun, each with its own `ENTRIES`."""

from importlib import import_module
from pathlib import Path

from tests.permissions.entry import Entry

ENTRIES: list[Entry] = [
    entry
    for file in sorted(Path(__file__).parent.glob("[a-z]*.py"))
    for entry in import_module(f"tests.permissions.entries.{file.stem}").ENTRIES
]
