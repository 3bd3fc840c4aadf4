"""YAML text as plain values with their places: the part of YAML that template files need, and no more.

Built on ruamel.yaml's events rather than its constructors, because these give every value its line, meet every
doubled field, and let depth and number of values be bounded while reading. Plain scalars follow YAML 1.2's core
schema, so that "yes" is text.
"""

import re
from collections.abc import Iterator
from math import inf

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from natrium.apps.workflows.files.problems import BadTemplateFile, Problem
from natrium.domain.workflow.findings import Path

MAX_DEPTH = 12
MAX_VALUES = 50_000
MAX_DIGITS = 18

type Place = tuple[int, int]

_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile("true|True|TRUE")
_FALSE = re.compile("false|False|FALSE")
_WHOLE = re.compile("[-+]?[0-9]+")
_OTHER_BASE = re.compile("0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class Nodes:
    """A document as plain values, with the place of each: `data`, `places`, and the doubled fields as `problems`.

    The place of a field is where its name stands, the place of an item of a list where the item begins.
    """

    def __init__(self, text: str, *, source: str) -> None:
        """Read the text. Raises BadTemplateFile where it is not YAML, or YAML that template files do not use."""
        self.source = source
        self.places: dict[Path, Place] = {(): (1, 1)}
        self.problems: list[Problem] = []
        self._left = MAX_VALUES
        self._events = self._checked(text)
        first = next(self._events, None)
        if first is None:
            raise self._bad((1, 1), "The file is empty; a template begins with “natrium: template/1”.")
        self.data = self._value(first, ())
        if (another := next(self._events, None)) is not None:
            raise self._bad(_place(another), "A second document begins here; a file holds one template.")

    def place(self, path: Path) -> Place:
        """Give the line and column of a path, or of the nearest thing around it that the file has."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]

    def _checked(self, text: str) -> Iterator[Event]:
        """Give the events of values; YAML's own errors become ours, and what we do not use is refused."""
        try:
            for event in YAML(typ="safe", pure=True).parse(text):
                if isinstance(event, DocumentStartEvent) and event.version:
                    raise self._bad(_place(event), "A %YAML line is not used in template files; take it out.")
                if isinstance(event, NodeEvent):
                    self._refuse_unused(event)
                    yield event
                elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                    yield event
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = _mark_place(mark) if mark else (1, 1)
            raise self._bad(place, _yaml_sentence(error)) from None
        except ReaderError as error:
            before = text[: error.position]
            place = (before.count("\n") + 1, error.position - before.rfind("\n"))
            raise self._bad(place, "The file has a character here that is not text; take it out.") from None
        except YAMLError as error:  # pragma: no cover - ruamel.yaml has no third kind while it parses
            raise self._bad((1, 1), f"This is not YAML: {error}.") from None

    def _refuse_unused(self, event: NodeEvent) -> None:
        self._left -= 1
        if self._left < 0:
            raise self._bad(_place(event), f"The file has more than {MAX_VALUES:,} values; split the template.")
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise self._bad(_place(event), "Anchors (&) and aliases (*) are not used in template files; write it out.")
        if (tag := getattr(event, "tag", None)) is not None:
            raise self._bad(_place(event), f"Tags like “{tag}” are not used in template files; take it out.")

    def _value(self, event: Event, path: Path) -> object:
        if len(path) > MAX_DEPTH:
            raise self._bad(_place(event), "This is nested too deeply for a template.")
        if isinstance(event, ScalarEvent):
            return _scalar(event.value) if event.implicit[0] else event.value
        if isinstance(event, SequenceStartEvent):
            return self._list(path)
        return self._fields(path)

    def _list(self, path: Path) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            here = (*path, len(items))
            self.places[here] = _place(event)
            items.append(self._value(event, here))
        return items

    def _fields(self, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise self._bad(_place(event), "The name of a field is a word; here is a list or a set of fields.")
            name = str(event.value)
            here = (*path, name)
            if name in found:
                first = self.places[here][0]
                message = f"“{name}” stands here a second time; the first is in line {first}."
                self.problems.append(Problem(*_place(event), "duplicate-field", message))
                self._value(next(self._events), (*path, "", name))
                continue
            self.places[here] = _place(event)
            found[name] = self._value(next(self._events), here)
        return found

    def _bad(self, place: Place, message: str) -> BadTemplateFile:
        return BadTemplateFile(self.source, (*self.problems, Problem(*place, "bad-yaml", message)))


def _scalar(text: str) -> object:
    """Give what a plain scalar means in YAML 1.2's core schema."""
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return text.lower() == "true"
    if len(text) <= MAX_DIGITS and _WHOLE.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return float(int(text, 0)) if len(text) <= MAX_DIGITS else inf
    if _FLOAT.fullmatch(text):
        return float(text.replace(".", "", 1) if text[-1] in "fFnN" else text)
    return text


def _place(event: Event) -> Place:
    return _mark_place(event.start_mark)


def _mark_place(mark: StringMark) -> Place:
    return mark.line + 1, mark.column + 1


_SENTENCES = {
    "mapping values are not allowed here": "A colon and a space here begin a field where none can stand; "
    "put text with a colon in quotes, and check the indentation.",
    "found unexpected end of stream": "A quote was opened before and is never closed.",
    "could not find expected ':'": "A field needs a colon and a space after its name.",
}


def _yaml_sentence(error: MarkedYAMLError) -> str:
    """Say in our words the slips people make, and in YAML's what else there is."""
    problem = str(error.problem or "it cannot be read")
    if "'\\t'" in problem:
        return "Lines are indented with spaces, and here is a tab."
    if "cannot start any token" in problem:
        return f"A value cannot begin with {problem.split()[2]}; put it in quotes."
    if "<block end>" in problem:
        return "This line does not fit the indentation of those before it."
    return _SENTENCES.get(problem, f"This is not YAML: {problem}.")
