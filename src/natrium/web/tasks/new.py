"""The new-task form."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_POST

from natrium.apps.catalogue import queries as catalogue
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Role
from natrium.web.http import Asked, SeeOther, asked, page, signed_in, whole_number
from natrium.web.refused import STATUS
from natrium.web.tasks.naming import client_named, names_of
from natrium.web.workflows.forms import a_day

DAYS = ("period_start", "period_end", "target_date", "statutory_date")
CHOICES = {"client_id": "a client", "owner_id": "an owner", "template_id": "a workflow"}
# Where something wrong with a choice is said.
FIELDS = {"client_id": "client"}


@require_GET
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """The empty form; a client, service or template in the address is filled in."""
    who = asked(request)
    typed = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    return _form(request, who, {"owner_id": str(who.by.member.id)} | typed, {}, named=typed)


@require_POST
@signed_in
def create(request: HttpRequest) -> HttpResponse:
    """Create the task, and attach a workflow where one was chosen."""
    who = asked(request)
    facts, template_id, errors = _read(request.POST, who)
    status, code = 422, Code.BAD_VALUE.value
    if not errors:
        try:
            templates = [template_id] if template_id is not None else []
            task_id = operations.create_task(by=who.by, at=who.at, facts=facts, template_ids=templates)
        except Refusal as refusal:
            field = "template_id" if refusal.field == "template_ids" else refusal.field
            errors, status, code = {field: refusal.message}, STATUS[refusal.code], refusal.code.value
        except NotFound as missing:
            errors, status, code = {"": str(missing)}, 404, "not-found"
        else:
            return SeeOther(f"/tasks/{task_id}/")
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    return _form(request, who, typed, errors, status=status, code=code)


def _form(
    request: HttpRequest,
    who: Asked,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    status: int = 200,
    code: str = "",
    named: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The form. `named`: what the address fills in, which must be among the choices: else it is not found."""
    if who.by.member.role < Role.STAFF and not errors:
        words = {"message": "A viewer reads. Creating tasks takes staff or above."}
        return page(request, "403.html", words, status=403)
    choices = queries.new_task_choices(by=who.by)
    offered = {"client_id": choices.clients, "owner_id": choices.members, "template_id": choices.templates}
    for name, options in offered.items():
        wanted = (named or {}).get(name)
        if wanted and whole_number(wanted) not in {one.id for one in options}:
            raise NotFound(f"The address names {CHOICES[name]} that there is not in this practice.")
    clients = names_of(choices.clients)
    named_by_id = clients.get(whole_number(typed.get("client_id")) or 0, "")
    typed = {"client": named_by_id} | dict(typed)
    fits = catalogue.fitting_templates(by=who.by, service=typed.get("service", "")) if typed.get("service") else ()
    context = {
        "choices": choices,
        "clients": clients.values(),
        "services": _services(who, choices.services),
        "fitting": [one for id_ in fits for one in choices.templates if one.id == id_],
        "others": [one for one in choices.templates if one.id not in fits],
        "typed": typed,
        "errors": errors,
        "code": code,
    }
    return page(request, "tasks/new.html", context, status=status)


def _services(who: Asked, used: Sequence[str]) -> list[str]:
    """What the practice sells, and what tasks were called by else; a name once, in any case."""
    sold = [line.name for line in catalogue.services(by=who.by)]
    known = {name.casefold() for name in sold}
    return [*sold, *(name for name in used if name.casefold() not in known)]


def _read(post: QueryDict, who: Asked) -> tuple[TaskFacts, int | None, dict[str, str]]:
    """The form as facts, and what is wrong with it by field."""
    errors: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name in DAYS:
        try:
            days[name] = a_day(post, name)
        except Refusal as refusal:
            errors[name] = refusal.message
    ids: dict[str, int | None] = {}
    for name, what in CHOICES.items():
        ids[name] = whole_number(post.get(name)) if post.get(name) else None
        if post.get(name) and ids[name] is None:
            errors[FIELDS.get(name, name)] = f"Choose {what} from the list."
    if name := post.get("client", "").strip():
        try:
            ids["client_id"] = client_named(name, queries.clients_to_choose(by=who.by))
        except Refusal as refusal:
            errors["client"] = refusal.message
    facts = TaskFacts(
        title=post.get("title", "").strip(),
        client_id=ids["client_id"],
        service=post.get("service", "").strip(),
        owner_id=ids["owner_id"],
        period_start=days.get("period_start"),
        period_end=days.get("period_end"),
        target_date=days.get("target_date"),
        statutory_date=days.get("statutory_date"),
    )
    return facts, ids["template_id"], errors
