"""Who did something, as the record keeps it."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Whoever acts: a signed-in member, a token, the system, a client by link.

    `actor_kind` is "member", "token", "system" or "client"; `actor_name` is kept as it is now, since names change.
    """

    @property
    def actor_kind(self) -> str:
        """Return the kind of actor."""

    @property
    def actor_id(self) -> int | None:
        """Return the member's id, for members and their tokens."""

    @property
    def actor_name(self) -> str:
        """Return the name to show."""

    @property
    def token_id(self) -> int | None:
        """Return the API token's id, where one was used."""


@dataclass(frozen=True, slots=True)
class System:
    """The product itself: a schedule, a clean-up, the command line."""

    actor_name: str = "Natrium"
    actor_kind: str = "system"
    actor_id: int | None = None
    token_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClientContact:
    """A client's person who came by a link and typed their name."""

    actor_name: str
    actor_kind: str = "client"
    actor_id: int | None = None
    token_id: int | None = None
