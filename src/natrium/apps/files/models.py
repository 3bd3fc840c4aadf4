"""What is known of a file on a task; its content lies in the data folder."""

from django.db import models
from django.db.models import Q

from natrium.domain.files import LONGEST, MOST


class File(models.Model):
    """A file on a task, or on one of its steps. The row stays when the file is removed.

    `stored` is its random name in the data folder. `step_id` is no foreign key: a step that was added here and
    removed again leaves its files on the task. Removed: it is no longer shown; after a month its content is erased.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    task = models.ForeignKey("tasks.Task", on_delete=models.PROTECT, related_name="+")
    step_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=LONGEST)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=32, unique=True)
    added_by = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """Housekeeping looks for removed files whose content is still there."""

        indexes = (
            models.Index(
                fields=("removed_at",), condition=Q(removed_at__isnull=False, erased_at=None), name="file_to_erase"
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="file_named"),
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=MOST), name="file_size"),
            models.CheckConstraint(condition=Q(removed_by=None) | ~Q(removed_at=None), name="file_removed"),
            models.CheckConstraint(condition=Q(erased_at=None) | ~Q(removed_at=None), name="file_erased"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name
