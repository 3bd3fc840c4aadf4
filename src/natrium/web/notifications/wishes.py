"""What a member wants to be told, in the app and by mail."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from natrium.apps.notifications import operations, queries
from natrium.domain.errors import Code, Refusal
from natrium.domain.notices import WORDS
from natrium.web.http import Asked, SeeOther, asked, for_viewers, page, signed_in
from natrium.web.refused import STATUS


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form shows: the kinds ticked, whether there is a mail, and from when on, as typed."""

    in_app: Collection[str]
    in_mail: Collection[str]
    digest: bool
    digest_at: str


@require_http_methods(["GET", "POST"])
@signed_in
@for_viewers
def wishes(request: HttpRequest) -> HttpResponse:
    """Which kinds one is told of, where, and when the day's mail comes."""
    who = asked(request)
    if request.method == "GET":
        mine = queries.wishes(who.by)
        return _form(request, who, Shown(mine.in_app, mine.in_mail, mine.digest, f"{mine.digest_at:%H:%M}"), {})
    post = request.POST
    shown = Shown(post.getlist("in_app"), post.getlist("in_mail"), post.get("digest") == "1", post.get("digest_at", ""))
    try:
        operations.wish(
            by=who.by, at=who.at, in_app=shown.in_app, in_mail=shown.in_mail, digest=shown.digest,
            digest_at=_time(shown.digest_at),
        )  # fmt: skip
    except Refusal as refusal:
        field = "digest_at" if refusal.field == "digest_at" else ""
        return _form(request, who, shown, {field: refusal.message}, status=STATUS[refusal.code])
    return SeeOther("/settings/notifications/?saved=1")


def _time(text: str) -> time:
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        raise Refusal(Code.BAD_VALUE, f"“{text}” is no time of the day. Write it as 07:30.", field="digest_at")
    return found


def _form(request: HttpRequest, who: Asked, shown: Shown, errors: dict[str, str], *, status: int = 200) -> HttpResponse:
    context = {
        "kinds": [(kind.value, words) for kind, words in WORDS.items()],
        "shown": shown,
        "errors": errors,
        "email": who.by.email,
        "saved": request.GET.get("saved") == "1" and not errors,
    }
    return page(request, "settings/notifications.html", context, place="settings", status=status)
