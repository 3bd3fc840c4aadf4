"""What the pages beside the task page and my work show (panels.py has those): templates, a timeline, new task.

Filled by natrium.apps.workflows.queries:

- template_list(by) -> tuple[TemplateRow, ...]
- template_page(by, template_id, version=None) -> TemplatePage
- attachable_tasks(by, template_id) -> tuple[Choice, ...], each named "Client · Title"
- timeline(by, task_id, before, kind, member_id) -> Timeline
- new_task_choices(by) -> NewTaskChoices
- ready_count(by) -> int, the number beside My work in the sidebar
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from natrium.apps.workflows.panels import ActivityLine, Choice
from natrium.domain.workflow.comparing import Difference
from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.findings import Finding


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template in the list. `version`: the newest published (None: only a draft). `open`: its unfinished workflows.

    `minutes` is the sum of the estimates given. `library`: it came with the product and was not edited here.
    """

    id: int
    name: str
    description: str
    version: int | None
    groups: int
    steps: int
    minutes: int
    open: int
    archived: bool
    library: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version: its number, by whom and when, how many unfinished workflows are on it, what was noted."""

    number: int
    by: str
    at: datetime
    open: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """A template to read: one published version of it, or the draft where none is published (`version` None).

    `definition` is that version as the rules know it; the page puts it into words. `names` maps the e-mail
    addresses (lower case) that it names to members' names. `versions` are newest first. `drafted`: there is a draft.
    """

    id: int
    definition: Template
    version: int | None
    newest: int | None
    archived: bool
    versions: tuple[VersionLine, ...]
    names: Mapping[str, str]
    can_attach: bool
    drafted: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """A task's activity, newest first. `before` continues it (None: that was all); `entries` counts all."""

    task_id: int
    task: str
    client: str
    lines: tuple[ActivityLine, ...]
    before: int | None
    entries: int


@dataclass(frozen=True, slots=True)
class NewTaskChoices:
    """What the new-task form offers. `services` are the words in use."""

    clients: tuple[Choice, ...]
    members: tuple[Choice, ...]
    services: tuple[str, ...]
    templates: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class NamedMember:
    """A member a template may name: the address it names them by, and their name."""

    email: str
    name: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A template's draft to work on. `version`: the newest published (None: never); `drafted`: there is a draft.

    Without one `draft` is the newest version, and the first change begins the draft. `saved_at` and `saved_by` say
    when and by whom it was changed last.
    """

    id: int
    draft: Template
    rev: int
    version: int | None
    drafted: bool
    archived: bool
    findings: tuple[Finding, ...]
    saved_at: datetime | None
    saved_by: str
    versions: tuple[VersionLine, ...]
    members: tuple[NamedMember, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs from one version of a template to another; `after_number` None is the draft."""

    id: int
    name: str
    before_number: int
    after_number: int | None
    before: Template
    after: Template
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One way in which a workflow differs from its template version, and who made it so.

    `by` is "" and `at` None where the record does not say. `reason` is what was typed: why a step is skipped, why a
    rule was loosened. `at` is aware, in the practice's zone.
    """

    difference: Difference
    by: str
    at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Differences:
    """All in which a workflow differs from the template version it was attached from (`version` None: from none).

    `loosened` says in words which rules of the template do not hold here any more. `known` has the names of steps by
    key, the template's and the workflow's.
    """

    workflow_id: int
    name: str
    task_id: int
    task: str
    template_id: int | None
    version: int | None
    lines: tuple[DifferenceLine, ...]
    loosened: tuple[str, ...]
    known: Mapping[str, str]
