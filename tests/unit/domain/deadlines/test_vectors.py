"""The test vectors: dates published by Parliament, HMRC and regulators, and dates derived from their rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from natrium.domain.deadlines import plain
from natrium.domain.deadlines.rules import RULES
from tests.unit.domain.deadlines.uk_holidays import is_bank_holiday

VECTORS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))


def called(vector: dict[str, Any]) -> str:
    return f"{vector['id']} {vector['rule']}"


@pytest.mark.parametrize("vector", VECTORS, ids=called)
def test_the_vector_holds(vector: dict[str, Any]) -> None:
    expected = {"id": vector["id"], "due": vector["expected_due"]}
    for name in ("internal", "sequence", "period"):
        if f"expected_{name}" in vector:
            expected[name] = vector[f"expected_{name}"]
    assert plain.answer(plain.question(vector), holidays=is_bank_holiday) == expected


def test_there_are_114_over_all_47_rules() -> None:
    assert len(VECTORS) == 114
    assert {vector["rule"] for vector in VECTORS} == set(RULES)
    assert len(RULES) == 47
