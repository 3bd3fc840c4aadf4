"""Keeping filters under a name, and taking a kept view away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from natrium.apps.workflows import operations
from natrium.domain.errors import Refusal
from natrium.web.http import SeeOther, asked, for_viewers, page, signed_in
from natrium.web.practice.choosing import back_of
from natrium.web.refused import STATUS


@require_POST
@signed_in
@for_viewers
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the page that the form is on."""
    who, post = asked(request), request.POST
    back = back_of(post.get("from", ""))
    shared = post.get("shared") == "1"
    try:
        operations.save_view(
            by=who.by, at=who.at, name=post.get("name", ""), page=post.get("page", ""), query=post.get("query", ""),
            shared=shared,
        )  # fmt: skip
    except Refusal as refusal:
        fields = {name: post.get(name, "") for name in ("name", "page", "query", "shared")}
        errors = {refusal.field if refusal.field == "name" else "": refusal.message}
        context = {"typed": fields, "errors": errors, "code": refusal.code, "back": back, "shared": shared}
        return page(request, "practice/view.html", context, place="practice", status=STATUS[refusal.code])
    return SeeOther(back)


@require_POST
@signed_in
def remove(request: HttpRequest, view_id: int) -> HttpResponse:
    """Take a kept view away."""
    who = asked(request)
    operations.remove_view(by=who.by, at=who.at, view_id=view_id)
    return SeeOther(back_of(request.POST.get("from", "")))
