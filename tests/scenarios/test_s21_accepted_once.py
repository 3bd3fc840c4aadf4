"""S21 Accepted once: a client who sends "accept" twenty times at once, and opens the link again the next day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_ox.testing import run_tasks

from natrium.apps.activity.models import Event
from natrium.apps.catalogue.models import Engagement
from natrium.apps.database import sql
from natrium.apps.proposals.models import Acceptance, ProposalMail, SealedCopy
from tests.integration.apps.proposals.offers import Offered, a_sent_one
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied"]

AT_ONCE = 20


@pytest.fixture
def offered(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Offered:
    """Return a sent proposal of accounts, VAT and payroll, whose mail has gone; it is two hours later."""
    del transactional_db
    sent = a_sent_one()
    run_tasks(raise_failures=True)
    assert sent.row.sent_at is not None
    now = sent.row.sent_at + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return sent


@pytest.mark.race
def test_twenty_at_once_are_one(offered: Offered) -> None:
    body = {"name": "Nia Bowen", "agree": "1", "document": offered.row.content_hash}
    address = f"/p/{offered.token}/acceptance/"
    together = Barrier(AT_ONCE)

    def accept(_: int) -> int:
        together.wait(30)
        try:
            return Client(enforce_csrf_checks=True).post(address, body, headers={"user-agent": "Phone"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(accept, range(AT_ONCE)))
    assert answers == [303] * AT_ONCE, "no error is shown to anybody"
    kept = Acceptance.objects.get()
    assert (kept.name, kept.address, kept.user_agent) == ("Nia Bowen", "127.0.0.1", "Phone")
    assert kept.content_hash == offered.row.content_hash
    assert Engagement.objects.filter(client=offered.client).count() == 3
    assert Event.objects.filter(verb="proposal.accepted").count() == 1
    run_tasks(raise_failures=True)
    assert sorted(one.subject.partition(": ")[2][:8] for one in mail.outbox) == ["Proposal", "accepted"]
    assert ProposalMail.objects.filter(kind="accepted", state="sent").count() == 1
    assert SealedCopy.objects.get().sha256
    twice = "SELECT COUNT(*) FROM (SELECT title FROM tasks_task GROUP BY title, period_end HAVING COUNT(*) > 1) t"
    assert sql.value(twice) == 0
    assert sql.value("SELECT COUNT(*) FROM tasks_task WHERE workflows_count <> 1") == 0


def test_the_next_day_the_link_says_that_it_was_accepted(offered: Offered, monkeypatch: pytest.MonkeyPatch) -> None:
    offered.accept()
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    before = Event.objects.count()
    answer = Client().get(f"/p/{offered.token}/")
    assert "Nia Bowen accepted at 11:30 on Monday 2 November 2026." in answer.content.decode()
    assert "Accept proposal" not in answer.content.decode()
    again = Client().post(f"/p/{offered.token}/acceptance/", {"name": "Rhys Bowen", "agree": "1"})
    assert (again.status_code, Acceptance.objects.count(), Event.objects.count()) == (303, 1, before)
