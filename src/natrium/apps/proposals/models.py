"""Rows of proposals. Their events are on the client's chain."""

from django.db import models
from django.db.models import Q

from natrium.apps.database.checks import is_one_of
from natrium.domain.proposals.money import Per
from natrium.domain.proposals.states import Status

STATUSES = tuple(one.value for one in Status if one is not Status.EXPIRED)
MAILS = ("sent", "accepted", "reminder", "stopped")
MAIL_STATES = ("waiting", "sending", "sent", "failed", "unknown", "dropped")
HOW = ("link", "practice")


class Proposal(models.Model):
    """An offer to a client. `document` is the exact text that was sent ("" for a draft) and `content_hash` its SHA-256.

    That it has expired is not stored: it follows from `expires_on`. `version` counts within one `number`; `replaced_by`
    is the version sent in its place. `link_hash` is all that is kept of the link: the link itself is reckoned anew from
    `link_salt` and the installation's key whenever a mail needs it. `onboarding`: the workflow of the task that a new
    client brings. `trouble` is what kept the last attempt to accept it from succeeding; `left_out` says why there is
    no such task.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, db_index=False, related_name="+")
    number = models.BigIntegerField()
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    status = models.CharField(max_length=9, default="draft", db_default="draft")
    title = models.CharField(max_length=200)
    to_name = models.CharField(max_length=200, default="", db_default="", blank=True)
    to_email = models.CharField(max_length=254, default="", db_default="", blank=True)
    note = models.TextField(default="", db_default="", blank=True)
    terms = models.TextField(default="", db_default="", blank=True)
    vat_percent = models.PositiveSmallIntegerField(default=20, db_default=20)
    expires_on = models.DateField()
    onboarding = models.ForeignKey(
        "workflows.Template", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    document = models.TextField(default="", db_default="", blank=True)
    content_hash = models.CharField(max_length=64, default="", db_default="", blank=True)
    link_hash = models.CharField(max_length=64, default="", db_default="", blank=True)
    link_salt = models.CharField(max_length=64, default="", db_default="", blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("practices.Member", on_delete=models.PROTECT, db_index=False, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    viewed_at = models.DateTimeField(null=True)
    views = models.PositiveIntegerField(default=0, db_default=0)
    closed_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", db_default="", blank=True)
    trouble = models.TextField(default="", db_default="", blank=True)
    left_out = models.TextField(default="", db_default="", blank=True)
    rev = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        """Lists are of a practice, newest first, or of a client; a link leads to one."""

        indexes = (
            models.Index(fields=("practice", "-id"), name="proposal_of_practice"),
            models.Index(fields=("client", "-id"), name="proposal_of_client"),
        )
        constraints = (
            models.UniqueConstraint(fields=("link_hash",), condition=~Q(link_hash=""), name="proposal_link"),
            models.UniqueConstraint(fields=("practice", "number", "version"), name="proposal_version"),
            models.CheckConstraint(condition=is_one_of("status", STATUSES), name="proposal_status"),
            models.CheckConstraint(condition=~Q(title=""), name="proposal_titled"),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "withdrawn")) | ~Q(document=""), name="proposal_sent_whole"
            ),
        )

    def __str__(self) -> str:
        """Return title and state."""
        return f"{self.title} ({self.status})"


class ProposalLine(models.Model):
    """Something offered for a fee in pence."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, db_index=False, related_name="lines")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    description = models.TextField(default="", db_default="", blank=True)
    fee = models.BigIntegerField()
    per = models.CharField(max_length=7)
    service = models.ForeignKey(
        "catalogue.Service", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    template = models.ForeignKey(
        "workflows.Template", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    starts_on = models.DateField(null=True)

    class Meta:
        """In order."""

        constraints = (
            models.UniqueConstraint(fields=("proposal", "position"), name="proposal_line_place"),
            models.CheckConstraint(condition=Q(fee__gte=0), name="proposal_line_fee"),
            models.CheckConstraint(
                condition=is_one_of("per", tuple(one.value for one in Per)), name="proposal_line_per"
            ),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Acceptance(models.Model):
    """The evidence of one acceptance, never changed: who, when, from where, and of which exact document.

    `how` practice: a member recorded what the client said otherwise, and `reason` says how. `made` is JSON text: the
    ids of the engagements and tasks that came of it.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254)
    at = models.DateTimeField()
    how = models.CharField(max_length=8)
    address = models.CharField(max_length=45, default="", db_default="", blank=True)
    user_agent = models.CharField(max_length=500, default="", db_default="", blank=True)
    content_hash = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    reason = models.TextField(default="", db_default="", blank=True)
    made = models.TextField(default="{}", db_default="{}")

    class Meta:
        """One a proposal."""

        constraints = (models.CheckConstraint(condition=is_one_of("how", HOW), name="acceptance_how"),)

    def __str__(self) -> str:
        """Say who accepted what."""
        return f"proposal {self.proposal_id} accepted by {self.name}"


class SealedCopy(models.Model):
    """The copy of an accepted proposal as PDF, once it is made; `error` is what the last attempt to make it met."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+")
    pdf = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, default="", db_default="", blank=True)
    sealed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, default="", db_default="", blank=True)

    def __str__(self) -> str:
        """Say how it stands."""
        return f"copy of proposal {self.proposal_id}: {self.sha256 or self.error or 'to be made'}"


class ProposalMail(models.Model):
    """A mail about a proposal, one row of a kind: by itself it is handed to the mail server at most once.

    All are to the client but `stopped`, which tells whoever sent the proposal that it could not be accepted.

    `unknown`: the process or the connection ended on the way, so that nobody knows whether it went; a member who has
    looked may send it again. `dropped`: there was nothing to say any more when its turn came.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, db_index=False, related_name="+")
    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=7, default="waiting", db_default="waiting")
    changed_at = models.DateTimeField()
    error = models.CharField(max_length=500, default="", db_default="", blank=True)

    class Meta:
        """One of a kind."""

        constraints = (
            models.UniqueConstraint(fields=("proposal", "kind"), name="proposal_mail_once"),
            models.CheckConstraint(condition=is_one_of("kind", MAILS), name="proposal_mail_kind"),
            models.CheckConstraint(condition=is_one_of("state", MAIL_STATES), name="proposal_mail_state"),
        )

    def __str__(self) -> str:
        """Say of what, and how it stands."""
        return f"{self.kind} of proposal {self.proposal_id}: {self.state}"
