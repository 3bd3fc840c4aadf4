"""A sweep killed at any statement of one task's making: the next sweep brings about what an undisturbed one would."""

import os
import signal
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from natrium.apps.activity import verify
from natrium.apps.catalogue.operations import generate
from natrium.apps.database import sql
from natrium.apps.workflows import doctor
from tests.builders import a_client
from tests.integration.apps.catalogue.firm import Firm, noon, the_firm
from tests.integration.apps.workflows.jobs import ACCOUNTS
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied"]

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]

AT_STATEMENT = """
import os, signal, sys
import django; django.setup()
from datetime import datetime
from django.db import connection
from natrium.apps.catalogue.operations import generate
last, at = int(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
seen = 0
def count(execute, statement, params, many, context):
    global seen
    seen += 1
    if seen == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(statement, params, many, context)
with connection.execute_wrapper(count):
    generate(at=at)
print("finished", seen, flush=True)
connection.close()
"""
AT = noon(date(2026, 2, 1))
TABLES = ("tasks_task", "workflows_workflow", "workflows_step", "activity_event", "catalogue_occurrence")


@pytest.fixture
def firm(transactional_db: None) -> Firm:
    """Acorn, which sells accounts."""
    del transactional_db
    return the_firm()


def killed_at(environment: dict[str, str], statement: int) -> bool:
    """Whether a sweep in a process of its own was killed before it ended."""
    done = subprocess.run(
        [sys.executable, "-c", AT_STATEMENT, str(statement), AT.isoformat()],
        env=environment | {"PYTHONPATH": os.pathsep.join(("src", "."))}, capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


def counts() -> list[int]:
    """How many rows there are of each kind that a sweep writes."""
    return [sql.value(f"SELECT COUNT(*) FROM {table}") for table in TABLES]


def made_for(engagement: int) -> list[tuple[Any, ...]]:
    """What an engagement's one task is, without ids and names."""
    return sql.rows(
        """SELECT o.period_key, o.state, t.status, t.owner_id, t.period_start, t.period_end, t.target_date,
                  t.steps_total, t.steps_ready, t.workflows_count, t.chain_count, t.unresolved_count,
                  (SELECT COUNT(*) FROM workflows_step s WHERE s.task_id = t.id),
                  (SELECT COUNT(*) FROM activity_event v WHERE v.chain = 'task' AND v.subject_id = t.id)
           FROM catalogue_occurrence o JOIN tasks_task t ON t.id = o.task_id WHERE o.engagement_id = %s""",
        (engagement,),
    )


def test_killed_at_any_statement_and_swept_again_it_is_as_if_nothing_had_been(
    firm: Firm, process_env: dict[str, str]
) -> None:
    service, _ = firm.service("Accounts", template_ids=(firm.template(ACCOUNTS),))

    def engagement(number: int) -> int:
        client = a_client(firm.cast.acorn, name=f"Client {number}", manager=firm.cast.mark, partner=firm.cast.priya)
        return firm.start(service, date(2026, 1, 1), client)

    undisturbed = engagement(0)
    generate(at=AT)
    expected = made_for(undisturbed)
    assert len(expected) == 1
    deaths = 0
    for statement in range(1, 80):
        one = engagement(statement)
        before = counts()
        if not killed_at(process_env, statement):
            break
        deaths += 1
        # Whole, where it was killed after the commit; else nothing is there.
        assert made_for(one) == expected or counts() == before, f"statement {statement} left something behind"
        generate(at=AT)
        assert made_for(one) == expected
        assert generate(at=AT).created == []
    assert deaths >= 12
    assert made_for(one) == expected
    assert list(doctor.examine()) == []
    assert verify.verify() == []
