"""HMRC: VAT returns and payments, and the last day for cleared funds of any payment."""

from __future__ import annotations

from datetime import date

from natrium.domain.deadlines.conditions import After, Both, IsGiven, Not
from natrium.domain.deadlines.context import Calendar
from natrium.domain.deadlines.expressions import (
    DaysAfter,
    LastWorkingDay,
    MonthsAfter,
    MonthsBeginning,
    Of,
    When,
    WorkingDaysAfter,
)
from natrium.domain.deadlines.inputs import Choice, Day, Falls, Input, Whole
from natrium.domain.deadlines.rule import Deed, Rule, Sense, Version
from natrium.domain.deadlines.series import Instalments, MonthEnds, StaggerPeriods

REGULATIONS = date(1995, 10, 20)  # SI 1995/2518 came into force
ONLINE = date(2010, 4, 1)
AGREED = "other periods have dates of their own, agreed with HMRC"
PERIOD_END = Input("period_end", "the end of the VAT period", Day(Falls.MONTH_END, AGREED))
YEAR_START = Day(Falls.MONTH_START, AGREED)
RETURN_DUE = DaysAfter(MonthsAfter(Of("period_end"), 1), 7)
STARTS_FIRST = Both((IsGiven("period_start"), Not(After(Of("period_end"), Of("period_start")))))
SHORT = Both((IsGiven("period_start"), After(MonthsBeginning(Of("period_start"), 4), Of("period_end"))))
LONG = Both((IsGiven("period_start"), After(Of("period_end"), MonthsBeginning(Of("period_start"), 12))))
MONTHLY = tuple(range(4, 13))

RULES = (
    Rule(
        name="hmrc.vat.return",
        title="VAT return and payment",
        deed=Deed.FILE_AND_PAY,
        inputs=(PERIOD_END,),
        governed=Of("period_end"),
        versions=(
            Version(
                source="VAT Regulations 1995 (SI 1995/2518) regs 25, 25A, 40; HMRC VATAC1300, VDSOG400",
                since=ONLINE,
                due=RETURN_DUE,
            ),
        ),
    ),
    Rule(
        name="hmrc.vat.return.sequence",
        title="VAT returns and payments of the next periods",
        deed=Deed.FILE_AND_PAY,
        inputs=(
            Input("stagger", "the VAT stagger", Whole(0, 3)),
            Input("from", "the first day", Day()),
            Input("count", "the number of periods", Whole(1, 60)),
        ),
        governed=Of("from"),
        versions=(
            Version(
                source="HMRC DMBM530020 (stagger groups); VATAC1300",
                since=ONLINE,
                series=StaggerPeriods(RETURN_DUE),
                note="The periods that end on the first day given or later.",
            ),
        ),
    ),
    Rule(
        name="hmrc.vat.annual_return",
        title="VAT return and balance under annual accounting",
        deed=Deed.FILE_AND_PAY,
        inputs=(
            Input("period_end", "the end of the VAT year", PERIOD_END.kind),
            Input("period_start", "the start of the VAT year", YEAR_START, optional=True),
        ),
        governed=Of("period_end"),
        sense=(
            Sense(Not(STARTS_FIRST), "period_start", "The VAT year ends before it starts."),
            Sense(Not(LONG), "period_start", "A VAT year is not longer than 12 months."),
        ),
        versions=(
            Version(
                source="VAT Regulations 1995 (SI 1995/2518) Part VII; HMRC VATAAS3400",
                since=REGULATIONS,
                due=When(
                    SHORT,
                    MonthsAfter(Of("period_end"), 1),
                    MonthsAfter(Of("period_end"), 2),
                    because="the period is shorter than 4 months",
                ),
                note="No 7 further days. The start is given where the year is a short one.",
            ),
        ),
    ),
    Rule(
        name="hmrc.vat.annual_interim",
        title="VAT interim payments under annual accounting",
        deed=Deed.PAY,
        inputs=(
            Input("period_start", "the start of the VAT year", YEAR_START),
            Input("plan", "the payment plan", Choice(("quarterly", "monthly"))),
        ),
        governed=Of("period_start"),
        versions=(
            Version(
                source="VAT Regulations 1995 (SI 1995/2518) Part VII; HMRC VATAAS4300",
                since=REGULATIONS,
                series=MonthEnds(Of("period_start"), "plan", (("quarterly", (4, 7, 10)), ("monthly", MONTHLY))),
                note="Three payments of a quarter of last year’s VAT, or nine of a tenth.",
            ),
        ),
    ),
    Rule(
        name="hmrc.vat.poa",
        title="VAT payments on account",
        deed=Deed.PAY,
        inputs=(Input("period_end", "the end of the VAT quarter", PERIOD_END.kind),),
        governed=Of("period_end"),
        versions=(
            Version(
                source="VAT Regulations 1995 (SI 1995/2518) Part VI; HMRC VDSOG400",
                since=REGULATIONS,
                series=Instalments(
                    (LastWorkingDay(MonthsAfter(Of("period_end"), -1)), LastWorkingDay(Of("period_end"))),
                    LastWorkingDay(MonthsAfter(Of("period_end"), 1)),
                ),
                note="Over £2.3 million of VAT a year. The last is the balance, with the return.",
            ),
        ),
    ),
    Rule(
        name="hmrc.vat.dd_collection",
        title="VAT collected by Direct Debit",
        deed=Deed.KNOW,
        inputs=(Input("return_due", "the date the return is due", Day()),),
        governed=Of("return_due"),
        statutory=False,
        versions=(
            Version(
                source="gov.uk, pay your VAT bill: Direct Debit",
                due=WorkingDaysAfter(Of("return_due"), 3),
            ),
        ),
    ),
    Rule(
        name="hmrc.payment.cleared_by",
        title="Last day for cleared funds",
        deed=Deed.PAY,
        inputs=(
            Input("due", "the date the payment is due", Day()),
            Input("calendar", "the bank holidays", Choice(tuple(Calendar)), optional=True),
        ),
        governed=Of("due"),
        statutory=False,
        versions=(
            Version(
                source="gov.uk, pay your VAT bill, PAYE bill, Self Assessment tax bill",
                due=LastWorkingDay(Of("due"), "calendar"),
                note="Unless paid by Faster Payments. English bank days count in all of the United Kingdom.",
            ),
        ),
    ),
)
