"""Filters of the overview that somebody keeps."""

from django.db import models
from django.db.models import Q

PAGES = ("matrix", "stages", "list", "steps")


class SavedView(models.Model):
    """Filters under a name: the member's own, or everybody's (`shared`). `query` is a query string of ids and words."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    by = models.ForeignKey("practices.Member", on_delete=models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=60)
    page = models.CharField(max_length=6)
    query = models.TextField(default="", db_default="", blank=True)
    shared = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()

    class Meta:
        """A member keeps a name once; the practice's shared views are found with one's own."""

        constraints = (
            models.UniqueConstraint(fields=("practice", "by", "name"), name="view_name"),
            models.CheckConstraint(condition=~Q(name=""), name="view_named"),
            models.CheckConstraint(condition=Q(page__in=PAGES), name="view_page"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name
