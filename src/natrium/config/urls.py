"""All addresses: the pages, the API, sign-in."""

from importlib import import_module
from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

PACKAGE = Path(__file__).resolve().parent.parent

urlpatterns: list[URLPattern | URLResolver] = [path("accounts/", include("allauth.account.urls"))]
if (PACKAGE / "api" / "api.py").is_file():  # until all rooms are built
    urlpatterns.append(path("api/v1/", import_module("natrium.api.api").api.urls))
urlpatterns.append(path("", include("natrium.web.urls")))
