"""Where the server that runs on this data folder can be reached, for commands that print an address of it."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


@contextlib.contextmanager
def known() -> Iterator[None]:
    """Leave the address in the data folder while this goes on. Where another server runs there, its own stays."""
    with _file().open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield
            return
        file.truncate(0)
        file.write(settings.PUBLIC_URL)
        file.flush()
        # The lock goes with the process however it ends, so what a dead one left behind counts for nothing.
        yield


def public_url() -> str:
    """Return the address that NATRIUM_URL gives; unset, the running server's, and where none runs the default one."""
    if settings.PUBLIC_URL_GIVEN:
        return str(settings.PUBLIC_URL)
    try:
        with _file().open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read() or settings.PUBLIC_URL
    except FileNotFoundError:
        pass
    return str(settings.PUBLIC_URL)


def _file() -> Path:
    return Path(settings.DATA) / ".serving"
