from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [("practices", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="loginlink",
            name="member",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=PROTECT, related_name="+", to="practices.member"
            ),
        ),
        migrations.AddField(model_name="member", name="by_password", field=models.BooleanField(default=False)),
    ]
