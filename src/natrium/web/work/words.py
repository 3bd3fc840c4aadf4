"""Sentences about a list of work."""

from datetime import date

from natrium.apps.workflows.worklists import Delegated, MyWork, WorkRow, WorkSection
from natrium.web.dates import since
from natrium.web.words import first_name, listed

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
BY_DAY = ("today", "week", "later")


def of_work(work: MyWork, *, mine: bool = True) -> str:
    """The sentence under the date: "5 steps are ready for you, and 2 are in progress. One is late."."""
    whom = "you" if mine else first_name(work.of.name)
    by_day = sum(section.count for section in work.sections if section.key in BY_DAY)
    going = by_day - work.ready
    if not work.ready and not work.late and not going:
        return f"Nothing is ready for {whom}."
    ready = f"{work.ready or 'No'} step{' is' if work.ready <= 1 else 's are'} ready for {whom}"
    going_on = f", and {going} {'is' if going == 1 else 'are'} in progress" if going > 0 else ""
    parts = [f"{ready}{going_on}."]
    alone = work.ready == 1 == by_day
    if work.late:
        parts.append(f"{'It' if alone else _count(work.late)} {'is' if work.late == 1 else 'are'} late.")
    if work.holding:
        who = "It" if alone else _count(work.holding)
        parts.append(f"{who} {'is' if work.holding == 1 else 'are'} holding up other people.")
    return " ".join(parts)


def of_delegated(found: Delegated) -> str:
    """The sentence under the heading: "12 steps are with 3 people. Two are late. One waits."."""
    if not found.count:
        return "Nothing of yours is with others."
    parts = [f"Of the {found.first_tasks:,} tasks due first:"] if found.first_tasks else []
    people = sum(holder.who is not None for holder in found.holders)
    nobodys = sum(holder.count for holder in found.holders if holder.who is None)
    if people:
        held = found.count - nobodys
        steps = f"{held} step{' is' if held == 1 else 's are'}"
        parts.append(f"{steps} with {'one person' if people == 1 else f'{people} people'}.")
    if nobodys:
        parts.append(f"{_count(nobodys)} {'is' if nobodys == 1 else 'are'} for anyone to take.")
    if found.late:
        parts.append(f"{_count(found.late)} {'is' if found.late == 1 else 'are'} late.")
    if found.waiting:
        parts.append(f"{_count(found.waiting)} {'waits' if found.waiting == 1 else 'wait'}.")
    return " ".join(parts)


def in_the_meantime(work: MyWork) -> str:
    """Where nothing is ready: what waits, and for whom; what comes next, and from whom. "" where something is."""
    sections = {section.key: section for section in work.sections}
    if work.ready or any(sections[key].count for key in BY_DAY if key in sections):
        return ""
    parts = [words(sections[key], work.today) for key, words in SAYS.items() if key in sections and sections[key].count]
    return " ".join(parts)


def _waiting(section: WorkSection, today: date) -> str:
    row = section.rows[0]
    what = f"{row.step} waits for {_whom(row)} since {since(row.since, today)}" if row.since else f"{row.step} waits"
    return f"{what}{_and_more(section)}."


def _coming(section: WorkSection, today: date) -> str:
    del today
    people = list(dict.fromkeys(first_name(row.holder.name) for row in section.rows if row.holder))
    verb = "has" if len(people) == 1 else "have"
    return f"{listed(people[:3])} {verb} what comes to you next."


def _grabs(section: WorkSection, today: date) -> str:
    del today
    return f"{_count(section.count)} {'is' if section.count == 1 else 'are'} up for grabs."


def _confirm(section: WorkSection, today: date) -> str:
    del today
    return f"{_count(section.count)} sign-off{' is' if section.count == 1 else 's are'} to be confirmed."


SAYS = {"confirm": _confirm, "waiting": _waiting, "coming": _coming, "grabs": _grabs}


def _whom(row: WorkRow) -> str:
    return row.waiting_whom or ("the client" if row.waiting_on == "client" else "a third party")


def _and_more(section: WorkSection) -> str:
    others = section.count - 1
    return f", and {others} more wait{'s' if others == 1 else ''}" if others else ""


def _count(count: int) -> str:
    """A small number as a word, a larger one in figures."""
    return NUMBERS[count].capitalize() if count < len(NUMBERS) else str(count)
