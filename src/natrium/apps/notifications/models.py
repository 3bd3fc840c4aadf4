"""What members were told, how far the record has been read for it, and what each wants to be told."""

from datetime import time

from django.db import models
from django.db.models import Q

from natrium.domain.notices import Kind

KINDS = tuple(kind.value for kind in Kind)
STATES = ("preparing", "sending", "sent", "nothing", "failed", "unknown")


class Notification(models.Model):
    """One thing that one member is told of. What is said is read from the event.

    `gathering` is the same for all that one person did in one go (a bulk operation, or one moment): it is shown as
    one. It is about a task or a client; `step_id` is 0 for what is about the whole of it. `shown`: the member wanted it
    in the app when it happened.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    member = models.ForeignKey("practices.Member", on_delete=models.PROTECT, db_index=False, related_name="+")
    event = models.ForeignKey("activity.Event", on_delete=models.PROTECT, db_index=False, related_name="+")
    task = models.ForeignKey("tasks.Task", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    step_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    gathering = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)
    shown = models.BooleanField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        """Told once: reading the same part of the record again tells nobody anything twice.

        The number on every page is counted within `notification_unread` alone.
        """

        indexes = (
            models.Index(fields=("member", "id"), name="notification_of_member"),
            models.Index(
                fields=("member", "gathering", "kind", "shown", "id"),
                condition=Q(read_at=None),
                name="notification_unread",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("member", "kind", "gathering", "task", "step_id"), name="notification_once"
            ),
            models.UniqueConstraint(
                fields=("member", "kind", "gathering", "client"),
                condition=Q(task=None),
                name="notification_once_of_client",
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="notification_kind"),
            models.CheckConstraint(
                condition=Q(task=None, client__isnull=False) | Q(task__isnull=False, client=None),
                name="notification_of_one",
            ),
        )

    def __str__(self) -> str:
        """Say what kind of thing whom is told of."""
        return f"{self.kind} for member {self.member_id}"


class Cursor(models.Model):
    """How far the record has been read: the one row there is. `ran_at` is when it was read last.

    `gaps` is JSON text: numbers before it that were not there when it was read, as [first, last, when it was seen].
    """

    event_id = models.BigIntegerField()
    gaps = models.TextField(default="[]", db_default="[]")
    ran_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the place."""
        return f"event {self.event_id}"


class Wishes(models.Model):
    """What a member wants to be told, once they have said so. The lists are JSON text of kinds switched off or on.

    `digest_at` is the time of the day, in the practice's zone, from which the day's mail is due.
    """

    member = models.OneToOneField("practices.Member", on_delete=models.PROTECT, related_name="+")
    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    not_in_app = models.TextField(default="[]", db_default="[]")
    in_mail = models.TextField(default="[]", db_default="[]")
    digest = models.BooleanField(default=True, db_default=True)
    digest_at = models.TimeField(default=time(7, 30))

    def __str__(self) -> str:
        """Say whose they are."""
        return f"wishes of member {self.member_id}"


class Digest(models.Model):
    """One member's mail of one day: at most one is ever handed to the mail server.

    `through_id` is the newest notification that it told of. `unknown`: the process died while it was handing the mail
    over, so that nobody knows whether it went; it is not sent again.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    member = models.ForeignKey("practices.Member", on_delete=models.PROTECT, db_index=False, related_name="+")
    day = models.DateField()
    state = models.CharField(max_length=9)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    changed_at = models.DateTimeField()
    through_id = models.BigIntegerField(default=0, db_default=0)
    error = models.CharField(max_length=500, default="", db_default="", blank=True)

    class Meta:
        """One a member and day."""

        constraints = (
            models.UniqueConstraint(fields=("member", "day"), name="digest_of_day"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="digest_state"),
        )
        indexes = (
            models.Index(
                fields=("changed_at",), condition=Q(state__in=("preparing", "sending", "failed")), name="digest_pending"
            ),
        )

    def __str__(self) -> str:
        """Say for whom, which day, and how it stands."""
        return f"{self.state} for member {self.member_id} on {self.day}"
