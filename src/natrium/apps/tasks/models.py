"""Pieces of work for one client, or internal ones."""

from django.db import models
from django.db.models import F, Q

from natrium.apps.activity.models import Chained
from natrium.apps.database.checks import is_one_of

STATUSES = ("not_started", "in_progress", "waiting", "done", "on_hold", "cancelled")


class StepCounters(models.Model):
    """The counters of steps that lists read, in the order of `domain.workflow.progress.Counts`.

    Written only from the rules' answer.
    """

    steps_total = models.PositiveIntegerField(default=0, db_default=0)
    steps_done = models.PositiveIntegerField(default=0, db_default=0)
    steps_stale = models.PositiveIntegerField(default=0, db_default=0)
    steps_skipped = models.PositiveIntegerField(default=0, db_default=0)
    steps_in_progress = models.PositiveIntegerField(default=0, db_default=0)
    steps_waiting = models.PositiveIntegerField(default=0, db_default=0)
    steps_ready = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        """An abstract base."""

        abstract = True


class Task(Chained, StepCounters):
    """One piece of work. Without a client it is internal.

    `status` is derived by the rules and stored for lists. `hold` is what was set by hand ("" or a reason's
    kind). `other_dates` is JSON text: a list of {"name", "date" (ISO)}. `unresolved_count` counts open steps
    whose assignment rule found nobody.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    title = models.CharField(max_length=200)
    service = models.CharField(max_length=200, default="", db_default="", blank=True)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    owner = models.ForeignKey("practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    target_date = models.DateField(null=True)
    statutory_date = models.DateField(null=True)
    other_dates = models.TextField(default="[]", db_default="[]")
    hold = models.CharField(max_length=9, default="", db_default="", blank=True)
    hold_reason = models.TextField(default="", db_default="", blank=True)
    hold_by = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    hold_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=11, default="not_started", db_default="not_started")
    workflows_count = models.PositiveIntegerField(default=0, db_default=0)
    workflows_finished = models.PositiveIntegerField(default=0, db_default=0)
    unresolved_count = models.PositiveIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    rev = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        """Lists of open tasks go by target date, in the practice and by owner; a client's go by id."""

        indexes = (
            models.Index(
                fields=("practice", "target_date", "id"),
                condition=~Q(status__in=("done", "cancelled")),
                name="task_open",
            ),
            models.Index(
                fields=("owner", "target_date", "id"),
                condition=~Q(status__in=("done", "cancelled")),
                name="task_open_of_owner",
            ),
            models.Index(fields=("client", "id"), name="task_of_client"),
        )
        constraints = (
            models.CheckConstraint(condition=is_one_of("status", STATUSES), name="task_status"),
            models.CheckConstraint(condition=is_one_of("hold", ("", "on_hold", "cancelled")), name="task_hold"),
            models.CheckConstraint(
                condition=Q(hold="") | (~Q(hold_reason="") & ~Q(hold_at=None)), name="task_hold_reason"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="task_titled"),
            models.CheckConstraint(
                condition=Q(period_start=None) | Q(period_end=None) | Q(period_start__lte=F("period_end")),
                name="task_period",
            ),
            models.CheckConstraint(condition=Q(workflows_finished__lte=F("workflows_count")), name="task_finished"),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title
