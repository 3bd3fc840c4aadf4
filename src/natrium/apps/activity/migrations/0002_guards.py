from django.db import migrations

from natrium.apps.database.triggers import create, frozen


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial")]

    operations = [
        create(frozen("activity_event", "A line of the record")),
    ]
