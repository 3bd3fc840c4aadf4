"""What has served its time goes, and nothing else."""

from datetime import timedelta

import pytest

from natrium.apps.database import insert, sql
from natrium.apps.practices import housekeeping, operations
from natrium.jobs.housekeeping import clear
from tests.builders import NOW, a_practice

pytestmark = pytest.mark.django_db


def test_expired_sessions_and_old_links_go_and_the_rest_stays() -> None:
    made = a_practice()
    for key, expires in (("old", NOW - timedelta(seconds=1)), ("good", NOW + timedelta(days=1))):
        insert.insert_rows("practices_session", ("session_key", "session_data", "expire_date"), [(key, "", expires)])
    email = sql.value("SELECT email FROM practices_member WHERE practice_id = %s LIMIT 1", (made.pk,))
    operations.create_login_link(email=email, at=NOW - timedelta(days=60))
    operations.create_login_link(email=email, at=NOW)

    cleared = housekeeping.clear(at=NOW)

    assert (cleared.sessions, cleared.links, cleared.answers) == (1, 1, 0)
    assert sql.value("SELECT session_key FROM practices_session") == "good"
    assert housekeeping.clear(at=NOW) == housekeeping.Cleared(0, 0, 0)


def test_the_job_does_the_same() -> None:
    assert clear.call() == 0
