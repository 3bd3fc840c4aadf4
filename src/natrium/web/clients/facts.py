"""The facts of a client that rules of law and schedules ask for: what each is now, what it was, and saying it anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from natrium.apps.clients import queries as clients
from natrium.apps.clients.queries import Fact
from natrium.apps.workflows import operations
from natrium.domain.client_facts import ALWAYS, BY_NAME, FactKind, offered
from natrium.domain.deadlines.feeds import feeds_of
from natrium.domain.deadlines.rules import RULES
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may
from natrium.web.clients.forms import a_day, in_words
from natrium.web.http import Asked, SeeOther, asked, page, signed_in, whole_number
from natrium.web.refused import STATUS


@dataclass(frozen=True, slots=True)
class Said:
    """A value in words, and since when; None where it is a date of its own or always was so."""

    words: str
    since: date | None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as the page shows it. `now` holds today; `others` are those that held before or will hold.

    `value` is what stands in its field, `rules` the titles of the rules of law that ask for it.
    """

    kind: FactKind
    now: Said | None
    others: tuple[Said, ...]
    value: str
    rules: tuple[str, ...]

    @property
    def has_a_day(self) -> bool:
        """Whether it is said from when on it holds."""
        return not self.kind.once and not getattr(self.kind.value, "is_its_own", False)


@require_http_methods(["GET", "POST"])
@signed_in
def facts(request: HttpRequest, client_id: int) -> HttpResponse:
    """Show the facts of a client, or say what one is from a day on."""
    who, post = asked(request), request.POST
    if request.method == "GET":
        return _page(request, who, client_id, {}, {})
    name = post.get("field", "")
    try:
        day = a_day(post.get("from_date", ""), "from_date") if post.get("from_date", "").strip() else None
        moved = operations.set_client_fact(
            by=who.by, at=who.at, client_id=client_id, field=name, value=post.get("value", ""), from_date=day
        )
    except Refusal as refusal:
        if refusal.code is Code.NOT_ALLOWED:
            clients.client(practice_id=who.by.practice_id, client_id=client_id)
            raise
        typed = {key: value for key, value in post.items() if isinstance(value, str)}
        where = refusal.field if name in BY_NAME else ""
        return _page(request, who, client_id, {where: refusal.message}, typed, refusal.code)
    return SeeOther(f"/clients/{client_id}/facts/?said={name}&moved={moved}#fact-{name}")


def _page(
    request: HttpRequest,
    who: Asked,
    client_id: int,
    errors: Mapping[str, str],
    typed: Mapping[str, str],
    code: Code | None = None,
) -> HttpResponse:
    found = clients.client(practice_id=who.by.practice_id, client_id=client_id)
    known: dict[str, list[Fact]] = {}
    for fact in found.facts:
        known.setdefault(fact.field, []).append(fact)
    today = who.at.date()
    ours, others = ([_row(one, known.get(one.name, []), today) for one in part] for part in offered(found.line.kind))
    said = request.GET.get("said", "")
    context = {
        "c": found,
        "can_edit": may(who.by.member.role, Deed.EDIT_CLIENT),
        "ours": ours + [row for row in others if row.now or row.others],
        "others": [row for row in others if not (row.now or row.others)],
        "errors": errors,
        "typed": typed,
        "code": code or "",
        "said": BY_NAME[said].label if said in BY_NAME else "",
        "moved": whole_number(request.GET.get("moved")) or 0,
    }
    return page(request, "clients/facts.html", context, place="clients", status=STATUS[code] if code else 200)


def _row(kind: FactKind, known: list[Fact], today: date) -> FactRow:
    holding = [fact for fact in known if fact.from_date <= today][-1:]
    rest = [fact for fact in known if fact not in holding]
    return FactRow(
        kind,
        said_of(holding[0]) if holding else None,
        tuple(said_of(fact) for fact in reversed(rest)),
        holding[0].value if holding else "",
        _asking(kind.name),
    )


def said_of(fact: Fact) -> Said:
    """A fact in words. One of a name that is not known any more is said as it stands."""
    kind = BY_NAME.get(fact.field)
    own = kind is None or kind.once or getattr(kind.value, "is_its_own", False) or fact.from_date == ALWAYS
    return Said(in_words(fact.field, fact.value), None if own else fact.from_date)


@cache
def _asking(name: str) -> tuple[str, ...]:
    return tuple(rule.title for rule in RULES.values() if any(feed.fact == name for _, feed in feeds_of(rule.name)))
