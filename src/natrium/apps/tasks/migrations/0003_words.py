from django.db import migrations

from natrium.apps.database.words import Words, create


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_guards")]

    operations = [create(Words("tasks_task", ("title", "service")))]
