"""A template as YAML text in one canonical way, so that the same template always gives the same bytes.

Written by hand rather than by a YAML library's emitter, which folds, quotes and indents as its version likes.
"""

import re
from collections.abc import Iterator, Mapping

from natrium.domain.workflow.codec import to_dict
from natrium.domain.workflow.definition import Template

# Numbers, dates and times of any YAML version, which bare would not be read as text.
_NUMBERLIKE = re.compile(r"[-+.0-9][-+.,:_0-9a-fA-FoOtTxXzZ ]*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
# Controls, line breaks of other systems, and marks that turn the direction of text: seen as escapes, not obeyed.
_HIDDEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_FLOW_SAFE = re.compile(r"[a-zA-Z_][a-zA-Z0-9_./-]*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def write_template(template: Template) -> str:
    """Give the file of a template: defaults left out, guidance as a block, `read_template` its exact inverse.

    Text that no template may hold (NUL, half characters) is written and refused on reading.
    """
    return "\n".join(_fields(to_dict(template), "")) + "\n"


def _fields(fields: Mapping[str, object], indent: str) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, str) and _as_block(name, value):
            yield from _block(name, value, indent)
        elif isinstance(value, list) and name != "after":
            yield f"{indent}{name}:"
            for item in value:
                yield from _item(item, indent)
        else:
            yield f"{indent}{name}: {_inline(value)}"


def _item(fields: Mapping[str, object], indent: str) -> Iterator[str]:
    """Give one group or step of a list, its first field behind the dash."""
    lines = _fields(fields, f"{indent}    ")
    yield f"{indent}  - {next(lines).lstrip(' ')}"
    yield from lines


def _block(name: str, text: str, indent: str) -> Iterator[str]:
    """Give text as a literal block, with the sign that says how many line breaks it ends with."""
    body = text.rstrip("\n")
    breaks = len(text) - len(body)
    sign = {0: "-", 1: ""}.get(breaks, "+")
    yield f"{indent}{name}: |{sign}"
    for line in [*body.split("\n"), *[""] * (breaks - 1)]:
        yield f"{indent}  {line}" if line else ""


def _as_block(name: str, text: str) -> bool:
    """Whether text is written as a literal block, and would be read back exactly: it begins with a word."""
    wanted = name == "guidance" or (name == "description" and "\n" in text)
    return wanted and bool(text) and text[0] not in " \t\n" and not _HIDDEN.search(text)


def _inline(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(_in_flow(str(item)) for item in value)}]"
    if isinstance(value, Mapping):
        inside = (f"{name}: {_in_flow(item) if isinstance(item, str) else item}" for name, item in value.items())
        return f"{{{', '.join(inside)}}}"
    text = str(value)
    return text if _is_plain(text) else _quoted(text)


def _in_flow(text: str) -> str:
    return text if _FLOW_SAFE.fullmatch(text) and text.lower() not in _WORDS else _quoted(text)


def _is_plain(text: str) -> bool:
    """Whether the text, without quotes, is read as this very text by any YAML reader."""
    return (
        bool(text)
        and (text[0].isalnum() or text[0] in "(_£")
        and not text.endswith((" ", ":"))
        and ": " not in text
        and " #" not in text
        and "\n" not in text
        and "\t" not in text
        and not _HIDDEN.search(text)
        and text.lower() not in _WORDS
        and not _NUMBERLIKE.fullmatch(text)
    )


def _quoted(text: str) -> str:
    inside = "".join(_ESCAPES.get(character) or _escaped(character) for character in text)
    return f'"{inside}"'


def _escaped(character: str) -> str:
    if not _HIDDEN.match(character):
        return character
    number = ord(character)
    return f"\\x{number:02X}" if number <= 0xFF else f"\\u{number:04X}"
