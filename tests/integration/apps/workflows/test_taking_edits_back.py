"""An edit of a workflow taken back: every row is as it was, both events stay; and edits made in part."""

from datetime import date, timedelta
from typing import Any

import pytest

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import Acted
from natrium.apps.workflows.panels import StepLine, WorkflowPanel
from natrium.domain.errors import Code, NotFound, StaleEdit
from natrium.domain.workflow.actions import (
    AddGroup,
    AddStep,
    AssignTo,
    Complete,
    Edit,
    EditGroup,
    EditStep,
    MoveGroup,
    MoveStep,
    RemoveGroup,
    RemoveStep,
    Start,
)
from natrium.domain.workflow.definition import Assign, Due, Order, Rule, StepDefinition, WaitsOn
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import Job, all_well, code_of, everything, last_event, written

BEFORE = (
    AddStep("prepare", StepDefinition(key="memo", name="Memo", estimate=20, assign=Assign(rule=Rule.TASK_OWNER))),
    EditStep("memo", {"due_on": date(2027, 5, 3), "waits_on": WaitsOn.CLIENT, "after": ("ask",), "guidance": "Ask."}),
    AddGroup("extra", "Extra", Order.ANY, gate=True, position=1),
)
WHY = "This client is special"
EDITS: list[Edit] = [
    AddStep("gather", StepDefinition(key="new", name="New", assign=Assign(rule=Rule.CLIENT_MANAGER)), 1),
    AddGroup("new", "New", position=0),
    MoveStep("notes", "gather", 1),
    MoveStep("memo", "finish", 0),
    MoveGroup("extra", 3),
    EditStep("notes", {"name": "Other", "blocking": True, "required": True, "estimate": 90, "after": ("ask",)}),
    EditStep("draft", {"assign": Assign(rule=Rule.CLIENT_PARTNER), "due": Due(days=-3), "guidance": "Otherwise."}),
    EditStep("ask", {"due_on": date(2027, 1, 1), "waits_on": WaitsOn.THIRD_PARTY}),
    EditStep("check", {"blocking": False, "after": ()}, WHY),
    EditGroup("gather", {"name": "Other", "order": Order.ANY, "gate": False}, WHY),
    RemoveStep("memo"),
    RemoveGroup("extra"),
]


@pytest.fixture
def job(job: Job) -> Job:
    """Accounts, with a step and an empty group added."""
    for edit in BEFORE:
        job.edit(job.cast.priya, edit)
    return job


def shape(job: Job) -> list[Any]:
    """Groups with their steps, and every fact that is shown of them."""
    keep = StepLine.__dataclass_fields__.keys() - {"id", "rev", "since"}
    return [
        (group.key, group.name, group.order, group.gate, group.added,
         [{name: getattr(step, name) for name in keep} for step in group.steps])
        for group in panel_of(job).groups
    ]  # fmt: skip


def panel_of(job: Job) -> WorkflowPanel:
    """The workflow as Mark sees it."""
    return queries.workflow(by=signed_in(job.cast.mark), at=NOW, workflow_id=job.workflow_id)


def back(job: Job, acted: Acted, by: Any = None, minutes: int = 0) -> Acted:
    at = NOW + timedelta(minutes=minutes)
    who = signed_in(by or job.cast.priya)
    return operations.take_edit_back(by=who, at=at, workflow_id=job.workflow_id, seq=acted.seq)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{type(edit).__name__} {getattr(edit, 'key', '')}")
def test_the_workflow_is_as_it_was(job: Job, edit: Edit) -> None:
    before = shape(job)
    acted = job.edit(job.cast.priya, edit)
    assert shape(job) != before
    events = written(lambda: back(job, acted))
    assert shape(job) == before
    assert len(events) == 1
    all_well()


def test_an_edit_says_its_number_in_the_record(job: Job) -> None:
    acted = job.edit(job.cast.mark, EditStep("notes", {"name": "Other"}))
    assert back(job, acted, job.cast.mark).verbs == ("step.edited",)
    assert job.line("notes").name == "Notes"
    again = job.edit(job.cast.mark, EditStep("notes", {"name": "Notes"}))
    assert (again.seq, again.verbs) == (0, ())


def test_refusals_change_nothing(job: Job) -> None:
    acted = job.edit(job.cast.mark, EditStep("notes", {"name": "Other"}))
    assert code_of(lambda: back(job, acted, job.cast.priya)) is Code.NOT_ALLOWED
    assert code_of(lambda: back(job, acted, job.cast.vera)) is Code.NOT_ALLOWED
    assert code_of(lambda: back(job, acted, job.cast.mark, minutes=11)) is Code.TOO_LATE
    assert code_of(lambda: back(job, Acted(0, 0, seq=acted.seq + 1), job.cast.mark)) is Code.NOTHING_TO_UNDO
    with pytest.raises(NotFound):
        back(job, acted, job.cast.ben)
    job.edit(job.cast.priya, EditStep("draft", {"name": "Other draft"}))
    assert code_of(lambda: back(job, acted, job.cast.mark)) is Code.BUILT_ON
    all_well()


def test_not_once_the_step_was_worked_or_given_to_somebody(job: Job) -> None:
    added = job.edit(job.cast.mark, AddStep("prepare", StepDefinition(key="new", name="New"), 0))
    job.work("ask", "receive")
    job.act(job.cast.mark, Start("new"))
    assert code_of(lambda: back(job, added, job.cast.mark)) is Code.WORKED_ON
    ruled = job.edit(job.cast.mark, EditStep("notes", {"assign": Assign(rule=Rule.CLIENT_MANAGER)}))
    by = signed_in(job.cast.mark)
    operations.assign(by=by, at=NOW, workflow_id=job.workflow_id, key="notes", to_id=job.cast.jo.pk)
    assert code_of(lambda: back(job, ruled, job.cast.mark)) is Code.BUILT_ON
    renamed = job.edit(job.cast.mark, EditStep("notes", {"name": "Other"}))
    job.act(job.cast.mark, Complete("notes"))
    assert code_of(lambda: back(job, renamed, job.cast.mark)) is Code.SETTLED


def test_two_workflows_do_not_mix(job: Job) -> None:
    other = job.attach(job.task_id, again=True).workflow_id
    acted = job.edit(job.cast.mark, EditStep("notes", {"name": "Other"}))
    by = signed_in(job.cast.mark)
    elsewhere = code_of(lambda: operations.take_edit_back(by=by, at=NOW, workflow_id=other, seq=acted.seq))
    assert elsewhere is Code.NOTHING_TO_UNDO
    operations.edit(by=by, at=NOW, workflow_id=other, edit=EditStep("notes", {"name": "Third"}))
    back(job, acted, job.cast.mark)
    assert job.line("notes").name == "Notes"


class TestInPart:
    """S19: only the fields that somebody else changed meanwhile are left out."""

    def test_the_rest_is_saved(self, job: Job) -> None:
        shown = {"due_on": job.line("draft").due_on, "guidance": "From **last year**.", "estimate": None}
        job.edit(job.cast.mark, EditStep("draft", {"due_on": date(2027, 8, 1)}))
        wanted = EditStep("draft", {"due_on": date(2027, 8, 9), "guidance": "Otherwise.", "estimate": 60})
        acted = job.edit(job.cast.priya, wanted, shown=shown, partly=True)
        assert [(clash.field, clash.value, clash.by) for clash in acted.clashes] == [
            ("due_on", date(2027, 8, 1), "Mark Reed")
        ]
        line = job.line("draft")
        assert (line.due_on, line.guidance, line.estimate) == (date(2027, 8, 1), "Otherwise.", 60)
        all_well()

    def test_where_all_clash_nothing_is_written(self, job: Job) -> None:
        job.edit(job.cast.mark, EditStep("draft", {"name": "Marks"}))
        before = everything()
        acted = job.edit(job.cast.priya, EditStep("draft", {"name": "Priyas"}), shown={"name": "Draft"}, partly=True)
        assert (acted.seq, acted.verbs, acted.clashes[0].value) == (0, (), "Marks")
        assert everything() == before

    def test_the_same_wish_is_no_clash(self, job: Job) -> None:
        job.edit(job.cast.mark, EditStep("draft", {"name": "Both"}))
        edit = EditStep("draft", {"name": "Both"})
        assert job.edit(job.cast.priya, edit, shown={"name": "Draft"}, partly=True).clashes == ()

    def test_each_field_names_who_set_it(self, job: Job) -> None:
        job.edit(job.cast.mark, EditStep("draft", {"name": "Marks"}))
        job.edit(job.cast.olive, EditStep("draft", {"estimate": 5}))
        edit = EditStep("draft", {"name": "Priyas", "estimate": 9})
        acted = job.edit(job.cast.priya, edit, shown={"name": "Draft", "estimate": None}, partly=True)
        assert {clash.field: clash.by for clash in acted.clashes} == {"name": "Mark Reed", "estimate": "Olive Grant"}

    def test_a_group_as_well(self, job: Job) -> None:
        job.edit(job.cast.mark, EditGroup("prepare", {"name": "Marks"}))
        edit = EditGroup("prepare", {"name": "Priyas", "gate": True})
        acted = job.edit(job.cast.priya, edit, shown={"name": "Prepare", "gate": False}, partly=True)
        assert [clash.field for clash in acted.clashes] == ["name"]
        assert next(one for one in panel_of(job).groups if one.key == "prepare").gate

    def test_whole_edits_are_refused_whole(self, job: Job) -> None:
        job.edit(job.cast.mark, EditStep("draft", {"name": "Marks"}))
        before = last_event()
        with pytest.raises(StaleEdit) as caught:
            job.edit(job.cast.priya, EditStep("draft", {"name": "P", "estimate": 9}), shown={"name": "Draft"})
        assert caught.value.current == {"fields": {"name": "Marks"}, "by": "Mark Reed"}
        assert last_event() == before

    def test_who_may_not_edit_is_told_so_first(self, job: Job) -> None:
        job.edit(job.cast.mark, EditStep("draft", {"name": "Marks"}))
        edit = EditStep("draft", {"name": "Veras"})
        assert code_of(lambda: job.edit(job.cast.vera, edit, shown={"name": "Draft"})) is Code.NOT_ALLOWED

    def test_an_unknown_step_is_left_to_the_rules(self, job: Job) -> None:
        edit = EditStep("gone", {"name": "New"})
        refused = code_of(lambda: job.edit(job.cast.mark, edit, shown={"name": "Old"}, partly=True))
        assert refused is Code.UNKNOWN_KEY


def test_an_assignment_by_hand_clashes_with_no_field(job: Job) -> None:
    job.act(job.cast.mark, AssignTo("draft", signed_in(job.cast.mark).member))
    edit = EditStep("draft", {"estimate": 9})
    assert job.edit(job.cast.priya, edit, shown={"estimate": None}, partly=True).clashes == ()
