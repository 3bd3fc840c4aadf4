"""The fields of a form on a page, as a browser would send them."""

from html.parser import HTMLParser
from typing import Any


class _Form(HTMLParser):
    """Reads the one form that posts to an address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.found = action, False, 0
        self.values: list[tuple[str, str]] = []
        self.select, self.first, self.chosen = "", "", ""
        self.area, self.text = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said: dict[str, Any] = dict(attrs)
        if tag == "form" and said.get("action") == self.action:
            self.inside, self.found = True, self.found + 1
        if not self.inside:
            return
        if tag == "input" and "name" in said and "disabled" not in said:
            if said.get("type") not in {"checkbox", "radio"} or "checked" in said:
                self.values.append((said["name"], said.get("value") or ""))
        elif tag == "select":
            self.select, self.first, self.chosen = said["name"], "", ""
        elif tag == "option":
            value = said.get("value") or ""
            self.first = self.first or f"={value}"
            if "selected" in said:
                self.chosen = f"={value}"
        elif tag == "textarea":
            self.area, self.text = said["name"], ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.inside:
            self.values.append((self.select, (self.chosen or self.first)[1:]))
        elif tag == "textarea" and self.inside and self.area:
            self.values.append((self.area, self.text.removeprefix("\n").replace("\n", "\r\n")))
            self.area = ""


def fields(html: str, action: str) -> dict[str, Any]:
    """The values of the form that posts to `action`; a name that comes several times has a list."""
    form = _Form(action)
    form.feed(html.replace("\r\n", "\n"))
    assert form.found == 1, f"{form.found} forms post to {action}"
    found: dict[str, Any] = {}
    for name, value in form.values:
        if name not in found:
            found[name] = value
        else:
            found[name] = [*(found[name] if isinstance(found[name], list) else [found[name]]), value]
    return found
