"""Members: adding, changing, what one holds, handing that over; and the practice's own settings."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import Id, Name, Strict
from natrium.api.problems import ERRORS
from natrium.api.tasks import Created
from natrium.apps.practices import operations as practices
from natrium.apps.practices import queries as practice_queries
from natrium.apps.practices.queries import PracticeSettings
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import HandedOver, Part
from natrium.apps.workflows.queries import HeldLine
from natrium.domain.roles import Role

router = Router(tags=["people"])
RoleWord = Literal["viewer", "staff", "manager", "partner", "owner"]
Hours = Annotated[Decimal, Field(ge=0, le=99)]


class MemberOut(Schema):
    """A member of the practice."""

    id: int
    name: str
    email: str
    role: str
    active: bool
    weekly_hours: Decimal | None


class NewMember(Strict):
    """A person to come in."""

    name: Annotated[Name, Field(min_length=1)]
    email: Annotated[Name, Field(min_length=1)]
    role: RoleWord = "staff"
    weekly_hours: Hours | None = None


class MemberChange(Strict):
    """What to change of a member."""

    name: Annotated[Name, Field(min_length=1)] = ""
    role: RoleWord = "staff"
    weekly_hours: Hours | None = None


class HeldOut(Schema):
    """What a member holds; of steps and tasks the first hundred."""

    steps: list[HeldLine]
    steps_count: int
    tasks: list[HeldLine]
    tasks_count: int
    managed: list[str]
    partnered: list[str]
    templates: list[str]


class HandOver(Strict):
    """Which parts go to whom (null: to nobody). `leaves`: everything goes, and the member with it."""

    managed: Id | None = None
    partnered: Id | None = None
    tasks: Id | None = None
    steps: Id | None = None
    templates: Id | None = None
    leaves: bool = False


class LinkOut(Schema):
    """A sign-in address, shown this once; it is relative to where Natrium runs."""

    path: str
    expires_at: datetime


class PracticeChange(Strict):
    """Settings to change."""

    name: Annotated[Name, Field(min_length=1)] | None = None
    time_zone: Annotated[Name, Field(max_length=60)] | None = None
    calendar: Literal["england", "scotland", "northern_ireland"] | None = None
    weighted_progress: bool | None = None


@router.get("/members", response={200: list[MemberOut], **ERRORS})
def members(request: HttpRequest) -> list[MemberOut]:
    """The practice's members by name."""
    found = practice_queries.members(practice_id=asked(request).by.practice_id)
    return [
        MemberOut(id=m.id, name=m.name, email=m.email, role=m.role.word, active=m.active, weekly_hours=m.weekly_hours)
        for m in found
    ]


@router.post("/members", response={201: Created, **ERRORS})
def add(request: HttpRequest, body: NewMember) -> Any:  # noqa: ANN401 - a status with its body
    """A new member of the practice."""
    who = asked(request)
    made = practices.add_member(
        by=who.by, at=who.at, name=body.name, email=body.email, role=Role.parse(body.role),
        weekly_hours=body.weekly_hours,
    )  # fmt: skip
    return Status(201, Created(id=made))


@router.patch("/members/{int:member_id}", response={200: Created, **ERRORS})
def change(request: HttpRequest, member_id: Id, body: MemberChange) -> Created:
    """Change a member's name, hours or role."""
    who = asked(request)
    changes: dict[str, object] = body.model_dump(include=set(body.model_fields_set))
    if "role" in changes:
        changes["role"] = Role.parse(body.role)
    operations.change_member(by=who.by, at=who.at, member_id=member_id, changes=changes)
    return Created(id=member_id)


@router.get("/members/{int:member_id}/holdings", response={200: HeldOut, **ERRORS})
def holdings(request: HttpRequest, member_id: Id) -> HeldOut:
    """What a member holds: what a hand-over would give away."""
    held = queries.holdings(by=asked(request).by, member_id=member_id)
    return HeldOut(
        steps=list(held.steps),
        steps_count=held.steps_count,
        tasks=list(held.tasks),
        tasks_count=held.tasks_count,
        managed=[one.name for one in held.managed],
        partnered=[one.name for one in held.partnered],
        templates=[one.name for one in held.templates],
    )


@router.post("/members/{int:member_id}/hand-over", response={200: HandedOver, **ERRORS})
def hand_over(request: HttpRequest, member_id: Id, body: HandOver) -> HandedOver:
    """Give a member's work to others; only the parts that are sent, or all where the member leaves."""
    who = asked(request)
    to = {part: getattr(body, part.value) for part in Part if part.value in body.model_fields_set}
    return operations.hand_over(by=who.by, at=who.at, member_id=member_id, to=to, leaves=body.leaves)


@router.post("/members/{int:member_id}/return", response={200: Created, **ERRORS})
def come_back(request: HttpRequest, member_id: Id) -> Created:
    """Let a member who left come back. Again is harmless."""
    who = asked(request)
    practices.reactivate_member(by=who.by, at=who.at, member_id=member_id)
    return Created(id=member_id)


@router.post("/members/{int:member_id}/sign-in-link", response={201: LinkOut, **ERRORS})
def sign_in_link(request: HttpRequest, member_id: Id) -> Any:  # noqa: ANN401 - a status with its body
    """An address with which a member signs in once: for their first time, or a lost password."""
    who = asked(request)
    made = practices.invite(by=who.by, at=who.at, member_id=member_id)
    return Status(201, LinkOut(path=made.path, expires_at=made.expires_at))


@router.get("/practice", response={200: PracticeSettings, **ERRORS})
def practice(request: HttpRequest) -> PracticeSettings:
    """The practice's settings."""
    return practice_queries.practice_settings(practice_id=asked(request).by.practice_id)


@router.patch("/practice", response={200: PracticeSettings, **ERRORS})
def change_practice(request: HttpRequest, body: PracticeChange) -> PracticeSettings:
    """Change the practice's settings."""
    who = asked(request)
    practices.edit_practice(by=who.by, at=who.at, **body.model_dump(exclude_none=True))
    return practice_queries.practice_settings(practice_id=who.by.practice_id)
