"""What a way in says when it says no, in one form for all of them."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse

from natrium.domain.errors import Refusal


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
    alerts = Alerts()
    alerts.feed(text)
    assert len(alerts.found) == 1, f"{answer.status_code}: {len(alerts.found)} alerts in {text}"
    code, words, listed = alerts.found[0]
    return Answer(code, words, None, tuple(listed) if listed else None)


class Alerts(HTMLParser):
    """Collects the alerts of a page: the code, the sentence, and what is listed under it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, list[str]]] = []
        self._depth = 0
        self._into = ""
        self._code = ""
        self._sentence = ""
        self._listed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if said.get("role") == "alert":
            assert not self._depth, "an alert within an alert"
            self._depth, self._code, self._sentence, self._listed = 1, said.get("data-code") or "", "", []
        elif self._depth and tag == "a":
            self._depth += 1
            self._into = ""
            return
        elif self._depth and tag not in {"use", "path", "input", "br"}:
            self._depth += 1
        if self._depth and tag in {"strong", "p", "span", "li"} and said.get("class") != "lab":
            self._into = tag
            if tag == "li":
                self._listed.append("")

    def handle_data(self, data: str) -> None:
        if not self._depth or not self._into:
            return
        if self._into == "li":
            self._listed[-1] += data
        else:
            self._sentence += data

    def handle_endtag(self, tag: str) -> None:
        if not self._depth or tag in {"use", "path", "input", "br"}:
            return
        self._depth -= 1
        self._into = ""
        if not self._depth:
            self.found.append((self._code, self._sentence.strip(), [one.strip() for one in self._listed]))
