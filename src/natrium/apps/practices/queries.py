"""Reading practices, people, and who is signed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from hmac import compare_digest
from types import MappingProxyType
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import DEFAULT_DB_ALIAS

from natrium.apps.database import sql
from natrium.apps.practices.models import User
from natrium.apps.practices.people import SignedIn
from natrium.apps.practices.sessions import SessionStore
from natrium.domain.errors import NotFound
from natrium.domain.roles import Role
from natrium.domain.workflow.model import Member

__all__ = [
    "MemberLine",
    "PracticeSettings",
    "SessionRow",
    "SignedIn",
    "TokenLine",
    "acting",
    "member_by_token",
    "member_of",
    "members",
    "memberships",
    "opened_by_password",
    "practice_settings",
    "read_session",
    "signed_in",
    "tokens",
    "user_by_id",
]

# The columns of a member with their practice, as `_signed_in` takes them.
MEMBER = """m.id, m.name, m.role, m.email, p.id, p.name, p.slug, p.time_zone, p.weighted_progress, p.calendar,
    m.single_keys, p.setting_up"""
COLUMNS = 12
USER = ("id", "password", "last_login", "email", "name", "is_active", "date_joined")

SESSION_SQL = f"""
    SELECT s.session_data, s.expire_date, {", ".join(f"u.{name}" for name in USER)}, {MEMBER}
    FROM practices_session s
    LEFT JOIN practices_user u ON u.id = s.user_id AND u.is_active
    LEFT JOIN practices_member m ON m.user_id = u.id AND m.active AND (s.member_id IS NULL OR m.id = s.member_id)
    LEFT JOIN practices_practice p ON p.id = m.practice_id
    WHERE s.session_key = %s AND s.expire_date > %s
    ORDER BY m.id LIMIT 1
"""
TOKEN_SQL = f"""
    SELECT {MEMBER}, u.id, t.id, t.scope, t.last_used_at
    FROM practices_apitoken t
    JOIN practices_member m ON m.id = t.member_id AND m.active
    JOIN practices_user u ON u.id = m.user_id AND u.is_active
    JOIN practices_practice p ON p.id = t.practice_id
    WHERE t.token_hash = %s AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > %s)
"""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session that is still good: its data, and who it signs in. `user` is None for a stranger's session.

    `member` is None for a user who is (no longer) an active member of any practice.
    """

    data: dict[str, Any]
    expires_at: datetime
    user: User | None
    member: SignedIn | None


def read_session(session_key: str, now: datetime) -> SessionRow | None:
    """Return the session with this key in one statement; None where there is none, or it has expired.

    The member is the one that the session is for, and no other of the same user; the user's first where it says
    none. Nobody is signed in by a session from before a change of password.
    """
    found = sql.row(SESSION_SQL, (session_key, now))
    if found is None:
        return None
    data = dict(_decoded(found[0]))
    expires_at = cast("datetime", sql.moment(found[1]))
    user = User.from_db(DEFAULT_DB_ALIAS, USER, found[2:9]) if found[2] is not None else None
    if user is None or not _verified(user, data):
        return SessionRow(data, expires_at, None, None)
    member = _signed_in(found[9:], user.id) if found[9] is not None else None
    return SessionRow(data, expires_at, user, member)


@lru_cache(maxsize=1024)
def _decoded(text: str) -> Mapping[str, Any]:
    """What a session holds, its signature checked: the same text says the same each time."""
    return MappingProxyType(SessionStore().decode(text))


def signed_in(session_key: str, now: datetime) -> SignedIn | None:
    """Return the member whom a session signs in, in one statement; None for nobody."""
    found = read_session(session_key, now)
    return found.member if found else None


def member_by_token(token_hash: str, now: datetime) -> SignedIn | None:
    """Return the member of an API token (the SHA-256 of its text, hex), in one statement.

    None where the token is unknown, expired or revoked, or its member has left.
    """
    found = sql.row(TOKEN_SQL, (token_hash, now))
    if found is None:
        return None
    user_id, token_id, scope, used_at = found[COLUMNS:]
    return _signed_in(found, user_id, token_id=token_id, scope=scope, token_used_at=sql.moment(used_at))


def acting(*, email: str, slug: str = "") -> SignedIn:
    """Return a member by e-mail, for whoever has the machine: in the practice with this slug, or in the only one.

    Raises NotFound, also where the address is a member's of several practices and none is named.
    """
    found = sql.rows(
        f"""SELECT {MEMBER}, u.id FROM practices_member m JOIN practices_user u ON u.id = m.user_id AND u.is_active
            JOIN practices_practice p ON p.id = m.practice_id
            WHERE m.active AND lower(m.email) = %s AND (%s = '' OR p.slug = %s)""",
        (email.strip().lower(), slug, slug),
    )
    if len(found) != 1:
        which = "Name the practice with --practice." if found else "Nobody who can sign in has that address."
        raise NotFound(which)
    return _signed_in(found[0], found[0][COLUMNS])


def _signed_in(row: tuple[Any, ...], user_id: int, **token: Any) -> SignedIn:  # noqa: ANN401 - a token's columns
    member_id, name, role, email, practice_id, practice, slug, time_zone, weighted, calendar = row[:10]
    single_keys, setting_up = row[10:COLUMNS]
    return SignedIn(
        member=Member(id=member_id, name=name, role=Role(role)),
        email=email,
        practice_id=practice_id,
        practice=practice,
        slug=slug,
        time_zone=time_zone,
        weighted=bool(weighted),
        calendar=calendar,
        user_id=user_id,
        single_keys=bool(single_keys),
        setting_up=bool(setting_up),
        **token,
    )


@lru_cache(maxsize=1024)
def _auth_hash(password: str) -> str:
    """What Django signs a user's sessions with; it follows from the stored password alone."""
    return User(password=password).get_session_auth_hash()


def _verified(user: User, data: dict[str, Any]) -> bool:
    if data.get(SESSION_KEY) != str(user.pk) or data.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return False
    kept = str(data.get(HASH_SESSION_KEY, ""))
    return compare_digest(kept, _auth_hash(user.password)) or any(
        compare_digest(kept, older) for older in user.get_session_auth_fallback_hash()
    )


@dataclass(frozen=True, slots=True)
class PracticeSettings:
    """The practice's own settings. `calendar` says whose bank holidays count: england, scotland, northern_ireland."""

    name: str
    time_zone: str
    calendar: str
    weighted_progress: bool


def practice_settings(*, practice_id: int) -> PracticeSettings:
    """Return the settings of a practice that exists."""
    found = sql.row(
        "SELECT name, time_zone, calendar, weighted_progress FROM practices_practice WHERE id = %s", (practice_id,)
    )
    assert found is not None  # noqa: S101 - whoever is signed in has a practice
    return PracticeSettings(found[0], found[1], found[2], bool(found[3]))


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member as lists show one. `weekly_hours` is None where not given."""

    id: int
    name: str
    email: str
    role: Role
    active: bool
    joined_on: date | None
    left_on: date | None
    weekly_hours: Decimal | None


def members(*, practice_id: int, active_only: bool = False) -> list[MemberLine]:
    """Return the practice's members by name."""
    only = "AND active" if active_only else ""
    found = sql.rows(
        f"""SELECT id, name, email, role, active, joined_on, left_on, weekly_hours FROM practices_member
            WHERE practice_id = %s {only} ORDER BY name, id""",
        (practice_id,),
    )
    return [
        MemberLine(id_, name, email, Role(role), bool(active), sql.day(joined), sql.day(left), hours_read(hours))
        for id_, name, email, role, active, joined, left, hours in found
    ]


def hours_read(value: object) -> Decimal | None:
    """Hours a week as the database gives them: a number on SQLite, a decimal on PostgreSQL."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.1"))


def member_of(*, practice_id: int, member_id: int) -> Member:
    """Return a member of the practice, active or not. Raises NotFound."""
    found = sql.row(
        "SELECT id, name, role, active FROM practices_member WHERE id = %s AND practice_id = %s",
        (member_id, practice_id),
    )
    if found is None:
        message = "There is no such member."
        raise NotFound(message)
    return Member(id=found[0], name=found[1], role=Role(found[2]), active=bool(found[3]))


def opened_by_password(*, user_id: int) -> int | None:
    """Return the member whose practice the user's password opens, the first of several; None where it opens none."""
    found: int | None = sql.value(
        """SELECT m.id FROM practices_member m JOIN practices_user u ON u.id = m.user_id AND u.is_active
           WHERE m.user_id = %s AND m.active AND m.by_password ORDER BY m.id LIMIT 1""",
        (user_id,),
    )
    return found


def memberships(*, user_id: int) -> list[tuple[int, int, str]]:
    """Return the practices a user may work in: member id, practice id, practice name; by name."""
    return [
        (row[0], row[1], row[2])
        for row in sql.rows(
            """SELECT m.id, p.id, p.name FROM practices_member m JOIN practices_practice p ON p.id = m.practice_id
               WHERE m.user_id = %s AND m.active ORDER BY p.name, m.id""",
            (user_id,),
        )
    ]


@dataclass(frozen=True, slots=True)
class TokenLine:
    """An API token as its member sees it: all but the token."""

    id: int
    name: str
    prefix: str
    scope: str
    created_at: datetime | None
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


def tokens(*, practice_id: int, member_id: int) -> list[TokenLine]:
    """Return a member's API tokens, newest first."""
    found = sql.rows(
        """SELECT id, name, prefix, scope, created_at, expires_at, last_used_at, revoked_at FROM practices_apitoken
           WHERE practice_id = %s AND member_id = %s ORDER BY id DESC""",
        (practice_id, member_id),
    )
    return [TokenLine(*row[:4], *(sql.moment(at) for at in row[4:])) for row in found]


def user_by_id(user_id: int) -> User:
    """Return a user, for Django's own sign-in functions. Raises NotFound."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        message = "There is no such user."
        raise NotFound(message)
    return user
