"""Templates as YAML files: read with every problem and its line, written in one canonical way."""

from collections.abc import Container
from dataclasses import dataclass

from natrium.apps.workflows.files.nodes import Nodes
from natrium.apps.workflows.files.problems import BadTemplateFile, LocatedFinding, Problem
from natrium.apps.workflows.files.writing import write_template
from natrium.domain.workflow.codec import BadTemplate, from_dict
from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.lint import lint

__all__ = [
    "MAX_BYTES",
    "BadTemplateFile",
    "LocatedFinding",
    "Problem",
    "decode",
    "findings_with_lines",
    "read_template",
    "write_template",
]

MAX_BYTES = 1_000_000


def decode(data: bytes, *, source: str) -> str:
    """Give the text of a file. Raises BadTemplateFile where it is too large or not UTF-8."""
    _refuse_large(len(data), source)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        message = "The file is not UTF-8 from here on; save it as UTF-8."
        raise BadTemplateFile(source, (Problem(line, column, "bad-yaml", message),)) from None


def read_template(text: str, *, source: str) -> Template:
    """Read a template from the text of a file; `source` names the file in messages.

    Says nothing of limits, keys and loops: that is lint's. Raises BadTemplateFile with all that is wrong at once,
    or with the place from which on it is not YAML.
    """
    return _read(text, source=source).template


def findings_with_lines(
    text: str, template: Template, *, active_emails: Container[str] | None = None
) -> tuple[LocatedFinding, ...]:
    """Lint a template that was read from this text, and say of each finding where in the text it stands.

    Raises BadTemplateFile where the text is no template.
    """
    nodes = _read(text, source="the file").nodes
    return tuple(
        LocatedFinding(finding, *nodes.place(finding.path)) for finding in lint(template, active_emails=active_emails)
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    template: Template
    nodes: Nodes


def _read(text: str, *, source: str) -> _Reading:
    _refuse_large(len(text.encode("utf-8", "surrogatepass")), source)
    nodes = Nodes(text.removeprefix("\ufeff"), source=source)
    problems = list(nodes.problems)
    try:
        template = from_dict(nodes.data)
    except BadTemplate as error:
        problems += [Problem(*nodes.place(wrong.path), wrong.code, wrong.message) for wrong in error.problems]
        template = None
    if problems or template is None:
        ordered = sorted(problems, key=lambda problem: (problem.line, problem.column))
        raise BadTemplateFile(source, tuple(ordered))
    return _Reading(template, nodes)


def _refuse_large(size: int, source: str) -> None:
    if size > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES:,} bytes, the most for a template."
        raise BadTemplateFile(source, (Problem(1, 1, "bad-yaml", message),))
