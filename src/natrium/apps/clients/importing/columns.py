"""Which column holds what: the fields that can be imported, and the headings people give them."""

import re
from collections.abc import Sequence

FIELDS = {
    "name": "Name",
    "kind": "Kind",
    "reference": "Reference",
    "company_number": "Company number",
    "utr": "UTR",
    "vat_number": "VAT number",
    "year_end": "Year end",
    "incorporated": "Incorporated on",
    "manager": "Manager",
    "partner": "Partner",
    "email": "E-mail",
    "phone": "Phone",
    "notes": "Notes",
}
ALIASES = {
    "name": ("client", "client name", "company", "company name", "business name", "full name"),
    "kind": ("type", "client type", "entity", "entity type", "business type"),
    "reference": ("ref", "client ref", "client reference", "code", "client code", "id", "external id", "client id"),
    "company_number": ("company no", "company reg", "registration number", "crn", "companies house number", "reg no"),
    "utr": ("unique taxpayer reference", "tax reference", "utr number"),
    "vat_number": ("vat", "vat no", "vat reg", "vat registration"),
    "year_end": ("accounting reference date", "ard", "accounts year end", "financial year end", "ye", "y/e"),
    "incorporated": ("incorporation date", "date of incorporation", "incorporated"),
    "manager": ("client manager", "account manager", "assigned to", "assignee", "responsible"),
    "partner": ("client partner", "responsible partner"),
    "email": ("email", "email address", "mail"),
    "phone": ("telephone", "tel", "mobile", "phone number"),
    "notes": ("note", "comments", "comment", "remarks"),
}
KINDS = {
    "limited_company": ("ltd", "limited", "limited company", "company", "plc", "private limited company", "cic"),
    "llp": ("llp", "limited liability partnership"),
    "partnership": ("partnership", "general partnership"),
    "sole_trader": ("sole trader", "sole proprietor", "self employed", "sole"),
    "individual": ("individual", "person", "personal", "private client"),
    "trust": ("trust", "estate"),
    "charity": ("charity", "cio", "charitable"),
}


def guessed(header: Sequence[str]) -> tuple[str, ...]:
    """For each heading the field it names, "" for none; no field twice."""
    taken: set[str] = set()
    found = []
    for heading in header:
        field = next((one for one in FIELDS if one not in taken and plain(heading) in _names(one)), "")
        taken.add(field)
        found.append(field)
    return tuple(found)


def _names(field: str) -> set[str]:
    return {plain(name) for name in (field, FIELDS[field], *ALIASES[field])}


def plain(text: str) -> str:
    """A heading or a word without case, dashes and dots: "E-mail." is "e mail"."""
    return re.sub(r"[^a-z0-9/]+", " ", text.lower()).strip()


def kind_of(text: str) -> str:
    """The kind of client a word names, "" for none."""
    word = plain(text)
    return next((kind for kind, words in KINDS.items() if word in words or word == kind.replace("_", " ")), "")
