"""Refusals of what is done with proposals."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from natrium.apps.catalogue import operations as catalogue
from natrium.apps.database import sql
from natrium.apps.proposals import operations, queries
from natrium.domain.errors import Code
from natrium.domain.proposals.money import Per
from natrium.domain.proposals.offer import Line
from tests.builders import signed_in
from tests.ways.cases import LONG, Case
from tests.ways.deeds import RecordAcceptance, ReviseProposal, SaveProposal, SendProposal, WithdrawProposal
from tests.ways.stage import Situation, Stage


def a_draft(stage: Stage, *lines: Line) -> int:
    """A draft to the client, which could be sent but for its lines."""
    mark, at = signed_in(stage.job.cast.mark), stage.clock.at
    proposal_id = operations.create_proposal(by=mark, at=at, client_id=stage.job.client.pk)
    offer = queries.proposal_page(by=mark, at=at, proposal_id=proposal_id).offer
    whole = replace(offer, to_name="Nia Bowen", to_email="nia@example.org", lines=lines)
    operations.save_proposal(by=mark, at=at, proposal_id=proposal_id, offer=whole)
    return proposal_id


def drafted(stage: Stage) -> None:
    """There is a draft with nothing in it."""
    a_draft(stage)


def sent(stage: Stage) -> None:
    """A proposal is with the client."""
    proposal_id = a_draft(stage, Line(name="Advice", fee=10_000, per=Per.ONCE))
    operations.send_proposal(by=signed_in(stage.job.cast.priya), at=stage.clock.at, proposal_id=proposal_id)


def accepted(stage: Stage) -> None:
    """It was accepted."""
    sent(stage)
    operations.record_acceptance(
        by=signed_in(stage.job.cast.priya), at=stage.clock.at, proposal_id=newest(), name="Nia Bowen", reason="A call"
    )  # fmt: skip


def withdrawn(stage: Stage) -> None:
    """It was taken back."""
    sent(stage)
    operations.withdraw_proposal(by=signed_in(stage.job.cast.priya), at=stage.clock.at, proposal_id=newest())


def expired(stage: Stage) -> None:
    """Its last day has passed: it is the night after."""
    proposal_id = a_draft(stage, Line(name="Advice", fee=10_000, per=Per.ONCE))
    mark, at = signed_in(stage.job.cast.mark), stage.clock.at
    offer = queries.proposal_page(by=mark, at=at, proposal_id=proposal_id).offer
    today = replace(offer, expires_on=at.date())
    operations.save_proposal(by=mark, at=at, proposal_id=proposal_id, offer=today)
    operations.send_proposal(by=signed_in(stage.job.cast.priya), at=at, proposal_id=proposal_id)
    stage.clock.later(15 * 60)


def spoiled(stage: Stage) -> None:
    """It is with the client, and the service that it starts is sold no more."""
    mark, at = signed_in(stage.job.cast.mark), stage.clock.at
    service = catalogue.take_ready_service(by=mark, at=at, key="Payroll Monthly")
    proposal_id = a_draft(stage, Line(name="Payroll", fee=4_800, per=Per.MONTH, service_id=service))
    operations.send_proposal(by=signed_in(stage.job.cast.priya), at=at, proposal_id=proposal_id)
    catalogue.archive_service(by=mark, at=at, service_id=service)


def newest() -> int:
    """The proposal that the situation is about."""
    return int(sql.value("SELECT COALESCE(MAX(id), 1) FROM proposals_proposal"))


def on_it(deed: Callable[..., Any], **given: str) -> Callable[[Stage], Any]:
    """A deed on the newest proposal."""
    return lambda _: deed(newest(), **given)


def case(code: Code, deed: Callable[..., Any], before: Situation, who: str, words: str, **given: str) -> Case:
    """A refusal of a deed on the newest proposal."""
    return Case(code, on_it(deed, **given), before, who, words)


def of_proposals() -> Iterator[tuple[str, Case]]:
    """Writing, sending, withdrawing, a new version, an acceptance by telephone."""
    no, state, bad = Code.NOT_ALLOWED, Code.WRONG_STATE, Code.BAD_VALUE
    for who in ("vera", "jo"):
        yield f"save proposal: {who}", case(no, SaveProposal, drafted, who, "To write proposals takes a manager")
        yield f"revise proposal: {who}", case(no, ReviseProposal, sent, who, "To write proposals takes a manager")
    for who in ("vera", "mark"):
        yield f"send proposal: {who}", case(no, SendProposal, drafted, who, "To send proposals takes a partner")
        yield f"withdraw proposal: {who}", case(no, WithdrawProposal, sent, who, "To send proposals takes a partner")
        yield f"record acceptance: {who}", case(no, RecordAcceptance, sent, who, "To send proposals takes a partner")
    yield "save proposal: sent", case(state, SaveProposal, sent, "mark", "What was sent does not change")
    yield "save proposal: no title", case(bad, SaveProposal, drafted, "mark", "needs a title", title=" ")
    yield "send proposal: withdrawn", case(state, SendProposal, withdrawn, "priya", "was withdrawn")
    yield "send proposal: nothing in it", case(bad, SendProposal, drafted, "priya", "There is nothing in it yet")
    yield "withdraw proposal: accepted", case(state, WithdrawProposal, accepted, "priya", "was accepted already")
    yield (
        "withdraw proposal: too long a reason",
        case(bad, WithdrawProposal, sent, "priya", "20,001 characters", reason=LONG),
    )
    yield "revise proposal: a draft", case(state, ReviseProposal, drafted, "mark", "has not been sent yet")
    yield "record acceptance: withdrawn", case(state, RecordAcceptance, withdrawn, "priya", "was withdrawn")
    yield (
        "record acceptance: a service is archived",
        case(Code.BLOCKED, RecordAcceptance, spoiled, "priya", "“Payroll Monthly” is archived"),
    )
    yield "record acceptance: late", case(Code.TOO_LATE, RecordAcceptance, expired, "priya", "its last day has passed")
    yield (
        "record acceptance: no reason",
        case(Code.REASON_NEEDED, RecordAcceptance, sent, "priya", "Say why", reason=" "),
    )
    yield "record acceptance: no name", case(bad, RecordAcceptance, sent, "priya", "Type your full name", name="-")


CASES = (of_proposals(),)
