"""The record of everything that happened: one row a line, chained by hash, never altered or deleted."""

from django.db import models
from django.db.models import Q

from natrium.apps.database.checks import is_one_of

CHAINS = ("task", "client", "template", "practice", "service", "proposal")


class Chained(models.Model):
    """What a row with a chain of events of its own carries: how many lines there are, and the last one's hash.

    Both are written only with the events, in the same transaction and under the row's lock, so that a
    cut tail or a lost chain shows, and so that unrelated work never waits for one common head.
    """

    chain_count = models.PositiveIntegerField(default=0, db_default=0)
    chain_head = models.CharField(max_length=64, default="", db_default="", blank=True)

    class Meta:
        """An abstract base."""

        abstract = True


class Event(models.Model):
    """One line of the record. Triggers refuse to change or delete it.

    `chain` and `subject_id` say whose chain (there is no foreign key, since a lost subject must be
    found by its events); `seq` counts from 1. `action` groups what one action brought about, `batch`
    what one bulk operation did. `data` is canonical JSON text, which the hash covers as it is stored.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    chain = models.CharField(max_length=8)
    subject_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    member = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    member_name = models.CharField(max_length=200)
    token = models.ForeignKey(
        "practices.ApiToken", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    action = models.CharField(max_length=36)
    batch = models.CharField(max_length=36, default="", db_default="", blank=True)
    verb = models.CharField(max_length=60)
    # No foreign keys: a step that was added and removed again leaves its lines behind.
    workflow_id = models.BigIntegerField(null=True)
    step_id = models.BigIntegerField(null=True)
    step_key = models.CharField(max_length=200, default="", db_default="", blank=True)
    name = models.CharField(max_length=200, default="", db_default="", blank=True)
    data = models.TextField(default="{}", db_default="{}")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """The chain's own order, which every timeline follows; and the lines of one bulk operation, which are few.

        A statement uses the second only when it repeats the condition: `batch > ''`.
        """

        indexes = (models.Index(fields=("batch",), condition=Q(batch__gt=""), name="event_of_batch"),)
        constraints = (
            models.UniqueConstraint(fields=("chain", "subject_id", "seq"), name="event_place"),
            models.CheckConstraint(condition=is_one_of("chain", CHAINS), name="event_chain"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="event_seq"),
            models.CheckConstraint(
                condition=is_one_of("actor_kind", ("member", "system", "client", "token")),
                name="event_actor_kind",
            ),
        )

    def __str__(self) -> str:
        """Place and verb: "task 12 #3 step.completed"."""
        return f"{self.chain} {self.subject_id} #{self.seq} {self.verb}"
