"""What is different for one client in the recurring tasks of a service: owner, target, workflows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from natrium.apps.catalogue import operations, queries
from natrium.apps.catalogue.operations import Override, RefusedOverride
from natrium.apps.catalogue.queries import EngagementLine, OverrideLine, RecurringLine
from natrium.domain.errors import Code, Refusal, StaleEdit
from natrium.web.clients.engagements import for_managers, line_of
from natrium.web.http import Asked, SeeOther, asked, page, signed_in, whole_number
from natrium.web.refused import STATUS
from natrium.web.services.choices import choices
from natrium.web.services.recurring import name_of

PLACES, NONE = 3, "none"
MOST_DAYS = 3_660
AS_HERE = {"owner_member_id": "owner", "days_before": "days", "template_ids": "template1"}


@require_http_methods(["GET", "POST"])
@signed_in
def differences(request: HttpRequest, client_id: int, engagement_id: int) -> HttpResponse:
    """The form; posted, all of it is kept. Tasks that are there stay as they are."""
    who = asked(request)
    line = line_of(who, client_id, engagement_id)
    for_managers(who)
    recurring = queries.service_page(by=who.by, service_id=line.service_id).recurring
    if request.method == "GET":
        kept = queries.overrides_of(by=who.by, engagement_id=engagement_id)
        return _form(request, who, line, recurring, said(recurring, kept) | {"rev": str(line.rev)})
    typed = request.POST.dict()
    asked_of = 0
    try:
        found = []
        for one in recurring:
            asked_of = one.id
            found.append(_read(typed, one.id))
        given = [one for one in found if one is not None]
        rev = whole_number(typed.get("rev"))
        operations.set_overrides(by=who.by, at=who.at, engagement_id=engagement_id, overrides=given, if_rev=rev)
    except StaleEdit as stale:
        words = f"{stale.message} What you typed is still here: save again to keep it."
        now = typed | {"rev": str(stale.current["rev"])}
        return _form(request, who, line, recurring, now, Refusal(Code.STALE, words))
    except Refusal as refusal:
        if isinstance(refusal, RefusedOverride):
            asked_of = refusal.recurring_task_id
        field = f"{AS_HERE.get(refusal.field, refusal.field)}-{asked_of}"
        return _form(request, who, line, recurring, typed, Refusal(refusal.code, refusal.message, field=field))
    return SeeOther(f"/clients/{client_id}/#services")


def said(recurring: tuple[RecurringLine, ...], kept: tuple[OverrideLine, ...]) -> dict[str, str]:
    """What is kept, as the form shows it."""
    by_id = {one.recurring_id: one for one in kept}
    found: dict[str, str] = {}
    for line in recurring:
        one = by_id.get(line.id)
        templates = one.template_ids if one else None
        chosen = [NONE] if templates == () else [str(id_) for id_ in templates or ()]
        found |= {
            f"owner-{line.id}": str(one.owner_member_id or "") if one else "",
            f"days-{line.id}": "" if one is None or one.days_before is None else str(one.days_before),
            **{
                f"template{n + 1}-{line.id}": chosen[n] if n < len(chosen) else ""
                for n in range(max(PLACES, len(chosen)))
            },
        }
    return found


def _read(typed: Mapping[str, str], recurring_id: int) -> Override | None:
    """What is different in one recurring task; None where nothing is. Refuses `bad-value`."""
    owner, days = typed.get(f"owner-{recurring_id}", ""), typed.get(f"days-{recurring_id}", "").strip()
    member = whole_number(owner) if owner else None
    if owner and member is None:
        raise Refusal(Code.BAD_VALUE, "Choose somebody from the list.", field="owner")
    before = whole_number(days) if days else None
    if days and (before is None or before > MOST_DAYS):
        raise Refusal(Code.BAD_VALUE, f"Give a whole number of days from 0 to {MOST_DAYS:,}.", field="days")
    templates = _templates([typed.get(f"template{n}-{recurring_id}", "") for n in _places(typed, recurring_id)])
    if member is None and before is None and templates is None:
        return None
    return Override(recurring_task_id=recurring_id, owner_member_id=member, days_before=before, template_ids=templates)


def _places(typed: Mapping[str, str], recurring_id: int) -> range:
    """The fields for workflows: some, and as many as there are."""
    count = PLACES
    while f"template{count + 1}-{recurring_id}" in typed:
        count += 1
    return range(1, count + 1)


def _templates(texts: list[str]) -> tuple[int, ...] | None:
    chosen = [text for text in texts if text]
    if not chosen:
        return None
    numbers = [whole_number(text) for text in chosen if text != NONE]
    if None in numbers:
        raise Refusal(Code.BAD_VALUE, "Choose a workflow from the list.", field="template1")
    return tuple(dict.fromkeys(number for number in numbers if number is not None))


def _form(
    request: HttpRequest,
    who: Asked,
    line: EngagementLine,
    recurring: tuple[RecurringLine, ...],
    typed: Mapping[str, str],
    no: Refusal | None = None,
) -> HttpResponse:
    offered = choices(who)
    known = {f"{name}-{one.id}" for one in recurring for name in ("owner", "days", "template1")}
    context: dict[str, Any] = {
        "e": line,
        "recurring": [
            (one, name_of(one.facts.title_pattern, line.service), _places(typed, one.id)) for one in recurring
        ],
        "owners": [(value.removeprefix("member:"), words) for value, words in offered.lists["owners"]
                   if value.startswith("member:")],
        "templates": offered.lists["templates"],
        "typed": typed,
        "errors": {no.field if no.field in known else "": no.message} if no else {},
        "code": no.code if no else "",
        "none": NONE,
    }  # fmt: skip
    status = STATUS[no.code] if no else 200
    return page(request, "clients/differences.html", context, place="clients", status=status)
