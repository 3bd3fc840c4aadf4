"""Refusals of what is done with tasks and templates as wholes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.errors import Code
from natrium.domain.workflow.model import Hold
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import ACCOUNTS, group, step
from tests.ways.cases import FILED, LONG, Case, another_owner, held
from tests.ways.deeds import (
    Archive,
    Attach,
    ChangePeople,
    ChangeTask,
    HoldTask,
    Import,
    NewTask,
    NewTemplate,
    Publish,
    SaveDraft,
    Take,
)
from tests.ways.stage import Stage, named

HOLD = HoldTask(Hold.ON_HOLD, "Fees are unpaid")


def facts(**said: object) -> TaskFacts:
    return TaskFacts(**({"title": "Call the bank"} | said))  # type: ignore[arg-type]  # as each field wants


def of_tasks() -> Iterator[tuple[str, Case]]:
    """Holding, creating and editing tasks, and the client's people."""
    yield "hold: a viewer", Case(Code.NOT_ALLOWED, HOLD, who="vera", words="hold, cancel or resume a task")
    yield "hold: staff", Case(Code.NOT_ALLOWED, HOLD, another_owner, "jo", "hold, cancel or resume a task")
    yield "resume task: a viewer", Case(Code.NOT_ALLOWED, HoldTask(Hold.NONE), held, "vera", "resume a task")
    yield "hold: done", Case(Code.WRONG_STATE, HOLD, FILED, words="The task is done")
    yield "cancel: done", Case(Code.WRONG_STATE, HoldTask(Hold.CANCELLED, "x"), FILED, words="The task is done")
    yield "hold: no reason", Case(Code.REASON_NEEDED, HoldTask(Hold.ON_HOLD), words="putting a task on hold")
    yield "cancel: no reason", Case(Code.REASON_NEEDED, HoldTask(Hold.CANCELLED), words="cancelling a task")
    yield "hold: too long a reason", Case(Code.BAD_VALUE, HoldTask(Hold.ON_HOLD, LONG), words="20,001 characters")
    yield "create task: a viewer", Case(Code.NOT_ALLOWED, NewTask(facts()), who="vera", words="To create a task")
    yield "create task: staff for nobody", Case(Code.NOT_ALLOWED, NewTask(facts()), who="jo", words="To create a task")
    bad = Code.BAD_VALUE
    yield "create task: no title", Case(bad, NewTask(facts(title=" ")), words="title")
    yield "create task: too long a title", Case(bad, NewTask(facts(title="x" * 201)), words="200")
    yield "create task: a character that is none", Case(bad, NewTask(facts(title="a\0b")), words="cannot be kept")
    yield "create task: too long a service", Case(bad, NewTask(facts(service="x" * 201)), words="200")
    for who, words in {"lea": "Lea Ward has left", "vera": "Vera Lunn is a viewer"}.items():
        yield (
            f"create task: owned by {who}",
            Case(bad, lambda stage, who=who: NewTask(facts(owner_id=stage.member(who).pk)), words=words),
        )
    backwards = facts(period_start=date(2027, 2, 1), period_end=date(2027, 1, 1))
    yield "create task: a period that ends first", Case(bad, NewTask(backwards), words="ends before it begins")
    for name, template in {"a draft": "draft_id", "an archived template": "archived_id"}.items():
        words = {"draft_id": "has not been published", "archived_id": "is archived"}[template]
        yield (
            f"create task: with {name}",
            Case(Code.BAD_TEMPLATE, lambda stage, at=template: NewTask(facts(), (getattr(stage, at),)), words=words),
        )
        yield (
            f"attach: {name}",
            Case(Code.BAD_TEMPLATE, lambda stage, at=template: Attach(getattr(stage, at)), words=words),
        )
    yield (
        "edit task: a viewer",
        Case(Code.NOT_ALLOWED, ChangeTask({"service": "A"}), who="vera", words="To edit a task"),
    )
    yield "edit task: staff", Case(Code.NOT_ALLOWED, ChangeTask({"service": "A"}), another_owner, "jo", "edit a task")
    yield "edit task: on hold", Case(Code.TASK_HELD, ChangeTask({"service": "A"}), held, words="on hold")
    yield "edit task: no title", Case(bad, ChangeTask({"title": " "}), words="title")
    yield "edit task: too long a title", Case(bad, ChangeTask({"title": "x" * 201}), words="200")
    yield (
        "edit task: owned by one who left",
        Case(bad, lambda stage: ChangeTask({"owner_id": stage.job.cast.lea.pk}), words="Lea Ward has left"),
    )
    yield "attach: a viewer", Case(Code.NOT_ALLOWED, attached, who="vera", words="To attach a workflow")
    yield (
        "attach: staff",
        Case(
            Code.NOT_ALLOWED,
            lambda stage: Attach(stage.library_id, stage.job.task_id),
            another_owner,
            "jo",
            "To attach",
        ),
    )
    yield "attach: on hold", Case(Code.TASK_HELD, attached, held, words="on hold")
    yield "change people: a viewer", Case(Code.NOT_ALLOWED, ChangePeople(None, None), who="vera", words="a client")
    yield "change people: staff", Case(Code.NOT_ALLOWED, ChangePeople(None, None), who="jo", words="a client")
    for who, words in {"lea": "Lea Ward has left", "vera": "Vera Lunn is a viewer"}.items():
        yield (
            f"change people: {who} for manager",
            Case(bad, lambda stage, who=who: ChangePeople(stage.member(who).pk, None), words=words),
        )


def attached(stage: Stage) -> Attach:
    """The library's template onto the task without a workflow."""
    return Attach(stage.library_id)


def redrafted(stage: Stage) -> None:
    """The template Accounts has a draft with a loop in it."""
    looped = replace(ACCOUNTS, groups=(group("g", step("a", after=("b",)), step("b", after=("a",))),))
    save(stage, stage.job.template_id, looped)


def save(stage: Stage, template_id: int, definition: object) -> None:
    """Mark saves a draft."""
    by, at = signed_in(stage.job.cast.mark), stage.clock.at
    operations.save_draft(by=by, at=at, template_id=template_id, definition=definition)  # type: ignore[arg-type]


def renamed(stage: Stage) -> None:
    """Accounts' draft has the library's name."""
    save(stage, stage.job.template_id, replace(ACCOUNTS, name="VAT Return"))


def named_as_archived(stage: Stage) -> None:
    """Another template took the archived one's name."""
    stage.job.publish(named("Long gone"))


def of_templates() -> Iterator[tuple[str, Case]]:
    """Writing, publishing, archiving and importing templates: a manager or above."""
    staff = {
        "create template": NewTemplate("Mine"),
        "save draft": lambda stage: SaveDraft(stage.draft_id, named("Only a draft")),
        "publish": lambda stage: Publish(stage.draft_id),
        "archive": lambda stage: Archive(stage.draft_id),
        "unarchive": lambda stage: Archive(stage.archived_id, back=True),
        "import": Import(named("Mine")),
        "import and publish": Import(named("Mine"), publish=True),
        "take from the library": Take("annual-accounts"),
    }
    for name, deed in staff.items():
        for who in ("vera", "jo"):
            yield f"{name}: {who}", Case(Code.NOT_ALLOWED, deed, who=who, words="To write and publish templates")
    bad, taken, unfit = Code.BAD_VALUE, Code.TAKEN, Code.BAD_TEMPLATE
    yield "create template: no name", Case(bad, NewTemplate(" "), words="needs a name")
    yield "create template: too long a name", Case(bad, NewTemplate("x" * 201), words="200 is the most")
    yield "create template: too long a description", Case(bad, NewTemplate("Mine", LONG), words="20,001 characters")
    yield "create template: name taken", Case(taken, NewTemplate("Accounts"), words="“Accounts” already")
    yield "save draft: no name", Case(bad, lambda stage: SaveDraft(stage.draft_id, named("")), words="needs a name")
    yield (
        "save draft: name taken",
        Case(taken, lambda stage: SaveDraft(stage.draft_id, named("Accounts")), words="“Accounts” already"),
    )
    yield "publish: nothing new", Case(unfit, lambda stage: Publish(stage.job.template_id), words="no draft to publish")
    yield "publish: archived", Case(unfit, lambda stage: Publish(stage.archived_id), words="is archived")
    yield "publish: without steps", Case(unfit, lambda stage: Publish(stage.draft_id), words="no steps")
    yield "publish: a loop", Case(unfit, lambda stage: Publish(stage.job.template_id), redrafted, words="waits for")
    yield (
        "publish: name taken",
        Case(taken, lambda stage: Publish(stage.job.template_id), renamed, words="“VAT Return” already"),
    )
    yield "publish: too long a note", Case(bad, lambda stage: Publish(stage.draft_id, LONG), words="20,000")
    yield (
        "unarchive: name taken",
        Case(
            taken, lambda stage: Archive(stage.archived_id, back=True), named_as_archived, words="“Long gone” already"
        ),
    )
    of_file = ("API", "a file without a name is no template"), ("API under a key", "likewise")
    yield "import: no name", Case(bad, Import(named(" ")), words="needs a name", but=of_file)
    yield (
        "import and publish: no steps",
        Case(unfit, Import(replace(named("Mine"), groups=()), publish=True), words="no steps"),
    )
    yield "import: name taken", Case(taken, Import(named("Accounts")), words="“Accounts” already")
    yield "take from the library: name taken", Case(taken, Take("vat-return"), words="“VAT Return” already")


CASES = (of_tasks(), of_templates())
