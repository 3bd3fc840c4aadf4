"""The ledger of periods: each was made a task of, or left out for a reason, exactly once."""

from django.db import models
from django.db.models import F, Q

from natrium.apps.database.checks import is_one_of

STATES = ("created", "skipped")


class Occurrence(models.Model):
    """One period of one recurring task for one client, decided. The row is what keeps it from being made again.

    `period_key` is the period's last day (ISO), or a number where the next one follows the last one's completion;
    `part` counts from 1 where a period has several tasks. `rule` and `rule_version` are those the date came by.
    `aliases_of` is the key it had before a change of the client's year end.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    engagement = models.ForeignKey("catalogue.Engagement", on_delete=models.PROTECT, db_index=False, related_name="+")
    recurring_task = models.ForeignKey(
        "catalogue.RecurringTask", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    period_key = models.CharField(max_length=10)
    part = models.PositiveSmallIntegerField(default=0, db_default=0)
    period_start = models.DateField()
    period_end = models.DateField()
    state = models.CharField(max_length=7)
    reason = models.TextField(default="", db_default="", blank=True)
    task = models.ForeignKey("tasks.Task", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    rule = models.CharField(max_length=60, default="", db_default="", blank=True)
    rule_version = models.PositiveSmallIntegerField(null=True)
    aliases_of = models.CharField(max_length=10, null=True)  # noqa: DJ001 - null: it never had another
    made_at = models.DateTimeField()

    class Meta:
        """A task belongs to one; a series' are read from the newest period back."""

        indexes = (
            models.Index(fields=("engagement", "recurring_task", "period_end"), name="occurrence_of_series"),
            models.Index(fields=("recurring_task",), name="occurrence_of_recurring"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("engagement", "recurring_task", "period_key", "part"), name="occurrence_once"
            ),
            models.UniqueConstraint(fields=("task",), condition=~Q(task=None), name="occurrence_of_task"),
            models.CheckConstraint(condition=is_one_of("state", STATES), name="occurrence_state"),
            models.CheckConstraint(
                condition=Q(state="created", task__isnull=False) | (Q(state="skipped") & ~Q(reason="")),
                name="occurrence_said",
            ),
            models.CheckConstraint(condition=Q(period_start__lte=F("period_end")), name="occurrence_period"),
        )

    def __str__(self) -> str:
        """Which period, and what became of it."""
        return f"{self.period_key}: {self.state}"


class Series(models.Model):
    """Trouble with one recurring task of one client: it fails, or waits for a fact. There is no row where all is well.

    Never says what is next: that follows from the ledger and the schedule.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    engagement = models.ForeignKey("catalogue.Engagement", on_delete=models.PROTECT, db_index=False, related_name="+")
    recurring_task = models.ForeignKey(
        "catalogue.RecurringTask", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    failing_since = models.DateTimeField(null=True)
    error = models.TextField(default="", db_default="", blank=True)
    attempts = models.PositiveIntegerField(default=0, db_default=0)
    waiting_since = models.DateTimeField(null=True)
    waiting = models.TextField(default="", db_default="", blank=True)

    class Meta:
        """One for each; a practice's are read together."""

        indexes = (models.Index(fields=("practice", "id"), name="series_of_practice"),)
        constraints = (
            models.UniqueConstraint(fields=("engagement", "recurring_task"), name="series_once"),
            models.CheckConstraint(
                condition=Q(failing_since=None, error="") | (Q(failing_since__isnull=False) & ~Q(error="")),
                name="series_error",
            ),
            models.CheckConstraint(
                condition=Q(waiting_since=None, waiting="") | (Q(waiting_since__isnull=False) & ~Q(waiting="")),
                name="series_waiting",
            ),
        )

    def __str__(self) -> str:
        """Which, and what is wrong."""
        return f"engagement {self.engagement_id}: {self.error or self.waiting}"
