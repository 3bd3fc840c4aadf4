"""What every test may use: the browser of this machine, real processes beside the test, the number of rounds."""

import os
from typing import Any
from urllib.parse import quote

import pytest

from tests.machine import find_browser

# The browser driver keeps an event loop in the test's thread; Django would then refuse the test its database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SOAKING = os.environ.get("NATRIUM_SOAK") == "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long tests unless soaking, and those about the other database."""
    del config
    is_postgresql = os.environ.get("NATRIUM_DATABASE_URL", "").startswith("postgres")
    for item in items:
        if item.get_closest_marker("soak") and not SOAKING:
            item.add_marker(pytest.mark.skip(reason="long: make soak"))
        if item.get_closest_marker("sqlite_only") and is_postgresql:
            item.add_marker(pytest.mark.skip(reason="about SQLite"))
        if item.get_closest_marker("postgresql_only") and not is_postgresql:
            item.add_marker(pytest.mark.skip(reason="about PostgreSQL"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the machine's own Chromium; as root it runs only without its sandbox."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "executable_path": find_browser(), "args": arguments}


@pytest.fixture(autouse=True)
def versions_are_read_anew() -> None:
    """Forget the published versions that the process keeps: in the next test the same number is another one."""
    from natrium.apps.workflows.definitions import version_of  # noqa: PLC0415 - models exist only once Django is set up

    version_of.cache_clear()


@pytest.fixture
def rounds() -> int:
    """Return how often a race is run: a few times in `make test`, many in `make soak`."""
    return 30 if SOAKING else 3


@pytest.fixture
def process_env(transactional_db: None) -> dict[str, str]:
    """Return the environment in which a process of its own sees this test's database.

    The process needs `import django; django.setup()` first; what it commits, the test sees, and the other way round.
    """
    del transactional_db
    from django.conf import settings  # noqa: PLC0415 - settings exist only once pytest-django has loaded them
    from django.db import connection  # noqa: PLC0415 - as above

    database = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite://{quote(str(database['NAME']))}"
    else:
        login = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}"
        address = f"postgresql://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "natrium.config.settings_test",
        "NATRIUM_TEST_DATA": str(settings.DATA),
        "NATRIUM_DATABASE_URL": address,
    }
