"""`natrium template lint`: what is wrong with a template file, and what is merely odd about it, by line."""

import argparse
import json
import sys
from pathlib import Path

from natrium.apps.workflows import files
from natrium.cli.errors import ANSWER_IS_NO, BAD_INPUT, CliError
from natrium.domain.workflow.findings import Level

SUMMARY = "check template files, or one file with --json"

type Line = dict[str, str | int]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium template lint`."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a template as YAML")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON; takes one file")


def run(args: argparse.Namespace) -> int:
    """Print the findings of each file: 0 where none stops publishing, 1 where one does, 2 where a file is no template.

    Raises CliError where --json is asked for and there is not exactly one file.
    """
    if args.json and len(args.files) != 1:
        raise CliError("--json takes one file.")
    return max(_checked(file, as_json=args.json) for file in args.files)


def read_file(file: Path) -> str:
    """Give the text of a template file. Raises BadTemplateFile where it cannot be read, is too large or not UTF-8."""
    try:
        with file.open("rb") as opened:
            data = opened.read(files.MAX_BYTES + 1)
    except OSError as error:
        problem = files.Problem(1, 1, "unreadable", f"The file cannot be read: {error.strerror}.")
        raise files.BadTemplateFile(str(file), (problem,)) from None
    return files.decode(data, source=str(file))


def said(file: Path, found: files.LocatedFinding) -> str:
    """A finding as a line: file, line, column, level, code and sentence."""
    finding = found.finding
    return f"{file}:{found.line}:{found.column}: {finding.level} {finding.code}: {finding.message}"


def _checked(file: Path, *, as_json: bool) -> int:
    try:
        text = read_file(file)
        found = files.findings_with_lines(text, files.read_template(text, source=str(file)))
    except files.BadTemplateFile as bad:
        if as_json:
            _print_json([_line(problem.code, problem.message, problem.line) for problem in bad.problems], [])
        else:
            print(bad, file=sys.stderr)
        return BAD_INPUT
    by_level = {level: [each for each in found if each.finding.level is level] for level in Level}
    if as_json:
        lines = {
            level: [_line(each.finding.code, each.finding.message, each.line) for each in by_level[level]]
            for level in Level
        }
        _print_json(lines[Level.ERROR], lines[Level.WARNING])
    else:
        for each in found:
            print(said(file, each))
        print(f"{file}: {_counted(len(by_level[Level.ERROR]), len(by_level[Level.WARNING]))}")
    return ANSWER_IS_NO if by_level[Level.ERROR] else 0


def _line(code: str, message: str, line: int) -> Line:
    return {"code": str(code), "message": message, "line": line}


def _print_json(errors: list[Line], warnings: list[Line]) -> None:
    """Print the fixed form of SPEC section 10."""
    print(json.dumps({"ok": not errors, "errors": errors, "warnings": warnings}, indent=2, ensure_ascii=False))


def _counted(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return "nothing to say."
    words = [(errors, "error"), (warnings, "warning")]
    return ", ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in words if count) + "."
