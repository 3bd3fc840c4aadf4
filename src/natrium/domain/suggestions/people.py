"""Who a listed step is said to be for: "junior reconciles", "the manager reviews", "signed off by the partner"."""

from __future__ import annotations

import re

from natrium.domain.suggestions.phases import CLIENTS
from natrium.domain.workflow.definition import Rule

_OWNER = (
    r"juniors?|seniors?|semi-seniors?|trainees?|book-?keepers?|assistants?|accountants?|(?:payroll )?clerks?|"
    r"preparers?|associates?|apprentices?|(?:payroll |bookkeeping |tax |accounts )?team|colleague|task owner|"
    r"payroll (?:officer|specialist)|tax assistant"
)
_MANAGER = r"managers?|reviewers?|supervisors?|team leaders?|line managers?"
_PARTNER = r"partner|principal|director|responsible individual|ri"
_ANYONE = (
    r"anyone|anybody|whoever is free|admin|administration|reception(?:ist)?|secretary|office(?: staff| team)?|"
    r"support staff"
)
WHO = (
    (Rule.TASK_OWNER, _OWNER),
    (Rule.CLIENT_MANAGER, _MANAGER),
    (Rule.CLIENT_PARTNER, _PARTNER),
    (Rule.UNASSIGNED, _ANYONE),
)
_LEAD = r"^(?:(?:then|and|the|our|a|an|your|its|his|her)\s+)*(?:[\w'’&-]+\s+){0,2}?"
_SUBJECTS = tuple((rule, re.compile(rf"{_LEAD}(?:{words})\s+(?=\S)", re.IGNORECASE)) for rule, words in WHO)
_BY = tuple(
    (rule, re.compile(rf"\s+by\s+(?:the\s+|our\s+|a\s+)?(?:[\w'’&-]+\s+){{0,2}}?(?:{words})$", re.IGNORECASE))
    for rule, words in WHO
)
_ANYBODY = re.compile(rf"\b(?:[\w-]+ )?(?:{_OWNER}|{_MANAGER}|{_ANYONE})\b(?= \w+s\b)", re.IGNORECASE)
_CLIENT = re.compile(rf"^(?:the\s+|all\s+|both\s+)*(?:[\w'’&-]+\s+)?(?:{CLIENTS})\s+(?=\S)", re.IGNORECASE)
NO_PARTNER = re.compile(
    r"\b(?:no|without(?: a| any)?|skip(?: the)?|not need(?: a)?|doesn'?t need(?: a)?) partner(?:'s)?"
    r"(?: review| sign-?off| approval)?\b|"
    r"\bpartner (?:review|sign-?off|approval) (?:is )?not (?:needed|required)\b",
    re.IGNORECASE,
)


def without_people(text: str) -> str:
    """A text without those who do the work, so that a payroll clerk does not speak of payroll."""
    return _ANYBODY.sub(" ", text)


def subject(words: str) -> tuple[Rule, str] | None:
    """Who of the practice a clause begins with, and the rest of it; None where it begins with nobody."""
    for rule, pattern in _SUBJECTS:
        if found := pattern.match(words):
            return rule, words[found.end() :]
    return None


def doer(words: str) -> tuple[Rule, str] | None:
    """Who a clause ends with ("... by the manager"), and the part before; None where with nobody."""
    for rule, pattern in _BY:
        if found := pattern.search(words):
            return rule, words[: found.start()]
    return None


def client_subject(words: str) -> tuple[str, str] | None:
    """The client, trustees or the like a clause begins with, and the rest of it."""
    if found := _CLIENT.match(words):
        return found[0].strip(), words[found.end() :]
    return None
