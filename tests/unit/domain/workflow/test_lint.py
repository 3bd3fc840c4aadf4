"""Lint: each finding with the smallest template that has it, and templates that it must leave alone."""

from time import perf_counter

import pytest
from hypothesis import given

from natrium.domain.workflow.definition import Assign, Due, Rule, Template
from natrium.domain.workflow.dependencies import direct_prerequisites, find_cycle
from natrium.domain.workflow.lint import Finding, Level, LintCode, Path, errors, lint, warnings
from tests.unit.domain.workflow.findings_table import ONE_EACH, A, B, with_step
from tests.unit.domain.workflow.template_builders import any_templates, bag, clean_templates, row, step, template


def one(found: Template, *, active_emails: frozenset[str] | None = None) -> Finding:
    findings = lint(found, active_emails=active_emails)
    assert len(findings) == 1, findings
    return findings[0]


def codes(found: Template) -> list[str]:
    return [finding.code.value for finding in lint(found)]


MEMBER = Assign(rule=Rule.MEMBER, email="lea@firm.example")


@pytest.mark.parametrize(("code", "found", "sentence", "keys", "path"), ONE_EACH)
def test_each_finding_has_its_code_words_keys_and_place(
    code: str, found: Template, sentence: str, keys: tuple[str, ...], path: Path
) -> None:
    finding = one(found)
    assert (finding.code.value, finding.message, finding.keys, finding.path) == (code, sentence, keys, path)


def test_every_code_has_its_example() -> None:
    assert {code for code, *_ in ONE_EACH} == {code.value for code in LintCode} - {"member-left"}


CLEAN = {
    "one step": template(bag("g", "a")),
    "a name of 200, a key of 63, an estimate of nothing": template(bag("g", step("a" * 63, "x" * 200, estimate=0))),
    "the farthest days": with_step(due=Due(days=3660)),
    "the longest address": with_step(assign=Assign(rule=Rule.MEMBER, email="j@" + "x" * 252)),
    "a step that is approval and filing in one": template(row("g", step("a", approval=True, filing=True))),
    "a rule of law": with_step(due=Due(rule="hmrc.vat.return")),
    "the longest guidance": with_step(guidance="x" * 20_000),
    "a forward after": template(bag("g", step("a", after=["b"]), "b")),
    "an after across groups without a gate": template(bag("g", "a"), bag("h", step("b", after=["a"]))),
    "an after past an any-order gate on a later group": template(
        bag("g", "a"), bag("h", "b", gate=True), bag("i", "c")
    ),
    "a blocking step that comes later": template(bag("g", step("a", after=["b"]), step("b", blocking=True))),
    "a group and a step with one name": template(bag("g", step("a", "G"))),
    "approval, then filing": template(row("g", step("a", approval=True), step("f", filing=True))),
    "two approvals, each before its filing": template(
        row("g", step("a", approval=True), step("f", filing=True), step("b", approval=True), step("h", filing=True))
    ),
    "a filing that waits for a later approval": template(
        bag("g", step("f", filing=True, after=["a"]), step("a", approval=True))
    ),
    "a filing that waits for a later approval through one step, and for another step beside it": template(
        bag("g", step("f", filing=True, after=["b", "c"]), step("b", after=["a"]), "c", step("a", approval=True))
    ),
    "a filing that waits for a later approval through the other step": template(
        bag("g", step("f", filing=True, after=["b", "c"]), "b", step("c", after=["a"]), step("a", approval=True))
    ),
    "filings and no approval": template(row("g", step("f", filing=True), step("h", filing=True))),
    "review, then approval": template(row("g", step("r", review=True), step("a", approval=True))),
    "an examiner's signature after an approval that was reviewed": template(
        row("g", step("r", review=True), step("a", approval=True), step("s", review=True))
    ),
    "a letter approved first, other work reviewed later": template(
        row("g", step("a", approval=True), step("w"), step("r", review=True), step("f", filing=True))
    ),
    "a review that the approval waits for, though it stands later": template(
        bag("g", step("a", approval=True, after=["r"]), step("r", review=True))
    ),
    "a step that is review and approval in one": template(row("g", step("a", approval=True, review=True))),
    "a review before the last approval": template(
        row("g", step("a", approval=True), step("r", review=True), step("b", approval=True))
    ),
    "reviews and no approval": template(row("g", step("a"), step("r", review=True))),
}


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_right_is_left_alone(name: str) -> None:
    assert lint(CLEAN[name]) == ()


CYCLES = {
    "after and after": (
        bag("g", step("a", after=["b"]), step("b", after=["a"])),
        "(after), which waits for “A” (after)",
    ),
    "after and order": (row("g", step("a", after=["b"]), step("b")), "“B” (after), which waits for “A” (order)"),
    "after and blocking": (
        bag("g", step("a", after=["b"], blocking=True), step("b")),
        "“B” (after), which waits for “A” (blocking)",
    ),
    "after and two of them": (
        row("g", step("a", after=["b"], blocking=True), step("b")),
        "(after), which waits for “A” (order and blocking)",
    ),
}


@pytest.mark.parametrize("name", CYCLES)
def test_a_loop_through_each_pair_of_kinds_is_named_whole(name: str) -> None:
    group, words = CYCLES[name]
    (found,) = errors(lint(template(group)))
    assert found.code is LintCode.CYCLE
    assert found.message.startswith("“A” waits for “B”")
    assert words in found.message
    assert found.message.endswith("none of them could ever begin.")
    assert found.path == (*A, "after", 0)


def test_a_loop_through_a_gate_is_named_whole() -> None:
    found = one(template(bag("g", step("a", after=["b"]), gate=True), bag("h", "b")))
    assert "“A” waits for “B” (after), which waits for “A” (gate)" in found.message


def test_a_loop_through_all_four_kinds_is_named_whole_from_where_after_points_forward() -> None:
    looped = template(
        bag("one", "x", step("a", blocking=True, after=["x", "e"])),
        row("two", step("b")),
        bag("three", step("c", after=["d"]), step("d", after=["b"]), gate=True),
        row("four", step("e", after=["c"])),
    )
    found = next(finding for finding in lint(looped) if finding.code is LintCode.CYCLE)
    assert found.keys == ("a", "e")
    assert found.path == (*B, "after", 1)


def test_loops_that_share_nothing_are_each_named_up_to_five() -> None:
    pairs = [(step(f"a{n}", after=[f"b{n}"]), step(f"b{n}", after=[f"a{n}"])) for n in range(7)]
    two = template(bag("g", *pairs[0], *pairs[1]))
    assert [finding.keys for finding in lint(two)] == [("a0", "b0"), ("a1", "b1")]
    seven = template(bag("g", *(each for pair in pairs for each in pair)))
    assert codes(seven) == ["cycle"] * 5


def test_every_review_that_comes_too_late_is_named() -> None:
    found = lint(template(row("g", step("a", approval=True), step("r", review=True), step("s", review=True))))
    assert [finding.keys for finding in found] == [("r", "a"), ("s", "a")]


def test_in_a_loop_nothing_is_said_of_what_comes_too_late() -> None:
    looped = template(row("g", step("f", filing=True, after=["a"]), step("a", approval=True)))
    assert codes(looped) == ["cycle"]


def test_a_key_used_twice_does_not_hide_a_loop() -> None:
    found = template(bag("g", step("a", after=["b"]), step("b", "B", after=["a"]), step("b", "C")))
    assert codes(found) == ["duplicate-key", "cycle"]


def test_errors_come_before_warnings() -> None:
    found = lint(template(bag("g", step("a", after=["nope"]), gate=True)))
    assert [finding.level for finding in found] == [Level.ERROR, Level.WARNING]
    assert errors(found) == found[:1]
    assert warnings(found) == found[1:]


class TestMembers:
    def test_one_who_left_is_named(self) -> None:
        found = one(with_step(assign=MEMBER), active_emails=frozenset({"jo@firm.example"}))
        assert (found.code, found.keys, found.path) == (LintCode.MEMBER_LEFT, ("a",), (*A, "assign"))
        assert "lea@firm.example" in found.message

    @pytest.mark.parametrize("email", ["lea@firm.example", "Lea@Firm.Example"])
    def test_one_who_is_there_is_not(self, email: str) -> None:
        named = with_step(assign=Assign(rule=Rule.MEMBER, email=email))
        assert lint(named, active_emails=frozenset({"lea@firm.example"})) == ()

    def test_nothing_is_said_where_nobody_was_asked_about(self) -> None:
        assert lint(with_step(assign=MEMBER)) == ()

    def test_other_rules_name_nobody(self) -> None:
        assert lint(with_step(assign=Assign(rule=Rule.TASK_OWNER)), active_emails=frozenset()) == ()


class TestMany:
    def test_500_steps_are_right_and_501_are_not(self) -> None:
        steps = [step(f"s{n}") for n in range(501)]
        assert lint(template(bag("g", *steps[:500]))) == ()
        found = one(template(bag("g", *steps)))
        message = "The template has 501 steps; 500 is the most."
        assert found == Finding(LintCode.BAD_VALUE, message, (), ("groups",))

    def test_501_groups_are_too_many(self) -> None:
        found = one(template(bag("first", "a"), *(bag(f"g{n}") for n in range(500))))
        message = "The template has 501 groups; 500 is the most."
        assert found == Finding(LintCode.BAD_VALUE, message, (), ("groups",))

    def test_500_of_both_are_looked_at_for_their_order_and_names_as_well(self) -> None:
        steps = [step(f"s{n}") for n in range(499)]
        assert codes(template(bag("g", *steps, step("x", "S1"), gate=True))) == ["gate-on-last-group", "duplicate-name"]
        groups = [bag(f"g{n}") for n in range(499)]
        assert codes(template(bag("first", "a"), *groups)) == ["empty-group"] * 499

    def test_hints_for_unknown_keys_end_after_twenty(self) -> None:
        found = lint(template(bag("g", "known", step("a", after=[f"knowm{n}" for n in range(30)]))))
        assert sum("Is it" in finding.message for finding in found) == 20

    def test_the_largest_template_is_linted_at_once(self) -> None:
        steps = [step(f"s{n}", filing=n % 2 == 0, approval=n > 400, review=n % 3 == 0) for n in range(500)]
        began = perf_counter()
        lint(template(row("g", *steps)))
        assert perf_counter() - began < 5


@given(any_templates)
def test_lint_answers_whatever_a_draft_holds(draft: Template) -> None:
    found = lint(draft, active_emails=frozenset())
    assert all(finding.message for finding in found)
    keys = {group.key for group in draft.groups} | {each.key for each in draft.steps}
    named = keys | {key for each in draft.steps for key in each.after}
    assert all(set(finding.keys) <= named for finding in found)


@given(clean_templates)
def test_a_cycle_is_said_exactly_where_the_rules_find_one(draft: Template) -> None:
    if len({each.key for each in draft.steps}) == len(draft.steps):
        looped = bool(find_cycle(direct_prerequisites(draft.groups)))
        assert looped is any(finding.code is LintCode.CYCLE for finding in lint(draft))


@given(clean_templates)
def test_single_values_that_are_right_are_left_alone(draft: Template) -> None:
    assert all(finding.code is not LintCode.BAD_VALUE for finding in lint(draft))
