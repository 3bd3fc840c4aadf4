"""What was ticked, and what is to be done to it, as a form or an address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.http import QueryDict

from natrium.apps.practices import queries as practices
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import AttachTemplate, DueOn, GiveTo, MoveTarget, Outcome, SetHold, TaskDeed
from natrium.apps.workflows.queries import overview
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.workflow.actions import Action, AssignTo, Claim, Complete, Skip, Start, Wait
from natrium.domain.workflow.definition import WaitsOn
from natrium.domain.workflow.model import Hold
from natrium.web.http import Asked, whole_number
from natrium.web.practice import filters as filter_words
from natrium.web.practice.bulk_words import WAYS, Way
from natrium.web.practice.context import MATRIX
from natrium.web.work.lists import MINE, of_section

NOBODY = "none"
LIST = "/practice/list/"
HOMES = (MATRIX, MINE)
MOST_DAYS = 3_660
PLAIN: dict[str, type[Start | Complete | Claim]] = {"start": Start, "complete": Complete, "claim": Claim}


@dataclass(frozen=True, slots=True)
class Home:
    """Where the ticking is done: its place in the sidebar, its address, its name, and in a sentence."""

    place: str
    href: str
    name: str
    words: str


PRACTICE, MY_WORK = Home("practice", MATRIX, "Practice", "the overview"), Home("work", MINE, "My work", "my work")


@dataclass(frozen=True, slots=True)
class Choosing:
    """A way to change many, what was ticked, and what the form says. `back` is the page it was ticked on."""

    way: Way
    ids: tuple[int, ...]
    typed: Mapping[str, str]
    back: str

    @property
    def complete(self) -> bool:
        """Whether all that the way asks for was given."""
        return not self.way.asks or "preview" in self.typed


def chosen(query: QueryDict, who: Asked) -> Choosing:
    """What was ticked. Raises NotFound for a way that there is not."""
    way = WAYS.get(query.get("do", ""))
    if way is None:
        raise NotFound("There is no such way to change many at once.")
    typed = {name: str(value) for name, value in query.items()}
    back = back_of(typed.get("from", ""))
    return Choosing(way, tuple(_ids(query, way, back, who)), typed, back)


def back_of(address: str) -> str:
    """A page of the overview, or a list of work, to go back to; the overview's list where the address is none."""
    return address if address.startswith(HOMES) and "\\" not in address and "//" not in address else LIST


def home_of(back: str) -> Home:
    """The place that a page with rows to tick belongs to."""
    return MY_WORK if back.startswith(MINE) else PRACTICE


def _ids(query: QueryDict, way: Way, back: str, who: Asked) -> list[int]:
    if query.get("every"):
        kept = filter_words.read(QueryDict(urlsplit(back).query))
        every = overview.chosen_tasks if way.noun == "task" else overview.chosen_steps
        return every(by=who.by, at=who.at, filters=kept)
    whole = [id_ for name in query.getlist("section") for id_ in of_section(name, back, who)]
    texts = [*query.getlist(way.noun), *query.get("ids", "").split(",")]
    return whole + [number for text in texts if (number := whole_number(text)) is not None]


def preview(choosing: Choosing, who: Asked) -> Outcome:
    """What it would come to. Raises NotFound and Refusal."""
    if choosing.way.noun == "step":
        action = _action(choosing, who)
        return operations.preview_steps(by=who.by, at=who.at, step_ids=choosing.ids, action=action)
    return operations.preview_tasks(by=who.by, at=who.at, task_ids=choosing.ids, deed=_deed(choosing))


def do(choosing: Choosing, who: Asked) -> Outcome:
    """Does it, once for the form it came from. Raises NotFound and Refusal."""
    once = choosing.typed.get("once", "")[:64]
    if choosing.way.noun == "step":
        action = _action(choosing, who)
        return operations.act_on_many(by=who.by, at=who.at, step_ids=choosing.ids, action=action, once=once)
    return operations.change_many(by=who.by, at=who.at, task_ids=choosing.ids, deed=_deed(choosing), once=once)


def _action(choosing: Choosing, who: Asked) -> Action | DueOn:
    typed = choosing.typed
    match choosing.way.key:
        case "assign":
            to = _person(typed)
            member = practices.member_of(practice_id=who.by.practice_id, member_id=to) if to is not None else None
            return AssignTo("", member)
        case "skip":
            return Skip("", typed.get("reason", ""))
        case "wait":
            on = typed.get("on", "")
            return Wait("", typed.get("reason", ""), WaitsOn(on) if on in set(WaitsOn) else None, typed.get("whom", ""))
        case "due":
            if not typed.get("due_on", "").strip():
                raise Refusal(Code.BAD_VALUE, "Say on which day they are due.", field="due_on")
            return DueOn(_day(typed["due_on"].strip(), "due_on"))
        case plain:
            return PLAIN[plain]("")


def _deed(choosing: Choosing) -> TaskDeed:
    typed = choosing.typed
    match choosing.way.key:
        case "owner":
            return GiveTo(_person(typed))
        case "target":
            return _target(typed)
        case "attach":
            number = whole_number(typed.get("template"))
            if number is None:
                raise Refusal(Code.BAD_VALUE, "Choose a template.", field="template")
            return AttachTemplate(number)
        case word:
            hold = {"hold": Hold.ON_HOLD, "cancel": Hold.CANCELLED, "resume": Hold.NONE}[word]
            return SetHold(hold, typed.get("reason", ""))


def _person(typed: Mapping[str, str]) -> int | None:
    text = typed.get("person", "")
    if text == NOBODY:
        return None
    number = whole_number(text)
    if number is None:
        raise Refusal(Code.BAD_VALUE, "Choose who is to have them.", field="person")
    return number


def _target(typed: Mapping[str, str]) -> MoveTarget:
    days, on = typed.get("days", "").strip(), typed.get("on", "").strip()
    if bool(days) == bool(on):
        raise Refusal(Code.BAD_VALUE, "Say by how many days, or to which day: one of the two.", field="days")
    if on:
        return MoveTarget(to=_day(on, "on"))
    try:
        number = int(days)
    except ValueError:
        number = 0
    if not number or abs(number) > MOST_DAYS:
        words = f"Give a whole number of days, not 0 and not beyond {MOST_DAYS:,}: 7, or -7 for earlier."
        raise Refusal(Code.BAD_VALUE, words, field="days")
    return MoveTarget(days=number)


def _day(text: str, field: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal(Code.BAD_VALUE, "That is no date. Write it as 2027-01-31.", field=field) from None
    if not 1900 <= day.year <= 2200:
        raise Refusal(Code.BAD_VALUE, "Give a day from 1900 to 2200.", field=field)
    return day
