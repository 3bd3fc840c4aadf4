"""A practice that sells something, with a client that may take it; ways to look at what is made."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from natrium.apps.catalogue import operations
from natrium.apps.catalogue.operations import RecurringFacts
from natrium.apps.clients import operations as clients
from natrium.apps.clients.models import Client
from natrium.apps.database import sql
from natrium.apps.workflows import operations as workflows
from natrium.domain.workflow.definition import Template
from tests.builders import NOW, a_client, signed_in
from tests.cast import Cast, the_cast

MONTHLY: dict[str, Any] = {
    "anchor": "calendar", "months": 1, "offset": {"whence": "period_end", "days": 14},
    "create": {"whence": "period_end", "days": 1}, "target": {"days": 3, "unit": "working_days"},
}  # fmt: skip


def noon(day: date) -> datetime:
    """Noon of a day, in UTC."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@dataclass(slots=True)
class Firm:
    """Acorn, Mark who sets things up, and Widget Ltd with Mark as manager and Priya as partner."""

    cast: Cast
    client: Client
    at: datetime = field(default=NOW)

    @property
    def mark(self) -> Any:
        """Mark, at work."""
        return signed_in(self.cast.mark)

    def service(self, name: str = "Bookkeeping", **facts: Any) -> tuple[int, int]:
        """A service with one recurring task, monthly where nothing else is said: both ids."""
        service_id = operations.create_service(by=self.mark, at=self.at, name=name)
        said = {"title_pattern": "{service} to {period_end:%d %b %Y}", "schedule": MONTHLY} | facts
        recurring = operations.add_recurring_task(
            by=self.mark, at=self.at, service_id=service_id, facts=RecurringFacts(**said)
        )
        return service_id, recurring

    def start(self, service_id: int, starts_on: date, client: Client | None = None, **words: Any) -> int:
        """The client takes it."""
        return operations.start_engagement(
            by=self.mark, at=self.at, client_id=(client or self.client).pk, service_id=service_id,
            starts_on=starts_on, **words,
        )  # fmt: skip

    def fact(self, name: str, value: str, since: date, client: Client | None = None) -> None:
        """What holds of the client from a day on."""
        clients.set_fact(
            by=self.mark, at=self.at, client_id=(client or self.client).pk, field=name, value=value, from_date=since
        )

    def template(self, template: Template) -> int:
        """A published template."""
        return workflows.import_template(by=self.mark, at=self.at, template=template, and_publish=True)


def the_firm(**fields: Any) -> Firm:
    """Everything, in the database."""
    cast = the_cast()
    client = a_client(cast.acorn, name="Widget Ltd", manager=cast.mark, partner=cast.priya, fields=fields or None)
    return Firm(cast, client)


def tasks() -> list[dict[str, Any]]:
    """The generated tasks in the order of their periods."""
    names = ("id", "title", "owner_id", "period_start", "period_end", "target_date", "statutory_date", "status")
    rows = sql.rows(f"SELECT {', '.join(names)} FROM tasks_task ORDER BY period_end, id")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    for one in found:
        for name in ("period_start", "period_end", "target_date", "statutory_date"):
            one[name] = sql.day(one[name])
    return found
