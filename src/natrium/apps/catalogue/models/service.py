"""What a practice sells, and the tasks that come of it again and again."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from natrium.apps.activity.models import Chained
from natrium.apps.database.checks import is_one_of

OWNER_RULES = ("client_manager", "client_partner", "member", "unassigned")
CATCH_UP = ("all", "latest_only", "none")
MODES = ("on_schedule", "after_completion")


class Service(Chained):
    """Something the practice sells. `schedule_key` names the ready schedule that it came from, "" for none."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=200)
    description = models.TextField(default="", db_default="", blank=True)
    schedule_key = models.CharField(max_length=60, default="", db_default="", blank=True)
    active = models.BooleanField(default=True, db_default=True)
    created_at = models.DateTimeField()
    rev = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        """A name names one service in any case, archived ones aside."""

        indexes = (models.Index(fields=("practice", "id"), name="service_of_practice"),)
        constraints = (
            models.UniqueConstraint("practice", Lower("name"), condition=Q(active=True), name="service_name"),
            models.CheckConstraint(condition=~Q(name=""), name="service_named"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class RecurringTask(models.Model):
    """A task to make for each period, for each client who takes the service.

    `schedule` is JSON text of `domain.recurrence.codec`. `rule` is one of the schedule's others, or "". `owner_member`
    goes with the owner rule "member", `every_days` with the mode "after_completion", which has no schedule ("").
    To clients who took the service before `created_at`, it brings periods that end on that day or later.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_index=False, related_name="recurring_tasks")
    position = models.PositiveSmallIntegerField(default=0, db_default=0)
    title_pattern = models.CharField(max_length=200)
    schedule = models.TextField(default="", db_default="", blank=True)
    rule = models.CharField(max_length=60, default="", db_default="", blank=True)
    owner_rule = models.CharField(max_length=14, default="client_manager", db_default="client_manager")
    owner_member = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    catch_up = models.CharField(max_length=11, default="all", db_default="all")
    mode = models.CharField(max_length=16, default="on_schedule", db_default="on_schedule")
    every_days = models.PositiveSmallIntegerField(null=True)
    active = models.BooleanField(default=True, db_default=True)
    created_at = models.DateTimeField()
    rev = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        """They are read with their service, and by the member they name."""

        indexes = (
            models.Index(fields=("service", "position", "id"), name="recurring_of_service"),
            models.Index(fields=("owner_member",), condition=~Q(owner_member=None), name="recurring_of_member"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(title_pattern=""), name="recurring_titled"),
            models.CheckConstraint(condition=is_one_of("owner_rule", OWNER_RULES), name="recurring_owner_rule"),
            models.CheckConstraint(condition=is_one_of("catch_up", CATCH_UP), name="recurring_catch_up"),
            models.CheckConstraint(condition=is_one_of("mode", MODES), name="recurring_mode"),
            models.CheckConstraint(
                condition=Q(owner_rule="member", owner_member__isnull=False)
                | (~Q(owner_rule="member") & Q(owner_member=None)),
                name="recurring_owner",
            ),
            models.CheckConstraint(
                condition=(Q(mode="on_schedule", every_days=None) & ~Q(schedule=""))
                | Q(mode="after_completion", every_days__gte=1, every_days__lte=3660, schedule=""),
                name="recurring_every",
            ),
        )

    def __str__(self) -> str:
        """Return the pattern of its titles."""
        return self.title_pattern


class RecurringTaskTemplate(models.Model):
    """A workflow template that a recurring task's tasks get, in order."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    recurring_task = models.ForeignKey(RecurringTask, on_delete=models.CASCADE, db_index=False, related_name="+")
    position = models.PositiveSmallIntegerField()
    template = models.ForeignKey("workflows.Template", on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        """Each template once, each place once."""

        indexes = (models.Index(fields=("template",), name="recurring_by_template"),)
        constraints = (
            models.UniqueConstraint(fields=("recurring_task", "position"), name="recurring_template_place"),
            models.UniqueConstraint(fields=("recurring_task", "template"), name="recurring_template_once"),
        )

    def __str__(self) -> str:
        """Place and template."""
        return f"{self.position}. template {self.template_id}"
