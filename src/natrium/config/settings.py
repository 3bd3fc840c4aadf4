"""Django's settings. Everything a self-hoster may set is read here, through `env`, and listed in docs/settings.md."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from natrium.config import databases, env, mail, names

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parents[1]
IS_CHECKOUT = (CHECKOUT / "pyproject.toml").is_file()

# Before anything is made where a misspelt name would have put it
names.refuse_misspelt(os.environ)

# Where things are
DATA = env.data_folder("NATRIUM_DATA", (CHECKOUT if IS_CHECKOUT else Path.cwd()) / "data")
HOST = env.text("NATRIUM_HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, least=1, most=65535)
PUBLIC_URL = env.web_address("NATRIUM_URL", f"http://127.0.0.1:{PORT}")
PUBLIC_URL_GIVEN = bool(env.text("NATRIUM_URL"))
EXPECT_EXISTING = env.flag("NATRIUM_EXPECT_EXISTING")
WEB_WORKERS = env.number("NATRIUM_WEB_WORKERS", 2, least=1, most=64)
WEB_THREADS = env.number("NATRIUM_WEB_THREADS", 4, least=1, most=64)
JOB_THREADS = env.number("NATRIUM_JOB_THREADS", 2, least=1, most=64)

# Safety
DEBUG = env.flag("NATRIUM_DEBUG")
SECRET_KEY = env.secret_key("NATRIUM_SECRET_KEY", DATA / "secret-key")
IS_HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [
    urlsplit(PUBLIC_URL).hostname or "",
    "127.0.0.1",
    "localhost",
    "[::1]",
    *env.host_names("NATRIUM_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
PROXIES = env.number("NATRIUM_PROXIES", int(IS_HTTPS), least=0, most=9)
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
CSRF_FAILURE_VIEW = "natrium.web.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# What it is made of
INSTALLED_APPS = [
    "natrium.apps.database",
    "natrium.apps.practices",
    "natrium.apps.activity",
    "natrium.apps.clients",
    "natrium.apps.tasks",
    "natrium.apps.workflows",
    "natrium.apps.catalogue",
    "natrium.apps.files",
    "natrium.apps.notifications",
    "natrium.apps.proposals",
    "natrium.jobs",
    "natrium.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_ox",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "natrium.web.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "natrium.web.heads.HeadMiddleware",
    "natrium.api.problems.ProblemsMiddleware",
    "natrium.web.middleware.MemberMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "natrium.api.idempotency.IdempotencyMiddleware",
]
ROOT_URLCONF = "natrium.config.urls"
WSGI_APPLICATION = "natrium.config.wsgi.application"
TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "natrium.web.jinja.environment"},
    },
    {
        # Only what allauth still renders itself.
        "NAME": "parts",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# Rows
DATABASE_POOL = env.number("NATRIUM_DATABASE_POOL", 8, least=0, most=100)
DATABASES = {"default": databases.database("NATRIUM_DATABASE_URL", DATA, pool=DATABASE_POOL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Counts of sign-in attempts: in files, so that every web process sees them and a restart does not forget them.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
        # Past these, some counts would be thrown away: more than anybody's attempts come to in five minutes.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

# People
AUTH_USER_MODEL = "practices.User"
SESSION_ENGINE = "natrium.apps.practices.sessions"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {"user_attributes": ("email", "name")},
        "MinimumLengthValidator": {},
        "CommonPasswordValidator": {},
    }.items()
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "natrium.config.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Mail
MAILERS = mail.mailers("NATRIUM_SMTP_URL", DATA / "mail")
DEFAULT_FROM_EMAIL = mail.sender("NATRIUM_MAIL_FROM", "natrium@localhost")

# Work in the background: a lost job is taken up again after LOCK_TIMEOUT seconds.
TASKS = {
    "default": {
        "BACKEND": "django_ox.backend.OxBackend",
        "QUEUES": [],
        "OPTIONS": {
            "MAX_ATTEMPTS": 5,
            "LOCK_TIMEOUT": 60,
            "BACKOFF_INITIAL": 5,
            "SCHEDULES": {
                "housekeeping": {"task": "natrium.jobs.housekeeping.clear", "every": timedelta(hours=1)},
                "files": {"task": "natrium.jobs.housekeeping.tidy_files", "every": timedelta(days=1)},
                "jobs": {"task": "natrium.jobs.housekeeping.forget_jobs", "every": timedelta(hours=6)},
                "forget": {"task": "natrium.jobs.housekeeping.forget_notifications", "every": timedelta(days=1)},
                "reminders": {"task": "natrium.jobs.proposals.remind", "every": timedelta(hours=1)},
                "set-up": {"task": "natrium.jobs.housekeeping.finish_set_up", "every": timedelta(hours=1)},
                "sweep": {"task": "natrium.jobs.recurring.sweep", "every": timedelta(minutes=15)},
                "digests": {"task": "natrium.jobs.notifications.send_digests", "every": timedelta(minutes=2)},
                "tell": {"task": "natrium.jobs.notifications.tell", "every": timedelta(seconds=10)},
            },
        },
    },
}

# Files
FILE_UPLOAD_HANDLERS = [
    "natrium.apps.files.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "LOCATION": DATA / "files"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Words and time
LANGUAGE_CODE = "en-gb"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S%z"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.choice("NATRIUM_LOG_LEVEL", ("WARNING", "ERROR", "INFO", "DEBUG"))},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "natrium": {"level": "INFO"},
        # With a handler of its own, else its command adds a second one.
        "django_ox": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
