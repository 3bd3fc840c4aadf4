"""Suggested steps on a page: seen, ticked, worded; a draft only when it is created."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from natrium.apps.workflows import queries
from natrium.apps.workflows.queries import templates as template_queries
from natrium.domain.workflow.definition import Template
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import Job, a_job

PAGE = "/templates/suggestion/"
VAT = {"asked-name": "VAT Return", "suggested": "1", "description": "Ours"}


@pytest.fixture
def job(db: None) -> Job:
    """Return Acorn's job."""
    del db
    return a_job()


@pytest.fixture
def mark(job: Job) -> Client:
    """Return the manager's browser."""
    browser = Client()
    user = get_user_model().objects.get(email=job.cast.mark.email)
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def created(job: Job, answer: object) -> Template:
    number = re.fullmatch(r"/templates/(\d+)/draft/", answer["Location"])  # type: ignore[index]
    assert number is not None
    return queries.draft_page(by=signed_in(job.cast.mark), template_id=int(number[1])).draft


def test_without_words_it_asks_for_them(mark: Client) -> None:
    said = mark.get(PAGE).content.decode()
    assert "Suggest steps" in said
    assert "Create the draft" not in said


def test_known_work_says_where_it_comes_from(mark: Client, job: Job) -> None:
    before = len(template_queries.library_left(by=signed_in(job.cast.mark)))
    said = mark.get(PAGE, {"name": "VAT return", "description": "due by 7 May"}).content.decode()
    assert "From the library: VAT Return." in said
    assert "Confidence: high." in said
    assert "A deadline was read: due by 7 May." in said
    assert said.count('name="keep"') == 10
    assert len(template_queries.library_left(by=signed_in(job.cast.mark))) == before


def test_unknown_work_says_so_and_asks(mark: Client) -> None:
    said = mark.get(PAGE, {"name": "Sundry matters"}).content.decode()
    assert "Put together from parts: look at it carefully." in said
    assert "Confidence: low." in said
    assert "Who approves it?" in said
    better = mark.get(PAGE, {"name": "Sundry matters", "kind": "return", "client": "trustees"}).content.decode()
    assert "trustees&#39; approval" in better


def test_what_is_ticked_is_created_in_the_words_typed(mark: Client, job: Job) -> None:
    form = VAT | {"name": "Our VAT", "keep": ["0", "1", "4", "5"], "step-0": "Ask for the invoices", "step-1": "  "}
    found = created(job, mark.post("/templates/drafts/", form))
    assert (found.name, found.description) == ("Our VAT", "Ours")
    assert [step.name for step in found.steps] == [
        "Ask for the invoices", "Prepare draft VAT return", "Review VAT return",
    ]  # fmt: skip
    assert found.steps[0].key == "ask-for-the-invoices"
    assert [group.gate for group in found.groups] == [True, True, False]


def test_a_refusal_keeps_what_was_ticked_and_typed(mark: Client) -> None:
    form = VAT | {"name": "Accounts", "keep": ["0"], "step-0": "Ask for the invoices", "step-x": "odd"}
    answer = mark.post("/templates/drafts/", form)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Ask for the invoices"' in said
    assert said.count(" checked ") == 1
    assert "“Accounts” already" in said


def test_too_long_a_step_is_said_with_all_of_it_kept(mark: Client) -> None:
    long = "Ring " * 60 + "them"
    answer = mark.post("/templates/drafts/", VAT | {"name": "Long", "keep": ["0"], "step-0": long})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert long in said
    assert "200 is the most" in said


def test_what_is_typed_is_only_text(mark: Client) -> None:
    said = mark.get(PAGE, {"name": "<script>alert(1)</script>", "description": "{{ 7 * 7 }}"}).content.decode()
    assert "<script>alert" not in said
    assert "49" not in said.partition("<main")[2].partition("</main>")[0].replace("{{ 7 * 7 }}", "")
