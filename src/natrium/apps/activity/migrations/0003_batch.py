from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0002_guards"),
        ("practices", "0002_guards"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(condition=models.Q(("batch__gt", "")), fields=["batch"], name="event_of_batch"),
        ),
    ]
