"""What counts as text anywhere: what every database keeps and every file carries."""

from __future__ import annotations

from natrium.domain.errors import Code, Refusal


def keepable(text: str) -> bool:
    """Whether a text can be kept: no NUL in it, and no half of a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def bounded(text: str, what: str, *, field: str, most: int) -> str:
    """The text itself. Refuses `bad-value` when it is too long, or has a character no text has."""
    if len(text) > most:
        raise Refusal(Code.BAD_VALUE, f"The {what} has {len(text):,} characters; {most:,} is the most.", field=field)
    if not keepable(text):
        raise Refusal(Code.BAD_VALUE, f"The {what} has a character that cannot be kept.", field=field)
    return text


def short(text: str, most: int = 100) -> str:
    """A text inside a sentence: its beginning, where it is long."""
    return text if len(text) <= most else text[:most] + "…"
