"""Dwellings (ATED, capital gains), charities, and the practice's own target."""

from __future__ import annotations

from datetime import date

from natrium.domain.deadlines.conditions import Equals
from natrium.domain.deadlines.expressions import DaysAfter, Of, OnDate, SameDayAfter, When
from natrium.domain.deadlines.inputs import Day, Falls, Flag, Input
from natrium.domain.deadlines.rule import Deed, Rule, Version

DWELLINGS = date(2014, 4, 1)  # the first period with these dates; those of 2013-14 were put off
SIXTY_DAYS = date(2021, 10, 27)
FY_END = Input("fy_end", "the end of the financial year", Day())

RULES = (
    Rule(
        name="hmrc.ated.return",
        title="Annual Tax on Enveloped Dwellings",
        deed=Deed.FILE_AND_PAY,
        inputs=(Input("chargeable_period_start", "the start of the chargeable period", Day(Falls.ATED_START)),),
        governed=Of("chargeable_period_start"),
        versions=(
            Version(
                source="Finance Act 2013 Part 3; gov.uk, ATED",
                since=DWELLINGS,
                due=OnDate(Of("chargeable_period_start"), 4, 30),
            ),
        ),
    ),
    Rule(
        name="hmrc.ated.acquired",
        title="Annual Tax on Enveloped Dwellings, dwelling acquired",
        deed=Deed.FILE_AND_PAY,
        inputs=(
            Input("acquired", "acquisition", Day()),
            Input("new_build", "whether the dwelling is newly built", Flag(), optional=True),
        ),
        governed=Of("acquired"),
        versions=(
            Version(
                source="Finance Act 2013 Part 3; gov.uk, ATED",
                since=DWELLINGS,
                due=When(
                    Equals("new_build", value=True),
                    DaysAfter(Of("acquired"), 90, first=True),
                    DaysAfter(Of("acquired"), 30, first=True),
                    because="the dwelling is newly built",
                ),
            ),
        ),
    ),
    Rule(
        name="ccew.annual_return",
        title="Charity annual return, England and Wales",
        deed=Deed.FILE,
        inputs=(FY_END,),
        governed=Of("fy_end"),
        versions=(
            Version(
                source="Charities Act 2011 s.169",
                since=date(2012, 3, 14),
                due=SameDayAfter(Of("fy_end"), 10),
            ),
        ),
    ),
    Rule(
        name="oscr.annual_return",
        title="Charity annual return and accounts, Scotland",
        deed=Deed.FILE,
        inputs=(FY_END,),
        governed=Of("fy_end"),
        versions=(
            Version(
                source="SSI 2006/218 reg 5",
                since=date(2007, 3, 31),
                due=SameDayAfter(Of("fy_end"), 9),
            ),
        ),
    ),
    Rule(
        name="hmrc.cgt_property",
        title="Capital gains on UK property",
        deed=Deed.FILE_AND_PAY,
        inputs=(Input("completion", "completion", Day()),),
        governed=Of("completion"),
        versions=(
            Version(
                source="Finance Act 2019 Sch 2 para 3",
                since=date(2020, 4, 6),
                until=date(2021, 10, 26),
                due=DaysAfter(Of("completion"), 30),
            ),
            Version(
                number=2,
                source="Finance Act 2019 Sch 2 para 3, as amended from 27 October 2021",
                since=SIXTY_DAYS,
                due=DaysAfter(Of("completion"), 60),
            ),
        ),
    ),
    Rule(
        name="internal.target",
        title="The practice’s own target",
        deed=Deed.KNOW,
        inputs=(Input("due", "the due date", Day()),),
        governed=Of("due"),
        statutory=False,
        versions=(Version(source="The practice’s own choice", due=Of("due")),),
    ),
)
