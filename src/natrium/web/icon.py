"""The icon at the address where some browsers look for it without being told."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where it is."""
    del request
    return HttpResponsePermanentRedirect(static("natrium.svg"))
