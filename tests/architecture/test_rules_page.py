"""The page of rules of law says what the tables say. `python -m tests.architecture.test_rules_page` writes it."""

from __future__ import annotations

import json
from pathlib import Path

from natrium.apps.workflows.calendars import is_bank_holiday
from natrium.domain.deadlines import plain
from natrium.domain.deadlines.feeds import feeds_of
from natrium.domain.deadlines.rule import Rule, Version
from natrium.domain.deadlines.rules import RULES
from natrium.domain.deadlines.words import said

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "rules-of-law.md"
VECTORS = ROOT / "tests" / "unit" / "domain" / "deadlines" / "vectors.json"
HEAD = """\
# Rules of law

The rules by which Natrium reckons due dates, from the tables in `domain/deadlines`; [the guide](guide/deadlines.md)
says how to ask them. A rule holds for the days given; a task keeps the version it was made with.

| rule | what | to do | version: holds, source | an example |
|---|---|---|---|---|
"""
FEEDS = """
## Where the inputs come from

On a task, each input of its rule is read from a fact of the client or from the task's period. Where one is missing,
the date stays empty and what is missing is said; nothing is guessed. `ch.accounts.annual` takes the start of the period
and incorporation as well: the accounts of a company's first period go by `ch.accounts.first`.

| rule | input | holds | comes from |
|---|---|---|---|
"""


def page() -> str:
    """The page, from the tables that answer every question about a date."""
    examples = {row["rule"]: row for row in reversed(json.loads(VECTORS.read_text(encoding="utf-8")))}
    rules = "".join(
        f"| `{rule.name}` | {rule.title} | {rule.deed.value} | {'<br>'.join(map(_version, rule.versions))} "
        f"| {_example(examples[rule.name])} |\n"
        for rule in RULES.values()
    )
    return HEAD + rules + FEEDS + "".join(_feeds(rule) for rule in RULES.values())


def _version(version: Version) -> str:
    since = f"from {said(version.since)} " if version.since else ""
    until = f"until {said(version.until)} " if version.until else ""
    note = f" {version.note}" if version.note else ""
    return f"{version.number}: {since}{until}— {version.source}.{note}".replace(": — ", ": ")


def _example(row: dict[str, object]) -> str:
    return str(plain.answer(plain.question(row), holidays=is_bank_holiday, explain=True)["why"])


def _feeds(rule: Rule) -> str:
    return "".join(
        f"| `{rule.name}` | `{one.name}`{' (optional)' if one.optional else ''} | {one.kind.words} | {feed.words} |\n"
        for one, feed in feeds_of(rule.name)
    )


def test_the_page_is_the_tables() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
