"""Is it well? At /healthz, for whatever keeps Natrium running: no session, no host name, nothing of any practice."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from natrium.apps.database import health

ADDRESS = "/healthz"


class HealthMiddleware:
    """Answers before anybody asks who is asking: a probe calls by number, and must hear of a database that is gone."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """200 where pages can be answered, 503 with the reason where they cannot."""
        if request.path_info != ADDRESS:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        wrong = health.ailment()
        text = f"{wrong}\n" if wrong else "Natrium is well.\n"
        answer = HttpResponse(text, content_type="text/plain; charset=utf-8", status=503 if wrong else 200)
        answer["Cache-Control"] = "no-store"
        return answer
