"""S02: after a long silence each series catches up as it says; nothing goes unexplained, and there is one mail."""

from datetime import date

import pytest

from natrium.apps.notifications import digests
from natrium.apps.notifications import operations as notifications
from natrium.apps.notifications.letters import Letter
from tests.builders import a_client
from tests.scenarios.acorn import Acorn, all_well
from tests.scenarios.series import a_service, ledger, noon, starts, sweep

BACK = date(2026, 7, 15)


@pytest.mark.parametrize(("catch_up", "made"), [("all", 5), ("latest_only", 1), ("none", 0)])
def test_five_months_missed(acorn: Acorn, catch_up: str, made: int) -> None:
    engagement = starts(acorn, a_service(acorn, "Bookkeeping", catch_up=catch_up), date(2026, 1, 1))
    sweep(date(2026, 2, 1))
    assert len(sweep(BACK).created) == made
    lines = ledger(engagement)
    assert len(lines) == 6
    assert [state for _, state, _ in lines].count("created") == made + 1
    assert all(reason for _, state, reason in lines if state == "skipped")
    again = sweep(BACK)
    assert (again.created, again.skipped, ledger(engagement)) == ([], [], lines)
    all_well()


def test_the_client_manager_gets_one_mail(acorn: Acorn) -> None:
    for catch_up in ("all", "latest_only", "none"):
        starts(acorn, a_service(acorn, f"Books {catch_up}", catch_up=catch_up), date(2026, 2, 1))
    assert len(sweep(BACK).created) == 6
    letters: list[Letter] = []
    notifications.read_record(at=noon(BACK))
    digests.send_due(at=noon(BACK), send=letters.append)
    digests.send_due(at=noon(BACK), send=letters.append)
    assert len([letter for letter in letters if letter.to == acorn.cast.mark.email]) == 1


def test_one_broken_series_among_many_keeps_no_other_back(acorn: Acorn) -> None:
    good = a_service(acorn, "Bookkeeping")
    broken = a_service(acorn, "VAT", schedule={
        "anchor": "vat_stagger", "months": 3, "rule": "hmrc.vat.return",
        "create": {"whence": "period_end", "days": 1},
    }, title_pattern="{service}")  # fmt: skip
    clients = [a_client(acorn.cast.acorn, name=f"Client {number}", manager=acorn.cast.mark) for number in range(30)]
    for client in clients:
        starts(acorn, good, date(2026, 4, 1), client)
    starts(acorn, broken, date(2026, 1, 1))
    swept = sweep(BACK)
    assert len(swept.created) == 90
    assert [said.words for said in swept.waiting] == ["Missing: the client’s fact “vat_stagger”: 1, 2 or 3."]
    all_well()
