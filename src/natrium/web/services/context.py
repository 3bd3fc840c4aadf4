"""The page of a service: its cards, the next dates of the one that is open, who has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from natrium.apps.catalogue import queries
from natrium.apps.catalogue.operations import RecurringFacts
from natrium.apps.catalogue.queries import EngagementLine, ServicePage
from natrium.apps.clients import queries as clients
from natrium.apps.workflows.panels import Choice
from natrium.domain.errors import NotFound, Refusal
from natrium.domain.recurrence import codec
from natrium.domain.recurrence.schedules import SCHEDULES
from natrium.domain.roles import Deed, may
from natrium.web.http import Asked, is_htmx, page, whole_number
from natrium.web.laws import in_our_words
from natrium.web.refused import STATUS
from natrium.web.services import recurring
from natrium.web.services.cards import Card, card_of
from natrium.web.services.choices import Choices, choices
from natrium.web.services.upcoming import Next, lines

FEW, MOST_CLIENTS = 8, 200
NEW = "new"
READY = {one.service: one for one in SCHEDULES}


@dataclass(frozen=True, slots=True)
class Asking:
    """Which card is open and what was typed there; `client_id` whose dates are shown. `pressed`: the word just now.

    `started`: for how many clients it was started just now.

    `no` is what was refused: of the service's own form where `details` says what was typed there, else of the card's.
    """

    task: str = ""
    word: str = ""
    pressed: bool = False
    started: int = 0
    like: str = ""
    client_id: int | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    no: Refusal | None = None
    details: Mapping[str, str] | None = None


def asking_of(query: Mapping[str, str]) -> Asking:
    """What an address or a form asks for."""
    given = {name: query[name] for name in recurring.NAMES if name in query}
    word = query.get("word", query.get("open", ""))
    client_id = whole_number(query.get("client"))
    return Asking(
        query.get("task", ""),
        word,
        "word" in query,
        whole_number(query.get("started")) or 0,
        query.get("like", ""),
        client_id,
        given,
    )


def service_page(request: HttpRequest, who: Asked, service_id: int, asking: Asking) -> HttpResponse:
    """The page, or, where htmx asks for it, the one card. Raises NotFound."""
    found = queries.service_page(by=who.by, service_id=service_id)
    offered = choices(who)
    cards = _cards(found, offered, asking)
    shown = next((card for card in cards if card.shown), None)
    takers = _takers(who, service_id)
    candidates = _candidates(who, takers, asking.client_id)
    chosen = asking.client_id if asking.client_id is not None else next((one.id for one in candidates), None)
    context: dict[str, Any] = {
        "service_id": service_id,
        "choices": offered,
        "clients": candidates,
        "card": shown,
        "next": _next(who, shown, chosen, candidates) if shown else None,
        "can_edit": may(who.by.member.role, Deed.EDIT_SERVICE),
        "pressed": asking.pressed,
        "token": get_token(request),
    }
    status = STATUS[asking.no.code] if asking.no else 200
    if is_htmx(request) and shown is not None:
        return page(request, "services/_card.html", context, place="services", status=status)
    context |= _around(who, found, asking, takers) | {"cards": cards, "adding": asking.task == NEW}
    return page(request, "services/service.html", context, place="services", status=status)


def facts_of(found: ServicePage, asking: Asking) -> RecurringFacts:
    """The kept facts of the card that is open; for a new one, those that it begins with. Raises NotFound."""
    for line in found.recurring:
        if str(line.id) == asking.task:
            return line.facts
    if asking.task != NEW:
        raise NotFound("There is no such recurring task.")
    like = READY.get(asking.like)
    pattern = "{service} {period_end:%b %Y}" if like is None or like.months < 12 else "{service} {period_end:%Y}"
    return RecurringFacts(title_pattern=pattern, schedule=codec.to_dict(like or recurring.PLAIN))


def _cards(found: ServicePage, offered: Choices, asking: Asking) -> list[Card]:
    """A card for each recurring task: the one asked for is open, else the first."""
    ids = {str(line.id) for line in found.recurring}
    if asking.task and asking.task not in ids | {NEW}:
        raise NotFound("There is no such recurring task.")
    opened = asking.task or next((str(line.id) for line in found.recurring), "")
    name = found.line.name
    no = asking.no if asking.details is None else None
    cards = [
        card_of(
            id_=line.id, rev=line.rev, kept=line.facts, service=name, choices=offered,
            given=asking.given if str(line.id) == opened else None, open_=asking.word,
            no=no if str(line.id) == opened else None,
        )
        for line in found.recurring
    ]  # fmt: skip
    if opened == NEW:
        kept = facts_of(found, asking)
        cards.append(
            card_of(
                id_=0, rev=0, kept=kept, service=name, choices=offered, given=asking.given, open_=asking.word, no=no,
                like=asking.like,
            )
        )  # fmt: skip
    return cards


def _candidates(who: Asked, takers: tuple[EngagementLine, ...], asked_for: int | None) -> list[Choice]:
    """Clients whose dates can be shown: those who take the service, else any; and the one asked for."""
    found = list(dict.fromkeys(Choice(one.client_id, one.client) for one in takers))[:MOST_CLIENTS]
    if not found:
        first = clients.clients(practice_id=who.by.practice_id, limit=MOST_CLIENTS).clients
        found = [Choice(line.id, line.name) for line in first]
    if asked_for is not None and asked_for not in {one.id for one in found}:
        line = clients.client(practice_id=who.by.practice_id, client_id=asked_for).line
        found = [Choice(line.id, line.name), *found]
    return found


def _next(who: Asked, card: Card, client_id: int | None, candidates: list[Choice]) -> Next:
    """The next dates of what the card says now: by the same function that makes the tasks."""
    if client_id is None or card.errors:
        return Next(client_id=client_id)
    client = next(one.name for one in candidates if one.id == client_id)
    try:
        found = queries.preview(by=who.by, at=who.at, facts=card.facts, service=card.service, client_id=client_id)
    except (Refusal, NotFound) as no:
        return Next(client_id, client, missing=(str(no),))
    return Next(client_id, client, lines(found.dates), tuple(in_our_words(words) for words in found.waiting))


def _takers(who: Asked, service_id: int) -> tuple[EngagementLine, ...]:
    """Those who take it now, or will."""
    found = queries.engagements_of_service(by=who.by, service_id=service_id, at=who.at)
    return tuple(one for one in found if one.state != "ended")


def _around(who: Asked, found: ServicePage, asking: Asking, takers: tuple[EngagementLine, ...]) -> dict[str, Any]:
    line = found.line
    typed = asking.details or {"name": line.name, "description": line.description, "rev": str(found.rev)}
    no = asking.no if asking.details is not None else None
    troubles = [one for one in queries.troubles(practice_id=who.by.practice_id) if one.service_id == line.id]
    return {
        "s": line,
        "sentence": line.description or "For each client who takes it, these tasks are made.",
        "typed": typed,
        "errors": {no.field if no.field in typed else "": no.message} if no else {},
        "code": no.code if no else "",
        "takers": takers[:FEW],
        "taker_count": line.clients,
        "troubles": troubles[:FEW],
        "started": asking.started,
    }
