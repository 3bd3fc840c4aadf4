"""S05: what Mark takes away for a reason does not come back, and the next period comes as ever."""

from datetime import date

from natrium.apps.catalogue import operations
from natrium.apps.clients import operations as clients
from natrium.apps.database import sql
from tests.builders import NOW, signed_in
from tests.scenarios.acorn import Acorn, all_well
from tests.scenarios.series import ledger, noon, starts, sweep


def test_june_is_gone_and_september_comes(acorn: Acorn) -> None:
    mark = signed_in(acorn.cast.mark)
    clients.set_fact(
        by=mark, at=NOW, client_id=acorn.client.pk, field="vat_stagger", value="1", from_date=date(2026, 1, 1)
    )
    service = operations.take_ready_service(by=mark, at=NOW, key="VAT Return")
    engagement = starts(acorn, service, date(2026, 4, 1))
    [june] = sweep(date(2026, 7, 1)).created
    occurrence = sql.value("SELECT id FROM catalogue_occurrence WHERE task_id = %s", (june.task_id,))
    operations.remove_occurrence(
        by=mark, at=noon(date(2026, 7, 2)), occurrence_id=occurrence, reason="not registered yet"
    )
    for day in (2, 3, 4):
        assert sweep(date(2026, 7, day)).created == []
    assert ledger(engagement) == [("2026-06-30", "skipped", "not registered yet")]
    assert sql.rows("SELECT status FROM tasks_task") == [("cancelled",)]
    assert [made.period_end for made in sweep(date(2026, 10, 1)).created] == [date(2026, 9, 30)]
    all_well()
