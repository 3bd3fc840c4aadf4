"""Where a step belongs in a piece of work, by its name and whose it is."""

from __future__ import annotations

import re

from natrium.domain.suggestions.shelf import Phase
from natrium.domain.suggestions.verbs import KINDS, Kind, lemma
from natrium.domain.workflow.definition import Rule, StepDefinition

CLIENTS = (
    r"clients?|directors?|trustees?|executors?|taxpayers?|boards?|treasurers?|owners?|shareholders?|employers?|"
    r"committees?|customers?|beneficiar(?:y|ies)|landlords?|settlors?|attorneys?|administrators?|partners|members"
)
_APPROVES = re.compile(
    rf"\b(?:{CLIENTS})\b['’s]*\s+(?:\w+\s+)?(?:approv|sign|agree|confirm|authori)|"
    rf"\bapproval (?:from|by|of) (?:the )?(?:{CLIENTS})|"
    rf"\bto (?:the )?(?:{CLIENTS})\b.*\bfor (?:\w+ )?(?:approval|signature|sign|e-sign)|"
    rf"\b(?:obtain|get|receive)\b.*\b(?:approval|sign-off|signature|signatures)\b",
    re.IGNORECASE,
)
_ACCEPTS = re.compile(
    r"\b(?:engagement letter|aml|due diligence|kyc|conflicts?|independence|professional clearance|agent authori|64-8|"
    r"identity|scope|kick-off|accept)\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\b(?:tax due|amount due|amounts due|payment date|liabilit|what to pay|archive|receipt|final fee|"
    r"raise (?:the )?fee|invoice the client|bill the client|lessons|next review|next date|recurring|to the client|"
    r"to client|to employees|"
    r"payslips|copies)\b",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"\b(?:hmrc|companies house|charity commission|oscr|regulator|fca|sra|ico|nca|authority|online|registry|"
    r"registrar|fps|eps|return|ds01|cs01|tpr|nhs|land registry|commission)\b",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"\b(?:manager|partner)\b.*\b(?:review|sign-off|approval)|\bsign(?:s|ed)? off\b", re.IGNORECASE)


def says_approval(name: str) -> bool:
    """Whether the step is the client's approval."""
    return bool(_APPROVES.search(name)) and not re.search(r"\b(?:manager|partner)\b", name, re.IGNORECASE)


def says_filing(name: str) -> bool:
    """Whether the step sends something to an authority."""
    return kind(name) is Kind.FILE and bool(_AUTHORITY.search(name)) and "agent" not in name.lower()


def kind(name: str) -> Kind | None:
    """What kind of doing a name begins with; None where it begins with no verb."""
    verb = lemma(name.split(" ", 1)[0]) if name else None
    return KINDS[verb] if verb else None


def phase_of(step: StepDefinition) -> Phase:
    """Where the step belongs: by its flags, else by its words."""
    if step.approval:
        return Phase.APPROVE
    if step.filing:
        return Phase.FILE
    if step.review:
        return Phase.REVIEW
    return _by_words(step.name, step.assign.rule)


def _by_words(name: str, rule: Rule) -> Phase:
    doing = kind(name)
    signs = doing in (Kind.CHECK, Kind.SIGN) and rule in (Rule.CLIENT_MANAGER, Rule.CLIENT_PARTNER)
    afterwards = doing in (Kind.TELL, Kind.WORK, Kind.SIGN) and _AFTERWARDS.search(name)
    told = (
        (says_approval(name), Phase.APPROVE),
        (says_filing(name), Phase.FILE),
        (signs or _SIGNS.search(name), Phase.REVIEW),
        (doing is not Kind.KEEP and _ACCEPTS.search(name), Phase.ACCEPT),
        (doing is Kind.KEEP or afterwards, Phase.AFTER),
        (doing is Kind.GATHER, Phase.GATHER),
        (doing in (Kind.TELL, Kind.MEET), Phase.AFTER),
    )
    return next((phase for true, phase in told if true), Phase.PREPARE)
