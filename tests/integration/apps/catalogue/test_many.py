"""Many engagements at once: each says what came of it, a preview says the same and writes nothing."""

from datetime import date
from typing import Any

import pytest

from natrium.apps.activity import verify
from natrium.apps.catalogue import operations
from natrium.apps.catalogue.operations import End, OpenWork, Pause, Resume, generate
from natrium.apps.database import sql
from natrium.domain.errors import Code, Refusal
from tests.builders import NOW, a_client, signed_in
from tests.integration.apps.catalogue.firm import Firm, noon, tasks, the_firm
from tests.integration.apps.workflows.jobs import everything

pytestmark = pytest.mark.django_db

START = date(2026, 1, 1)


@pytest.fixture
def firm() -> Firm:
    """Acorn with Widget Ltd."""
    return the_firm()


def engagements() -> list[tuple[Any, ...]]:
    """Every engagement as it is."""
    return sql.rows("SELECT * FROM catalogue_engagement ORDER BY id")


def test_many_are_paused_resumed_and_ended(firm: Firm) -> None:
    service, _ = firm.service()
    ids = [firm.start(service, START, a_client(firm.cast.acorn, name=f"Client {number}")) for number in range(3)]
    words: dict[str, Any] = {"by": firm.mark, "at": NOW, "engagement_ids": ids}
    assert operations.change_engagements(**words, deed=Pause(START)).changed == 3
    assert operations.change_engagements(**words, deed=Pause(START)).changed == 0
    assert generate(at=noon(date(2026, 3, 1))).created == []
    assert operations.change_engagements(**words, deed=Resume()).changed == 3
    assert len(generate(at=noon(date(2026, 3, 1))).created) == 6
    end = End(date(2026, 3, 31), OpenWork.CANCEL)
    before = (everything(), engagements())
    shown = operations.change_engagements(**words, deed=end, dry_run=True)
    assert (everything(), engagements()) == before
    done = operations.change_engagements(**words, deed=end)
    assert done.lines == shown.lines
    assert [line.cancelled for line in done.lines] == [2, 2, 2]
    assert {task["status"] for task in tasks()} == {"cancelled"}
    assert verify.verify() == []


def test_one_that_is_refused_stops_no_other_and_a_strangers_is_unknown(firm: Firm) -> None:
    service, _ = firm.service()
    first = firm.start(service, START)
    second = firm.start(service, date(2026, 6, 1), a_client(firm.cast.acorn, name="Late Ltd"))
    ben = signed_in(firm.cast.ben)
    end = End(date(2026, 3, 31), OpenWork.KEEP)
    done = operations.change_engagements(by=firm.mark, at=NOW, engagement_ids=[first, second, 999_999], deed=end)
    assert [(line.client, line.changed, line.refused) for line in done.lines] == [
        ("Widget Ltd", True, ""), ("Late Ltd", False, "It cannot end before it starts."),
        ("", False, "There is no such engagement."),
    ]  # fmt: skip
    theirs = operations.change_engagements(by=ben, at=NOW, engagement_ids=[second], deed=end)
    assert [(line.client, line.refused) for line in theirs.lines] == [("", "There is no such engagement.")]


def test_it_is_for_managers_and_for_a_number_that_can_be_looked_at(firm: Firm) -> None:
    for by, ids, code in (
        (signed_in(firm.cast.jo), [1], Code.NOT_ALLOWED), (firm.mark, [], Code.BAD_VALUE),
        (firm.mark, range(2_001), Code.BAD_VALUE),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            operations.change_engagements(by=by, at=NOW, engagement_ids=ids, deed=Resume())
        assert refused.value.code is code
