"""What the generator asks where it does not know: at most three questions, each with answers to choose from."""

from __future__ import annotations

from natrium.domain.suggestions.kinds import GENERIC, kind_in, kind_of
from natrium.domain.suggestions.shelf import Choice, Shelf

UNSURE = 0.5
_USUAL = ("return", "accounts", "claim", "registration", "advisory", "assurance", "bookkeeping", "admin")
_WORDS = {
    "return": "A return or declaration", "accounts": "Accounts", "claim": "A claim or relief",
    "registration": "A registration", "advisory": "Advice", "assurance": "An audit or examination",
    "bookkeeping": "Bookkeeping", "admin": "The practice's own affairs",
}  # fmt: skip
_CLIENTS = (
    ("client", "The client"), ("directors", "Directors"), ("trustees", "Trustees"), ("partners", "Partners"),
    ("executors", "Executors"),
)  # fmt: skip
_AUTHORITIES = (
    ("HMRC", "HMRC"), ("Companies House", "Companies House"), ("the Charity Commission", "Charity Commission"),
    ("The Pensions Regulator", "The Pensions Regulator"), ("the regulator", "Another authority"),
)  # fmt: skip


def choices(confidence: float, shelf: Shelf, name: str, description: str) -> tuple[Choice, ...]:
    """What to ask; nothing where the suggestion is sure enough."""
    if confidence >= UNSURE:
        return ()
    likely = [key for key in (kind_of(name, shelf), kind_in(description, shelf)) if key and key != GENERIC]
    keys = list(dict.fromkeys([*likely, *_USUAL]))[:6]
    kinds = tuple((key, _WORDS.get(key, key.replace("_", " ").capitalize())) for key in keys)
    return (
        Choice("kind", "What kind of work is it?", kinds),
        Choice("client", "Who approves it?", _CLIENTS),
        Choice("authority", "Who is it filed with?", _AUTHORITIES),
    )
