from django.db import migrations

from natrium.apps.database.triggers import chained, create, frozen


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_initial")]

    operations = [
        create(
            (
                *chained("workflows_template"),
                *frozen("workflows_templateversion", "A published version"),
                *frozen("workflows_stepgrouptemplate", "A published group"),
                *frozen("workflows_steptemplate", "A published step"),
            )
        ),
    ]
