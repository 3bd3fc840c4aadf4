"""Services, their recurring tasks, and who takes them: who may, what is refused, what the record says."""

from datetime import date

import pytest

from natrium.apps.activity import verify
from natrium.apps.activity.actors import ClientContact
from natrium.apps.catalogue import operations, queries
from natrium.apps.catalogue.operations import OpenWork, Override, RecurringFacts
from natrium.apps.database import sql
from natrium.apps.practices.offices import office_of
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.recurrence.schedules import SCHEDULES
from tests.builders import NOW, signed_in
from tests.integration.apps.catalogue.firm import MONTHLY, Firm, the_firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Firm:
    """Acorn with Widget Ltd."""
    return the_firm()


def verbs() -> list[str]:
    """The record's verbs, in order."""
    return [verb for (verb,) in sql.rows("SELECT verb FROM activity_event ORDER BY id")]


def test_each_ready_service_can_be_taken_and_reads_as_its_schedule(firm: Firm) -> None:
    for schedule in SCHEDULES:
        taken = operations.take_ready_service(by=firm.mark, at=NOW, key=schedule.service)
        page = queries.service_page(firm.mark, taken)
        [line] = page.recurring
        assert page.line.name == schedule.service
        assert line.sentence == next(
            one.sentence for one in queries.ready_services(firm.mark) if one.key == schedule.service
        )
        assert [name for _, name in line.templates] == ([schedule.workflow] if schedule.workflow else [])
    assert all(one.taken_as for one in queries.ready_services(firm.mark))
    again = operations.take_ready_service(by=firm.mark, at=NOW, key="VAT Return")
    assert again == next(one.taken_as for one in queries.ready_services(firm.mark) if one.key == "VAT Return")
    assert verify.verify() == []


def test_a_name_is_one_services_in_any_case(firm: Firm) -> None:
    first = operations.create_service(by=firm.mark, at=NOW, name="Payroll")
    with pytest.raises(Refusal) as refused:
        operations.create_service(by=firm.mark, at=NOW, name=" payroll ")
    assert (refused.value.code, refused.value.field) == (Code.TAKEN, "name")
    assert operations.archive_service(by=firm.mark, at=NOW, service_id=first)
    operations.create_service(by=firm.mark, at=NOW, name="payroll")
    with pytest.raises(Refusal) as refused:
        operations.unarchive_service(by=firm.mark, at=NOW, service_id=first)
    assert refused.value.code is Code.TAKEN


def test_services_are_for_managers_and_of_their_practice(firm: Firm) -> None:
    jo, ben = signed_in(firm.cast.jo), signed_in(firm.cast.ben)
    service, recurring = firm.service()
    for refusing in (
        lambda: operations.create_service(by=jo, at=NOW, name="Tax"),
        lambda: operations.edit_service(by=jo, at=NOW, service_id=service, changes={"name": "Tax"}),
        lambda: operations.remove_recurring_task(by=jo, at=NOW, recurring_task_id=recurring),
        lambda: operations.start_engagement(
            by=jo, at=NOW, client_id=firm.client.pk, service_id=service, starts_on=NOW.date()
        ),
    ):
        with pytest.raises(Refusal) as refused:
            refusing()
        assert refused.value.code is Code.NOT_ALLOWED
    for stranger in (
        lambda: operations.edit_service(by=ben, at=NOW, service_id=service, changes={"name": "Tax"}),
        lambda: operations.edit_recurring_task(by=ben, at=NOW, recurring_task_id=recurring, changes={}),
        lambda: queries.service_page(ben, service),
        lambda: operations.start_engagement(
            by=ben, at=NOW, client_id=firm.client.pk, service_id=service, starts_on=NOW.date()
        ),
    ):
        with pytest.raises(NotFound):
            stranger()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_pattern": "{service.__class__}"}, "title_pattern"),
        ({"title_pattern": "{period_end:%s}"}, "title_pattern"),
        ({"title_pattern": " "}, "title_pattern"),
        ({"schedule": None}, "schedule"),
        ({"schedule": MONTHLY | {"rule": "ch.cs01"}}, "rule"),
        ({"schedule": MONTHLY | {"months": 0}}, "months"),
        ({"schedule": MONTHLY | {"anchor": "moon"}}, "anchor"),
        ({"schedule": MONTHLY | {"colour": "red"}}, "colour"),
        ({"rule": "ch.cs01"}, "rule"),
        ({"owner_rule": "member"}, "owner_member_id"),
        ({"owner_rule": "anyone"}, "owner_rule"),
        ({"mode": "after_completion"}, "every_days"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(firm: Firm, changes: dict[str, object], field: str) -> None:
    _, recurring = firm.service()
    with pytest.raises(Refusal) as refused:
        operations.edit_recurring_task(by=firm.mark, at=NOW, recurring_task_id=recurring, changes=changes)
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, field)


def test_every_write_has_its_line_and_a_repeated_one_none(firm: Firm) -> None:
    service, recurring = firm.service()
    engagement = firm.start(service, date(2026, 1, 1))
    before = len(verbs())
    assert firm.start(service, date(2026, 5, 1)) == engagement
    operations.edit_service(by=firm.mark, at=NOW, service_id=service, changes={"name": "Bookkeeping"})
    operations.edit_recurring_task(by=firm.mark, at=NOW, recurring_task_id=recurring, changes={"catch_up": "all"})
    assert not operations.resume_engagement(by=firm.mark, at=NOW, engagement_id=engagement)
    assert len(verbs()) == before
    override = Override(recurring_task_id=recurring, owner_member_id=firm.cast.jo.pk, days_before=5)
    words = {"by": firm.mark, "at": NOW, "engagement_id": engagement}
    assert operations.set_overrides(**words, overrides=[override])
    assert not operations.set_overrides(**words, overrides=[override])
    assert operations.pause_engagement(**words, on=date(2026, 6, 1))
    assert not operations.pause_engagement(**words, on=date(2026, 6, 1))
    assert operations.resume_engagement(**words)
    assert operations.end_engagement(**words, on=date(2026, 12, 31), open_work=OpenWork.KEEP) == 0
    assert operations.end_engagement(**words, on=date(2026, 12, 31), open_work=OpenWork.KEEP) == 0
    assert verbs()[before:] == [
        "engagement.changed", "engagement.paused", "engagement.resumed", "engagement.ended",
    ]  # fmt: skip
    assert verify.verify() == []


def test_a_service_that_is_taken_is_not_archived(firm: Firm) -> None:
    service, _ = firm.service()
    firm.start(service, date(2026, 1, 1))
    with pytest.raises(Refusal) as refused:
        operations.archive_service(by=firm.mark, at=NOW, service_id=service)
    assert (refused.value.code, refused.value.message) == (
        Code.IN_USE, "1 client takes “Bookkeeping”. End it for them first.",
    )  # fmt: skip


def test_a_client_by_a_link_starts_what_it_accepts(firm: Firm) -> None:
    service, _ = firm.service()
    by = office_of(practice_id=firm.cast.acorn.pk, actor=ClientContact("Wanda Widget"))
    operations.start_engagement(by=by, at=NOW, client_id=firm.client.pk, service_id=service, starts_on=date(2026, 1, 1))
    assert sql.row("SELECT actor_kind, member_name, verb FROM activity_event ORDER BY id DESC LIMIT 1") == (
        "client", "Wanda Widget", "engagement.started",
    )  # fmt: skip
    assert verify.verify() == []


def test_the_next_dates_are_shown_with_reasons_before_anything_is_saved(firm: Firm) -> None:
    facts = RecurringFacts(title_pattern="{service} {period_end:%b %Y}", schedule=MONTHLY)
    shown = queries.preview(firm.mark, at=NOW, facts=facts, client_id=firm.client.pk, service="Books")
    assert [line.title for line in shown.dates][:2] == ["Books Oct 2026", "Books Nov 2026"]
    assert len(shown.dates) == 6
    assert (
        shown.dates[0].due.why
        == "13 Nov 2026: 14 days after 31 Oct 2026; 14 Nov 2026 is no working day, so the one before."
    )
    assert sql.value("SELECT COUNT(*) FROM catalogue_recurringtask") == 0


def test_a_missing_fact_is_said_in_the_preview(firm: Firm) -> None:
    taken = operations.take_ready_service(by=firm.mark, at=NOW, key="VAT Return")
    [line] = queries.service_page(firm.mark, taken).recurring
    shown = queries.preview(firm.mark, at=NOW, facts=line.facts, client_id=firm.client.pk)
    assert shown.dates == ()
    assert shown.waiting == ("Missing: the client’s fact “vat_stagger”: 1, 2 or 3.",)
