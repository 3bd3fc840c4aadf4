"""What a browser without JavaScript is told after an action: the redirect names it, the page says it with Undo."""

import re

from natrium.apps.workflows.panels import TaskPage
from natrium.domain.workflow.lint_values import KEY_PATTERN
from natrium.web.http import whole_number
from natrium.web.tasks.answers import Place, toast_for
from natrium.web.toasts import Toast

KEY = re.compile(KEY_PATTERN)


def toast_on_task(page: TaskPage, did: str) -> Toast | None:
    """The toast for `?did=workflow.step.verb`, on the task's page."""
    place, verb = _read(did, page.task.id)
    return toast_for(page, place, (verb,)) if place else None


def _read(did: str, task_id: int) -> tuple[Place, str] | tuple[None, str]:
    workflow, _, rest = did.partition(".")
    key, _, verb = rest.partition(".")
    workflow_id = whole_number(workflow)
    # Whoever wrote the address: Undo leads to a step and nowhere else.
    if workflow_id is None or KEY.fullmatch(key) is None:
        return None, ""
    return Place(task_id, workflow_id, key, "undo"), verb
