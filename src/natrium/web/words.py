"""Small pieces of text that pages need everywhere: initials, a hue for a person, Markdown made safe."""

import re
from collections.abc import Iterable
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from natrium.domain.roles import Role

HUES = 12
TAGS = frozenset(
    [
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
MENTION = Markup('<span class="at">{}</span>')
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@lru_cache(maxsize=2048)
def markdown(text: str) -> Markup:
    """Guidance as HTML that can do no harm: no scripts, no styles, no pictures, links open with no way back."""
    html = nh3.clean(
        MARKDOWN.render(text),
        tags=set(TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(html)  # noqa: S704 - nh3 has just cleaned it


def said(text: str, mentioned: tuple[str, ...] = ()) -> Markup:
    """What somebody typed, with the names of those it mentions marked."""
    if not mentioned:
        return escape(text)
    names = "|".join(re.escape(f"@{name}") for name in sorted(mentioned, key=len, reverse=True))
    parts = re.split(f"({names})", text)
    return Markup("").join(MENTION.format(part) if at % 2 else part for at, part in enumerate(parts))


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """The letters in an avatar: "MD" for Megan Doyle, "HJ" for Hartwell Joinery Ltd."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    second = words[1][0] if len(words) > 1 else ""
    return (words[0][0] + second).upper()


def hue(key: int | None) -> str:
    """The class of an avatar's hue: neighbours in number differ most."""
    return f"h{(key or 0) * 5 % HUES}"


def first_name(name: str) -> str:
    """How colleagues say it: "Megan" for Megan Doyle."""
    return name.split(" ", 1)[0]


def listed(words: list[str] | tuple[str, ...]) -> str:
    """Words in a row: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def words_of_roles(roles: Iterable[Role]) -> list[tuple[str, str]]:
    """Roles as a select offers them: value and word."""
    return [(role.word, role.word.capitalize()) for role in roles]


def same_words(values: Iterable[str]) -> list[tuple[str, str]]:
    """Values that are their own words, as a select offers them."""
    return [(value, value.replace("_", " ")) for value in values]


def size(count: int) -> str:
    """How big a file is: "12 KB", "3.4 MB"; the smallest are "1 KB"."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"
