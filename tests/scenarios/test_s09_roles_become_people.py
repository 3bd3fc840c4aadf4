"""S09: rules find people who are there and may hold a step; where they find nobody, the task says so."""

import pytest

from natrium.apps.practices import operations as practices
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.roles import Role
from tests.builders import NOW, a_client, a_member, signed_in
from tests.scenarios.acorn import Acorn, all_well, rows_of
from tests.scenarios.conftest import SignsIn


@pytest.fixture
def gone(acorn: Acorn) -> int:
    """A task of Jo's for Gone Ltd, whose manager has left and which has no partner."""
    leaver = a_member(acorn.cast.acorn, role=Role.MANAGER, name="Len Gray")
    client = a_client(acorn.cast.acorn, name="Gone Ltd", manager=leaver)
    practices.deactivate_member(by=signed_in(acorn.cast.olive), at=NOW, member_id=leaver.pk)
    facts = TaskFacts(title="Accounts", client_id=client.pk, owner_id=acorn.cast.jo.pk)
    return operations.create_task(by=signed_in(acorn.cast.mark), at=NOW, facts=facts)


def test_a_leaver_gets_nothing_and_the_warning_names_each_rule(acorn: Acorn, gone: int) -> None:
    attached = acorn.attached(task_id=gone)
    first = acorn.step(attached.workflow_id, "request")
    assert first.assignee is not None
    assert first.assignee.name == "Jo Evans"
    for key in ("manager-review", "partner-review"):
        step = acorn.step(attached.workflow_id, key)
        assert step.assignee is None
        assert step.unresolved
    assert [("manager" in words, "partner" in words) for words in attached.warnings] == [(True, False), (False, True)]
    held = {row[0] for row in rows_of("workflows_step", "assignee_id IS NOT NULL AND workflow_id IS NOT NULL")}
    assert held == {first.id}
    all_well()


def test_the_task_counts_them_until_somebody_is_given_the_step(acorn: Acorn, gone: int) -> None:
    attached = acorn.attached(task_id=gone)
    before = acorn.step(attached.workflow_id, "manager-review")
    operations.assign(
        by=signed_in(acorn.cast.mark),
        at=NOW,
        workflow_id=attached.workflow_id,
        key="manager-review",
        to_id=acorn.cast.mark.pk,
    )
    assert before.unresolved
    assert not acorn.step(attached.workflow_id, "manager-review").unresolved
    all_well()


def test_the_page_shows_the_warning_on_the_step_and_for_the_task(acorn: Acorn, gone: int, signs_in: SignsIn) -> None:
    acorn.attached(task_id=gone)
    page = signs_in(acorn.cast.jo).get(f"/tasks/{gone}/").content.decode()
    assert "The client has no manager" in page
    assert "The client has no partner" in page
    assert "1 step is unassigned" in page
