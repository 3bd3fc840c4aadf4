"""What a new practice does first: the list above my work of whoever may do it, and putting it away."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from natrium.apps.practices import operations as practices
from natrium.apps.workflows import queries
from natrium.apps.workflows.queries import FirstSteps
from natrium.domain.roles import Deed, Role, may, who_may
from natrium.web.http import Asked, SeeOther, asked, signed_in

CALENDARS = {"england": "England and Wales", "scotland": "Scotland", "northern_ireland": "Northern Ireland"}


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line of the list. `href` "" where somebody else does it; `lit`: the first that is to be done."""

    name: str
    words: str
    done: bool
    act: str = ""
    href: str = ""
    lit: bool = False


@dataclass(frozen=True, slots=True)
class SetUp:
    """The list. `may_hide`: the member may put it away for everybody."""

    lines: tuple[ToDo, ...]
    may_hide: bool

    @property
    def done(self) -> int:
        """How many lines are done."""
        return sum(line.done for line in self.lines)


def set_up(who: Asked) -> SetUp | None:
    """What is to be done first; None for an established practice, where all is done, and for staff and viewers."""
    role = who.by.member.role
    if role < Role.MANAGER:
        return None
    steps = queries.first_steps(by=who.by)
    if steps is None or steps.are_done:
        return None
    owner = may(role, Deed.EDIT_PRACTICE)
    lines = [
        ToDo("Create the practice", _profile(who), done=True, act="Change" if owner else "", href="/settings/"),
        *_lines(steps, owner=owner),
    ]
    first = next(place for place, line in enumerate(lines) if not line.done)
    lit = lines[first]
    lines[first] = ToDo(lit.name, lit.words, done=False, act=lit.act, href=lit.href, lit=True)
    return SetUp(tuple(lines), owner)


def _profile(who: Asked) -> str:
    zone = who.by.time_zone.replace("_", " ")
    return f"{who.by.practice}: bank holidays of {CALENDARS[who.by.calendar]}, time of {zone}."


def _lines(steps: FirstSteps, *, owner: bool) -> list[ToDo]:
    people = f"{steps.people} people are here." if steps.people > 1 else "Each signs in by an address that you send."
    if not owner:
        people = f"Adding people takes {who_may(Deed.EDIT_PRACTICE)}."
    clients = f"{_many(steps.clients, 'client')} so far." if steps.clients else "From a spreadsheet, or one by one."
    templates = (
        f"{_many(steps.templates, 'template')} so far."
        if steps.templates
        else "The usual ones are in the library; or write your own."
    )
    return [
        ToDo("Invite a colleague", people, steps.people > 1, "Add somebody" if owner else "", "/people/new/"),
        ToDo("Bring in clients", clients, steps.clients > 0, "Import clients", "/clients/import/"),
        ToDo("Take a template from the library", templates, steps.templates > 0, "Open the library", "/templates/new/"),
        ToDo(
            "Attach it to a first task",
            "Its steps go to people, and the first is lit.",
            steps.attached,
            "New task",
            "/tasks/new/",
        ),
    ]


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


@require_POST
@signed_in
def hide(request: HttpRequest) -> HttpResponse:
    """Put the list away for everybody. Owners may; again is harmless."""
    who = asked(request)
    practices.hide_set_up(by=who.by, at=who.at)
    return SeeOther("/my-work/")
