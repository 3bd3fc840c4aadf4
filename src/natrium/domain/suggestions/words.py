"""Words: a text made plain, and the tokens by which two names are compared."""

from __future__ import annotations

import re
import unicodedata

MAX_NAME = 120
MAX_DESCRIPTION = 2_000


def word_set(text: str) -> frozenset[str]:
    """The words of a text that is nothing but words."""
    return frozenset(text.split())


# One way of writing for what people write in several; longer phrases first.
_SAME = (
    ("research and development", "r&d"), ("r and d", "r&d"), ("r & d", "r&d"), ("rnd", "r&d"),
    ("making tax digital for income tax", "mtd itsa"), ("mtd for income tax self assessment", "mtd itsa"),
    ("mtd for income tax", "mtd itsa"), ("mtd income tax", "mtd itsa"), ("mtd it", "mtd itsa"),
    ("making tax digital income tax", "mtd itsa"), ("making tax digital", "mtd"), ("mtd for vat", "mtd vat"),
    ("self-assessment", "selfassessment"), ("self assessment", "selfassessment"), ("sa100", "selfassessment return"),
    ("sa tax return", "selfassessment tax return"), ("sa return", "selfassessment return"),
    ("self-employed", "sole trader"), ("self employed", "sole trader"), ("self-employment", "sole trader"),
    ("strike-off", "strikeoff"), ("strike off", "strikeoff"), ("striking off", "strikeoff"),
    ("struck-off", "dissolved"), ("struck off", "dissolved"),
    ("year-end", "yearend"), ("year end", "yearend"), ("set-up", "setup"), ("set up", "setup"),
    ("setting up", "setup"), ("sign-up", "signup"), ("sign up", "signup"),
    ("take-on", "onboarding"), ("take on", "onboarding"), ("onboard", "onboarding"), ("offboard", "offboarding"),
    ("limited company", "ltd"), ("limited companies", "ltd"), ("limited liability partnership", "llp"),
    ("buy-to-let", "landlord"),
    ("buy to let", "landlord"), ("corporation tax", "corptax"), ("corp tax", "corptax"), ("company tax", "corptax"),
    ("cash flow", "cashflow"), ("cash-flow", "cashflow"), ("e-commerce", "ecommerce"), ("capital gains tax", "cgt"),
    ("capital gains", "cgt"), ("inheritance tax", "iht"), ("60-day", "60day"), ("60 day", "60day"),
    ("sixty day", "60day"), ("anti-money laundering", "aml"), ("anti-money-laundering", "aml"),
    ("money laundering", "aml"), ("auto-enrolment", "autoenrolment"), ("auto enrolment", "autoenrolment"),
    ("value added tax", "vat"), ("construction industry scheme", "cis"), ("stamp duty land tax", "sdlt"),
    ("national minimum wage", "minimum wage"), ("people with significant control", "psc"),
    ("person with significant control", "psc"), ("persons with significant control", "psc"),
    ("financial statements", "accounts"), ("subject access request", "dsar"), ("de-registration", "deregistration"),
    ("professional indemnity insurance", "pii"), ("pi insurance", "pii"), ("sub-contractor", "subcontractor"),
    ("share options", "options"), ("bookkeeper", "bookkeeping"), ("book-keeping", "bookkeeping"),
    ("members' voluntary liquidation", "mvl"), ("members voluntary liquidation", "mvl"), ("p-11-d", "p11d"),
    ("virtual finance director", "virtual fd"), ("work in progress", "wip"), ("due diligence", "duediligence"),
    ("builders", "builder"), ("director's loan account", "director loan"), ("director's loan", "director loan"),
)  # fmt: skip
_SAME_RE = re.compile(
    r"(?<![\w&])(" + "|".join(re.escape(a) for a, _ in sorted(_SAME, key=lambda p: -len(p[0]))) + r")(?![\w&])"
)
_SAME_AS = dict(_SAME)
_STOP = word_set(
    """
    the a an it and or of to for with from in on by at as all any our my their its your is are be this that into
    per via through under about s
    """
)
# Words that say little about which work it is.
_WEAK = word_set(
    """
    filing file client annual yearly small service process work uk hmrc prepar fil submission submit complet ltd busines
    form compan full firm practic us do run mak companieshouse house procedur workflow task job templat
    standard
    """
)
WEAK = 0.3
_SUFFIXES = (
    "ations", "ation", "ating", "ated", "ates", "ate", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ied",
    "ed", "es", "s", "y", "e",
)  # fmt: skip
_LIKE = {
    "association": "society", "associations": "society",
    "registr": "regist", "register": "regist", "deregistr": "deregist", "deregister": "deregist", "valu": "valu",
    "valuat": "valu", "dissolut": "strikeoff", "dissolv": "strikeoff", "notific": "notif", "applic": "appl",
    "transferr": "transfer", "opting": "option", "opt": "option", "ct600": "corptax", "pay": "pay", "paid": "pay",
    "incom": "income", "hir": "recruit", "employe": "employee", "joiner": "starter", "leaving": "leaver",
    "verific": "verif", "restor": "restor", "reinstat": "restor", "dentist": "dental", "doctor": "gp", "doctors": "gp",
    "migrat": "migr", "reclaim": "claim", "refund": "claim", "repay": "claim", "invest": "invest", "btl": "landlord",
    "incorporat": "incorpor", "setup": "setup", "upd": "update", "buyback": "buyback", "builder": "construct",
    "developer": "construct", "surger": "practic", "cred": "credit", "rel": "relief", "consolidat": "consolid",
}  # fmt: skip


def clean(text: str, most: int) -> str:
    """A text as it can be shown: no control, direction or width-less characters, single blanks, at most so long."""
    kept = "".join(
        " " if letter in "\t\r" else letter
        for letter in unicodedata.normalize("NFKC", text)
        if letter in "\n\t\r" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return re.sub(r"[^\S\n]+", " ", kept).strip()[:most].strip()


def plain(text: str) -> str:
    """In small letters and in one way of writing: "R and D" is "r&d"."""
    low = text.lower().replace("’", "'")
    return _SAME_RE.sub(lambda found: _SAME_AS[found[0]], low)


def stem(word: str) -> str:
    """A word without its ending: "registration", "registering" and "register" are one."""
    low = word.removesuffix("'s").removesuffix("'")
    if low in _LIKE:
        return _LIKE[low]
    for suffix in _SUFFIXES:
        if low.endswith(suffix) and len(low) - len(suffix) >= 4:
            low = low[: -len(suffix)]
            break
    return _LIKE.get(low, low)


def tokens(text: str) -> list[str]:
    """The stems of a text that mean something, in order."""
    words = re.findall(r"[a-z0-9][a-z0-9&']*(?:\(b\))?", plain(text))
    return [stem(word) for word in words if word.strip("'") not in _STOP]


def weight(token: str) -> float:
    """What a token counts beside the others: little, where every second name has it."""
    return WEAK if token in _WEAK else 1.0


def content(title: str) -> frozenset[str]:
    """The tokens of a step's name but for its verb: what it is about."""
    return frozenset(tokens(title)[1:]) - {"client"}
