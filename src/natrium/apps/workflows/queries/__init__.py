"""The one door out: everything that pages and API show of tasks, workflows and templates."""

from natrium.apps.workflows.queries import overview
from natrium.apps.workflows.queries.batches import BatchPage, batch, batch_page
from natrium.apps.workflows.queries.clients import (
    ClientCounts,
    ClientNotes,
    ClientPage,
    ClientTask,
    client_counts,
    client_notes,
    client_page,
    will_follow,
)
from natrium.apps.workflows.queries.delegated import delegated, delegated_ids
from natrium.apps.workflows.queries.differences import differences
from natrium.apps.workflows.queries.drafts import comparison, draft_page, names_by_email
from natrium.apps.workflows.queries.holdings import HeldLine, Holdings, PersonLine, Receipt, holdings, people, receipt
from natrium.apps.workflows.queries.listing import TaskFilter, TaskLine, task_list
from natrium.apps.workflows.queries.my_work import has_tasks, my_work, ready_count, section_ids
from natrium.apps.workflows.queries.one_workflow import workflow
from natrium.apps.workflows.queries.search import recent, search
from natrium.apps.workflows.queries.setting_up import FirstSteps, first_steps
from natrium.apps.workflows.queries.shapes import group_shape, step_shape
from natrium.apps.workflows.queries.task_page import task_page
from natrium.apps.workflows.queries.task_shapes import task_shape
from natrium.apps.workflows.queries.tasks import (
    KINDS,
    clients_to_choose,
    entries,
    new_task_choices,
    task_of_workflow,
    timeline,
)
from natrium.apps.workflows.queries.templates import (
    attachable_tasks,
    check_attachable,
    library_left,
    not_attachable,
    template_by_name,
    template_draft,
    template_list,
    template_page,
)
from natrium.apps.workflows.queries.work_step import step_place, work_row, work_step

__all__ = [
    "KINDS",
    "BatchPage",
    "ClientCounts",
    "ClientNotes",
    "ClientPage",
    "ClientTask",
    "FirstSteps",
    "HeldLine",
    "Holdings",
    "PersonLine",
    "Receipt",
    "TaskFilter",
    "TaskLine",
    "attachable_tasks",
    "batch",
    "batch_page",
    "check_attachable",
    "client_counts",
    "client_notes",
    "client_page",
    "clients_to_choose",
    "comparison",
    "delegated",
    "delegated_ids",
    "differences",
    "draft_page",
    "entries",
    "first_steps",
    "group_shape",
    "has_tasks",
    "holdings",
    "library_left",
    "my_work",
    "names_by_email",
    "new_task_choices",
    "not_attachable",
    "overview",
    "people",
    "ready_count",
    "receipt",
    "recent",
    "search",
    "section_ids",
    "step_place",
    "step_shape",
    "task_list",
    "task_of_workflow",
    "task_page",
    "task_shape",
    "template_by_name",
    "template_draft",
    "template_list",
    "template_page",
    "timeline",
    "will_follow",
    "work_row",
    "work_step",
    "workflow",
]
