"""The steps of workflows, and of tasks without one; and what people say about them."""

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from natrium.apps.database.checks import is_one_of
from natrium.apps.workflows.models.definition import StepColumns, step_checks
from natrium.apps.workflows.models.template import StepTemplate
from natrium.apps.workflows.models.workflow import StepGroup, Workflow

STATUSES = ("todo", "in_progress", "waiting", "done", "skipped")

# Django spells ready=True differently for the two databases; statements spell it one way, and an index serves only
# a statement that repeats its condition.
READY = RawSQL("ready", (), output_field=models.BooleanField())
STALE = RawSQL("stale", (), output_field=models.BooleanField())

NOT_WAITING = Q(waiting_reason="", waiting_on="", waiting_whom="", waiting_since=None)


class Step(StepColumns):
    """One thing to do. Without a workflow it is the one step of a task that has none.

    `guidance` null: read the template step's. `status`, `stale`, `ready`, `unresolved` are written only from
    the rules' answer; `ready`: todo, not held by a prerequisite, the task not held, not retired. `unresolved`: the
    assignment rule found nobody. `holds_up`: who has the first step that waits for this one alone, also written only
    from the rules' answer. `retired`: the task's own step, once a workflow was attached. `overrides`
    is JSON text: a list of {"key", "by", "name", "at", "reason"}. `due` is the resolved date, `due_version` the
    version of the rule of law that gave it.

    Places are not unique in the database, for the same reason as the groups': see `StepGroup`.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    task = models.ForeignKey("tasks.Task", on_delete=models.PROTECT, db_index=False, related_name="steps")
    workflow = models.ForeignKey(Workflow, on_delete=models.PROTECT, null=True, db_index=False, related_name="steps")
    group = models.ForeignKey(StepGroup, on_delete=models.PROTECT, null=True, db_index=False, related_name="steps")
    template_step = models.ForeignKey(
        StepTemplate, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    guidance = models.TextField(null=True, blank=True)  # noqa: DJ001 - null is not empty: the template's is read
    status = models.CharField(max_length=11, default="todo", db_default="todo")
    stale = models.BooleanField(default=False, db_default=False)
    ready = models.BooleanField(default=False, db_default=False)
    assignee = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    holds_up = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    bound = models.BooleanField(default=True, db_default=True)
    unresolved = models.BooleanField(default=False, db_default=False)
    started_by = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    started_at = models.DateTimeField(null=True)
    completed_by = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    completed_at = models.DateTimeField(null=True)
    skipped_by = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    skipped_at = models.DateTimeField(null=True)
    skip_reason = models.TextField(default="", db_default="", blank=True)
    waiting_reason = models.TextField(default="", db_default="", blank=True)
    waiting_on = models.CharField(max_length=11, default="", db_default="", blank=True)
    waiting_whom = models.CharField(max_length=200, default="", db_default="", blank=True)
    waiting_since = models.DateTimeField(null=True)
    evidence_on = models.DateField(null=True)
    evidence_reference = models.CharField(max_length=200, default="", db_default="", blank=True)
    evidence_note = models.TextField(default="", db_default="", blank=True)
    overrides = models.TextField(default="[]", db_default="[]")
    added = models.BooleanField(default=False, db_default=False)
    due = models.DateField(null=True)
    due_by_hand = models.BooleanField(default=False, db_default=False)
    due_version = models.PositiveSmallIntegerField(null=True)
    status_since = models.DateTimeField()
    ready_since = models.DateTimeField(null=True)
    rev = models.PositiveIntegerField(default=1, db_default=1)
    retired = models.BooleanField(default=False, db_default=False)

    class Meta:
        """Indexes are few and partial: attaching writes eight of these rows at a time, and lists read little.

        A query uses a partial one only when it repeats the condition, with literals: `ready AND holds_up_id IS NULL`
        or `IS NOT NULL` (two indexes, so that each is read in its own order), `status IN ('in_progress', 'waiting')`,
        `ready AND assignee_id IS NULL`, `stale`, `holds_up_id IS NOT NULL`.
        """

        indexes = (
            models.Index(
                fields=("assignee", "due", "id"),
                condition=Q(READY, holds_up__isnull=True),
                name="step_ready_of_assignee",
            ),
            models.Index(
                fields=("assignee", "due", "id"),
                condition=Q(READY, holds_up__isnull=False),
                name="step_ready_holding_up",
            ),
            models.Index(
                fields=("assignee", "due", "id"),
                condition=Q(status__in=("in_progress", "waiting")),
                name="step_open_of_assignee",
            ),
            models.Index(
                fields=("practice", "due", "id"),
                condition=Q(READY, assignee=None),
                name="step_ready_for_anyone",
            ),
            models.Index(
                fields=("holds_up", "due", "id"), condition=Q(holds_up__isnull=False), name="step_holding_up_member"
            ),
            models.Index(fields=("assignee", "due", "id"), condition=Q(STALE), name="step_stale_of_assignee"),
            models.Index(fields=("task", "position"), name="step_of_task"),
        )
        constraints = (
            models.UniqueConstraint(fields=("workflow", "key"), name="step_key"),
            models.UniqueConstraint(fields=("task",), condition=Q(workflow=None), name="step_of_its_own"),
            models.CheckConstraint(condition=is_one_of("status", STATUSES), name="step_status"),
            models.CheckConstraint(condition=Q(stale=False) | Q(status="done"), name="step_stale"),
            models.CheckConstraint(condition=Q(ready=False) | Q(status="todo", retired=False), name="step_ready"),
            models.CheckConstraint(
                condition=(Q(status="waiting") & ~Q(waiting_since=None)) | (~Q(status="waiting") & NOT_WAITING),
                name="step_waiting",
            ),
            models.CheckConstraint(condition=~Q(status="done") | ~Q(completed_at=None), name="step_done"),
            models.CheckConstraint(
                condition=~Q(status="skipped") | (~Q(skipped_at=None) & ~Q(skip_reason="")),
                name="step_skipped",
            ),
            models.CheckConstraint(
                condition=Q(workflow=None, group=None) | (~Q(workflow=None) & ~Q(group=None) & Q(retired=False)),
                name="step_place",
            ),
            *step_checks("step"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Comment(models.Model):
    """What a member said about a task, one of its workflows or one of its steps."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    task = models.ForeignKey("tasks.Task", on_delete=models.PROTECT, related_name="+")
    workflow = models.ForeignKey(Workflow, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    # Kept when a step that was added here is removed again; the event has its key and name.
    step = models.ForeignKey(Step, on_delete=models.SET_NULL, null=True, db_index=False, related_name="+")
    by = models.ForeignKey("practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        """A comment says something."""

        constraints = (models.CheckConstraint(condition=~Q(text=""), name="comment_said"),)

    def __str__(self) -> str:
        """Return the text."""
        return self.text
