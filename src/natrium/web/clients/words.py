"""Lines of a client's record as sentences."""

from natrium.apps.activity.queries import Entry
from natrium.domain.client_facts import BY_NAME as FACTS
from natrium.web.words import listed

SENTENCES = {
    "client.created": "added the client",
    "client.edited": "changed {fields}",
    "client.people_changed": "changed who looks after them: {fields}",
    "client.fact_set": "set {fields}",
    "client.contact_added": "added {name} as a contact",
    "client.contact_edited": "changed the contact {name}: {fields}",
    "client.contact_removed": "removed the contact {name}",
    "engagement.started": "started {name}",
    "engagement.changed": "changed what is different for them in {name}",
    "engagement.paused": "paused {name}",
    "engagement.resumed": "resumed {name}",
    "engagement.periods_skipped": "left out periods of {name}",
    "engagement.period_removed": "cancelled a task of {name} for good",
    "engagement.ended": "ended {name}",
    "comment.added": "left a note",
    "proposal.created": "began the proposal “{of}”",
    "proposal.edited": "changed the proposal “{of}”",
    "proposal.revised": "began a new version of the proposal “{of}”",
    "proposal.sent": "sent the proposal “{of}” to {to}",
    "proposal.viewed": "opened the proposal “{of}”",
    "proposal.accepted": "accepted the proposal “{of}”",
    "proposal.stopped": "tried to accept the proposal “{of}”, which could not be",
    "proposal.retried": "tried again what follows the proposal “{of}”",
    "proposal.declined": "declined the proposal “{of}”",
    "proposal.withdrawn": "withdrew the proposal “{of}”",
    "proposal.sealed": "sealed the copy of “{of}”",
}
NOTES = ("comment.added",)
# Fields whose word is not their name with spaces.
FIELDS = {
    "company_number": "the company number",
    "utr": "the UTR",
    "vat_number": "the VAT number",
    "email": "e-mail",
    "notes": "what is good to know",
    "active": "whether they are a client",
    "manager_id": "the manager",
    "partner_id": "the partner",
}


def entry_words(entry: Entry) -> str:
    """A line of the record: "Tom Adeyemi changed year end month and notes"."""
    fields = [_field(field) for field in entry.data.get("changes", {})]
    pattern = SENTENCES.get(entry.verb, entry.verb.replace(".", " ").replace("_", " "))
    said = {"name": entry.data.get("name", "") or entry.name, "to": entry.data.get("to", "")}
    words = pattern.format(fields=listed(fields), of=entry.name, **said)
    return f"{entry.member_name} {words}"


def note_words(entry: Entry) -> tuple[str, tuple[str, ...]]:
    """What a line says that somebody typed ("" for nothing), and the names in it."""
    return str(entry.data.get("text", "")), tuple(one["name"] for one in entry.data.get("mentions", ()))


def _field(name: str) -> str:
    if name in FACTS:
        return f"the fact “{FACTS[name].label}”"
    return FIELDS.get(name, name.replace("_id", "").replace("_", " "))
