"""What is inside a file, whatever it is called. Nothing is unpacked, and no more is read than is needed."""

from __future__ import annotations

import codecs
import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

import puremagic

HEAD = 64 * 1024
# What puremagic calls what it finds, and our word for it.
SIGNATURES = {
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".jfif": "jpeg",
    ".gif": "gif",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".exe": "program",
    ".dll": "program",
    ".class": "program",
    ".gz": "archive",
    ".7z": "archive",
    ".rar": "archive",
    ".bz2": "archive",
    ".xz": "archive",
    ".cab": "archive",
}
HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
ZIP, END_OF_ZIP, ENTRY_OF_ZIP = b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02"
MOST_ENTRIES = 10_000
MOST_DIRECTORY = 4 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams, the most telling first.
STREAMS = (
    ("EncryptedPackage", "locked"),
    ("__nameid_version1.0", "outlook"),
    ("PowerPoint Document", "powerpoint 97"),
    ("WordDocument", "word 97"),
    ("Workbook", "excel 97"),
    ("Book", "excel 97"),
)
OPEN_DOCUMENTS = {b"text": "writer", b"spreadsheet": "calc"}
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<script", b"<head", b"<body", b"<iframe")
PROGRAMS = (b"#!", b"\x7fELF")


def look_inside(file: BinaryIO) -> str:
    """A word of natrium.domain.files.INSIDE, or "" where nobody knows. The file is left at its beginning."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(HEAD)
    try:
        if head.startswith(ZIP):
            return _in_zip(file, head, size)
        if head.startswith(OLE):
            return _in_ole(file)
        return _by_signature(head) or _as_text(file, head, size)
    finally:
        file.seek(0)


def _by_signature(head: bytes) -> str:
    """By the bytes it begins with, the longest signature first."""
    if head.startswith(PROGRAMS):
        return "program"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in HEIC else ""
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else ""
    found = [one for one in puremagic.magic_string(head) if _tells(one, head)] if head else []
    for one in sorted(found, key=lambda match: len(match.byte_match), reverse=True):
        if one.extension in SIGNATURES:
            return SIGNATURES[one.extension]
    return ""


def _tells(match: puremagic.PureMagicWithConfidence, head: bytes) -> bool:
    """Whether a match says something: at its place at the beginning, and no mere word that a text may begin with.

    A signature of the end counts for nothing, since anybody can add one to anything.
    """
    signature = match.byte_match
    if not signature or match.offset < 0 or head[match.offset : match.offset + len(signature)] != signature:
        return False
    return signature.startswith(b"GIF8") or any(byte < 9 or byte > 126 for byte in signature)


def _as_text(file: BinaryIO, head: bytes, size: int) -> str:
    """Text, or what is written in text; "" for anything else."""
    file.seek(max(0, size - HEAD))
    if not _is_text(head) or not _is_text(file.read(HEAD), goes_on=head[:2]):
        return ""
    begins = head.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower()
    return "markup" if begins.startswith(MARKUP) else "text"


def _is_text(part: bytes, goes_on: bytes = b"") -> bool:
    """Whether bytes can be text: no zero bytes, but for the two-byte letters that a mark at the beginning names."""
    wide = (goes_on or part[:2]) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return wide or b"\0" not in part


def _in_zip(file: BinaryIO, head: bytes, size: int) -> str:
    """An Office or OpenDocument file by the names in its directory; else an archive."""
    if head[30:38] == b"mimetype":
        kind = head[38:].removeprefix(b"application/vnd.oasis.opendocument.")
        return next((word for name, word in OPEN_DOCUMENTS.items() if kind.startswith(name)), "archive")
    names = set(_names_in_zip(file, size))
    if "[Content_Types].xml" not in names:
        return "archive"
    if any(name.endswith("vbaProject.bin") for name in names):
        return "macros"
    for folder, word in (("word/", "word"), ("xl/", "excel"), ("ppt/", "powerpoint")):
        if any(name.startswith(folder) for name in names):
            return word
    return "archive"


def _names_in_zip(file: BinaryIO, size: int) -> Iterator[str]:
    """The names in an archive's directory; none where that is broken, or larger than any Office file's."""
    tail_at = max(0, size - 66_000)
    file.seek(tail_at)
    tail = file.read()
    end = tail.rfind(END_OF_ZIP)
    if end < 0 or len(tail) < end + 22:
        return
    entries, length, start = struct.unpack("<HII", tail[end + 10 : end + 20])
    if entries > MOST_ENTRIES or length > MOST_DIRECTORY or start + length > size:
        return
    file.seek(start)
    directory = file.read(length)
    at = 0
    while directory[at : at + 4] == ENTRY_OF_ZIP and at + 46 <= length:
        name, extra, comment = struct.unpack("<HHH", directory[at + 28 : at + 34])
        yield directory[at + 46 : at + 46 + name].decode("utf-8", errors="replace")
        at += 46 + name + extra + comment


def _in_ole(file: BinaryIO) -> str:
    """An old Office file or a message by the names of its streams."""
    file.seek(0)
    content = file.read()
    return next((word for name, word in STREAMS if name.encode("utf-16-le") in content), "")
