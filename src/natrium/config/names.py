"""The names of all settings, so that one that is misspelt does not go unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from natrium.config.env import ConfigError

OURS = "NATRIUM_"
KNOWN = (
    "NATRIUM_DATA", "NATRIUM_DATABASE_POOL", "NATRIUM_DATABASE_URL", "NATRIUM_DEBUG", "NATRIUM_EXPECT_EXISTING",
    "NATRIUM_HOST", "NATRIUM_HOSTS", "NATRIUM_JOB_THREADS", "NATRIUM_LOG_LEVEL", "NATRIUM_MAIL_FROM", "NATRIUM_PROXIES",
    "NATRIUM_SECRET_KEY", "NATRIUM_SMTP_URL", "NATRIUM_URL", "NATRIUM_WEB_THREADS", "NATRIUM_WEB_WORKERS", "PORT",
)  # fmt: skip
SECRETS = ("NATRIUM_DATABASE_URL", "NATRIUM_SECRET_KEY", "NATRIUM_SMTP_URL")
FILES = tuple(f"{name}_FILE" for name in SECRETS)
# What the tests are told by the environment; the product knows nothing of it.
OF_TESTS = ("NATRIUM_API_EXAMPLES", "NATRIUM_SOAK", "NATRIUM_TEST_")
LIKE = 0.6


def refuse_misspelt(given: Collection[str]) -> None:
    """Refuse a variable that is none of ours and nearly is; the sentence says which is meant."""
    for name in _strange(given):
        near = get_close_matches(name.removeprefix(OURS), [one.removeprefix(OURS) for one in (*KNOWN, *FILES)], 1, LIKE)
        if near:
            [meant] = [one for one in (*KNOWN, *FILES) if one.removeprefix(OURS) == near[0]]
            message = f"{name} is set, and there is no such setting: is {meant} meant? Rename it, or unset it."
            raise ConfigError(message)


def unknown(given: Collection[str]) -> list[str]:
    """Return the variables that look like ours and are none of them."""
    return list(_strange(given))


def _strange(given: Collection[str]) -> Iterator[str]:
    for name in sorted(given):
        if name.startswith(OURS) and name not in (*KNOWN, *FILES) and not name.startswith(OF_TESTS):
            yield name
