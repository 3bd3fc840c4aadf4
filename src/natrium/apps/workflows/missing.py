"""Whom a fresh workflow's rules do not find, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from natrium.apps.database import sql
from natrium.apps.workflows.bulk import Version
from natrium.domain.workflow.definition import Rule


def named(version: Version, *, practice_id: int) -> int:
    """How many steps of the version name a member who is not there or cannot hold a step."""
    if not version.named:
        return 0
    places = ", ".join(["%s"] * len(version.named))
    rows = sql.rows(
        f"""SELECT lower(email) FROM practices_member
            WHERE practice_id = %s AND active AND role >= 1 AND lower(email) IN ({places})""",
        (practice_id, *(email.lower() for email in version.named)),
    )
    present = {row[0] for row in rows}
    return sum(count for email, count in version.named.items() if email.lower() not in present)


def rules(version: Version, people: Mapping[Rule, int | None]) -> list[Rule]:
    """The rules of the version that find nobody who can hold a step."""
    return [rule for rule, person in people.items() if person is None and version.rules.get(rule)]


def warnings(missed: Sequence[Rule], *, named: int, has_client: bool) -> tuple[str, ...]:
    """What is said of them; `named`: how many named members are missing."""
    found = tuple(_warning(rule, has_client=has_client) for rule in missed)
    return (*found, "A member whom the template names has left or cannot hold a step.") if named else found


def _warning(rule: Rule, *, has_client: bool) -> str:
    if rule is Rule.TASK_OWNER:
        return "The task has no owner who can hold a step: steps for the task owner are unassigned."
    if not has_client:
        return f"The task has no client: steps for the {rule.words} are unassigned."
    return f"The client has no {rule.words.removeprefix('client ')} who can hold a step: those steps are unassigned."
