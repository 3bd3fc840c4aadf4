"""What is known of a client and a task's period when a rule is to be asked, and what can be read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from natrium.domain.dates import month_end, months_after, months_beginning
from natrium.domain.deadlines.inputs import as_date

PRIVATE = ("ltd", "limited", "cyf", "cyfyngedig")
PUBLIC = ("plc", "public limited company", "ccc", "cwmni cyfyngedig cyhoeddus")
PARTNERS = ("llp", "limited liability partnership", "pac", "partneriaeth atebolrwydd cyfyngedig")
ENDINGS = tuple(
    (kind, tuple(f" {ending}" for ending in endings))
    for kind, endings in (("llp", PARTNERS), ("plc", PUBLIC), ("private", PRIVATE))
)
YES, NO = "yes", "no"
QUARTERS = {
    ("standard", 7): 1, ("standard", 10): 2, ("standard", 1): 3, ("standard", 4): 4,
    ("calendar", 6): 1, ("calendar", 9): 2, ("calendar", 12): 3, ("calendar", 3): 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A client and a period. `facts` are those that hold at the period's end, as text; `dates` the task's other ones.

    `year_end` is (month, day), and `year_end_is_last` whether it means the last day of that month.
    """

    kind: str
    name: str
    facts: Mapping[str, str] = field(default_factory=dict)
    year_end: tuple[int, int] | None = None
    year_end_is_last: bool = False
    period_start: date | None = None
    period_end: date | None = None
    statutory: date | None = None
    dates: Mapping[str, date] = field(default_factory=dict)

    def fact(self, name: str) -> str | None:
        """A fact of the client, None where there is none."""
        return self.facts.get(name)

    def flag(self, name: str) -> bool | str | None:
        """A fact that is yes or no; its text where it is neither, which a rule then refuses."""
        value = self.facts.get(name)
        return {YES: True, NO: False}.get(value.lower(), value) if value else None

    def number(self, name: str) -> int | str | None:
        """A fact that is a number; its text where it is none."""
        value = self.facts.get(name)
        return int(value) if value and value.isascii() and value.isdigit() else value

    @property
    def incorporated(self) -> date | None:
        """The date of incorporation, where a fact says one."""
        return as_date(self.facts.get("incorporated"))

    @property
    def company_type(self) -> str | None:
        """Private, plc or LLP: as a fact says, else as the name must end (Companies Act 2006 s.58-59; LLP Act 2000)."""
        said = self.facts.get("company_type")
        if said:
            return said
        if self.kind == "llp":
            return "llp"
        name = self.name.lower().rstrip(". ")
        return next((kind for kind, endings in ENDINGS if name.endswith(endings)), None)

    @property
    def accounting_period_end(self) -> date | None:
        """The period's end where the period is one accounting period: known from its start, at most 12 months long."""
        if not self.period_start or not self.period_end:
            return None
        return self.period_end if self.period_end <= months_beginning(self.period_start, 12) else None

    @property
    def first_accounting_period_end(self) -> date | None:
        """The end of the period, or of its first 12 months: the earlier of the accounting periods in it."""
        if not self.period_start or not self.period_end:
            return None
        return min(self.period_end, months_beginning(self.period_start, 12))

    @property
    def last_confirmation(self) -> date | None:
        """The day before the review period, unless that begins with incorporation."""
        if not self.period_start or self.period_start == self.incorporated:
            return None
        return self.period_start - timedelta(days=1)

    @property
    def born(self) -> date | None:
        """Incorporation, where the review period begins with it."""
        return self.incorporated if self.period_start == self.incorporated else None

    @property
    def last_reenrolment(self) -> date | None:
        """The last re-enrolment that is known, where it is the one before the period."""
        return self._within_three_years(as_date(self.facts.get("last_reenrolment")))

    @property
    def cycle(self) -> int:
        """1 for the first re-declaration, 2 for each later one."""
        started = as_date(self.facts.get("duties_start"))
        later = self.facts.get("last_reenrolment") or (started and not self._within_three_years(started))
        return 2 if later else 1

    def _within_three_years(self, day: date | None) -> date | None:
        """A day, unless the period starts three years after it or later."""
        if day and self.period_start and self.period_start >= months_after(day, 36):
            return None
        return day

    @property
    def tax_year_start(self) -> date | None:
        """The 6 April of the tax year in which the period ends."""
        if not self.period_end:
            return None
        day = self.period_end
        begun = (day.month, day.day) >= (4, 6)
        return date(day.year if begun else day.year - 1, 4, 6)

    @property
    def quarter(self) -> int | None:
        """The quarter of the tax year with whose end the period ends; None where it ends with none."""
        if not self.period_end:
            return None
        return QUARTERS.get((str(self.election), self.period_end.month))

    @property
    def election(self) -> str | None:
        """Standard quarters where the period ends on a 5th, calendar ones where it ends with a month."""
        if not self.period_end:
            return None
        if self.period_end.day == 5:
            return "standard"
        return "calendar" if self.period_end == month_end(self.period_end) else None

    @property
    def partnership_year_end(self) -> date | None:
        """The year end that lies in the tax year the period is."""
        if not self.year_end or not self.period_end:
            return None
        month, number = self.year_end
        lasts = [month_end(date(self.period_end.year - back, month, 1)) for back in (0, 1)]
        ends = [last if self.year_end_is_last else last.replace(day=min(number, last.day)) for last in lasts]
        return max(day for day in ends if day <= self.period_end)
