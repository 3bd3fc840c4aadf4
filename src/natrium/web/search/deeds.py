"""What the palette offers to do, and where to go: to each member what their role may."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from natrium.apps.workflows.finds import Found
from natrium.domain.finding import has, searchable
from natrium.domain.roles import Deed, Role, may


@dataclass(frozen=True, slots=True)
class Way:
    """A place, or a form to begin with: its name, address and icon, its keys, and other words it is looked for by.

    `for_`: who may; None is everybody.
    """

    name: str
    href: str
    icon: str
    keys: tuple[str, ...] = ()
    also: str = ""
    for_: Deed | Role | None = None

    def open_to(self, role: Role) -> bool:
        """Whether somebody of the role may."""
        if self.for_ is None:
            return True
        return role >= self.for_ if isinstance(self.for_, Role) else may(role, self.for_)


DO = (
    Way("New task", "/tasks/new/", "plus", ("C",), "add create job", Role.STAFF),
    Way("New client", "/clients/new/", "plus", (), "add create", Deed.EDIT_CLIENT),
    Way("Import clients", "/clients/import/", "plus", (), "bring in spreadsheet csv xlsx upload", Deed.EDIT_CLIENT),
    Way("Export clients", "/clients/export/", "right", (), "spreadsheet csv download"),
    Way("New template", "/templates/new/", "plus", (), "add create workflow library", Deed.EDIT_TEMPLATE),
    Way("Add somebody", "/people/new/", "plus", (), "invite colleague new person member", Deed.EDIT_PRACTICE),
)
GO = (
    Way("My work", "/my-work/", "mywork", ("G", "W"), "today ready waiting steps home"),
    Way("Delegated work", "/my-work/delegated/", "mywork", (), "what others hold of mine"),
    Way("Practice", "/practice/", "practice", ("G", "P"), "overview matrix services"),
    Way("Stages", "/practice/stages/", "practice", (), "practice board kanban"),
    Way("All open tasks", "/practice/list/", "practice", (), "practice list steps bulk"),
    Way("Notifications", "/notifications/", "bell", ("G", "N"), "told mentions inbox"),
    Way("Clients", "/clients/", "clients", ("G", "C"), ""),
    Way("Templates", "/templates/", "templates", ("G", "T"), "workflows library"),
    Way("People", "/people/", "people", (), "team colleagues members staff hand over"),
    Way("Settings", "/settings/", "cog", (), "practice name time zone bank holidays progress"),
    Way("API tokens", "/settings/tokens/", "shield", (), "settings programs"),
    Way("Notification settings", "/settings/notifications/", "cog", (), "mail digest told"),
    Way("Your password", "/settings/password/", "lock", (), "settings sign in"),
    Way("Keys", "/keys/", "keyboard", ("?",), "keyboard shortcuts map help"),
)


def ways(role: Role, words: Sequence[str], found: Found) -> tuple[Way, ...]:
    """What has all the words, forms before places; for a client found, a new task for it. Without words, all."""
    kept = [way for way in (*DO, *GO) if way.open_to(role) and _has_all(way, words)]
    return (*_for_clients(role, words, found), *kept)


def _has_all(way: Way, words: Iterable[str]) -> bool:
    text = searchable(f"{way.name} {way.also}")
    return all(has(text, word) for word in words)


def _for_clients(role: Role, words: Sequence[str], found: Found) -> tuple[Way, ...]:
    if role < Role.STAFF or not words:
        return ()
    return tuple(
        Way(f"New task for {one.name}", f"/tasks/new/?{urlencode({'client_id': one.id})}", "plus")
        for one in found.clients.lines[:1]
        if one.active
    )
