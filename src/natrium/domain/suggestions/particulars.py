"""Particulars read from a request: software, a deadline, things that are listed without a verb."""

from __future__ import annotations

import re
from dataclasses import dataclass

from natrium.domain.suggestions.clauses import acts, begins

SOFTWARE = (
    "Xero", "QuickBooks Online", "QuickBooks", "Sage 50", "Sage 200", "Sage Intacct", "Sage", "FreeAgent", "KashFlow",
    "FreshBooks", "Clear Books", "Zoho Books", "Dext", "Hubdoc", "AutoEntry", "IRIS", "TaxCalc", "BTCSoftware",
    "Digita", "CCH", "Alphatax", "BrightPay", "Moneysoft", "Staffology", "Shape Payroll", "Capium", "VT Transaction",
    "Excel", "Pandle", "Odoo", "NetSuite", "Dynamics", "Shopify", "Stripe", "GoCardless", "Coconut", "Hammock",
    "TaxFiler", "Engager", "Senta", "Karbon", "BrightManager", "Wave", "Access", "Iplicit", "Joiin", "Fathom", "Syft",
)  # fmt: skip
_NAMED = re.compile(
    r"\b(" + "|".join(re.escape(name) for name in sorted(SOFTWARE, key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_SPELT = {name.lower(): name for name in SOFTWARE}
_COMMON = frozenset({"wave", "access", "stripe"})  # words of their own; software only in capitals
_DEADLINE = re.compile(
    r"\b(?:within|inside) \d+ (?:working |business |calendar )?(?:days?|weeks?|months?)"
    r"(?: (?:of|after|from|before) [^,.;]{3,40})?|"
    r"\b(?:out |due |done |filed |ready |paid )?(?:by|before|on or before|no later than|due on) (?:the )?"
    r"(?:working day \d+|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December|each month|the month|the following month)|(?:the )?\d{1,2}(?:st|nd|rd|th)\b|"
    r"(?:the )?(?:end of|last (?:working )?day of)[^,.;]{3,30}|pay ?day|month[- ]end|year[- ]end)|"
    r"\bdeadline (?:is|of) [^,.;]{3,40}|\b\d+ (?:working |business )?days? (?:before|after) [^,.;]{3,40}",
    re.IGNORECASE,
)
_INCLUDING = re.compile(
    r"\b(?:including|includes?|covering|covers?|consisting of|made up of)\b:?\s+([^.;:]+)", re.IGNORECASE
)
_VERBS_FOR = (
    (r"accounts?\b.*\bIT\b|\bIT accounts?|laptop|e-?mail|access|login|users?|equipment|licen[cs]es?", "Set up"),
    (r"training|course|induction|meeting|call|interview", "Arrange"),
    (r"contract|agreement|deed|minutes|letter", "Prepare and sign"),
    (r"report|accounts|return|forecast|budget|schedule|statement|computation|pack|valuation", "Prepare"),
    (r"balances?|journals?|data", "Enter"),
    (r"checks?|search|tests?|audit", "Carry out"),
    (r"certificates?|forms?|documents?|records?", "Obtain"),
    (r"feeds?|apps?|links?", "Connect"),
    (r"registrations?|licence", "Apply for"),
    (r"set-?up|migration|planning|clearance", "Carry out"),
    (r"relief|allowances?|claim|losses", "Consider"),
)


@dataclass(frozen=True, slots=True)
class Software:
    """The software to work in, and the one left behind."""

    now: str = ""
    before: str = ""


def software(text: str) -> Software:
    """The software named in a text: "from Sage 50 to Xero" leaves Sage 50 for Xero."""
    found = [
        (match.start(), _SPELT[match[0].lower()])
        for match in _NAMED.finditer(text)
        if match[0].lower() not in _COMMON or match[0][0].isupper()
    ]
    if not found:
        return Software()
    left = [
        name
        for start, name in found
        if re.search(r"\b(?:from|off|leaving|out of|replac\w+)\s+(?:\w+\s)?$", text[:start])
    ]
    new = [
        name for start, name in found if re.search(r"\b(?:to|into|onto|on|in|via|through|using|with)\s+$", text[:start])
    ]
    if left:
        others = [name for name in new or [name for _, name in found] if name != left[0]]
        return Software(others[0] if others else "", left[0])
    return Software((new or [name for _, name in found])[0])


def deadline(text: str) -> str:
    """The words in which a text says by when; "" where it says nothing."""
    found = _DEADLINE.search(text)
    return found[0].strip() if found else ""


def things(description: str, *, listed: bool = False) -> tuple[str, ...]:
    """Things listed without verbs: "including A and B", or a description that is nothing but a list; at most eight.

    `listed`: steps were found in it, so that the whole is no list of things.
    """
    found = _INCLUDING.search(description)
    if found:
        return _parts(found[1])
    whole = description.strip().rstrip(".")
    if not listed and whole.count(",") >= 2 and not re.search(r"[.;:\n]", whole):
        parts = _parts(whole)
        if len(parts) >= 3 and all(len(part.split()) <= 5 and not begins(part) for part in parts):
            return parts
    return ()


def as_step(thing: str, usually: str = "Review") -> str:
    """A thing as a step: its verb is chosen by what it is."""
    if acts(thing):
        return thing[:1].upper() + thing[1:]
    for words, verb in _VERBS_FOR:
        if re.search(rf"\b(?:{words})\b", thing, re.IGNORECASE):
            return f"{verb} {thing}"
    return f"{usually} {thing}"


def _parts(words: str) -> tuple[str, ...]:
    pieces = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", words)
    return tuple(
        piece for part in pieces if 3 <= len(piece := re.sub(r"^(?:the|a|an|any)\s+", "", part.strip())) <= 50
    )[:8]
