"""Refusals of writing a template by hand, one change at a time; and of views kept of the overview."""

from collections.abc import Iterator
from typing import Any

from natrium.apps.database import sql
from natrium.apps.workflows import operations
from natrium.domain.errors import Code
from tests.builders import signed_in
from tests.ways.cases import LONG, NO_SUCH, Case, nothing
from tests.ways.deeds import (
    ChangeDraft,
    ChangeDraftStep,
    DiscardDraft,
    Duplicate,
    FromWorkflow,
    RemoveView,
    RestoreVersion,
    SaveView,
)
from tests.ways.stage import Stage

WRITING = "To write and publish templates"
GOOD: dict[str, tuple[Any, ...]] = {
    "change_details": ("Year end", "What a year takes"),
    "add_group": ("More",),
    "add_step": ("gather", "One more"),
    "change_group": ("gather", {"name": "Other"}),
    "move_group": ("gather", 1),
    "move_step": ("ask", "gather", 1),
    "remove_step": ("ask",),
    "remove_group": ("gather",),
}


def change(change: str, *given: Any, at: str = "") -> Any:
    """A change of the draft of Accounts, or of the stage's template `at`."""
    return lambda stage: ChangeDraft(getattr(stage, at) if at else stage.job.template_id, change, given)


def change_step(key: str, *, at: str = "", **changes: Any) -> Any:
    """Other fields of a step of it."""
    return lambda stage: ChangeDraftStep(getattr(stage, at) if at else stage.job.template_id, key, changes)


def of_drafts() -> Iterator[tuple[str, Case]]:
    """Each change of a draft: who may not, an archived template, and what is not there or has no sense."""
    deeds = {name: change(name, *given) for name, given in GOOD.items()} | {"step": change_step("ask", name="Other")}
    deeds |= {
        "discard": lambda stage: DiscardDraft(stage.draft_id),
        "restore": lambda stage: RestoreVersion(stage.job.template_id),
        "duplicate": lambda stage: Duplicate(stage.job.template_id),
        "from a job": FromWorkflow(),
    }
    for name, deed in deeds.items():
        for who in ("vera", "jo"):
            yield f"draft, {name}: {who}", Case(Code.NOT_ALLOWED, deed, who=who, words=WRITING)
    for name, given in GOOD.items():
        archived = change(name, *given, at="archived_id")
        yield f"draft, {name}: archived", Case(Code.BAD_TEMPLATE, archived, words="is archived")
    archived = change_step("one", at="archived_id", name="Other")
    yield "draft, step: archived", Case(Code.BAD_TEMPLATE, archived, words="is archived")
    unknown, no_step, no_group = Code.UNKNOWN_KEY, "That step is no longer", "That group is no longer"
    lost = {
        "add_step": (change("add_step", NO_SUCH, "One more"), no_group),
        "change_group": (change("change_group", NO_SUCH, {"name": "Other"}), no_group),
        "move_group": (change("move_group", NO_SUCH, 0), no_group),
        "move_step": (change("move_step", NO_SUCH, "gather", 0), no_step),
        "move_step into": (change("move_step", "ask", NO_SUCH, 0), no_group),
        "remove_step": (change("remove_step", NO_SUCH), no_step),
        "remove_group": (change("remove_group", NO_SUCH), no_group),
        "step": (change_step(NO_SUCH, name="Other"), no_step),
    }
    for name, (deed, words) in lost.items():
        yield f"draft, {name}: not there", Case(unknown, deed, words=words)
    yield (
        "draft, discard: never published",
        Case(Code.BAD_TEMPLATE, lambda stage: DiscardDraft(stage.draft_id), words="never published"),
    )


def of_words() -> Iterator[tuple[str, Case]]:
    """Names and places that cannot be."""
    bad, name = Code.BAD_VALUE, "A name has 1 to 200 characters"
    for what, text in {"no name": " ", "too long a name": "x" * 201}.items():
        for how, deed in {
            "change_details": change("change_details", text, ""),
            "add_group": change("add_group", text),
            "add_step": change("add_step", "gather", text),
            "change_group": change("change_group", "gather", {"name": text}),
            "step": change_step("ask", name=text),
        }.items():
            yield f"draft, {how}: {what}", Case(bad, deed, words=name)
    about = change("change_details", "Accounts", LONG)
    yield "draft, change_details: too long a description", Case(bad, about, words="20,001 characters")
    yield "draft, move_step: no such place", Case(bad, change("move_step", "ask", "gather", 9), words="no such place")
    none = change("change_group", "gather", {"name": "a\0b"})
    yield "draft, change_group: a character that is none", Case(bad, none, words="cannot be kept")
    taken = change("change_details", "Accounts", "", at="draft_id")
    yield "draft, change_details: name taken", Case(Code.TAKEN, taken, words="“Accounts” already")
    yield "from a job: too long a name", Case(bad, FromWorkflow("x" * 201), words="200 is the most")
    yield "from a job: name taken", Case(Code.TAKEN, FromWorkflow("Accounts"), words="“Accounts” already")


def views(count: int = 1) -> Any:
    """Mark keeps views, the first one shared."""

    def come_about(stage: Stage) -> None:
        by = signed_in(stage.job.cast.mark)
        for number in range(count):
            shared = not number
            operations.save_view(by=by, at=stage.clock.at, name=f"V{number}", page="list", query="", shared=shared)

    return come_about


def the_view(_: Stage) -> RemoveView:
    """The shared one, taken away."""
    return RemoveView(sql.value("SELECT COALESCE(MIN(id), 1) FROM workflows_savedview WHERE shared"))


def of_views() -> Iterator[tuple[str, Case]]:
    """Keeping filters under a name for everybody, and taking a colleague's view away."""
    bad, may_not = Code.BAD_VALUE, Code.NOT_ALLOWED
    for who in ("vera", "jo"):
        yield f"save view: {who}", Case(may_not, SaveView("Mine"), who=who, words="To share a view")
        yield f"remove view: {who}", Case(may_not, the_view, views(), who, "To remove a colleague’s view")
    before = {"no name": (SaveView(" "), nothing), "too long a name": (SaveView("x" * 61), nothing)}
    for name, (deed, come_about) in before.items():
        yield f"save view: {name}", Case(bad, deed, come_about, words="1 to 60 characters")
    yield "save view: a character that is none", Case(bad, SaveView("a\0b"), words="1 to 60 characters")
    yield "save view: of no page", Case(bad, SaveView("Mine", "nowhere"), words="A view is of")
    yield "save view: too many", Case(bad, SaveView("Mine"), views(50), words="You keep 50 views")


CASES = (of_drafts(), of_words(), of_views())
