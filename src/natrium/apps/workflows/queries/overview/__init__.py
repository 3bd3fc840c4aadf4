"""The practice overview: all tasks of a practice, filtered, counted and laid out in four ways."""

from natrium.apps.workflows.queries.overview.board import board
from natrium.apps.workflows.queries.overview.choices import choices
from natrium.apps.workflows.queries.overview.grid import matrix
from natrium.apps.workflows.queries.overview.head import head
from natrium.apps.workflows.queries.overview.lists import chosen_steps, chosen_tasks, steps, tasks
from natrium.apps.workflows.queries.overview.views import views
from natrium.apps.workflows.queries.overview.workload import friday, late_tasks, workload

__all__ = [
    "board",
    "choices",
    "chosen_steps",
    "chosen_tasks",
    "friday",
    "head",
    "late_tasks",
    "matrix",
    "steps",
    "tasks",
    "views",
    "workload",
]
