"""A template in plain form and back: the one shape that files, drafts and the API share (SPEC section 10)."""

from collections.abc import Mapping

from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.fields import Problems, ShapeProblem, given
from natrium.domain.workflow.findings import Path
from natrium.domain.workflow.form import FORM

__all__ = ["FORMAT", "MARK", "BadTemplate", "ShapeProblem", "from_dict", "to_dict", "where"]

FORMAT = "template/1"
MARK = "natrium"


class BadTemplate(Exception):  # noqa: N818 - an answer about what was given, not a fault of the program
    """What was given is no template. `problems` has every reason, in the order in which they were met."""

    def __init__(self, problems: tuple[ShapeProblem, ...]) -> None:
        super().__init__("\n".join(f"{where(problem.path)}: {problem.message}" for problem in problems))
        self.problems = problems


def from_dict(data: object) -> Template:
    """Read a template from its plain form. An empty field (None) means its default, where it has one.

    Says nothing of limits, keys and loops: that is lint's. Raises BadTemplate with all that is wrong at once.
    """
    problems = Problems()
    if not isinstance(data, Mapping):
        problems.add((), f"A template is a set of fields, and here is {given(data)}.", "not-a-template")
        raise BadTemplate(tuple(problems.found))
    body = {name: value for name, value in data.items() if name != MARK}
    template = FORM.read(body, (), problems) if _is_marked(data, problems) else None
    if problems.found or not isinstance(template, Template):
        raise BadTemplate(tuple(problems.found))
    return template


def to_dict(template: Template) -> dict[str, object]:
    """Give the plain form of a template, defaults left out, fields in the order in which files have them."""
    return {MARK: FORMAT, **FORM.write(template)}


def where(path: Path) -> str:
    """Say a path in words: "groups[0].steps[2].assign"; "the template" for the whole."""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".") or "the template"


def _is_marked(data: Mapping[str, object], problems: Problems) -> bool:
    """Check the first line of the form; gives whether the rest is worth reading."""
    mark = data.get(MARK)
    if mark == FORMAT:
        return True
    if isinstance(mark, str) and mark.startswith("template/"):
        message = f"This is “{mark}”, and this Natrium reads “{FORMAT}”: a newer one wrote it."
        problems.add((MARK,), message, "not-a-template")
        return False
    found = f"and here is {given(mark)}" if MARK in data else "and it is not there"
    problems.add(
        (MARK,) if MARK in data else (), f"A template begins with “{MARK}: {FORMAT}”, {found}.", "not-a-template"
    )
    return "groups" in data
