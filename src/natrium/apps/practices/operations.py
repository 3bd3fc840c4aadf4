"""Writing practices and people. Each writes its events to the practice's chain in the same transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

from natrium.apps.activity.operations import Actor, NewEvent, System, record
from natrium.apps.database import sql
from natrium.apps.practices.access import (
    NewLink,
    NewToken,
    create_api_token,
    create_login_link,
    hash_of,
    name_of_login_link,
    note_token_use,
    redeem_login_link,
    revoke_api_token,
)
from natrium.apps.practices.models import ApiToken, Member, Practice, Session, User
from natrium.apps.practices.people import SignedIn
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, Role, may, who_may

__all__ = [
    "NewLink",
    "NewPractice",
    "NewToken",
    "add_member",
    "change_role",
    "create_api_token",
    "create_login_link",
    "create_practice",
    "deactivate_member",
    "edit_practice",
    "hash_of",
    "name_of_login_link",
    "note_token_use",
    "redeem_login_link",
    "revoke_api_token",
]

CALENDARS = ("england", "scotland", "northern_ireland")


@dataclass(frozen=True, slots=True)
class NewPractice:
    """What creating a practice made."""

    practice_id: int
    owner_id: int
    user_id: int


def create_practice(
    *,
    name: str,
    owner_name: str,
    owner_email: str,
    at: datetime,
    by: Actor | None = None,
    slug: str = "",
    time_zone: str = "Europe/London",
    calendar: str = "england",
    password: str | None = None,
) -> NewPractice:
    """Create a practice with its first owner (who may have a user already; `password` is for a new one).

    Raises Refusal (bad-value, with the field) for a missing name, a taken slug, a bad e-mail, zone or calendar.
    """
    by = by or System()
    slug = slug or slugify(name)
    _check_settings(name=name, time_zone=time_zone, calendar=calendar)
    if not slug or Practice.objects.filter(slug=slug).exists():
        raise Refusal(Code.BAD_VALUE, f"Another practice goes by “{slug}” already.", field="slug")
    with transaction.atomic():
        practice = Practice.objects.create(
            name=name.strip(), slug=slug, time_zone=time_zone, calendar=calendar, created_at=at
        )
        member = _new_member(practice.id, owner_name, owner_email, Role.OWNER, at, password=password)
        events = [NewEvent(verb="practice.created", name=practice.name), _added(member)]
        record(chain="practice", subject_id=practice.id, practice_id=practice.id, events=events, by=by, at=at)
    assert member.user_id is not None  # noqa: S101 - for the type checker: a new member has a user
    return NewPractice(practice.id, member.id, member.user_id)


def edit_practice(
    *,
    by: SignedIn,
    at: datetime,
    name: str | None = None,
    time_zone: str | None = None,
    calendar: str | None = None,
    weighted_progress: bool | None = None,
) -> None:
    """Change the practice's settings; None leaves one as it is. Raises Refusal (not-allowed, bad-value)."""
    _need_owner(by)
    given = {"name": name, "time_zone": time_zone, "calendar": calendar, "weighted_progress": weighted_progress}
    with transaction.atomic():
        practice = Practice.objects.select_for_update(no_key=True).get(pk=by.practice_id)
        changes = {
            field: [getattr(practice, field), value]
            for field, value in given.items()
            if value is not None and value != getattr(practice, field)
        }
        if not changes:
            return
        for field, (_, value) in changes.items():
            setattr(practice, field, value)
        _check_settings(name=practice.name, time_zone=practice.time_zone, calendar=practice.calendar)
        practice.save(update_fields=list(changes))
        _record(by, at, NewEvent(verb="practice.edited", name=practice.name, data={"changes": changes}))


def add_member(
    *, by: SignedIn, at: datetime, name: str, email: str, role: Role, weekly_hours: float | None = None
) -> int:
    """Add a person to the practice and return the member's id; they sign in by a link until they set a password.

    Raises Refusal: not-allowed; bad-value with the field; in-use where the address is a member's already.
    """
    _need_owner(by)
    with transaction.atomic():
        member = _new_member(by.practice_id, name, email, role, at, weekly_hours=weekly_hours)
        _record(by, at, _added(member))
    return member.id


def change_role(*, by: SignedIn, at: datetime, member_id: int, role: Role) -> None:
    """Give a member another role. Raises NotFound, Refusal (not-allowed; in-use for the last owner)."""
    _need_owner(by)
    with transaction.atomic():
        member = _locked(by.practice_id, member_id)
        if member.role == role:
            return
        before = Role(member.role)
        if before is Role.OWNER:
            _keep_an_owner(member)
        member.role = role
        member.save(update_fields=["role"])
        data = {"member": member.id, "changes": {"role": [before.word, role.word]}}
        _record(by, at, NewEvent(verb="member.role_changed", name=member.name, data=data))


def deactivate_member(*, by: SignedIn, at: datetime, member_id: int) -> None:
    """Let a member go: they can no longer sign in here, and their sessions and tokens end.

    What they hold is handed over before, by the caller. Raises NotFound, Refusal (not-allowed; in-use for the last
    owner). One who has left already stays as they are.
    """
    _need_owner(by)
    with transaction.atomic():
        member = _locked(by.practice_id, member_id)
        if not member.active:
            return
        if member.role == Role.OWNER:
            _keep_an_owner(member)
        member.active, member.left_on = False, at.astimezone(by.zone).date()
        member.save(update_fields=["active", "left_on"])
        Session.objects.filter(member=member).delete()
        ApiToken.objects.filter(member=member, revoked_at=None).update(revoked_at=at)
        data = {"member": member.id, "changes": {"active": [True, False]}}
        _record(by, at, NewEvent(verb="member.left", name=member.name, data=data))


def _new_member(
    practice_id: int,
    name: str,
    email: str,
    role: Role,
    at: datetime,
    *,
    password: str | None = None,
    weekly_hours: float | None = None,
) -> Member:
    name, email = name.strip(), email.strip().lower()
    if not name:
        raise Refusal(Code.BAD_VALUE, "A member needs a name.", field="name")
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal(Code.BAD_VALUE, f"“{email}” is not an e-mail address.", field="email") from error
    if Member.objects.filter(practice_id=practice_id, email=email).exists():
        raise Refusal(Code.IN_USE, f"{email} is a member of the practice already.", field="email")
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, password, name, at)
    zone = sql.value("SELECT time_zone FROM practices_practice WHERE id = %s", (practice_id,))
    return Member.objects.create(
        practice_id=practice_id,
        user=user,
        name=name,
        email=email,
        role=role,
        joined_on=_today(at, zone),
        weekly_hours=weekly_hours,
    )


def _today(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _added(member: Member) -> NewEvent:
    data = {"member": member.id, "email": member.email, "role": Role(member.role).word}
    return NewEvent(verb="member.added", name=member.name, data=data)


def _check_settings(*, name: str, time_zone: str, calendar: str) -> None:
    if not name.strip():
        raise Refusal(Code.BAD_VALUE, "A practice needs a name.", field="name")
    if time_zone not in available_timezones():
        raise Refusal(Code.BAD_VALUE, f"“{time_zone}” is not a time zone.", field="time_zone")
    if calendar not in CALENDARS:
        raise Refusal(Code.BAD_VALUE, f"“{calendar}” is none of {', '.join(CALENDARS)}.", field="calendar")


def _need_owner(by: SignedIn) -> None:
    if not may(by.member.role, Deed.EDIT_PRACTICE):
        raise Refusal(Code.NOT_ALLOWED, f"Members and settings are for {who_may(Deed.EDIT_PRACTICE)}.")


def _locked(practice_id: int, member_id: int) -> Member:
    # The practice's row first: two owners who demote each other at the same moment must not both succeed.
    Practice.objects.select_for_update(no_key=True).get(pk=practice_id)
    member = Member.objects.filter(pk=member_id, practice_id=practice_id).first()
    if member is None:
        message = "There is no such member."
        raise NotFound(message)
    return member


def _keep_an_owner(member: Member) -> None:
    others = Member.objects.filter(practice_id=member.practice_id, role=Role.OWNER, active=True, user__is_active=True)
    if not others.exclude(pk=member.pk).exists():
        raise Refusal(Code.IN_USE, f"{member.name} is the only owner; make somebody else an owner first.")


def _record(by: SignedIn, at: datetime, event: NewEvent) -> None:
    record(chain="practice", subject_id=by.practice_id, practice_id=by.practice_id, events=[event], by=by, at=at)
