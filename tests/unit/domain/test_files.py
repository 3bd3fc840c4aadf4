"""Files: what one may be called, which kinds there are, and what must be inside."""

import pytest

from natrium.domain.errors import Code, Refusal
from natrium.domain.files import (
    INSIDE,
    KINDS,
    LONGEST,
    MOST,
    Kind,
    _office,
    _plain,
    check,
    clean_name,
    extension,
    kind_of,
    too_big,
)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Bank letter, March 2026.pdf", "Bank letter, March 2026.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\jo\\ledger.xlsx", "ledger.xlsx"),
        ("/var/a/../b.csv", "b.csv"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066a\u2069\u200b\u200f.pdf", "a.pdf"),
        ("a\x00b\x07\r\n.pdf", "ab .pdf"),
        ("  two   words\t.pdf ", "two words .pdf"),
        ("...hidden.pdf", "hidden.pdf"),
        ("Xerox.pdf", "Xerox.pdf"),
        ("a\u00a0b\u2003c.pdf", "a b c.pdf"),
        ("trailing.pdf. . ", "trailing.pdf"),
        ("Jahresabschlu\u00df.pdf", "Jahresabschlu\u00df.pdf"),
        ("e\u0301tat.pdf", "\u00e9tat.pdf"),
        ("\u8acb\u6c42\u66f8.pdf", "\u8acb\u6c42\u66f8.pdf"),
        ('a"b;c=d.pdf', 'a"b;c=d.pdf'),
        ("<svg onload=x>.pdf", "<svg onload=x>.pdf"),
    ],
)
def test_a_name_is_cleaned(raw: str, name: str) -> None:
    assert clean_name(raw) == name


@pytest.mark.parametrize("raw", ["", " ", "...", "/", "a/", "\u202e\u200b", "\x00", ".. ."])
def test_a_name_of_nothing_is_refused(raw: str) -> None:
    with pytest.raises(Refusal) as refused:
        clean_name(raw)
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, "file")
    assert refused.value.message == "The file has no name. Give it one, and add it again."


@pytest.mark.parametrize("length", [LONGEST - 1, LONGEST, LONGEST + 1, 300, 5_000])
def test_a_long_name_keeps_its_extension(length: int) -> None:
    name = clean_name("x" * (length - 4) + ".pdf")
    assert len(name) == min(length, LONGEST)
    assert name.endswith(".pdf")
    assert ("\u2026" in name) is (length > LONGEST)


def test_a_long_name_without_an_extension_is_cut() -> None:
    assert clean_name("y" * 300) == "y" * (LONGEST - 1) + "\u2026"
    assert clean_name("a." + "y" * 300) == "a." + "y" * (LONGEST - 3) + "\u2026"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("x" * 150 + ".tar.gz", "x" * (LONGEST - 4) + "\u2026.gz"),
        ("x" * 150 + "." + "y" * 10, "x" * (LONGEST - 12) + "\u2026." + "y" * 10),
        ("x" * 150 + "." + "y" * 11, "x" * (LONGEST - 1) + "\u2026"),
        ("x" * 143 + " ." + "x" * 20 + ".pdf", "x" * 143 + "\u2026.pdf"),
        ("X" * 150 + ".pdf", "X" * (LONGEST - 5) + "\u2026.pdf"),
    ],
)
def test_a_long_name_is_cut_before_its_last_dot(raw: str, name: str) -> None:
    assert clean_name(raw) == name


def test_what_the_kinds_are_made_of() -> None:
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert _office("spreadsheetml.sheet", "excel") == Kind(spreadsheet, frozenset({"excel", "locked"})) == KINDS["xlsx"]
    assert _plain("application/x-ofx", "text", "markup") == KINDS["ofx"]
    assert KINDS["ofx"] == Kind("application/x-ofx", frozenset({"text", "markup"}))


@pytest.mark.parametrize(
    ("name", "end"), [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("pdf", ""), (".pdf", ""), ("a.", ""), ("a.b", "b")]
)
def test_the_extension_is_what_stands_after_the_last_dot(name: str, end: str) -> None:
    assert extension(name) == end


@pytest.mark.parametrize(
    "name", ["setup.exe", "page.html", "picture.svg", "a.pdf.exe", "macro.xlsm", "x.js", "a.zip", "a.xhtml", "pdf", "a"]
)
def test_other_kinds_are_not_taken(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        kind_of(name)
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, "file")
    assert refused.value.message == (
        f"“{name}” cannot be added. A task takes PDF, Word, Excel, PowerPoint and OpenDocument files, e-mails, "
        "pictures, CSV, OFX, QIF and text."
    )


def test_no_kind_is_one_that_a_browser_would_run() -> None:
    served = {kind.content_type for kind in KINDS.values()}
    assert not any(word in one for one in served for word in ("html", "svg", "xml+", "javascript"))
    assert {inside for kind in KINDS.values() for inside in kind.inside} < set(INSIDE)
    assert not {"program", "macros", "archive"} & {inside for kind in KINDS.values() for inside in kind.inside}


@pytest.mark.parametrize("name", [f"a.{end}" for end in KINDS])
def test_what_its_name_says_is_taken(name: str) -> None:
    for inside in kind_of(name).inside:
        check(name, size=1, inside=inside)
        check(name.upper(), size=MOST, inside=inside)


@pytest.mark.parametrize(
    ("name", "size", "inside", "words"),
    [
        ("a.pdf", 0, "", "“a.pdf” is empty."),
        ("a.pdf", MOST + 1, "pdf", "“a.pdf” has more than 25 MB, the most for a file."),
        (
            "a.pdf", 9, "program",
            "“a.pdf” is a program inside. Give it the right name, or save it as what it is called.",
        ),
        (
            "a.xls", 9, "text",
            "“a.xls” is plain text inside. Give it the right name, or save it as what it is called.",
        ),
        ("a.xlsx", 9, "macros", "“a.xlsx” has macros inside. Save it without them, and add that."),
        ("a.pdf", 9, "", "“a.pdf” is not what its name says. Open it, save it once more, and add that."),
        (
            "a.png", 9, "jpeg",
            "“a.png” is a JPEG picture inside. Give it the right name, or save it as what it is called.",
        ),
    ],
)  # fmt: skip
def test_what_is_inside_must_be_what_the_name_says(name: str, size: int, inside: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        check(name, size=size, inside=inside)
    assert (refused.value.code, refused.value.field, refused.value.message) == (Code.BAD_VALUE, "file", words)


def test_too_big_says_how_much_is_taken() -> None:
    assert too_big("x.pdf").message == "“x.pdf” has more than 25 MB, the most for a file."
