"""What is found by words: plain, frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from natrium.apps.workflows.panels import Choice


@dataclass(frozen=True, slots=True)
class FoundClient:
    """A client, and how many open tasks there are for it. `contact`: who of it was meant, "" for itself."""

    id: int
    name: str
    active: bool
    open: int
    contact: str = ""


@dataclass(frozen=True, slots=True)
class FoundTask:
    """A task, and how far it is. `status` is a TaskStatus word; `counted` 0: it has no workflow."""

    id: int
    title: str
    client: str
    status: str
    target_date: date | None
    late_days: int
    done: int
    counted: int


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A member; `active` False: they left."""

    id: int
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class Part[Line]:
    """The likeliest of one kind, and how many there are; `at_least`: there may be more than were counted."""

    lines: tuple[Line, ...] = ()
    count: int = 0
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What has all the words. Without any: `recent` things, and of tasks the member's own that are due next."""

    words: tuple[str, ...]
    clients: Part[FoundClient] = Part()
    tasks: Part[FoundTask] = Part()
    templates: Part[Choice] = Part()
    people: Part[FoundPerson] = Part()
    recent: tuple[Recent, ...] = ()

    @property
    def count(self) -> int:
        """How many there are of all kinds."""
        return self.clients.count + self.tasks.count + self.templates.count + self.people.count


@dataclass(frozen=True, slots=True)
class Recent:
    """Something looked at before. `kind` is client, task or template; `about` a task's client, or ""."""

    kind: str
    id: int
    name: str
    about: str
