"""The product's URLs, an empty view, and a view that completes a step in raw SQL."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

from bench.bare_urls import empty
from bench.raw import complete_raw


def raw_completion(request: HttpRequest, workflow_id: int, key: str) -> HttpResponse:
    """Complete a step as raw SQL would, for a signed-in member; the answer is the 303."""
    complete_raw(request.member, workflow_id, key)  # type: ignore[attr-defined]
    return HttpResponseRedirect(f"/tasks/{workflow_id}/", status=303)


urlpatterns = [
    path("bench/empty/", empty),
    path("bench/complete/<int:workflow_id>/<slug:key>/", raw_completion),
    path("", include("natrium.config.urls")),
]
