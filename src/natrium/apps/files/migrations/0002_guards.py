from django.db import migrations

from natrium.apps.database.triggers import Guard, create

WHAT = "What a file is never changes."


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [
        create(
            (
                Guard("file_no_delete", "files_file", "DELETE", "The record of a file is never deleted."),
                Guard("file_no_truncate", "files_file", "TRUNCATE", "The record of a file is never deleted."),
                Guard(
                    "file_stays",
                    "files_file",
                    "UPDATE OF practice_id, task_id, step_id, name, size, sha256, stored, added_by_id, added_at",
                    WHAT,
                ),
                Guard(
                    "file_stays_erased",
                    "files_file",
                    "UPDATE OF erased_at, removed_at",
                    "What was erased does not come back.",
                    "OLD.erased_at IS NOT NULL",
                ),
            )
        ),
    ]
