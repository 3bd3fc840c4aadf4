"""Conditions of constraints, in the form that costs the database least."""

from collections.abc import Sequence

from django.db.models import Q


def is_one_of(field: str, words: Sequence[str]) -> Q:
    """Return the condition that a field holds one of some words.

    Spelt as OR: for each row that it checks, SQLite makes an index of an IN's list, which was a sixth of attaching.
    """
    return Q(*((field, word) for word in words), _connector=Q.OR)
