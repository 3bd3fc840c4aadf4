"""The product's settings with a few bare views beside its own, for comparison."""

import os

from natrium.config.settings import *  # noqa: F403 - the product's settings are the point

ROOT_URLCONF = "bench.urls"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if os.environ.get("BENCH_BARE"):
    MIDDLEWARE: list[str] = []
if os.environ.get("BENCH_SYNC_NORMAL"):
    OPTIONS = DATABASES["default"]["OPTIONS"]  # noqa: F405 - the product's
    OPTIONS["init_command"] = OPTIONS["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
