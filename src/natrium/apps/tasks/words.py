"""The words by which tasks are found."""

from natrium.apps.database.words import Words

TASK_WORDS = Words("tasks_task", ("title", "service"))
