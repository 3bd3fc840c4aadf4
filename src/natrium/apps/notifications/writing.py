"""The day's mail written down: as plain text, and as simple HTML that says the same in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# A mail has no style sheet. The colours are the light theme's ink, meta text, link and late.
BODY = "font:15px/1.5 system-ui,sans-serif;color:#13161b;max-width:640px;margin:0 auto;padding:16px"
HTML = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{}</title></head>
<body style="{}"><h1 style="font-size:20px">{}</h1>
{}<p style="color:#5f6773;font-size:13px">{}</p></body></html>
"""
SECTION = '<h2 style="font-size:16px;margin:20px 0 4px">{}</h2>\n<ul style="margin:0;padding-left:20px">{}{}</ul>\n'
ITEM = '<li style="margin:6px 0"><a href="{}" style="color:#2450b8">{}</a>{}{}{}</li>'


@dataclass(frozen=True, slots=True)
class Item:
    """One line. `quote` is what somebody typed, `where` the client and task, `late` by how much; "" for nothing."""

    words: str
    link: str
    where: str = ""
    quote: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; `more` are too many to be listed."""

    heading: str
    items: tuple[Item, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """The whole of it. `address` is where Natrium is."""

    title: str
    sections: tuple[Section, ...]
    digest_at: time
    address: str


def day(one: date) -> str:
    """'Monday 2 November'."""
    return f"{DAYS[one.weekday()]} {one.day} {MONTHS[one.month - 1]}"


def text(page: Page) -> str:
    """The mail as plain text."""
    parts = [page.title]
    for section in page.sections:
        lines = [_line(item) for item in section.items]
        more = [_more(section)] if section.more else []
        parts.append("\n".join([section.heading, *lines, *more]))
    parts.append("\n".join(f"{words} {link}".rstrip() for words, link in _foot(page)))
    return "\n\n".join(parts) + "\n"


def html(page: Page) -> str:
    """The mail as HTML; whatever anybody typed is escaped."""
    sections = format_html_join("", "{}", ((_section(one),) for one in page.sections))
    foot = format_html_join(mark_safe("<br>"), "{}", ((_with_link(*line),) for line in _foot(page)))
    return format_html(HTML, page.title, BODY, page.title, sections, foot)


def _line(item: Item) -> str:
    said = f": “{item.quote}”" if item.quote else ""
    where = f" ({item.where})" if item.where else ""
    late = f", {item.late}" if item.late else ""
    return f"- {item.words}{said}{where}{late}\n  {item.link}"


def _section(section: Section) -> SafeString:
    items = format_html_join("", "{}", ((_item(one),) for one in section.items))
    more = format_html('<li style="margin:6px 0">{}</li>', _more(section)) if section.more else ""
    return format_html(SECTION, section.heading, items, more)


def _item(item: Item) -> SafeString:
    quote = format_html('<br><span style="color:#414852">“{}”</span>', item.quote) if item.quote else ""
    where = format_html('<br><span style="color:#5f6773;font-size:13px">{}</span>', item.where) if item.where else ""
    late = format_html(', <b style="color:#b3231b">{}</b>', item.late) if item.late else ""
    return format_html(ITEM, item.link, item.words, late, quote, where)


def _more(section: Section) -> str:
    return f"and {section.more} more"


def _foot(page: Page) -> Iterator[tuple[str, str]]:
    """Each last line, with where it leads ("" for nowhere)."""
    yield "All your work:", f"{page.address}/my-work/"
    yield f"This comes on working days after {page.digest_at:%H:%M}, and only when there is something to say.", ""
    yield "To change that:", f"{page.address}/settings/notifications/"


def _with_link(words: str, link: str) -> str:
    return format_html('{} <a href="{}" style="color:#2450b8">{}</a>', words, link, link) if link else words
