"""Workflows: template versions attached to tasks."""

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from natrium.apps.tasks.models import StepCounters
from natrium.apps.workflows.models.definition import GroupColumns, group_checks
from natrium.apps.workflows.models.template import Template, TemplateVersion

# Spelt by hand for the same reason as `step.READY`.
ONCE = RawSQL("NOT again", (), output_field=models.BooleanField())


class Workflow(StepCounters):
    """One attached workflow. `again`: the template was asked for once more on the same task, knowingly.

    `number_on_task` counts from 1, in the order of attaching. Its row is the lock that every action takes.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    task = models.ForeignKey("tasks.Task", on_delete=models.PROTECT, db_index=False, related_name="workflows")
    template = models.ForeignKey(Template, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    number_on_task = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)
    again = models.BooleanField(default=False, db_default=False)
    rev = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        """Template first in the unique key: it also finds the workflows of one template."""

        constraints = (
            models.UniqueConstraint(fields=("template", "task"), condition=Q(ONCE), name="workflow_once"),
            models.UniqueConstraint(fields=("task", "number_on_task"), name="workflow_number"),
            models.CheckConstraint(
                condition=Q(template=None, version=None) | (~Q(template=None) & ~Q(version=None)),
                name="workflow_version",
            ),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class StepGroup(GroupColumns):
    """A group of a workflow. `added`: it was added here and is not the template's.

    Places are not unique in the database: a move shifts several rows at once, and SQLite cannot defer a
    unique key to the end of the statement. The workflow row's lock and the rules keep them apart.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    workflow = models.ForeignKey(Workflow, on_delete=models.PROTECT, db_index=False, related_name="groups")
    added = models.BooleanField(default=False, db_default=False)

    class Meta:
        """Keys are unique within the workflow."""

        constraints = (
            models.UniqueConstraint(fields=("workflow", "key"), name="group_key"),
            *group_checks("group"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name
