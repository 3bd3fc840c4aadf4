"""What pages and API show of proposals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from natrium.domain.proposals.money import Total
from natrium.domain.proposals.offer import Offer
from natrium.domain.proposals.states import Status


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A line of the list. Amounts are in pence, without VAT; `monthly` is spread over the year."""

    id: int
    number: int
    version: int
    title: str
    client_id: int
    client: str
    to_name: str
    status: Status
    monthly: int
    once: int
    expires_on: date
    sent_at: datetime | None
    viewed_at: datetime | None
    closed_at: datetime | None
    open_trouble: bool


@dataclass(frozen=True, slots=True)
class MailState:
    """How a mail about the proposal stands: waiting, sending, sent, failed, unknown, dropped (not needed any more)."""

    kind: str
    state: str
    at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The evidence, and how the sealed copy stands: `sha256` once it is made, `copy_error` while it cannot be."""

    name: str
    email: str
    at: datetime
    how: str
    address: str
    user_agent: str
    content_hash: str
    recorded_by: str
    reason: str
    sha256: str
    copy_error: str


@dataclass(frozen=True, slots=True)
class MadeTask:
    """A task that came of the acceptance."""

    id: int
    title: str
    service: str
    steps: int
    done: int
    due: date | None
    owner_id: int | None
    owner: str


@dataclass(frozen=True, slots=True)
class Version:
    """Another version of the same proposal."""

    id: int
    version: int
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    """All of a proposal for the practice. `link` is the client's page, for those who may send; else "".

    `trouble`: why the client, who tried, could not accept it; "" once it is with the client no longer. `left_out`: why
    a new client's first task is not made.
    """

    id: int
    number: int
    version: int
    rev: int
    client_id: int
    client: str
    status: Status
    offer: Offer
    monthly: Total
    once: Total
    link: str
    content_hash: str
    created_by: str
    created_at: datetime
    sent_by: str
    sent_at: datetime | None
    viewed_at: datetime | None
    views: int
    closed_at: datetime | None
    reason: str
    trouble: str
    left_out: str
    replaced_by: int | None
    onboarding: bool
    mails: tuple[MailState, ...]
    accepted: Accepted | None
    made: tuple[MadeTask, ...]
    engagements: tuple[int, ...]
    versions: tuple[Version, ...]

    @property
    def in_trouble(self) -> bool:
        """Whether it could not be accepted, or something that follows it failed or may not have happened."""
        return bool(self.trouble) or self.can_retry

    @property
    def can_retry(self) -> bool:
        """Whether something that follows it failed, or may not have happened: to be tried again."""
        copy = self.accepted is not None and bool(self.accepted.copy_error) and not self.accepted.sha256
        return copy or any(mail.state in {"failed", "unknown"} for mail in self.mails)


@dataclass(frozen=True, slots=True)
class ClientView:
    """What the client sees: the document as it was sent, and how it stands. `newer`: the link was of an older version.

    `answered_by` and `answered_at` are of an answer; `has_copy`: the sealed copy can be had.
    """

    document: Mapping[str, Any]
    content_hash: str
    status: Status
    newer: bool
    answered_by: str
    answered_at: datetime | None
    reason: str
    time_zone: str
    has_copy: bool
