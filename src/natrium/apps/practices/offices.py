"""Who acts in a practice without being signed in: the product itself, or a client by a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from natrium.apps.activity.actors import Actor
from natrium.apps.database import sql
from natrium.domain.errors import NotFound


class AtWork(Actor, Protocol):
    """Whoever acts in one practice: a member who is signed in, or the product for it."""

    @property
    def practice_id(self) -> int:
        """Return the practice's id."""

    @property
    def time_zone(self) -> str:
        """Return the practice's time zone, which decides what today is."""

    @property
    def calendar(self) -> str:
        """Return the practice's calendar of bank holidays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The product, or a client by a link, at work in a practice: nobody of it, and asked for no permission."""

    practice_id: int
    time_zone: str
    calendar: str
    actor: Actor

    @property
    def actor_kind(self) -> str:
        """How the record names this kind of actor."""
        return self.actor.actor_kind

    @property
    def actor_id(self) -> int | None:
        """Nobody's, unless the actor is a member."""
        return self.actor.actor_id

    @property
    def actor_name(self) -> str:
        """The name to show."""
        return self.actor.actor_name

    @property
    def token_id(self) -> int | None:
        """The token's, where one was used."""
        return self.actor.token_id


def today_of(by: AtWork, at: datetime) -> date:
    """Which day it is in the practice."""
    return at.astimezone(ZoneInfo(by.time_zone)).date()


def office_of(*, practice_id: int, actor: Actor) -> Office:
    """Return the product (or a client by a link) at work in a practice. Raises NotFound."""
    for found in offices(actor=actor, practice_id=practice_id):
        return found
    message = "There is no such practice."
    raise NotFound(message)


def offices(*, actor: Actor, practice_id: int | None = None) -> tuple[Office, ...]:
    """Return the same for every practice, or for one."""
    rows = sql.rows(
        "SELECT id, time_zone, calendar FROM practices_practice WHERE id = COALESCE(%s, id) ORDER BY id", (practice_id,)
    )
    return tuple(Office(practice_id=id_, time_zone=zone, calendar=days, actor=actor) for id_, zone, days in rows)
