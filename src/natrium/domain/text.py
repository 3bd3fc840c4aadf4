"""What counts as text anywhere: what every database keeps and every file carries."""

from __future__ import annotations


def keepable(text: str) -> bool:
    """Whether a text can be kept: no NUL in it, and no half of a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def short(text: str, most: int = 100) -> str:
    """A text inside a sentence: its beginning, where it is long."""
    return text if len(text) <= most else text[:most] + "…"
