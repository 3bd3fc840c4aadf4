"""How each kind of value stands in a template's plain form: reading it, writing it, and its JSON Schema.

The plain form is made of dict, list, str, int, bool and None, as JSON and YAML have them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Protocol

from natrium.domain.text import keepable
from natrium.domain.workflow.definition import MAX_STEPS, Assign, Rule
from natrium.domain.workflow.findings import Path

MAX_WHOLE = 10**9
_SHOWN = 40
_MEMBER = "member:"


@dataclass(frozen=True, slots=True)
class ShapeProblem:
    """A value that cannot be part of a template: where it stands, a stable code, and a sentence.

    Codes: `not-a-template`, `unknown-field`, `missing-field`, `bad-value`.
    """

    path: Path
    code: str
    message: str


class Problems:
    """Collects every problem of one reading."""

    def __init__(self) -> None:
        self.found: list[ShapeProblem] = []

    def add(self, path: Path, message: str, code: str = "bad-value") -> None:
        """Note a problem and go on."""
        self.found.append(ShapeProblem(path, code, message))


class Kind(Protocol):
    """One kind of value. `read` notes what is wrong and then gives None; `write` is its exact inverse."""

    def read(self, value: object, path: Path, problems: Problems) -> Any:  # noqa: ANN401 - each kind has its own type
        """Give the value as templates hold it."""
        ...

    def write(self, value: Any) -> object:  # noqa: ANN401 - likewise
        """Give the value in plain form."""
        ...

    def schema(self) -> dict[str, object]:
        """Give the JSON Schema of the plain form."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Text. `most`, `pattern` and `shown` go into the schema; lint checks them, so that a draft may hold anything."""

    most: int
    least: int = 0
    pattern: str = ""

    def read(self, value: object, path: Path, problems: Problems) -> str | None:
        """Give the text. What no database stores is refused: NUL and half characters."""
        if not isinstance(value, str):
            problems.add(path, f"{_called(path)} is text, and here is {given(value)}.{_quote_hint(value)}")
            return None
        if not keepable(value):
            problems.add(path, f"{_called(path)} holds a character that is not text.")
            return None
        return value

    def write(self, value: str) -> str:
        """Give the text itself."""
        return value

    def schema(self) -> dict[str, object]:
        """Give the schema with its limits."""
        schema: dict[str, object] = {"type": "string", "maxLength": self.most}
        if self.least:
            schema["minLength"] = self.least
        if self.pattern:
            schema["pattern"] = f"^{self.pattern}$"
        return schema


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def read(self, value: object, path: Path, problems: Problems) -> bool | None:
        """Give the flag."""
        if isinstance(value, bool):
            return value
        yes, no = {"yes", "on", "y"}, {"no", "off", "n"}
        word = str(value).lower()
        hint = " Write true." if word in yes else " Write false." if word in no else ""
        problems.add(path, f"{_called(path)} is true or false, and here is {given(value)}.{hint}")
        return None

    def write(self, value: bool) -> bool:  # noqa: FBT001 - the value is what is written
        """Give the flag itself."""
        return value

    def schema(self) -> dict[str, object]:
        """Give the schema."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole number between `least` and `most`; lint checks these, so that a draft may hold another."""

    least: int
    most: int

    def read(self, value: object, path: Path, problems: Problems) -> int | None:
        """Give the number; past a thousand million it is refused here. 60.0 is one too, as JSON Schema has it."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            problems.add(path, f"{_called(path)} is a whole number, and here is {given(value)}.")
            return None
        if abs(value) > MAX_WHOLE:
            problems.add(path, f"{_called(path)} is between {self.least} and {self.most}; this number is far outside.")
            return None
        return value

    def write(self, value: int) -> int:
        """Give the number itself."""
        return value

    def schema(self) -> dict[str, object]:
        """Give the schema with its limits."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of several."""

    words: type[StrEnum]

    def read(self, value: object, path: Path, problems: Problems) -> StrEnum | None:
        """Give the member of the enumeration."""
        known = [word.value for word in self.words]
        if isinstance(value, str) and value in known:
            return self.words(value)
        problems.add(
            path, f"{_called(path)} is {listed(known)}, and here is {given(value)}.{did_you_mean(value, known)}"
        )
        return None

    def write(self, value: StrEnum) -> str:
        """Give the word."""
        return value.value

    def schema(self) -> dict[str, object]:
        """Give the schema with its words."""
        return {"enum": [word.value for word in self.words]}


@dataclass(frozen=True, slots=True)
class AssignRule:
    """Who a step goes to: one of the rules' words, or "member:" and an e-mail address."""

    email_pattern: str

    def read(self, value: object, path: Path, problems: Problems) -> Assign | None:
        """Give the rule."""
        known = [rule.value for rule in Rule if rule is not Rule.MEMBER]
        if isinstance(value, str) and value in known:
            return Assign(rule=Rule(value))
        if isinstance(value, str) and value.startswith(_MEMBER):
            email = Text(most=0).read(value.removeprefix(_MEMBER), path, problems)
            return None if email is None else Assign(rule=Rule.MEMBER, email=email)
        choices = listed([*known, "member: and an e-mail address"])
        problems.add(path, f"{_called(path)} is {choices}, and here is {given(value)}.{did_you_mean(value, known)}")
        return None

    def write(self, value: Assign) -> str:
        """Give the rule as templates write it."""
        return str(value)

    def schema(self) -> dict[str, object]:
        """Give the schema."""
        known: list[object] = [rule.value for rule in Rule if rule is not Rule.MEMBER]
        return {"anyOf": [{"enum": known}, {"type": "string", "pattern": f"^{_MEMBER}{self.email_pattern}$"}]}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one kind; `unique` goes into the schema."""

    item: Kind
    unique: bool = False

    def read(self, value: object, path: Path, problems: Problems) -> tuple[Any, ...] | None:
        """Give the items, without those that cannot be read."""
        if not isinstance(value, list):
            problems.add(path, f"{_called(path)} is a list, and here is {given(value)}.")
            return None
        return tuple(self.item.read(item, (*path, index), problems) for index, item in enumerate(value))

    def write(self, value: Sequence[Any]) -> list[object]:
        """Give the items as a list."""
        return [self.item.write(item) for item in value]

    def schema(self) -> dict[str, object]:
        """Give the schema."""
        unique: dict[str, object] = {"uniqueItems": True} if self.unique else {}
        return {"type": "array", "maxItems": MAX_STEPS, "items": self.item.schema(), **unique}


def given(value: object) -> str:
    """Say what was found where something else was expected."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}" if isinstance(value, float) or abs(value) <= MAX_WHOLE else "a very large number"
    if isinstance(value, str):
        return f"the text “{shortened(value)}”"
    return "a list" if isinstance(value, list) else "a set of fields"


def listed(words: Sequence[str], last: str = "or") -> str:
    """Join two or more words with commas and a last "or"."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def shortened(text: str) -> str:
    """Give the beginning of a text that may be long."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def did_you_mean(value: object, known: Sequence[str]) -> str:
    """Give a last sentence that names the known word nearest to what was written, or nothing."""
    near = get_close_matches(value[:80].lower(), known, n=1) if isinstance(value, str) else []
    return f" Did you mean “{near[0]}”?" if near else ""


def _called(path: Path) -> str:
    """Name the field that a path ends with, or the list whose item it is."""
    last = path[-1]
    return f"“{last}”" if isinstance(last, str) else f"An item of “{path[-2]}”"


def _quote_hint(value: object) -> str:
    return " Put it in quotes." if isinstance(value, int | float) else ""
