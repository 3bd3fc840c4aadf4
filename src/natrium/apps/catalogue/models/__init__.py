"""Rows: what is sold, to whom, and the ledger of periods."""

from natrium.apps.catalogue.models.engagement import Engagement, EngagementOverride
from natrium.apps.catalogue.models.ledger import Occurrence, Series
from natrium.apps.catalogue.models.service import RecurringTask, RecurringTaskTemplate, Service

__all__ = [
    "Engagement",
    "EngagementOverride",
    "Occurrence",
    "RecurringTask",
    "RecurringTaskTemplate",
    "Series",
    "Service",
]
