"""The form about a task's own facts: what it shows, and what it says when it is sent, in the rules' values.

As in natrium.web.shaping.reading: beside each field `x` a hidden `was_x` says what the page showed.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.http import QueryDict

from natrium.apps.workflows.operations import Clash
from natrium.apps.workflows.shapes import Followers, TaskShape
from natrium.domain.errors import Code, Refusal
from natrium.web import dates
from natrium.web.http import whole_number
from natrium.web.refused import STATUS
from natrium.web.shaping.forms import CLASHED, Form, Theirs
from natrium.web.shaping.reading import Wanted
from natrium.web.workflows.forms import a_day

PARTS: dict[str, tuple[str, ...]] = {
    "title": ("title", "client_id", "service", "period_start", "period_end"),
    "owner": ("owner_id",),
    "target": ("target_date",),
    "statutory": ("statutory_date",),
    "dates": ("other_dates",),
}
FIELDS = ("title", "client_id", "service", "period_start", "period_end", "owner_id", "target_date", "statutory_date",
          "other_dates")  # fmt: skip
DAYS = ("period_start", "period_end", "target_date", "statutory_date")
IDS = {"client_id": "a client", "owner_id": "an owner"}
MOST_DATES = 20


def task_form(shape: TaskShape, part: str) -> Form:
    """The form as it is opened: a part of it, or all."""
    facts = shape.facts
    said: dict[str, str] = {"title": facts.title, "service": facts.service}
    said |= {name: _id(getattr(facts, name)) for name in IDS}
    said |= {name: _day(getattr(facts, name)) for name in DAYS}
    shown = said | {"other_dates": _dates_text(facts.other_dates)}
    typed: dict[str, Sequence[str]] = {name: [text] for name, text in said.items()}
    typed["date_name"] = [name for name, _ in facts.other_dates]
    typed["date_on"] = [on.isoformat() for _, on in facts.other_dates]
    return Form(PARTS.get(part, FIELDS), typed, shown)


def wanted_of_task(post: QueryDict) -> Wanted:
    """What a form about a task wants changed."""
    wanted = Wanted()
    for name in FIELDS:
        if f"was_{name}" not in post:
            continue
        try:
            value, shown = _now(post, name), _was(post, name)
        except Refusal as refusal:
            wanted.wrong[name] = refusal.message
            continue
        if value != shown:
            wanted.changes[name], wanted.shown[name] = value, shown
    return wanted


def refused_form(form: Form, post: QueryDict, wrong: Mapping[str, str], refusal: Refusal | None = None) -> Form:
    """The form with all that was typed; nothing was saved, and it still says what it showed at first."""
    shown = dict(form.shown) | {name: post.get(f"was_{name}", "") for name in form.shown if f"was_{name}" in post}
    messages = dict(wrong)
    if refusal is not None:
        messages[refusal.field if refusal.field in form.fields else ""] = refusal.message
    code = refusal.code if refusal is not None else Code.BAD_VALUE
    return Form(form.fields, _typed(form, post, form.fields), shown, messages, code=code.value, status=STATUS[code])


def clashing_form(
    form: Form, post: QueryDict, clashes: Sequence[Clash], shape: TaskShape, today: date, *, saved: bool
) -> Form:
    """The form after all but the clashing fields were saved: those keep what was typed, beside what stands there."""
    theirs = {one.field: Theirs(one.by, _words(one, shape, today)) for one in clashes}
    typed = _typed(form, post, tuple(theirs))
    return Form(form.fields, typed, form.shown, theirs=theirs, saved=saved, code="stale-edit", status=CLASHED)


def follows(followers: Followers, name: str) -> str:
    """What goes along when a field is changed, in a sentence; "" where nothing does."""
    match name:
        case "owner_id":
            return _sentence(followers.owner, "open step is for the task owner", followers.owner_by_hand, "was given")
        case "client_id":
            return _sentence(followers.client, "open step is for the client’s manager or partner", 0, "")
        case "target_date":
            return _sentence(followers.target, "due date counts from the target", followers.dated_by_hand, "was set")
        case "statutory_date":
            said = "due date counts from the statutory date"
            return _sentence(followers.statutory, said, followers.dated_by_hand, "was set")
    return ""


def _sentence(count: int, said: str, by_hand: int, how: str) -> str:
    if not count:
        return ""
    noun, _, rest = said.partition(" is ") if " is " in said else said.partition(" counts ")
    verb = "is" if " is " in said else "counts"
    if count > 1:
        noun, verb = f"{noun}s", "are" if verb == "is" else "count"
    goes = "goes" if count == 1 else "go"
    along = f"{count} {noun} {verb} {rest}, and {goes} along."
    if by_hand:
        plural = how.replace("was", "were")
        along += f" {by_hand} {how if by_hand == 1 else plural} by hand and {'stays' if by_hand == 1 else 'stay'}."
    return along


def _typed(form: Form, post: QueryDict, fields: Sequence[str]) -> dict[str, Sequence[str]]:
    typed = dict(form.typed) | {name: post.getlist(name) for name in fields if name in post}
    if "other_dates" in fields:
        typed |= {name: post.getlist(name) for name in ("date_name", "date_on")}
    return typed


def _now(post: QueryDict, name: str) -> object:
    return READ[name](post, name)


def _was(post: QueryDict, name: str) -> object:
    text = post.get(f"was_{name}", "")
    if name in IDS:
        return whole_number(text)
    if name in DAYS:
        return a_day(post, f"was_{name}")
    return _dates_of(text) if name == "other_dates" else text


def _text(post: QueryDict, name: str) -> str:
    """Blanks at the ends are no change."""
    text, was = post.get(name, ""), post.get(f"was_{name}", "")
    return was if text.strip() == was.strip() else text.strip()


def _chosen(post: QueryDict, name: str) -> int | None:
    text = post.get(name, "")
    number = whole_number(text)
    if text and number is None:
        raise Refusal(Code.BAD_VALUE, f"Choose {IDS[name]} from the list.")
    return number


def _other_dates(post: QueryDict, _: str) -> tuple[tuple[str, date], ...]:
    """The dates that have a name and a day; a row with neither is left out."""
    found = []
    for name, day in zip(post.getlist("date_name"), post.getlist("date_on"), strict=False):
        if not name.strip() and not day.strip():
            continue
        if not name.strip():
            raise Refusal(Code.BAD_VALUE, f"Say what happens on {day}.")
        try:
            found.append((name.strip(), date.fromisoformat(day.strip())))
        except ValueError:
            raise Refusal(Code.BAD_VALUE, f"“{day}” is not a date: say on which day {name.strip()} is.") from None
    if len(found) > MOST_DATES:
        raise Refusal(Code.BAD_VALUE, f"A task has at most {MOST_DATES} further dates.")
    return tuple(found)


READ: dict[str, Callable[[QueryDict, str], object]] = {
    "title": _text,
    "service": _text,
    **dict.fromkeys(IDS, _chosen),
    **dict.fromkeys(DAYS, a_day),
    "other_dates": _other_dates,
}


def _id(value: int | None) -> str:
    return "" if value is None else str(value)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _dates_text(pairs: Sequence[tuple[str, date]]) -> str:
    return "\n".join(f"{on.isoformat()} {name}" for name, on in pairs)


def _dates_of(text: str) -> tuple[tuple[str, date], ...]:
    try:
        return tuple((line[11:], date.fromisoformat(line[:10])) for line in text.splitlines())
    except ValueError:
        raise Refusal(Code.BAD_VALUE, "The page is too old. Open it again.") from None


def _words(clash: Clash, shape: TaskShape, today: date) -> str:
    """What stands in a clashing field now."""
    if clash.field in IDS:
        choices = shape.choices.clients if clash.field == "client_id" else shape.choices.members
        nobody = "internal" if clash.field == "client_id" else "nobody"
        known = {"client_id": shape.client, "owner_id": shape.owner}[clash.field]
        return next((one.name for one in choices if one.id == clash.value), known if clash.value else nobody)
    if isinstance(clash.value, tuple):
        return ", ".join(f"{name} {dates.day(on, today)}" for name, on in clash.value) or "nothing"
    return dates.day(clash.value, today) if isinstance(clash.value, date) else str(clash.value or "nothing")
