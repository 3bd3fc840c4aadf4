"""What can be asked for beside the rules' own actions and edits: undo, and what concerns tasks and templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from natrium.apps.workflows.operations import DueOn, Part, TaskDeed, TaskFacts
from natrium.domain.workflow.actions import Action, Complete, Edit, Reopen, Resume, Start, Wait
from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.model import Hold


@dataclass(frozen=True, slots=True)
class Undo:
    """Take one's own last action on a step back."""

    key: str


@dataclass(frozen=True, slots=True)
class Own:
    """An action on the one step of a task without a workflow (`task` 0: the stage's)."""

    action: Action
    task: int = 0


@dataclass(frozen=True, slots=True)
class UndoOwn:
    """Take one's own last action on it back."""

    task: int = 0


@dataclass(frozen=True, slots=True)
class HoldTask:
    """Put the task on hold, cancel it, or resume it."""

    to: Hold
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Comment on the task as a whole."""

    text: str


@dataclass(frozen=True, slots=True)
class Attach:
    """A template onto the stage's task without a workflow, or onto another."""

    template: int
    task: int = 0


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task, with templates attached."""

    facts: TaskFacts
    templates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeTask:
    """Other facts of the task."""

    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeOwn:
    """Another owner or target date of the task, asked of its one step (`task` 0: the stage's without a workflow)."""

    changes: Mapping[str, Any]
    task: int = 0


@dataclass(frozen=True, slots=True)
class ChangePeople:
    """Another manager and partner for the client."""

    manager: int | None
    partner: int | None


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """A template with a draft."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """What a template's draft is from now on."""

    template: int
    definition: Template


@dataclass(frozen=True, slots=True)
class Publish:
    """A template's draft as its next version."""

    template: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """A template out of the lists, or (`back`) into them again."""

    template: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """A template from elsewhere."""

    template: Template
    publish: bool = False


@dataclass(frozen=True, slots=True)
class Take:
    """A template of the library."""

    slug: str


@dataclass(frozen=True, slots=True)
class TakeEditBack:
    """One's own last edit of the workflow taken back; `line` is its number in the task's record."""

    line: int


@dataclass(frozen=True, slots=True)
class ManySteps:
    """One action on many steps; the action's key does not matter."""

    steps: tuple[int, ...]
    action: Action | DueOn


@dataclass(frozen=True, slots=True)
class ManyTasks:
    """One change to many tasks."""

    tasks: tuple[int, ...]
    change: TaskDeed


@dataclass(frozen=True, slots=True)
class UndoBatch:
    """What was done to many at once taken back."""

    batch: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """A member's work given to others; `leaves`: and the member goes."""

    member: int
    to: Mapping[Part, int | None] = field(default_factory=dict)
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class ChangeMember:
    """Another name, other hours or another role for a member."""

    member: int
    changes: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TakeTaskEditBack:
    """One's own change of the task's facts, or its hold, taken back; `line` is its number in the task's record."""

    line: int


@dataclass(frozen=True, slots=True)
class SaveView:
    """Filters kept under a name, for everybody or for oneself."""

    name: str
    page: str = "list"
    query: str = ""
    shared: bool = True


@dataclass(frozen=True, slots=True)
class RemoveView:
    """A kept view taken away."""

    view: int


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """A change of domain/workflow/drafting.py to a template's draft, by the function's name, with what it is given."""

    template: int
    change: str
    given: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeDraftStep:
    """Other values in fields of a step of a draft."""

    template: int
    key: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DiscardDraft:
    """A template's draft forgotten."""

    template: int


@dataclass(frozen=True, slots=True)
class RestoreVersion:
    """A published version as the draft again."""

    template: int
    number: int = 1


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A template like another."""

    template: int


@dataclass(frozen=True, slots=True)
class FromWorkflow:
    """A template made of the stage's job; without a name it finds one."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """To be told of these kinds in the app."""

    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadAll:
    """All up to a notification counts as read."""

    up_to: int


@dataclass(frozen=True, slots=True)
class AddContact:
    """A person at the client."""

    name: str


@dataclass(frozen=True, slots=True)
class EditContact:
    """Another name for a person at the client."""

    contact: int
    name: str


@dataclass(frozen=True, slots=True)
class RemoveContact:
    """A person at the client taken away."""

    contact: int


@dataclass(frozen=True, slots=True)
class SayOfClient:
    """A note on the client."""

    text: str


@dataclass(frozen=True, slots=True)
class ImportClients:
    """Clients from a file, done (or, `only_plan`, only looked at)."""

    text: str
    only_plan: bool = False


@dataclass(frozen=True, slots=True)
class ChangeClient:
    """Other values in fields of the client."""

    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SayFact:
    """What holds of the client from a day on."""

    field: str
    value: str
    from_date: date


@dataclass(frozen=True, slots=True)
class NewService:
    """Something more that the practice sells."""

    name: str


@dataclass(frozen=True, slots=True)
class ChangeService:
    """Another name for it."""

    service: int
    name: str


@dataclass(frozen=True, slots=True)
class ArchiveService:
    """It out of what is offered, or (`back`) offered again."""

    service: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class TakeReady:
    """A service that comes with Natrium."""

    key: str


@dataclass(frozen=True, slots=True)
class AddRecurring:
    """A recurring task of a service: every month, with this title and attached template (0: none)."""

    service: int
    title: str = "Books {period_end:%Y}"
    template: int = 0


@dataclass(frozen=True, slots=True)
class ChangeRecurring:
    """Another title for it."""

    service: int
    recurring: int
    title: str


@dataclass(frozen=True, slots=True)
class RemoveRecurring:
    """No more of its tasks."""

    service: int
    recurring: int


@dataclass(frozen=True, slots=True)
class StartService:
    """The stage's client takes a service."""

    service: int
    starts_on: date


@dataclass(frozen=True, slots=True)
class StartForMany:
    """These clients take a service; `only_plan`: or would."""

    service: int
    clients: tuple[int, ...]
    starts_on: date
    only_plan: bool = False


@dataclass(frozen=True, slots=True)
class PauseService:
    """An engagement stands still from a day on."""

    engagement: int
    on: date


@dataclass(frozen=True, slots=True)
class ResumeService:
    """It goes on."""

    engagement: int


@dataclass(frozen=True, slots=True)
class EndService:
    """Its last day; open tasks stay."""

    engagement: int
    on: date


@dataclass(frozen=True, slots=True)
class DifferService:
    """The owner and the template (0: as the service says) of one recurring task are different for the client."""

    engagement: int
    recurring: int
    owner: int = 0
    template: int = 0


@dataclass(frozen=True, slots=True)
class SaveProposal:
    """Another title for a proposal's draft."""

    proposal: int
    title: str = "Other"


@dataclass(frozen=True, slots=True)
class SendProposal:
    """A proposal to the client."""

    proposal: int


@dataclass(frozen=True, slots=True)
class WithdrawProposal:
    """A proposal taken back."""

    proposal: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviseProposal:
    """A proposal's next version."""

    proposal: int


@dataclass(frozen=True, slots=True)
class RecordAcceptance:
    """What a client said by telephone."""

    proposal: int
    name: str = "Nia Bowen"
    reason: str = "By telephone"


OWN = (Start, Wait, Resume, Complete, Reopen)
Deed = (
    Action | Edit | Undo | Own | UndoOwn | HoldTask | Say | Attach | NewTask | ChangeTask | ChangePeople | NewTemplate
    | TakeEditBack | ManySteps | ManyTasks | UndoBatch | HandOver | ChangeMember | ChangeOwn | SaveDraft | Publish
    | Archive | Import | Take | TakeTaskEditBack | SaveView | RemoveView | ChangeDraft | ChangeDraftStep | DiscardDraft
    | RestoreVersion | Duplicate | FromWorkflow | Wish | ReadAll
    | AddContact | EditContact | RemoveContact | SayOfClient | ImportClients | ChangeClient | SayFact
    | NewService | ChangeService | ArchiveService | TakeReady | AddRecurring | ChangeRecurring | RemoveRecurring
    | StartService | StartForMany | PauseService | ResumeService | EndService | DifferService
    | SaveProposal | SendProposal | WithdrawProposal | ReviseProposal | RecordAcceptance
)  # fmt: skip
