"""All addresses: the pages, the API, sign-in."""

from django.urls import include, path, re_path

from natrium.api.api import api, nowhere

urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", nowhere),
    path("accounts/", include("allauth.account.urls")),
    path("", include("natrium.web.urls")),
]
