import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0002_guards"),
        ("workflows", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("deed", models.CharField(max_length=20)),
                ("said", models.TextField(db_default="{}", default="{}")),
                ("once", models.CharField(blank=True, db_default="", default="", max_length=64)),
                ("selected", models.PositiveIntegerField(db_default=0, default=0)),
                ("changed", models.PositiveIntegerField(db_default=0, default=0)),
                ("repeated", models.PositiveIntegerField(db_default=0, default=0)),
                ("refused", models.TextField(db_default="[]", default="[]")),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
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
                    "undoes",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflows.batch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("undoes",), name="batch_undone_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("once__gt", "")), fields=("by", "once"), name="batch_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("deed", ""), _negated=True), name="batch_deed"),
                ],
            },
        ),
    ]
