"""The answer to an action on a step: a page, or the panel for htmx; a refusal comes with what was typed."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse

from natrium.apps.workflows import queries
from natrium.apps.workflows.operations import Acted
from natrium.apps.workflows.panels import StepLine, TaskPage, WorkflowPanel
from natrium.domain.errors import Refusal
from natrium.web.http import Asked, SeeOther, asked, is_htmx, page
from natrium.web.live import all_mine
from natrium.web.refused import Refused, refused, typed_words
from natrium.web.tasks.context import id_of, step_of, task_context
from natrium.web.tasks.side import shown
from natrium.web.toasts import Toast, said


@dataclass(frozen=True, slots=True)
class Place:
    """Where an action happens. `workflow_id` 0 is the task's own step; `task_id` 0: the workflow says."""

    task_id: int
    workflow_id: int
    key: str
    noun: str

    @property
    def address(self) -> str:
        """Where the step's actions are posted."""
        if self.workflow_id:
            return f"/workflows/{self.workflow_id}/steps/{self.key}/"
        return f"/tasks/{self.task_id}/step/"


def answer(request: HttpRequest, place: Place, act: Callable[[], Acted]) -> HttpResponse:
    """Act, and show what came of it where the form was."""
    try:
        acted = act()
    except Refusal as refusal:
        no = refused(refusal, request.POST, key=place.key, noun=place.noun, place=place.workflow_id)
        if place.workflow_id:
            found = queries.task_of_workflow(by=asked(request).by, workflow_id=place.workflow_id)
            place = replace(place, task_id=found)
        return _refused_on_task(request, place, no)
    place = replace(place, task_id=acted.task_id)
    if is_htmx(request):
        return _task_changed(request, place, acted)
    did = f"did={place.workflow_id}.{place.key}.{acted.verbs[-1]}" if acted.verbs and said(acted.verbs, "")[1] else ""
    return SeeOther(f"/tasks/{place.task_id}/{'?' if did else ''}{did}#step-{place.key}")


def toast_for(page_: TaskPage, place: Place, verbs: tuple[str, ...]) -> Toast | None:
    """What is said after an action, with how far the workflow is now."""
    step = step_of(page_, place.workflow_id, place.key)
    words, undoable = said(verbs, step.name if step else page_.task.title)
    if not words:
        return None
    return Toast(
        words,
        more=_now(page_, place.workflow_id),
        undo=f"{place.address}undo/" if undoable and step and "undo" in step.can else "",
        target=f"#wf-{place.workflow_id}",
        task_id=page_.task.id,
    )


def _now(page_: TaskPage, workflow_id: int) -> str:
    panel = next((one for one in page_.workflows if one.id == workflow_id), None)
    if panel is None or panel.progress.percent is None:
        return ""
    if panel.finished:
        return f"{panel.name} is finished."
    left = len(panel.hold_up)
    opens = f" {panel.opens} waits for {left} more." if panel.opens and left else ""
    return f"{panel.progress.percent}%.{opens}"


def _task_changed(request: HttpRequest, place: Place, acted: Acted) -> HttpResponse:
    who = asked(request)
    page_ = queries.task_page(by=who.by, at=who.at, task_id=place.task_id)
    context = task_context(page_, who, side=shown(request))
    context |= {"w": _panel(page_, place), "toast": toast_for(page_, place, acted.verbs)}
    context["up_to_date"] = all_mine(page_.activity, request.POST.get("since"), who.by.member.id)
    return tell_ready(page(request, "tasks/_changed.html", context), who)


def tell_ready(answer_: HttpResponse, who: Asked) -> HttpResponse:
    """The answer to htmx, with the number beside My work as it is now."""
    answer_["HX-Trigger"] = json.dumps({"natrium:work": {"counts": {"ready": queries.ready_count(by=who.by)}}})
    return answer_


def _refused_on_task(request: HttpRequest, place: Place, no: Refused) -> HttpResponse:
    who = asked(request)
    page_ = queries.task_page(by=who.by, at=who.at, task_id=place.task_id)
    step = step_of(page_, place.workflow_id, place.key)
    panel = _panel(page_, place)
    home = place.workflow_id if step is not None else (panel.id if panel else 0)
    no = replace(no, place=home, shown=step is not None, lost="" if _offered(step, no.noun) else _written(request))
    opened = id_of(page_, place.workflow_id, place.key)
    context = task_context(page_, who, side=shown(request), refused=no, opened=opened)
    if is_htmx(request):
        context["w"] = panel
        return page(request, "tasks/_changed.html", context, status=no.status)
    return page(request, "tasks/task.html", context, status=no.status)


def _panel(page_: TaskPage, place: Place) -> WorkflowPanel | None:
    """The workflow that changed; the first, where what was asked for is not on this task."""
    own = next((one for one in page_.workflows if one.id == place.workflow_id), None)
    return own or (page_.workflows[0] if page_.workflows else None)


FORMS = {"completion": "complete", "wait": "wait", "assignment": "assign", "reopening": "reopen", "skip": "skip"}


def _offered(step: StepLine | None, noun: str) -> bool:
    if step is None:
        return False
    if noun == "completion" and not (step.filing or step.approval):
        return False
    return {"override": "override", "comments": "comment", **FORMS}.get(noun, "") in step.can


def _written(request: HttpRequest) -> str:
    return "\n".join(text for _, text in typed_words(request.POST))
