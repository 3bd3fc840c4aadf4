"""A template made of a job that was done."""

from datetime import date

from natrium.domain.workflow.definition import Due, DueFrom, Order, Rule
from natrium.domain.workflow.harvesting import as_template
from natrium.domain.workflow.lint import lint
from natrium.domain.workflow.model import Workflow
from tests.unit.domain.workflow.builders import DONE, JO, SKIPPED, group, row, step

JOB = Workflow(
    (
        group(
            "gather",
            step("ask", status=DONE, assignee=JO, rule=Rule.TASK_OWNER),
            step("visit", status=SKIPPED),
            gate=True,
        ),
        group("nothing", step("gone", status=SKIPPED)),
        group("finish", step("file", after=("visit", "ask"), filing=True, added=True), gate=True),
    )
)


def test_skipped_steps_and_empty_groups_are_left_out_with_all_that_named_them() -> None:
    made = as_template(JOB, name="Accounts", target=None)
    assert {one.key: [s.key for s in one.steps] for one in made.groups} == {"gather": ["ask"], "finish": ["file"]}
    assert made.steps[1].after == ("ask",)


def test_rules_flags_and_gates_stay_and_the_last_gate_goes() -> None:
    made = as_template(JOB, name="Accounts", target=None)
    assert made.name == "Accounts"
    assert (made.steps[0].assign.rule, made.steps[1].filing) == (Rule.TASK_OWNER, True)
    assert [one.gate for one in made.groups] == [True, False]


def test_each_group_keeps_its_name_and_order_and_only_the_last_loses_its_gate() -> None:
    job = Workflow((row("g", "a", gate=True), group("h", "b", gate=True), row("i", "c", gate=True), row("j")))
    made = as_template(job, name="Accounts", target=None)
    assert [(one.key, one.name, one.order, one.gate) for one in made.groups] == [
        ("g", "G", Order.SEQUENTIAL, True),
        ("h", "H", Order.ANY, True),
        ("i", "I", Order.SEQUENTIAL, False),
    ]


def test_a_date_typed_by_hand_becomes_days_from_the_target() -> None:
    kept = Due(days=3, from_=DueFrom.ATTACHED)
    job = Workflow(
        (
            group(
                "only",
                step("a", due_on=date(2027, 9, 20), due_by_hand=True),
                step("b", due_on=date(2027, 9, 20), due=kept),
                step("c", due=kept, due_by_hand=True),
            ),
        )
    )
    dues = [s.due for s in as_template(job, name="T", target=date(2027, 9, 30)).steps]
    assert dues == [Due(days=-10), kept, kept]
    assert [s.due for s in as_template(job, name="T", target=None).steps] == [None, kept, kept]


def test_of_a_job_all_skipped_nothing_is_left() -> None:
    made = as_template(Workflow((group("g", step("a", status=SKIPPED)),)), name="T", target=None)
    assert made.groups == ()


def test_what_is_made_is_linted_like_any_template() -> None:
    assert not [f for f in lint(as_template(JOB, name="Accounts", target=None)) if f.level == "error"]
