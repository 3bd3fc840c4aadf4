import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("practices", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
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
                ("chain", models.CharField(max_length=8)),
                ("subject_id", models.BigIntegerField()),
                ("seq", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=8)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("member_name", models.CharField(max_length=200)),
                (
                    "token",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.apitoken",
                    ),
                ),
                ("action", models.CharField(max_length=36)),
                ("batch", models.CharField(blank=True, db_default="", default="", max_length=36)),
                ("verb", models.CharField(max_length=60)),
                ("workflow_id", models.BigIntegerField(null=True)),
                ("step_id", models.BigIntegerField(null=True)),
                ("step_key", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("name", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("data", models.TextField(db_default="{}", default="{}")),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "subject_id", "seq"), name="event_place"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chain", "task"),
                            ("chain", "client"),
                            ("chain", "template"),
                            ("chain", "practice"),
                            _connector="OR",
                        ),
                        name="event_chain",
                    ),
                    models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="event_seq"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actor_kind", "member"),
                            ("actor_kind", "system"),
                            ("actor_kind", "client"),
                            ("actor_kind", "token"),
                            _connector="OR",
                        ),
                        name="event_actor_kind",
                    ),
                ],
            },
        ),
    ]
