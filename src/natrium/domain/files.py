"""Which files a task takes, and what a file may be called. Pure: what is inside a file is an argument."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from natrium.domain.errors import Code, Refusal

MOST = 25 * 1024 * 1024
LONGEST = 150
# What is found inside files, in words: "it is plain text inside".
INSIDE = {
    "pdf": "a PDF",
    "png": "a PNG picture",
    "jpeg": "a JPEG picture",
    "gif": "a GIF picture",
    "webp": "a WebP picture",
    "tiff": "a TIFF picture",
    "heic": "a HEIC picture",
    "word": "a Word document",
    "excel": "an Excel workbook",
    "powerpoint": "a PowerPoint presentation",
    "macros": "an Office file with macros",
    "writer": "an OpenDocument text",
    "calc": "an OpenDocument spreadsheet",
    "word 97": "a Word document of the old kind",
    "excel 97": "an Excel workbook of the old kind",
    "powerpoint 97": "a PowerPoint presentation of the old kind",
    "locked": "an Office file with a password",
    "outlook": "an Outlook message",
    "text": "plain text",
    "markup": "a web page or XML",
    "archive": "an archive",
    "program": "a program",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file by its extension: how it is served, and what may be inside."""

    content_type: str
    inside: frozenset[str]


def _office(word: str, family: str) -> Kind:
    return Kind(f"application/vnd.openxmlformats-officedocument.{word}", frozenset({family, "locked"}))


def _plain(content_type: str, *inside: str) -> Kind:
    return Kind(content_type, frozenset(inside))


KINDS: dict[str, Kind] = {
    "pdf": _plain("application/pdf", "pdf"),
    "docx": _office("wordprocessingml.document", "word"),
    "xlsx": _office("spreadsheetml.sheet", "excel"),
    "pptx": _office("presentationml.presentation", "powerpoint"),
    "doc": _plain("application/msword", "word 97"),
    "xls": _plain("application/vnd.ms-excel", "excel 97"),
    "ppt": _plain("application/vnd.ms-powerpoint", "powerpoint 97"),
    "odt": _plain("application/vnd.oasis.opendocument.text", "writer"),
    "ods": _plain("application/vnd.oasis.opendocument.spreadsheet", "calc"),
    "msg": _plain("application/vnd.ms-outlook", "outlook"),
    "eml": _plain("message/rfc822", "text"),
    "csv": _plain("text/csv", "text"),
    "txt": _plain("text/plain", "text"),
    "ofx": _plain("application/x-ofx", "text", "markup"),
    "qif": _plain("application/x-qif", "text"),
    "png": _plain("image/png", "png"),
    "jpg": _plain("image/jpeg", "jpeg"),
    "jpeg": _plain("image/jpeg", "jpeg"),
    "gif": _plain("image/gif", "gif"),
    "webp": _plain("image/webp", "webp"),
    "tif": _plain("image/tiff", "tiff"),
    "tiff": _plain("image/tiff", "tiff"),
    "heic": _plain("image/heic", "heic"),
}
TAKEN = "PDF, Word, Excel, PowerPoint and OpenDocument files, e-mails, pictures, CSV, OFX, QIF and text"
# Controls, half characters, and what turns the reading direction round so that "exe.pdf" reads "fdp.exe".
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean_name(raw: str) -> str:
    """What a file is called here: its name without its folders, in letters that are what they seem.

    Refuses `bad-value` for a name of nothing.
    """
    last = unicodedata.normalize("NFC", raw).replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter for letter in last if not _is_unseen(letter))
    name = " ".join(seen.split()).strip(". ")
    if not name:
        raise Refusal(Code.BAD_VALUE, "The file has no name. Give it one, and add it again.", field="file")
    return _shortened(name)


def kind_of(name: str) -> Kind:
    """The kind of a file with this clean name. Refuses `bad-value` for one that is not taken."""
    kind = KINDS.get(extension(name))
    if kind is None:
        raise Refusal(Code.BAD_VALUE, f"“{name}” cannot be added. A task takes {TAKEN}.", field="file")
    return kind


def check(name: str, *, size: int, inside: str) -> None:
    """Refuses `bad-value` for a file that is empty, too big, or not what its name says.

    `inside` is a word of INSIDE, or "" for what nobody knows.
    """
    kind = kind_of(name)
    if size == 0:
        raise Refusal(Code.BAD_VALUE, f"“{name}” is empty.", field="file")
    if size > MOST:
        raise too_big(name)
    if inside in kind.inside:
        return
    if inside == "macros":
        why = "has macros inside. Save it without them, and add that"
    elif inside:
        why = f"is {INSIDE[inside]} inside. Give it the right name, or save it as what it is called"
    else:
        why = "is not what its name says. Open it, save it once more, and add that"
    raise Refusal(Code.BAD_VALUE, f"“{name}” {why}.", field="file")


def too_big(name: str) -> Refusal:
    """The refusal of a file beyond the most that is taken."""
    return Refusal(
        Code.BAD_VALUE, f"“{name}” has more than {MOST // 1024 // 1024} MB, the most for a file.", field="file"
    )


def extension(name: str) -> str:
    """What stands after the last dot, in lower case; "" where nothing does."""
    stem, dot, end = name.rpartition(".")
    return end.lower() if dot and stem else ""


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in UNSEEN and not letter.isspace()


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, end = name.rpartition(".")
    if not dot or len(end) > 10:
        return name[: LONGEST - 1] + "…"
    return f"{stem[: LONGEST - len(end) - 2].rstrip(' .')}….{end}"
