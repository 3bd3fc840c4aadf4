import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0002_guards"),
        ("workflows", "0004_whom_a_step_holds_up"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("page", models.CharField(max_length=6)),
                ("query", models.TextField(blank=True, db_default="", default="")),
                ("shared", models.BooleanField(db_default=False, default=False)),
                ("created_at", models.DateTimeField()),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("practice", "by", "name"), name="view_name"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="view_named"),
                    models.CheckConstraint(
                        condition=models.Q(("page__in", ("matrix", "stages", "list", "steps"))), name="view_page"
                    ),
                ],
            },
        ),
    ]
