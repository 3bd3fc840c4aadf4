import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("practices", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Client",
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
                ("kind", models.CharField(max_length=20)),
                ("reference", models.CharField(blank=True, db_default="", default="", max_length=60)),
                ("company_number", models.CharField(blank=True, db_default="", default="", max_length=20)),
                ("utr", models.CharField(blank=True, db_default="", default="", max_length=20)),
                ("vat_number", models.CharField(blank=True, db_default="", default="", max_length=20)),
                (
                    "manager",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.member",
                    ),
                ),
                ("year_end_month", models.PositiveSmallIntegerField(null=True)),
                ("year_end_day", models.PositiveSmallIntegerField(null=True)),
                ("year_end_is_last_day", models.BooleanField(db_default=False, default=False)),
                ("email", models.CharField(blank=True, db_default="", default="", max_length=254)),
                ("phone", models.CharField(blank=True, db_default="", default="", max_length=60)),
                ("notes", models.TextField(blank=True, db_default="", default="")),
                ("active", models.BooleanField(db_default=True, default=True)),
                ("ceased_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
                ("rev", models.PositiveIntegerField(db_default=1, default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["practice", "name", "id"], name="client_by_name")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("practice", "reference"),
                        name="client_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "limited_company",
                                    "llp",
                                    "partnership",
                                    "sole_trader",
                                    "individual",
                                    "trust",
                                    "charity",
                                ),
                            )
                        ),
                        name="client_kind",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="client_named"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("year_end_day", None), ("year_end_month", None)),
                            models.Q(
                                ("year_end_day__gte", 1),
                                ("year_end_day__lte", 31),
                                ("year_end_month__gte", 1),
                                ("year_end_month__lte", 12),
                            ),
                            _connector="OR",
                        ),
                        name="client_year_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientFact",
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
                    "client",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="clients.client",
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                ("value", models.CharField(max_length=200)),
                ("from_date", models.DateField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("client", "field", "from_date"), name="client_fact")],
            },
        ),
        migrations.CreateModel(
            name="Contact",
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
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="clients.client"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("email", models.CharField(blank=True, db_default="", default="", max_length=254)),
                ("phone", models.CharField(blank=True, db_default="", default="", max_length=60)),
                ("role", models.CharField(blank=True, db_default="", default="", max_length=60)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="contact_named")
                ],
            },
        ),
    ]
