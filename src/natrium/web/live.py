"""Pages that show what colleagues do meanwhile, without losing what is being typed.

How a page becomes one: in its template the macro `live(address, state, says)` of components/live.html, outside of
what is swapped; `data-live-region` on each part with an id that may be swapped whole; and a view at that address
that answers `unchanged(request, state) or` the page itself. `state` is anything short that differs when the page
does (a count of events, say), and is found with one cheap statement: every open page asks every five seconds
(static/js/behaviours/live.js). The empty answer carries the number beside the bell. `data-live-busy` on anything inside
a region says that it must not be swapped now.
"""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from natrium.apps.workflows.panels import ActivityLine
from natrium.web.http import asked, unread_of, whole_number


def unchanged(request: HttpRequest, state: str | int) -> HttpResponse | None:
    """An empty answer where the page that asks shows this state already; else None."""
    if request.GET.get("since") != str(state):
        return None
    answer = HttpResponse(status=204)
    answer["Cache-Control"] = "no-store"
    answer["Natrium-Unread"] = unread_of(asked(request).by)
    return answer


def told(lines: Iterable[ActivityLine], shown: str | None, me: int) -> str:
    """What others did since the line numbered `shown`, in a sentence; "" for nothing. `lines` are newest first."""
    since = whole_number(shown)
    if since is None:
        return ""
    new = [line for line in lines if line.id > since and not (line.who and line.who.id == me)]
    if not new:
        return ""
    main = next((line for line in new if line.step_key), new[0])
    others = len({(line.at, line.actor) for line in new}) - 1
    more = f", and {others} more {'change' if others == 1 else 'changes'}" if others else ""
    return f"{main.words}{more}."


def all_mine(lines: Iterable[ActivityLine], shown: str | None, me: int) -> bool:
    """Whether all since the line numbered `shown` was the member's own doing. `lines` are newest first."""
    since = whole_number(shown)
    if since is None:
        return False
    new = [line for line in lines if line.id > since]
    return not new or (new[-1].id == since + 1 and all(line.who is not None and line.who.id == me for line in new))
