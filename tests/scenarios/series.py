"""Recurring work for the scenarios about it: services of Acorn's for Widget Ltd, and the sweep at a day's noon."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from natrium.apps.catalogue import operations
from natrium.apps.catalogue.operations import RecurringFacts, Swept, generate
from natrium.apps.clients.models import Client
from natrium.apps.database import sql
from tests.builders import NOW, signed_in
from tests.scenarios.acorn import Acorn

# Due at the end of each month, never moved; there on the first of the next.
MONTH_ENDS: dict[str, Any] = {
    "anchor": "calendar", "months": 1, "offset": {"whence": "period_end", "days": 0, "adjust": "none"},
    "create": {"whence": "period_end", "days": 1},
}  # fmt: skip


def noon(day: date) -> datetime:
    """Noon of a day, in UTC."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def a_service(acorn: Acorn, name: str, **facts: Any) -> int:
    """A service with one recurring task; monthly where nothing else is said."""
    by = signed_in(acorn.cast.mark)
    service_id = operations.create_service(by=by, at=NOW, name=name)
    said = {"title_pattern": "{service} to {period_end:%d %b %Y}", "schedule": MONTH_ENDS} | facts
    operations.add_recurring_task(by=by, at=NOW, service_id=service_id, facts=RecurringFacts(**said))
    return service_id


def starts(acorn: Acorn, service_id: int, on: date, client: Client | None = None) -> int:
    """A client takes it, Widget Ltd where none is named."""
    return operations.start_engagement(
        by=signed_in(acorn.cast.mark), at=NOW, client_id=(client or acorn.client).pk, service_id=service_id,
        starts_on=on,
    )  # fmt: skip


def sweep(day: date) -> Swept:
    """One sweep at noon."""
    return generate(at=noon(day))


def ledger(engagement_id: int) -> list[tuple[str, str, str]]:
    """An engagement's periods in order: key, state, reason."""
    return [
        (row[0], row[1], row[2])
        for row in sql.rows(
            "SELECT period_key, state, reason FROM catalogue_occurrence WHERE engagement_id = %s ORDER BY period_end",
            (engagement_id,),
        )
    ]
