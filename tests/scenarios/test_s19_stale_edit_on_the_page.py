"""S19 on the page: only the field that somebody else changed is refused, with their value and name; nothing is lost."""

from datetime import date

import pytest

from tests.scenarios.acorn import Acorn, all_well
from tests.scenarios.conftest import SignsIn
from tests.web.forms import fields

MARKS, JOS = "2026-12-04", "2026-12-18"


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "plain"])
def test_each_field_is_saved_or_refused_by_itself(acorn: Acorn, signs_in: SignsIn, *, htmx: bool) -> None:
    workflow = acorn.attached().workflow_id
    where = f"/workflows/{workflow}/steps/draft/edit/"
    mark, jo = signs_in(acorn.cast.mark), signs_in(acorn.cast.jo)
    opened_by_mark, opened_by_jo = (fields(who.get(where).content.decode(), where) for who in (mark, jo))
    by_hand = {"due_how": "hand"}
    headers = {"HX-Request": "true"} if htmx else {}

    assert mark.post(where, opened_by_mark | by_hand | {"due_on": MARKS}).status_code == 303
    saved = jo.post(where, opened_by_jo | {"guidance": "Ask about the lease"}, headers=headers)
    assert saved.status_code == (200 if htmx else 303)
    line = acorn.step(workflow, "draft")
    assert (line.guidance, line.due_on) == ("Ask about the lease", date(2026, 12, 4))

    typed = opened_by_jo | by_hand | {"due_on": JOS, "guidance": "Ask about the lease, and the rent"}
    refused = jo.post(where, typed, headers=headers)
    text = refused.content.decode()
    assert refused.status_code == 409
    assert "Mark Reed put “Fri 4 Dec" in text
    again = fields(text, where)
    assert (again["due_on"], again["due_how"]) == (JOS, "hand")
    assert acorn.step(workflow, "draft").due_on == date(2026, 12, 4)
    all_well()
