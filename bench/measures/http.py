"""Over HTTP, one connection, a signed-in member: the empty view, completing a step, the task page, my work.

What is compared is asked for in turns, a few requests at a time, so that both meet the same machine. The client is
a bare socket, since a slow one would bring all ratios nearer to 1.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import Self

from bench import world

SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
TASKS = int(os.environ.get("BENCH_PAGES", "100000"))
COMPLETIONS = 4_000
SLICE = 20


def main() -> None:
    """Print requests a second of each."""
    folder = world.start()
    made = world.build()
    from bench.measures.complete import attached

    workflows = attached(made, COMPLETIONS)
    world.tasks(made, max(TASKS - COMPLETIONS, 0), of_jo=0)
    page_task = busy_task(made)
    cookie = session_cookie(made)
    with Server({"BENCH_BARE": "1"}) as bare, Server({}) as ours:
        ours.sign_in(cookie, f"/tasks/{page_task}/")
        figures = rates(
            {
                "bare_s": lambda: bare.get("/bench/empty/"),
                "empty_s": lambda: ours.get("/bench/empty/"),
                "task_page_s": lambda: ours.get(f"/tasks/{page_task}/"),
                "my_work_s": lambda: ours.get("/my-work/"),
            },
            SECONDS * 4,
        )
        key = world.w_template().groups[0].steps[0].key
        queue = iter(workflows)
        figures |= rates(
            {
                "complete_http_s": lambda: ours.post(f"/workflows/{next(queue)}/steps/{key}/completion/"),
                "complete_http_floor_s": lambda: ours.post(f"/bench/complete/{next(queue)}/{key}/"),
            },
            SECONDS * 2,
            most=COMPLETIONS // 2 - 2 * SLICE,
        )
    print(json.dumps(figures))
    world.clear(folder)


def rates(requests: Mapping[str, Callable[[], object]], seconds: float, most: int = 10**6) -> dict[str, float]:
    """Requests a second of each, in turns of SLICE for so many seconds in all, at most so many of one; warm first."""
    for ask in requests.values():
        for _ in range(SLICE):
            ask()
    spent = dict.fromkeys(requests, 0.0)
    count = 0
    while sum(spent.values()) < seconds and count + SLICE <= most:
        for name, ask in requests.items():
            begin = time.perf_counter()
            for _ in range(SLICE):
                ask()
            spent[name] += time.perf_counter() - begin
        count += SLICE
    return {name: count / took for name, took in spent.items()}


def busy_task(made: world.World) -> int:
    """A task with W and 20 lines of activity."""
    from bench.measures.complete import attached, complete
    from natrium.apps.database import sql
    from natrium.apps.workflows import operations

    [workflow_id] = attached(made, 1)
    task_id: int = sql.value("SELECT task_id FROM workflows_workflow WHERE id = %s", (workflow_id,))
    for number in range(16):
        operations.comment_on_task(by=made.jo, at=world.NOW, task_id=task_id, text=f"Note {number} on the lease.")
    complete(made, workflow_id, world.w_template().groups[0].steps[0].key)
    return task_id


def session_cookie(made: world.World) -> str:
    """A session of Jo's, as the browser would send it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from natrium.apps.practices.models import User
    from natrium.apps.practices.sessions import SessionStore

    user = User.objects.get(email=made.jo_email)
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return f"sessionid={store.session_key}"


class Server:
    """A granian of two workers on a free port of this machine's own, and one connection to it."""

    def __init__(self, extra: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.cookie = self.token = ""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port",
                   str(self.port), "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "error",
                   "natrium.config.wsgi:application"]  # fmt: skip
        self.process = subprocess.Popen(command, env=os.environ | extra)

    def __enter__(self) -> Self:
        for _ in range(300):
            try:
                self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            except OSError:
                time.sleep(0.1)
            else:
                self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return self
        self.process.kill()
        raise RuntimeError("The server did not start.")

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def sign_in(self, cookie: str, address: str) -> None:
        """Go on as who has this cookie, with the form token that the page at the address gives out."""
        self.cookie = cookie
        head, body = self.get(address)
        found = re.search(rb"csrftoken=([^;]+)", head)
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        assert found is not None
        assert token is not None
        self.cookie += f"; csrftoken={found[1].decode()}"
        self.token = token[1].decode()

    def get(self, address: str) -> tuple[bytes, bytes]:
        """Fetch a page, as head and body; it must be a 200."""
        return self._ask(f"GET {address}", "", 200)

    def post(self, address: str) -> tuple[bytes, bytes]:
        """Post a form; the answer must be a 303."""
        return self._ask(f"POST {address}", f"csrfmiddlewaretoken={self.token}", 303)

    def _ask(self, what: str, form: str, status: int) -> tuple[bytes, bytes]:
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n" if form else ""
        self.connection.sendall(f"{what} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}{kind}\r\n{form}".encode())
        answer = bytearray()
        while not _is_whole(answer):
            part = self.connection.recv(262_144)
            assert part, (what, bytes(answer[:300]))
            answer += part
        assert answer.startswith(f"HTTP/1.1 {status} ".encode()), (what, bytes(answer[:600]))
        head, _, body = bytes(answer).partition(b"\r\n\r\n")
        return head, body


def _is_whole(answer: bytearray) -> bool:
    """Whether the last piece of an answer has come, be its length told beforehand or its pieces'."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    length = re.search(rb"\r\ncontent-length: (\d+)", answer[:end])
    return len(answer) >= end + 4 + int(length[1]) if length else answer.endswith(b"\r\n0\r\n\r\n")


if __name__ == "__main__":
    main()
