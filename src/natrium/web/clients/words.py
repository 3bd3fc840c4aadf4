"""Lines of a client's record as sentences."""

from natrium.apps.activity.queries import Entry
from natrium.web.words import listed

SENTENCES = {
    "client.created": "made the client",
    "client.edited": "changed {fields}",
    "client.people_changed": "changed who looks after them: {fields}",
    "client.fact_set": "set {fields}",
    "client.contact_added": "added {name} as a contact",
    "client.contact_edited": "changed the contact {name}: {fields}",
    "client.contact_removed": "removed the contact {name}",
}


def entry_words(entry: Entry) -> str:
    """A line of the record: "Tom Adeyemi changed year end month and notes"."""
    fields = [field.replace("_", " ") for field in entry.data.get("changes", {})]
    pattern = SENTENCES.get(entry.verb, entry.verb.replace(".", " ").replace("_", " "))
    words = pattern.format(fields=listed(fields), name=entry.data.get("name", ""))
    return f"{entry.member_name} {words}"
