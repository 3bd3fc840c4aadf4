"""Passwords: setting one's own, and which practice one opens.

A person may be a member of several practices, and each of these lets people in by itself. So a password opens a
practice only where it was set by somebody in it, or proved there: else whoever let a person into one practice, and so
can come in as them, could set a password that opens the next practice that takes the same person on.
"""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from natrium.apps.activity.operations import NewEvent, record
from natrium.apps.practices.models import Member, User
from natrium.apps.practices.people import SignedIn
from natrium.domain.errors import Code, Refusal

LONGEST = 1_000


def set_password(*, by: SignedIn, at: datetime, new: str, current: str = "", came_by_link: bool = False) -> User:
    """Set the password of whoever is signed in and return the user; their other sessions end.

    `came_by_link`: they came in by a sign-in link just now, which stands for a password that is lost. Raises Refusal:
    not-allowed for a token; bad-value with the field.
    """
    if by.token_id is not None:
        raise Refusal(Code.NOT_ALLOWED, "A token cannot set a password; sign in to set one.")
    user = User.objects.get(pk=by.user_id)
    proved = bool(current)
    if not proved and not came_by_link:
        raise Refusal(Code.BAD_VALUE, "Type the password you have now.", field="current")
    if proved and not user.check_password(current):
        raise Refusal(Code.BAD_VALUE, "That is not your password now.", field="current")
    _check(new, user)
    before, user.password = user.password, make_password(new)  # slow on purpose, so before the transaction begins
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, password=before).update(password=user.password):
            raise Refusal(Code.BAD_VALUE, "Your password was changed at the same moment. Try again.", field="current")
        if not proved:
            Member.objects.filter(user=user).update(by_password=False)
        Member.objects.filter(pk=by.member.id).update(by_password=True)
        event = NewEvent(verb="member.password_set", name=by.member.name, data={"member": by.member.id})
        record(chain="practice", subject_id=by.practice_id, practice_id=by.practice_id, events=[event], by=by, at=at)
    return user


def _check(new: str, user: User) -> None:
    if len(new) > LONGEST:
        raise Refusal(Code.BAD_VALUE, f"A password has at most {LONGEST:,} characters.", field="new")
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise Refusal(Code.BAD_VALUE, " ".join(error.messages), field="new") from error
