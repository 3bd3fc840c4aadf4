"""Template files as they are written: one way only, and read back without loss."""

import pytest
import yaml
from hypothesis import given, settings

from natrium.apps.workflows.files import read_template, write_template
from natrium.domain.workflow.codec import to_dict
from natrium.domain.workflow.definition import Assign, Due, GroupDefinition, Rule, StepDefinition, Template
from tests.unit.domain.workflow.template_builders import ODD, any_templates, row, step, template

CANONICAL = """\
natrium: template/1
name: Annual Accounts
description: Year-end accounts of a small limited company
groups:
  - key: review
    name: Internal Review
    gate: true
    steps:
      - key: manager-review
        name: Manager review
        assign: client_manager
        blocking: true
        after: [prepare-draft]
        estimate: 60
        due: {days: -14}
        waits_on: client
        review: true
        guidance: |
          Markdown.
"""


def read(text: str) -> Template:
    return read_template(text, source="accounts.yaml")


def test_the_canonical_form() -> None:
    assert write_template(read(CANONICAL)) == CANONICAL


@pytest.mark.parametrize(
    ("guidance", "written"),
    [
        ("One line.", ["guidance: |-", "  One line."]),
        ("One line.\n", ["guidance: |", "  One line."]),
        ("Two\n\nparts\n", ["guidance: |", "  Two", "", "  parts"]),
        ("Open end\n\n\n", ["guidance: |+", "  Open end", "", ""]),
        ("- a\n  - b\n", ["guidance: |", "  - a", "    - b"]),
        ("  indented\n", ['guidance: "  indented\\n"']),
        ("\n", ['guidance: "\\n"']),
        ("turned \u202e round", ['guidance: "turned \\u202E round"']),
        ('\x85\r\t\0"\\', ['guidance: "\\x85\\r\\t\\0\\"\\\\"']),
    ],
)  # fmt: skip
def test_guidance(guidance: str, written: list[str]) -> None:
    lines = write_template(template(row("g", step("a", guidance=guidance)))).split("\n")
    assert [line.removeprefix("        ") for line in lines[8:-1]] == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Review P&L, balance sheet (draft)", "Review P&L, balance sheet (draft)"),
        ("FPS/EPS: check", '"FPS/EPS: check"'),
        ("yes", '"yes"'),
        ("64-8", '"64-8"'),
        ("1st review", "1st review"),
        ("£ and é", "£ and é"),
        ("", '""'),
        (" a ", '" a "'),
        ("a #b", '"a #b"'),
        ("a#b", "a#b"),
        ("- a", '"- a"'),
    ],
)
def test_names_are_quoted_only_where_they_must(name: str, written: str) -> None:
    assert f"\n        name: {written}\n" in write_template(template(row("g", StepDefinition(key="a", name=name))))


def test_a_description_of_several_lines_is_a_block() -> None:
    written = write_template(template(row("g", "a"), description="One\ntwo"))
    assert "description: |-\n  One\n  two\ngroups:" in written


def test_keys_and_rules_in_one_line_are_quoted_where_they_must() -> None:
    made = template(row("g", step("a", after=["b", "1", "no"], due=Due(rule="a, b"))))
    written = write_template(made)
    assert 'after: [b, "1", "no"]' in written
    assert 'due: {rule: "a, b"}' in written
    assert read(written) == made


def test_each_odd_text_comes_back_from_each_place() -> None:
    for text in ODD:
        made = Template(
            name=text,
            description=text,
            groups=(
                GroupDefinition(
                    key=text,
                    name=text,
                    steps=(
                        StepDefinition(
                            key=text,
                            name=text,
                            guidance=text,
                            after=(text, text),
                            due=Due(rule=text),
                            assign=Assign(rule=Rule.MEMBER, email=text),
                        ),
                    ),
                ),
            ),
        )
        assert read(write_template(made)) == made, repr(text)


@settings(max_examples=40)
@given(any_templates)
def test_reading_what_was_written_gives_the_same_template_and_the_same_bytes(made: Template) -> None:
    written = write_template(made)
    assert read(written) == made
    assert write_template(read(written)) == written


@settings(max_examples=40)
@given(any_templates)
def test_another_reader_of_yaml_reads_the_same(made: Template) -> None:
    assert yaml.safe_load(write_template(made)) == to_dict(made)
