"""A new practice is shown what to do first, as its rows say it, until it is done or put away; others pay nothing."""

import re
from contextlib import redirect_stdout
from io import StringIO

import pytest
from django.test import Client as Browser

from natrium.apps.activity.models import Event
from natrium.apps.activity.verify import verify
from natrium.apps.practices.models import Member, Practice
from natrium.apps.workflows import operations
from natrium.apps.workflows.housekeeping import finish_setting_up
from natrium.apps.workflows.operations import TaskFacts
from natrium.cli.main import main
from natrium.domain.roles import Role
from tests.builders import NOW, a_client, a_member, signed_in
from tests.integration.apps.workflows.jobs import counted

pytestmark = pytest.mark.django_db


def a_new_practice() -> Member:
    """The owner of a practice that the command made."""
    with redirect_stdout(StringIO()) as out:
        assert main(["practice", "Lisle & Co", "--owner", "Ola Lisle", "--email", "ola@lisle.example"]) == 0
    assert re.search(r"/sign-in/link/\S+/\n$", out.getvalue())
    return Member.objects.get(email="ola@lisle.example")


def browser(member: Member) -> Browser:
    """Somebody signed in."""
    found = Browser()
    found.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]
    return found


def to_do(html: str) -> list[str]:
    """The lines of the list that are not done."""
    return re.findall(r"<strong>([^<]+)</strong><span class=\"vh\">, to do", html)


def test_the_list_follows_what_is_there_and_goes_when_all_is_done() -> None:
    owner = a_new_practice()
    seen = browser(owner)

    def page() -> str:
        return seen.get("/my-work/").content.decode()

    invite, bring, take, attach = to_do(page())
    assert (invite, bring) == ("Invite a colleague", "Bring in clients")
    assert (take, attach) == ("Take a template from the library", "Attach it to a first task")
    a_member(owner.practice)
    assert to_do(page()) == [bring, take, attach]
    a_client(owner.practice)
    assert to_do(page()) == [take, attach]
    by = signed_in(owner)
    template_id = operations.take_from_library(by=by, at=NOW, slug="vat-return")
    assert to_do(page()) == [attach]
    assert finish_setting_up(at=NOW) == 0
    task_id = operations.create_task(by=by, at=NOW, facts=TaskFacts(title="VAT"), template_ids=(template_id,))
    assert task_id
    assert 'class="setup"' not in page()
    assert finish_setting_up(at=NOW) == 1
    assert finish_setting_up(at=NOW) == 0
    assert not Practice.objects.get(pk=owner.practice_id).setting_up


def test_managers_see_it_and_staff_do_not_and_only_owners_hide_it() -> None:
    owner = a_new_practice()
    manager = browser(a_member(owner.practice, role=Role.MANAGER))
    staff = browser(a_member(owner.practice, role=Role.STAFF))
    html = manager.get("/my-work/").content.decode()
    assert 'class="setup"' in html
    assert "Hide this list" not in html
    assert 'class="setup"' not in staff.get("/my-work/").content.decode()
    assert manager.post("/set-up/dismissal/").status_code == 403
    for _ in range(2):
        assert browser(owner).post("/set-up/dismissal/").status_code == 303
    assert 'class="setup"' not in manager.get("/my-work/").content.decode()


def test_an_established_practice_pays_no_statement_for_it() -> None:
    owner = a_new_practice()
    seen = browser(owner)
    seen.get("/my-work/")
    with counted() as new:
        seen.get("/my-work/")
    seen.post("/set-up/dismissal/")
    with counted() as established:
        seen.get("/my-work/")
    assert len(new) == len(established) + 1


def test_what_ends_it_is_in_the_record() -> None:
    owner = a_new_practice()
    browser(owner).post("/set-up/dismissal/")
    line = Event.objects.filter(practice_id=owner.practice_id, verb="practice.edited").latest("id")
    assert "setting_up" in line.data
    assert verify() == []


def test_a_practice_of_a_taken_name_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    a_new_practice()
    assert main(["practice", "Lisle & Co", "--owner", "Ola Lisle", "--email", "ola@lisle.example"]) == 1
    assert "Another practice goes by “lisle-co” already." in capsys.readouterr().err
