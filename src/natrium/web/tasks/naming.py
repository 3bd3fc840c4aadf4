"""A client by the name that is typed, or picked from what the browser offers."""

from collections import Counter
from collections.abc import Sequence

from natrium.apps.workflows.panels import Choice
from natrium.domain.errors import Code, Refusal

NEAR = 3


def names_of(clients: Sequence[Choice]) -> dict[int, str]:
    """What each is called in the field: by name, and where several share one, with their number."""
    shared = Counter(one.name for one in clients)
    return {one.id: f"{one.name} ({one.id})" if shared[one.name] > 1 else one.name for one in clients}


def client_named(text: str, clients: Sequence[Choice]) -> int:
    """The client's id. Refuses `bad-value` for a name that none has, with those that are like it."""
    names = names_of(clients)
    exact = [id_ for id_, name in names.items() if name == text]
    alike = [id_ for id_, name in names.items() if name.casefold() == text.casefold()]
    if len(found := exact or alike) == 1:
        return found[0]
    near = [f"“{name}”" for name in names.values() if text.casefold() in name.casefold()][:NEAR]
    meant = f" Perhaps {', '.join(near)}?" if near else ""
    raise Refusal(Code.BAD_VALUE, f"There is no client “{text}”.{meant} Pick one, or leave it empty.", field="client")
