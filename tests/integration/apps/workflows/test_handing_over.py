"""Handing a colleague's work over, on leaving and for an absence; nothing stays with one who cannot sign in."""

from datetime import timedelta

import pytest

from natrium.apps.database import sql
from natrium.apps.practices import operations as practices
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import Part
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Role
from natrium.domain.workflow.actions import AssignTo
from natrium.domain.workflow.definition import Assign, Rule, Template
from natrium.domain.workflow.model import Hold
from natrium.domain.workflow.model import Member as RuleMember
from tests.builders import NOW, a_member, signed_in
from tests.integration.apps.workflows.jobs import (
    Job,
    all_well,
    code_of,
    counted,
    events_after,
    group,
    last_event,
    step,
    written,
)


def everything_to(member_id: int | None) -> dict[Part, int | None]:
    return dict.fromkeys(Part, member_id)


def leave(job: Job, member_id: int, to: dict[Part, int | None]) -> operations.HandedOver:
    return operations.hand_over(by=signed_in(job.cast.olive), at=NOW, member_id=member_id, to=to, leaves=True)


class TestLeaving:
    def test_open_steps_and_tasks_go_to_others_and_settled_steps_keep_their_history(self, job: Job) -> None:
        job.work("ask")
        gone = leave(job, job.cast.jo.pk, everything_to(job.cast.mark.pk))
        assert (gone.tasks, gone.steps) == (1, 0)  # her steps follow the task's owner
        assert (job.holder("draft"), job.holder("approve"), job.holder("ask")) == ("Mark Reed", "Mark Reed", "Jo Evans")
        assert queries.holdings(by=signed_in(job.cast.mark), member_id=job.cast.jo.pk).nothing
        assert not sql.value("SELECT active FROM practices_member WHERE id = %s", (job.cast.jo.pk,))
        all_well()

    def test_steps_held_by_hand_go_as_well(self, job: Job) -> None:
        to = RuleMember(job.cast.jo.pk, "Jo Evans", role=Role.STAFF)
        job.act(job.cast.mark, AssignTo("receive", to))
        before = last_event()
        gone = leave(job, job.cast.jo.pk, everything_to(job.cast.mark.pk))
        assert gone.steps == 1
        assert job.holder("receive") == "Mark Reed"
        verbs = [event["verb"] for event in events_after(before)]
        assert verbs.count("step.handed_over") == 1
        assert verbs[-1] == "member.left"
        assert {e["batch"] for e in events_after(before) if e["chain"] in ("task", "client")} == {gone.batch}

    def test_a_client_s_manager_leaves_and_the_steps_for_the_manager_follow(self, job: Job) -> None:
        ann = a_member(job.cast.acorn, role=Role.MANAGER, name="Ann Poole")
        leave(job, job.cast.mark.pk, everything_to(ann.pk))
        assert job.holder("check") == "Ann Poole"
        assert sql.value("SELECT manager_id FROM clients_client WHERE id = %s", (job.client.pk,)) == ann.pk
        all_well()

    def test_without_a_taker_steps_are_unassigned_and_say_so(self, job: Job) -> None:
        leave(job, job.cast.mark.pk, {})
        assert job.line("check").assignee is None
        assert job.line("check").unresolved
        all_well()

    def test_a_task_on_hold_is_handed_over_too(self, job: Job) -> None:
        to = RuleMember(job.cast.jo.pk, "Jo Evans", role=Role.STAFF)
        job.act(job.cast.mark, AssignTo("receive", to))
        operations.hold(by=signed_in(job.cast.mark), at=NOW, task_id=job.task_id, to=Hold.ON_HOLD, reason="Tax dispute")
        leave(job, job.cast.jo.pk, everything_to(job.cast.mark.pk))
        assert (job.holder("receive"), job.holder("draft")) == ("Mark Reed", "Mark Reed")
        all_well()

    def test_a_template_that_names_the_leaver_names_the_taker_in_a_new_version(self, job: Job) -> None:
        named = Assign(rule=Rule.MEMBER, email=job.cast.jo.email)
        template_id = job.publish(Template(name="Payroll", groups=(group("run", step("pay", assign=named)),)))
        assert [t.name for t in queries.holdings(by=signed_in(job.cast.mark), member_id=job.cast.jo.pk).templates] == [
            "Payroll"
        ]
        leave(job, job.cast.jo.pk, everything_to(job.cast.mark.pk))
        page = queries.template_page(by=signed_in(job.cast.mark), template_id=template_id)
        assert page.newest == 2
        assert page.definition.steps[0].assign.email == job.cast.mark.email
        workflow = job.attach(job.task("Payroll May", owner=job.cast.mark), template_id)
        assert not workflow.warnings

    def test_a_draft_under_way_keeps_all_else(self, job: Job) -> None:
        named = Assign(rule=Rule.MEMBER, email=job.cast.jo.email)
        published = Template(name="Payroll", groups=(group("run", step("pay", assign=named)),))
        template_id = job.publish(published)
        draft = Template(name="Payroll", groups=(group("run", step("pay", assign=named), step("post")),))
        mark = signed_in(job.cast.mark)
        operations.save_draft(by=mark, at=NOW, template_id=template_id, definition=draft)
        leave(job, job.cast.jo.pk, everything_to(None))
        kept, _, _ = queries.template_draft(by=mark, template_id=template_id)
        assert [(s.key, s.assign.rule) for s in kept.steps] == [("pay", Rule.UNASSIGNED), ("post", Rule.UNASSIGNED)]
        assert queries.template_page(by=mark, template_id=template_id).newest == 2

    def test_nothing_happens_where_the_last_owner_would_leave(self, job: Job) -> None:
        assert code_of(lambda: leave(job, job.cast.olive.pk, everything_to(job.cast.mark.pk))) is Code.IN_USE

    def test_the_undo_of_an_assignment_does_not_bring_a_leaver_back(self, job: Job) -> None:
        to = RuleMember(job.cast.mark.pk, "Mark Reed", role=Role.MANAGER)
        job.act(job.cast.mark, AssignTo("ask", to))
        leave(job, job.cast.jo.pk, everything_to(None))
        at = NOW + timedelta(minutes=1)
        mark = signed_in(job.cast.mark)
        code = code_of(lambda: operations.undo(by=mark, at=at, workflow_id=job.workflow_id, key="ask"))
        assert code is Code.BUILT_ON


class TestAbsence:
    def test_only_what_is_chosen_goes(self, job: Job) -> None:
        mark = signed_in(job.cast.mark)
        job.act(job.cast.mark, AssignTo("receive", RuleMember(job.cast.jo.pk, "Jo Evans", role=Role.STAFF)))
        to = {Part.STEPS: job.cast.priya.pk}
        gone = operations.hand_over(by=mark, at=NOW, member_id=job.cast.jo.pk, to=to)
        assert (gone.steps, gone.tasks) == (4, 0)
        assert job.holder("receive") == "Priya Shah"
        assert sql.value("SELECT owner_id FROM tasks_task WHERE id = %s", (job.task_id,)) == job.cast.jo.pk
        assert sql.value("SELECT active FROM practices_member WHERE id = %s", (job.cast.jo.pk,))
        all_well()

    def test_a_second_time_there_is_nothing_left_to_give(self, job: Job) -> None:
        mark = signed_in(job.cast.mark)
        to = {Part.STEPS: job.cast.priya.pk}
        operations.hand_over(by=mark, at=NOW, member_id=job.cast.jo.pk, to=to)
        again = operations.hand_over(by=mark, at=NOW, member_id=job.cast.jo.pk, to=to)
        assert again.steps == 0


class TestRefusals:
    def test_who_may(self, job: Job) -> None:
        jo, mark = signed_in(job.cast.jo), signed_in(job.cast.mark)
        member_id = job.cast.priya.pk
        assert code_of(lambda: operations.hand_over(by=jo, at=NOW, member_id=member_id, to={})) is Code.NOT_ALLOWED
        with pytest.raises(Refusal) as caught:
            operations.hand_over(by=mark, at=NOW, member_id=member_id, to={}, leaves=True)
        assert caught.value.code is Code.NOT_ALLOWED

    @pytest.mark.parametrize("who", ["vera", "lea", "jo"])
    def test_not_to_a_viewer_a_leaver_or_oneself(self, job: Job, who: str) -> None:
        to = {Part.STEPS: getattr(job.cast, who).pk}
        mark = signed_in(job.cast.mark)
        with pytest.raises(Refusal) as caught:
            operations.hand_over(by=mark, at=NOW, member_id=job.cast.jo.pk, to=to)
        assert (caught.value.code, caught.value.field) == (Code.BAD_VALUE, "steps")

    def test_another_practice_s_member_does_not_exist(self, job: Job) -> None:
        ben = signed_in(job.cast.ben)
        with pytest.raises(NotFound):
            operations.hand_over(by=ben, at=NOW, member_id=job.cast.jo.pk, to={})
        with pytest.raises(NotFound):
            queries.holdings(by=ben, member_id=job.cast.jo.pk)


class TestChangingAMember:
    def test_one_who_holds_work_is_not_made_a_viewer(self, job: Job) -> None:
        olive = signed_in(job.cast.olive)
        change = {"role": Role.VIEWER}
        code = code_of(lambda: operations.change_member(by=olive, at=NOW, member_id=job.cast.jo.pk, changes=change))
        assert code is Code.IN_USE
        operations.hand_over(by=olive, at=NOW, member_id=job.cast.jo.pk, to=everything_to(job.cast.mark.pk))
        operations.change_member(by=olive, at=NOW, member_id=job.cast.jo.pk, changes=change)
        assert sql.value("SELECT role FROM practices_member WHERE id = %s", (job.cast.jo.pk,)) == Role.VIEWER

    def test_name_and_hours_are_one_event_and_the_same_again_is_none(self, job: Job) -> None:
        olive = signed_in(job.cast.olive)
        facts = {"name": "Jo Bevan", "weekly_hours": "30"}

        def change() -> None:
            operations.change_member(by=olive, at=NOW, member_id=job.cast.jo.pk, changes=facts)

        assert written(change) == [("member.edited", "")]
        assert written(change) == []

    @pytest.mark.parametrize("hours", ["-1", "100", "many", "NaN"])
    def test_hours_that_make_no_sense_are_refused(self, job: Job, hours: str) -> None:
        olive = signed_in(job.cast.olive)
        facts = {"weekly_hours": hours}
        code = code_of(lambda: operations.change_member(by=olive, at=NOW, member_id=job.cast.jo.pk, changes=facts))
        assert code is Code.BAD_VALUE

    def test_whoever_left_may_come_back_to_nothing(self, job: Job) -> None:
        olive = signed_in(job.cast.olive)
        leave(job, job.cast.jo.pk, everything_to(job.cast.mark.pk))
        practices.reactivate_member(by=olive, at=NOW, member_id=job.cast.jo.pk)
        assert sql.value("SELECT active FROM practices_member WHERE id = %s", (job.cast.jo.pk,))
        assert queries.holdings(by=olive, member_id=job.cast.jo.pk).nothing


def test_what_somebody_holds_is_read_in_as_many_statements_for_a_thousand_steps(job: Job) -> None:
    def statements() -> int:
        with counted() as seen:
            queries.holdings(by=signed_in(job.cast.mark), member_id=job.cast.jo.pk)
        return len(seen)

    few = statements()
    for number in range(60):
        job.attach(job.task(f"Accounts {number}"))
    held = queries.holdings(by=signed_in(job.cast.mark), member_id=job.cast.jo.pk)
    assert (held.steps_count, held.tasks_count, len(held.steps)) == (61 * 3, 61, 100)
    assert statements() == few == 9


def test_settled_steps_are_not_listed(job: Job) -> None:
    job.work("ask")
    held = queries.holdings(by=signed_in(job.cast.mark), member_id=job.cast.jo.pk)
    assert [line.name for line in held.steps] == ["Draft", "Approve"]
