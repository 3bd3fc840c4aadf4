"""The schedules that come with Natrium, one a service: sensible offsets, which a practice changes."""

from __future__ import annotations

from natrium.domain.deadlines.targets import Adjust
from natrium.domain.recurrence.schedule import (
    Anchor,
    Before,
    Create,
    Milestone,
    Offset,
    Parts,
    Schedule,
    Whence,
)
from natrium.domain.workflow.definition import DueUnit

AFTER_PERIOD = Create(Whence.PERIOD_END, 1)
WORKING = DueUnit.WORKING_DAYS
ACCOUNTS, RETURN, TAX_RETURN = "Annual Accounts", "VAT Return", "Self Assessment"


def _before(days: int) -> Create:
    """So many days before the due date."""
    return Create(Whence.DUE, -days)


def _accounts(service: str, who: str, target: int, create: Create = AFTER_PERIOD, workflow: str = ACCOUNTS) -> Schedule:
    return Schedule(
        service=service, who=who, anchor=Anchor.YEAR_END, rule="ch.accounts.annual", create=create,
        target=Before(target), workflow=workflow,
    )  # fmt: skip


def _tax_year(
    service: str, who: str, rule: str, target: int, milestones: tuple[Milestone, ...] = (), workflow: str = TAX_RETURN
) -> Schedule:
    return Schedule(
        service=service, who=who, anchor=Anchor.TAX_YEAR, rule=rule, create=AFTER_PERIOD, target=Before(target),
        milestones=milestones, workflow=workflow,
    )  # fmt: skip


def _once(service: str, who: str, days: int) -> Schedule:
    return Schedule(
        service=service, who=who, anchor=Anchor.EVENT, months=0, create=Create(Whence.EVENT, 0), workflow=service,
        offset=Offset(Whence.EVENT, days=days, adjust=Adjust.NEXT),
    )  # fmt: skip


def _monthly(service: str, days: int, target: int) -> Schedule:
    return Schedule(
        service=service, who="any", anchor=Anchor.CALENDAR, months=1, create=AFTER_PERIOD, workflow=service,
        offset=Offset(Whence.PERIOD_END, days=days), target=Before(target, WORKING),
    )  # fmt: skip


SCHEDULES = (
    _accounts(ACCOUNTS, "private company", 60),
    _accounts("Annual Accounts (plc)", "plc", 45),
    _accounts("LLP Accounts", "LLP", 60),
    _accounts("Dormant Accounts", "dormant company", 30, _before(90), "Annual Accounts (short)"),
    Schedule(
        service="Corporation Tax", who="company", anchor=Anchor.YEAR_END, rule="hmrc.ct.return", create=AFTER_PERIOD,
        milestones=(Milestone("Pay corporation tax", "hmrc.ct.payment"),), target=Before(90),
        workflow="Corporation Tax",
    ),
    Schedule(
        service="CT instalments", who="large or very large company", anchor=Anchor.YEAR_END, rule="hmrc.ct.qip.large",
        others=("hmrc.ct.qip.very_large",), parts=Parts.INSTALMENT, create=_before(30), target=Before(7, WORKING),
        workflow="Corporation Tax instalment",
    ),
    Schedule(
        service="Confirmation Statement", who="company, LLP", anchor=Anchor.INCORPORATION, rule="ch.cs01",
        create=_before(44), target=Before(7), workflow="Confirmation Statement",
    ),
    Schedule(
        service=RETURN, who="quarterly, stagger 1, 2 or 3", anchor=Anchor.VAT_STAGGER, months=3,
        rule="hmrc.vat.return", milestones=(Milestone("Pay VAT", "hmrc.vat.return"),), create=AFTER_PERIOD,
        target=Before(5, WORKING), workflow=RETURN,
    ),
    Schedule(
        service="VAT Return (monthly)", who="monthly, stagger 0", anchor=Anchor.VAT_MONTH, months=1,
        rule="hmrc.vat.return", create=AFTER_PERIOD, target=Before(5, WORKING), workflow=RETURN,
    ),
    Schedule(
        service="VAT Return (annual accounting)", who="annual accounting scheme", anchor=Anchor.VAT_YEAR,
        rule="hmrc.vat.annual_return", milestones=(Milestone("Interim payments", "hmrc.vat.annual_interim"),),
        create=AFTER_PERIOD, target=Before(14), workflow=RETURN,
    ),
    _tax_year(
        TAX_RETURN, "individual", "hmrc.sa.return_online", 62,
        (
            Milestone("Balancing payment and first payment on account", "hmrc.sa.balancing"),
            Milestone("Second payment on account", "hmrc.sa.poa2"),
        ),
    ),
    Schedule(
        service="MTD ITSA Quarterly", who="sole trader or landlord over the threshold", anchor=Anchor.TAX_QUARTER,
        months=3, rule="hmrc.mtd_it.quarterly", parts=Parts.INCOME_SOURCE, create=AFTER_PERIOD, target=Before(7),
        workflow="MTD ITSA Quarterly",
    ),
    _tax_year("Partnership Return", "partnership", "hmrc.partnership.return_online", 62),
    _tax_year(
        "Trust Return", "trust, estate", "hmrc.trust.return_online", 62,
        (Milestone("Confirm details of the trust register", "hmrc.trust.return_online"),),
    ),
    Schedule(
        service="Payroll Monthly", who="employer", anchor=Anchor.PAY_DATES, months=0, rule="hmrc.paye.fps",
        milestones=(Milestone("EPS", "hmrc.paye.eps"), Milestone("Pay PAYE", "hmrc.paye.payment_electronic")),
        create=Create(Whence.DUE, -7, WORKING), target=Before(2, WORKING), workflow="Payroll Monthly",
    ),
    _tax_year("Payroll year end (P60)", "employer", "hmrc.paye.p60", 14, workflow="Payroll Monthly"),
    _tax_year(
        "P11D", "employer with benefits", "hmrc.p11d", 21, (Milestone("Pay Class 1A", "hmrc.class1a_electronic"),),
        "P11D",
    ),
    Schedule(
        service="CIS", who="contractor", anchor=Anchor.TAX_MONTH, months=1, rule="hmrc.cis.return",
        milestones=(Milestone("Pay CIS", "hmrc.cis.payment_electronic"),), create=AFTER_PERIOD,
        target=Before(3, WORKING), workflow="CIS",
    ),
    Schedule(
        service="Auto-enrolment re-declaration", who="employer", anchor=Anchor.DUTIES_START, months=36,
        rule="tpr.redeclaration", create=_before(240), target=Before(30), workflow="",
    ),
    Schedule(
        service="ATED", who="company with a dwelling over £500,000", anchor=Anchor.ATED_YEAR, rule="hmrc.ated.return",
        create=_before(60), target=Before(7), workflow="",
    ),
    _monthly("Bookkeeping Monthly", 14, 3),
    _monthly("Management Accounts", 20, 5),
    Schedule(
        service="Charity Accounts", who="charity", anchor=Anchor.YEAR_END, rule="ccew.annual_return",
        others=("oscr.annual_return",), create=AFTER_PERIOD, target=Before(60), workflow="Charity Accounts",
    ),
    Schedule(
        service="AML Annual Review", who="every client", anchor=Anchor.AML_REVIEW,
        offset=Offset(Whence.PERIOD_START, months=12), create=_before(30), target=Before(7),
        workflow="AML Annual Review",
    ),
    _once("Client Onboarding", "new client", 14),
    _once("Client Offboarding", "leaving client", 30),
    _once("Company Formation", "new company", 10),
)  # fmt: skip
