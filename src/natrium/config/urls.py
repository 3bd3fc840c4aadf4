"""All addresses: the pages, sign-in among them, and the API."""

from django.urls import include, path, re_path

from natrium.api.api import api, nowhere

handler429 = "natrium.web.errors.too_many"  # allauth's word for it
urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", nowhere),
    path("", include("natrium.web.urls")),
]

handler400 = "natrium.web.errors.bad_request"
