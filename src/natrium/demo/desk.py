"""What the story needs at hand to make a task: people, ids, templates and the day it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from natrium.apps.clients import notes
from natrium.apps.database import sql
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.demo.months import working_days_before
from natrium.demo.story import ZONE, Firm
from natrium.domain.workflow.actions import Action, Edit
from natrium.domain.workflow.definition import StepDefinition


@dataclass(frozen=True, slots=True)
class Desk:
    """The firm; clients and templates by name; each template's steps; the day on which the story ends."""

    firm: Firm
    clients: Mapping[str, int]
    templates: Mapping[str, int]
    steps: Mapping[str, tuple[StepDefinition, ...]]
    today: date

    def id_of(self, name: str) -> int:
        """The id of a member, by first name."""
        return self.firm.by[name].member.id

    def make(self, name: str, at: datetime, facts: TaskFacts, *templates: str) -> tuple[int, list[int]]:
        """A task made by somebody; its id, and its workflows'."""
        ids = [self.templates[template] for template in templates]
        task_id = operations.create_task(by=self.firm.by[name], at=at, facts=facts, template_ids=ids)
        found = sql.rows("SELECT id FROM workflows_workflow WHERE task_id = %s ORDER BY id", (task_id,))
        return task_id, [row[0] for row in found]

    def ago(self, working_days: int, hour: int, minute: int = 0) -> datetime:
        """A moment so many working days before the story ends."""
        return datetime.combine(working_days_before(self.today, working_days), time(hour, minute), ZONE)

    def act(self, name: str, at: datetime, workflow_id: int, *actions: Action) -> None:
        """Somebody takes actions."""
        operations.act(by=self.firm.by[name], at=at, workflow_id=workflow_id, actions=actions)

    def say_of(self, name: str, at: datetime, client: str, text: str) -> None:
        """Somebody leaves a note on a client."""
        notes.add_note(by=self.firm.by[name], at=at, client_id=self.clients[client], text=text)

    def edit(self, name: str, at: datetime, workflow_id: int, edit: Edit) -> None:
        """Somebody changes the job."""
        operations.edit(by=self.firm.by[name], at=at, workflow_id=workflow_id, edit=edit)
