"""The one door out: services, their dates beforehand, who takes them, and what became of each period."""

from natrium.apps.catalogue.queries.engagements import (
    Ending,
    EngagementLine,
    Upcoming,
    ending,
    engagements_of_client,
    engagements_of_service,
    occurrence_of_task,
    upcoming_of_client,
)
from natrium.apps.catalogue.queries.fitting import fitting_templates
from natrium.apps.catalogue.queries.ledger import LedgerLine, Trouble, ledger_of, troubles
from natrium.apps.catalogue.queries.overrides import OverrideLine, overrides_of
from natrium.apps.catalogue.queries.preview import NextDate, Preview, preview
from natrium.apps.catalogue.queries.services import (
    ReadyService,
    RecurringLine,
    ServiceLine,
    ServicePage,
    ready_services,
    service_page,
    services,
)

__all__ = [
    "Ending",
    "EngagementLine",
    "LedgerLine",
    "NextDate",
    "OverrideLine",
    "Preview",
    "ReadyService",
    "RecurringLine",
    "ServiceLine",
    "ServicePage",
    "Trouble",
    "Upcoming",
    "ending",
    "engagements_of_client",
    "engagements_of_service",
    "fitting_templates",
    "ledger_of",
    "occurrence_of_task",
    "overrides_of",
    "preview",
    "ready_services",
    "service_page",
    "services",
    "troubles",
    "upcoming_of_client",
]
