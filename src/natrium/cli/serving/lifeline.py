"""A supervised process ends with its supervisor, however that one ended: its standard input closes then."""

import os
import signal
import sys
import threading


def follow_parent() -> None:
    """Stop this process, as SIGTERM would, once the supervisor is gone."""
    threading.Thread(target=_wait_for_the_end, name="lifeline", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
