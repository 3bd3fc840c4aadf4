"""What may come between a proposal and its acceptance, and what follows it: nothing is lost, hidden or done twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django_ox.testing import run_tasks
from pytest_django import Settings

from natrium.apps.activity.models import Event
from natrium.apps.catalogue import operations as catalogue
from natrium.apps.catalogue.models import Engagement
from natrium.apps.database import sql
from natrium.apps.proposals import doctor, operations, queries, sealing
from natrium.apps.proposals.models import Acceptance, Proposal, ProposalLine, ProposalMail
from natrium.apps.proposals.operations import drafts
from natrium.apps.proposals.operations.following import OnItsWayError
from natrium.apps.proposals.shapes import ProposalPage
from natrium.apps.tasks.models import Task
from natrium.domain.errors import Code, Refusal, StaleEdit
from natrium.domain.proposals.money import Per
from natrium.domain.proposals.offer import Line
from tests.builders import NOW, TODAY, a_client, signed_in
from tests.integration.apps.proposals.offers import LATER, Offered, a_draft, a_sent_one, save, services

pytestmark = pytest.mark.django_db
ADVICE = Line(name="Advice", fee=10_000, per=Per.ONCE)


def refused(code: Code, field: str = "", words: str = "") -> "pytest.RaisesExc[Refusal]":
    """A refusal with its code, field and words."""
    return pytest.RaisesExc(
        Refusal, check=lambda one: (one.code, one.field) == (code, field) and words in one.message
    )  # fmt: skip


def seen(offered: Offered) -> ProposalPage:
    """The proposal as a partner sees it."""
    return queries.proposal_page(by=signed_in(offered.cast.priya), at=LATER, proposal_id=offered.proposal_id)


def next_version(offered: Offered) -> Offered:
    """A draft of the next version."""
    mark = signed_in(offered.cast.mark)
    return replace(
        offered, proposal_id=operations.revise_proposal(by=mark, at=NOW, proposal_id=offered.proposal_id)
    )  # fmt: skip


def archive_a_service(offered: Offered) -> None:
    """The first service that it offers is sold no more."""
    service = ProposalLine.objects.filter(proposal_id=offered.proposal_id).order_by("position")[0].service_id
    catalogue.archive_service(by=signed_in(offered.cast.mark), at=NOW, service_id=service or 0)


def test_no_version_takes_the_place_of_one_that_was_accepted() -> None:
    offered = a_sent_one()
    newer = next_version(offered)
    offered.accept()
    assert (newer.row.status, newer.row.replaced_by_id) == ("withdrawn", offered.proposal_id)
    assert offered.row.replaced_by_id is None
    Proposal.objects.filter(pk=newer.proposal_id).update(status="draft")
    with refused(Code.WRONG_STATE, words="An earlier version was accepted already. Begin a new proposal."):
        newer.send(LATER)
    (listed,) = queries.proposals(by=signed_in(offered.cast.jo), at=LATER)
    assert (listed.id, listed.status) == (offered.proposal_id, "accepted")


def test_no_next_version_begins_once_one_is_accepted() -> None:
    offered = a_sent_one()
    newer = next_version(offered)
    newer.send()
    newer.accept(content_hash=newer.row.content_hash)
    with refused(Code.WRONG_STATE, words="An earlier version was accepted already."):
        next_version(offered)


def test_what_cannot_be_made_is_told_to_the_practice_and_the_client_knows_to_wait() -> None:
    offered = a_sent_one()
    archive_a_service(offered)
    for _ in range(2):
        with refused(Code.BLOCKED, words="Acorn has to change something first; they have been told."):
            offered.accept()
    assert (offered.row.status, Acceptance.objects.count(), Engagement.objects.count()) == ("sent", 0, 0)
    page = seen(offered)
    assert (page.trouble, page.in_trouble) == ("“Annual Accounts” is archived.", True)
    assert queries.proposals(by=signed_in(offered.cast.jo), at=LATER)[0].open_trouble
    assert Event.objects.filter(verb="proposal.stopped").count() == 1, "told once"
    run_tasks(raise_failures=True)
    assert [(one.to, "“Annual Accounts” is archived." in str(one.body)) for one in mail.outbox][1:] == [
        ([f"{offered.cast.priya.name} <{offered.cast.priya.email}>"], True)
    ]
    assert any("is archived" in one.what for one in doctor.examine(at=LATER))
    with refused(Code.BLOCKED, words="“Annual Accounts” is archived."):
        operations.record_acceptance(
            by=signed_in(offered.cast.priya), at=LATER, proposal_id=offered.proposal_id, name="Nia", reason="Phone"
        )
    next_version(offered)
    operations.withdraw_proposal(by=signed_in(offered.cast.priya), at=LATER, proposal_id=offered.proposal_id)
    assert not seen(offered).in_trouble


def test_what_could_not_be_made_is_refused_before_it_is_sent() -> None:
    offered = a_draft()
    archive_a_service(offered)
    with refused(Code.BAD_VALUE, "lines.0.service_id", "“Annual Accounts” is archived."):
        offered.send()
    template = sql.value("SELECT id FROM workflows_template ORDER BY id LIMIT 1")
    save(offered, lines=(replace(ADVICE, template_id=template),))
    sql.execute("UPDATE workflows_template SET latest_version = 0 WHERE id = %s", (template,))
    with refused(Code.BAD_VALUE, "lines.0.template_id", "has not been published yet"):
        offered.send()
    sql.execute("UPDATE workflows_template SET archived_at = %s WHERE id = %s", (NOW, template))
    with refused(Code.BAD_VALUE, "lines.0.template_id", "is archived"):
        offered.send()


def test_only_a_published_workflow_is_for_onboarding_and_otherwise_that_is_said() -> None:
    unpublished = "“Client Onboarding” has not been published yet."
    offered = a_sent_one()
    template = offered.row.onboarding_id
    sql.execute("UPDATE workflows_template SET latest_version = 0 WHERE id = %s", (template,))
    other = a_draft(offered.cast, client=a_client(offered.cast.acorn, name="Other Ltd"), lines=(ADVICE,))
    other.send()
    assert (other.row.onboarding_id, other.row.left_out) == (None, unpublished)
    offered.accept()
    assert seen(offered).left_out == unpublished
    assert not Task.objects.filter(title="Client onboarding").exists()


def test_two_proposals_to_a_new_client_bring_one_onboarding() -> None:
    first = a_draft(lines=(ADVICE,))
    second = a_draft(first.cast, client=first.client, lines=(ADVICE,))
    for one in (first, second):
        one.send()
        one.accept()
    assert Task.objects.filter(title="Client onboarding").count() == 1


def test_a_client_who_took_a_service_since_the_sending_is_not_taken_on() -> None:
    offered = a_sent_one()
    (service,) = services(offered.cast, "Confirmation Statement")
    by = signed_in(offered.cast.mark)
    catalogue.start_engagement(by=by, at=NOW, client_id=offered.client.pk, service_id=service, starts_on=TODAY)
    offered.accept()
    assert not Task.objects.filter(title="Client onboarding").exists()


def test_a_mail_whose_worker_died_is_unknown_a_quarter_of_an_hour_later_and_can_be_sent_again() -> None:
    offered = a_sent_one()
    ProposalMail.objects.update(state="sending", changed_at=NOW)
    letter = ProposalMail.objects.get()
    with pytest.raises(OnItsWayError):
        operations.send_mail(at=NOW + timedelta(minutes=14), mail_id=letter.pk)
    jo = signed_in(offered.cast.jo)
    assert not queries.proposals(by=jo, at=NOW + timedelta(minutes=14))[0].open_trouble
    assert list(doctor.examine(at=NOW + timedelta(minutes=14))) == []
    assert queries.proposals(by=jo, at=LATER)[0].open_trouble
    assert (seen(offered).mails[0].state, len(list(doctor.examine(at=LATER)))) == ("unknown", 1)
    by = signed_in(offered.cast.priya)
    assert operations.try_again(by=by, at=LATER, proposal_id=offered.proposal_id) == 1
    assert Event.objects.filter(verb="proposal.retried").count() == 1
    run_tasks(raise_failures=True)
    assert (len(mail.outbox), ProposalMail.objects.get().state) == (1, "sent")
    ProposalMail.objects.update(state="sending", changed_at=NOW)
    assert operations.send_mail(at=LATER, mail_id=letter.pk) == "unknown"


def test_a_reminder_that_comes_after_the_answer_is_dropped() -> None:
    offered = a_sent_one()
    run_tasks(raise_failures=True)
    operations.remind(at=NOW + timedelta(days=28))
    offered.accept()
    run_tasks(raise_failures=True)
    assert [one.subject.partition(": ")[2][:8] for one in mail.outbox] == ["Proposal", "accepted"]
    assert ProposalMail.objects.get(kind="reminder").state == "dropped"


def test_a_first_mail_that_comes_after_the_withdrawal_is_dropped() -> None:
    offered = a_sent_one()
    operations.withdraw_proposal(by=signed_in(offered.cast.priya), at=NOW, proposal_id=offered.proposal_id)
    run_tasks(raise_failures=True)
    assert (mail.outbox, ProposalMail.objects.get().state) == ([], "dropped")


def test_who_finds_a_number_taken_takes_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = a_draft(lines=(ADVICE,))
    real, first = drafts._next_number, iter((True,))
    monkeypatch.setattr(drafts, "_next_number", lambda by: 1 if next(first, False) else real(by))
    other = a_client(offered.cast.acorn, name="Other Ltd")
    made = operations.create_proposal(by=signed_in(offered.cast.mark), at=NOW, client_id=other.pk)
    assert Proposal.objects.get(pk=made).number == 2
    assert not connection.needs_rollback


def test_what_is_sent_is_what_was_looked_at() -> None:
    offered = a_draft(lines=(ADVICE,))
    rev = offered.row.rev
    save(offered, title="Dearer")
    priya = signed_in(offered.cast.priya)
    with pytest.raises(StaleEdit):
        operations.send_proposal(by=priya, at=NOW, proposal_id=offered.proposal_id, if_rev=rev)
    assert operations.send_proposal(by=priya, at=NOW, proposal_id=offered.proposal_id, if_rev=offered.row.rev)
    assert not operations.send_proposal(by=priya, at=NOW, proposal_id=offered.proposal_id, if_rev=rev), "sent already"


def test_neither_what_was_sent_nor_its_copy_can_be_taken_away() -> None:
    offered = a_sent_one()
    offered.accept()
    for statement in (
        "DELETE FROM proposals_sealedcopy",
        "UPDATE proposals_proposal SET number = 9",
        "UPDATE proposals_proposal SET version = 9",
        "UPDATE proposals_proposal SET practice_id = 9",
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            sql.execute(statement)


def test_an_address_that_no_server_takes_is_refused_before_it_is_sent() -> None:
    offered = a_draft(lines=(ADVICE,))
    for address in ("nia@localhost@x", "nia bowen@fernhill.example", "nia@fernhill"):
        save(offered, to_email=address)
        with refused(Code.BAD_VALUE, "to_email", f"“{address}” is not an e-mail address."):
            offered.send()


def test_a_name_that_the_typeface_lacks_is_on_the_copy_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    offered = a_draft(lines=(replace(ADVICE, description="One\tTwo"),))
    offered.send()
    offered.accept(name="王小明")
    run_tasks(raise_failures=True)
    assert [one.message for one in caplog.records if "glyph" in one.message] == []
    assert queries.client_copy(token=offered.token).startswith(b"%PDF-")
    assert sealing.in_font("王A\tB\r\nÉ", {65, 66, 32, 0xC9}) == ("[U+738B]A  B\nÉ", False)
    assert sealing.in_font("A\nB", {65, 66}) == ("A\nB", True)


def test_with_another_key_no_link_is_shown_that_leads_nowhere(settings: Settings) -> None:
    offered = a_sent_one()
    assert seen(offered).link
    settings.SECRET_KEY = "another" * 8
    assert seen(offered).link == ""
