"""The columns that a template's groups and steps share with a running workflow's."""

from django.db import models
from django.db.models import Q

from natrium.apps.database.checks import is_one_of

RULES = ("task_owner", "client_manager", "client_partner", "unassigned", "member")


class GroupColumns(models.Model):
    """A `GroupDefinition` as columns. `position` counts from 0. In SQL `order` needs its quotes."""

    key = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    order = models.CharField(max_length=10)
    gate = models.BooleanField()
    position = models.PositiveIntegerField()

    class Meta:
        """An abstract base."""

        abstract = True


class StepColumns(models.Model):
    """A `StepDefinition` as columns, except the guidance.

    `position` is the workflow order, from 0. `after` is JSON text, a list of keys. `estimate` is in
    minutes. `due_days` is null where there is no due rule at all; `due_rule` names a statutory rule.
    `waits_on` is "" for nobody. `assign_member` is who `assign_email` meant, where known.
    """

    key = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    assign_rule = models.CharField(max_length=14)
    assign_email = models.CharField(max_length=254, default="", db_default="", blank=True)
    assign_member = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    blocking = models.BooleanField(default=False, db_default=False)
    required = models.BooleanField(default=False, db_default=False)
    after = models.TextField(default="[]", db_default="[]")
    estimate = models.PositiveIntegerField(null=True)
    due_days = models.SmallIntegerField(null=True)
    due_unit = models.CharField(max_length=12, default="days", db_default="days")
    due_from = models.CharField(max_length=9, default="target", db_default="target")
    due_rule = models.CharField(max_length=60, default="", db_default="", blank=True)
    waits_on = models.CharField(max_length=11, default="", db_default="", blank=True)
    review = models.BooleanField(default=False, db_default=False)
    approval = models.BooleanField(default=False, db_default=False)
    filing = models.BooleanField(default=False, db_default=False)

    class Meta:
        """An abstract base."""

        abstract = True


def group_checks(prefix: str) -> tuple[models.CheckConstraint, ...]:
    """Return the checks of group columns; constraint names must differ between tables."""
    return (
        models.CheckConstraint(condition=is_one_of("order", ("sequential", "any")), name=f"{prefix}_order"),
        models.CheckConstraint(condition=~Q(name=""), name=f"{prefix}_named"),
    )


def step_checks(prefix: str) -> tuple[models.CheckConstraint, ...]:
    """Return the checks of step columns; constraint names must differ between tables."""
    return (
        models.CheckConstraint(condition=is_one_of("assign_rule", RULES), name=f"{prefix}_assign_rule"),
        models.CheckConstraint(condition=is_one_of("due_unit", ("days", "working_days")), name=f"{prefix}_due_unit"),
        models.CheckConstraint(
            condition=is_one_of("due_from", ("target", "statutory", "attached")), name=f"{prefix}_due_from"
        ),
        models.CheckConstraint(
            condition=is_one_of("waits_on", ("", "client", "third_party")), name=f"{prefix}_waits_on"
        ),
        models.CheckConstraint(condition=~Q(name=""), name=f"{prefix}_named"),
    )
