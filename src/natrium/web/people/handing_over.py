"""Handing a member's work over: what there is, who takes it, what will happen; then doing it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from natrium.apps.practices import queries as practice_queries
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import Part
from natrium.apps.workflows.panels import Choice
from natrium.apps.workflows.queries import Holdings
from natrium.domain.errors import Refusal
from natrium.domain.roles import Deed, Role, may, who_may
from natrium.web.http import Asked, SeeOther, asked, page, signed_in
from natrium.web.people.forms import KEEP, NOBODY, takers
from natrium.web.refused import STATUS
from natrium.web.words import listed


@require_http_methods(["GET", "POST"])
@signed_in
def hand_over(request: HttpRequest, member_id: int) -> HttpResponse:
    """The form with what the member holds; posted with `sure`, it is done, else it is shown once more as a preview."""
    who = asked(request)
    held = queries.holdings(by=who.by, member_id=member_id)
    if not may(who.by.member.role, Deed.HAND_OVER):
        words = {"message": f"To hand a colleague's work over takes {who_may(Deed.HAND_OVER)}."}
        return page(request, "403.html", words, place="people", status=403)
    asking = request.POST if request.method == "POST" else request.GET
    leaves = asking.get("leaves") == "1"
    typed = {name: value for name, value in asking.items() if isinstance(value, str)}
    if request.method == "GET":
        return _form(request, who, held, typed, leaves=leaves)
    try:
        to = takers(request.POST, leaves=leaves)
        if request.POST.get("sure") != "1":
            return _form(request, who, held, typed, leaves=leaves, preview=_preview(who, held, to))
        done = operations.hand_over(by=who.by, at=who.at, member_id=member_id, to=to, leaves=leaves)
    except Refusal as refusal:
        return _form(request, who, held, typed, leaves=leaves, no=refusal)
    where = "/people/" if leaves else f"/people/{member_id}/"
    return SeeOther(f"{where}?handed={done.batch}")


def _form(
    request: HttpRequest,
    who: Asked,
    held: Holdings,
    typed: Mapping[str, str],
    *,
    leaves: bool,
    preview: list[str] | None = None,
    no: Refusal | None = None,
) -> HttpResponse:
    parts = _parts(held)
    offered = {part.value for part, _, _ in parts}
    context = {
        "held": held,
        "parts": parts,
        "takers": _people(who, held),
        "typed": typed,
        "leaves": leaves,
        "may_leave": may(who.by.member.role, Deed.EDIT_PRACTICE),
        "preview": preview,
        "errors": {no.field if no.field in offered else "": no.message} if no else {},
        "code": no.code if no else "",
        "keep": KEEP,
        "nobody": NOBODY,
    }
    return page(request, "people/hand_over.html", context, place="people", status=STATUS[no.code] if no else 200)


def _parts(held: Holdings) -> list[tuple[Part, str, str]]:
    """Each part that there is: what it is called, and how much of it there is, in words."""
    counts = {
        Part.MANAGED: (len(held.managed), "client", "Clients they manage"),
        Part.PARTNERED: (len(held.partnered), "client", "Clients whose partner they are"),
        Part.TASKS: (held.tasks_count, "open task", "Tasks they own"),
        Part.STEPS: (held.steps_count, "open step", "Steps they hold"),
        Part.TEMPLATES: (len(held.templates), "template", "Templates that name them"),
    }
    return [
        (part, heading, f"{count} {noun}{'' if count == 1 else 's'}")
        for part, (count, noun, heading) in counts.items()
        if count
    ]


def _people(who: Asked, held: Holdings) -> list[Choice]:
    members = practice_queries.members(practice_id=who.by.practice_id, active_only=True)
    return [Choice(one.id, one.name) for one in members if one.role >= Role.STAFF and one.id != held.member.id]


def _preview(who: Asked, held: Holdings, to: Mapping[Part, int | None]) -> list[str]:
    """What will happen, a sentence a part, each with how many steps go with it."""
    names = {one.id: one.name for one in _people(who, held)}
    going = {Part.MANAGED: held.following.managed, Part.PARTNERED: held.following.partnered}
    going |= {Part.TASKS: held.following.tasks}
    rest = held.steps_count - sum(count for part, count in going.items() if part in to)
    said = []
    for part, _, amount in _parts(held):
        if part not in to:
            continue
        taker = to[part]
        name = (names.get(taker) if taker is not None else None) or "nobody"
        if part is Part.TEMPLATES:
            said.append(f"{amount}: a new version names {name} instead.")
        elif part is Part.STEPS:
            said.append(f"{_counted(rest, 'other open step')}: to {name}.")
        else:
            said.append(f"{amount}: to {name}, and {_counted(going[part], 'open step')} with {_them(amount)}.")
    return said


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _them(amount: str) -> str:
    return "it" if amount.startswith("1 ") else "them"


def receipt(request: HttpRequest, who: Asked) -> str:
    """What the hand-over did that the address names, in a sentence; "" for none."""
    batch = request.GET.get("handed", "")[:40]
    done = queries.receipt(by=who.by, batch=batch) if batch else None
    parts = ((done.clients, "client"), (done.tasks, "task"), (done.steps, "open step")) if done else ()
    said = listed([_counted(count, noun) for count, noun in parts if count])
    return f"Handed over: {said}." if said else ""
