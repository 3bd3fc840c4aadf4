"""The one door in: everything that changes tasks, workflows and templates."""

from natrium.apps.workflows.operations.attaching import Attached, BulkAttached, attach, attach_many
from natrium.apps.workflows.operations.editing import edit
from natrium.apps.workflows.operations.handing_over import HandedOver, Part, change_member, hand_over
from natrium.apps.workflows.operations.people import change_client_people
from natrium.apps.workflows.operations.taking_back import take_edit_back
from natrium.apps.workflows.operations.tasks import TaskFacts, create_task, edit_task, hold
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
from natrium.apps.workflows.operations.work import (
    Acted,
    act,
    act_on_task,
    assign,
    comment_on_task,
    undo,
    undo_on_task,
)

__all__ = [
    "Acted",
    "Attached",
    "BulkAttached",
    "HandedOver",
    "Part",
    "TaskFacts",
    "act",
    "act_on_task",
    "archive",
    "assign",
    "attach",
    "attach_many",
    "change_client_people",
    "change_member",
    "comment_on_task",
    "create_task",
    "create_template",
    "edit",
    "edit_task",
    "hand_over",
    "hold",
    "import_template",
    "import_templates",
    "publish",
    "save_draft",
    "take_edit_back",
    "take_from_library",
    "unarchive",
    "undo",
    "undo_on_task",
]
