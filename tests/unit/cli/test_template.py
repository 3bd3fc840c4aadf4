"""`natrium template`: what it prints and answers, without a process of its own."""

import argparse
import json
from pathlib import Path
from textwrap import dedent

import pytest

from natrium.cli import template
from natrium.cli.errors import CliError
from natrium.domain.workflow.schema import schema_text

CLEAN = dedent("""\
    natrium: template/1
    name: Work
    groups:
      - key: g
        name: G
        steps:
          - key: a
            name: A
    """)
ODD = CLEAN.replace("    steps:", "    gate: true\n    steps:")
LOOP = ODD + "        after: [a]\n"
BAD = CLEAN + "        estimate: soon\n        asign: x\n"


def run(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    template.add_arguments(parser)
    return template.run(parser.parse_args([str(word) for word in words]))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "work.yaml"


@pytest.mark.parametrize(("text", "status"), [(CLEAN, 0), (ODD, 0), (LOOP, 1), (BAD, 2)])
def test_the_exit_status_says_whether_it_could_be_published(file: Path, text: str, status: int) -> None:
    file.write_text(text, encoding="utf-8")
    assert run("lint", file) == status
    assert run("lint", file, "--json") == status


def test_findings_are_printed_with_their_lines(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(LOOP, encoding="utf-8")
    run("lint", file)
    assert capsys.readouterr().out.splitlines() == [
        f"{file}:10:17: error cycle: “A” waits for itself (after): it could never begin.",
        f"{file}:6:5: warning gate-on-last-group: “G” is the last group: its gate holds nothing.",
        f"{file}: 1 error, 1 warning.",
    ]


def test_a_clean_file_is_said_to_be(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(CLEAN, encoding="utf-8")
    run("lint", file)
    assert capsys.readouterr().out == f"{file}: nothing to say.\n"


def test_counts_are_in_words(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(CLEAN.replace("key: a", "key: A").replace("name: A", "name: ''"), encoding="utf-8")
    run("lint", file)
    assert capsys.readouterr().out.endswith(": 2 errors.\n")


def test_the_json_form(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(LOOP, encoding="utf-8")
    run("lint", file, "--json")
    cycle = "“A” waits for itself (after): it could never begin."
    gate = "“G” is the last group: its gate holds nothing."
    assert json.loads(capsys.readouterr().out) == {
        "ok": False,
        "errors": [{"code": "cycle", "message": cycle, "line": 10}],
        "warnings": [{"code": "gate-on-last-group", "message": gate, "line": 6}],
    }


def test_the_json_form_of_a_file_with_warnings_only_is_ok(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(ODD, encoding="utf-8")
    run("lint", file, "--json")
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["errors"], len(answer["warnings"])) == (True, [], 1)


def test_a_bad_file_is_told_on_stderr_with_file_line_and_what_was_expected(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(BAD, encoding="utf-8")
    run("lint", file)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        f"{file}:9:9: “estimate” is a whole number, and here is the text “soon”.",
        f"{file}:10:9: “asign” is not a field of a step. Did you mean “assign”?",
    ]


def test_a_bad_file_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(BAD, encoding="utf-8")
    run("lint", file, "--json")
    answer = json.loads(capsys.readouterr().out)
    assert [(error["code"], error["line"]) for error in answer["errors"]] == [("bad-value", 9), ("unknown-field", 10)]
    assert (answer["ok"], answer["warnings"]) == (False, [])


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("lint", tmp_path / name) == 2
    assert "The file cannot be read: " in capsys.readouterr().err


def test_a_file_of_another_kind(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(b"\x89PNG\r\n")
    assert run("lint", file) == 2
    assert "is not UTF-8" in capsys.readouterr().err


def test_of_several_files_the_worst_counts(tmp_path: Path) -> None:
    clean, loop, bad = (tmp_path / f"{name}.yaml" for name in ("clean", "loop", "bad"))
    clean.write_text(CLEAN, encoding="utf-8")
    loop.write_text(LOOP, encoding="utf-8")
    bad.write_text(BAD, encoding="utf-8")
    assert run("lint", clean, clean) == 0
    assert run("lint", loop, clean) == 1
    assert run("lint", clean, bad, loop) == 2


def test_json_takes_one_file(file: Path) -> None:
    with pytest.raises(CliError, match="--json takes one file"):
        run("lint", file, file, "--json")


def test_the_schema_is_printed_as_it_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema") == 0
    assert capsys.readouterr().out == schema_text()


def test_a_verb_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run()
    assert "WHAT" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "status", "words"), [(BAD, 2, ":10:9: "), (LOOP, 1, ":10:17: error cycle: ")])
def test_what_cannot_be_imported_and_published_is_told_with_file_and_line(
    file: Path, capsys: pytest.CaptureFixture[str], text: str, status: int, words: str
) -> None:
    file.write_text(text, encoding="utf-8")
    assert run("import", file, "--as", "me@lisle.example", "--publish") == status
    assert f"{file}{words}" in capsys.readouterr().err


class TestSuggest:
    def test_its_json_has_the_fixed_form(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("suggest", "--name", "VAT Return", "--description", "due by 7 May", "--json") == 0
        found = json.loads(capsys.readouterr().out)
        assert list(found) == ["groups", "confidence", "source"]
        assert 0 < found["confidence"] <= 1
        assert found["source"] == "library: VAT Return"
        for group in found["groups"]:
            assert list(group) == ["title", "steps"]
            for step in group["steps"]:
                assert set(step) <= {"title", "description", "assignee", "blocking", "estimate_minutes"}
                assert step["assignee"] in {"task_owner", "client_manager", "client_partner", "unassigned"}
                assert isinstance(step["blocking"], bool)

    def test_what_a_step_does_not_have_is_left_out(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("suggest", "--name", "Odd jobs", "--description", "Print the forms; merge the lists.", "--json") == 0
        steps = [step for group in json.loads(capsys.readouterr().out)["groups"] for step in group["steps"]]
        assert {"title": "Print the forms", "assignee": "task_owner", "blocking": False} in steps

    def test_it_is_read_out_with_its_doubts(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("suggest", "--name", "Sundry matters", "--description", "due by 7 May") == 0
        said = capsys.readouterr().out
        assert said.startswith("composed: generic (confidence 20%)\ndeadline: due by 7 May\n")
        assert "[client manager; archetype]" in said
        assert "What kind of work is it? A return or declaration" in said

    def test_it_wants_to_know_what_the_work_is(self) -> None:
        with pytest.raises(CliError, match="Say what the work is"):
            run("suggest", "--name", " ")
