"""`natrium template suggest`: a workflow for a name and a description, from the library alone: no key, no network."""

import argparse
import json

from natrium.apps.workflows.suggesting import suggested
from natrium.cli.errors import CliError
from natrium.domain.suggestions.shelf import Idea, Suggestion

SUMMARY = "suggest a workflow for a name and a description"

type Line = dict[str, str | bool | int]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium template suggest`."""
    parser.add_argument("--name", default="", help="what the work is called")
    parser.add_argument("--description", default="", help="what it is, what it includes, who does what")
    parser.add_argument("--json", action="store_true", help="print the suggestion as JSON")


def run(args: argparse.Namespace) -> int:
    """Print the suggestion; 0. Raises CliError where neither a name nor a description says anything."""
    if not args.name.strip() and not args.description.strip():
        raise CliError("Say what the work is: --name, --description, or both.")
    found = suggested(args.name, args.description)
    print(json.dumps(_fixed(found), indent=2, ensure_ascii=False) if args.json else _read_out(found))
    return 0


def _fixed(found: Suggestion) -> dict[str, object]:
    """Give the fixed form of SPEC section 10."""
    groups = [{"title": group.name, "steps": [_line(idea) for idea in group.steps]} for group in found.groups]
    return {"groups": groups, "confidence": found.confidence, "source": found.source}


def _line(idea: Idea) -> Line:
    step = idea.step
    line: Line = {"title": step.name}
    if step.guidance:
        line["description"] = step.guidance.strip()
    line |= {"assignee": step.assign.rule.value, "blocking": step.blocking}
    if step.estimate is not None:
        line["estimate_minutes"] = step.estimate
    return line


def _read_out(found: Suggestion) -> str:
    lines = [f"{found.source} (confidence {found.confidence:.0%})"]
    if found.deadline:
        lines.append(f"deadline: {found.deadline}")
    for group in found.groups:
        lines += ["", group.name]
        lines += [
            f"  {'!' if idea.step.blocking else '-'} {idea.step.name} [{idea.step.assign.rule.words}; {idea.source}]"
            for idea in group.steps
        ]
    for choice in found.choices:
        lines += ["", f"{choice.question} {', '.join(words for _, words in choice.options)}"]
    return "\n".join(lines)
