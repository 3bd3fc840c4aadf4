"""The list of people, the form for a new one, and a member's own page."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from natrium.apps.practices import operations as practices
from natrium.apps.practices import queries as practice_queries
from natrium.apps.practices.queries import MemberLine
from natrium.apps.workflows import operations, queries
from natrium.domain.errors import NotFound, Refusal
from natrium.domain.roles import Deed, Role, may, who_may
from natrium.web.http import Asked, SeeOther, asked, page, signed_in, whole_address, whole_number
from natrium.web.people.forms import role_of, said_of
from natrium.web.people.handing_over import receipt
from natrium.web.refused import STATUS

ROLES = tuple(Role)
FIELDS = ("name", "role", "weekly_hours")
PAGE, FEW = 100, 20


@require_GET
@signed_in
def list_all(request: HttpRequest) -> HttpResponse:
    """Everybody in the practice, and those who left; `q` narrows, `after` goes on behind so many."""
    who = asked(request)
    people = queries.people(by=who.by, at=who.at)
    here = sum(line.member.active for line in people)
    keep = request.GET.get("q", "").strip()[:100]
    kept = [line for line in people if keep.lower() in f"{line.member.name} {line.member.email}".lower()]
    kept.sort(key=lambda line: not line.member.active)
    begin = min(whole_number(request.GET.get("after")) or 0, len(kept))
    shown = kept[begin : begin + PAGE]
    context = {
        "here": [line for line in shown if line.member.active],
        "gone": [line for line in shown if not line.member.active],
        "keep": keep,
        "begin": begin,
        "more": len(kept) - begin - len(shown),
        "following": begin + PAGE,
        "searches": keep or len(people) > FEW,
        "can_invite": may(who.by.member.role, Deed.EDIT_PRACTICE),
        "handed": receipt(request, who),
        "sentence": f"{here:,} {'person works' if here == 1 else 'people work'} here.",
    }
    return page(request, "people/list.html", context, place="people")


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Let somebody in: the form, and what comes of it."""
    who = asked(request)
    if not may(who.by.member.role, Deed.EDIT_PRACTICE):
        words = {"message": f"To let somebody in takes {who_may(Deed.EDIT_PRACTICE)}."}
        return page(request, "403.html", words, place="people", status=403)
    if request.method == "GET":
        return _new_form(request, {"role": "staff", "weekly_hours": "37.5"}, {})
    post = request.POST
    try:
        member_id = practices.add_member(
            by=who.by, at=who.at, name=post.get("name", ""), email=post.get("email", ""), role=role_of(post),
            weekly_hours=post.get("weekly_hours", ""),
        )  # fmt: skip
    except Refusal as refusal:
        return _new_form(request, _typed(request), {refusal.field: refusal.message}, status=_status(refusal))
    return SeeOther(f"/people/{member_id}/?new=1")


def _new_form(
    request: HttpRequest, typed: Mapping[str, str], errors: Mapping[str, str], *, status: int = 200
) -> HttpResponse:
    context = {"typed": typed, "errors": errors, "roles": ROLES}
    return page(request, "people/new.html", context, place="people", status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def show(request: HttpRequest, member_id: int) -> HttpResponse:
    """A member: what they are, what they hold; changed here by owners."""
    who = asked(request)
    member = _member(who, member_id)
    if request.method == "GET":
        return _page(request, who, member, said_of(member))
    post = request.POST
    try:
        changes: dict[str, object] = {name: post.get(name, "") for name in ("name", "weekly_hours")}
        if may(who.by.member.role, Deed.EDIT_PRACTICE):  # who may not is told so, whatever they typed
            changes["role"] = role_of(post)
        operations.change_member(by=who.by, at=who.at, member_id=member_id, changes=changes)
    except Refusal as refusal:
        return _page(request, who, member, _typed(request), refusal)
    return SeeOther(f"/people/{member_id}/")


def _page(
    request: HttpRequest,
    who: Asked,
    member: MemberLine,
    typed: Mapping[str, str],
    no: Refusal | None = None,
    *,
    link: object = None,
) -> HttpResponse:
    can_edit = may(who.by.member.role, Deed.EDIT_PRACTICE)
    offered = FIELDS if can_edit and member.active else ()
    context = {
        "member": member,
        "held": queries.holdings(by=who.by, member_id=member.id),
        "typed": typed,
        "errors": {no.field if no.field in offered else "": no.message} if no else {},
        "code": no.code if no else "",
        "roles": ROLES,
        "can_edit": can_edit,
        "can_hand_over": may(who.by.member.role, Deed.HAND_OVER),
        "link": link,
        "handed": receipt(request, who),
        "new": request.GET.get("new") == "1",
    }
    return page(request, "people/member.html", context, place="people", status=_status(no) if no else 200)


@require_POST
@signed_in
def invite(request: HttpRequest, member_id: int) -> HttpResponse:
    """An address that signs the member in once, shown this once."""
    who = asked(request)
    member = _member(who, member_id)
    try:
        made = practices.invite(by=who.by, at=who.at, member_id=member_id)
    except Refusal as refusal:
        return _page(request, who, member, said_of(member), refusal)
    link = {"address": whole_address(request, made.path), "until": made.expires_at.astimezone(who.by.zone)}
    return _page(request, who, member, said_of(member), link=link)


@require_POST
@signed_in
def come_back(request: HttpRequest, member_id: int) -> HttpResponse:
    """Somebody who left comes back."""
    who = asked(request)
    try:
        practices.reactivate_member(by=who.by, at=who.at, member_id=member_id)
    except Refusal as refusal:
        member = _member(who, member_id)
        return _page(request, who, member, said_of(member), refusal)
    return SeeOther(f"/people/{member_id}/")


def _member(who: Asked, member_id: int) -> MemberLine:
    members = practice_queries.members(practice_id=who.by.practice_id)
    found = next((line for line in members if line.id == member_id), None)
    if found is None:
        raise NotFound("There is no such member.")
    return found


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}


def _status(refusal: Refusal) -> int:
    return STATUS[refusal.code]
