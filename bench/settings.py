"""The product's settings with a few bare views beside its own, for comparison."""

import os

from natrium.config.settings import *  # noqa: F403 - the product's settings are the point

ROOT_URLCONF = "bench.urls"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if os.environ.get("BENCH_BARE"):
    # allauth refuses to start without its middleware, so it goes as well; so does all but the empty view.
    MIDDLEWARE: list[str] = []
    INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith("allauth")]  # noqa: F405
    ROOT_URLCONF = "bench.bare_urls"
if os.environ.get("BENCH_SYNC_NORMAL"):
    OPTIONS = DATABASES["default"]["OPTIONS"]  # noqa: F405 - the product's
    OPTIONS["init_command"] = OPTIONS["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
