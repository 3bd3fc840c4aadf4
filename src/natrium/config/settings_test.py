"""Settings of the tests: the product's own, with quick passwords and plain static files."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Before the product's settings read it: a test never writes into somebody's data folder.
if "NATRIUM_TEST_DATA" in os.environ:
    os.environ["NATRIUM_DATA"] = os.environ["NATRIUM_TEST_DATA"]
else:
    os.environ["NATRIUM_DATA"] = tempfile.mkdtemp(prefix="natrium-test-")
    atexit.register(shutil.rmtree, os.environ["NATRIUM_DATA"], ignore_errors=True)
os.environ.setdefault("NATRIUM_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("NATRIUM_DATABASE_POOL", "0")

from natrium.config.settings import *  # noqa: F403 - all of them, then the few that differ
from natrium.config.settings import DATA, DATABASES, STATIC_ROOT, STORAGES

# Nothing is gathered for tests; whitenoise warns where the folder is absent.
STATIC_ROOT.mkdir(exist_ok=True)

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# A file, not memory: tests of races start processes that open the same database.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": Path(DATA) / "test.sqlite3"}
