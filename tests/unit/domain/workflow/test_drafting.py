"""The changes a draft takes, one at a time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow import drafting
from natrium.domain.workflow.definition import (
    MAX_STEPS,
    GroupDefinition,
    Order,
    StepDefinition,
    Template,
    WaitsOn,
)
from natrium.domain.workflow.lint import LintCode, lint


def step(key: str, **facts: Any) -> StepDefinition:
    return StepDefinition(key=key, name=facts.pop("name", key.capitalize()), **facts)


def template(**groups: tuple[StepDefinition, ...]) -> Template:
    return Template(
        name="Accounts",
        groups=tuple(GroupDefinition(key=key, name=key.capitalize(), steps=steps) for key, steps in groups.items()),
    )


BASE = template(gather=(step("ask"), step("receive")), review=(step("check", after=("ask",)), step("sign")))


def shape(draft: Template) -> dict[str, list[str]]:
    return {group.key: [one.key for one in group.steps] for group in draft.groups}


def refused(call: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value


class TestKeys:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("File with HMRC (CT600)", "file-with-hmrc-ct600"),
            ("Ask", "ask-2"),
            ("gather", "gather-2"),
            ("Déclaration à vérifier", "declaration-a-verifier"),
            ("税务", "step"),
            ("--", "step"),
            ("x" * 90, "x" * 60),
            (f"({'x' * 90})", "x" * 60),
            (f"{'x' * 59} y", "x" * 59),
        ],
    )
    def test_a_name_becomes_a_key_that_nothing_else_has(self, name: str, key: str) -> None:
        assert drafting.key_for(BASE, name) == key

    def test_a_long_one_is_cut_for_its_number(self) -> None:
        draft, first = drafting.add_step(BASE, "gather", "x" * 200)
        assert (first, drafting.key_for(draft, "x" * 200)) == ("x" * 60, f"{'x' * 55}-2")

    def test_a_third_of_the_same_name_gets_its_own(self) -> None:
        twice, first = drafting.add_step(BASE, "gather", "Ask")
        _, second = drafting.add_step(twice, "gather", "ask")
        assert (first, second) == ("ask-2", "ask-3")

    @given(st.text(max_size=120))
    def test_any_name_gives_a_key_that_lint_accepts(self, name: str) -> None:
        key = drafting.key_for(BASE, name)
        draft = template(only=(step(key, name="Named"),))
        assert not [f for f in lint(draft) if f.code in (LintCode.BAD_VALUE, LintCode.DUPLICATE_KEY)]


class TestAdding:
    def test_a_step_goes_to_the_end_of_its_group_or_to_its_place(self) -> None:
        draft, key = drafting.add_step(BASE, "gather", " Chase records ")
        assert shape(draft)["gather"] == ["ask", "receive", "chase-records"]
        assert drafting.step_of(draft, key).name == "Chase records"
        draft, _ = drafting.add_step(BASE, "gather", "First", 0)
        assert shape(draft)["gather"] == ["first", "ask", "receive"]

    def test_a_group_goes_to_the_end_or_to_its_place(self) -> None:
        assert list(shape(drafting.add_group(BASE, "Filing")[0])) == ["gather", "review", "filing"]
        assert list(shape(drafting.add_group(BASE, "Filing", 1)[0])) == ["gather", "filing", "review"]

    @pytest.mark.parametrize("position", [-1, 3])
    def test_there_is_no_place_beyond_the_ends(self, position: int) -> None:
        refusal = refused(lambda: drafting.add_step(BASE, "gather", "Late", position))
        assert (refusal.code, refusal.field) == (Code.BAD_VALUE, "position")
        assert refusal.message == "There is no such place."

    @pytest.mark.parametrize("name", ["", "  ", "n" * 201])
    def test_a_name_is_needed_and_bounded(self, name: str) -> None:
        for call in (lambda: drafting.add_step(BASE, "gather", name), lambda: drafting.add_group(BASE, name)):
            refusal = refused(call)
            assert (refusal.code, refusal.field) == (Code.BAD_VALUE, "name")
            assert refusal.message == "A name has 1 to 200 characters."

    def test_a_template_has_so_many_steps_and_no_more(self) -> None:
        full = template(only=tuple(step(f"s{number}") for number in range(MAX_STEPS)))
        refusal = refused(lambda: drafting.add_step(full, "only", "One more"))
        assert (refusal.code, refusal.field) == (Code.BAD_VALUE, "name")
        assert refusal.message == "A template has at most 500 steps."
        assert len(drafting.add_step(drafting.remove_step(full, "s0"), "only", "One more")[0].steps) == MAX_STEPS

    def test_what_is_gone_is_said_to_be_gone(self) -> None:
        assert (
            refused(lambda: drafting.add_step(BASE, "nowhere", "X")).message == "That group is no longer in the draft."
        )
        assert refused(lambda: drafting.step_of(BASE, "nothing")).message == "That step is no longer in the draft."


class TestChanging:
    def test_only_what_is_named_changes(self) -> None:
        facts = {"name": " Ask twice ", "blocking": True, "waits_on": WaitsOn.CLIENT}
        draft = drafting.change_step(BASE, "ask", facts)
        assert drafting.step_of(draft, "ask") == step("ask", name="Ask twice", blocking=True, waits_on=WaitsOn.CLIENT)
        assert draft.groups[1] == BASE.groups[1]

    def test_a_field_that_no_step_has_is_refused(self) -> None:
        refusal = refused(lambda: drafting.change_step(BASE, "ask", {"key": "other"}))
        assert (refusal.code, refusal.field) == (Code.BAD_VALUE, "key")
        assert refusal.message == "A step has no field key."

    def test_a_group_takes_a_name_an_order_and_a_gate(self) -> None:
        draft = drafting.change_group(BASE, "gather", {"name": "Records", "order": "any", "gate": True})
        group = drafting.group_of(draft, "gather")
        assert (group.name, group.order, group.gate) == ("Records", Order.ANY, True)
        assert drafting.change_group(BASE, "gather", {}) == BASE
        assert drafting.change_group(draft, "gather", {}) == draft

    def test_a_field_that_no_group_has_is_refused(self) -> None:
        refusal = refused(lambda: drafting.change_group(BASE, "gather", {"steps": ()}))
        assert (refusal.code, refusal.field) == (Code.BAD_VALUE, "steps")
        assert refusal.message == "A group has no field steps."

    def test_the_whole_is_named_and_described(self) -> None:
        draft = drafting.change_details(BASE, name=" Year end ", description=" For companies. ")
        assert (draft.name, draft.description, draft.groups) == ("Year end", "For companies.", BASE.groups)


class TestMoving:
    @pytest.mark.parametrize(
        ("key", "group", "position", "expected"),
        [
            ("ask", "gather", 1, {"gather": ["receive", "ask"], "review": ["check", "sign"]}),
            ("ask", "gather", 0, {"gather": ["ask", "receive"], "review": ["check", "sign"]}),
            ("ask", "review", 2, {"gather": ["receive"], "review": ["check", "sign", "ask"]}),
            ("sign", "gather", 0, {"gather": ["sign", "ask", "receive"], "review": ["check"]}),
        ],
    )
    def test_a_step_moves_and_keeps_all_else(
        self, key: str, group: str, position: int, expected: dict[str, list[str]]
    ) -> None:
        draft = drafting.move_step(BASE, key, group, position)
        assert shape(draft) == expected
        assert drafting.step_of(draft, key) == drafting.step_of(BASE, key)
        assert drafting.place_of(draft, key) == (group, position)

    def test_a_group_moves_with_its_steps(self) -> None:
        assert shape(drafting.move_group(BASE, "review", 0)) == {
            "review": ["check", "sign"],
            "gather": ["ask", "receive"],
        }

    def test_not_to_where_nothing_is(self) -> None:
        assert refused(lambda: drafting.move_step(BASE, "ask", "gather", 2)).field == "position"
        assert refused(lambda: drafting.move_step(BASE, "ask", "nowhere", 0)).code is Code.UNKNOWN_KEY
        assert refused(lambda: drafting.move_group(BASE, "gather", 2)).field == "position"


class TestRemoving:
    def test_what_waited_for_it_by_name_waits_no_longer(self) -> None:
        draft = drafting.remove_step(BASE, "ask")
        assert shape(draft) == {"gather": ["receive"], "review": ["check", "sign"]}
        assert drafting.step_of(draft, "check").after == ()

    def test_a_group_goes_with_its_steps(self) -> None:
        draft = drafting.remove_group(BASE, "gather")
        assert shape(draft) == {"review": ["check", "sign"]}
        assert drafting.step_of(draft, "check").after == ()

    def test_what_is_not_there_is_refused(self) -> None:
        assert refused(lambda: drafting.remove_step(BASE, "gather")).code is Code.UNKNOWN_KEY
        assert refused(lambda: drafting.remove_group(BASE, "ask")).code is Code.UNKNOWN_KEY
        assert refused(lambda: drafting.place_of(BASE, "gone")).code is Code.UNKNOWN_KEY


class TestWhatItMayWaitFor:
    def keys(self, draft: Template, key: str) -> list[str]:
        return [one.key for one in drafting.may_wait_for(draft, key)]

    def test_neither_itself_nor_what_waits_for_it_nor_what_order_implies(self) -> None:
        assert self.keys(BASE, "receive") == ["check", "sign"]
        assert self.keys(BASE, "ask") == []
        assert self.keys(BASE, "sign") == ["ask", "receive"]

    def test_what_it_names_now_can_be_taken_out_even_where_it_closes_a_loop(self) -> None:
        looped = drafting.change_step(BASE, "ask", {"after": ("check",)})
        assert self.keys(looped, "ask") == ["check"]

    @given(st.data())
    def test_whatever_is_offered_closes_no_loop(self, data: st.DataObject) -> None:
        names = [f"s{number}" for number in range(data.draw(st.integers(2, 8)))]
        steps = []
        for at, name in enumerate(names):
            after = tuple(
                data.draw(st.lists(st.sampled_from(names[:at] or names), unique=True, max_size=2)) if at else []
            )
            steps.append(step(name, after=after, blocking=data.draw(st.booleans())))
        cut = data.draw(st.integers(0, len(steps)))
        order, gate = data.draw(st.sampled_from(Order)), data.draw(st.booleans())
        draft = Template(
            name="T",
            groups=(
                GroupDefinition(key="one", name="One", order=order, gate=gate, steps=tuple(steps[:cut])),
                GroupDefinition(key="two", name="Two", order=Order.ANY, steps=tuple(steps[cut:])),
            ),
        )
        key = data.draw(st.sampled_from(names))
        now = drafting.step_of(draft, key).after
        if any(finding.code is LintCode.CYCLE for finding in lint(draft)):
            return
        for other in drafting.may_wait_for(draft, key):
            longer = drafting.change_step(draft, key, {"after": tuple(dict.fromkeys((*now, other.key)))})
            assert not [finding for finding in lint(longer) if finding.code is LintCode.CYCLE]
