"""Over HTTP, one connection, a signed-in member: the empty view, completing a step, the task page, my work."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, Self

from bench import world

SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
TASKS = int(os.environ.get("BENCH_PAGES", "100000"))


def main() -> None:
    """Print requests a second of each."""
    folder = world.start()
    made = world.build()
    from bench.measures.complete import attached

    workflows = attached(made, 4_000)
    world.tasks(made, max(TASKS - 4_000, 0), of_jo=0)
    page_task = busy_task(made)
    cookie = session_cookie(made)
    figures: dict[str, float] = {}
    with Server({"BENCH_BARE": "1"}) as bare:
        figures["bare_s"] = rate(bare, lambda client: client.get("/bench/empty/"))
    with Server({}) as ours:
        ours.cookie = cookie
        token = ours.csrf_token(f"/tasks/{page_task}/")
        figures["empty_s"] = rate(ours, lambda client: client.get("/bench/empty/"))
        figures["task_page_s"] = rate(ours, lambda client: client.get(f"/tasks/{page_task}/"))
        figures["my_work_s"] = rate(ours, lambda client: client.get("/my-work/"))
        key = world.w_template().groups[0].steps[0].key
        queue = iter(workflows)
        turns = {
            "complete_http_s": f"/workflows/%s/steps/{key}/completion/",
            "complete_http_floor_s": f"/bench/complete/%s/{key}/",
        }
        for name, address in turns.items():
            figures[name] = rate(ours, lambda client, a=address: client.post(a % next(queue), token))
    print(json.dumps(figures))
    world.clear(folder)


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
    store: Any = SessionStore()
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
        self.cookie = ""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port",
                   str(self.port), "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "error",
                   "natrium.config.wsgi:application"]  # fmt: skip
        self.process = subprocess.Popen(command, env=os.environ | extra)

    def __enter__(self) -> Self:
        for _ in range(200):
            try:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                self.connection.connect()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise RuntimeError("The server did not start.")

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.wait()

    def get(self, address: str) -> str:
        """Fetch a page; it must be a 200."""
        self.connection.request("GET", address, headers={"Cookie": self.cookie} if self.cookie else {})
        answer = self.connection.getresponse()
        body = answer.read().decode()
        assert answer.status == 200, (address, answer.status, body[:300])
        return body

    def csrf_token(self, address: str) -> str:
        """The form token of a page, its cookie kept."""
        self.connection.request("GET", address, headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        body = answer.read().decode()
        assert answer.status == 200, (address, answer.status, body[:300])
        found = re.search(r"csrftoken=([^;]+)", answer.getheader("Set-Cookie") or "")
        assert found is not None
        self.cookie += f"; csrftoken={found[1]}"
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        assert token is not None
        return token[1]

    def post(self, address: str, token: str) -> None:
        """Post a form; the answer must be a 303."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", address, f"csrfmiddlewaretoken={token}", headers)
        answer = self.connection.getresponse()
        body = answer.read()
        assert answer.status == 303, (address, answer.status, body[:300])


def rate(server: Server, request: Callable[[Server], object]) -> float:
    """Requests a second over SECONDS, after a short warming up."""
    for _ in range(20):
        request(server)
    count, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < SECONDS:
        request(server)
        count += 1
    return count / (time.perf_counter() - begin)


if __name__ == "__main__":
    main()
