"""All addresses: the pages, the API, sign-in."""

from django.urls import include, path

from natrium.api.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("accounts/", include("allauth.account.urls")),
    path("", include("natrium.web.urls")),
]
