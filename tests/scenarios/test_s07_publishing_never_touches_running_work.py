"""S07: publishing a version changes no workflow that is attached already."""

from dataclasses import replace

import pytest

from natrium.apps.workflows import operations
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.definition import Template
from tests.builders import NOW, signed_in
from tests.scenarios.acorn import AA, Acorn, a_group, a_step, all_well, everything, rows_of
from tests.scenarios.conftest import SignsIn

RUNNING = ("tasks_task", "workflows_workflow", "workflows_stepgroup", "workflows_step")


def second_version() -> Template:
    """AA with the draft renamed, the manager's review gone, and a memo before the partner's."""
    info, _, review, finish = AA.groups
    memo = a_step("memo", "Going-concern memo")
    prepare = a_group("prepare", a_step("draft", "Draft statutory accounts"), gate=True)
    return replace(AA, groups=(info, prepare, replace(review, steps=(memo, review.steps[1])), finish))


def publish_second(acorn: Acorn) -> int:
    by = signed_in(acorn.cast.mark)
    operations.save_draft(by=by, at=NOW, template_id=acorn.template_id, definition=second_version())
    return operations.publish(by=by, at=NOW, template_id=acorn.template_id)


def test_a_running_workflow_keeps_every_row_and_says_that_there_is_a_newer(acorn: Acorn) -> None:
    job = acorn.attached().workflow_id
    acorn.work_to(job, "manager-review")
    before = {table: rows_of(table) for table in RUNNING}
    panel = acorn.panel(job)
    assert publish_second(acorn) == 2
    assert {table: rows_of(table) for table in RUNNING} == before
    assert acorn.panel(job).groups == panel.groups
    assert acorn.panel(job).newer == 2
    all_well()


def test_a_new_job_takes_the_new_version(acorn: Acorn) -> None:
    publish_second(acorn)
    job = acorn.attached().workflow_id
    steps = [line.key for group in acorn.panel(job).groups for line in group.steps]
    assert steps[2:5] == ["draft", "memo", "partner-review"]
    assert acorn.step(job, "draft").name == "Draft statutory accounts"


def test_the_first_version_stays_as_it_was(acorn: Acorn) -> None:
    first = rows_of("workflows_steptemplate"), rows_of("workflows_templateversion")
    publish_second(acorn)
    steps, versions = rows_of("workflows_steptemplate"), rows_of("workflows_templateversion")
    assert steps[: len(first[0])] == first[0]
    assert versions[: len(first[1])] == first[1]


def test_publishing_nothing_new_is_refused_and_changes_nothing(acorn: Acorn) -> None:
    before = everything()
    by = signed_in(acorn.cast.mark)
    with pytest.raises(Refusal) as refused:
        operations.publish(by=by, at=NOW, template_id=acorn.template_id)
    assert refused.value.code is Code.BAD_TEMPLATE
    assert everything() == before


def test_the_page_says_that_a_newer_version_is_there(acorn: Acorn, signs_in: SignsIn) -> None:
    attached = acorn.attached()
    publish_second(acorn)
    page = signs_in(acorn.cast.mark).get(f"/tasks/{attached.task_id}/").content.decode()
    assert "Draft accounts" in page
    assert "Draft statutory accounts" not in page
    assert "v2 is out" in page
