"""HMRC: corporation tax, its return and its instalments."""

from __future__ import annotations

from datetime import date

from natrium.domain.deadlines.conditions import After, Both, IsGiven, Not
from natrium.domain.deadlines.context import Expression
from natrium.domain.deadlines.expressions import DaysAfter, Latest, MonthsAfter, MonthsBeginning, Of, When
from natrium.domain.deadlines.inputs import Day, Input
from natrium.domain.deadlines.rule import Deed, Rule, Sense, Version
from natrium.domain.deadlines.series import Instalments

SELF_ASSESSMENT = date(1999, 7, 1)
AP_START = Input("ap_start", "the start of the accounting period", Day())
AP_END = Input("ap_end", "the end of the accounting period", Day())
ONE_PERIOD = (
    Sense(
        After(Of("ap_end"), Of("ap_start")),
        "ap_end",
        "The accounting period ends before it starts.",
    ),
    Sense(
        Not(After(Of("ap_end"), MonthsBeginning(Of("ap_start"), 12))),
        "ap_end",
        "An accounting period for corporation tax is not longer than 12 months: a longer period of account is two of "
        "them.",
    ),
)

WHOLE = (IsGiven("poa_start"), IsGiven("poa_end"))
WHOLE_PERIOD = When(
    After(Of("poa_end"), MonthsBeginning(Of("poa_start"), 18)),
    MonthsBeginning(Of("poa_start"), 30),
    MonthsAfter(Of("poa_end"), 12),
    because="the period of account is longer than 18 months",
)
RETURN_SENSE = (
    Sense(
        Not(Both((IsGiven("poa_end"), Not(IsGiven("poa_start"))))),
        "poa_start",
        "The start of the period of account is missing: with its end it says how long the period is.",
    ),
    Sense(
        Not(Both((IsGiven("poa_start"), Not(IsGiven("poa_end"))))),
        "poa_end",
        "The end of the period of account is missing: with its start it says how long the period is.",
    ),
    Sense(
        Not(Both((*WHOLE, Not(After(Of("period_end"), Of("poa_start")))))),
        "period_end",
        "The period of the return ends before the period of account starts.",
    ),
    Sense(
        Not(Both((*WHOLE, After(Of("period_end"), Of("poa_end"))))),
        "period_end",
        "The period of the return ends after the period of account.",
    ),
    Sense(
        Not(Both((IsGiven("notice_served"), Not(After(Of("notice_served"), Of("period_end")))))),
        "notice_served",
        "A notice to file is served after the end of the period.",
    ),
)


def _instalments(first_months: int, final: Expression) -> Instalments:
    """Three dates a quarter apart, and the final one."""
    first = DaysAfter(MonthsAfter(Of("ap_start"), first_months), 13)
    second = MonthsAfter(first, 3)
    return Instalments((first, second, MonthsAfter(second, 3)), final)


RULES = (
    Rule(
        name="hmrc.ct.payment",
        title="Corporation tax",
        deed=Deed.PAY,
        inputs=(AP_END,),
        governed=Of("ap_end"),
        versions=(
            Version(
                source="TMA 1970 s.59D; HMRC CTM01800",
                since=date(1993, 10, 1),
                due=DaysAfter(MonthsAfter(Of("ap_end"), 9), 1),
            ),
        ),
    ),
    Rule(
        name="hmrc.ct.return",
        title="Company tax return (CT600)",
        deed=Deed.FILE,
        inputs=(
            Input("period_end", "the end of the return’s period", Day()),
            Input("poa_start", "the start of the period of account", Day(), optional=True),
            Input("poa_end", "the end of the period of account", Day(), optional=True),
            Input("notice_served", "the notice to file", Day(), optional=True),
        ),
        governed=Of("period_end"),
        sense=RETURN_SENSE,
        versions=(
            Version(
                source="Finance Act 1998 Sch 18 para 14; HMRC CTM93030, CTM93040",
                since=SELF_ASSESSMENT,
                due=Latest(
                    MonthsAfter(Of("period_end"), 12),
                    (
                        (IsGiven("poa_end"), WHOLE_PERIOD),
                        (IsGiven("notice_served"), MonthsAfter(Of("notice_served"), 3)),
                    ),
                ),
                note="The period of account is given where it is longer than the period of the return.",
            ),
        ),
    ),
    Rule(
        name="hmrc.ct.qip.large",
        title="Corporation tax instalments, large company",
        deed=Deed.PAY,
        inputs=(AP_START, AP_END),
        governed=Of("ap_end"),
        sense=ONE_PERIOD,
        versions=(
            Version(
                source="SI 1998/3175 reg 5; HMRC CTM92560 to CTM92590",
                since=SELF_ASSESSMENT,
                series=_instalments(6, DaysAfter(MonthsAfter(Of("ap_end"), 3), 14)),
                note="Profits over £1.5 million, shared by associated companies.",
            ),
        ),
    ),
    Rule(
        name="hmrc.ct.qip.very_large",
        title="Corporation tax instalments, very large company",
        deed=Deed.PAY,
        inputs=(AP_START, AP_END),
        governed=Of("ap_start"),
        sense=ONE_PERIOD,
        versions=(
            Version(
                source="SI 1998/3175; HMRC CTM92805, COM95050",
                since=date(2019, 4, 1),
                series=_instalments(2, DaysAfter(MonthsAfter(Of("ap_end"), -1), 14)),
                note="Profits over £20 million, shared by associated companies.",
            ),
        ),
    ),
)
