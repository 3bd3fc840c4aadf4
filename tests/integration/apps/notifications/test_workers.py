"""Two `natrium worker`s at once: everybody is told once, and each mail goes once."""

import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from natrium.apps.database import sql
from natrium.domain.workflow.actions import Comment, EditStep
from tests.builders import NOW
from tests.integration.apps.workflows.jobs import a_job
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied"]

# A worker whose clock stands so much earlier or later, and whose mail goes into a folder, a name a mail and process.
WORKER = """
import os, sys
import django
django.setup()
from datetime import timedelta
from pathlib import Path
from django.utils import timezone
from natrium.apps.notifications import mailing
from natrium.cli.main import main
real = timezone.now
timezone.now = lambda: real() + timedelta(seconds={offset})
def send(letter):
    with open({folder!r}, "a") as file:
        file.write(letter.key + "\\n")
mailing.send = send
from natrium.jobs import notifications as jobs
for _ in range(3):
    jobs.tell.enqueue()
    jobs.send_digests.enqueue()
sys.exit(main(["worker"]))
"""


@pytest.mark.race
def test_two_workers_tell_and_mail_once(process_env: dict[str, str], tmp_path: Path) -> None:
    job = a_job()
    for number in range(20):
        job.act(job.cast.jo, Comment("draft", f"@Mark Reed {number}"), after=number - 60)
    job.edit(job.cast.priya, EditStep("ask", {"due_on": date(2026, 11, 2)}))
    offset = (NOW + timedelta(minutes=1) - datetime.now(UTC)).total_seconds()
    log = tmp_path / "sent"
    script = WORKER.format(offset=offset, folder=str(log))
    product = {"DJANGO_SETTINGS_MODULE": "natrium.config.settings", "NATRIUM_DATA": process_env["NATRIUM_TEST_DATA"]}
    workers = [subprocess.Popen([sys.executable, "-c", script], env=process_env | product) for _ in range(2)]
    try:
        _wait_for_all_jobs()
    finally:
        for one in workers:
            one.terminate()
        assert [one.wait(30) for one in workers] == [0, 0]
    assert set(Counter(log.read_text().split()).values()) == {1}
    assert f"digest-{job.cast.jo.pk}-2026-11-02" in log.read_text()
    told = "SELECT COUNT(*) FROM notifications_notification WHERE kind = 'mentioned'"
    assert sql.value(told) == 20


def _wait_for_all_jobs() -> None:
    until = time.monotonic() + 90
    done = """SELECT COUNT(*) FROM django_ox_oxtask WHERE status = 'SUCCESSFUL'
              AND task_path IN ('natrium.jobs.notifications.tell', 'natrium.jobs.notifications.send_digests')"""
    while sql.value(done) < 12:
        assert time.monotonic() < until, "the workers did not do it"
        time.sleep(0.3)
