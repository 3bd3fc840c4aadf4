"""What is wrong with a template file, with the line and column where it stands."""

from dataclasses import dataclass

from natrium.domain.workflow.findings import Finding


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a file from being a template; `line` and `column` count from 1.

    Codes: `bad-yaml` for what YAML or this format does not allow, else as codec.ShapeProblem has them.
    """

    line: int
    column: int
    code: str
    message: str


class BadTemplateFile(Exception):  # noqa: N818 - an answer about the file, not a fault of the program
    """A file is no template. `problems` are all that were found, in the order of the file; `source` is its name."""

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        lines = (f"{source}:{problem.line}:{problem.column}: {problem.message}" for problem in problems)
        super().__init__("\n".join(lines))
        self.source = source
        self.problems = problems


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """A finding of lint with the line and column of the file where it stands, both from 1."""

    finding: Finding
    line: int
    column: int
