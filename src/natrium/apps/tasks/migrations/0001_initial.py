import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("practices", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain_count", models.PositiveIntegerField(db_default=0, default=0)),
                ("chain_head", models.CharField(blank=True, db_default="", default="", max_length=64)),
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
                    "client",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("service", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("period_start", models.DateField(null=True)),
                ("period_end", models.DateField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("target_date", models.DateField(null=True)),
                ("statutory_date", models.DateField(null=True)),
                ("other_dates", models.TextField(db_default="[]", default="[]")),
                ("hold", models.CharField(blank=True, db_default="", default="", max_length=9)),
                ("hold_reason", models.TextField(blank=True, db_default="", default="")),
                (
                    "hold_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("hold_at", models.DateTimeField(null=True)),
                ("status", models.CharField(db_default="not_started", default="not_started", max_length=11)),
                ("workflows_count", models.PositiveIntegerField(db_default=0, default=0)),
                ("workflows_finished", models.PositiveIntegerField(db_default=0, default=0)),
                ("unresolved_count", models.PositiveIntegerField(db_default=0, default=0)),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("rev", models.PositiveIntegerField(db_default=1, default=1)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ("done", "cancelled")), _negated=True),
                        fields=["practice", "target_date", "id"],
                        name="task_open",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ("done", "cancelled")), _negated=True),
                        fields=["owner", "target_date", "id"],
                        name="task_open_of_owner",
                    ),
                    models.Index(fields=["client", "id"], name="task_of_client"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "not_started"),
                            ("status", "in_progress"),
                            ("status", "waiting"),
                            ("status", "done"),
                            ("status", "on_hold"),
                            ("status", "cancelled"),
                            _connector="OR",
                        ),
                        name="task_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hold", ""), ("hold", "on_hold"), ("hold", "cancelled"), _connector="OR"),
                        name="task_hold",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hold", ""),
                            models.Q(
                                models.Q(("hold_reason", ""), _negated=True), models.Q(("hold_at", None), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="task_hold_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="task_titled"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_start", None),
                            ("period_end", None),
                            ("period_start__lte", models.F("period_end")),
                            _connector="OR",
                        ),
                        name="task_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("workflows_finished__lte", models.F("workflows_count"))),
                        name="task_finished",
                    ),
                ],
            },
        ),
    ]
