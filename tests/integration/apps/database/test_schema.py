"""The shape of the tables: what they refuse, which guards stand, and that models and migrations agree."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from natrium.apps.database import sql
from natrium.apps.tasks.models import Task
from natrium.apps.workflows.models import Step, StepGroup, Template, TemplateVersion, Workflow
from tests.builders import NOW, a_bare_task, a_member

pytestmark = pytest.mark.django_db

GUARDS = {
    *(
        f"{table}_{what}"
        for table in ("practice", "client", "task", "template", "service")
        for what in ("no_delete", "chain_grows")
    ),
    *(
        f"{table}_{what}"
        for table in ("event", "templateversion", "stepgrouptemplate", "steptemplate")
        for what in ("no_update", "no_delete")
    ),
    "occurrence_no_delete",
    "occurrence_stays",
}


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_every_guard_stands() -> None:
    if connection.vendor == "sqlite":
        statement = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        statement = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(statement)
        standing = {name for (name,) in cursor.fetchall()}
    assert standing >= GUARDS


@pytest.fixture
def group() -> StepGroup:
    """A group of a workflow on a task."""
    task = a_bare_task()
    common: dict[str, Any] = {"practice": task.practice}
    template = Template.objects.create(**common, name="Accounts", created_at=NOW)
    version = TemplateVersion.objects.create(
        **common, template=template, number=1, name="Accounts", published_at=NOW, steps_count=1, sha256="0" * 64
    )
    workflow = Workflow.objects.create(
        **common, task=task, template=template, version=version, number_on_task=1, name="Accounts", attached_at=NOW
    )
    return StepGroup.objects.create(**common, workflow=workflow, key="g", name="G", order="any", gate=False, position=0)


def a_step(of: StepGroup, **facts: Any) -> Step:
    """A step's row."""
    common = {"practice_id": of.practice_id, "task_id": of.workflow.task_id}
    place = {"workflow": of.workflow, "group": of, "key": "s", "name": "S", "position": 0}
    return Step.objects.create(**{**common, **place, "assign_rule": "unassigned", "status_since": NOW, **facts})


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "blocked"},
        {"stale": True},
        {"status": "in_progress", "ready": True},
        {"status": "done"},
        {"status": "skipped", "skipped_at": NOW},
        {"status": "skipped", "skip_reason": "not needed"},
        {"status": "waiting", "waiting_reason": "records"},
        {"waiting_reason": "records"},
        {"status": "in_progress", "waiting_since": NOW},
        {"assign_rule": "boss"},
        {"waits_on": "nobody"},
        {"due_unit": "weeks"},
        {"due_from": "never"},
        {"name": ""},
        {"workflow": None},
        {"group": None},
        {"retired": True},
        {"estimate": -1},
    ],
)
def test_a_step_that_cannot_be_is_refused(group: StepGroup, facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_step(group, **facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "todo", "ready": True},
        {"status": "done", "completed_at": NOW, "stale": True},
        {"status": "skipped", "skipped_at": NOW, "skip_reason": "not needed"},
        {"status": "waiting", "waiting_reason": "records", "waiting_on": "client", "waiting_since": NOW},
        {"workflow": None, "group": None, "retired": True},
    ],
)
def test_a_step_that_can_be_is_kept(group: StepGroup, facts: dict[str, Any]) -> None:
    a_step(group, **facts)


def test_keys_are_unique_in_a_workflow_and_a_task_has_one_step_of_its_own(group: StepGroup) -> None:
    a_step(group)
    a_step(group, workflow=None, group=None)
    for place in ({}, {"workflow": None, "group": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            a_step(group, **place)


def test_a_template_is_attached_once_unless_asked_for_again(group: StepGroup) -> None:
    first = group.workflow
    columns = ("practice_id", "task_id", "template_id", "version_id", "name", "attached_at")
    same = {column: getattr(first, column) for column in columns}
    with pytest.raises(IntegrityError), transaction.atomic():
        Workflow.objects.create(**same, number_on_task=2)
    Workflow.objects.create(**same, number_on_task=2, again=True)
    Workflow.objects.create(**same, number_on_task=3, again=True)


def test_a_name_names_one_template_unless_archived(group: StepGroup) -> None:
    again = {"practice_id": group.practice_id, "name": "Accounts", "created_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Template.objects.create(**again)
    Template.objects.update(archived_at=NOW)
    Template.objects.create(**again)


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "late"},
        {"hold": "on_hold"},
        {"hold": "paused", "hold_reason": "r", "hold_at": NOW},
        {"title": ""},
        {"workflows_finished": 1},
        {"period_start": NOW.date(), "period_end": NOW.replace(year=2025).date()},
        {"steps_ready": -1},
    ],
)
def test_a_task_that_cannot_be_is_refused(facts: dict[str, Any]) -> None:
    task = a_bare_task()
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**facts)


def test_who_is_named_anywhere_cannot_be_deleted() -> None:
    member = a_member()
    a_bare_task(member.practice, owner=member)
    sql.execute("DELETE FROM practices_member WHERE id = %s", (member.id,))
    with pytest.raises(IntegrityError):
        connection.check_constraints()
    transaction.set_rollback(True)
