"""What changed from one version of a template to another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natrium.domain.workflow import drafting
from natrium.domain.workflow.comparing import Difference, Kind, compare, moved
from natrium.domain.workflow.definition import Order
from tests.unit.domain.workflow.test_drafting import BASE, step, template

ADDED, REMOVED, RENAMED, MOVED, CHANGED = Kind.ADDED, Kind.REMOVED, Kind.RENAMED, Kind.MOVED, Kind.CHANGED


def said(before: Any, after: Any) -> list[tuple[Any, ...]]:
    return [(d.kind, d.what, d.key, d.field, d.before, d.after) for d in compare(before, after)]


def test_the_same_has_no_differences() -> None:
    assert compare(BASE, BASE) == ()


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (
            drafting.change_details(BASE, name="Year end", description="For companies"),
            [
                (CHANGED, "template", "", "name", "Accounts", "Year end"),
                (CHANGED, "template", "", "description", "", "For companies"),
            ],
        ),
        (drafting.add_step(BASE, "gather", "Chase")[0], [(ADDED, "step", "chase", "", "", "Gather")]),
        (drafting.add_group(BASE, "Filing")[0], [(ADDED, "group", "filing", "", None, None)]),
        (
            drafting.remove_step(BASE, "ask"),
            [
                (CHANGED, "step", "check", "after", ("ask",), ()),
                (REMOVED, "step", "ask", "", None, None),
            ],
        ),
        (
            drafting.change_step(BASE, "sign", {"name": "Sign off", "blocking": True, "estimate": 30}),
            [
                (RENAMED, "step", "sign", "name", "Sign", "Sign off"),
                (CHANGED, "step", "sign", "blocking", False, True),
                (CHANGED, "step", "sign", "estimate", None, 30),
            ],
        ),
        (
            drafting.change_group(BASE, "gather", {"name": "Records", "order": "any", "gate": True}),
            [
                (RENAMED, "group", "gather", "name", "Gather", "Records"),
                (CHANGED, "group", "gather", "order", Order.SEQUENTIAL, Order.ANY),
                (CHANGED, "group", "gather", "gate", False, True),
            ],
        ),
        (drafting.move_step(BASE, "ask", "review", 0), [(MOVED, "step", "ask", "", "Gather", "Review")]),
        (drafting.move_step(BASE, "ask", "gather", 1), [(MOVED, "step", "receive", "", "", "")]),
        (drafting.move_group(BASE, "gather", 1), [(MOVED, "group", "review", "", "", "")]),
    ],
)
def test_each_change_is_said_once(after: Any, expected: list[tuple[Any, ...]]) -> None:
    assert said(BASE, after) == expected


def test_a_group_that_went_is_said_with_its_steps() -> None:
    assert compare(BASE, drafting.remove_group(BASE, "review")) == (
        Difference(REMOVED, "group", "review", "Review"),
        Difference(REMOVED, "step", "check", "Check"),
        Difference(REMOVED, "step", "sign", "Sign"),
    )


def test_what_is_different_has_the_name_it_has_in_the_later_version() -> None:
    later = drafting.change_details(BASE, name="Year end", description="")
    later = drafting.change_group(later, "gather", {"name": "Records", "gate": True})
    later = drafting.change_step(later, "ask", {"name": "Ask twice", "blocking": True})
    later = drafting.move_step(drafting.add_group(later, "Filing", 0)[0], "sign", "gather", 0)
    assert [(d.what, d.name) for d in compare(BASE, later)] == [
        ("template", "Year end"),
        ("group", "Filing"),
        ("group", "Records"),
        ("group", "Records"),
        ("step", "Sign"),
        ("step", "Ask twice"),
        ("step", "Ask twice"),
    ]


def test_a_difference_carries_the_later_name() -> None:
    [only] = compare(template(a=(step("x", name="Old"),)), template(a=(step("x", name="New"),)))
    assert only == Difference(RENAMED, "step", "x", "New", "name", "Old", "New")


def test_what_came_or_moved_within_its_own_has_its_name() -> None:
    later = drafting.move_group(drafting.move_step(BASE, "ask", "gather", 1), "gather", 1)
    later, _ = drafting.add_step(later, "review", "Chase")
    assert [(d.kind, d.what, d.name) for d in compare(BASE, later)] == [
        (MOVED, "group", "Review"),
        (ADDED, "step", "Chase"),
        (MOVED, "step", "Receive"),
    ]


@given(st.permutations(list("abcdefg")), st.permutations(list("abcdefg")))
def test_those_that_did_not_move_stand_in_the_same_order(before: list[str], after: list[str]) -> None:
    gone = moved(before, after)
    assert [key for key in before if key not in gone] == [key for key in after if key not in gone]


def test_one_that_was_handled_is_the_one_that_moved_only_where_that_explains_the_order() -> None:
    assert moved(list("abc"), list("acb"), frozenset("a")) == {"c"}
    assert moved(list("abc"), list("acb"), frozenset("ab")) == {"b"}


def test_one_that_was_put_first_is_the_one_that_moved() -> None:
    assert moved(list("abcd"), list("dabc")) == {"d"}
