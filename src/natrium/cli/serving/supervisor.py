"""Keeps child processes running: starts them, starts one again when it dies, stops them all."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
PATIENCE = 20.0
GLANCE = 0.1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Child:
    """One process to keep running, in a process group of its own."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    pause: float = field(default=FIRST_PAUSE)

    def start(self) -> None:
        """Start it; it reads its standard input to learn that the supervisor has gone."""
        # A session of its own: Ctrl-C reaches the supervisor only, which then stops the children in order.
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own command
        self.started_at = time.monotonic()

    def signal_group(self, number: signal.Signals) -> None:
        """Signal the process with all that it started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


class Supervisor:
    """Runs children until told to stop."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        self._children = children
        self._say = say
        self._stopping = threading.Event()
        self._signals = 0

    def run(self, when_started: Callable[[], bool]) -> None:
        """Start the children and keep them; ask `when_started` now and then until it says yes once."""
        previous = {number: signal.signal(number, self._on_signal) for number in STOP_SIGNALS}
        try:
            for child in self._children:
                child.start()
            told = False
            while not self._stopping.is_set():
                told = told or when_started()
                for child in self._children:
                    self._look_after(child)
                # Short: a signal only sets the event, and Python wakes the wait for it.
                self._stopping.wait(GLANCE)
        finally:
            self._stop_all()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _on_signal(self, *_: object) -> None:
        self._signals += 1
        self._stopping.set()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.due_at:
                child.start()
            return
        status = child.process.poll()
        if status is None:
            return
        # What it left behind may hold its port or its locks.
        child.signal_group(signal.SIGKILL)
        if now - child.started_at >= STEADY_AFTER:
            child.pause = FIRST_PAUSE
        self._say(f"{child.name} {_ending(status)}; starting it again in {child.pause:g} s.")
        child.process, child.due_at = None, now + child.pause
        child.pause = min(child.pause * 2, LONGEST_PAUSE)

    def _stop_all(self) -> None:
        running = [child for child in self._children if child.process is not None]
        for child in running:
            if child.process is not None:
                child.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        asked = self._signals
        while any(child.process and child.process.poll() is None for child in running):
            if time.monotonic() > deadline or self._signals > asked:
                break
            time.sleep(GLANCE)
        for child in running:
            child.signal_group(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()


def _ending(status: int) -> str:
    if status < 0:
        return f"was killed ({signal.Signals(-status).name})"
    return f"ended with status {status}"
