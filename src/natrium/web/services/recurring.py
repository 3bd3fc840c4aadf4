"""What the form of a recurring task says, as the facts of one; and a recurring task as its form shows it."""

from __future__ import annotations

from collections.abc import Mapping

from natrium.apps.catalogue.facts import MOST_TEMPLATES, Mode, OwnerRule, RecurringFacts
from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence import codec
from natrium.domain.recurrence.schedule import Anchor, Create, Offset, Schedule, Whence
from natrium.domain.recurrence.sweeping import CatchUp
from natrium.web.http import whole_number
from natrium.web.services import schedules

# Every recurring task that has no schedule yet, or none at all, begins with this one's words.
PLAIN = Schedule(
    service="", who="", workflow="", anchor=Anchor.CALENDAR, months=1, create=Create(Whence.PERIOD_END, 1),
    offset=Offset(Whence.PERIOD_END, days=14),
)  # fmt: skip
WORKFLOWS = tuple(f"template{number}" for number in range(1, MOST_TEMPLATES + 1))
# What a title says before a date, and a name does not end with.
LINKS = frozenset({"to", "for", "of", "y/e", "ended", "year", "quarter", "month", "part"})
# The small forms beside those of the sentence, each with its fields.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "owner": ("owner",),
    "workflows": WORKFLOWS,
    "mode": ("mode", "every_days"),
    "catch-up": ("catch_up",),
}
WORDS = {word.name.lower(): fields for word, fields in schedules.FIELDS.items()} | FIELDS
NAMES = tuple(dict.fromkeys(name for fields in WORDS.values() for name in fields))
# Where the rules name a field otherwise than the form.
AS_HERE = {
    "title_pattern": "title", "owner_rule": "owner", "owner_member_id": "owner", "template_ids": "template1",
    "offset": "after_days", "milestones": "label1", "schedule": "anchor", "others": "rule",
}  # fmt: skip


def said(facts: RecurringFacts) -> dict[str, str]:
    """Every field as the form shows it."""
    owner = facts.owner_rule.value
    chosen = {
        name: str(facts.template_ids[place]) if place < len(facts.template_ids) else ""
        for place, name in enumerate(WORKFLOWS)
    }
    return {
        **schedules.said(schedule_of(facts)),
        **({"rule": facts.rule} if facts.rule else {}),
        "title": facts.title_pattern,
        "owner": f"member:{facts.owner_member_id}" if facts.owner_rule is OwnerRule.MEMBER else owner,
        "catch_up": facts.catch_up.value,
        "mode": facts.mode.value,
        "every_days": str(facts.every_days or ""),
        **chosen,
    }


def schedule_of(facts: RecurringFacts) -> Schedule:
    """Its schedule; where the next one follows the last, the plain one that the forms would begin with."""
    return codec.from_dict(facts.schedule) if facts.schedule is not None else PLAIN


def name_of(pattern: str, service: str) -> str:
    """What its titles begin with, up to the first date in them: the recurring task's name."""
    words = pattern.replace("{service}", service).partition("{")[0].strip(" ,:-").split()
    while words and words[-1].lower().strip(",") in LINKS:
        words.pop()
    return " ".join(words).strip(" ,:-") or service


def read(given: Mapping[str, str], before: RecurringFacts) -> RecurringFacts:
    """The facts that the fields say. Refuses `bad-value` with the field."""
    mode = _mode(given)
    rule_before = schedule_of(before)
    other = given.get("rule", "") if given.get("rule", "") in rule_before.others else ""
    schedule = None
    if mode is Mode.ON_SCHEDULE:
        schedule = schedules.read({**given, "rule": rule_before.rule} if other else given, rule_before)
    owner, member = _owner(given.get("owner", ""))
    return RecurringFacts(
        title_pattern=given.get("title", "").strip(),
        schedule=codec.to_dict(codec.sound(schedule)) if schedule else None,
        rule=other,
        owner_rule=owner,
        owner_member_id=member,
        catch_up=_catch_up(given),
        mode=mode,
        every_days=_every(given) if mode is Mode.AFTER_COMPLETION else None,
        template_ids=_workflows(given),
    )


def word_of(field: str) -> str:
    """The word whose small form has a field; "" for none of ours."""
    return next((word for word, fields in WORDS.items() if field in fields), "")


def here(refusal: Refusal) -> tuple[str, str]:
    """The form's field that a refusal is about, and its words."""
    return AS_HERE.get(refusal.field, refusal.field), refusal.message


def _mode(given: Mapping[str, str]) -> Mode:
    try:
        return Mode(given.get("mode", ""))
    except ValueError:
        raise Refusal(Code.BAD_VALUE, "Choose from the list when the next one comes.", field="mode") from None


def _catch_up(given: Mapping[str, str]) -> CatchUp:
    try:
        return CatchUp(given.get("catch_up", ""))
    except ValueError:
        words = "Choose from the list what happens with periods that were missed."
        raise Refusal(Code.BAD_VALUE, words, field="catch_up") from None


def _owner(text: str) -> tuple[OwnerRule, int | None]:
    if text.startswith("member:"):
        member = whole_number(text.removeprefix("member:"))
        if member is not None:
            return OwnerRule.MEMBER, member
    elif text in set(OwnerRule) - {OwnerRule.MEMBER}:
        return OwnerRule(text), None
    raise Refusal(Code.BAD_VALUE, "Choose from the list whose tasks they are.", field="owner")


def _every(given: Mapping[str, str]) -> int | None:
    return whole_number(given.get("every_days", "").strip())


def _workflows(given: Mapping[str, str]) -> tuple[int, ...]:
    found: list[int] = []
    for name in WORKFLOWS:
        if not given.get(name):
            continue
        number = whole_number(given[name])
        if number is None:
            raise Refusal(Code.BAD_VALUE, "Choose a workflow from the list.", field=name)
        if number in found:
            raise Refusal(Code.BAD_VALUE, "This workflow is attached already.", field=name)
        found.append(number)
    return tuple(found)
