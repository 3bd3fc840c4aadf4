"""`natrium due`: what it prints, and what it says of a file it cannot answer, without a process of its own."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from textwrap import dedent

import pytest

from natrium.cli import due
from natrium.cli.json_rows import MAX_BYTES

TOO_MUCH = "1: JSON is expected, and this has a number too long or is nested too deep."
VECTORS = Path(__file__).parents[1] / "domain" / "deadlines" / "vectors.json"


def run(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    due.add_arguments(parser)
    return due.run(parser.parse_args([str(word) for word in words]))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "asked.json"


def test_all_vectors_are_answered_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(VECTORS) == 0
    answers = json.loads(capsys.readouterr().out)
    asked = json.loads(VECTORS.read_text(encoding="utf-8"))
    assert [answer["id"] for answer in answers] == [vector["id"] for vector in asked]
    for answer, vector in zip(answers, asked, strict=True):
        expected = {name.removeprefix("expected_"): vector[name] for name in vector if name.startswith("expected_")}
        assert answer == {"id": vector["id"], **expected}


def test_an_answer_explains_itself_when_asked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = {"ap_end": "2025-03-31"}
    file.write_text(json.dumps([{"id": "ct", "rule": "hmrc.ct.payment", "inputs": inputs}]), encoding="utf-8")
    assert run(file, "--explain") == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "id": "ct",
            "due": "2026-01-01",
            "pay_by": "2025-12-31",
            "why": "1 Jan 2026: 9 months after the end of the accounting period, 31 Mar 2025: 31 Dec 2025; "
            "1 day after that.",
            "version": 1,
            "source": "TMA 1970 s.59D; HMRC CTM01800",
        }
    ]


def test_nothing_asked_is_nothing_answered(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(b"\xef\xbb\xbf []\n")
    assert run(file) == 0
    assert capsys.readouterr().out == "[]\n"


def test_each_bad_row_is_told_with_line_place_and_what_was_expected(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = """\
        [
          {"id": "good", "rule": "hmrc.vat.return", "inputs": {"period_end": "2026-06-30"}},
          {
            "id": "late",
            "rule": "ch.accounts.annual",
            "inputs": {
              "company_type": "private",
              "arp_end": "31 March"
            }
          },
          {"id": "slip", "rule": "hmrc.vat.retrun", "inputs": {}},
          {"id": "short", "rule": "hmrc.p11d",
           "note": "inputs",
           "inputs": {}},
          7,
          {"rule": "hmrc.p11d", "inputs": {}},
          {"id": "far", "rule": "hmrc.p11d", "inputs": {"tax_year_end": "2026-04-05", "internal": {"offset": -1,
            "unit": "weeks", "adjust": "previous", "calendar": "scotland"}}}
        ]
        """
    file.write_text(dedent(text), encoding="utf-8")
    assert run(file) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        f"{file}:8: late, inputs.arp_end: The year end is a date like 2026-03-31, and here is the text “31 March”.",
        f"{file}:11: slip, rule: There is no rule “hmrc.vat.retrun”. Did you mean “hmrc.vat.return”?",
        f"{file}:14: short, inputs.tax_year_end: The end of the tax year is missing.",
        f"{file}:15: row 5: A row is a set of fields with id, rule and inputs, and here is the number 7.",
        f"{file}:16: row 6, id: “id” is text that names the row, and here is nothing.",
        (
            f"{file}:18: far, inputs.internal.unit: The unit of the target is “days” or “working_days”, and here is "
            "the text “weeks”."
        ),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"id": 1}', '1: A list of questions is expected: [{"id": …, "rule": …, "inputs": {…}}].'),
        (b'[\n{"id": 1,}\n]', "2: JSON is expected here, and it cannot be read at column 9: "),
        (b"", "1: JSON is expected here, and it cannot be read at column 1: Expecting value."),
        (b"\x89PNG", "1: Text in UTF-8 is expected, and this is not."),
        (b"[" * 200_000, TOO_MUCH),
        (b"[" + b"9" * 9_000 + b"]", TOO_MUCH),
        (b" " * (MAX_BYTES + 1), "1: The file is larger than 10,000,000 bytes, which is the most."),
    ],
    ids=["no list", "comma", "empty", "picture", "deep", "number", "large"],
)
def test_what_is_no_list_of_questions(file: Path, data: bytes, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(data)
    assert run(file) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{file}:{said}")
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / name) == 2
    assert f"{tmp_path / name}:1: The file cannot be read: " in capsys.readouterr().err
