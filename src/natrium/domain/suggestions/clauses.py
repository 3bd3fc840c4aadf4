"""A description taken apart into clauses, each of which may be a step."""

from __future__ import annotations

import re

from natrium.domain.suggestions.people import client_subject, subject
from natrium.domain.suggestions.verbs import KINDS, lemma
from natrium.domain.suggestions.words import word_set

# Nouns as often as verbs: they begin a clause only where an article follows.
_DOUBTFUL = word_set(
    """
    report record return bank book claim charge test account control value map tag plan audit sample budget
    forecast model number note order source support screen cost transfer change document schedule share
    contact journal bill invoice pay call price quote estimate refund credit search query import export
    benefit email e-mail phone work gross net sort index cash benchmark rate size do see use have hand fix
    cast contract design approach contain label stock lock ring open
    """
)
_ARTICLES = word_set(
    """
    the a an all any their its our his her each every last this that both new final draft year-end monthly
    quarterly client clients customers trustees directors hmrc staff missing receipts to with for through
    """
)
_BULLETS = re.compile(r"(?:^|\s)(?:\(?\d{1,2}[.)]|[•*▪\u2013\u2014-])\s+")
_SENTENCES = re.compile(r"\s*(?:;|\n|[.!?](?=\s|$)|(?<=\w):(?=\s))\s*")
_COMMAS = re.compile(r"\s*,\s*|\s+(?=(?:and\s+)?then\s)|\s+(?=and\s)|\s+(?=before\s|after which\s|followed by\s)")
_LINKS = re.compile(
    r"^(?:(?:and|then|first(?:ly)?|second(?:ly)?|third(?:ly)?|next|finally|lastly|afterwards|after that|after which|"
    r"also|please|we|i|you|they|to|should|must|will|need to|needs to|has to|have to|followed by|step \d+|"
    r"once done)\b[\s,:]*)+",
    re.IGNORECASE,
)

_VERBS = {
    "call": "Hold", "meeting": "Hold", "interview": "Hold", "check": "Carry out", "letter": "Issue",
    "approval": "Obtain", "sign-off": "Obtain", "signoff": "Obtain",
}  # fmt: skip
_DOINGS = re.compile(
    r"^(?:[\w&'/-]+\s+){1,4}(calls?|meetings?|interviews?|checks|letters?|approval|sign-?off)"
    r"(?:$|\s+(?:with|by|to|from|signed|before|after|for)\b)",
    re.IGNORECASE,
)
_CAUSED = re.compile(r"^(?:have|has|get|gets|let|lets|ask|asks)\s+", re.IGNORECASE)


def sentences(description: str) -> list[str]:
    """The sentences of a description, bullets and numbered points each as one."""
    return [part.strip(" ,-") for part in _SENTENCES.split(_BULLETS.sub("; ", description)) if part.strip(" ,-")]


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence: what begins with a verb or with somebody who does something; the rest joined on."""
    parts: list[str] = []
    for piece in _COMMAS.split(sentence):
        bare = unlinked(piece)
        if not bare:
            continue
        joined = piece.lower().startswith("and ") and doing(bare) and not acts(bare)
        if not parts or (begins(bare) and not joined):
            parts.append(bare)
        else:
            joint = " " if piece.lower().startswith(("and ", "then ", "before ")) else ", "
            parts[-1] += joint + piece
    return parts


def unlinked(piece: str) -> str:
    """A piece without the words that only join it to the one before."""
    return _LINKS.sub("", piece.strip()).strip()


def begins(words: str) -> bool:
    """Whether these words begin a step: a verb, somebody and a verb, or what is done by somebody."""
    if acts(words) or caused(words) != words or doing(words):
        return True
    for found in (subject(words), client_subject(words)):
        if found and (acts(found[1]) or lemma(found[1].split(" ", 1)[0]) is not None):
            return True
    return is_passive(words)


def caused(words: str) -> str:
    """The words without "have" and the like where somebody is had to do it: “have the manager review the file”."""
    rest = _CAUSED.sub("", words)
    said = subject(rest)
    return rest if said and lemma(said[1].split(" ", 1)[0]) else words


def doing(words: str) -> str:
    """The verb for something to do that is named without one: a "kick-off call with the partner" is held. Else ""."""
    found = _DOINGS.match(words)
    return _VERBS[found[1].lower().rstrip("s")] if found else ""


def acts(words: str) -> bool:
    """Whether these words begin with a verb, and not with a noun that looks like one."""
    first, _, rest = words.partition(" ")
    verb = lemma(first)
    if verb is None or not rest:
        return False
    if first.lower() in KINDS and verb not in _DOUBTFUL:
        return not re.match(r"(?:and|or|of|is|are|was|were)\b", rest)
    if first.lower() not in KINDS and not first.lower().endswith("s"):
        return False
    return verb not in _DOUBTFUL or rest.split(" ", 1)[0].lower() in _ARTICLES


def is_passive(words: str) -> bool:
    """Whether these words say what is done by somebody: "accounts are drafted by the junior"."""
    return passive(words) is not None


def passive(words: str) -> tuple[str, str, str] | None:
    """What is done, the verb, and the rest: ("the accounts", "draft", "by the junior")."""
    found = re.match(
        r"^(.*?)\b(?:is|are|was|were|gets?|to be)\s+([\w-]+(?: off)?)\b\s*(by\s.+|)$", words, re.IGNORECASE
    )
    found = found or re.match(r"^()((?:\w+)(?: off)?)\s+(by\s.+)$", words, re.IGNORECASE)
    found = found or re.match(r"^((?:[\w'&/-]+\s+){1,4})(\w+ed)\b()$", words, re.IGNORECASE)
    if found is None:
        return None
    said = found[2].lower().split(" ")
    verb = lemma(said[0])
    if verb is None or said[0] in KINDS:
        return None
    return found[1].strip(), " ".join([verb, *said[1:]]), found[3].strip()
