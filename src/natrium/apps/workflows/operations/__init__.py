"""The one door in: everything that changes tasks, workflows and templates."""

from natrium.apps.workflows.batches import Outcome, Refused
from natrium.apps.workflows.clashes import Clash
from natrium.apps.workflows.operations.attaching import Attached, BulkAttached, attach, attach_many
from natrium.apps.workflows.operations.bulk_steps import DueOn, act_on_many, preview_steps
from natrium.apps.workflows.operations.bulk_tasks import (
    AttachTemplate,
    GiveTo,
    MoveTarget,
    SetHold,
    TaskDeed,
    change_many,
    preview_tasks,
)
from natrium.apps.workflows.operations.bulk_undo import undo_batch
from natrium.apps.workflows.operations.client_facts import edit_client, set_client_fact
from natrium.apps.workflows.operations.drafts import (
    Drafted,
    change_draft,
    change_draft_step,
    discard_draft,
    duplicate_template,
    restore_version,
    template_from_workflow,
)
from natrium.apps.workflows.operations.editing import edit
from natrium.apps.workflows.operations.editing_tasks import TaskEdited, edit_task, take_task_edit_back
from natrium.apps.workflows.operations.handing_over import HandedOver, Part, change_member, hand_over
from natrium.apps.workflows.operations.importing import Does, Imported, PlannedRow, import_clients, plan_import
from natrium.apps.workflows.operations.people import change_client_people
from natrium.apps.workflows.operations.taking_back import take_edit_back
from natrium.apps.workflows.operations.tasks import create_task, hold
from natrium.apps.workflows.operations.templates import (
    archive,
    create_template,
    import_template,
    import_templates,
    publish,
    save_draft,
    take_from_library,
    unarchive,
)
from natrium.apps.workflows.operations.views import remove_view, save_view
from natrium.apps.workflows.operations.work import (
    Acted,
    act,
    act_on_task,
    assign,
    comment_on_task,
    undo,
    undo_on_task,
)
from natrium.apps.workflows.taskfacts import TaskFacts

__all__ = [
    "Acted",
    "AttachTemplate",
    "Attached",
    "BulkAttached",
    "Clash",
    "Does",
    "Drafted",
    "DueOn",
    "GiveTo",
    "HandedOver",
    "Imported",
    "MoveTarget",
    "Outcome",
    "Part",
    "PlannedRow",
    "Refused",
    "SetHold",
    "TaskDeed",
    "TaskEdited",
    "TaskFacts",
    "act",
    "act_on_many",
    "act_on_task",
    "archive",
    "assign",
    "attach",
    "attach_many",
    "change_client_people",
    "change_draft",
    "change_draft_step",
    "change_many",
    "change_member",
    "comment_on_task",
    "create_task",
    "create_template",
    "discard_draft",
    "duplicate_template",
    "edit",
    "edit_client",
    "edit_task",
    "hand_over",
    "hold",
    "import_clients",
    "import_template",
    "import_templates",
    "plan_import",
    "preview_steps",
    "preview_tasks",
    "publish",
    "remove_view",
    "restore_version",
    "save_draft",
    "save_view",
    "set_client_fact",
    "take_edit_back",
    "take_from_library",
    "take_task_edit_back",
    "template_from_workflow",
    "unarchive",
    "undo",
    "undo_batch",
    "undo_on_task",
]
