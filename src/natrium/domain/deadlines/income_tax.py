"""HMRC: Self Assessment, Making Tax Digital for Income Tax, partnerships and trusts."""

from __future__ import annotations

from datetime import date

from natrium.domain.deadlines.conditions import After, Both, Equals, IsGiven, Not
from natrium.domain.deadlines.context import Expression
from natrium.domain.deadlines.expressions import Chosen, MonthsAfter, MonthsBeginning, Of, OnDate, When
from natrium.domain.deadlines.inputs import Choice, Day, Falls, Flag, Input, Whole
from natrium.domain.deadlines.rule import Deed, Rule, Sense, Version
from natrium.domain.deadlines.series import QuarterToDate

TAX_YEAR_END = Input("tax_year_end", "the end of the tax year", Day(Falls.TAX_YEAR_END))
YEAR = Of("tax_year_end")
SELF_ASSESSMENT = date(1997, 4, 5)  # the first year of Self Assessment, 1996-97
TWO_DATES = date(2008, 4, 5)  # from 2007-08 paper returns are due earlier (FA 2007 s.88)
DIGITAL = date(2026, 4, 6)

ONLINE = OnDate(YEAR, 1, 31, plus=1)
PAPER = OnDate(YEAR, 10, 31)


def _yearly(name: str, title: str, deed: Deed, due: Expression, source: str, since: date | None) -> Rule:
    """A date that the law names for each tax year."""
    version = Version(source=source, since=since, due=due)
    return Rule(name=name, title=title, deed=deed, inputs=(TAX_YEAR_END,), governed=YEAR, versions=(version,))


def _partnership(name: str, title: str, months: int, otherwise: Expression) -> Rule:
    """With a company as partner, and a period that ends late in the tax year, months from the period's end."""
    period = Of("relevant_period_end")
    late = Both((Equals("corporate_partner", value=True), Not(After(OnDate(YEAR, 2, 1), period))))
    return Rule(
        name=name,
        title=title,
        deed=Deed.FILE,
        inputs=(
            TAX_YEAR_END,
            Input("corporate_partner", "whether a company is a partner", Flag()),
            Input("relevant_period_end", "the end of the partnership’s period", Day(), optional=True),
        ),
        governed=YEAR,
        sense=(
            Sense(
                Not(Both((Equals("corporate_partner", value=True), Not(IsGiven("relevant_period_end"))))),
                "relevant_period_end",
                "The end of the partnership’s period is missing: with a company as partner the date depends on it.",
            ),
            Sense(
                Not(Both((IsGiven("relevant_period_end"), After(period, YEAR)))),
                "relevant_period_end",
                "The partnership’s period ends after the tax year it is returned for.",
            ),
            Sense(
                Not(Both((IsGiven("relevant_period_end"), Not(After(period, MonthsAfter(YEAR, -12)))))),
                "relevant_period_end",
                "The partnership’s period ends before the tax year it is returned for.",
            ),
        ),
        versions=(
            Version(
                source="TMA 1970 s.12AA; HMRC SAM120033, SAM120034",
                since=TWO_DATES,
                due=When(
                    late,
                    MonthsAfter(period, months),
                    otherwise,
                    because="a company is a partner and the period ends between 1 February and 5 April",
                ),
            ),
        ),
    )


TAX_YEAR_START = Input("tax_year_start", "the start of the tax year", Day(Falls.TAX_YEAR_START))
QUARTER_ENDS = MonthsBeginning(Of("tax_year_start"), 12)
QUARTERS = (
    OnDate(Of("tax_year_start"), 8, 7),
    OnDate(Of("tax_year_start"), 11, 7),
    OnDate(Of("tax_year_start"), 2, 7, plus=1),
    OnDate(QUARTER_ENDS, 5, 7),
)

RULES = (
    _yearly(
        "hmrc.sa.return_online",
        "Self Assessment return, online",
        Deed.FILE,
        ONLINE,
        "TMA 1970 s.8(1D)",
        SELF_ASSESSMENT,
    ),
    _yearly(
        "hmrc.sa.return_paper", "Self Assessment return, on paper", Deed.FILE, PAPER, "TMA 1970 s.8(1D)", TWO_DATES
    ),
    _yearly(
        "hmrc.sa.notify", "Tell HMRC of tax to pay", Deed.TELL, OnDate(YEAR, 10, 5), "TMA 1970 s.7", date(1996, 4, 5)
    ),
    _yearly(
        "hmrc.sa.coding_out",
        "Self Assessment return, for tax collected through PAYE",
        Deed.FILE,
        OnDate(YEAR, 12, 30),
        "gov.uk, Self Assessment deadlines",
        None,
    ),
    _yearly(
        "hmrc.sa.balancing", "Self Assessment balancing payment", Deed.PAY, ONLINE, "TMA 1970 s.59B", SELF_ASSESSMENT
    ),
    _yearly(
        "hmrc.sa.poa1",
        "Self Assessment, first payment on account",
        Deed.PAY,
        OnDate(YEAR, 1, 31),
        "TMA 1970 s.59A(2)",
        SELF_ASSESSMENT,
    ),
    _yearly(
        "hmrc.sa.poa2",
        "Self Assessment, second payment on account",
        Deed.PAY,
        OnDate(YEAR, 7, 31),
        "TMA 1970 s.59A(2)",
        SELF_ASSESSMENT,
    ),
    _partnership("hmrc.partnership.return_online", "Partnership return, online", 12, ONLINE),
    _partnership("hmrc.partnership.return_paper", "Partnership return, on paper", 9, PAPER),
    _yearly(
        "hmrc.trust.return_online",
        "Trust and estate return, online",
        Deed.FILE,
        ONLINE,
        "TMA 1970 s.8A",
        SELF_ASSESSMENT,
    ),
    _yearly(
        "hmrc.trust.return_paper", "Trust and estate return, on paper", Deed.FILE, PAPER, "TMA 1970 s.8A", TWO_DATES
    ),
    Rule(
        name="hmrc.mtd_it.quarterly",
        title="Quarterly update of Making Tax Digital for Income Tax",
        deed=Deed.FILE,
        inputs=(
            TAX_YEAR_START,
            Input("quarter", "the quarter", Whole(1, 4)),
            Input("election", "the quarters chosen", Choice(("standard", "calendar")), optional=True),
        ),
        governed=Of("tax_year_start"),
        versions=(
            Version(
                source="SI 2021/1076 reg 7(5)",
                until=date(2025, 4, 6),
                due=Chosen("quarter", QUARTERS),
                period=QuarterToDate(),
                note="Volunteers only.",
            ),
            Version(
                number=2,
                source="SI 2026/336",
                since=DIGITAL,
                due=Chosen("quarter", QUARTERS),
                period=QuarterToDate(),
                note="One update for each source of income; standard quarters unless calendar ones were elected.",
            ),
        ),
    ),
    Rule(
        name="hmrc.mtd_it.final",
        title="Tax return through Making Tax Digital for Income Tax",
        deed=Deed.FILE,
        inputs=(TAX_YEAR_END,),
        governed=YEAR,
        versions=(
            Version(source="TMA 1970 s.8; SI 2021/1076", until=date(2026, 4, 5), due=ONLINE),
            Version(number=2, source="TMA 1970 s.8; SI 2026/336", since=date(2027, 4, 5), due=ONLINE),
        ),
    ),
)
