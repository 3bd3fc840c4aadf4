"""The plain form: read and written without loss, and every reason why something is none."""

import json
import pathlib
from collections.abc import Mapping
from functools import cache

import jsonschema_rs
import pytest
from hypothesis import given

import natrium
from natrium.domain.workflow.codec import BadTemplate, from_dict, to_dict, where
from natrium.domain.workflow.definition import Assign, Due, DueFrom, DueUnit, Order, Rule, Template, WaitsOn
from natrium.domain.workflow.findings import LintCode, Path
from natrium.domain.workflow.form import DUE, FORM, GROUP, STEP, Record
from natrium.domain.workflow.lint import lint
from natrium.domain.workflow.schema import schema_text, template_schema
from tests.unit.domain.workflow.problems_table import BARE_FORM, MARKED, ONE_PROBLEM, the_step, with_step
from tests.unit.domain.workflow.template_builders import any_templates, clean_templates, row, step, template

FULL = template(
    row(
        "review",
        step(
            "manager-review",
            "Manager review",
            assign=Assign(rule=Rule.MEMBER, email="priya@example.com"),
            blocking=True,
            required=True,
            after=["prepare-draft"],
            estimate=60,
            due=Due(days=-14, unit=DueUnit.WORKING_DAYS, from_=DueFrom.STATUTORY),
            waits_on=WaitsOn.THIRD_PARTY,
            review=True,
            approval=True,
            filing=True,
            guidance="Markdown.\n",
        ),
        name="Internal Review",
        order=Order.ANY,
        gate=True,
    ),
    name="Annual Accounts",
    description="Year-end accounts",
)

FULL_FORM = {
    "natrium": "template/1",
    "name": "Annual Accounts",
    "description": "Year-end accounts",
    "groups": [
        {
            "key": "review",
            "name": "Internal Review",
            "order": "any",
            "gate": True,
            "steps": [
                {
                    "key": "manager-review",
                    "name": "Manager review",
                    "assign": "member:priya@example.com",
                    "blocking": True,
                    "required": True,
                    "after": ["prepare-draft"],
                    "estimate": 60,
                    "due": {"days": -14, "unit": "working_days", "from": "statutory"},
                    "waits_on": "third_party",
                    "review": True,
                    "approval": True,
                    "filing": True,
                    "guidance": "Markdown.\n",
                }
            ],
        }
    ],
}


def test_a_full_template_has_every_field_in_order() -> None:
    assert to_dict(FULL) == FULL_FORM
    assert json.dumps(to_dict(FULL)) == json.dumps(FULL_FORM)
    assert from_dict(FULL_FORM) == FULL


def test_defaults_are_left_out() -> None:
    assert to_dict(template(row("g", "a"))) == BARE_FORM


def test_an_empty_template_is_a_name() -> None:
    assert to_dict(Template(name="")) == {"natrium": "template/1", "name": ""}
    assert from_dict({"natrium": "template/1", "name": ""}) == Template(name="")


@pytest.mark.parametrize(
    ("due", "form"),
    [
        (Due(), {"days": 0}),
        (Due(days=3), {"days": 3}),
        (Due(days=0, from_=DueFrom.ATTACHED), {"days": 0, "from": "attached"}),
        (Due(rule="ch.cs01"), {"rule": "ch.cs01"}),
        (Due(rule="ch.cs01", days=2), {"days": 2, "rule": "ch.cs01"}),
    ],
)
def test_due_dates(due: Due, form: dict[str, object]) -> None:
    made = template(row("g", step("a", due=due)))
    assert the_step(to_dict(made))["due"] == form
    assert from_dict(to_dict(made)) == made


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert the_step(to_dict(from_dict(with_step(estimate=60.0)))) == {"key": "a", "name": "A", "estimate": 60}


def test_the_largest_whole_number_can_be_kept() -> None:
    assert the_step(to_dict(from_dict(with_step(estimate=10**9))))["estimate"] == 10**9


def test_what_has_no_default_is_required() -> None:
    """Of records made anew, since the form's own keep what they have worked out."""
    made = [Record(makes=record.makes, what=record.what, fields=record.fields) for record in (FORM, GROUP, STEP, DUE)]
    assert [sorted(record.required) for record in made] == [["name"], ["key", "name"], ["key", "name"], []]
    assert [made[2].default(field) for field in STEP.fields[-2:]] == [False, ""]


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule is not Rule.MEMBER])
def test_a_rule_is_read_by_its_word(rule: Rule) -> None:
    [read] = from_dict(with_step(assign=rule.value)).steps
    assert read.assign == Assign(rule=rule)


def test_nothing_means_the_default() -> None:
    names = ("assign", "blocking", "required", "after", "estimate", "due", "waits_on", "review", "guidance")
    form = with_step(**dict.fromkeys(names)) | {"description": None}
    assert from_dict(form) == from_dict(BARE_FORM)


@given(any_templates)
def test_reading_what_was_written_gives_the_same(draft: Template) -> None:
    assert from_dict(to_dict(draft)) == draft
    assert from_dict(json.loads(json.dumps(to_dict(draft)))) == draft


@pytest.mark.parametrize(("form", "code", "path", "sentence"), ONE_PROBLEM)
def test_what_is_no_template_is_refused_with_the_place_and_the_reason(
    form: object, code: str, path: Path, sentence: str
) -> None:
    with pytest.raises(BadTemplate) as refused:
        from_dict(form)
    (problem,) = refused.value.problems
    assert (problem.code, problem.path, problem.message) == (code, path, sentence)
    assert str(refused.value) == f"{where(path)}: {problem.message}"


def test_all_that_is_wrong_is_said_at_once() -> None:
    form = with_step(blocking=1, asign="x", due={"days": "x", "rule": 1}) | {"natrium": "tempalte/1", "name": 5}
    with pytest.raises(BadTemplate) as refused:
        from_dict(form)
    told = [f"{where(problem.path)}: {problem.message}" for problem in refused.value.problems]
    assert str(refused.value) == "\n".join(told)
    assert [where(problem.path) for problem in refused.value.problems] == [
        "natrium",
        "name",
        "groups[0].steps[0].asign",
        "groups[0].steps[0].blocking",
        "groups[0].steps[0].due.days",
        "groups[0].steps[0].due.rule",
    ]


def test_the_whole_has_a_name_too() -> None:
    assert where(()) == "the template"


PUBLISHED = pathlib.Path(natrium.__file__).parent / "library" / "template.schema.json"


@cache
def validator() -> jsonschema_rs.Draft202012Validator:
    made: jsonschema_rs.Draft202012Validator = jsonschema_rs.validator_for(template_schema())
    return made


class TestSchema:
    def test_it_is_the_one_that_is_published(self) -> None:
        """After a change: natrium template schema > src/natrium/library/template.schema.json."""
        assert schema_text() == PUBLISHED.read_text(encoding="utf-8")

    def test_it_is_a_schema_of_its_draft(self) -> None:
        assert jsonschema_rs.meta.is_valid(json.loads(schema_text()))

    @given(clean_templates)
    def test_a_template_without_bad_values_fits(self, draft: Template) -> None:
        validator().validate(to_dict(draft))

    @given(any_templates)
    def test_a_draft_that_fits_has_no_bad_value_that_a_schema_can_say(self, draft: Template) -> None:
        if validator().is_valid(to_dict(draft)):
            for finding in lint(draft):
                field = finding.path[-1] if finding.path else ""
                assert finding.code is not LintCode.BAD_VALUE or field in {"name", "rule"}

    def test_nothing_may_stand_for_the_default(self) -> None:
        validator().validate(with_step(blocking=None, due=None, waits_on=None, assign=None, after=None, guidance=None))

    @pytest.mark.parametrize(
        "form",
        [form for form, *_ in ONE_PROBLEM if isinstance(form, Mapping) and all(isinstance(name, str) for name in form)],
    )
    def test_what_cannot_be_read_does_not_fit(self, form: dict[str, object]) -> None:
        unsayable = ("\\u0000", "\\ud800", "\\udfff")
        assert any(each in json.dumps(form) for each in unsayable) or not validator().is_valid(form)

    @pytest.mark.parametrize(
        "form",
        [
            with_step(key="Not A Key"),
            with_step(name=""),
            with_step(estimate=-1),
            with_step(due={"days": 4000}),
            with_step(assign="member:nobody"),
            with_step(after=["a", "a"]),
            with_step(due={"rule": "No Rule"}),
            MARKED | {"name": "x" * 201},
        ],
    )
    def test_limits_are_in_the_schema(self, form: dict[str, object]) -> None:
        assert not validator().is_valid(form)
