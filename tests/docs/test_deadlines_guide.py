"""The guide to due dates does what it says: its questions get its answers, in its words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from natrium.cli.main import main

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "deadlines.md").read_text(encoding="utf-8")
QUESTIONS, ANSWERS = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("asked.json").write_text(QUESTIONS, encoding="utf-8")
    return Path("asked.json")


def test_the_questions_get_the_answers(asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", str(asked)]) == 0
    assert capsys.readouterr().out == ANSWERS


def test_the_words_are_those_of_the_guide(asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", str(asked), "--explain"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["why"] in " ".join(GUIDE.split())


def test_a_bad_question_is_told_as_the_guide_says(asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked.write_text(QUESTIONS.replace('"2027-06-30"', '"30 June"'), encoding="utf-8")
    assert main(["due", str(asked)]) == 2
    assert capsys.readouterr().err.strip() in GUIDE
