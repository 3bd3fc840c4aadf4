"""S01: a monthly series from 31 January keeps to the ends of months, and the preview says the same dates."""

from datetime import date

from natrium.apps.catalogue import queries
from natrium.apps.database import sql
from tests.builders import NOW, signed_in
from tests.scenarios.acorn import Acorn, all_well
from tests.scenarios.series import a_service, starts, sweep

DUE = [
    date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30),
    date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30),
    date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28),
]  # fmt: skip


def test_fourteen_months_none_missing_as_the_preview_said(acorn: Acorn) -> None:
    service = a_service(acorn, "Bookkeeping")
    by = signed_in(acorn.cast.mark)
    [line] = queries.service_page(by, service).recurring
    shown = queries.preview(by, at=NOW, facts=line.facts, client_id=acorn.client.pk, since=date(2026, 1, 1), count=14)
    assert [one.due.day for one in shown.dates] == DUE
    starts(acorn, service, date(2026, 1, 1))
    for month in range(2, 16):
        sweep(date(2026 + (month - 1) // 12, (month - 1) % 12 + 1, 1))
    made = sql.rows("SELECT target_date FROM tasks_task ORDER BY target_date")
    assert [sql.day(day) for (day,) in made] == DUE
    all_well()
