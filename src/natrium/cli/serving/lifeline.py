"""A supervised process ends with its supervisor, however that one ended."""

import ctypes
import os
import select
import signal
import sys
import threading

SET_PARENT_DEATH_SIGNAL = 1


def follow_parent() -> None:
    """Stop this process, as SIGTERM would, once the supervisor is gone.

    Linux signals that by itself. Elsewhere a thread waits for standard input, which the supervisor holds, to close;
    on Linux a thread would be in the way of the web server, which forks.
    """
    if sys.platform != "linux":
        threading.Thread(target=_wait_for_the_end, name="lifeline", daemon=True).start()
        return
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    # It may have gone before the line above took effect.
    if select.select([sys.stdin], [], [], 0)[0]:
        sys.exit(0)


def _wait_for_the_end() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
