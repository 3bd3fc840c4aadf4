"""Nobody but the named modules writes the rows of workflows, groups and steps, and what is counted on a task."""

from pathlib import Path

import pytest
from django.apps import apps

from natrium.apps.workflows import taskfacts
from tests.architecture.writing import (
    CLASSES,
    COUNTERS,
    LED_TO,
    RELATED,
    TABLES,
    Text,
    reaches_models,
    texts,
    writes_counters,
    writes_rows,
    writes_unreadably,
)

SOURCE = Path(__file__).parents[2] / "src" / "natrium"
WRITERS = {
    "apps/workflows/saving.py",
    "apps/workflows/reshaping.py",
    "apps/workflows/readiness.py",
    "apps/workflows/bulk.py",
    "apps/workflows/making.py",
    "apps/workflows/operations/editing_tasks.py",
    "apps/workflows/operations/tasks.py",
}
COUNTING = {
    "apps/workflows/saving.py",
    "apps/workflows/bulk.py",
    # Its columns are those of a task's facts: see below.
    "apps/workflows/operations/editing_tasks.py",
    # New tasks, with what is attached to them counted.
    "apps/workflows/making.py",
    # A new task, with nothing counted yet.
    "apps/workflows/operations/tasks.py",
}
# The helpers themselves, with the index of words, which writes no row but its own; and the heads of chains, on the
# rows of what the chain is about.
GIVEN_A_TABLE = {
    "apps/database/insert.py",
    "apps/database/sql.py",
    "apps/database/words.py",
    "apps/activity/operations.py",
}


@pytest.fixture(scope="module")
def product() -> dict[str, Text]:
    """Return every file of the product, read once."""
    return texts(SOURCE)


def test_only_the_named_modules_write_workflow_rows(product: dict[str, Text]) -> None:
    assert {path for path, text in product.items() if writes_rows(text)} == WRITERS


def test_only_the_named_modules_write_what_is_counted_on_a_task(product: dict[str, Text]) -> None:
    assert {path for path, text in product.items() if writes_counters(text)} == COUNTING


def test_only_the_helpers_are_given_the_name_of_a_table(product: dict[str, Text]) -> None:
    assert {path for path, text in product.items() if writes_unreadably(text)} == GIVEN_A_TABLE
    assert not [path for path in GIVEN_A_TABLE if set(product[path].strings) & set(TABLES)]


def test_a_tasks_facts_are_not_what_is_counted_on_it() -> None:
    facts = taskfacts.columns(taskfacts.TaskFacts(title="Call the bank"))
    assert not set(facts) & set(COUNTERS)


def test_nobody_has_the_models_of_workflows_and_tasks_in_hand(product: dict[str, Text]) -> None:
    assert {path for path, text in product.items() if reaches_models(text)} == set()


def test_what_the_check_knows_of_the_models_is_so() -> None:
    """Tables, columns and the ways from row to row, as Django has them."""
    models = {name: apps.get_model("tasks" if name == "Task" else "workflows", name) for name in CLASSES}
    assert {model._meta.db_table for name, model in models.items() if name != "Task"} == set(TABLES)
    counters = {one.name for one in models["Task"]._meta.fields}
    assert set(COUNTERS) <= counters
    back = {one.get_accessor_name() for model in models.values() for one in model._meta.related_objects}
    assert {name for name in back if name and not name.endswith("+")} <= RELATED
    there = {
        one.name for model in apps.get_models() for one in model._meta.fields if one.related_model in models.values()
    }
    assert there <= LED_TO


FORBIDDEN = {
    "a statement": 'sql.execute("UPDATE workflows_step SET status = %s")',
    "a statement in small letters": 'sql.execute("update workflows_step set status = %s")',
    "a statement over lines": 'sql.execute("""DELETE\n   FROM\n   workflows_workflow WHERE id = %s""")',
    "a statement with a comment in it": 'sql.execute("UPDATE /* quickly */ workflows_step SET status = %s")',
    "a quoted table": """sql.execute('INSERT INTO "workflows_stepgroup" (id) VALUES (1)')""",
    "a table of a schema": """sql.execute('UPDATE "public"."workflows_step" SET rev = 1')""",
    "a table of SQLite's": 'sql.execute("INSERT OR REPLACE INTO main.workflows_step (id) VALUES (1)")',
    "a statement within another": 'sql.rows("WITH x AS (DELETE FROM ONLY workflows_step RETURNING id) SELECT 1")',
    "a truncation": 'sql.execute("TRUNCATE TABLE workflows_step")',
    "a copy": 'cursor.copy("COPY workflows_step (id) FROM STDIN")',
    "a merge": 'sql.execute("MERGE INTO workflows_step USING x ON TRUE")',
    "a statement kept first": 'DONE = "UPDATE workflows_step SET status = %s"\nsql.execute(DONE)',
    "a statement in parts": 'sql.execute("UPDATE " + "workflows_step" + " SET rev = 1")',
    "a statement in parts that stand together": 'sql.execute("UPDATE "\n "workflows_step SET rev = 1")',
    "a statement joined": 'sql.execute(" ".join(["UPDATE", "workflows_step", "SET rev = 1"]))',
    "columns put in": 'sql.execute(f"UPDATE workflows_step SET {names} WHERE id = %s", values)',
    "a table kept first": 'TABLE = "workflows_step"\nsql.execute(f"UPDATE {TABLE} SET rev = 1")',
    "a table of a class": 'class A:\n    TABLE = "workflows_step"\nsql.execute(f"UPDATE {A.TABLE} SET rev = 1")',
    "the helper for a row": 'insert.insert_row("workflows_step", {})',
    "the helper on another line": 'insert.insert_row(\n    "workflows_step", {})',
    "the helper for rows": 'insert_rows("workflows_stepgroup", COLUMNS, rows)',
    "the helper for changes": 'sql.update_many(table="workflows_workflow", columns=names, many=rows)',
    "the helper with a table kept first": 'STEPS = "workflows_step"\nsql.update_many(STEPS, names, rows)',
}
UNREADABLE = {
    "a table from elsewhere": 'def write(table):\n    sql.execute(f"UPDATE {table} SET rev = 1")',
    "a table of several": 'for table in TABLES:\n    sql.execute(f"DELETE FROM {table}")',
    "a table worked out": 'table = "workflows_" + word\nsql.execute(f"DELETE FROM {table} WHERE id = 1")',
    "a table put in later": 'sql.execute("UPDATE {} SET rev = 1".format(table))',
    "a table put in by per cent": 'sql.execute("UPDATE %s SET rev = 1" % table)',
    "the helper with a table from elsewhere": "insert.insert_rows(chosen(), names, rows)",
    "the helper under another name": "write = insert.insert_row\nwrite('workflows_step', {})",
    "the helper imported under another name": "from natrium.apps.database.insert import insert_row as put",
    "the helper handed on": "each(rows, sql.update_many)",
}
COUNTED = {
    "a counter": 'sql.execute("UPDATE tasks_task SET steps_done = steps_done + 1 WHERE id = %s")',
    "the status": 'sql.execute("UPDATE tasks_task SET rev = 1, status = %s WHERE id = %s")',
    "a counter beside others": 'sql.execute("""UPDATE tasks_task t SET rev = rev + 1,\n workflows_count = 2""")',
    "a new task with counters": 'sql.execute("INSERT INTO tasks_task (title, steps_total) VALUES (1, 2)")',
    "columns put in": 'sql.execute(f"UPDATE tasks_task SET {names} WHERE id = %s", values)',
    "the helper for changes": 'sql.update_many("tasks_task", names, rows)',
}
IN_HAND = {
    "an import": "from natrium.apps.workflows.models import Step",
    "an import of the module": "from natrium.apps.workflows import models",
    "an import of one file of it": "from natrium.apps.workflows.models.step import Step as Row",
    "a plain import": "import natrium.apps.tasks.models",
    "tasks": "from natrium.apps.tasks.models import Task",
    "by name": "apps.get_model('workflows', 'Step').objects.create()",
    "by name, imported": "from django.apps.registry import get_model",
    "by attribute": "getattr(apps, 'get_model')('workflows', 'Step')",
    "by content type": "kind.model_class().objects.all().delete()",
    "from a file of rows": "serializers.deserialize('json', text)",
    "by a command": "call_command('loaddata', 'steps.json')",
    "filter and update": "Step.objects.filter(pk=1).update(status='done')",
    "create": "models.Step.objects.create(key='a')",
    "by the base manager": "Step._base_manager.bulk_create(rows)",
    "by the default manager": "Workflow._default_manager.update_or_create(id=1)",
    "a manager of what belongs to it": "file.task.steps.update(status='done')",
    "its filter": "found.workflows.filter(id=1).delete()",
    "its get_or_create": "workflow.groups.get_or_create(key='a')",
    "a row that another leads to": "line.step.save(update_fields=['status'])",
    "one taken away": "file.task.delete()",
}
ALLOWED = {
    "reading": 'sql.rows("SELECT id FROM workflows_step WHERE task_id = %s FOR UPDATE")',
    "reading what is put in": 'sql.rows(f"SELECT id FROM workflows_step FOR NO KEY UPDATE {of}")',
    "a table whose name begins alike": 'sql.execute("UPDATE workflows_steptemplate SET rev = 1")',
    "another table, there already": 'sql.execute("INSERT INTO a (b) VALUES (1) ON CONFLICT DO UPDATE SET b = 2")',
    "a docstring": 'def f():\n    """Like UPDATE workflows_step, but not."""',
    "a task's other columns": 'sql.execute("UPDATE tasks_task SET owner_id = %s WHERE status = %s")',
    "the rules' own values": "from natrium.domain.workflow.model import Step, Workflow",
    "the steps of a value": "workflow.steps.index(step)",
}


@pytest.mark.parametrize("line", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_check_sees_another_writer(line: str) -> None:
    assert writes_rows(Text(line))


@pytest.mark.parametrize("line", UNREADABLE.values(), ids=UNREADABLE)
def test_the_check_sees_a_table_that_it_cannot_read(line: str) -> None:
    assert writes_unreadably(Text(line))


@pytest.mark.parametrize("line", COUNTED.values(), ids=COUNTED)
def test_the_check_sees_who_counts(line: str) -> None:
    assert writes_counters(Text(line))


@pytest.mark.parametrize("line", IN_HAND.values(), ids=IN_HAND)
def test_the_check_sees_a_model_in_hand(line: str) -> None:
    assert reaches_models(Text(line))


@pytest.mark.parametrize("line", ALLOWED.values(), ids=ALLOWED)
def test_the_check_leaves_the_rest_alone(line: str) -> None:
    text = Text(line)
    assert not any(check(text) for check in (writes_rows, writes_unreadably, writes_counters, reaches_models))


def test_a_name_kept_in_another_file_is_known(tmp_path: Path) -> None:
    (tmp_path / "names.py").write_text('STEPS = "workflows_step"', encoding="utf-8")
    (tmp_path / "other.py").write_text('sql.execute(f"DELETE FROM {names.STEPS}")', encoding="utf-8")
    assert writes_rows(texts(tmp_path)["other.py"])


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {file: file.read_text(encoding="utf-8").count("\n") for file in SOURCE.rglob("*.py")}
    long = [str(file) for file, length in lengths.items() if length > 300 and "migrations" not in file.parts]
    assert long == []
