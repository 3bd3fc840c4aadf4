from django.db import migrations, models

from natrium.apps.database.triggers import chained, create


class Migration(migrations.Migration):
    dependencies = [("practices", "0003_sign_in_by_member")]

    operations = [
        migrations.AddField(
            model_name="member", name="single_keys", field=models.BooleanField(db_default=True, default=True)
        ),
        migrations.AddField(
            model_name="practice", name="setting_up", field=models.BooleanField(db_default=False, default=False)
        ),
        create(chained("practices_practice")),
    ]
