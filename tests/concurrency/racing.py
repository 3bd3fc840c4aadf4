"""Real processes, one for each member, that act at the same instant on the test's database."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import Any

CHILD = """
import json, sys, time
import django; django.setup()
from datetime import UTC, datetime
from django.contrib.auth import get_user_model
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.domain.errors import NotFound, Refusal
from natrium.domain.workflow import actions
from tests.builders import signed_in
wanted = json.loads(sys.argv[1])
by = signed_in(Member.objects.select_related("practice").get(pk=wanted["member"]))
print("ready", flush=True)
sys.stdin.readline()
answers = []
for deed in wanted["deeds"]:
    at = datetime.now(UTC)
    try:
        if deed["do"] == "attach":
            got = operations.attach(by=by, at=at, task_id=deed["task"], template_id=deed["template"])
            answers.append(["done", got.workflow_id])
        elif deed["do"] == "people":
            people = {name + "_id": deed[name] for name in ("client", "manager", "partner")}
            got = operations.change_client_people(by=by, at=at, **people)
            answers.append(["done", got])
        else:
            action = getattr(actions, deed["do"])(*deed["with"])
            got = operations.act(by=by, at=at, workflow_id=deed["workflow"], actions=[action])
            answers.append(["done" if got.verbs else "repeated", list(got.verbs)])
    except Refusal as refusal:
        answers.append([refusal.code.value, refusal.message])
print(json.dumps(answers), flush=True)
from django.db import connection
connection.close()
"""


@dataclass(frozen=True, slots=True)
class Runner:
    """A member and what they do, in order; each deed is a dict with `do` and what it needs."""

    member: int
    deeds: list[dict[str, Any]]


def race(environment: dict[str, str], *runners: Runner) -> list[list[list[Any]]]:
    """Start all, let them go at the same instant, and give what each was answered: [word, detail] for each deed."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, json.dumps(asdict(runner))],
            env=environment | {"PYTHONPATH": "src:."}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for runner in runners
    ]  # fmt: skip
    answers = []
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0, out
        answers.append(json.loads(out))
    return answers
