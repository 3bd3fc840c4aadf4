"""The jobs that show what the product knows: sent back, overridden, nobody to ask, held, cancelled, simple."""

from __future__ import annotations

from datetime import timedelta

from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.demo.desk import Desk
from natrium.demo.hartwell import DRAFT, RECEIVE, REQUEST, hartwell
from natrium.demo.months import day_and_month, months_after
from natrium.domain.workflow.actions import Comment, Complete, OverridePrerequisites, Reopen, Skip, Start, Wait
from natrium.domain.workflow.definition import WaitsOn
from natrium.domain.workflow.model import Hold


def add(desk: Desk) -> int:
    """Adds them; returns how many tasks that makes."""
    stories = (
        hartwell, _interim, _sent_back, _overridden, _nobody_to_ask, _held_and_cancelled, _simple, _two_workflows,
        _onboarding,
    )  # fmt: skip
    return sum(tell(desk) for tell in stories)


def _keys(desk: Desk, template: str) -> list[str]:
    return [step.key for step in desk.steps[template]]


def _interim(desk: Desk) -> int:
    """Figures for a bank: one step waiting on the client, one skipped."""
    end = months_after(desk.today, -2)
    facts = TaskFacts(
        title=f"Management accounts for the bank, to {day_and_month(end)}", client_id=desk.clients["Linnet Studio Ltd"],
        service="Management Accounts", owner_id=desk.id_of("Megan"), target_date=desk.today + timedelta(18),
        period_start=months_after(end, -6) + timedelta(1), period_end=end,
    )  # fmt: skip
    _, (workflow,) = desk.make("Tom", desk.ago(28, 9, 5), facts, "Management Accounts")
    keys = _keys(desk, "Management Accounts")
    desk.act("Megan", desk.ago(21, 10, 12), workflow, Complete(keys[0]))
    wait = Wait(keys[1], "Stock count at the warehouse, they send it on Thursday", WaitsOn.CLIENT, "Stephen Bellamy")
    desk.act("Megan", desk.ago(5, 15, 40), workflow, wait)
    desk.act("Tom", desk.ago(4, 16, 31), workflow, Skip("partner-commentary", "Not partner-led for this client."))
    return 1


def _sent_back(desk: Desk) -> int:
    """A VAT return whose checks were sent back after the draft was signed off: the draft is stale."""
    end = months_after(desk.today, -1)
    facts = TaskFacts(
        title=f"VAT return, month to {day_and_month(end)}", client_id=desk.clients["Kestrel Haulage Ltd"],
        service="VAT Return", owner_id=desk.id_of("Jack"), period_start=months_after(end, -1) + timedelta(1),
        period_end=end, target_date=months_after(end, 1), statutory_date=months_after(end, 1) + timedelta(7),
    )  # fmt: skip
    _, (workflow,) = desk.make("Tom", desk.ago(14, 9, 2), facts, "VAT Return")
    keys = _keys(desk, "VAT Return")
    for place, key in enumerate(keys[:5]):
        desk.act("Jack", desk.ago(11 - 2 * place, 10, 5 + place), workflow, Complete(key))
    desk.act("Tom", desk.ago(2, 11, 15), workflow, Reopen(keys[3], "Fuel scale charge was left out for three cars."))
    note = Comment(keys[3], "@Tom Adeyemi, found the three cars. The scale charge is in the client’s own sheet, tab 4.")
    desk.act("Jack", desk.ago(1, 16, 40), workflow, note)
    return 1


def _overridden(desk: Desk) -> int:
    """A client in a hurry, and late: the draft was begun before all information was in, and the step says so."""
    end = months_after(desk.today, -2)
    facts = TaskFacts(
        title=f"Accounts for the bank, nine months to {day_and_month(end)}",
        client_id=desk.clients["Saltmarsh Brewing Co Ltd"], service="Annual Accounts", owner_id=desk.id_of("Megan"),
        period_start=months_after(end, -9) + timedelta(1), period_end=end, target_date=desk.today - timedelta(3),
    )  # fmt: skip
    _, (workflow,) = desk.make("Tom", desk.ago(18, 9, 1), facts, "Annual Accounts")
    desk.act("Megan", desk.ago(17, 9, 30), workflow, Complete(REQUEST))
    wait = Wait(RECEIVE, "Two loan statements are still missing", WaitsOn.CLIENT)
    desk.act("Megan", desk.ago(11, 14, 10), workflow, wait)
    reason = "The bank wants a draft by Friday; the loan statements change two lines only."
    anyway = OverridePrerequisites(DRAFT, (RECEIVE,), reason, Start(DRAFT))
    desk.act("Priya", desk.ago(6, 12, 5), workflow, anyway)
    note = Comment(DRAFT, "@Megan Doyle, the bank rang. Can they have figures by Thursday?")
    desk.act("Priya", desk.ago(1, 10, 25), workflow, note)
    return 1


def _nobody_to_ask(desk: Desk) -> int:
    """Accounts of a client without a partner, and of one whose manager has left: a step has nobody, and says so."""
    end = months_after(desk.today, -2)
    task_id = 0
    for days, name in ((16, "Westgate Cafe Ltd"), (15, "Upland Wool Ltd")):
        facts = TaskFacts(
            title=f"Annual accounts y/e {day_and_month(end)} {end.year}", client_id=desk.clients[name],
            service="Annual Accounts", owner_id=desk.id_of("Megan"), period_start=months_after(end, -12) + timedelta(1),
            period_end=end, target_date=months_after(end, 7), statutory_date=months_after(end, 9),
        )  # fmt: skip
        task_id, (workflow,) = desk.make("Tom", desk.ago(days, 9, 3), facts, "Annual Accounts")
        desk.act("Megan", desk.ago(days - 4, 11, 20), workflow, Complete(REQUEST))
    text = "Lea looked after them. Who takes them on? Rosalind knows the family."
    operations.comment_on_task(by=desk.firm.by["Megan"], at=desk.ago(10, 13, 5), task_id=task_id, text=text)
    text = "@Aisha Khan and @Tom Adeyemi, let us settle this on Thursday. I have said hello to them."
    operations.comment_on_task(by=desk.firm.by["Rosalind"], at=desk.ago(1, 12, 20), task_id=task_id, text=text)
    return 2


def _held_and_cancelled(desk: Desk) -> int:
    """One job on hold, one cancelled, each with its reason."""
    for name, hold, reason in (
        ("Zephyr Drones Ltd", Hold.ON_HOLD, "Fees in dispute; Rosalind is talking to them."),
        ("Linnet Studio Ltd", Hold.CANCELLED, "They keep their own books after all."),
    ):
        facts = TaskFacts(
            title="Bookkeeping catch-up", client_id=desk.clients[name], service="Bookkeeping Monthly",
            owner_id=desk.id_of("Jack"), target_date=desk.today + timedelta(30),
        )  # fmt: skip
        task_id, _ = desk.make("Tom", desk.ago(23, 9, 15), facts, "Bookkeeping Monthly")
        operations.hold(by=desk.firm.by["Tom"], at=desk.ago(8, 16, 5), task_id=task_id, to=hold, reason=reason)
    return 2


def _simple(desk: Desk) -> int:
    """Tasks without a workflow: a call, a form, a letter, and something of the firm's own."""
    letter = desk.ago(13, 9).date()
    wanted = (
        ("Year-end planning call", "Whitfield Veterinary Ltd", "Tom", 2, None),
        ("Find last year’s dividend vouchers", "Redwing Software Ltd", "Jack", 5, Start("")),
        (f"Answer HMRC’s letter of {letter.day} {letter:%B}", "Marcus Bell", "Megan", 3,
         Wait("", "Client looks for the P60", WaitsOn.CLIENT)),
        ("Renew the practice’s ICO registration", None, "Beth", 9, Complete("")),
    )  # fmt: skip
    for title, client, owner, days, action in wanted:
        facts = TaskFacts(
            title=title, client_id=desk.clients[client] if client else None, owner_id=desk.id_of(owner),
            target_date=desk.today + timedelta(days),
        )  # fmt: skip
        task_id, _ = desk.make("Tom", desk.ago(8, 9, 40), facts)
        if action is not None:
            operations.act_on_task(by=desk.firm.by[owner], at=desk.ago(3, 11, 20), task_id=task_id, action=action)
    return len(wanted)


def _two_workflows(desk: Desk) -> int:
    """Accounts and corporation tax on one task."""
    end = months_after(desk.today, -4)
    facts = TaskFacts(
        title=f"Accounts and corporation tax y/e {day_and_month(end)} {end.year}",
        client_id=desk.clients["Greystone Surveying Ltd"], service="Annual Accounts", owner_id=desk.id_of("Megan"),
        period_start=months_after(end, -12) + timedelta(1), period_end=end, target_date=months_after(end, 7),
        statutory_date=months_after(end, 9),
        other_dates=(("Pay corporation tax", months_after(end, 9) + timedelta(1)),),
    )  # fmt: skip
    at = desk.ago(13, 9, 4)
    _, (accounts, tax) = desk.make("Tom", at, facts, "Annual Accounts", "Corporation Tax")
    desk.act("Megan", desk.ago(10, 10, 30), accounts, Complete(REQUEST))
    first, second, *_ = _keys(desk, "Corporation Tax")
    desk.act("Megan", desk.ago(9, 14, 45), tax, Start(first))
    by, to = desk.firm.by["Tom"], desk.id_of("Jack")
    operations.assign(by=by, at=desk.ago(1, 11, 35), workflow_id=tax, key=second, to_id=to)
    return 1


def _onboarding(desk: Desk) -> int:
    """A new client, waiting for the previous accountant."""
    facts = TaskFacts(
        title="Onboarding", client_id=desk.clients["Olivia Tennant"], service="Client Onboarding",
        owner_id=desk.id_of("Megan"), target_date=desk.today + timedelta(12),
    )  # fmt: skip
    _, (workflow,) = desk.make("Aisha", desk.ago(10, 9, 30), facts, "Client Onboarding")
    keys = _keys(desk, "Client Onboarding")
    desk.act("Megan", desk.ago(9, 10, 5), workflow, Complete(keys[0]))
    desk.act("Rosalind", desk.ago(8, 15, 20), workflow, Complete(keys[1]))
    wait = Wait(keys[2], "Asked for clearance and last year’s return", WaitsOn.THIRD_PARTY, "Previous accountant")
    desk.act("Megan", desk.ago(7, 9, 30), workflow, wait)
    note = Comment(keys[2], "@Rosalind Marsh, they want a word with a partner first. Could you ring them?")
    desk.act("Megan", desk.ago(1, 15, 12), workflow, note)
    return 1
