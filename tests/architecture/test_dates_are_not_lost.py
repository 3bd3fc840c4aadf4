"""A form that asks for a date lets the browser say that it is none: the server gets "" for 31 February, as for no date.

Shown is the source of the pages: a form with `novalidate`, and what it holds, the macros and parts it calls included.
"""

import re
from pathlib import Path

from natrium import web

TEMPLATES = Path(web.__file__).parent / "templates"
FORM = re.compile(r"(<form\b[^>]*>)(.*?)</form>", re.DOTALL)
MACRO = re.compile(r"{%-? *macro (\w+)\(.*?%}(.*?){%-? *endmacro", re.DOTALL)
FROM = re.compile(r"{%-? *from \"([^\"]+)\" import ([^%]+?)(?: with context)? *-?%}")
INCLUDE = re.compile(r"{%-? *include \"([^\"]+)\"")
DATE = re.compile(r"""type=["']?(?:date|month|week|time|datetime-local)\b|["']date["']\s*[,)]""")


def read(name: str) -> str:
    return (TEMPLATES / name).read_text()


def macros(source: str) -> dict[str, tuple[str, str]]:
    """Return what a template may call, by name: the source it stands in, and its body."""
    known = {name: (source, body) for name, body in MACRO.findall(source)}
    for file, names in FROM.findall(source):
        there = read(file)
        bodies = dict(MACRO.findall(there))
        known |= {name: (there, bodies[name]) for name in re.split(r"\s*,\s*", names.strip())}
    return known


def asks_for_a_date(source: str, text: str, seen: frozenset[str] = frozenset()) -> bool:
    """Say whether a text of a template, or anything it calls or includes, has an input of a date."""
    if DATE.search(text):
        return True
    known = macros(source)
    called = [known[name] for name in set(re.findall(r"\b(\w+)\(", text)) if name in known]
    called += [(read(name), read(name)) for name in INCLUDE.findall(text)]
    return any(asks_for_a_date(there, body, seen | {text}) for there, body in called if body not in seen | {text})


def losing(source: str) -> list[str]:
    """Return the opening tags of the forms that would send an impossible date as none."""
    return [
        tag
        for tag, inside in FORM.findall(source)
        if re.search(r"\bnovalidate\b", tag) and asks_for_a_date(source, inside)
    ]


def test_no_form_with_a_date_keeps_the_browser_from_looking_at_it() -> None:
    lost = {str(path.relative_to(TEMPLATES)): losing(path.read_text()) for path in TEMPLATES.rglob("*.html")}
    assert {name: tags for name, tags in lost.items() if tags} == {}


def test_no_button_beside_a_date_sends_it_unlooked_at() -> None:
    for path in TEMPLATES.rglob("*.html"):
        source = path.read_text()
        for _, inside in FORM.findall(source):
            assert "formnovalidate" not in inside or not asks_for_a_date(source, inside), path


def test_the_forms_known_to_ask_for_dates_are_seen() -> None:
    asking = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if any(asks_for_a_date(path.read_text(), inside) for _, inside in FORM.findall(path.read_text()))
    }
    assert asking >= {
        "tasks/new.html",
        "tasks/edit.html",
        "tasks/_facts_slot.html",
        "shaping/_slot.html",
        "shaping/page.html",
        "practice/bulk.html",
        "settings/notifications.html",
    }
