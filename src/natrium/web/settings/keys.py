"""One's own keys: whether a letter alone acts."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from natrium.apps.practices import operations
from natrium.web.http import SeeOther, asked, for_viewers, is_htmx, page, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
@for_viewers
def keys(request: HttpRequest) -> HttpResponse:
    """The form, and what comes of it; to htmx (the dialog of keys) nothing but that it is kept."""
    who = asked(request)
    if request.method == "GET":
        return page(request, "settings/keys.html", {"saved": request.GET.get("saved") == "1"}, place="settings")
    operations.set_single_keys(by=who.by, at=who.at, on=request.POST.get("single_keys") == "1")
    return HttpResponse(status=204) if is_htmx(request) else SeeOther("/settings/keys/?saved=1")
