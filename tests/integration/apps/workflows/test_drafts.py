"""Writing templates by hand: one change at a time; what is published stays; every change is on record."""

import pytest

from natrium.apps.workflows import operations, queries
from natrium.domain.errors import Code, NotFound, StaleEdit
from natrium.domain.workflow import drafting
from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.lint import LintCode
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import ACCOUNTS, Job, code_of, counted, everything, written


def change(job: Job, what: object, template_id: int | None = None) -> operations.Drafted:
    mark = signed_in(job.cast.mark)
    return operations.change_draft(by=mark, at=NOW, template_id=template_id or job.template_id, change=what)  # type: ignore[arg-type]


def page(job: Job) -> object:
    return queries.draft_page(by=signed_in(job.cast.mark), template_id=job.template_id)


class TestChanging:
    def test_the_first_change_begins_a_draft_from_the_newest_version(self, job: Job) -> None:
        before = queries.draft_page(by=signed_in(job.cast.mark), template_id=job.template_id)
        assert (before.drafted, before.version, before.draft) == (False, 1, ACCOUNTS)
        change(job, lambda draft: drafting.change_step(draft, "ask", {"name": "Ask for records"}))
        after = queries.draft_page(by=signed_in(job.cast.mark), template_id=job.template_id)
        assert (after.drafted, after.version, after.saved_by) == (True, 1, "Mark Reed")
        assert drafting.step_of(after.draft, "ask").name == "Ask for records"

    def test_what_is_published_and_attached_stays_as_it_is(self, job: Job) -> None:
        rows = {table: lines for table, lines in everything().items() if "step" in table or "version" in table}
        change(job, lambda draft: drafting.remove_group(draft, "prepare"))
        assert {table: lines for table, lines in everything().items() if table in rows} == rows

    def test_each_change_is_one_line_of_the_record_and_none_is_none(self, job: Job) -> None:
        rename = lambda draft: drafting.change_step(draft, "ask", {"name": "Ask twice"})  # noqa: E731
        assert written(lambda: change(job, rename)) == [("template.drafted", "")]
        assert written(lambda: change(job, rename)) == []

    def test_a_loop_is_kept_shown_and_not_published(self, job: Job) -> None:
        change(job, lambda draft: drafting.change_step(draft, "ask", {"after": ("file",)}))
        shown = queries.draft_page(by=signed_in(job.cast.mark), template_id=job.template_id)
        assert [f.code for f in shown.findings if f.level == "error"] == [LintCode.CYCLE]
        mark = signed_in(job.cast.mark)
        code = code_of(lambda: operations.publish(by=mark, at=NOW, template_id=job.template_id))
        assert code is Code.BAD_TEMPLATE

    def test_only_managers_write_and_only_their_practice_s(self, job: Job) -> None:
        jo, ben = signed_in(job.cast.jo), signed_in(job.cast.ben)

        def as_(who: object) -> None:
            operations.change_draft(by=who, at=NOW, template_id=job.template_id, change=lambda d: d)  # type: ignore[arg-type]

        assert code_of(lambda: as_(jo)) is Code.NOT_ALLOWED
        with pytest.raises(NotFound):
            as_(ben)
        with pytest.raises(NotFound):
            queries.draft_page(by=ben, template_id=job.template_id)

    def test_an_archived_template_is_not_changed(self, job: Job) -> None:
        operations.archive(by=signed_in(job.cast.mark), at=NOW, template_id=job.template_id)
        assert code_of(lambda: change(job, lambda draft: drafting.add_group(draft, "More"))) is Code.BAD_TEMPLATE


class TestTwoAtOnce:
    def test_different_fields_of_a_step_both_survive(self, job: Job) -> None:
        mark, priya = signed_in(job.cast.mark), signed_in(job.cast.priya)
        step = {"template_id": job.template_id, "key": "ask", "at": NOW}
        operations.change_draft_step(by=mark, changes={"estimate": 45}, shown={"estimate": 15}, **step)  # type: ignore[arg-type]
        operations.change_draft_step(by=priya, changes={"name": "Ask"}, shown={"name": "Ask"}, **step)  # type: ignore[arg-type]
        operations.change_draft_step(by=priya, changes={"blocking": True}, shown={"blocking": False}, **step)  # type: ignore[arg-type]
        found = drafting.step_of(queries.draft_page(by=mark, template_id=job.template_id).draft, "ask")
        assert (found.estimate, found.blocking) == (45, True)

    def test_the_same_field_is_refused_with_what_it_is_now(self, job: Job) -> None:
        mark, priya = signed_in(job.cast.mark), signed_in(job.cast.priya)
        step = {"template_id": job.template_id, "key": "ask", "at": NOW}
        operations.change_draft_step(by=mark, changes={"estimate": 45}, shown={"estimate": 15}, **step)  # type: ignore[arg-type]
        before = everything()
        with pytest.raises(StaleEdit) as caught:
            operations.change_draft_step(by=priya, changes={"estimate": 60}, shown={"estimate": 15}, **step)  # type: ignore[arg-type]
        assert caught.value.current == {"estimate": 45}
        assert everything() == before


class TestVersions:
    def test_a_version_becomes_the_draft_again_and_a_draft_is_discarded(self, job: Job) -> None:
        mark = signed_in(job.cast.mark)
        change(job, lambda draft: drafting.remove_step(draft, "notes"))
        operations.publish(by=mark, at=NOW, template_id=job.template_id)
        operations.restore_version(by=mark, at=NOW, template_id=job.template_id, number=1)
        assert queries.draft_page(by=mark, template_id=job.template_id).draft == ACCOUNTS
        assert operations.discard_draft(by=mark, at=NOW, template_id=job.template_id)
        assert not operations.discard_draft(by=mark, at=NOW, template_id=job.template_id)
        shown = queries.draft_page(by=mark, template_id=job.template_id)
        assert (shown.drafted, shown.version) == (False, 2)

    def test_what_was_never_published_is_not_discarded(self, job: Job) -> None:
        mark = signed_in(job.cast.mark)
        made = operations.create_template(by=mark, at=NOW, name="Only a draft")
        assert code_of(lambda: operations.discard_draft(by=mark, at=NOW, template_id=made)) is Code.BAD_TEMPLATE

    def test_two_versions_are_compared(self, job: Job) -> None:
        mark = signed_in(job.cast.mark)
        change(job, lambda draft: drafting.remove_step(draft, "notes"))
        to_draft = queries.comparison(by=mark, template_id=job.template_id, before=1, after=None)
        assert [(d.kind, d.key) for d in to_draft.differences] == [("removed", "notes")]
        operations.publish(by=mark, at=NOW, template_id=job.template_id)
        assert queries.comparison(by=mark, template_id=job.template_id, before=2, after=2).differences == ()
        with pytest.raises(NotFound):
            queries.comparison(by=mark, template_id=job.template_id, before=1, after=9)


class TestBeginning:
    def test_a_copy_gets_a_name_of_its_own(self, job: Job) -> None:
        mark = signed_in(job.cast.mark)
        names = []
        for _ in range(2):
            made = operations.duplicate_template(by=mark, at=NOW, template_id=job.template_id)
            names.append(queries.draft_page(by=mark, template_id=made).draft.name)
        assert names == ["Accounts copy", "Accounts copy 2"]

    def test_a_job_becomes_a_template_without_what_belongs_to_it_alone(self, job: Job) -> None:
        mark = signed_in(job.cast.mark)
        job.work("ask", "receive")
        made = operations.template_from_workflow(by=mark, at=NOW, workflow_id=job.workflow_id, name="Like Widget's")
        draft: Template = queries.draft_page(by=mark, template_id=made).draft
        assert draft.name == "Like Widget's"
        assert draft.groups == ACCOUNTS.groups
        with pytest.raises(NotFound):
            operations.template_from_workflow(by=signed_in(job.cast.ben), at=NOW, workflow_id=job.workflow_id)


def test_a_draft_is_read_in_as_many_statements_however_long_it_is(job: Job) -> None:
    def statements() -> int:
        with counted() as seen:
            queries.draft_page(by=signed_in(job.cast.mark), template_id=job.template_id)
        return len(seen)

    change(job, lambda draft: drafting.add_group(draft, "More"))
    few = statements()
    for number in range(40):
        change(job, lambda draft, n=number: drafting.add_step(draft, "more", f"Step {n}"))
    assert statements() == few == 4
