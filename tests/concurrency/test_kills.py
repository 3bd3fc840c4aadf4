"""Killed at any moment: what was acknowledged is there, what was not is either whole or absent."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest

from natrium.apps.database import sql
from natrium.apps.practices import operations as practices
from natrium.apps.workflows import operations
from natrium.domain.workflow.actions import Complete
from tests.builders import signed_in
from tests.concurrency.test_races import Scene, all_well, scene
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied", "scene"]

AT_STATEMENT = """
import os, signal, sys
import django; django.setup()
from datetime import UTC, datetime
from django.db import connection
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.domain.workflow.actions import Complete
from tests.builders import signed_in
member, workflow, task, template, last = map(int, sys.argv[1:])
by = signed_in(Member.objects.select_related("practice").get(pk=member))
seen = 0
def count(execute, statement, params, many, context):
    global seen
    seen += 1
    if seen == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(statement, params, many, context)
with connection.execute_wrapper(count):
    if workflow:
        operations.act(by=by, at=datetime.now(UTC), workflow_id=workflow, actions=[Complete("a")])
    else:
        operations.attach(by=by, at=datetime.now(UTC), task_id=task, template_id=template)
print("finished", seen, flush=True)
connection.close()
"""


def killed_at(environment: dict[str, str], *words: int) -> bool:
    """Whether the child was killed before it finished."""
    command = [sys.executable, "-c", AT_STATEMENT, *map(str, words)]
    done = subprocess.run(
        command, env=environment | {"PYTHONPATH": "src:."}, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


@pytest.mark.soak
def test_a_completion_killed_at_any_statement_is_whole_or_absent(scene: Scene, process_env: dict[str, str]) -> None:
    deaths = 0
    for statement in range(1, 40):
        workflow = scene.workflow()
        events = sql.value("SELECT COUNT(*) FROM activity_event")
        if not killed_at(process_env, scene.cast.jo.pk, workflow, 0, 0, statement):
            break
        deaths += 1
        status = sql.value("SELECT status FROM workflows_step WHERE workflow_id = %s AND key = 'a'", (workflow,))
        assert (status, sql.value("SELECT COUNT(*) FROM activity_event")) == ("todo", events)
        all_well()
    assert deaths >= 6
    assert sql.value("SELECT COUNT(*) FROM workflows_step WHERE status = 'done'") == 1


@pytest.mark.soak
def test_an_attaching_killed_at_any_statement_is_whole_or_absent(scene: Scene, process_env: dict[str, str]) -> None:
    deaths = 0
    for statement in range(1, 60):
        task = scene.task()
        if not killed_at(process_env, scene.cast.mark.pk, 0, task, scene.template, statement):
            break
        deaths += 1
        assert sql.value("SELECT COUNT(*) FROM workflows_workflow WHERE task_id = %s", (task,)) == 0
        all_well()
    assert deaths >= 8
    assert sql.value("SELECT COUNT(*) FROM workflows_workflow") == 1


class Browser(threading.Thread):
    """A signed-in member who completes one step after another until the server is gone."""

    def __init__(self, port: int, link: str, workflows: list[int]) -> None:
        super().__init__()
        self.port, self.link, self.workflows = port, link, workflows
        self.acknowledged: list[int] = []

    def run(self) -> None:
        """Sign in and post; a lost connection ends it."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            cookies, token = self._sign_in(connection)
            for workflow in self.workflows:
                headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
                body = f"csrfmiddlewaretoken={token}"
                connection.request("POST", f"/workflows/{workflow}/steps/a/completion/", body, headers)
                answer = connection.getresponse()
                answer.read()
                if answer.status == 303:
                    self.acknowledged.append(workflow)
        except (OSError, http.client.HTTPException):
            return

    def _sign_in(self, connection: http.client.HTTPConnection) -> tuple[str, str]:
        connection.request("GET", self.link)
        answer = connection.getresponse()
        page = answer.read().decode()
        csrf = re.search(r"csrftoken=([^;]+)", answer.getheader("Set-Cookie") or "")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert csrf is not None
        assert token is not None
        headers = {"Cookie": f"csrftoken={csrf[1]}", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", self.link, f"csrfmiddlewaretoken={token[1]}", headers)
        answer = connection.getresponse()
        answer.read()
        cookies = "; ".join(part.split(";")[0] for part in answer.headers.get_all("Set-Cookie") or [])
        connection.request("GET", "/tasks/new/", headers={"Cookie": cookies})
        fresh = connection.getresponse().read().decode()
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', fresh)
        return cookies, found[1] if found else ""


@pytest.mark.soak
def test_a_web_process_killed_amid_200_completions_loses_nothing_it_acknowledged(
    scene: Scene, process_env: dict[str, str]
) -> None:
    workflows = [scene.workflow() for _ in range(200)]
    links = [practices.create_login_link(email=scene.cast.jo.email, at=datetime.now(UTC)).path for _ in range(4)]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
               "--workers", "1", "--blocking-threads", "4", "natrium.config.wsgi:application"]  # fmt: skip
    server = subprocess.Popen(command, env=process_env | {"PYTHONPATH": "src:."}, start_new_session=True)
    _wait_for(port)
    browsers = [Browser(port, link, workflows[place::4]) for place, link in enumerate(links)]
    for browser in browsers:
        browser.start()
    until = time.monotonic() + 30
    while sum(len(browser.acknowledged) for browser in browsers) < 40 and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    for browser in browsers:
        browser.join(timeout=40)
    acknowledged = [workflow for browser in browsers for workflow in browser.acknowledged]
    assert 40 <= len(acknowledged) < 200
    done = {row[0] for row in sql.rows("SELECT workflow_id FROM workflows_step WHERE key = 'a' AND status = 'done'")}
    assert set(acknowledged) <= done
    assert len(done) <= len(acknowledged) + len(browsers)
    all_well()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")


def test_a_completion_is_there_once_it_is_answered(scene: Scene) -> None:
    workflow = scene.workflow()
    acted = operations.act(
        by=signed_in(scene.cast.jo), at=datetime.now(UTC), workflow_id=workflow, actions=[Complete("a")]
    )
    assert acted.verbs[-1] == "step.completed"
    all_well()
