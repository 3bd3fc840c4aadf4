"""What was done to many things at once."""

from django.db import models
from django.db.models import Q


class Batch(models.Model):
    """One bulk operation: who did what to how many, and what was refused. Its events carry "batch-" and its id.

    `deed` is a word such as "step-assign" or "task-target", `said` JSON text of what was asked for. `refused`
    is JSON text: a list of what `batches.Refused` holds. `once` is the asker's word for this operation: the
    same again gives the same batch. `finished_at` null: it is under way, or was cut short. `undoes` is the batch
    that this one takes back.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    by = models.ForeignKey("practices.Member", on_delete=models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()
    deed = models.CharField(max_length=20)
    said = models.TextField(default="{}", db_default="{}")
    once = models.CharField(max_length=64, default="", db_default="", blank=True)
    selected = models.PositiveIntegerField(default=0, db_default=0)
    changed = models.PositiveIntegerField(default=0, db_default=0)
    repeated = models.PositiveIntegerField(default=0, db_default=0)
    refused = models.TextField(default="[]", db_default="[]")
    finished_at = models.DateTimeField(null=True)
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        """A batch is taken back once, and asked for once under one word."""

        constraints = (
            models.UniqueConstraint(fields=("undoes",), name="batch_undone_once"),
            models.UniqueConstraint(fields=("by", "once"), condition=Q(once__gt=""), name="batch_once"),
            models.CheckConstraint(condition=~Q(deed=""), name="batch_deed"),
        )

    def __str__(self) -> str:
        """Return the deed with the count."""
        return f"{self.deed} of {self.selected}"
