"""A client that takes a service, and what is different for that client."""

from django.db import models
from django.db.models import F, Q


class Engagement(models.Model):
    """One client taking one service from a day on. `ends_on` is the last day, included; `paused_on` the first day off.

    Its events are on the client's chain.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, db_index=False, related_name="+")
    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, db_index=False, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    paused_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    rev = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        """At most one of a client and service that has no end; the sweep goes through a practice's by id."""

        indexes = (
            models.Index(fields=("practice", "id"), name="engagement_of_practice"),
            models.Index(fields=("client", "id"), name="engagement_of_client"),
            models.Index(fields=("service", "id"), name="engagement_of_service"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("client", "service"), condition=Q(ends_on=None), name="engagement_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="engagement_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        """Whose, of what, since when."""
        return f"client {self.client_id}, service {self.service_id}, from {self.starts_on}"


class EngagementOverride(models.Model):
    """What is different for one client in one recurring task. What is null is as the recurring task says.

    `days_before` is the target's days before the due date; `template_ids` JSON text, a list of template ids in order.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, db_index=False, related_name="overrides")
    recurring_task = models.ForeignKey(
        "catalogue.RecurringTask", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    owner_member = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    days_before = models.PositiveSmallIntegerField(null=True)
    template_ids = models.TextField(null=True)  # noqa: DJ001 - null: as the recurring task says; "[]": none

    class Meta:
        """One for each."""

        indexes = (models.Index(fields=("owner_member",), condition=~Q(owner_member=None), name="override_of_member"),)
        constraints = (models.UniqueConstraint(fields=("engagement", "recurring_task"), name="override_once"),)

    def __str__(self) -> str:
        """Of which."""
        return f"engagement {self.engagement_id}, recurring task {self.recurring_task_id}"
