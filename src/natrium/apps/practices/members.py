"""Writing people: who is a member, in which role, for how many hours; and who has left.

Each writes its event to the practice's chain in the same transaction.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from natrium.apps.activity.operations import NewEvent, record
from natrium.apps.database import sql
from natrium.apps.practices.models import ApiToken, Member, Practice, Session, User
from natrium.apps.practices.people import SignedIn
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, Role, may, who_may
from natrium.domain.text import bounded
from natrium.domain.workflow.definition import MAX_NAME

MAX_HOURS = Decimal(99)


def add_member(*, by: SignedIn, at: datetime, name: str, email: str, role: Role, weekly_hours: object = None) -> int:
    """Add a person to the practice and return the member's id; they sign in by a link until they set a password.

    Raises Refusal: not-allowed; bad-value with the field; in-use where the address is a member's already.
    """
    need_owner(by)
    with transaction.atomic():
        member = new_member(by.practice_id, name, email, role, at, weekly_hours=weekly_hours)
        note(by, at, added(member))
    return member.id


def edit_member(*, by: SignedIn, at: datetime, member_id: int, changes: Mapping[str, object]) -> None:
    """Change a member's `name`, `weekly_hours` (None: not said) or `role`; equal values write no event.

    Raises NotFound, Refusal (not-allowed; bad-value with the field; in-use for the last owner).
    """
    need_owner(by)
    with transaction.atomic():
        member = _locked(by.practice_id, member_id)
        role = changes.get("role")
        if isinstance(role, Role):
            change_role(by=by, at=at, member_id=member_id, role=role)
        after = {
            "name": _named(str(changes.get("name", member.name))),
            "weekly_hours": hours_of(changes.get("weekly_hours", member.weekly_hours)),
        }
        differ = {
            name: [getattr(member, name), value] for name, value in after.items() if value != getattr(member, name)
        }
        if not differ:
            return
        for name, (_, value) in differ.items():
            setattr(member, name, value)
        member.save(update_fields=list(differ))
        data = {"member": member.id, "changes": {name: [_plain(a), _plain(b)] for name, (a, b) in differ.items()}}
        note(by, at, NewEvent(verb="member.edited", name=member.name, data=data))


def set_single_keys(*, by: SignedIn, at: datetime, on: bool) -> None:
    """Turn one's own single keys on or off. Anybody may; the same again writes no event."""
    with transaction.atomic():
        member = _locked(by.practice_id, by.member.id)
        if member.single_keys == on:
            return
        member.single_keys = on
        member.save(update_fields=["single_keys"])
        data = {"member": member.id, "changes": {"single_keys": [not on, on]}}
        note(by, at, NewEvent(verb="member.edited", name=member.name, data=data))


def reactivate_member(*, by: SignedIn, at: datetime, member_id: int) -> None:
    """Let somebody who left come back; nothing that was handed over returns by itself. Raises NotFound, Refusal."""
    need_owner(by)
    with transaction.atomic():
        member = _locked(by.practice_id, member_id)
        if member.active:
            return
        member.active, member.left_on = True, None
        member.save(update_fields=["active", "left_on"])
        data = {"member": member.id, "changes": {"active": [False, True]}}
        note(by, at, NewEvent(verb="member.returned", name=member.name, data=data))


def hours_of(value: object) -> Decimal | None:
    """Hours a week, to a tenth; None where nothing is said. Raises Refusal bad-value."""
    if value is None or value == "":
        return None
    try:
        hours = Decimal(str(value)).quantize(Decimal("0.1"))
    except ArithmeticError:
        hours = Decimal(-1)
    if not hours.is_finite() or not 0 <= hours <= MAX_HOURS:
        raise Refusal(
            Code.BAD_VALUE, f"Hours a week are a number from 0 to {MAX_HOURS}, such as 37.5.", field="weekly_hours"
        )
    return hours


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value


def _named(name: str) -> str:
    name = name.strip()
    if not name or len(name) > MAX_NAME:
        raise Refusal(Code.BAD_VALUE, f"A member needs a name of at most {MAX_NAME} characters.", field="name")
    return bounded(name, "name", field="name", most=MAX_NAME)


def change_role(*, by: SignedIn, at: datetime, member_id: int, role: Role) -> None:
    """Give a member another role. Raises NotFound, Refusal (not-allowed; in-use for the last owner)."""
    need_owner(by)
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
        note(by, at, NewEvent(verb="member.role_changed", name=member.name, data=data))


def deactivate_member(*, by: SignedIn, at: datetime, member_id: int) -> None:
    """Let a member go: they can no longer sign in here, and their sessions and tokens end.

    What they hold is handed over before, by the caller. Raises NotFound, Refusal (not-allowed; in-use for the last
    owner). One who has left already stays as they are.
    """
    need_owner(by)
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
        note(by, at, NewEvent(verb="member.left", name=member.name, data=data))


def new_member(
    practice_id: int,
    name: str,
    email: str,
    role: Role,
    at: datetime,
    *,
    password: str | None = None,
    weekly_hours: object = None,
) -> Member:
    """A row for a new member, with a user where the address has none. Raises Refusal (bad-value, in-use)."""
    name, email = _named(name), email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal(Code.BAD_VALUE, f"“{email}” is not an e-mail address.", field="email") from error
    if Member.objects.filter(practice_id=practice_id, email=email).exists():
        raise Refusal(Code.IN_USE, f"{email} is a member of the practice already.", field="email")
    known = User.objects.filter(email=email).first()
    user = known or User.objects.create_user(email, password, name, at)
    zone = sql.value("SELECT time_zone FROM practices_practice WHERE id = %s", (practice_id,))
    return Member.objects.create(
        practice_id=practice_id,
        user=user,
        name=name,
        email=email,
        role=role,
        joined_on=_today(at, zone),
        weekly_hours=hours_of(weekly_hours),
        by_password=known is None and password is not None,
    )


def _today(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def added(member: Member) -> NewEvent:
    """The event of somebody becoming a member."""
    data = {"member": member.id, "email": member.email, "role": Role(member.role).word}
    return NewEvent(verb="member.added", name=member.name, data=data)


def need_owner(by: SignedIn) -> None:
    """Raises Refusal not-allowed for all but owners."""
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


def note(by: SignedIn, at: datetime, event: NewEvent) -> None:
    """Put an event on the practice's chain."""
    record(chain="practice", subject_id=by.practice_id, practice_id=by.practice_id, events=[event], by=by, at=at)
