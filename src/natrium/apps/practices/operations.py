"""Writing practices and people. Each writes its events to the practice's chain in the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.text import slugify

from natrium.apps.activity.operations import Actor, NewEvent, System, record
from natrium.apps.practices.access import (
    CameIn,
    NewLink,
    NewToken,
    create_api_token,
    create_login_link,
    hash_of,
    invite,
    name_of_login_link,
    note_token_use,
    redeem_login_link,
    revoke_api_token,
)
from natrium.apps.practices.members import (
    add_member,
    added,
    change_role,
    deactivate_member,
    edit_member,
    need_owner,
    new_member,
    note,
    reactivate_member,
    set_single_keys,
)
from natrium.apps.practices.models import Practice
from natrium.apps.practices.passwords import set_password
from natrium.apps.practices.people import SignedIn
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Role
from natrium.domain.text import bounded

__all__ = [
    "CameIn",
    "NewLink",
    "NewPractice",
    "NewToken",
    "add_member",
    "change_role",
    "create_api_token",
    "create_login_link",
    "create_practice",
    "deactivate_member",
    "edit_member",
    "edit_practice",
    "end_setting_up",
    "hash_of",
    "hide_set_up",
    "invite",
    "name_of_login_link",
    "need_owner",
    "note_token_use",
    "reactivate_member",
    "redeem_login_link",
    "revoke_api_token",
    "set_password",
    "set_single_keys",
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
    setting_up: bool = False,
) -> NewPractice:
    """Create a practice with its first owner (who may have a user already; `password` is for a new one).

    `setting_up`: whoever leads it is shown what to do first.

    Raises Refusal (bad-value, with the field) for a missing name, a taken slug, a bad e-mail, zone or calendar.
    """
    by = by or System()
    slug = slug or slugify(name)
    _check_settings(name=name, time_zone=time_zone, calendar=calendar)
    if not slug or Practice.objects.filter(slug=slug).exists():
        raise Refusal(Code.BAD_VALUE, f"Another practice goes by “{slug}” already.", field="slug")
    with transaction.atomic():
        practice = Practice.objects.create(
            name=name.strip(), slug=slug, time_zone=time_zone, calendar=calendar, created_at=at, setting_up=setting_up
        )
        member = new_member(practice.id, owner_name, owner_email, Role.OWNER, at, password=password)
        events = [NewEvent(verb="practice.created", name=practice.name), added(member)]
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
    need_owner(by)
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
        note(by, at, NewEvent(verb="practice.edited", name=practice.name, data={"changes": changes}))


def hide_set_up(*, by: SignedIn, at: datetime) -> None:
    """Put away, for everybody, the list of what a new practice does first. Raises Refusal not-allowed."""
    need_owner(by)
    end_setting_up(practice_id=by.practice_id, by=by, at=at)


def end_setting_up(*, practice_id: int, by: Actor, at: datetime) -> None:
    """The practice is new no longer. One that was not stays as it is."""
    with transaction.atomic():
        practice = Practice.objects.select_for_update(no_key=True).get(pk=practice_id)
        if not practice.setting_up:
            return
        practice.setting_up = False
        practice.save(update_fields=["setting_up"])
        event = NewEvent(verb="practice.edited", name=practice.name, data={"changes": {"setting_up": [True, False]}})
        record(chain="practice", subject_id=practice_id, practice_id=practice_id, events=[event], by=by, at=at)


def _check_settings(*, name: str, time_zone: str, calendar: str) -> None:
    if not name.strip():
        raise Refusal(Code.BAD_VALUE, "A practice needs a name.", field="name")
    bounded(name, "name", field="name", most=200)
    if time_zone not in available_timezones():
        raise Refusal(Code.BAD_VALUE, f"“{time_zone}” is not a time zone.", field="time_zone")
    if calendar not in CALENDARS:
        raise Refusal(Code.BAD_VALUE, f"“{calendar}” is none of {', '.join(CALENDARS)}.", field="calendar")
