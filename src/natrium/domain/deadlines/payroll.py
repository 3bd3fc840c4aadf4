"""HMRC: PAYE, benefits, the Construction Industry Scheme. The Pensions Regulator: re-declaration."""

from __future__ import annotations

from datetime import date

from natrium.domain.deadlines.conditions import After, Both, Equals, IsGiven, Not
from natrium.domain.deadlines.context import Expression
from natrium.domain.deadlines.expressions import (
    DaysAfter,
    InMonth,
    MonthsAfter,
    MonthsBeginning,
    Of,
    OnDate,
    TaxMonthEnd,
    When,
)
from natrium.domain.deadlines.inputs import Choice, Day, Falls, Input, Whole
from natrium.domain.deadlines.rule import Deed, Rule, Sense, Version

REAL_TIME = date(2013, 4, 6)
REGULATIONS = date(2004, 4, 6)  # SI 2003/2682 came into force
NEW_CIS = date(2007, 5, 5)  # the first tax month of the scheme of 2007
BENEFITS_PAYROLLED = date(2027, 4, 5)  # 2026-27 is the last year before most benefits go through the payroll

PAYDAY = Input("payday", "payday", Day())
FREQUENCY = Input("frequency", "how often PAYE is paid", Choice(("monthly", "quarterly")))
TAX_YEAR_END = Input("tax_year_end", "the end of the tax year", Day(Falls.TAX_YEAR_END))
TAX_MONTH_END = Input("tax_month_end", "the end of the tax month", Day(Falls.TAX_MONTH_END))
YEAR = Of("tax_year_end")
PAY_PERIOD = When(Equals("frequency", "quarterly"), TaxMonthEnd(Of("payday"), quarters=True), TaxMonthEnd(Of("payday")))


def _paye(name: str, title: str, day: int) -> Rule:
    """PAYE is paid on a day of the month in which the tax month or quarter of a payday ends."""
    due = InMonth(PAY_PERIOD, day)
    version = Version(source="SI 2003/2682 regs 69, 70; HMRC DMBM520055", since=REGULATIONS, due=due)
    return Rule(
        name=name,
        title=title,
        deed=Deed.PAY,
        inputs=(PAYDAY, FREQUENCY),
        governed=Of("payday"),
        versions=(version,),
    )


def _yearly(name: str, title: str, deed: Deed, versions: tuple[Version, ...]) -> Rule:
    return Rule(name=name, title=title, deed=deed, inputs=(TAX_YEAR_END,), governed=YEAR, versions=versions)


def _benefits(name: str, title: str, deed: Deed, due: Expression, source: str, since: date | None) -> Rule:
    """What goes with benefits: two versions, since most are payrolled from 6 April 2027 on."""
    before = Version(source=source, since=since, until=BENEFITS_PAYROLLED, due=due)
    note = "Loans and accommodation, and what is not payrolled: most benefits are, from 6 April 2027 on."
    after = Version(number=2, source=source, since=date(2028, 4, 5), due=due, note=note)
    return _yearly(name, title, deed, (before, after))


def _cis(name: str, title: str, deed: Deed, days: int, source: str) -> Rule:
    version = Version(source=source, since=NEW_CIS, due=DaysAfter(Of("tax_month_end"), days))
    return Rule(
        name=name, title=title, deed=deed, inputs=(TAX_MONTH_END,), governed=Of("tax_month_end"), versions=(version,)
    )


LATER = IsGiven("last_reenrolment")
REENROLMENT = MonthsAfter(When(LATER, Of("last_reenrolment"), Of("duties_start")), 36)

RULES = (
    Rule(
        name="hmrc.paye.fps",
        title="Full payment submission",
        deed=Deed.FILE,
        inputs=(PAYDAY,),
        governed=Of("payday"),
        versions=(
            Version(source="SI 2003/2682 reg 67B", since=REAL_TIME, due=Of("payday"), note="On or before payday."),
        ),
    ),
    Rule(
        name="hmrc.paye.eps",
        title="Employer payment summary",
        deed=Deed.FILE,
        inputs=(PAYDAY,),
        governed=Of("payday"),
        versions=(
            Version(
                source="SI 2003/2682; gov.uk, running payroll: sending an EPS",
                since=REAL_TIME,
                due=InMonth(TaxMonthEnd(Of("payday")), 19),
                note="The final one of a tax year by 19 April.",
            ),
        ),
    ),
    _paye("hmrc.paye.payment_electronic", "PAYE and National Insurance, paid electronically", 22),
    _paye("hmrc.paye.payment_post", "PAYE and National Insurance, paid by post", 19),
    _yearly(
        "hmrc.paye.p60",
        "P60 to employees",
        Deed.GIVE,
        (Version(source="SI 2003/2682 reg 67", since=date(2004, 4, 5), due=OnDate(YEAR, 5, 31)),),
    ),
    _benefits(
        "hmrc.p11d",
        "P11D and P11D(b), and copies to employees",
        Deed.FILE,
        OnDate(YEAR, 7, 6),
        "SI 2003/2682 reg 85",
        date(2004, 4, 5),
    ),
    _benefits(
        "hmrc.class1a_electronic",
        "Class 1A National Insurance, paid electronically",
        Deed.PAY,
        OnDate(YEAR, 7, 22),
        "SI 2001/1004 reg 71",
        None,
    ),
    _benefits(
        "hmrc.class1a_post",
        "Class 1A National Insurance, paid by post",
        Deed.PAY,
        OnDate(YEAR, 7, 19),
        "SI 2001/1004 reg 71",
        None,
    ),
    _yearly(
        "hmrc.psa_payment_electronic",
        "PAYE settlement agreement, paid electronically",
        Deed.PAY,
        (Version(source="gov.uk, PAYE settlement agreements", due=OnDate(YEAR, 10, 22)),),
    ),
    _cis("hmrc.cis.return", "CIS contractor’s monthly return", Deed.FILE, 14, "SI 2005/2045 reg 4; HMRC CISR65020"),
    _cis("hmrc.cis.payment_electronic", "CIS deductions, paid electronically", Deed.PAY, 17, "SI 2005/2045 reg 7"),
    Rule(
        name="tpr.redeclaration",
        title="Auto-enrolment re-declaration",
        deed=Deed.FILE,
        inputs=(
            Input("duties_start", "the duties start date", Day()),
            Input("cycle", "the number of the re-declaration", Whole(1, 30)),
            Input("last_reenrolment", "the last re-enrolment date", Day(), optional=True),
        ),
        governed=Of("duties_start"),
        sense=(
            Sense(
                Not(Both((Not(Equals("cycle", 1)), Not(LATER)))),
                "last_reenrolment",
                "The last re-enrolment date is missing: from the second re-declaration on the date counts from it.",
            ),
            Sense(
                Not(Both((Equals("cycle", 1), LATER))),
                "last_reenrolment",
                "Before the first re-declaration there was no re-enrolment.",
            ),
            Sense(
                Not(Both((LATER, Not(After(Of("last_reenrolment"), Of("duties_start")))))),
                "last_reenrolment",
                "The last re-enrolment date lies before the duties start date.",
            ),
        ),
        versions=(
            Version(
                source="SI 2010/5; The Pensions Regulator, re-declaration of compliance",
                since=date(2012, 7, 1),
                due=MonthsBeginning(REENROLMENT, 5),
                note="Staff are re-enrolled within 3 months either side of the third anniversary.",
            ),
        ),
    ),
)
