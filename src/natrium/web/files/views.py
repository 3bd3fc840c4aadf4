"""Files on tasks: added, downloaded, removed and brought back."""

from typing import Any, BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from natrium.apps.files import operations, queries, uploads
from natrium.apps.workflows import queries as workflows
from natrium.domain.errors import Code, Refusal
from natrium.domain.files import clean_name, too_big
from natrium.web.http import Asked, SeeOther, asked, is_htmx, page, signed_in, whole_number
from natrium.web.live import all_mine
from natrium.web.refused import Refused, refused
from natrium.web.tasks.context import task_context
from natrium.web.toasts import Toast

SHOW = "files"


@require_POST
@signed_in
def add(request: HttpRequest, task_id: int) -> HttpResponse:
    """Add the files of a form, each by itself: what is wrong with one keeps no other out."""
    who = asked(request)
    added, wrong = _add_all(request, who, task_id)
    if not wrong and not is_htmx(request):
        return SeeOther(f"/tasks/{task_id}/?side=files#activity")
    words = f"Added: {added[0]}" if len(added) == 1 else f"{len(added)} files added"
    toast = Toast(words, task_id=task_id) if added else None
    return _answer(request, who, task_id, toast=toast, wrong=wrong, kept=not added)


def _add_all(request: HttpRequest, who: Asked, task_id: int) -> tuple[list[str], list[Refusal]]:
    """The names of what was added, and why the others were not. Raises NotFound."""
    names = uploads.too_big(request)
    wrong = [too_big(clean_name(name)) for name in names]
    given = request.FILES.getlist("file")
    if not given and not wrong:
        return [], [Refusal(Code.BAD_VALUE, "Choose a file to add.", field="file")]
    if len(given) > uploads.AT_ONCE:
        return [], [Refusal(Code.BAD_VALUE, f"At most {uploads.AT_ONCE} files are added at once.", field="file")]
    added = []
    for file in given:
        stream: Any = file
        try:
            added.append(_add(request, who, task_id, file.name or "", stream))
        except Refusal as refusal:
            wrong.append(refusal)
            if refusal.code is not Code.BAD_VALUE:
                break
    return added, wrong


def _add(request: HttpRequest, who: Asked, task_id: int, name: str, stream: BinaryIO) -> str:
    step_id = whole_number(request.POST.get("step"))
    added = operations.add_file(by=who.by, at=who.at, task_id=task_id, step_id=step_id, name=name, file=stream)
    return added.name


@require_GET
@signed_in
def download(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A file's content, to be kept and never shown: what is in it must not act in the name of this site."""
    content = queries.content(by=asked(request).by, file_id=file_id)
    answer = FileResponse(content.file, as_attachment=True, filename=content.name, content_type=content.content_type)
    answer["Content-Length"] = str(content.size)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_POST
@signed_in
def remove(request: HttpRequest, file_id: int) -> HttpResponse:
    """Take a file off its task."""
    return _change(request, file_id, restoring=False)


@require_POST
@signed_in
def restore(request: HttpRequest, file_id: int) -> HttpResponse:
    """Bring a removed file back."""
    return _change(request, file_id, restoring=True)


def _change(request: HttpRequest, file_id: int, *, restoring: bool) -> HttpResponse:
    who = asked(request)
    task_id, line = queries.file(by=who.by, file_id=file_id)
    act = operations.restore_file if restoring else operations.remove_file
    wrong = []
    toast = None
    try:
        act(by=who.by, at=who.at, file_id=file_id)
    except Refusal as refusal:
        wrong = [refusal]
    else:
        undo = "" if restoring else f"/files/{file_id}/restoration/"
        words = f"{'Brought back' if restoring else 'Removed'}: {line.name}"
        toast = Toast(words, undo=undo, target="#side", task_id=task_id)
    if not wrong and not is_htmx(request):
        return SeeOther(f"/tasks/{task_id}/?side=files#activity")
    return _answer(request, who, task_id, toast=toast, wrong=wrong)


def _answer(
    request: HttpRequest,
    who: Asked,
    task_id: int,
    *,
    toast: Toast | None,
    wrong: list[Refusal],
    kept: bool = False,
) -> HttpResponse:
    """The files as they are now, and what was refused. `kept`: the form goes on as it stands, with what it holds."""
    no = _as_one(request, wrong) if wrong else None
    found = workflows.task_page(by=who.by, at=who.at, task_id=task_id)
    context = task_context(found, who, side=SHOW, refused=no) | {
        "toast": toast,
        "wrong": [refusal.message for refusal in wrong],
        "upload_step": whole_number(request.POST.get("step")),
        "up_to_date": all_mine(found.activity, request.POST.get("since"), who.by.member.id),
    }
    status = no.status if no else 200
    if not is_htmx(request):
        return page(request, "tasks/task.html", context, status=status)
    if not kept:
        return page(request, "tasks/_files_changed.html", context, status=status)
    answer = page(request, "tasks/_files_refused.html", context, status=status)
    answer["HX-Reswap"] = "none"
    return answer


def _as_one(request: HttpRequest, wrong: list[Refusal]) -> Refused:
    """The first refusal, as the page takes one."""
    return refused(wrong[0], request.POST, noun="files", place=-1)
