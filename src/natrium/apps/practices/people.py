"""Whoever is signed in, as a plain value."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from natrium.domain.workflow.model import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A member at work in one practice, by session or by token.

    `time_zone` is a zone's name; it decides what today is. `scope` is "write", or "read" for a token that may only
    read. `setting_up`: the practice is new, and shown what to do first. `token_used_at` is when the token was last
    noted as used.
    """

    member: Member
    email: str
    practice_id: int
    practice: str
    slug: str
    time_zone: str
    weighted: bool
    calendar: str
    user_id: int
    single_keys: bool = True
    setting_up: bool = False
    token_id: int | None = None
    scope: str = "write"
    token_used_at: datetime | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The practice's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def actor_kind(self) -> str:
        """How the record names this kind of actor."""
        return "member" if self.token_id is None else "token"

    @property
    def actor_id(self) -> int | None:
        """The member's id."""
        return self.member.id

    @property
    def actor_name(self) -> str:
        """The member's name."""
        return self.member.name
