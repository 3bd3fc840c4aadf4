"""Asking a rule in a test."""

from __future__ import annotations

from typing import Any

import pytest

from natrium.domain.deadlines.reckoning import Answer, reckon
from natrium.domain.errors import Code, Refusal
from tests.unit.domain.deadlines.uk_holidays import is_bank_holiday


def ask(rule: str, *, version: int | None = None, **values: Any) -> Answer:
    """The answer of a rule. `from_` stands for the input named "from"."""
    return reckon(
        rule, {name.rstrip("_"): value for name, value in values.items()}, holidays=is_bank_holiday, version=version
    )


def refused(rule: str, *, version: int | None = None, **values: Any) -> tuple[Code, str, str]:
    """Code, field and message of the refusal."""
    with pytest.raises(Refusal) as caught:
        ask(rule, version=version, **values)
    return caught.value.code, caught.value.field, caught.value.message
