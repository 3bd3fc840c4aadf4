"""What a form on a step asks for, as an action of the rules."""

from collections.abc import Callable
from datetime import date

from django.http import QueryDict

from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.actions import (
    Action,
    Claim,
    Comment,
    Complete,
    Confirm,
    OverridePrerequisites,
    Reopen,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.definition import WaitsOn


def a_day(post: QueryDict, name: str) -> date | None:
    """A day as a date field sends it. Refuses `bad-value` for anything that is no day."""
    text = post.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(Code.BAD_VALUE, f"“{text}” is not a date. Write it as 2026-11-24.", field=name) from None


def _wait(key: str, post: QueryDict) -> Wait:
    on = post.get("on", "")
    if on and on not in set(WaitsOn):
        raise Refusal(Code.BAD_VALUE, "Say whom it waits on: the client, or a third party.", field="on")
    return Wait(key, post.get("reason", ""), WaitsOn(on) if on else None, post.get("whom", ""))


def _complete(key: str, post: QueryDict) -> Complete:
    return Complete(key, a_day(post, "filed_on"), post.get("reference", ""), post.get("note", ""))


def _override(key: str, post: QueryDict) -> OverridePrerequisites:
    then: Start | Complete | None = None
    match post.get("then"):
        case "start":
            then = Start(key)
        case "completion":
            then = _complete(key, post)
    return OverridePrerequisites(key, tuple(post.getlist("covers")), post.get("reason", ""), then)


ACTIONS: dict[str, Callable[[str, QueryDict], Action]] = {
    "start": lambda key, _: Start(key),
    "wait": _wait,
    "resumption": lambda key, _: Resume(key),
    "completion": _complete,
    "reopening": lambda key, post: Reopen(key, post.get("reason", ""), cascade=bool(post.get("cascade"))),
    "confirmation": lambda key, _: Confirm(key),
    "skip": lambda key, post: Skip(key, post.get("reason", "")),
    "unskip": lambda key, _: Unskip(key),
    "override": _override,
    "claim": lambda key, _: Claim(key),
    "comments": lambda key, post: Comment(key, post.get("text", "")),
}
OWN_NOUNS = frozenset({"start", "wait", "resumption", "completion", "reopening"})
NOUNS = frozenset(ACTIONS) | {"assignment", "undo"}
