"""Hartwell Joinery's year-end accounts: one job in which a step of every kind can be seen, and that was made to fit."""

from __future__ import annotations

from datetime import timedelta

from natrium.apps.workflows.operations import TaskFacts
from natrium.demo.desk import Desk
from natrium.demo.months import day_and_month, months_after
from natrium.domain.workflow.actions import AddStep, Comment, Complete, EditGroup, Skip, Start, Wait
from natrium.domain.workflow.definition import Assign, Order, Rule, StepDefinition, WaitsOn

CLIENT = "Hartwell Joinery Ltd"
REQUEST, RECEIVE, DRAFT = "request-information-from-client", "receive-and-review-information", "prepare-draft-accounts"
GATHERING, PREPARATION = "information-gathering", "draft-preparation"
OWNER = Assign(rule=Rule.TASK_OWNER)


def hartwell(desk: Desk) -> int:
    """The accounts of the year that ended some eight months ago; a month is left to Companies House's date."""
    end = months_after(desk.today, -8)
    facts = TaskFacts(
        title=f"Annual accounts y/e {day_and_month(end)} {end.year}", client_id=desk.clients[CLIENT],
        service="Annual Accounts", owner_id=desk.id_of("Megan"), period_start=months_after(end, -12) + timedelta(1),
        period_end=end, target_date=months_after(end, 9) - timedelta(20), statutory_date=months_after(end, 9),
        other_dates=(("Pay corporation tax", months_after(end, 9) + timedelta(1)),),
    )  # fmt: skip
    _, (workflow,) = desk.make("Tom", desk.ago(40, 9, 0), facts, "Annual Accounts")
    _gather(desk, workflow)
    _prepare(desk, workflow, day_and_month(end))
    return 1


def _gather(desk: Desk, workflow: int) -> None:
    """Records came in; the visit for the stock count was left out."""
    visit = StepDefinition(key="visit-premises", name="Visit premises for stock count", assign=OWNER, estimate=120)
    left_out = Skip("visit-premises", "Stock below £20k, count not needed this year.")
    desk.act("Megan", desk.ago(38, 9, 52), workflow, Complete(REQUEST))
    desk.edit("Tom", desk.ago(37, 11, 8), workflow, AddStep(GATHERING, visit))
    desk.act("Tom", desk.ago(24, 16, 31), workflow, left_out)
    desk.act("Megan", desk.ago(22, 15, 14), workflow, Complete(RECEIVE))


def _prepare(desk: Desk, workflow: int, year_end: str) -> None:
    """The draft under way, the stock valuation with the client, the tax ready for anybody."""
    loosen = EditGroup(PREPARATION, {"order": Order.ANY}, "Stock and tax can go on beside the draft.")
    desk.edit("Priya", desk.ago(20, 10, 20), workflow, loosen)
    added = (
        StepDefinition(key="reconcile-loans", name="Reconcile directors’ loan accounts", assign=OWNER, estimate=90),
        StepDefinition(key="prepare-tax", name="Prepare corporation tax computation", estimate=90),
        StepDefinition(
            key="confirm-stock", name=f"Confirm stock valuation at {year_end}", assign=OWNER, estimate=20,
            waits_on=WaitsOn.CLIENT,
        ),
    )  # fmt: skip
    for place, step in enumerate(added):
        desk.edit("Tom", desk.ago(5, 9, 20 + place), workflow, AddStep(PREPARATION, step, 0 if place == 0 else None))
    wait = Wait("confirm-stock", "Stock sheets signed by a director, asked for twice", WaitsOn.CLIENT, "Dan Hartwell")
    desk.act("Megan", desk.ago(5, 10, 2), workflow, wait)
    desk.act("Megan", desk.ago(3, 17, 3), workflow, Complete("reconcile-loans"))
    desk.act("Megan", desk.ago(1, 14, 2), workflow, Start(DRAFT))
    note = Comment(DRAFT, "Lease moved to the directors’ pension in May. Use the new rent from 1 June, and disclose.")
    desk.act("Megan", desk.ago(1, 14, 40), workflow, note)
    ask = Comment(DRAFT, "Thanks, @Megan Doyle. @Priya Raman, do you want the lease in the notes this year?")
    desk.act("Tom", desk.ago(1, 16, 5), workflow, ask)
    of_client = "@Megan Doyle, Dan is away until Monday. Ring Sue about the stock sheets, before 8:30 or after five."
    desk.say_of("Tom", desk.ago(1, 16, 20), CLIENT, of_client)
