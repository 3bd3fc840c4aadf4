"""Template files: read with every problem in its place, written in one way, and the same after a round trip."""

from pathlib import Path
from textwrap import dedent
from time import perf_counter

import pytest

from natrium.apps.workflows.files import (
    MAX_BYTES,
    BadTemplateFile,
    decode,
    findings_with_lines,
    nodes,
    read_template,
)
from natrium.domain.workflow.definition import (
    Assign,
    Due,
    DueFrom,
    DueUnit,
    Order,
    Rule,
    StepDefinition,
    Template,
    WaitsOn,
)

SPEC = """\
natrium: template/1
name: Annual Accounts
description: Year-end accounts of a small limited company
groups:
  - key: review
    name: Internal Review
    order: sequential        # or any
    gate: true
    steps:
      - key: manager-review
        name: Manager review
        assign: client_manager   # task_owner | client_manager | client_partner | unassigned
        blocking: true
        required: false
        after: [prepare-draft]
        estimate: 60
        due: {days: -14, from: target}     # unit: working_days
        waits_on: client         # or third_party
        review: true
        approval: false
        filing: false
        guidance: |
          Markdown.
"""


def read(text: str) -> Template:
    return read_template(text, source="accounts.yaml")


def problems(text: str) -> list[tuple[int, int, str, str]]:
    with pytest.raises(BadTemplateFile) as bad:
        read(text)
    assert bad.value.source == "accounts.yaml"
    return [(each.line, each.column, each.code, each.message) for each in bad.value.problems]


class TestReading:
    def test_the_form_of_the_specification(self) -> None:
        expected = StepDefinition(
            key="manager-review",
            name="Manager review",
            guidance="Markdown.\n",
            assign=Assign(rule=Rule.CLIENT_MANAGER),
            blocking=True,
            after=("prepare-draft",),
            estimate=60,
            due=Due(days=-14),
            waits_on=WaitsOn.CLIENT,
            review=True,
        )
        assert read(SPEC).steps == (expected,)
        assert read(SPEC).groups[0].gate

    def test_other_words_of_the_specification(self) -> None:
        text = (
            SPEC.replace("order: sequential", "order: any")
            .replace("assign: client_manager", "assign: member:priya@example.com")
            .replace("{days: -14, from: target}", "{days: 3, unit: working_days, from: statutory}")
            .replace("waits_on: client", "waits_on: third_party")
        )
        (found,) = read(text).steps
        assert read(text).groups[0].order is Order.ANY
        assert found.assign == Assign(rule=Rule.MEMBER, email="priya@example.com")
        assert found.due == Due(days=3, unit=DueUnit.WORKING_DAYS, from_=DueFrom.STATUTORY)
        assert found.waits_on is WaitsOn.THIRD_PARTY

    def test_words_that_older_yaml_took_for_flags_and_numbers_are_text(self) -> None:
        assert read("natrium: template/1\nname: yes\ndescription: 2026-01-01\n").name == "yes"
        assert read("natrium: template/1\nname: 12:30\n").name == "12:30"

    def test_numbers_as_yaml_writes_them(self) -> None:
        for written in ("60", "+60", "060", "0x3C", "0o74", "60.0", "6e1"):
            assert read(SPEC.replace("estimate: 60", f"estimate: {written}")).steps[0].estimate == 60

    def test_an_empty_field_means_its_default(self) -> None:
        text = SPEC.replace("estimate: 60", "estimate:").replace("after: [prepare-draft]", "after: ~")
        assert read(text).steps[0].estimate is None
        assert read(text).steps[0].after == ()

    def test_windows_line_ends_and_its_mark_of_encoding(self) -> None:
        data = b"\xef\xbb\xbf" + SPEC.replace("\n", "\r\n").encode()
        assert read(decode(data, source="x")) == read(SPEC)
        assert read("\ufeff" + SPEC) == read(SPEC)


STEP = "natrium: template/1\nname: W\ngroups:\n  - key: g\n    name: G\n    steps:\n      - key: a\n        name: A\n"

NASTY: list[tuple[str, str, tuple[int, int, str], str]] = [
    ("nothing", "", (1, 1, "bad-yaml"), "The file is empty; a template begins with “natrium: template/1”."),
    ("only a comment", "# later\n", (1, 1, "bad-yaml"), "The file is empty"),
    ("text", "accounts\n", (1, 1, "not-a-template"), "here is the text “accounts”."),
    ("a list", "- a\n", (1, 1, "not-a-template"), "here is a list."),
    ("another kind of file", "name: x\nversion: 3\n", (1, 1, "not-a-template"), "it is not there."),
    ("a newer format", "\nnatrium: template/9\n", (2, 1, "not-a-template"), "a newer one wrote it."),
    ("a tab", "natrium: template/1\n\tname: x\n", (2, 1, "bad-yaml"), "indented with spaces, and here is a tab."),
    ("a colon in text", "natrium: template/1\nname: a: b\n", (2, 8, "bad-yaml"), "put text with a colon in quotes"),
    ("an open quote", "natrium: template/1\nname: 'a\n", (3, 1, "bad-yaml"), "A quote was opened before"),
    ("an open list", "natrium: [a\nname: b\n", (2, 5, "bad-yaml"), "This is not YAML: expected ',' or ']'"),
    ("a sign", "natrium: template/1\nname: @a\n", (2, 7, "bad-yaml"), "cannot begin with '@'; put it in quotes."),
    ("no colon", "natrium: template/1\nname\ngroups: []\n", (3, 1, "bad-yaml"), "A field needs a colon and a space"),
    ("indentation", STEP + "       key: b\n", (9, 8, "bad-yaml"), "does not fit the indentation"),
    ("an anchor", "natrium: template/1\nname: &a b\n", (2, 7, "bad-yaml"), "Anchors (&) and aliases (*) are not used"),
    ("an alias", "natrium: template/1\nname: *a\n", (2, 7, "bad-yaml"), "Anchors (&) and aliases (*) are not used"),
    ("a tag", "natrium: template/1\nname: !!str b\n", (2, 7, "bad-yaml"), "Tags like “tag:yaml.org,2002:str”"),
    ("an object", "!!python/object:os.system\na: b\n", (1, 1, "bad-yaml"), "python/object:os.system” are not used"),
    ("a directive", "%YAML 1.1\n---\nnatrium: template/1\n", (2, 1, "bad-yaml"), "A %YAML line is not used"),
    ("two documents", "natrium: template/1\nname: a\n---\nb: 1\n", (4, 1, "bad-yaml"), "A second document begins"),
    ("a list as a name", "? [a]\n: b\n", (1, 3, "bad-yaml"), "The name of a field is a word"),
    ("a control character", "natrium: template/1\nname: a\x01\n", (2, 8, "bad-yaml"), "not text; take it out."),
    ("half a character", "natrium: template/1\nname: \ud800\n", (2, 7, "bad-yaml"), "not text; take it out."),
    ("a hidden control character", 'natrium: template/1\nname: "\\0"\n', (2, 1, "bad-value"), "not text."),
    ("depth", "a: " + "[" * 5_000, (1, 16, "bad-yaml"), "nested too deeply"),
    ("a number of 5,000 digits", STEP + f"        estimate: {'9' * 5_000}\n", (9, 9, "bad-value"), "the number inf"),
    ("a number of 5,000 hex digits", STEP + f"        estimate: 0x{'9' * 5_000}\n", (9, 9, "bad-value"), "number inf"),
    ("no number", STEP + "        estimate: .NaN\n", (9, 9, "bad-value"), "the number nan"),
    ("beyond any number", STEP + "        estimate: -.inf\n", (9, 9, "bad-value"), "the number -inf"),
    ("a misspelt field", STEP + "        asign: x\n", (9, 9, "unknown-field"), "Did you mean “assign”?"),
    ("a wrong word", STEP + "        assign: manager\n", (9, 9, "bad-value"), "and here is the text “manager”."),
    ("in one line", STEP + "        due: {days: 1, form: target}\n", (9, 24, "unknown-field"), "Did you mean “from”?"),
    ("an item", STEP + "        after:\n          - a\n          - 1\n", (11, 13, "bad-value"), "An item of “after”"),
    ("a number for a name", "natrium: template/1\nname: 2026\n", (2, 1, "bad-value"), "Put it in quotes."),
    ("yes", STEP + "        blocking: yes\n", (9, 9, "bad-value"), "Write true."),
    ("no key", STEP + "      - name: B\n", (9, 9, "missing-field"), "A step needs “key”"),
    ("a merge", STEP + "        <<: {a: b}\n", (9, 9, "unknown-field"), "“<<” is not a field of a step."),
    ("a field twice", STEP + "        name: B\n", (9, 9, "duplicate-field"), "a second time; the first is in line 8."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "words"), [each[1:] for each in NASTY], ids=[each[0] for each in NASTY])
def test_a_nasty_file_is_refused_with_its_place_and_what_was_expected(
    text: str, place: tuple[int, int, str], words: str
) -> None:
    began = perf_counter()
    ((line, column, code, message),) = problems(text)
    assert (line, column, code) == place
    assert words in message
    assert perf_counter() - began < 30


class TestProblems:
    def test_all_are_told_in_the_order_of_the_file(self) -> None:
        text = dedent("""\
            natrium: template/1
            naem: Work
            groups:
              - key: g
                name: 5
                steps:
                  - {key: a, name: A, blocking: maybe}
                  - key: b
                    key: c
                    estimate: soon
            """)
        assert [(line, code) for line, _, code, _ in problems(text)] == [
            (1, "missing-field"),
            (2, "unknown-field"),
            (5, "bad-value"),
            (7, "bad-value"),
            (8, "missing-field"),
            (9, "duplicate-field"),
            (10, "bad-value"),
        ]

    def test_a_twin_is_read_as_well(self) -> None:
        text = STEP + "      - key: b\n        name: B\n        name: [a, {b: c, b: d}]\n"
        assert [(line, code) for line, _, code, _ in problems(text)] == [(11, "duplicate-field")] * 2

    def test_they_read_like_a_compiler_s(self) -> None:
        with pytest.raises(BadTemplateFile, match=r"^accounts\.yaml:2:7: A value cannot begin with '@'"):
            read("natrium: template/1\nname: @a\n")

    def test_a_file_that_is_too_large(self) -> None:
        text = f"natrium: template/1\nname: {'é' * (MAX_BYTES // 2)}\n"
        assert problems(text) == [
            (1, 1, "bad-yaml", "The file is larger than 1,000,000 bytes, the most for a template.")
        ]
        with pytest.raises(BadTemplateFile, match="larger than 1,000,000 bytes"):
            decode(b"#" * (MAX_BYTES + 1), source="x")

    @pytest.mark.parametrize(
        ("data", "place"),
        [(SPEC.encode("utf-16"), "x:1:1"), (b"name: a\nname: caf\xe9\n", "x:2:10"), (b"\xc3", "x:1:1")],
    )
    def test_a_file_that_is_not_utf_8(self, data: bytes, place: str) -> None:
        with pytest.raises(BadTemplateFile, match=f"^{place}: The file is not UTF-8 from here on; save it as UTF-8."):
            decode(data, source="x")

    def test_a_file_of_very_many_values(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(nodes, "MAX_VALUES", 30)
        assert problems("a: [" + "1, " * 40 + "]\n") == [
            (1, 86, "bad-yaml", "The file has more than 30 values; split the template.")
        ]

    def test_a_bomb_of_aliases_is_refused_at_its_first_anchor(self) -> None:
        bomb = "natrium: template/1\na: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30))
        assert problems(bomb)[0][:3] == (2, 4, "bad-yaml")


class TestFindings:
    def test_each_has_the_line_where_it_stands(self) -> None:
        text = dedent("""\
            natrium: template/1
            name: Work
            groups:
              - key: one
                name: One
                steps:
                  - key: a
                    name: A
                    after:
                      - nope
                      - b
                    estimate: -5
                  - {key: b, name: B, due: {days: 9999}}
              - key: two
                name: one
                gate: true
            """)
        found = findings_with_lines(text, read(text))
        assert [(each.finding.code.value, each.line, each.column) for each in found] == [
            ("unknown-key", 10, 13),
            ("bad-value", 12, 9),
            ("bad-value", 13, 33),
            ("cycle", 11, 13),
            ("empty-group", 14, 5),
            ("gate-on-last-group", 16, 5),
            ("duplicate-name", 15, 5),
        ]

    def test_what_the_file_leaves_out_is_shown_around_it(self) -> None:
        text = "natrium: template/1\nname: W\n"
        (found,) = findings_with_lines(text, read(text))
        assert (found.finding.code.value, found.line, found.column) == ("no-steps", 1, 1)

    def test_members_who_left_are_said(self) -> None:
        text = STEP + "        assign: member:lea@firm.example\n"
        (found,) = findings_with_lines(text, read(text), active_emails=frozenset())
        assert (found.finding.code.value, found.line) == ("member-left", 9)


def test_the_guide_s_example_is_a_template_without_findings() -> None:
    guide = Path(__file__).parents[4] / "docs" / "guide" / "template-files.md"
    text = guide.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    assert findings_with_lines(text, read(text)) == ()
