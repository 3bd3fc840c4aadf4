import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("practices", "0001_initial"),
        ("tasks", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain_count", models.PositiveIntegerField(db_default=0, default=0)),
                ("chain_head", models.CharField(blank=True, db_default="", default="", max_length=64)),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practice",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True, db_default="", default="")),
                ("draft", models.TextField(blank=True, db_default="", default="")),
                ("draft_rev", models.PositiveIntegerField(db_default=0, default=0)),
                ("draft_based_on", models.PositiveIntegerField(null=True)),
                ("latest_version", models.PositiveIntegerField(db_default=0, default=0)),
                ("archived_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("rev", models.PositiveIntegerField(db_default=1, default=1)),
                ("library_slug", models.CharField(blank=True, db_default="", default="", max_length=100)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at", None)), fields=("practice", "name"), name="template_name"
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="template_named"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practice",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="workflows.template",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True, db_default="", default="")),
                ("published_at", models.DateTimeField()),
                (
                    "published_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", default="")),
                ("steps_count", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("template", "number"), name="template_version_number"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="template_version_from_1"),
                    models.CheckConstraint(condition=models.Q(("steps_count__gte", 1)), name="template_version_steps"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepGroupTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("order", models.CharField(max_length=10)),
                ("gate", models.BooleanField()),
                ("position", models.PositiveIntegerField()),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practice",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="workflows.templateversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "key"), name="group_template_key"),
                    models.UniqueConstraint(fields=("version", "position"), name="group_template_position"),
                    models.CheckConstraint(
                        condition=models.Q(("order", "sequential"), ("order", "any"), _connector="OR"),
                        name="group_template_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="group_template_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveIntegerField()),
                ("assign_rule", models.CharField(max_length=14)),
                ("assign_email", models.CharField(blank=True, db_default="", default="", max_length=254)),
                (
                    "assign_member",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("blocking", models.BooleanField(db_default=False, default=False)),
                ("required", models.BooleanField(db_default=False, default=False)),
                ("after", models.TextField(db_default="[]", default="[]")),
                ("estimate", models.PositiveIntegerField(null=True)),
                ("due_days", models.SmallIntegerField(null=True)),
                ("due_unit", models.CharField(db_default="days", default="days", max_length=12)),
                ("due_from", models.CharField(db_default="target", default="target", max_length=9)),
                ("due_rule", models.CharField(blank=True, db_default="", default="", max_length=60)),
                ("waits_on", models.CharField(blank=True, db_default="", default="", max_length=11)),
                ("review", models.BooleanField(db_default=False, default=False)),
                ("approval", models.BooleanField(db_default=False, default=False)),
                ("filing", models.BooleanField(db_default=False, default=False)),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practice",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="workflows.templateversion",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="workflows.stepgrouptemplate",
                    ),
                ),
                ("guidance", models.TextField(blank=True, db_default="", default="")),
                ("ready_at_start", models.BooleanField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "key"), name="step_template_key"),
                    models.UniqueConstraint(fields=("version", "position"), name="step_template_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assign_rule", "task_owner"),
                            ("assign_rule", "client_manager"),
                            ("assign_rule", "client_partner"),
                            ("assign_rule", "unassigned"),
                            ("assign_rule", "member"),
                            _connector="OR",
                        ),
                        name="step_template_assign_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_unit", "days"), ("due_unit", "working_days"), _connector="OR"),
                        name="step_template_due_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_from", "target"), ("due_from", "statutory"), ("due_from", "attached"), _connector="OR"
                        ),
                        name="step_template_due_from",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("waits_on", ""), ("waits_on", "client"), ("waits_on", "third_party"), _connector="OR"
                        ),
                        name="step_template_waits_on",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="step_template_named"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Workflow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("steps_total", models.PositiveIntegerField(db_default=0, default=0)),
                ("steps_done", models.PositiveIntegerField(db_default=0, default=0)),
                ("steps_stale", models.PositiveIntegerField(db_default=0, default=0)),
                ("steps_skipped", models.PositiveIntegerField(db_default=0, default=0)),
                ("steps_in_progress", models.PositiveIntegerField(db_default=0, default=0)),
                ("steps_waiting", models.PositiveIntegerField(db_default=0, default=0)),
                ("steps_ready", models.PositiveIntegerField(db_default=0, default=0)),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practice",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workflows",
                        to="tasks.task",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflows.template",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflows.templateversion",
                    ),
                ),
                ("number_on_task", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("attached_at", models.DateTimeField()),
                (
                    "attached_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("finished_at", models.DateTimeField(null=True)),
                ("again", models.BooleanField(db_default=False, default=False)),
                ("rev", models.PositiveIntegerField(db_default=1, default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            django.db.models.expressions.RawSQL("NOT again", (), output_field=models.BooleanField())
                        ),
                        fields=("template", "task"),
                        name="workflow_once",
                    ),
                    models.UniqueConstraint(fields=("task", "number_on_task"), name="workflow_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("template", None), ("version", None)),
                            models.Q(
                                models.Q(("template", None), _negated=True), models.Q(("version", None), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="workflow_version",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("order", models.CharField(max_length=10)),
                ("gate", models.BooleanField()),
                ("position", models.PositiveIntegerField()),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practice",
                    ),
                ),
                (
                    "workflow",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="workflows.workflow",
                    ),
                ),
                ("added", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workflow", "key"), name="group_key"),
                    models.CheckConstraint(
                        condition=models.Q(("order", "sequential"), ("order", "any"), _connector="OR"),
                        name="group_order",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="group_named"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveIntegerField()),
                ("assign_rule", models.CharField(max_length=14)),
                ("assign_email", models.CharField(blank=True, db_default="", default="", max_length=254)),
                (
                    "assign_member",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("blocking", models.BooleanField(db_default=False, default=False)),
                ("required", models.BooleanField(db_default=False, default=False)),
                ("after", models.TextField(db_default="[]", default="[]")),
                ("estimate", models.PositiveIntegerField(null=True)),
                ("due_days", models.SmallIntegerField(null=True)),
                ("due_unit", models.CharField(db_default="days", default="days", max_length=12)),
                ("due_from", models.CharField(db_default="target", default="target", max_length=9)),
                ("due_rule", models.CharField(blank=True, db_default="", default="", max_length=60)),
                ("waits_on", models.CharField(blank=True, db_default="", default="", max_length=11)),
                ("review", models.BooleanField(db_default=False, default=False)),
                ("approval", models.BooleanField(db_default=False, default=False)),
                ("filing", models.BooleanField(db_default=False, default=False)),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practice",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="tasks.task",
                    ),
                ),
                (
                    "workflow",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="workflows.workflow",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="workflows.stepgroup",
                    ),
                ),
                (
                    "template_step",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflows.steptemplate",
                    ),
                ),
                ("guidance", models.TextField(blank=True, null=True)),
                ("status", models.CharField(db_default="todo", default="todo", max_length=11)),
                ("stale", models.BooleanField(db_default=False, default=False)),
                ("ready", models.BooleanField(db_default=False, default=False)),
                (
                    "assignee",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("bound", models.BooleanField(db_default=True, default=True)),
                ("unresolved", models.BooleanField(db_default=False, default=False)),
                (
                    "started_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("started_at", models.DateTimeField(null=True)),
                (
                    "completed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("completed_at", models.DateTimeField(null=True)),
                (
                    "skipped_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("skipped_at", models.DateTimeField(null=True)),
                ("skip_reason", models.TextField(blank=True, db_default="", default="")),
                ("waiting_reason", models.TextField(blank=True, db_default="", default="")),
                ("waiting_on", models.CharField(blank=True, db_default="", default="", max_length=11)),
                ("waiting_whom", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("evidence_on", models.DateField(null=True)),
                ("evidence_reference", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("evidence_note", models.TextField(blank=True, db_default="", default="")),
                ("overrides", models.TextField(db_default="[]", default="[]")),
                ("added", models.BooleanField(db_default=False, default=False)),
                ("due", models.DateField(null=True)),
                ("due_by_hand", models.BooleanField(db_default=False, default=False)),
                ("status_since", models.DateTimeField()),
                ("ready_since", models.DateTimeField(null=True)),
                ("rev", models.PositiveIntegerField(db_default=1, default=1)),
                ("retired", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            django.db.models.expressions.RawSQL("ready", (), output_field=models.BooleanField())
                        ),
                        fields=["assignee", "due", "id"],
                        name="step_ready_of_assignee",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ("in_progress", "waiting"))),
                        fields=["assignee", "due", "id"],
                        name="step_open_of_assignee",
                    ),
                    models.Index(
                        condition=models.Q(
                            django.db.models.expressions.RawSQL("ready", (), output_field=models.BooleanField()),
                            ("assignee", None),
                        ),
                        fields=["practice", "due", "id"],
                        name="step_ready_for_anyone",
                    ),
                    models.Index(fields=["task", "position"], name="step_of_task"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workflow", "key"), name="step_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("workflow", None)), fields=("task",), name="step_of_its_own"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "todo"),
                            ("status", "in_progress"),
                            ("status", "waiting"),
                            ("status", "done"),
                            ("status", "skipped"),
                            _connector="OR",
                        ),
                        name="step_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stale", False), ("status", "done"), _connector="OR"), name="step_stale"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ready", False), models.Q(("retired", False), ("status", "todo")), _connector="OR"
                        ),
                        name="step_ready",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "waiting"), models.Q(("waiting_since", None), _negated=True)),
                            models.Q(
                                models.Q(("status", "waiting"), _negated=True),
                                ("waiting_on", ""),
                                ("waiting_reason", ""),
                                ("waiting_since", None),
                                ("waiting_whom", ""),
                            ),
                            _connector="OR",
                        ),
                        name="step_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "done"), _negated=True),
                            models.Q(("completed_at", None), _negated=True),
                            _connector="OR",
                        ),
                        name="step_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "skipped"), _negated=True),
                            models.Q(
                                models.Q(("skipped_at", None), _negated=True),
                                models.Q(("skip_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="step_skipped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group", None), ("workflow", None)),
                            models.Q(
                                models.Q(("workflow", None), _negated=True),
                                models.Q(("group", None), _negated=True),
                                ("retired", False),
                            ),
                            _connector="OR",
                        ),
                        name="step_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assign_rule", "task_owner"),
                            ("assign_rule", "client_manager"),
                            ("assign_rule", "client_partner"),
                            ("assign_rule", "unassigned"),
                            ("assign_rule", "member"),
                            _connector="OR",
                        ),
                        name="step_assign_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_unit", "days"), ("due_unit", "working_days"), _connector="OR"),
                        name="step_due_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_from", "target"), ("due_from", "statutory"), ("due_from", "attached"), _connector="OR"
                        ),
                        name="step_due_from",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("waits_on", ""), ("waits_on", "client"), ("waits_on", "third_party"), _connector="OR"
                        ),
                        name="step_waits_on",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="step_named"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practice",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tasks.task"),
                ),
                (
                    "workflow",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflows.workflow",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workflows.step",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="comment_said")
                ],
            },
        ),
    ]
