"""What an entry of the matrix says: an address, who may, and a call that would succeed for somebody who may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from natrium.apps.practices.models import Member
from natrium.domain.roles import Deed, Role, may
from tests.permissions.sides import Side


@dataclass(frozen=True, slots=True)
class Part:
    """Who calls: the role, and whether they own the task and hold the step that the call is about."""

    role: Role
    owns: bool = False
    holds: bool = False


PARTS = {
    "viewer": Part(Role.VIEWER),
    "staff": Part(Role.STAFF),
    "task owner": Part(Role.STAFF, owns=True),
    "assignee": Part(Role.STAFF, holds=True),
    "manager": Part(Role.MANAGER),
    "partner": Part(Role.PARTNER),
    "owner": Part(Role.OWNER),
}

type Rule = Callable[[Part], bool]


@dataclass(frozen=True, slots=True)
class The:
    """The id of a thing of the caller's side: `The("client")`. With `listed`, another practice's is named in the
    answer as not found, one of several, where the rest goes on. With `within`, it is a number counted within what
    stands before it (a line of a record), which means nothing elsewhere."""

    name: str
    listed: bool = False
    within: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a form: the call is then multipart/form-data, the API's too."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the matrix.

    `route`: "POST /tasks/{task_id}/hold/", as tests/permissions/table.py names it; a part after # tells apart what
    one address takes. `who`: a Deed, a Role, a rule over the caller's Part, or ANYBODY, who need not be signed in.
    `path`: what stands for {name}; {task_id} is The("task") where nothing is said. `body`: the fields of the form,
    or the JSON; `query`: what follows the ?. `ok`: the status for somebody who may. `before`: what is done first,
    given a side and the one who is about to call. `token` False: a token may not, whoever's it is. `keeps`: a table
    that gets its row also where every one of several is refused.
    """

    route: str
    who: Deed | Role | Rule
    path: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    ok: int = 0
    before: Callable[[Side, Member], None] | None = None
    token: bool = True
    keeps: str = ""

    @property
    def method(self) -> str:
        """GET, POST and so on."""
        return self.route.split(" ", 1)[0]

    @property
    def address(self) -> str:
        """The address, its names in braces."""
        return self.route.split(" ", 1)[1].split("#", 1)[0]

    @property
    def names(self) -> set[str]:
        """The route with what follows a #, and without: one entry of several covers a route."""
        parts = self.route.split("#")
        return {"#".join(parts[:end]) for end in range(1, len(parts) + 1)}

    @property
    def is_api(self) -> bool:
        """Whether it answers with problem documents instead of pages."""
        return self.address.startswith("/api/")

    @property
    def reads(self) -> bool:
        """Whether it only reads."""
        return self.method == "GET"

    @property
    def status(self) -> int:
        """The status for somebody who may: a page's form leads on to a page."""
        return self.ok or (200 if self.reads or self.is_api else 303)

    def allows(self, part: Part) -> bool:
        """Whether somebody of this part may."""
        if isinstance(self.who, Deed):
            return may(part.role, self.who, task_owner=part.owns, assignee=part.holds)
        if isinstance(self.who, Role):
            return part.role >= self.who
        return self.who(part)


def ANYBODY(_: Part) -> bool:  # noqa: N802 - reads as a word where it stands
    """Who need not be signed in."""
    return True


def own_or(own: Deed, others: Deed) -> Rule:
    """One deed for the step's assignee, another for everybody else."""
    return lambda part: may(part.role, own if part.holds else others, task_owner=part.owns, assignee=part.holds)
