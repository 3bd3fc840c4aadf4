"""The jobs that show what the product knows: one in each state, sent back, overridden, held, cancelled, simple."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import TaskFacts
from natrium.demo.story import ZONE, Firm
from natrium.domain.workflow.actions import (
    AddStep,
    Comment,
    Complete,
    OverridePrerequisites,
    Reopen,
    Skip,
    Start,
    Wait,
)
from natrium.domain.workflow.definition import StepDefinition, WaitsOn
from natrium.domain.workflow.model import Hold


def add(firm: Firm, ids: dict[str, int], templates: dict[str, int], today: date) -> int:
    """Adds them; returns how many tasks that makes."""
    stories = (_hartwell, _sent_back, _overridden, _held_and_cancelled, _simple, _two_workflows, _onboarding)
    return sum(tell(firm, ids, templates, today) for tell in stories)


def _on(today: date, days_ago: int, hour: int, minute: int = 0) -> datetime:
    day = today - timedelta(days=days_ago)
    while day.weekday() > 4:
        day -= timedelta(1)
    return datetime.combine(day, time(hour, minute), ZONE)


def _task(firm: Firm, at: datetime, facts: TaskFacts, *template_ids: int) -> tuple[int, int]:
    """A task made by Tom; its id and its first workflow's (0 for none)."""
    task_id = operations.create_task(by=firm.by["Tom"], at=at, facts=facts, template_ids=template_ids)
    page = queries.task_page(by=firm.by["Tom"], at=at, task_id=task_id)
    return task_id, page.workflows[0].id if page.workflows else 0


def _hartwell(firm: Firm, ids: dict[str, int], templates: dict[str, int], today: date) -> int:
    """Hartwell Joinery's second set this year: a job with an added step, a skip, one waiting, one in progress."""
    facts = TaskFacts(
        title="Interim accounts for the bank", client_id=ids["Hartwell Joinery Ltd"], service="Management Accounts",
        owner_id=firm.by["Megan"].member.id, target_date=today + timedelta(18), period_end=today - timedelta(53),
    )  # fmt: skip
    task_id, workflow = _task(firm, _on(today, 40, 8, 50), facts, templates["Management Accounts"])
    page = queries.task_page(by=firm.by["Tom"], at=firm.now, task_id=task_id)
    keys = [step.key for group in page.workflows[0].groups for step in group.steps]
    megan, tom = firm.by["Megan"], firm.by["Tom"]
    operations.act(by=megan, at=_on(today, 30, 10, 12), workflow_id=workflow, actions=[Complete(keys[0])])
    wait = Wait(keys[1], "Stock count at the warehouse, they send it on Thursday", WaitsOn.CLIENT, "Dan Hartwell")
    operations.act(by=megan, at=_on(today, 7, 15, 40), workflow_id=workflow, actions=[wait])
    step = StepDefinition(key="agree-lease-note", name="Agree lease note with the bank", estimate=30)
    operations.edit(by=tom, at=_on(today, 6, 9, 20), workflow_id=workflow, edit=AddStep("preparation", step, 2))
    note = Comment("agree-lease-note", "Lease moved to the directors’ pension in May. Use the new rent from 1 June.")
    operations.act(by=megan, at=_on(today, 3, 13, 55), workflow_id=workflow, actions=[note])
    skip = Skip(keys[5], "Not partner-led for this client.")
    operations.act(by=tom, at=_on(today, 5, 16, 31), workflow_id=workflow, actions=[skip])
    return 1


def _sent_back(firm: Firm, ids: dict[str, int], templates: dict[str, int], today: date) -> int:
    """A VAT return whose checks were sent back after the draft was signed off: the draft is stale."""
    facts = TaskFacts(
        title="VAT return, error found in August", client_id=ids["Kestrel Haulage Ltd"], service="VAT Return",
        owner_id=firm.by["Jack"].member.id, target_date=today + timedelta(4), statutory_date=today + timedelta(14),
    )  # fmt: skip
    task_id, workflow = _task(firm, _on(today, 20, 8, 45), facts, templates["VAT Return"])
    page = queries.task_page(by=firm.by["Tom"], at=firm.now, task_id=task_id)
    keys = [step.key for group in page.workflows[0].groups for step in group.steps]
    for place, key in enumerate(keys[:5]):
        at = _on(today, 15 - 2 * place, 10, 5 + place)
        operations.act(by=firm.by["Jack"], at=at, workflow_id=workflow, actions=[Complete(key)])
    back = Reopen(keys[3], "Fuel scale charge was left out for three cars.")
    operations.act(by=firm.by["Tom"], at=_on(today, 3, 11, 15), workflow_id=workflow, actions=[back])
    return 1


def _overridden(firm: Firm, ids: dict[str, int], templates: dict[str, int], today: date) -> int:
    """A client in a hurry: the draft was begun before all information was in, and the step says so for ever."""
    facts = TaskFacts(
        title="Accounts to 30 September, bank covenant", client_id=ids["Copperfield Cycles Ltd"],
        service="Annual Accounts", owner_id=firm.by["Megan"].member.id, target_date=today - timedelta(2),
        statutory_date=today + timedelta(200),
    )  # fmt: skip
    _, workflow = _task(firm, _on(today, 25, 9, 0), facts, templates["Annual Accounts"])
    request, receive, draft = (
        "request-information-from-client",
        "receive-and-review-information",
        "prepare-draft-accounts",
    )
    operations.act(by=firm.by["Megan"], at=_on(today, 24, 9, 30), workflow_id=workflow, actions=[Complete(request)])
    wait = Wait(receive, "Two loan statements are still missing", WaitsOn.CLIENT)
    operations.act(by=firm.by["Megan"], at=_on(today, 16, 14, 10), workflow_id=workflow, actions=[wait])
    reason = "The bank wants a draft by Friday; the loan statements change two lines only."
    anyway = OverridePrerequisites(draft, (receive,), reason, Start(draft))
    operations.act(by=firm.by["Priya"], at=_on(today, 9, 12, 0), workflow_id=workflow, actions=[anyway])
    return 1


def _held_and_cancelled(firm: Firm, ids: dict[str, int], templates: dict[str, int], today: date) -> int:
    """One job on hold, one cancelled, each with its reason."""
    for name, hold, reason in (
        ("Zephyr Drones Ltd", Hold.ON_HOLD, "Fees in dispute; Rosalind is talking to them."),
        ("Linnet Studio Ltd", Hold.CANCELLED, "They keep their own books after all."),
    ):
        facts = TaskFacts(
            title="Bookkeeping catch-up", client_id=ids[name], service="Bookkeeping Monthly",
            owner_id=firm.by["Jack"].member.id, target_date=today + timedelta(30),
        )  # fmt: skip
        task_id, _ = _task(firm, _on(today, 33, 9, 15), facts, templates["Bookkeeping Monthly"])
        operations.hold(by=firm.by["Tom"], at=_on(today, 12, 16, 5), task_id=task_id, to=hold, reason=reason)
    return 2


def _simple(firm: Firm, ids: dict[str, int], templates: dict[str, int], today: date) -> int:  # noqa: ARG001
    """Tasks without a workflow: a call, a form, and something of the firm's own."""
    wanted = (
        ("Year-end planning call", "Whitfield Veterinary Ltd", "Tom", 2, None),
        ("Find last year’s dividend vouchers", "Redwing Software Ltd", "Jack", 5, Start("")),
        (
            "Answer HMRC’s letter of 4 November",
            "Marcus Bell",
            "Megan",
            3,
            Wait("", "Client looks for the P60", WaitsOn.CLIENT),
        ),
        ("Renew the practice’s ICO registration", None, "Beth", 9, Complete("")),
    )
    for title, client, owner, days, action in wanted:
        facts = TaskFacts(
            title=title, client_id=ids[client] if client else None, owner_id=firm.by[owner].member.id,
            target_date=today + timedelta(days),
        )  # fmt: skip
        task_id, _ = _task(firm, _on(today, 11, 9, 40), facts)
        if action is not None:
            operations.act_on_task(by=firm.by[owner], at=_on(today, 5, 11, 20), task_id=task_id, action=action)
    return len(wanted)


def _two_workflows(firm: Firm, ids: dict[str, int], templates: dict[str, int], today: date) -> int:
    """Accounts and corporation tax on one task."""
    facts = TaskFacts(
        title="Accounts and corporation tax, y/e 31 July", client_id=ids["Greystone Surveying Ltd"],
        service="Annual Accounts", owner_id=firm.by["Megan"].member.id, target_date=today + timedelta(70),
        statutory_date=today + timedelta(150),
    )  # fmt: skip
    _, workflow = _task(firm, _on(today, 18, 9, 5), facts, templates["Annual Accounts"], templates["Corporation Tax"])
    done = [Complete("request-information-from-client")]
    operations.act(by=firm.by["Megan"], at=_on(today, 14, 10, 30), workflow_id=workflow, actions=done)
    return 1


def _onboarding(firm: Firm, ids: dict[str, int], templates: dict[str, int], today: date) -> int:
    """A new client, waiting for the previous accountant."""
    facts = TaskFacts(
        title="Onboarding: Olivia Tennant", client_id=ids["Olivia Tennant"], service="Client Onboarding",
        owner_id=firm.by["Megan"].member.id, target_date=today + timedelta(12),
    )  # fmt: skip
    task_id, workflow = _task(firm, _on(today, 13, 9, 0), facts, templates["Client Onboarding"])
    page = queries.task_page(by=firm.by["Tom"], at=firm.now, task_id=task_id)
    keys = [step.key for group in page.workflows[0].groups for step in group.steps]
    megan, rosalind = firm.by["Megan"], firm.by["Rosalind"]
    operations.act(by=megan, at=_on(today, 12, 10, 0), workflow_id=workflow, actions=[Complete(keys[0])])
    operations.act(by=rosalind, at=_on(today, 11, 15, 20), workflow_id=workflow, actions=[Complete(keys[1])])
    wait = Wait(keys[2], "Asked for clearance and last year’s return", WaitsOn.THIRD_PARTY, "Previous accountant")
    operations.act(by=megan, at=_on(today, 10, 9, 30), workflow_id=workflow, actions=[wait])
    return 1
