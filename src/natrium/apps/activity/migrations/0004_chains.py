from django.db import migrations, models

from natrium.apps.database.triggers import create, frozen


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0003_batch"),
        ("practices", "0004_keys_and_setting_up"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="event", name="event_chain"),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chain", "task"),
                    ("chain", "client"),
                    ("chain", "template"),
                    ("chain", "practice"),
                    ("chain", "service"),
                    ("chain", "proposal"),
                    _connector="OR",
                ),
                name="event_chain",
            ),
        ),
        # SQLite made the table anew for it, and its triggers went.
        create(frozen("activity_event", "A line of the record")),
    ]
