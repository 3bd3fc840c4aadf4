"""A text that is too long is refused in words at its field, with all of it kept; no field cuts it while it is typed."""

import re
from pathlib import Path

import pytest

from natrium import web
from tests.builders import signed_in
from tests.journeys.world import World, workflow_of
from tests.web.conftest import As

LONG = "Ring " * 60 + "them"
ROOT = Path(web.__file__).parent / "templates"
TASK, JOB, CLIENT, DRAFT = (
    "/tasks/{task}/",
    "/workflows/{workflow}/",
    "/clients/{client}/",
    "/templates/{template}/draft/",
)
# Each form, the field that is too long in it, and what else it is sent.
FORMS = {
    "new task": ("/tasks/", "title", {}),
    "service of a new task": ("/tasks/", "service", {"title": "VAT"}),
    "title of a task": (f"{TASK}edit/", "title", {"of": "title", "was_title": "Annual Accounts 2025"}),
    "another date of a task": (
        f"{TASK}edit/",
        "date_name",
        {"of": "dates", "date_on": "2031-01-01", "was_other_dates": ""},
    ),
    "a step more": (f"{JOB}steps/", "name", {"group": "review", "fresh": "s-1"}),
    "a group more": (f"{JOB}groups/", "name", {"fresh": "g-1"}),
    "name of a step": (f"{JOB}steps/file/edit/", "name", {"of": "name", "was_name": "File at Companies House"}),
    "name of a group": (f"{JOB}groups/review/edit/", "name", {"of": "name", "was_name": "Internal Review"}),
    "name of a view": ("/practice/views/", "name", {"page": "list", "query": "q=a", "from": "/practice/list/?q=a"}),
    "name of a client": ("/clients/new/", "name", {"kind": "individual"}),
    "name of a contact": (f"{CLIENT}contacts/", "name", {}),
    "role of a contact": (f"{CLIENT}contacts/", "role", {"name": "Ann"}),
    "name of a template": (f"{DRAFT}details/", "name", {}),
    "step of a template": (f"{DRAFT}groups/review/steps/", "name", {}),
    "group of a template": (f"{DRAFT}groups/", "name", {}),
    "somebody new": ("/people/new/", "name", {"email": "n@acorn.example", "role": "staff", "weekly_hours": "30"}),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_too_long_is_said_at_its_field_with_all_of_it_kept(world: World, as_: As, form: str) -> None:
    address, name, more = FORMS[form]
    olive = signed_in(world.cast.olive)
    ids = {"task": world.half_id, "client": world.client.pk, "template": world.template_id}
    browser = as_(world.cast.olive)
    if "{template}" in address:
        browser.get(f"/templates/{world.template_id}/draft/")
    if "{workflow}" in address:
        ids["workflow"] = workflow_of(olive, world.half_id, world.at)
    answer = browser.post(address.format(**ids), {name: LONG, "task": world.half_id} | more)
    page = answer.content.decode()
    assert answer.status_code == 422, page[:2000]
    assert LONG in page
    wrong = re.search(r'(?:aria-invalid="true"|class="field") aria-describedby="([^"]+)"', page)
    assert wrong
    assert f'id="{wrong[1]}"' in page


def test_no_field_but_of_a_search_cuts_what_is_typed() -> None:
    cut = [
        f"{path.name}: {field[:80]}"
        for path in ROOT.rglob("*.html")
        for field in re.findall(r"<(?:input|textarea)\b[^>]*", path.read_text())
        if "maxlength" in field and 'type="search"' not in field and 'id="palette-q"' not in field
    ]
    assert cut == []
