"""Whose turn it is to write to an SQLite file, asked for by every transaction before it begins.

SQLite lets one writer in at a time and keeps no queue: whoever finds it busy tries again after up to 100 ms, and a
bulk write that begins its next chunk at once can win again and again. Here a writer first holds the place at the
door, then waits for the room, and only then lets the next one to the door. So whoever waits at the door comes
before anybody who has just left the room, and goes in within a millisecond.

Both are advisory locks of the kernel on empty files beside the database: they hold across processes, and end with
the process however it ends. They only order who asks first; that one alone writes stays SQLite's own affair, and
where the locks cannot be had, or take too long, it is asked as if there were none.
"""

import time
from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
from pathlib import Path
from typing import IO

AT_THE_DOOR = 0.002  # seconds between two looks
IN_FRONT = 0.0005


class Turns:
    """One connection's place in the queue of writers. `patience`: seconds to wait for a turn at most.

    `took`: it has the turn now.
    """

    def __init__(self, database: Path, patience: float) -> None:
        self.patience = patience
        self.took = False
        self._names = [database.with_name(f"{database.name}-{name}") for name in ("door", "room")]
        self._files: tuple[IO[bytes], IO[bytes]] | None = None

    def take(self) -> None:
        """Wait for the turn to write. Taking it twice does no harm."""
        try:
            door, room = self._open()
        except OSError:
            return
        deadline = time.monotonic() + self.patience
        if _hold(door, deadline, AT_THE_DOOR):
            self.took = _hold(room, deadline, IN_FRONT)
            flock(door, LOCK_UN)

    def give_back(self) -> None:
        """Let the next one write."""
        if self.took and self._files:
            flock(self._files[1], LOCK_UN)
        self.took = False

    def close(self) -> None:
        """Give the turn back and close the files."""
        for file in self._files or ():
            file.close()
        self._files = None
        self.took = False

    def _open(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._files is None:
            door, room = (name.open("ab") for name in self._names)
            self._files = (door, room)
        return self._files


def _hold(file: IO[bytes], deadline: float, pause: float) -> bool:
    """Take a lock; False where it could not be had in time."""
    while True:
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(pause)
        else:
            return True
