"""The page that finds and does anything, what the palette shows of it, and the page of all keys."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from markupsafe import Markup, escape

from natrium.apps.workflows import queries
from natrium.domain.finding import spans, words_of
from natrium.web import keys
from natrium.web.http import asked, is_htmx, page, signed_in, whole_number
from natrium.web.search.deeds import ways

KINDS = {"clients": "Clients", "tasks": "Tasks", "templates": "Templates", "people": "People"}
LONGEST = 200
MOST_SEEN = 12
ONLY_DEEDS = ">"


@require_GET
@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """What has the words of `q`, a few of each kind, or many of one `kind`; to htmx the palette's options alone.

    A `q` that begins with > looks through what can be done only. `seen`: what this browser looked at lately.
    """
    who, text = asked(request), request.GET.get("q", "")[:LONGEST]
    only_deeds = text.lstrip().startswith(ONLY_DEEDS)
    kind = request.GET.get("kind", "")
    words = words_of(text)
    found = queries.search(by=who.by, at=who.at, text="" if only_deeds else text, kind=kind)
    context = {
        "q": text.strip(),
        "words": words,
        "kind": kind if kind in KINDS else "",
        "kinds": [(name, title, getattr(found, name)) for name, title in KINDS.items()],
        "found": found,
        "only_deeds": only_deeds,
        "recent": () if words or only_deeds else queries.recent(by=who.by, ids=_seen(request.GET.get("seen", ""))),
        "ways": ways(who.by.member.role, words, found),
        "deeds": [key for key in keys.DEEDS if not words or all(word in key.does.casefold() for word in words)],
        "more": {name: f"/search/?{urlencode({'q': text.strip(), 'kind': name})}" for name in KINDS},
    }
    if is_htmx(request):
        return page(request, "search/_options.html", context)
    return page(request, "search/search.html", context, place="search")


@require_GET
@signed_in
def all_keys(request: HttpRequest) -> HttpResponse:
    """Every key, by the pages where it works."""
    return page(request, "search/keys.html", {}, place="keys")


def _seen(text: str) -> list[tuple[str, int]]:
    """Kind and id of what was looked at lately, as the browser says it ("task.12 client.3"); nonsense is left out."""
    found = []
    for one in text.split(" ")[:MOST_SEEN]:
        kind, _, number = one.partition(".")
        id_ = whole_number(number)
        if id_ is not None:
            found.append((kind, id_))
    return found


def lit(text: str, words: Sequence[str]) -> Markup:
    """A text with the words that were looked for marked in it."""
    parts, end = [], 0
    for start, stop in spans(text, words):
        parts += [escape(text[end:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
        end = stop
    return Markup("").join([*parts, escape(text[end:])])
