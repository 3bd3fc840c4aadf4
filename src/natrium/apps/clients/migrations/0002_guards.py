from django.db import migrations

from natrium.apps.database.triggers import chained, create


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]

    operations = [
        create(chained("clients_client")),
    ]
