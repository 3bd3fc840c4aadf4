"""Which list of work a form was on: its address travels with every form, and comes back as this."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from natrium.apps.workflows import queries
from natrium.apps.workflows.worklists import MyWork
from natrium.web.http import Asked

MINE = "/my-work/"
OF_MEMBER = re.compile(r"/my-work/of/(\d{1,18})/")


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list: one's own, or a member's (`of`), narrowed by a text (`keep`)."""

    of: int | None = None
    keep: str = ""

    @property
    def address(self) -> str:
        """Where it is shown."""
        return self.with_query()

    def with_query(self, **query: str) -> str:
        """Its address with more in the query."""
        asked = ({"q": self.keep} if self.keep else {}) | query
        path = MINE if self.of is None else f"/my-work/of/{self.of}/"
        return f"{path}?{urlencode(asked)}" if asked else path


def list_of(address: str) -> WorkList:
    """The list at an address that a form gave; one's own for any other."""
    split = urlsplit(address[:500])
    keep = parse_qs(split.query).get("q", [""])[0]
    if found := OF_MEMBER.fullmatch(split.path):
        return WorkList(int(found[1]), keep)
    return WorkList(None, keep)


def read(shown: WorkList, who: Asked) -> MyWork:
    """What is on the list. Raises NotFound."""
    return queries.my_work(by=who.by, at=who.at, of=shown.of, keep=shown.keep)
