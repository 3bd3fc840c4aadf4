"""Templates: a draft that is edited freely, and published versions that never change (triggers refuse it)."""

from django.db import models
from django.db.models import Q

from natrium.apps.activity.models import Chained
from natrium.apps.workflows.models.definition import GroupColumns, StepColumns, group_checks, step_checks


class Template(Chained):
    """A reusable workflow definition.

    `draft` is JSON text, "" where there is none; `draft_rev` grows with each change of it; `draft_based_on` is
    the version number it started from. `latest_version` is 0 until the first publishing.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=200)
    description = models.TextField(default="", db_default="", blank=True)
    draft = models.TextField(default="", db_default="", blank=True)
    draft_rev = models.PositiveIntegerField(default=0, db_default=0)
    draft_based_on = models.PositiveIntegerField(null=True)
    latest_version = models.PositiveIntegerField(default=0, db_default=0)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    rev = models.PositiveIntegerField(default=1, db_default=1)
    library_slug = models.CharField(max_length=100, default="", db_default="", blank=True)

    class Meta:
        """A name names one template, archived ones aside."""

        constraints = (
            models.UniqueConstraint(fields=("practice", "name"), condition=Q(archived_at=None), name="template_name"),
            models.CheckConstraint(condition=~Q(name=""), name="template_named"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class TemplateVersion(models.Model):
    """A published version. `sha256` (hex) is over its canonical definition."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    template = models.ForeignKey(Template, on_delete=models.PROTECT, db_index=False, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    description = models.TextField(default="", db_default="", blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    note = models.TextField(default="", db_default="", blank=True)
    steps_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        """Versions count from 1 within their template."""

        constraints = (
            models.UniqueConstraint(fields=("template", "number"), name="template_version_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="template_version_from_1"),
            models.CheckConstraint(condition=Q(steps_count__gte=1), name="template_version_steps"),
        )

    def __str__(self) -> str:
        """Return name and number."""
        return f"{self.name} {self.number}"


class StepGroupTemplate(GroupColumns):
    """A group of a published version."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, db_index=False, related_name="groups")

    class Meta:
        """Keys and places are unique within the version."""

        constraints = (
            models.UniqueConstraint(fields=("version", "key"), name="group_template_key"),
            models.UniqueConstraint(fields=("version", "position"), name="group_template_position"),
            *group_checks("group_template"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class StepTemplate(StepColumns):
    """A step of a published version. `ready_at_start`: nothing comes before it, so it is ready once attached."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, db_index=False, related_name="steps")
    group = models.ForeignKey(StepGroupTemplate, on_delete=models.PROTECT, db_index=False, related_name="steps")
    guidance = models.TextField(default="", db_default="", blank=True)
    ready_at_start = models.BooleanField()

    class Meta:
        """Keys and places are unique within the version."""

        constraints = (
            models.UniqueConstraint(fields=("version", "key"), name="step_template_key"),
            models.UniqueConstraint(fields=("version", "position"), name="step_template_position"),
            *step_checks("step_template"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name
