"""S22 Accepted, but the document job fails: the client sees success, the practice what is wrong, and Retry mends it."""

import pytest
from django.test import Client
from django.utils import timezone
from django_ox.testing import run_tasks

from natrium.apps.background import doctor
from natrium.apps.catalogue.models import Engagement
from natrium.apps.proposals import sealing
from natrium.apps.proposals.models import Acceptance, SealedCopy
from natrium.apps.tasks.models import Task
from tests.integration.apps.proposals.offers import LATER, Offered, a_sent_one
from tests.permissions.sides import BACKEND


@pytest.fixture
def offered(db: None, monkeypatch: pytest.MonkeyPatch) -> Offered:
    """Return a sent proposal; it is two hours later."""
    del db
    sent = a_sent_one()
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    return sent


def test_the_copy_fails_is_shown_and_is_sealed_once_after_the_repair(
    offered: Offered, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise RuntimeError("certificate missing")

    whole = sealing.seal
    monkeypatch.setattr(sealing, "seal", missing)
    body = {"name": "Nia Bowen", "agree": "1", "document": offered.row.content_hash}
    answer = Client().post(f"/p/{offered.token}/acceptance/", body, follow=True)
    run_tasks()
    answer = Client().get(f"/p/{offered.token}/")
    assert (answer.status_code, "Accepted. Thank you, Nia." in answer.content.decode()) == (200, True)
    assert Engagement.objects.count() == 3
    assert Task.objects.filter(workflows_count=1).exists()

    priya = Client()
    assert offered.cast.priya.user is not None
    priya.force_login(offered.cast.priya.user, backend=BACKEND)
    page = priya.get(f"/proposals/{offered.proposal_id}/").content.decode()
    assert "Copy not sealed: certificate missing" in page
    assert ">Retry</button>" in page
    jobs = priya.get("/settings/jobs/").content.decode()
    assert "Make the sealed copy of a proposal" in jobs
    assert "certificate missing" in jobs

    monkeypatch.setattr(sealing, "seal", whole)
    assert priya.post(f"/proposals/{offered.proposal_id}/retry/").status_code == 303
    run_tasks(raise_failures=True)
    copy = SealedCopy.objects.get()
    assert (copy.error, len(copy.sha256), Acceptance.objects.count()) == ("", 64, 1)
    page = priya.get(f"/proposals/{offered.proposal_id}/").content.decode()
    assert "certificate missing" not in page
    assert priya.get(f"/proposals/{offered.proposal_id}/copy/").content.startswith(b"%PDF-")
    assert Client().get(f"/p/{offered.token}/copy/").content == bytes(copy.pdf or b"")


def test_the_doctor_says_that_it_was_given_up(offered: Offered, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise RuntimeError("certificate missing")

    monkeypatch.setattr(sealing, "seal", missing)
    offered.accept()
    from django_ox.models import OxTask  # noqa: PLC0415 - the engine's rows, for the clock that is missing here

    for _ in range(5):
        OxTask.objects.filter(status="READY").update(run_after=None)
        run_tasks()
    said = [one.what for one in doctor.examine(at=LATER)]
    assert len(said) == 1
    assert "“Make the sealed copy of a proposal”" in said[0]
    assert "certificate missing" in said[0]
