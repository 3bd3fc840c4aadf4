from django.db import migrations

from natrium.apps.database.triggers import Guard, chained, create


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("activity", "0004_chains")]

    operations = [
        create(chained("catalogue_service")),
        create(
            (
                Guard(
                    "occurrence_no_delete",
                    "catalogue_occurrence",
                    "DELETE",
                    "A line of the ledger of periods is never deleted.",
                ),
                Guard(
                    "occurrence_stays",
                    "catalogue_occurrence",
                    "UPDATE OF practice_id, engagement_id, recurring_task_id, part, task_id",
                    "A line of the ledger of periods stays whose it is.",
                    "NEW.engagement_id <> OLD.engagement_id OR NEW.recurring_task_id <> OLD.recurring_task_id"
                    " OR NEW.practice_id <> OLD.practice_id OR NEW.part <> OLD.part"
                    " OR (OLD.task_id IS NOT NULL AND (NEW.task_id IS NULL OR NEW.task_id <> OLD.task_id))",
                ),
            )
        ),
    ]
