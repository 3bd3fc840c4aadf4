"""What must never happen is refused by the database itself, whoever asks."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from natrium.apps.activity.operations import NewEvent, System, record
from natrium.apps.practices.models import Practice
from natrium.apps.workflows.models import StepGroupTemplate, StepTemplate, Template, TemplateVersion
from tests.builders import NOW, a_bare_task, a_client, a_practice

pytestmark = pytest.mark.django_db

FROZEN = ("activity_event", "workflows_templateversion", "workflows_stepgrouptemplate", "workflows_steptemplate")


@pytest.fixture
def practice() -> Practice:
    """A practice with one row in every frozen table, and a task with a record."""
    practice = a_practice()
    common: dict[str, Any] = {"practice": practice}
    template = Template.objects.create(**common, name="Accounts", created_at=NOW)
    version = TemplateVersion.objects.create(
        **common, template=template, number=1, name="Accounts", published_at=NOW, steps_count=1, sha256="0" * 64
    )
    group = StepGroupTemplate.objects.create(
        **common, version=version, key="g", name="G", order="any", gate=False, position=0
    )
    StepTemplate.objects.create(
        **common,
        version=version,
        group=group,
        key="s",
        name="S",
        position=0,
        assign_rule="unassigned",
        ready_at_start=True,
    )
    task = a_bare_task(practice, client=a_client(practice))
    for chain, subject in (("task", task.id), ("template", template.id)):
        record(
            chain=chain,
            subject_id=subject,
            practice_id=practice.id,
            events=[NewEvent(verb="x.created")],
            by=System(),
            at=NOW,
        )
    return practice


def refused(statement: str) -> str:
    """The message with which the database refuses a statement."""
    if connection.vendor == "postgresql":
        # Checks still to come would keep a table from being emptied before the guard does.
        statement = f"SET CONSTRAINTS ALL IMMEDIATE; {statement}"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        connection.cursor().execute(statement)
    return str(refusal.value)


@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.usefixtures("practice")
def test_frozen_rows_are_neither_changed_nor_deleted(table: str) -> None:
    assert "never changed" in refused(f"UPDATE {table} SET name = 'forged'")
    assert "never deleted" in refused(f"DELETE FROM {table}")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.usefixtures("practice")
def test_frozen_rows_are_not_replaced(table: str) -> None:
    assert "never deleted" in refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert "never" in refused(f"UPDATE OR REPLACE {table} SET id = id + 1")


@pytest.mark.postgresql_only
@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.usefixtures("practice")
def test_frozen_tables_are_not_emptied(table: str) -> None:
    assert "never deleted" in refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", ["tasks_task", "clients_client", "workflows_template", "practices_practice"])
@pytest.mark.usefixtures("practice")
def test_a_subject_with_a_record_stays_and_its_record_only_grows(table: str) -> None:
    assert "never deleted" in refused(f"DELETE FROM {table}")
    assert "only grows" in refused(f"UPDATE {table} SET chain_count = chain_count - 1")
    assert "only grows" in refused(f"UPDATE {table} SET chain_head = 'forged'")


def test_a_subject_without_a_record_may_go() -> None:
    task = a_bare_task()
    task.delete()
