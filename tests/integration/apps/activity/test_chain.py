"""The form that a line's hash covers is what `chain.py` says, to the byte, for ever."""

import json
from datetime import datetime, timedelta, timezone
from hashlib import sha256

import pytest

from natrium.apps.activity.chain import COVERED, Hasher, hash_of, written_moment

AT = datetime(2026, 11, 2, 10, 30, tzinfo=timezone(timedelta(hours=1)))
ACT = ("token", 5, 'Zoë "Z" O\x01Neil', 9, "a1", "")
SAYS = ("step.completed", 12, None, "draft", "Draft — “first”\n", '{"x":"é"}')


def test_the_hash_is_over_the_json_array_that_is_described() -> None:
    row = ("ab" * 32, 7, "task", 3, 4, AT, *ACT, *SAYS)
    assert len(row) == len(COVERED)
    described = [1, *row[:5], "2026-11-02T09:30:00.000000Z", *row[6:]]
    text = json.dumps(described, separators=(",", ":"), ensure_ascii=True)
    expected = sha256(text.encode()).hexdigest()
    assert hash_of(row, AT) == expected
    assert Hasher.of((7, "task"), AT, ACT).hash("ab" * 32, 3, 4, SAYS) == expected
    assert expected == "6b42d93bb36cb2a0456cff759c40f486dacd725e00fff5cf447a241812fbcc95"


def test_a_moment_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        written_moment(datetime(2026, 11, 2))  # noqa: DTZ001 - what the test is about
