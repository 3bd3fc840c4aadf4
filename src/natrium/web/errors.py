"""What is shown where a form is too old to be trusted, or too much, and where somebody tries too often."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from natrium.web.http import whole_number
from natrium.web.refused import typed_words


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it by name
    """The page was opened before signing in or out: what was typed is given back, and nothing was done."""
    task = whole_number(request.POST.get("task"))
    back = f"/tasks/{task}/" if task is not None else "/my-work/"
    return render(request, "403_csrf.html", {"typed": typed_words(request.POST), "back": back}, status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """Too many attempts from one address, whoever they were for."""
    answer = render(request, "429.html", status=429)
    answer["Retry-After"] = "60"
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read; 413 where it is only too much."""
    too_much = isinstance(exception, RequestDataTooBig)
    return render(request, "400.html", {"too_much": too_much}, status=413 if too_much else 400)
