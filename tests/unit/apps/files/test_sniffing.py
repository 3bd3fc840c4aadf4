"""What is found inside files, whatever they are called."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from natrium.apps.files.sniffing import look_inside
from natrium.domain.files import KINDS, extension
from tests import files


def inside(content: bytes) -> str:
    return look_inside(io.BytesIO(content))


@pytest.mark.parametrize("name", files.GOOD)
def test_each_kind_is_known(name: str) -> None:
    assert inside(files.GOOD[name]) in KINDS[extension(name)].inside


def test_every_kind_has_a_sample() -> None:
    assert {extension(name) for name in files.GOOD} == set(KINDS)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (files.EXE, "program"),
        (files.ELF, "program"),
        (files.SCRIPT, "program"),
        (files.SVG, "markup"),
        (files.HTML, "markup"),
        (files.XLSM, "macros"),
        (files.JAR, "archive"),
        (files.zipped("a.txt"), "archive"),
        (files.zipped("content.xml", first=b"application/epub+zip"), "archive"),
        (files.ole("EncryptedPackage"), "locked"),
        (files.ole("_StringPool"), ""),
        (files.MP4, ""),
        (b"RIFF\0\0\0\0WAVEfmt ", ""),
        (files.CSV_OLD, "text"),
        (files.CSV_WIDE, "text"),
        (b"\xef\xbb\xbf" + files.CSV, "text"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4\n", "pdf"),
        (b"BMW invoices\n", "text"),
        (b"x\0y", ""),
        (b"a" * 200_000 + b"\0", ""),
        (b"PK\x03\x04", "archive"),
        (b"PK\x03\x04" + b"\0" * 200, "archive"),
        (b"", "text"),
    ],
)
def test_others_are_known_for_what_they_are(content: bytes, word: str) -> None:
    assert inside(content) == word


def test_a_signature_at_the_end_or_further_on_says_nothing() -> None:
    assert inside(files.EXE + files.PDF) == "program"
    assert inside(b"Hello\n" + files.PDF) == "text"
    assert inside(b"\0junk" + b"%%EOF") == ""


def test_the_file_is_left_at_its_beginning() -> None:
    file = io.BytesIO(files.DOCX)
    file.read(10)
    look_inside(file)
    assert file.tell() == 0


def a_bomb() -> bytes:
    """A small archive whose first file would unpack to 200 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"0" * 200_000_000)
        archive.writestr("word/document.xml", "x")
    return out.getvalue()


def a_crowd() -> bytes:
    """An archive whose directory is all that it has: half a million names of nothing."""
    entry = b"PK\x01\x02" + b"\0" * 24 + struct.pack("<HHH", 4, 0, 0) + b"\0" * 12 + b"word"
    directory = entry * 400_000
    start = b"PK\x03\x04" + b"\0" * 26
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 400, 400, len(directory), len(start), 0)
    return start + directory + end


@pytest.mark.parametrize(("make", "word"), [(a_bomb, "word"), (a_crowd, "archive")])
def test_an_archive_made_to_hurt_costs_nothing(make: object, word: str) -> None:
    content = make()  # type: ignore[operator]
    began = time.perf_counter()
    tracemalloc.start()
    found = inside(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == word
    assert time.perf_counter() - began < 2
    assert most - len(content) < 20_000_000


@pytest.mark.parametrize("cut", [1, 10, 22, 40, 100])
def test_a_broken_archive_is_an_archive(cut: int) -> None:
    assert inside(files.DOCX[:-cut]) == "archive"


def test_a_name_longer_than_the_directory_ends_there() -> None:
    broken = bytearray(files.DOCX)
    at = broken.rfind(b"PK\x01\x02")
    broken[at + 28 : at + 30] = b"\xff\xff"
    assert inside(bytes(broken)) in {"word", "archive"}
