"""Which list of work a form was on: its address travels with every form, and comes back as this."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from natrium.apps.workflows import queries
from natrium.apps.workflows.batches import MOST
from natrium.apps.workflows.worklists import SECTIONS, Delegated, MyWork
from natrium.web.http import Asked, whole_number

MINE, DELEGATED = "/my-work/", "/my-work/delegated/"
OF_MEMBER = re.compile(r"/my-work/of/(\d{1,18})/")


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list: one's own, a member's (`of`), or what one delegated (all, or what `holder` has of it).

    `keep` is the text it is narrowed by.
    """

    of: int | None = None
    keep: str = ""
    delegated: bool = False
    holder: int | None = None

    @property
    def path(self) -> str:
        """Where it is shown, narrowed by nothing."""
        if self.delegated:
            return DELEGATED
        return MINE if self.of is None else f"/my-work/of/{self.of}/"

    @property
    def address(self) -> str:
        """Where it is shown."""
        return self.with_query()

    def with_query(self, **query: str) -> str:
        """Its address with more in the query."""
        holder = {"holder": str(self.holder)} if self.holder is not None else {}
        asked = ({"q": self.keep} if self.keep else {}) | holder | query
        return f"{self.path}?{urlencode(asked)}" if asked else self.path


def list_of(address: str) -> WorkList:
    """The list at an address that a form gave; one's own for any other."""
    split = urlsplit(address[:500])
    asked = parse_qs(split.query)
    keep = asked.get("q", [""])[0]
    if found := OF_MEMBER.fullmatch(split.path):
        return WorkList(int(found[1]), keep)
    if split.path == DELEGATED:
        return WorkList(None, keep, delegated=True, holder=whole_number(asked.get("holder", [""])[0]))
    return WorkList(None, keep)


def read(shown: WorkList, who: Asked) -> MyWork | Delegated:
    """What is on the list. Raises NotFound."""
    if shown.delegated:
        return queries.delegated(by=who.by, at=who.at, keep=shown.keep, holder=shown.holder)
    return queries.my_work(by=who.by, at=who.at, of=shown.of, keep=shown.keep)


def of_section(name: str, address: str, who: Asked) -> list[int]:
    """The steps of a whole section of the list at an address, or of what one holder has; none where there is none such.

    One more than can be changed at once is enough to say that there are too many. Raises NotFound (the member).
    """
    shown, most = list_of(address), MOST + 1
    if shown.delegated:
        holder = whole_number(name.removeprefix("holder-"))
        if holder is None:
            return []
        return queries.delegated_ids(by=who.by, at=who.at, keep=shown.keep, holder=holder, most=most)
    section = next((key for key in SECTIONS if key == name), None)
    if section is None:
        return []
    return queries.section_ids(by=who.by, at=who.at, section=section, of=shown.of, keep=shown.keep, most=most)
