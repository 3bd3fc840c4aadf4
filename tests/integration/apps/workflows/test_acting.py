"""Every action: what it makes of the step, the events it writes, its repetition, and refusals that change nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from natrium.apps.database import sql
from natrium.apps.workflows import operations
from natrium.domain.errors import Code, StaleEdit
from natrium.domain.workflow.actions import (
    Action,
    AssignTo,
    Claim,
    Comment,
    Complete,
    Confirm,
    OverridePrerequisites,
    Reopen,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.definition import WaitsOn
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import Job, all_well, done, events_after, everything, last_event, refused

type Prepare = Callable[[Job], object]


@dataclass(frozen=True, slots=True)
class Case:
    """An action by somebody in a situation: the events as (verb, step), and the state of the step afterwards."""

    action: Callable[[Job], Action]
    events: list[tuple[str, str]]
    state: str
    prepare: Prepare = lambda _: None
    who: str = "jo"
    repeats: str = ""


WAIT = Wait("ask", "Bank statements", WaitsOn.CLIENT, "Mr Widget")
CASES = {
    "start": Case(lambda _: Start("ask"), [("step.started", "ask")], "in_progress", repeats="Jo Evans"),
    "wait": Case(lambda _: WAIT, [("step.waiting", "ask")], "waiting"),
    "wait again in other words": Case(
        lambda _: Wait("ask", "Invoices", WaitsOn.CLIENT),
        [("step.waiting", "ask")],
        "waiting",
        lambda job: job.act(job.cast.jo, WAIT),
    ),
    "resume": Case(
        lambda _: Resume("ask"),
        [("step.resumed", "ask")],
        "in_progress",
        lambda job: job.act(job.cast.jo, Start("ask"), WAIT),
        repeats="Jo Evans",
    ),
    "complete": Case(
        lambda _: Complete("ask"),
        [("step.completed", "ask")],
        "done",
        lambda job: job.act(job.cast.jo, Start("ask")),
        repeats="Jo Evans",
    ),
    "complete from todo": Case(
        lambda _: Complete("ask"), [("step.started", "ask"), ("step.completed", "ask")], "done", repeats="Jo Evans"
    ),
    "complete while waiting": Case(
        lambda _: Complete("ask"),
        [("step.started", "ask"), ("step.completed", "ask")],
        "done",
        lambda job: job.act(job.cast.jo, WAIT),
        repeats="Jo Evans",
    ),
    "reopen": Case(
        lambda _: Reopen("ask", "A page is missing"),
        [("step.reopened", "ask"), ("step.staled", "receive")],
        "in_progress",
        lambda job: job.act(job.cast.jo, Complete("ask"), Complete("receive")),
        repeats="Jo Evans",
    ),
    "reopen with cascade": Case(
        lambda _: Reopen("ask", "A page is missing", cascade=True),
        [("step.reopened", "ask"), ("step.returned", "receive")],
        "in_progress",
        lambda job: job.act(job.cast.jo, Complete("ask"), Complete("receive")),
        repeats="Jo Evans",
    ),
    "confirm": Case(
        lambda _: Confirm("receive"),
        [("step.confirmed", "receive")],
        "done",
        lambda job: (
            job.act(job.cast.jo, Complete("ask"), Complete("receive"))
            and job.act(job.cast.jo, Reopen("ask", "A page is missing"))
            and job.act(job.cast.jo, Complete("ask"))
        ),
        repeats="Jo Evans",
    ),
    "skip": Case(lambda _: Skip("notes", "Dormant"), [("step.skipped", "notes")], "skipped", repeats="Jo Evans"),
    "unskip": Case(
        lambda _: Unskip("notes"),
        [("step.unskipped", "notes")],
        "blocked",
        lambda job: job.act(job.cast.mark, Skip("notes", "Dormant")),
        repeats="nobody",
    ),
    "override": Case(
        lambda _: OverridePrerequisites("receive", ("ask",), "They brought it in"),
        [("step.overridden", "receive")],
        "ready",
        who="mark",
        repeats="Mark Reed",
    ),
    "complete anyway": Case(
        lambda _: OverridePrerequisites("receive", ("ask",), "They brought it in", Complete("receive")),
        [("step.overridden", "receive"), ("step.started", "receive"), ("step.completed", "receive")],
        "done",
        who="mark",
        repeats="Mark Reed",
    ),
    "assign": Case(
        lambda job: AssignTo("ask", signed_in(job.cast.priya).member),
        [("step.assigned", "ask")],
        "ready",
        repeats="Priya Shah",
    ),
    "assign to nobody": Case(lambda _: AssignTo("ask", None), [("step.assigned", "ask")], "ready", repeats="nobody"),
    "claim": Case(lambda _: Claim("receive"), [("step.claimed", "receive")], "blocked", repeats="Jo Evans"),
    "comment": Case(lambda _: Comment("file", "Mind the deadline"), [("comment.added", "file")], "blocked"),
    "comment on the whole": Case(lambda _: Comment("", "A good client"), [("comment.added", "")], ""),
}


@pytest.mark.parametrize("name", CASES)
def test_an_action_writes_its_events_and_nothing_else(job: Job, name: str) -> None:
    case = CASES[name]
    case.prepare(job)
    before, who = last_event(), getattr(job.cast, case.who)
    acted = job.act(who, case.action(job), after=1)
    events = events_after(before)
    assert [(event["verb"], event["key"]) for event in events] == case.events
    assert acted.verbs == tuple(verb for verb, _ in case.events)
    assert {event["by"] for event in events} == {who.name}
    if case.state:
        assert job.state(case.action(job).key) == case.state
    all_well()


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.repeats])
def test_a_repetition_answers_who_did_it_and_changes_nothing(job: Job, name: str) -> None:
    case = CASES[name]
    case.prepare(job)
    job.act(getattr(job.cast, case.who), case.action(job))
    before = everything()
    again = job.act(job.cast.mark if "assign" in name else getattr(job.cast, case.who), case.action(job), after=5)
    [repetition] = again.repetitions
    assert (repetition.by.name if repetition.by else "nobody") == case.repeats
    assert again.verbs == ()
    assert everything() == before


def test_waiting_again_in_the_same_words_is_a_repetition(job: Job) -> None:
    job.act(job.cast.jo, WAIT)
    before = everything()
    assert job.act(job.cast.mark, WAIT, after=9).repetitions[0].at == NOW
    assert everything() == before


def settle(job: Job, *keys: str) -> None:
    job.work(*keys)


ALL_BUT_FILE = ("ask", "receive", "draft", "notes", "check", "sign", "approve")
REFUSED: dict[str, tuple[Prepare, str, Callable[[Job], Action], Code]] = {
    "viewers work nothing": (lambda _: None, "vera", lambda _: Start("ask"), Code.NOT_ALLOWED),
    "staff do not work a manager's step": (lambda _: None, "jo", lambda _: Complete("check"), Code.NOT_ALLOWED),
    "a manager does not work a partner's step": (lambda _: None, "mark", lambda _: Start("sign"), Code.NOT_ALLOWED),
    "staff do not override": (
        lambda _: None, "jo", lambda _: OverridePrerequisites("receive", ("ask",), "x"), Code.NOT_ALLOWED,
    ),
    "a manager does not go past a blocking step": (
        lambda job: settle(job, "ask", "receive", "draft"),
        "mark",
        lambda _: OverridePrerequisites("approve", ("check",), "x"),
        Code.NOT_ALLOWED,
    ),
    "a blocked step": (lambda _: None, "jo", lambda _: Complete("receive"), Code.BLOCKED),
    "a stale step": (
        lambda job: job.act(job.cast.jo, Complete("ask"), Complete("receive"))
        and job.act(job.cast.jo, Reopen("ask", "x")),
        "jo", lambda _: Complete("receive"), Code.STALE,
    ),
    "starting what is done": (lambda job: settle(job, "ask"), "jo", lambda _: Start("ask"), Code.WRONG_STATE),
    "skipping what is done": (lambda job: settle(job, "ask"), "jo", lambda _: Skip("ask", "x"), Code.WRONG_STATE),
    "a required step": (lambda _: None, "priya", lambda _: Skip("sign", "x"), Code.REQUIRED),
    "skipping without a reason": (lambda _: None, "jo", lambda _: Skip("ask", " "), Code.REASON_NEEDED),
    "sending back without a reason": (
        lambda job: settle(job, "ask"), "mark", lambda _: Reopen("ask", ""), Code.REASON_NEEDED,
    ),
    "an approval without its evidence": (
        lambda job: settle(job, *ALL_BUT_FILE[:-1]), "jo", lambda _: Complete("approve"), Code.EVIDENCE_NEEDED,
    ),
    "a filing without date and reference": (
        lambda job: settle(job, *ALL_BUT_FILE), "jo", lambda _: Complete("file"), Code.EVIDENCE_NEEDED,
    ),
    "a filing tomorrow": (
        lambda job: settle(job, *ALL_BUT_FILE),
        "jo", lambda _: Complete("file", NOW.date() + timedelta(days=2), "CH-1"), Code.BAD_VALUE,
    ),
    "a filing whose approval was skipped": (
        lambda job: settle(job, *ALL_BUT_FILE[:-1]) or job.act(job.cast.jo, Skip("approve", "By post")),
        "jo", lambda _: done("file"), Code.APPROVAL_MISSING,
    ),
    "a filing recorded otherwise": (
        lambda job: settle(job, *ALL_BUT_FILE, "file"),
        "jo", lambda _: Complete("file", date(2026, 1, 1), "CH-2"), Code.FILED,
    ),
    "sending back a filing": (
        lambda job: settle(job, *ALL_BUT_FILE, "file"), "mark", lambda _: Reopen("file", "x"), Code.FILED,
    ),
    "giving a settled step": (lambda job: settle(job, "ask"), "mark", lambda _: AssignTo("ask", None), Code.SETTLED),
    "giving a step to a leaver": (
        lambda _: None, "mark", lambda job: AssignTo("ask", signed_in(job.cast.lea).member), Code.BAD_VALUE,
    ),
    "claiming what somebody has": (lambda _: None, "mark", lambda _: Claim("ask"), Code.TAKEN),
    "an empty comment": (lambda _: None, "jo", lambda _: Comment("ask", "  "), Code.BAD_VALUE),
    "no such step": (lambda _: None, "jo", lambda _: Start("gone"), Code.UNKNOWN_KEY),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_leaves_every_row_as_it_was(job: Job, name: str) -> None:
    prepare, who, action, code = REFUSED[name]
    prepare(job)
    refusal = refused(lambda: job.act(getattr(job.cast, who), action(job)))
    assert refusal.code is code
    assert refusal.message
    all_well()


def test_several_actions_happen_in_workflow_order_or_not_at_all(job: Job) -> None:
    before = last_event()
    job.act(job.cast.jo, Complete("receive"), Complete("ask"))
    assert [event["key"] for event in events_after(before)] == ["ask", "ask", "receive", "receive"]
    assert refused(lambda: job.act(job.cast.jo, Complete("draft"), Complete("check"))).code is Code.NOT_ALLOWED
    assert job.state("draft") == "ready"
    all_well()


def test_an_action_on_an_older_rev_is_told_and_changes_nothing(job: Job) -> None:
    jo, before = signed_in(job.cast.jo), everything()
    for words in ({"if_rev": 7}, {"if_step_rev": 7}):
        with pytest.raises(StaleEdit):
            operations.act(by=jo, at=NOW, workflow_id=job.workflow_id, actions=[Start("ask")], **words)
    assert everything() == before
    rev = job.line("ask").rev
    operations.act(by=jo, at=NOW, workflow_id=job.workflow_id, actions=[Start("ask")], if_step_rev=rev)


def test_the_last_step_finishes_workflow_and_task_and_sending_back_takes_them_up_again(job: Job) -> None:
    job.work(*ALL_BUT_FILE)
    before = last_event()
    job.work("file")
    verbs = [event["verb"] for event in events_after(before)]
    assert verbs == ["step.started", "step.completed", "workflow.finished", "task.done"]
    before = last_event()
    job.act(job.cast.priya, Reopen("sign", "Wrong page"))
    assert [event["verb"] for event in events_after(before)] == ["step.reopened", "workflow.reopened", "task.reopened"]
    assert sql.value("SELECT finished_at FROM workflows_workflow") is None
    all_well()


def test_an_event_says_what_was_before_and_after(job: Job) -> None:
    before = last_event()
    job.act(job.cast.jo, Start("ask"))
    [event] = events_after(before)
    assert event["data"]["changes"]["status"] == ["todo", "in_progress"]
    assert event["name"] == "Ask"
