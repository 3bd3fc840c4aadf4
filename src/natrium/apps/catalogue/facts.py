"""What a person says of a recurring task, and what of it makes no sense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices import queries as practices
from natrium.apps.workflows import queries as workflows
from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence import codec, titles
from natrium.domain.recurrence.sweeping import CatchUp
from natrium.domain.workflow.holding import can_hold

MOST_TEMPLATES = 10
LONGEST = 3660


class OwnerRule(StrEnum):
    """Who owns the tasks."""

    CLIENT_MANAGER = "client_manager"
    CLIENT_PARTNER = "client_partner"
    MEMBER = "member"
    UNASSIGNED = "unassigned"


class Mode(StrEnum):
    """Whether the next task comes by the calendar, or some days after the last one was first completed."""

    ON_SCHEDULE = "on_schedule"
    AFTER_COMPLETION = "after_completion"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringFacts:
    """A recurring task as it is written. `schedule` is plain data (`domain.recurrence.codec`), None without one.

    `rule` is one of the schedule's others, "" for its own.
    """

    title_pattern: str
    schedule: Mapping[str, Any] | None = None
    rule: str = ""
    owner_rule: OwnerRule = OwnerRule.CLIENT_MANAGER
    owner_member_id: int | None = None
    catch_up: CatchUp = CatchUp.ALL
    mode: Mode = Mode.ON_SCHEDULE
    every_days: int | None = None
    template_ids: tuple[int, ...] = ()


def sound(facts: RecurringFacts, *, practice_id: int) -> RecurringFacts:
    """The facts as they are kept. Refuses bad-value with the field; raises NotFound (member, template)."""
    facts = replace(
        facts,
        title_pattern=titles.check_pattern(facts.title_pattern),
        owner_rule=_word(OwnerRule, facts.owner_rule, "owner_rule"),
        catch_up=_word(CatchUp, facts.catch_up, "catch_up"),
        mode=_word(Mode, facts.mode, "mode"),
        template_ids=tuple(dict.fromkeys(facts.template_ids)),
    )
    if facts.mode is Mode.AFTER_COMPLETION:
        facts = replace(facts, schedule=None, rule="")
        if facts.every_days is None or not 1 <= facts.every_days <= LONGEST:
            raise _bad("every_days", f"Say how many days after the last one is done: 1 to {LONGEST}.")
    else:
        facts = replace(facts, every_days=None, schedule=_schedule(facts))
    _owner(facts, practice_id=practice_id)
    if len(facts.template_ids) > MOST_TEMPLATES:
        raise _bad("template_ids", f"A task takes at most {MOST_TEMPLATES} workflows.")
    workflows.check_attachable(practice_id=practice_id, template_ids=facts.template_ids)
    return facts if facts.owner_rule is OwnerRule.MEMBER else replace(facts, owner_member_id=None)


def _schedule(facts: RecurringFacts) -> Mapping[str, Any]:
    if facts.schedule is None:
        raise _bad("schedule", "Say how often, by what, and when it is due.")
    schedule = codec.from_dict(facts.schedule)
    if facts.rule and facts.rule not in schedule.others:
        raise _bad("rule", f"“{facts.rule}” is none of the schedule’s other rules.")
    return codec.to_dict(schedule)


def _owner(facts: RecurringFacts, *, practice_id: int) -> None:
    if facts.owner_rule is not OwnerRule.MEMBER:
        return
    if facts.owner_member_id is None:
        raise _bad("owner_member_id", "Say which member owns the tasks.")
    check_holder(facts.owner_member_id, practice_id=practice_id)


def check_holder(member_id: int, *, practice_id: int) -> None:
    """Refuses bad-value for a member who cannot own a task; raises NotFound."""
    member = practices.member_of(practice_id=practice_id, member_id=member_id)
    if not can_hold(member):
        why = "has left" if not member.active else f"is {member.role.one}"
        raise _bad("owner_member_id", f"{member.name} {why} and cannot own a task.")


def columns(facts: RecurringFacts) -> dict[str, Any]:
    """The columns that sound facts are kept in."""
    return {
        "title_pattern": facts.title_pattern,
        "schedule": sql.as_json(facts.schedule) if facts.schedule else "",
        "rule": facts.rule,
        "owner_rule": facts.owner_rule.value,
        "owner_member_id": facts.owner_member_id,
        "catch_up": facts.catch_up.value,
        "mode": facts.mode.value,
        "every_days": facts.every_days,
    }


def _word[E: StrEnum](kind: type[E], word: str, field: str) -> E:
    try:
        return kind(word)
    except ValueError:
        raise _bad(field, f"“{word}” is none of {', '.join(one.value for one in kind)}.") from None


def _bad(field: str, words: str) -> Refusal:
    return Refusal(Code.BAD_VALUE, words, field=field)
