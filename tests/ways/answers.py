"""What a way in says when it says no, in one form for all of them."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse

from natrium.domain.errors import Refusal

ALERT = 'role="alert"'
# An alert is a small part of a page, which is not read on after it: that took half of these tests' time.
PIECE = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """A refusal as somebody meets it. `field` and `obstacles` are None where a way does not tell them."""

    code: str
    words: str
    field: str | None = None
    obstacles: tuple[str, ...] | None = None


def of_refusal(refusal: Refusal) -> Answer:
    """What the operation said."""
    return Answer(refusal.code.value, refusal.message, refusal.field, tuple(str(one) for one in refusal.obstacles))


def of_problem(answer: HttpResponse) -> Answer:
    """What a problem document says."""
    assert answer.status_code >= 400, f"it was done: {answer.content.decode()}"
    assert answer["Content-Type"] == "application/problem+json", answer.content.decode()
    said: dict[str, Any] = answer.json()  # type: ignore[attr-defined]  # the test client's answer
    names = [f"{one['name']} — {one['person']}" if one["person"] else one["name"] for one in said["obstacles"]]
    return Answer(said["code"], said["detail"], said["field"], tuple(names))


def of_page(answer: HttpResponse) -> Answer:
    """What a page says in its one alert."""
    text = answer.content.decode()
    assert answer.status_code >= 400, f"it was done: {answer.status_code} {answer.get('Location', text)}"
    count = text.count(ALERT)
    assert count == 1, f"{answer.status_code}: {count} alerts in {text}"
    alert = Alert()
    start = text.rindex("<", 0, text.index(ALERT))
    while not alert.ended and start < len(text):
        alert.feed(text[start : start + PIECE])
        start += PIECE
    return Answer(alert.code, alert.sentence.strip(), None, tuple(one.strip() for one in alert.listed) or None)


class Alert(HTMLParser):
    """Reads the alert that a page goes on with: the code, the sentence, and what is listed under it."""

    def __init__(self) -> None:
        super().__init__()
        self.code = ""
        self.sentence = ""
        self.listed: list[str] = []
        self.ended = False
        self._depth = 0
        self._into = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.ended:
            return
        said = dict(attrs)
        if not self._depth:
            self._depth, self.code = 1, said.get("data-code") or ""
        elif tag == "a":
            self._depth += 1
            self._into = ""
            return
        elif tag not in {"use", "path", "input", "br"}:
            self._depth += 1
        if tag in {"strong", "p", "span", "li"} and said.get("class") != "lab":
            self._into = tag
            if tag == "li":
                self.listed.append("")

    def handle_data(self, data: str) -> None:
        if self.ended or not self._into:
            return
        if self._into == "li":
            self.listed[-1] += data
        else:
            self.sentence += data

    def handle_endtag(self, tag: str) -> None:
        if self.ended or tag in {"use", "path", "input", "br"}:
            return
        self._depth -= 1
        self._into = ""
        self.ended = not self._depth
