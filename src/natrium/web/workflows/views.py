"""Actions on a step of a workflow. Each is one form, one operation, one answer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import Acted
from natrium.domain.errors import Code, Refusal
from natrium.web.http import Asked, asked, signed_in, whole_number
from natrium.web.tasks.answers import Place, answer
from natrium.web.workflows.forms import ACTIONS, NOUNS


@require_POST
@signed_in
def act_on_step(request: HttpRequest, workflow_id: int, key: str, noun: str) -> HttpResponse:
    """Start, wait, complete and so on: `noun` says which. Raises 404 for an unknown one."""
    if noun not in NOUNS:
        raise Http404
    who = asked(request)
    place = Place(0, workflow_id, key, noun)
    return answer(request, place, lambda: _act(request, who, workflow_id, key, noun))


def _act(request: HttpRequest, who: Asked, workflow_id: int, key: str, noun: str) -> Acted:
    if noun == "undo":
        return operations.undo(by=who.by, at=who.at, workflow_id=workflow_id, key=key)
    if noun == "assignment":
        to_id = _to(request)
        return operations.assign(by=who.by, at=who.at, workflow_id=workflow_id, key=key, to_id=to_id)
    action = ACTIONS[noun](key, request.POST)
    return operations.act(by=who.by, at=who.at, workflow_id=workflow_id, actions=[action])


def _to(request: HttpRequest) -> int | None:
    text = request.POST.get("to", "")
    number = whole_number(text)
    if text and number is None:
        raise Refusal(Code.BAD_VALUE, "That is nobody of this practice.", field="to")
    return number
