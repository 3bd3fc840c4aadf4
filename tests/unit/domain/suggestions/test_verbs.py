"""Verbs: found in any form people write them in."""

import pytest

from natrium.domain.suggestions.verbs import _IRREGULAR, KINDS, Kind, lemma, verb_of


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("reconcile", "reconcile"), ("Reconciles", "reconcile"), ("reconciled,", "reconcile"), ("filing", "file"),
        ("planning", "plan"), ("planned", "plan"), ("carries", "carry"), ("carried", "carry"), ("carrying", "carry"),
        ("sent", "send"), ("chases", "chase"), ("reviewed", "review"), ("agreed", "agree"), ("drawn", "draw"),
        ("bank", "bank"), ("glasses", None), ("its", None), ("s", None), ("", None), ("missing", None),
    ],
)  # fmt: skip
def test_a_word_is_a_form_of_its_verb(word: str, verb: str | None) -> None:
    assert lemma(word) == verb


def test_a_name_begins_with_a_verb_that_asks() -> None:
    assert verb_of("File the return") == "file"
    assert verb_of("Filing the return") is None
    assert verb_of("Manager review") is None
    assert verb_of("") is None


def test_each_verb_is_of_one_kind() -> None:
    assert set(_IRREGULAR.values()) <= set(KINDS)
    assert KINDS["submit"] is Kind.FILE
    assert KINDS["review"] is Kind.CHECK
    assert set(KINDS.values()) == set(Kind)
