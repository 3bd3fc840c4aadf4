"""A proposal from its draft to its answer: each step once, in one transaction, with its line in the record."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django_ox.models import OxTask
from django_ox.testing import run_tasks
from pytest_django import Settings

from natrium.apps.activity.models import Event
from natrium.apps.catalogue.models import Engagement
from natrium.apps.database import sql
from natrium.apps.proposals import doctor, operations, queries
from natrium.apps.proposals.models import Acceptance, Proposal, ProposalLine, ProposalMail, SealedCopy
from natrium.apps.tasks.models import Task
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.proposals.money import Per
from natrium.domain.proposals.offer import Line, hash_of
from natrium.domain.proposals.states import Status
from tests.builders import NOW, a_client, signed_in
from tests.integration.apps.proposals.offers import LATER, Offered, a_draft, a_sent_one, day, save

pytestmark = pytest.mark.django_db


def verbs(offered: Offered) -> list[str]:
    """What the client's record says of proposals."""
    lines = Event.objects.filter(chain="client", subject_id=offered.client.pk, verb__startswith="proposal.")
    return [verb.removeprefix("proposal.") for verb in lines.order_by("seq").values_list("verb", flat=True)]


def refused(code: Code, field: str = "") -> "pytest.RaisesExc[Refusal]":
    """A refusal with its code and field."""
    return pytest.RaisesExc(Refusal, check=lambda refusal: (refusal.code, refusal.field) == (code, field))


def test_a_draft_is_to_the_first_contact_and_its_lines_are_kept() -> None:
    offered = a_draft()
    row = offered.row
    assert (row.to_name, row.to_email, row.number, row.version) == ("Nia Bowen", "nia@fernhill.example", 1, 1)
    page = queries.proposal_page(by=signed_in(offered.cast.jo), at=NOW, proposal_id=row.pk)
    assert [line.name for line in page.offer.lines] == ["Annual Accounts", "VAT Return", "Payroll Monthly"]
    assert (page.monthly.net, page.once.net, page.link) == (22_550, 0, "")
    rev = row.rev
    assert save(offered) == rev, "the same again changes nothing"
    assert verbs(offered) == ["created", "edited"]
    with pytest.raises(StaleEdit):
        operations.save_proposal(
            by=signed_in(offered.cast.mark), at=NOW, proposal_id=row.pk, offer=replace(page.offer, title="B"), if_rev=1
        )


def test_who_may_write_and_who_may_send() -> None:
    offered = a_draft()
    for deed in (
        lambda: operations.create_proposal(by=signed_in(offered.cast.jo), at=NOW, client_id=offered.client.pk),
        lambda: operations.send_proposal(by=signed_in(offered.cast.mark), at=NOW, proposal_id=offered.proposal_id),
        lambda: operations.withdraw_proposal(by=signed_in(offered.cast.mark), at=NOW, proposal_id=offered.proposal_id),
        lambda: operations.try_again(by=signed_in(offered.cast.mark), at=NOW, proposal_id=offered.proposal_id),
    ):
        with refused(Code.NOT_ALLOWED):
            deed()
    with pytest.raises(NotFound):
        operations.send_proposal(by=signed_in(offered.cast.ben), at=NOW, proposal_id=offered.proposal_id)


def test_another_practices_client_service_or_template_does_not_exist() -> None:
    offered = a_draft()
    ben, client = signed_in(offered.cast.ben), a_client(offered.cast.birch)
    with pytest.raises(NotFound):
        operations.create_proposal(by=signed_in(offered.cast.mark), at=NOW, client_id=client.pk)
    theirs = operations.create_proposal(by=ben, at=NOW, client_id=client.pk)
    offer = queries.proposal_page(by=ben, at=NOW, proposal_id=theirs).offer
    sold = ProposalLine.objects.filter(proposal_id=offered.proposal_id)[0].service_id
    template = sql.value("SELECT id FROM workflows_template ORDER BY id LIMIT 1")
    for line in (Line(name="X", service_id=sold), Line(name="X", template_id=template)):
        with pytest.raises(NotFound):
            operations.save_proposal(by=ben, at=NOW, proposal_id=theirs, offer=replace(offer, lines=(line,)))


def test_sending_fixes_the_document_and_the_mail_brings_the_link() -> None:
    offered = a_sent_one()
    row = offered.row
    assert (row.status, row.content_hash) == ("sent", hash_of(row.document))
    assert not operations.send_proposal(by=signed_in(offered.cast.priya), at=LATER, proposal_id=row.pk), "once"
    run_tasks(raise_failures=True)
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["Nia Bowen <nia@fernhill.example>"], "Acorn: Proposal for Fernhill Roastery Ltd")
    ]
    assert f"/p/{offered.token}/" in str(mail.outbox[0].body)
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert ProposalMail.objects.get(kind="sent").state == "sent"
    with refused(Code.WRONG_STATE):
        save(offered, title="Dearer")
    for change in ("document = 'x'", "content_hash = ''", "link_hash = 'x'"):
        with pytest.raises(IntegrityError), transaction.atomic():
            sql.execute(f"UPDATE proposals_proposal SET {change} WHERE id = %s", (row.pk,))


def test_the_link_is_kept_nowhere() -> None:
    offered = a_sent_one()
    token = offered.token
    assert len(token) >= 40
    for table in ("proposals_proposal", "proposals_proposalmail", "django_ox_oxtask", "activity_event"):
        assert not any(token in str(value) for row in sql.rows(f"SELECT * FROM {table}") for value in row)


def test_with_another_key_no_mail_brings_a_link_that_leads_nowhere(settings: Settings) -> None:
    offered = a_sent_one()
    token = offered.token
    settings.SECRET_KEY = "another" * 8
    run_tasks()
    kept = ProposalMail.objects.get()
    assert (kept.state, "make a new version" in kept.error, mail.outbox) == ("failed", True, [])
    assert queries.client_view(token=token, at=NOW).status is Status.SENT, "the one that is out still opens"


def test_only_who_may_send_is_shown_the_link() -> None:
    offered = a_sent_one()
    pages = [
        queries.proposal_page(by=signed_in(member), at=NOW, proposal_id=offered.proposal_id)
        for member in (offered.cast.vera, offered.cast.mark, offered.cast.priya)
    ]
    assert [page.link.endswith(f"/p/{offered.token}/") for page in pages] == [False, False, True]


def test_what_keeps_it_from_being_sent_is_said() -> None:
    offered = a_draft(lines=())
    with refused(Code.BAD_VALUE, "lines"):
        offered.send()
    assert offered.row.status == "draft"


def test_the_client_looks_accepts_and_everything_is_there() -> None:
    offered = a_sent_one()
    operations.view_proposal(token=offered.token, at=NOW)
    operations.view_proposal(token=offered.token, at=LATER)
    assert (offered.row.status, offered.row.viewed_at, offered.row.views) == ("viewed", NOW, 2)
    assert offered.accept() == offered.proposal_id
    assert offered.accept(at=LATER + timedelta(days=1), name="Somebody Else") == offered.proposal_id, "once"
    kept = Acceptance.objects.get()
    assert (kept.name, kept.email, kept.at, kept.how) == ("Nia Bowen", "nia@fernhill.example", LATER, "link")
    assert (kept.address, kept.user_agent, kept.content_hash) == ("81.2.69.142", "Phone", offered.row.content_hash)
    assert Engagement.objects.filter(client=offered.client).count() == 3
    onboarding = Task.objects.get(title="Client onboarding")
    assert (onboarding.owner_id, onboarding.workflows_count) == (offered.cast.mark.pk, 1)
    started = Event.objects.filter(chain="client", verb="engagement.started")
    assert {(one.actor_kind, one.member_name) for one in started} == {("client", "Nia Bowen")}
    assert verbs(offered) == ["created", "edited", "sent", "viewed", "accepted"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Acceptance.objects.update(name="Somebody Else")


def test_a_client_who_takes_a_service_already_is_not_taken_on_again() -> None:
    a_sent_one(known=True).accept()
    assert not Task.objects.filter(title="Client onboarding").exists()


def test_work_that_is_done_once_is_a_task_with_its_workflow() -> None:
    offered = a_draft(known=True)
    template = Engagement.objects.count() and sql.value("SELECT id FROM workflows_template ORDER BY id LIMIT 1")
    save(offered, lines=(Line(name="Getting you set up", fee=25_000, per=Per.ONCE, template_id=template),))
    offered.send()
    offered.accept()
    made = queries.proposal_page(by=signed_in(offered.cast.jo), at=LATER, proposal_id=offered.proposal_id).made
    assert [(one.title, one.owner, one.due) for one in made] == [("Getting you set up", "Mark Reed", day(14))]


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = a_sent_one()

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    before = (OxTask.objects.count(), Event.objects.count())
    monkeypatch.setattr("natrium.apps.proposals.operations.answering.put_mail", fail)
    with pytest.raises(ZeroDivisionError):
        offered.accept()
    assert (Acceptance.objects.count(), Engagement.objects.count(), Task.objects.count()) == (0, 0, 0)
    assert (offered.row.status, OxTask.objects.count(), Event.objects.count()) == ("sent", *before)
    monkeypatch.undo()
    offered.accept()
    assert Acceptance.objects.count() == 1


def test_what_is_wrong_with_a_signature_is_said_at_its_field_and_changes_nothing() -> None:
    offered = a_sent_one()
    with refused(Code.BAD_VALUE, "name"):
        offered.accept(name=" ")
    with refused(Code.BAD_VALUE, "agree"):
        offered.accept(agreed=False)
    with pytest.raises(StaleEdit):
        offered.accept(content_hash="0" * 64)
    with pytest.raises(NotFound):
        operations.accept_proposal(token="guessed", at=NOW, signature=offered.signature())
    assert not Acceptance.objects.exists()


def test_after_its_last_day_it_is_open_no_longer() -> None:
    offered = a_sent_one()
    after_it = NOW + timedelta(days=31)
    with refused(Code.TOO_LATE):
        offered.accept(at=after_it)
    with refused(Code.TOO_LATE):
        operations.decline_proposal(
            token=offered.token, at=after_it, content_hash=offered.row.content_hash, reason="Late"
        )
    assert queries.client_view(token=offered.token, at=after_it).status is Status.EXPIRED
    (listed,) = queries.proposals(by=signed_in(offered.cast.jo), at=after_it)
    assert (listed.status, queries.count_open(by=signed_in(offered.cast.jo), at=after_it)) == (Status.EXPIRED, 0)


def test_declined_with_a_reason_and_that_stands() -> None:
    offered = a_sent_one()
    digest = offered.row.content_hash
    with refused(Code.REASON_NEEDED, "reason"):
        operations.decline_proposal(token=offered.token, at=LATER, content_hash=digest, reason=" ")
    for _ in range(2):
        operations.decline_proposal(token=offered.token, at=LATER, content_hash=digest, reason="Too dear")
    assert (offered.row.status, offered.row.reason, verbs(offered)[-1]) == ("declined", "Too dear", "declined")
    assert verbs(offered).count("declined") == 1
    with refused(Code.WRONG_STATE):
        offered.accept()
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=offered.proposal_id).update(status="accepted")


def test_taken_back_it_cannot_be_accepted() -> None:
    offered = a_sent_one()
    priya = signed_in(offered.cast.priya)
    assert operations.withdraw_proposal(by=priya, at=NOW, proposal_id=offered.proposal_id, reason="A mistake")
    assert not operations.withdraw_proposal(by=priya, at=NOW, proposal_id=offered.proposal_id)
    with refused(Code.WRONG_STATE):
        offered.accept()


def test_accepted_by_telephone_with_the_reason() -> None:
    offered = a_sent_one()
    priya = signed_in(offered.cast.priya)
    with refused(Code.REASON_NEEDED, "reason"):
        operations.record_acceptance(by=priya, at=LATER, proposal_id=offered.proposal_id, name="Nia Bowen", reason="")
    said = {"proposal_id": offered.proposal_id, "name": "Nia Bowen", "reason": "By telephone, 2 Nov"}
    assert operations.record_acceptance(by=priya, at=LATER, **said)  # type: ignore[arg-type]
    assert not operations.record_acceptance(by=priya, at=LATER, **said)  # type: ignore[arg-type]
    kept = Acceptance.objects.get()
    assert (kept.how, kept.reason, kept.recorded_by_id) == ("practice", "By telephone, 2 Nov", offered.cast.priya.pk)
    assert Engagement.objects.count() == 3
    line = Event.objects.get(verb="proposal.accepted")
    assert (line.actor_kind, line.member_id) == ("member", offered.cast.priya.pk)


def test_a_new_version_takes_the_old_ones_place_and_its_link_leads_there() -> None:
    offered = a_sent_one()
    old_hash, mark = offered.row.content_hash, signed_in(offered.cast.mark)
    new_id = operations.revise_proposal(by=mark, at=LATER, proposal_id=offered.proposal_id)
    assert operations.revise_proposal(by=mark, at=LATER, proposal_id=offered.proposal_id) == new_id, "one draft"
    assert not queries.client_view(token=offered.token, at=LATER).newer, "what was sent stays open until then"
    newer = replace(offered, proposal_id=new_id)
    save(newer, title="Cheaper")
    newer.send(LATER)
    seen = queries.client_view(token=offered.token, at=LATER)
    assert (seen.newer, seen.document["title"], seen.document["version"]) == (True, "Cheaper", 2)
    assert offered.row.status == "withdrawn"
    with pytest.raises(StaleEdit):
        offered.accept(content_hash=old_hash)
    assert not Acceptance.objects.exists()
    offered.accept(content_hash=newer.row.content_hash)
    assert Acceptance.objects.get().proposal_id == new_id
    (listed,) = queries.proposals(by=mark, at=LATER)
    assert (listed.id, listed.status) == (new_id, Status.ACCEPTED)


def test_the_copy_is_sealed_once_and_says_what_was_accepted() -> None:
    offered = a_sent_one()
    run_tasks(raise_failures=True)
    offered.accept(name="Nía Łukasz")
    run_tasks(raise_failures=True)
    copy = SealedCopy.objects.get()
    first = queries.client_copy(token=offered.token)
    assert (first[:5], copy.error, len(copy.sha256)) == (b"%PDF-", "", 64)
    assert not operations.seal(at=LATER, proposal_id=offered.proposal_id)
    assert queries.copy_of(by=signed_in(offered.cast.jo), proposal_id=offered.proposal_id) == first
    with pytest.raises(NotFound):
        queries.copy_of(by=signed_in(offered.cast.ben), proposal_id=offered.proposal_id)
    assert verbs(offered)[-1] == "sealed"
    assert [one.subject.partition(":")[2][:9] for one in mail.outbox] == [" Proposal", " accepted"]


def test_a_list_takes_as_many_statements_for_many_as_for_few(django_assert_num_queries: object) -> None:
    offered = a_sent_one()
    by = signed_in(offered.cast.jo)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(queries.proposals(by=by, at=NOW)) == 1
    for _ in range(5):
        operations.create_proposal(by=signed_in(offered.cast.mark), at=NOW, client_id=offered.client.pk)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(queries.proposals(by=by, at=NOW)) == 6


def test_a_client_who_has_not_answered_is_reminded_once_before_the_last_day() -> None:
    offered = a_sent_one()
    run_tasks(raise_failures=True)
    assert operations.remind(at=NOW + timedelta(days=26)) == 0, "not yet"
    for _ in range(2):
        operations.remind(at=NOW + timedelta(days=28))
        run_tasks(raise_failures=True)
    assert [one.subject for one in mail.outbox][1:] == ["Acorn: open until 2 December 2026"]
    assert f"/p/{offered.token}/" in str(mail.outbox[-1].body)


def test_who_has_answered_and_what_has_closed_is_not_reminded() -> None:
    offered = a_sent_one()
    assert operations.remind(at=NOW + timedelta(days=31)) == 0
    offered.accept()
    assert operations.remind(at=NOW + timedelta(days=28)) == 0


def test_one_that_was_sent_for_two_days_only_is_not_reminded_at_once() -> None:
    offered = a_draft()
    save(offered, expires_on=day(2))
    offered.send()
    assert operations.remind(at=LATER) == 0


def test_the_doctor_finds_an_acceptance_without_its_copy_whatever_became_of_the_job(settings: Settings) -> None:
    offered = a_sent_one()
    key, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 8
    run_tasks()
    settings.SECRET_KEY = key
    offered.accept()
    OxTask.objects.all().delete()
    (only,) = doctor.examine(at=LATER)
    assert only.what.startswith("a mail to nia@fernhill.example could not be sent: KeyChangedError: the installation")
    said = [one.what for one in doctor.examine(at=LATER + timedelta(minutes=15))]
    assert said[0] == f"its copy is not sealed. Retry at /proposals/{offered.proposal_id}/"
    operations.seal(at=LATER, proposal_id=offered.proposal_id)
    assert len(list(doctor.examine(at=LATER + timedelta(minutes=15)))) == 1
