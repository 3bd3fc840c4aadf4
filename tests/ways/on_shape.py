"""Refusals of making one job different: steps and groups added, moved, edited, removed."""

from collections.abc import Iterator
from typing import Any

from natrium.domain.errors import Code
from natrium.domain.workflow.actions import (
    AddGroup,
    AddStep,
    EditGroup,
    EditStep,
    MoveGroup,
    MoveStep,
    RemoveGroup,
    RemoveStep,
    Start,
)
from natrium.domain.workflow.definition import Due, Order
from tests.integration.apps.workflows.jobs import done, step
from tests.ways.cases import ASK_DONE, LONG, NO_SUCH, NOTES_SKIPPED, TOMORROW, Case, after, another_owner, held, nothing
from tests.ways.stage import Situation, Stage

WHY = "This client signs at the door"


def edited(*edits: Any) -> Situation:
    """Priya edited the workflow so."""

    def come_about(stage: Stage) -> None:
        for edit in edits:
            stage.job.edit(stage.job.cast.priya, edit)

    return come_about


EXTRA = edited(AddStep("prepare", step("extra"), 0))
MORE = edited(AddGroup("more", "More"))
GOOD: dict[str, tuple[Any, Situation]] = {
    "add step": (AddStep("prepare", step("extra")), nothing),
    "add group": (AddGroup("more", "More"), nothing),
    "move step": (MoveStep("notes", "prepare", 0), nothing),
    "move group": (MoveGroup("more", 0), MORE),
    "edit step": (EditStep("notes", {"name": "Other"}), nothing),
    "edit step, due": (EditStep("notes", {"due_on": TOMORROW}), nothing),
    "edit group": (EditGroup("gather", {"name": "Other"}), nothing),
    "remove step": (RemoveStep("extra"), EXTRA),
    "remove group": (RemoveGroup("more"), MORE),
}


def everywhere() -> Iterator[tuple[str, Case]]:
    """A viewer, staff who do not own the task, a held task."""
    for name, (deed, before) in GOOD.items():
        yield f"{name}: a viewer", Case(Code.NOT_ALLOWED, deed, before, "vera", "viewer")
        yield f"{name}: staff", Case(Code.NOT_ALLOWED, deed, after(before, another_owner), "jo", "add, move and edit")
        yield f"{name}: on hold", Case(Code.TASK_HELD, deed, after(before, held), words="Fees are unpaid")


LOOSER: dict[str, Any] = {
    "move step: out of the blocking one's reach": MoveStep("sign", "gather", 0, WHY),
    "move group: out of the blocking one's reach": MoveGroup("finish", 0, WHY),
    "edit step: no longer blocking": EditStep("check", {"blocking": False}, WHY),
    "edit step: after fewer": EditStep("file", {"after": ()}, WHY),
    "edit group: no longer a gate": EditGroup("gather", {"gate": False}, WHY),
    "edit group: in any order": EditGroup("gather", {"order": Order.ANY}, WHY),
}


def loosening() -> Iterator[tuple[str, Case]]:
    """A template's rule is loosened by a partner, with a reason."""
    for name, deed in LOOSER.items():
        yield f"{name}, by a manager", Case(Code.NOT_ALLOWED, deed, who="mark", words="loosen a template's rule")
        blank = type(deed)(*[getattr(deed, one) for one in list(type(deed).__dataclass_fields__)[:-1]])
        yield f"{name}, without a reason", Case(Code.REASON_NEEDED, blank, who="priya", words="Say why: loosening")
    endless = EditStep("check", {"blocking": False}, LONG)
    yield "edit step: too long a reason", Case(Code.BAD_VALUE, endless, who="priya", words="20,001 characters")


def of_values() -> Iterator[tuple[str, Case]]:
    """What has no sense."""
    bad = Code.BAD_VALUE
    name, most = "x" * 201, "1 to 200 characters"
    yield "add step: no name", Case(bad, AddStep("prepare", step("extra", name=" ")), words=most)
    yield "add step: too long a name", Case(bad, AddStep("prepare", step("extra", name=name)), words=most)
    yield "add step: no estimate", Case(bad, AddStep("prepare", step("extra", estimate=-1)), words="0 to 100,000")
    yield "add step: too long a guidance", Case(bad, AddStep("prepare", step("extra", guidance=LONG)), words="20,000")
    yield "add step: no such place", Case(bad, AddStep("prepare", step("extra"), 9), words="Places run from 0 to 3")
    yield "add step: no key", Case(bad, AddStep("prepare", step("Not A Key", name="Extra")), words="small letters")
    yield "add group: no name", Case(bad, AddGroup("more", ""), words=most)
    yield "add group: too long a name", Case(bad, AddGroup("more", name), words=most)
    yield "add group: no such place", Case(bad, AddGroup("more", "More", position=9), words="Places run from 0 to 3")
    yield "add group: no key", Case(bad, AddGroup("Not A Key", "More"), words="small letters")
    yield "move step: no such place", Case(bad, MoveStep("notes", "prepare", 9), words="Places run from 0 to 2")
    yield "move group: no such place", Case(bad, MoveGroup("gather", 9), words="Places run from 0 to 2")
    yield "edit step: no name", Case(bad, EditStep("notes", {"name": " "}), words=most)
    yield "edit step: too long a name", Case(bad, EditStep("notes", {"name": name}), words=most)
    yield (
        "edit step: a character that is none",
        Case(bad, EditStep("notes", {"name": "a\0b"}), words="control character"),
    )
    yield "edit step: too long a guidance", Case(bad, EditStep("notes", {"guidance": LONG}), words="20,000")
    yield "edit step: guidance of no character", Case(bad, EditStep("notes", {"guidance": "a\0"}), words="not text")
    yield "edit step: no estimate", Case(bad, EditStep("notes", {"estimate": 100_001}), words="0 to 100,000")
    yield "edit step: due too far away", Case(bad, EditStep("notes", {"due": Due(days=-4000)}), words="3660 either way")
    yield "edit step: due by no rule", Case(bad, EditStep("notes", {"due": Due(rule="Never!")}), words="“Never!”")
    yield "edit step: waits for itself twice", Case(bad, EditStep("file", {"after": ("approve",) * 2}), words="twice")
    yield "edit group: no name", Case(bad, EditGroup("gather", {"name": ""}), words=most)
    yield "edit group: too long a name", Case(bad, EditGroup("gather", {"name": name}), words=most)


def of_keys() -> Iterator[tuple[str, Case]]:
    """Steps and groups that are not there, or are there already; loops."""
    unknown = Code.UNKNOWN_KEY
    yield "add step: no such group", Case(unknown, AddStep(NO_SUCH, step("extra")), words=f"no group “{NO_SUCH}”")
    yield (
        "add step: after no such step",
        Case(unknown, AddStep("prepare", step("extra", after=(NO_SUCH,))), words=NO_SUCH),
    )
    yield "move step: no such step", Case(unknown, MoveStep(NO_SUCH, "prepare", 0), words=f"no step “{NO_SUCH}”")
    yield "move step: no such group", Case(unknown, MoveStep("notes", NO_SUCH, 0), words=f"no group “{NO_SUCH}”")
    yield "move group: no such group", Case(unknown, MoveGroup(NO_SUCH, 0), words=f"no group “{NO_SUCH}”")
    yield "edit step: no such step", Case(unknown, EditStep(NO_SUCH, {"name": "Other"}), words=f"no step “{NO_SUCH}”")
    yield "edit step: after no such step", Case(unknown, EditStep("notes", {"after": (NO_SUCH,)}), words="to wait for")
    yield (
        "edit group: no such group",
        Case(unknown, EditGroup(NO_SUCH, {"name": "Other"}), words=f"no group “{NO_SUCH}”"),
    )
    yield "remove step: no such step", Case(unknown, RemoveStep(NO_SUCH), words=f"no step “{NO_SUCH}”")
    yield "remove group: no such group", Case(unknown, RemoveGroup(NO_SUCH), words=f"no group “{NO_SUCH}”")
    taken = Code.DUPLICATE_KEY
    yield "add step: key of a step", Case(taken, AddStep("prepare", step("ask")), words="“ask” is taken")
    yield "add step: key of a group", Case(taken, AddStep("prepare", step("gather")), words="“gather” is taken")
    yield "add group: key of a step", Case(taken, AddGroup("ask", "More"), words="“ask” is taken")
    loop = "That closes a loop: "
    yield "add step: a loop", Case(Code.CYCLE, AddStep("gather", step("extra", after=("file",)), 0), words=loop)
    yield "move step: a loop", Case(Code.CYCLE, MoveStep("notes", "gather", 0), edited(after_file), words=loop)
    yield (
        "move group: a loop",
        Case(
            Code.CYCLE, MoveGroup("late", 0), edited(AddGroup("late", "Late", gate=True), WAITING_FOR_FILE), words=loop
        ),
    )
    yield (
        "edit step: a loop",
        Case(Code.CYCLE, EditStep("ask", {"after": ("file",)}), words="“Ask” waits for “File”, which waits for"),
    )
    yield "edit step: a loop of one", Case(Code.CYCLE, EditStep("notes", {"after": ("notes",)}), words="“Notes” waits")
    yield (
        "edit group: a loop",
        Case(Code.CYCLE, EditGroup("prepare", {"order": Order.SEQUENTIAL}), edited(draft_after_notes), words=loop),
    )


after_file = EditStep("notes", {"after": ("draft",)})
draft_after_notes = EditStep("draft", {"after": ("notes",)})
WAITING_FOR_FILE = AddStep("late", step("archive", after=("file",)))


def of_what_stays() -> Iterator[tuple[str, Case]]:
    """What is settled, what is the template's, what was worked on, what is named."""
    yield "move step: done", Case(Code.SETTLED, MoveStep("ask", "gather", 1), ASK_DONE, words="“Ask” is done")
    yield "move step: skipped", Case(Code.SETTLED, MoveStep("notes", "prepare", 0), NOTES_SKIPPED, words="is skipped")
    yield (
        "move group: with what is done",
        Case(Code.SETTLED, MoveGroup("gather", 2, WHY), ASK_DONE, "priya", "“Ask” is done"),
    )
    yield "edit step: done", Case(Code.SETTLED, EditStep("ask", {"name": "Other"}), ASK_DONE, words="“Ask” is done")
    yield (
        "edit step: skipped",
        Case(Code.SETTLED, EditStep("notes", {"required": True}), NOTES_SKIPPED, words="is skipped"),
    )
    for flag, key in {"required": "sign", "review": "check", "approval": "approve", "filing": "file"}.items():
        yield (
            f"edit step: {flag} cleared",
            Case(
                Code.CANNOT_CLEAR, EditStep(key, {flag: False}, WHY), who="priya", words="by its template, and stays so"
            ),
        )
    yield "remove step: the template's", Case(Code.TEMPLATE_STEP, RemoveStep("notes"), words="comes from the template")
    yield "remove group: the template's", Case(Code.TEMPLATE_STEP, RemoveGroup("gather"), words="from the template")
    worked_on = after(EXTRA, ("jo", done("ask")), ("jo", done("receive")), ("jo", Start("extra")))
    yield "remove step: worked on", Case(Code.WORKED_ON, RemoveStep("extra"), worked_on, words="was worked on")
    used = after(EXTRA, edited(EditStep("notes", {"after": ("extra",)})))
    yield "remove step: named", Case(Code.IN_USE, RemoveStep("extra"), used, words="“Notes” waits for it by name")
    full = edited(AddGroup("more", "More"), AddStep("more", step("extra")))
    yield "remove group: with steps", Case(Code.IN_USE, RemoveGroup("more"), full, words="still has 1 of the steps")


CASES = (everywhere(), loosening(), of_values(), of_keys(), of_what_stays())
