"""What the tests need from the machine beside Python packages."""

import shutil

from tests.postgres import PostgresNotFoundError, find_programs

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class MissingPackageError(Exception):
    """Something must be installed first; the message is the command that does it."""


def find_browser() -> str | None:
    """Return the path of a Chromium, or nothing."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def require_packages() -> None:
    """Refuse, with the command to type, when the browser or PostgreSQL is missing."""
    missing = [] if find_browser() else ["chromium"]
    try:
        find_programs()
    except PostgresNotFoundError:
        missing.append("postgresql")
    if missing:
        raise MissingPackageError(f"this machine lacks {' and '.join(missing)}: apt-get install -y {' '.join(missing)}")
