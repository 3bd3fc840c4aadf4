"""Nobody but the named modules writes the rows of workflows, groups and steps."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "natrium"
WRITERS = {
    "apps/workflows/saving.py",
    "apps/workflows/reshaping.py",
    "apps/workflows/readiness.py",
    "apps/workflows/bulk.py",
    "apps/workflows/operations/editing_tasks.py",
    "apps/workflows/operations/tasks.py",
}
STATEMENT = re.compile(
    r"""(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?workflows_(workflow|stepgroup|step)\b"""
    r"""|(insert_rows?|update_many)\(\s*"workflows_(workflow|stepgroup|step)\"""",
    re.IGNORECASE,
)
MODEL = re.compile(r"\b(Workflow|StepGroup|Step)\.objects\b")


def writers(source: Path) -> set[str]:
    """The files below a folder that write such rows."""
    found = set()
    for file in source.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "migrations" not in file.parts and (STATEMENT.search(text) or MODEL.search(text)):
            found.add(file.relative_to(source).as_posix())
    return found


def test_only_the_named_modules_write_workflow_rows() -> None:
    assert writers(SOURCE) == WRITERS


@pytest.mark.parametrize(
    "line",
    [
        'sql.execute("UPDATE workflows_step SET status = %s")',
        'insert.insert_row("workflows_step", {})',
        'sql.execute("DELETE FROM workflows_workflow")',
        "Step.objects.filter(pk=1).update(status='done')",
    ],
)
def test_the_check_sees_another_writer(tmp_path: Path, line: str) -> None:
    (tmp_path / "other.py").write_text(line, encoding="utf-8")
    assert writers(tmp_path) == {"other.py"}


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {file: file.read_text(encoding="utf-8").count("\n") for file in SOURCE.rglob("*.py")}
    long = [str(file) for file, length in lengths.items() if length > 300 and "migrations" not in file.parts]
    assert long == []
