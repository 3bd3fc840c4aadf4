"""Finds the verb, hands it its arguments, and turns what went wrong into a sentence and an exit status."""

import argparse
import ast
import contextlib
import importlib
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import cast

import django
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import NotSupportedError, OperationalError, ProgrammingError

from natrium.cli.checkout import commit_of, version_of
from natrium.cli.errors import ANSWER_IS_NO, BAD_INPUT, CliError
from natrium.domain.errors import NotFound, Refusal, StaleEdit

INTERRUPTED = 130
NOT_ALLOWED = "42501"  # PostgreSQL's word for a right that the role has not


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; 0 is done, 1 is "the answer is no", 2 is bad usage, input or surroundings."""
    words = list(sys.argv[1:] if argv is None else argv)
    verbs = find_verbs(Path(__file__).parent)
    if words and words[0] in verbs:
        try:
            return _guarded(lambda: _run(words[0], words[1:]))
        finally:
            if argv is None:  # called with words, this is a part of a program that goes on
                _let_go_of_the_database()
    parser = _overview(verbs)
    parser.parse_args(words or ["--help"])
    return BAD_INPUT


def find_verbs(folder: Path) -> dict[str, str]:
    """Return each verb with its one-line summary, read from the source so that help needs no database or settings."""
    verbs = {}
    for file in sorted(folder.glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        if {"add_arguments", "run"} <= defined:
            summary = (ast.get_docstring(tree) or "").partition("\n")[0]
            verbs[file.stem.replace("_", "-")] = summary
    return verbs


def _overview(verbs: dict[str, str]) -> argparse.ArgumentParser:
    width = max(map(len, verbs))
    lines = "\n".join(f"  {name:<{width}}  {summary}" for name, summary in verbs.items())
    parser = argparse.ArgumentParser(
        prog="natrium",
        usage="natrium VERB [options]",
        description="Workflow software that accountancy practices run themselves.",
        epilog=f"verbs:\n{lines}\n\n`natrium VERB --help` says more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=_version())
    parser.add_argument("verb", choices=verbs, metavar="VERB", help="one of the verbs below")
    return parser


def _run(verb: str, words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "natrium.config.settings")
    django.setup()
    module = importlib.import_module(f"natrium.cli.{verb.replace('-', '_')}")
    parser = argparse.ArgumentParser(
        prog=f"natrium {verb}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    run = cast("Callable[[argparse.Namespace], int]", module.run)
    return run(parser.parse_args(words))


def _let_go_of_the_database() -> None:
    if apps.ready:  # else the settings themselves were refused, and nothing was opened
        importlib.import_module("natrium.cli.serving.database").let_go()


def _guarded(action: Callable[[], int]) -> int:
    answers = (CliError, Refusal, NotFound, StaleEdit, ImproperlyConfigured, OperationalError, NotSupportedError)
    try:
        return action()
    except answers as error:
        return _say(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone; without this Python complains again while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWER_IS_NO
    except Exception as error:  # noqa: BLE001 - Python's own status for a crash is 1, which means "no" here
        return _crash(error)


def _crash(error: Exception) -> int:
    """What nobody foresaw, with its traceback; but a right that the database does not give is a sentence."""
    if isinstance(error, ProgrammingError) and getattr(error.__cause__, "sqlstate", "") == NOT_ALLOWED:
        return _say(OperationalError(str(error)))
    traceback.print_exc()
    return BAD_INPUT


def _say(error: Exception) -> int:
    message, status = str(error).strip(), BAD_INPUT
    if isinstance(error, CliError):
        status = error.status
    elif isinstance(error, Refusal | NotFound | StaleEdit):
        status = ANSWER_IS_NO
    elif isinstance(error, OperationalError | NotSupportedError):
        message = f"The database cannot be used: {message.partition(chr(10))[0]}"
    print(f"natrium: {message}", file=sys.stderr)
    return status


def _version() -> str:
    folder = Path(__file__).resolve().parents[3]
    number, commit = version_of(folder), commit_of(folder)
    if not number:
        with contextlib.suppress(PackageNotFoundError):
            number = version("natrium")
    return f"natrium {number or 'of no known version'}{f' (commit {commit})' if number and commit else ''}"
