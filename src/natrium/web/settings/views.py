"""The practice's profile, and a member's API tokens."""

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from natrium.apps.practices import operations, queries
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may
from natrium.web.http import Asked, SeeOther, asked, for_viewers, page, signed_in, whole_number
from natrium.web.refused import STATUS

CALENDARS = {"england": "England and Wales", "scotland": "Scotland", "northern_ireland": "Northern Ireland"}
SHOWN_FIRST = ("Europe/London", "Europe/Dublin", "Europe/Jersey", "Europe/Guernsey", "Europe/Isle_of_Man")
LONGEST = 366


@require_http_methods(["GET", "POST"])
@signed_in
def practice(request: HttpRequest) -> HttpResponse:
    """Name, time zone, bank holidays, how progress counts. Owners change it, everybody reads it."""
    who = asked(request)
    if request.method == "GET":
        found = queries.practice_settings(practice_id=who.by.practice_id)
        typed = {"name": found.name, "time_zone": found.time_zone, "calendar": found.calendar}
        typed["weighted_progress"] = "1" if found.weighted_progress else "0"
        return _practice(request, who, typed, {})
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    try:
        operations.edit_practice(
            by=who.by, at=who.at, name=typed.get("name", ""), time_zone=typed.get("time_zone", ""),
            calendar=typed.get("calendar", ""), weighted_progress=typed.get("weighted_progress") == "1",
        )  # fmt: skip
    except Refusal as refusal:
        errors = {refusal.field: refusal.message}
        return _practice(request, who, typed, errors, status=STATUS[refusal.code])
    return SeeOther("/settings/?saved=1")


def _practice(
    request: HttpRequest, who: Asked, typed: Mapping[str, str], errors: Mapping[str, str], *, status: int = 200
) -> HttpResponse:
    zones = [zone for zone in sorted(available_timezones()) if zone not in SHOWN_FIRST and "/" in zone]
    context = {
        "typed": typed,
        "errors": errors,
        "calendars": CALENDARS,
        "zones": [*SHOWN_FIRST, *zones],
        "can_edit": may(who.by.member.role, Deed.EDIT_PRACTICE),
        "saved": request.GET.get("saved") == "1" and not errors,
    }
    return page(request, "settings/practice.html", context, place="settings", status=status)


@require_http_methods(["GET", "POST"])
@signed_in
@for_viewers
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own API tokens; making one shows it, this once."""
    who = asked(request)
    if request.method == "GET":
        return _tokens(request, who, {"days": "90", "scope": "read"}, {})
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    try:
        days = _days(typed.get("days"))
        made = operations.create_api_token(
            by=who.by, at=who.at, name=typed.get("name", "").strip(), scope=typed.get("scope", ""),
            expires_at=who.at + timedelta(days=days),
        )  # fmt: skip
    except Refusal as refusal:
        errors = {refusal.field: refusal.message}
        return _tokens(request, who, typed, errors, status=STATUS[refusal.code])
    return _tokens(request, who, {"days": "90", "scope": "read"}, {}, made=made.plain)


def _days(text: str | None) -> int:
    """For how many days a token is good. Raises Refusal bad-value."""
    days = whole_number(text)
    if days is None or not 1 <= days <= LONGEST:
        raise Refusal(Code.BAD_VALUE, f"A token is good for 1 to {LONGEST} days.", field="days")
    return days


def _tokens(
    request: HttpRequest,
    who: Asked,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    made: str = "",
    status: int = 200,
) -> HttpResponse:
    found = queries.tokens(practice_id=who.by.practice_id, member_id=who.by.member.id)
    good = [t for t in found if t.revoked_at is None and (t.expires_at is None or t.expires_at > who.at)]
    context = {"tokens": good, "typed": typed, "errors": errors, "made": made, "zone": who.by.zone}
    return page(request, "settings/tokens.html", context, place="settings", status=status)


@require_POST
@signed_in
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Make a token of one's own worthless. Again is harmless."""
    who = asked(request)
    operations.revoke_api_token(by=who.by, at=who.at, token_id=token_id)
    return SeeOther("/settings/tokens/")
