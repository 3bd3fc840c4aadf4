"""Making one job different: groups and steps of one workflow added, moved, edited, removed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import (
    Day,
    Id,
    Name,
    Nothing,
    RuledKey,
    RuledKeys,
    RuledName,
    RuledPlace,
    RuledText,
    Strict,
)
from natrium.api.etags import if_match
from natrium.api.problems import ERRORS
from natrium.api.steps import ActedOut, out
from natrium.apps.workflows import operations
from natrium.domain.workflow.actions import (
    AddGroup,
    AddStep,
    Edit,
    EditGroup,
    EditStep,
    MoveGroup,
    MoveStep,
    RemoveGroup,
    RemoveStep,
)
from natrium.domain.workflow.definition import (
    Assign,
    Due,
    DueFrom,
    DueUnit,
    Order,
    Rule,
    StepDefinition,
    WaitsOn,
)

router = Router(tags=["customising"])
Minutes = Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": 100_000})]


class DueIn(Strict):
    """When a step is due: days from a date of the task, or the name of a statutory rule."""

    days: Annotated[int, Field(json_schema_extra={"minimum": -3660, "maximum": 3660})] = 0
    unit: Literal["days", "working_days"] = "days"
    from_: Annotated[Literal["target", "statutory", "attached"], Field(alias="from")] = "target"
    rule: RuledName = ""


class StepFields(Strict):
    """What can be said of a step."""

    guidance: RuledText = ""
    assign: Literal["task_owner", "client_manager", "client_partner", "unassigned"] = "unassigned"
    blocking: bool = False
    required: bool = False
    after: RuledKeys = []
    estimate: Minutes | None = None
    due: DueIn | None = None
    waits_on: Literal["client", "third_party"] | None = None
    review: bool = False
    approval: bool = False
    filing: bool = False


class NewStep(StepFields):
    """A step to add to a group; `position` counts from 0, left out is the end."""

    group: RuledKey
    key: RuledKey
    name: RuledName
    position: RuledPlace | None = None


class NewGroup(Strict):
    """A group to add."""

    key: RuledKey
    name: RuledName
    order: Literal["sequential", "any"] = "sequential"
    gate: bool = False
    position: RuledPlace | None = None


class StepChange(StepFields):
    """Fields to change (those that are sent), what the person saw (`shown`), and why where that loosens a rule."""

    name: RuledName = ""
    due_on: Day | None = None
    reason: RuledText = ""
    shown: dict[Name, Any] = {}


class GroupChange(Strict):
    """Fields to change of a group."""

    name: RuledName = ""
    order: Literal["sequential", "any"] = "sequential"
    gate: bool = False
    reason: RuledText = ""
    shown: dict[Name, Any] = {}


class StepMove(Strict):
    """Where a step goes; the place counts without the step itself."""

    group: RuledKey
    position: RuledPlace
    reason: RuledText = ""


class GroupMove(Strict):
    """Where a group goes; the place counts without the group itself."""

    position: RuledPlace
    reason: RuledText = ""


def _value(name: str, value: Any) -> object:  # noqa: ANN401 - a field of any kind
    """A field as the rules want it."""
    match name, value:
        case "due", DueIn():
            return Due(days=value.days, unit=DueUnit(value.unit), from_=DueFrom(value.from_), rule=value.rule)
        case "due", dict():
            return _value("due", DueIn.model_validate(value))
        case "assign", str():
            return Assign(rule=Rule(value)) if value in set(Rule) else value
        case "after", list():
            return tuple(value)
        case "waits_on", str():
            return WaitsOn(value) if value in set(WaitsOn) else value
        case "order", str():
            return Order(value) if value in set(Order) else value
        case "due_on", str():
            return date.fromisoformat(value)
    return value


def _edit(request: HttpRequest, response: HttpResponse, workflow_id: int, edit: Edit, **more: Any) -> ActedOut:  # noqa: ANN401
    who = asked(request)
    return out(operations.edit(by=who.by, at=who.at, workflow_id=workflow_id, edit=edit, **more), response)


@router.post("/workflows/{int:workflow_id}/steps", response={200: ActedOut, **ERRORS})
def add_step(request: HttpRequest, response: HttpResponse, workflow_id: Id, body: NewStep) -> ActedOut:
    """Add a step to this workflow only."""
    fields = {name: _value(name, getattr(body, name)) for name in StepFields.model_fields}
    step = StepDefinition(key=body.key, name=body.name, **fields)  # type: ignore[arg-type]
    return _edit(request, response, workflow_id, AddStep(body.group, step, body.position), if_rev=if_match(request))


@router.post("/workflows/{int:workflow_id}/groups", response={200: ActedOut, **ERRORS})
def add_group(request: HttpRequest, response: HttpResponse, workflow_id: Id, body: NewGroup) -> ActedOut:
    """Add a group to this workflow only."""
    edit = AddGroup(body.key, body.name, Order(body.order), body.gate, body.position)
    return _edit(request, response, workflow_id, edit, if_rev=if_match(request))


@router.patch("/workflows/{int:workflow_id}/steps/{key}", response={200: ActedOut, **ERRORS})
def edit_step(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: StepChange) -> ActedOut:
    """Change fields of a step. Only those that somebody else changed since `shown` are refused (412)."""
    changes, shown = _changes(body)
    edit = EditStep(key, changes, body.reason)
    return _edit(request, response, workflow_id, edit, if_step_rev=if_match(request), shown=shown)


@router.patch("/workflows/{int:workflow_id}/groups/{key}", response={200: ActedOut, **ERRORS})
def edit_group(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: GroupChange) -> ActedOut:
    """Change fields of a group."""
    changes, shown = _changes(body)
    edit = EditGroup(key, changes, body.reason)
    return _edit(request, response, workflow_id, edit, if_rev=if_match(request), shown=shown)


def _changes(body: StepChange | GroupChange) -> tuple[dict[str, object], dict[str, object]]:
    sent = body.model_fields_set - {"reason", "shown"}
    changes = {name: _value(name, getattr(body, name)) for name in sent}
    shown: dict[str, object] = {}
    for name, value in body.shown.items():
        try:
            shown[name] = _value(name, value)
        except ValueError:
            shown[name] = value
    return changes, shown


@router.post("/workflows/{int:workflow_id}/steps/{key}/move", response={200: ActedOut, **ERRORS})
def move_step(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: StepMove) -> ActedOut:
    """Move a step."""
    edit = MoveStep(key, body.group, body.position, body.reason)
    return _edit(request, response, workflow_id, edit, if_rev=if_match(request))


@router.post("/workflows/{int:workflow_id}/groups/{key}/move", response={200: ActedOut, **ERRORS})
def move_group(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: GroupMove) -> ActedOut:
    """Move a group."""
    edit = MoveGroup(key, body.position, body.reason)
    return _edit(request, response, workflow_id, edit, if_rev=if_match(request))


@router.delete("/workflows/{int:workflow_id}/steps/{key}", response={200: ActedOut, **ERRORS})
def remove_step(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str) -> ActedOut:
    """Take away a step that was added here and not worked on."""
    return _edit(request, response, workflow_id, RemoveStep(key), if_rev=if_match(request))


@router.delete("/workflows/{int:workflow_id}/groups/{key}", response={200: ActedOut, **ERRORS})
def remove_group(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str) -> ActedOut:
    """Take away an empty group that was added here."""
    return _edit(request, response, workflow_id, RemoveGroup(key), if_rev=if_match(request))


@router.post("/workflows/{int:workflow_id}/edits/{int:line}/undo", response={200: ActedOut, **ERRORS})
def take_back(request: HttpRequest, response: HttpResponse, workflow_id: Id, line: Id, body: Nothing) -> ActedOut:  # noqa: ARG001
    """Take one's own last edit back, within ten minutes; `line` is what the edit answered with."""
    who = asked(request)
    return out(operations.take_edit_back(by=who.by, at=who.at, workflow_id=workflow_id, seq=line), response)
