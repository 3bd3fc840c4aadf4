"""Sign-in links and API tokens: made, used, taken back. Only hashes of them are kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from natrium.apps.activity.operations import NewEvent, record
from natrium.apps.database import sql
from natrium.apps.practices.models import ApiToken, LoginLink, Member, User
from natrium.apps.practices.people import SignedIn
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, Role, may, who_may
from natrium.domain.text import bounded

LINK_LASTS = timedelta(hours=1)
INVITATION_LASTS = timedelta(days=7)
TOKEN_PREFIX = "ntr_"  # noqa: S105 - what tokens begin with, so that leaked ones can be searched for
NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NewLink:
    """A sign-in link, to be shown once. `path` is without the site's address."""

    token: str
    path: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewToken:
    """An API token, to be shown once."""

    id: int
    plain: str


def hash_of(token: str) -> str:
    """Return what is kept of a link's or API token's text: its SHA-256, hex."""
    return sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CameIn:
    """Who came in by a sign-in link: the user for Django's login, and the member whose practice it opens."""

    user: User
    member_id: int


def create_login_link(*, email: str, at: datetime) -> NewLink:
    """Make a one-time sign-in address, good for an hour, into the first practice of a user.

    Raises NotFound where nobody with this e-mail is an active member of a practice.
    """
    members = Member.objects.filter(user__email=email.strip().lower(), user__is_active=True, active=True)
    member = members.select_related("user").order_by("id").first()
    if member is None or member.user is None:
        raise NotFound(f"Nobody with the e-mail {email.strip()} can sign in.")
    return _link(member, member.user, at=at, lasts=LINK_LASTS)


def _link(member: Member, user: User, *, at: datetime, lasts: timedelta) -> NewLink:
    token = secrets.token_urlsafe(32)
    link = LoginLink.objects.create(
        user=user, member=member, token_hash=hash_of(token), created_at=at, expires_at=at + lasts
    )
    return NewLink(token, f"/sign-in/link/{token}/", link.expires_at)


def invite(*, by: SignedIn, at: datetime, member_id: int) -> NewLink:
    """Make an address with which a member signs in once within a week: their first time, or a lost password.

    It opens this practice and no other. Raises NotFound, Refusal (not-allowed; bad-value for one who has left).
    """
    if not may(by.member.role, Deed.EDIT_PRACTICE):
        raise Refusal(Code.NOT_ALLOWED, f"To let somebody in takes {who_may(Deed.EDIT_PRACTICE)}.")
    if by.token_id is not None:
        raise Refusal(Code.NOT_ALLOWED, "A token cannot sign anybody in; sign in to make such an address.")
    with transaction.atomic():
        member = Member.objects.filter(pk=member_id, practice_id=by.practice_id).first()
        if member is None:
            raise NotFound("There is no such member.")
        if not member.active or member.user is None or not member.user.is_active:
            raise Refusal(Code.BAD_VALUE, f"{member.name} has left and cannot sign in.")
        link = _link(member, member.user, at=at, lasts=INVITATION_LASTS)
        event = NewEvent(verb="member.invited", name=member.name, data={"member": member.id})
        record(chain="practice", subject_id=by.practice_id, practice_id=by.practice_id, events=[event], by=by, at=at)
        return link


def redeem_login_link(*, token: str, at: datetime) -> CameIn:
    """Use a sign-in link up and return who came in by it.

    Raises NotFound for an unknown one, Refusal (too-late) for one that was used or has expired.
    """
    with transaction.atomic():
        used = sql.value(
            """UPDATE practices_loginlink SET used_at = %s
               WHERE token_hash = %s AND used_at IS NULL AND expires_at > %s RETURNING member_id""",
            (at, hash_of(token), at),
        )
        members = Member.objects.select_related("user").filter(pk=used, active=True, user__is_active=True)
        member = members.first() if used else None
    if member is not None and member.user is not None:
        return CameIn(member.user, member.id)
    if used is None and LoginLink.objects.filter(token_hash=hash_of(token)).exists():
        raise Refusal(Code.TOO_LATE, "This sign-in link was used already or has expired. Ask for a new one.")
    message = "There is no such sign-in link."
    raise NotFound(message)


def name_of_login_link(*, token: str, at: datetime) -> str | None:
    """Say whom a sign-in link signs in, without using it up; None for one that is unknown, used or expired."""
    name: str | None = sql.value(
        """SELECT m.name FROM practices_loginlink l
           JOIN practices_member m ON m.id = l.member_id AND m.active
           JOIN practices_user u ON u.id = m.user_id AND u.is_active
           WHERE l.token_hash = %s AND l.used_at IS NULL AND l.expires_at > %s""",
        (hash_of(token), at),
    )
    return name


def create_api_token(
    *, by: SignedIn, at: datetime, name: str, scope: str, expires_at: datetime | None = None
) -> NewToken:
    """Make a token for the member's own programs and return its text, which is nowhere kept.

    Raises Refusal: not-allowed for a token that asks, or a viewer who asks to write; bad-value with the field.
    """
    if by.token_id is not None:
        raise Refusal(Code.NOT_ALLOWED, "A token cannot make tokens; sign in to make one.")
    if scope not in {"read", "write"}:
        raise Refusal(Code.BAD_VALUE, "A token is for “read” or for “write”.", field="scope")
    if scope == "write" and by.member.role < Role.STAFF:
        raise Refusal(Code.NOT_ALLOWED, "A viewer's token can only read.")
    if not name.strip():
        raise Refusal(Code.BAD_VALUE, "A token needs a name to know it by.", field="name")
    bounded(name, "name", field="name", most=200)
    if expires_at is not None and expires_at <= at:
        raise Refusal(Code.BAD_VALUE, "A token expires in the future.", field="expires_at")
    plain = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            practice_id=by.practice_id,
            member_id=by.member.id,
            name=name.strip(),
            token_hash=hash_of(plain),
            prefix=plain[:10],
            scope=scope,
            created_at=at,
            expires_at=expires_at,
        )
        _record(by, at, NewEvent(verb="token.created", name=token.name, data={"token": token.id, "scope": scope}))
    return NewToken(token.id, plain)


def revoke_api_token(*, by: SignedIn, at: datetime, token_id: int) -> None:
    """End a token: one's own, or for an owner anybody's. Again is harmless. Raises NotFound, Refusal (not-allowed)."""
    with transaction.atomic():
        token = ApiToken.objects.filter(pk=token_id, practice_id=by.practice_id).first()
        if token is None:
            message = "There is no such token."
            raise NotFound(message)
        if token.member_id != by.member.id and not may(by.member.role, Deed.EDIT_PRACTICE):
            raise Refusal(Code.NOT_ALLOWED, f"Other people's tokens are for {who_may(Deed.EDIT_PRACTICE)}.")
        if not ApiToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=at):
            return
        _record(by, at, NewEvent(verb="token.revoked", name=token.name, data={"token": token.id}))


def note_token_use(*, by: SignedIn, at: datetime) -> None:
    """Note that a token was used, at most once an hour, so that reading does not write each time."""
    if by.token_id is not None and (by.token_used_at is None or at - by.token_used_at >= NOTED_EVERY):
        sql.execute("UPDATE practices_apitoken SET last_used_at = %s WHERE id = %s", (at, by.token_id))


def _record(by: SignedIn, at: datetime, event: NewEvent) -> None:
    record(chain="practice", subject_id=by.practice_id, practice_id=by.practice_id, events=[event], by=by, at=at)
