"""Companies House: accounts, the accounting reference date, the confirmation statement."""

from __future__ import annotations

from datetime import date

from natrium.domain.deadlines.conditions import After, Both, IsGiven, Not
from natrium.domain.deadlines.expressions import (
    ByChoice,
    DaysAfter,
    Latest,
    MonthEnd,
    MonthsAfter,
    MonthsBeginning,
    Of,
    When,
)
from natrium.domain.deadlines.inputs import Choice, Day, Input
from natrium.domain.deadlines.rule import Deed, Rule, Sense, Version

COMPANY_TYPE = Input("company_type", "the type of company", Choice(("private", "llp", "plc")))
ARP_END = Input("arp_end", "the year end", Day())
INCORPORATED = Input("incorporated", "incorporation", Day())
NOTICE = "the notice that shortened the period"

# Years that began on or after 6 April 2008 come under Part 15 of the Companies Act 2006 (SI 2007/3495).
ACT_OF_2006 = date(2009, 4, 5)

FILING_MONTHS = ByChoice("company_type", (("private", 9), ("llp", 9), ("plc", 6)))
ORDINARY = MonthsAfter(Of("arp_end"), FILING_MONTHS)
ANNIVERSARY = MonthsAfter(Of("incorporated"), 12)
OVER_A_YEAR = After(Of("arp_end"), MonthsBeginning(Of("incorporated"), 12))
# s.442(3), and s.442(2) for a first period of a year or less.
FIRST = When(
    Both((IsGiven("incorporated"), OVER_A_YEAR)),
    Latest(MonthsAfter(ANNIVERSARY, FILING_MONTHS), ((IsGiven("incorporated"), MonthsAfter(Of("arp_end"), 3)),)),
    ORDINARY,
    because="the first period is longer than 12 months",
)
AFTER_NOTICE = ((IsGiven("notice_date"), MonthsAfter(Of("notice_date"), 3)),)

FIRST_PERIOD = (
    Sense(
        Not(Both((IsGiven("incorporated"), Not(After(Of("arp_end"), MonthsBeginning(Of("incorporated"), 6)))))),
        "arp_end",
        "A first accounting reference period is longer than 6 months (Companies Act 2006 s.391(5)), and the year end "
        "given is not that long after incorporation.",
    ),
    Sense(
        Not(Both((IsGiven("incorporated"), After(Of("arp_end"), MonthsBeginning(Of("incorporated"), 18))))),
        "arp_end",
        "A first accounting reference period is not longer than 18 months (Companies Act 2006 s.391(5)), and the year "
        "end given is further from incorporation.",
    ),
)
BORN_LATER = After(Of("incorporated"), Of("notice_date"))
NOTICE_IN_TIME = (
    Sense(
        Not(Both((IsGiven("notice_date"), IsGiven("incorporated"), BORN_LATER))),
        "notice_date",
        "Notice is not given before the company is incorporated.",
    ),
    # The unshortened period had at most 18 months more, and accounts for it were due 9 months later.
    Sense(
        Not(Both((IsGiven("notice_date"), After(Of("notice_date"), MonthsAfter(Of("arp_end"), 27))))),
        "notice_date",
        "Notice is not given once the time for filing is over (Companies Act 2006 s.392(4)), and the date given is "
        "more than 27 months after the year end.",
    ),
)

EARLIER = IsGiven("last_confirmation_date")
REVIEW_END = MonthsBeginning(When(EARLIER, DaysAfter(Of("last_confirmation_date"), 1), Of("incorporated")), 12)

RULES = (
    Rule(
        name="ch.accounts.annual",
        title="Accounts to Companies House",
        deed=Deed.FILE,
        inputs=(COMPANY_TYPE, ARP_END),
        governed=Of("arp_end"),
        versions=(
            Version(
                source="Companies Act 2006 s.442(2), s.443; LLPs: SI 2008/1911 reg 17",
                since=ACT_OF_2006,
                due=ORDINARY,
            ),
        ),
    ),
    Rule(
        name="ch.accounts.first",
        title="First accounts to Companies House",
        deed=Deed.FILE,
        inputs=(COMPANY_TYPE, INCORPORATED, ARP_END, Input("notice_date", NOTICE, Day(), optional=True)),
        governed=Of("arp_end"),
        sense=(*FIRST_PERIOD, *NOTICE_IN_TIME),
        versions=(
            Version(
                source="Companies Act 2006 s.442(2)-(4), s.443",
                since=ACT_OF_2006,
                due=Latest(FIRST, AFTER_NOTICE),
            ),
        ),
    ),
    Rule(
        name="ch.accounts.shortened",
        title="Accounts to Companies House after the period was shortened",
        deed=Deed.FILE,
        inputs=(
            COMPANY_TYPE,
            ARP_END,
            Input("notice_date", NOTICE, Day()),
            Input("incorporated", "incorporation", Day(), optional=True),
        ),
        governed=Of("arp_end"),
        sense=(*FIRST_PERIOD, *NOTICE_IN_TIME),
        versions=(
            Version(
                source="Companies Act 2006 s.442(4), s.392, s.443",
                since=ACT_OF_2006,
                due=Latest(FIRST, AFTER_NOTICE),
                note="Incorporation is given where the period shortened is the company's first.",
            ),
        ),
    ),
    Rule(
        name="ch.ard.default",
        title="End of the first accounting reference period",
        deed=Deed.KNOW,
        inputs=(INCORPORATED,),
        governed=Of("incorporated"),
        statutory=False,
        versions=(
            Version(
                source="Companies Act 2006 s.391(4)-(5); before 1 October 2009 Companies Act 1985 s.224",
                since=date(1996, 4, 1),
                due=MonthEnd(ANNIVERSARY),
            ),
        ),
    ),
    Rule(
        name="ch.cs01",
        title="Confirmation statement",
        deed=Deed.FILE,
        inputs=(
            Input("incorporated", "incorporation", Day(), optional=True),
            Input("last_confirmation_date", "the last confirmation date", Day(), optional=True),
        ),
        governed=REVIEW_END,
        sense=(
            Sense(
                Not(Both((Not(EARLIER), Not(IsGiven("incorporated"))))),
                "incorporated",
                "Incorporation is missing, or the last confirmation date where there is one.",
            ),
            Sense(
                Not(Both((EARLIER, IsGiven("incorporated"), After(Of("incorporated"), Of("last_confirmation_date"))))),
                "last_confirmation_date",
                "The last confirmation date lies before incorporation.",
            ),
        ),
        versions=(
            Version(
                source="Companies Act 2006 s.853A(1), (5), (6)",
                since=date(2016, 6, 30),
                due=DaysAfter(REVIEW_END, 14),
                note="A statement made early begins a new review period the day after its confirmation date.",
            ),
        ),
    ),
)
