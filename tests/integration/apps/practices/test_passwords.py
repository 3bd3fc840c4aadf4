"""Setting a password, and which practices one opens."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from natrium.apps.database import sql
from natrium.apps.practices import operations, queries
from natrium.apps.practices.models import Member
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Role
from tests.builders import NOW, a_member, signed_in
from tests.cast import Cast, the_cast

pytestmark = pytest.mark.django_db
SECRET, OTHER = "a long enough secret", "another secret, as long"


def refusal(call: Callable[[], object]) -> Refusal:
    """The refusal of a call."""
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value


def sets(member: Member, new: str = SECRET, **how: object) -> None:
    """A member sets their password, having come in by a sign-in link where nothing else is said."""
    ways = {"came_by_link": True} | how
    operations.set_password(by=signed_in(member), at=NOW, new=new, **ways)  # type: ignore[arg-type]


def opened(member: Member) -> Member | None:
    """The member whose practice the password of a member's user opens."""
    assert member.user_id is not None
    found = queries.opened_by_password(user_id=member.user_id)
    return Member.objects.get(pk=found) if found else None


def in_both(cast: Cast) -> tuple[Member, Member]:
    """One person in Birch, by Ben, who is then taken on by Acorn as well."""
    first = a_member(cast.birch, name="Nia Rees")
    second = operations.add_member(
        by=signed_in(cast.olive), at=NOW, name="Nia Rees", email=first.email, role=Role.STAFF
    )
    return first, Member.objects.get(pk=second)


def test_a_password_is_set_once_proved_and_told_in_the_record() -> None:
    member = a_member()
    sets(member)
    user = get_user_model().objects.get(pk=member.user_id)
    assert user.check_password(SECRET)
    assert opened(member) == member
    sets(member, OTHER, current=SECRET, came_by_link=False)
    user.refresh_from_db()
    assert user.check_password(OTHER)
    rows = sql.rows("SELECT name, data FROM activity_event WHERE verb = 'member.password_set' ORDER BY id")
    assert [row[0] for row in rows] == [member.name] * 2
    assert SECRET not in repr(rows)


@pytest.mark.parametrize(
    ("new", "how", "field"),
    [
        (OTHER, {"current": "a guess", "came_by_link": True}, "current"),
        (OTHER, {"came_by_link": False}, "current"),
        ("short", {}, "new"),
        ("password123", {}, "new"),
        ("nia-rees-nia-rees", {}, "new"),
        ("", {}, "new"),
        ("x" * 1_001, {}, "new"),
    ],
)
def test_a_bad_one_is_refused_at_its_field_and_changes_nothing(new: str, how: dict[str, object], field: str) -> None:
    member = a_member(name="Nia Rees Nia-Rees")
    sets(member)
    get_user_model().objects.filter(pk=member.user_id).update(name="nia-rees-nia-rees")
    before = sql.rows("SELECT password FROM practices_user WHERE id = %s", (member.user_id,))
    refused = refusal(lambda: sets(member, new, **how))
    assert (refused.code, refused.field) == (Code.BAD_VALUE, field)
    assert sql.rows("SELECT password FROM practices_user WHERE id = %s", (member.user_id,)) == before


def test_a_token_sets_no_password() -> None:
    by = replace(signed_in(a_member()), token_id=1)
    call = lambda: operations.set_password(by=by, at=NOW, new=SECRET, came_by_link=True)  # noqa: E731
    assert refusal(call).code is Code.NOT_ALLOWED


def test_without_a_password_nothing_is_opened_and_a_leaver_opens_nothing() -> None:
    member, leaver = a_member(), a_member()
    assert opened(member) is None
    sets(leaver)
    Member.objects.filter(pk=leaver.pk).update(active=False)
    assert opened(leaver) is None


def test_what_one_practice_could_set_does_not_open_the_next() -> None:
    """Ben lets Nia in and comes in as her; Acorn takes her on; Ben lets her go, and tries what he has."""
    cast = the_cast()
    first, second = in_both(cast)
    sets(first)
    assert opened(first) == first
    operations.deactivate_member(by=signed_in(cast.ben), at=NOW, member_id=first.pk)
    assert opened(second) is None
    link = operations.invite(by=signed_in(cast.olive), at=NOW, member_id=second.pk)
    assert operations.redeem_login_link(token=link.token, at=NOW).member_id == second.pk
    sets(second, OTHER)
    assert opened(second) == second


def test_whoever_proves_the_password_opens_both() -> None:
    first, second = in_both(the_cast())
    sets(first)
    sets(second, OTHER, current=SECRET)
    assert Member.objects.filter(user_id=first.user_id, by_password=True).count() == 2


def test_whoever_sets_a_new_one_without_the_old_opens_their_own_practice_only() -> None:
    first, second = in_both(the_cast())
    sets(first)
    sets(second, OTHER)
    assert list(Member.objects.filter(user_id=first.user_id, by_password=True)) == [second]


def test_a_link_made_for_one_practice_is_worth_nothing_after_leaving_it() -> None:
    cast = the_cast()
    first, _ = in_both(cast)
    link = operations.invite(by=signed_in(cast.ben), at=NOW, member_id=first.pk)
    operations.deactivate_member(by=signed_in(cast.ben), at=NOW, member_id=first.pk)
    assert operations.name_of_login_link(token=link.token, at=NOW) is None
    with pytest.raises(Exception, match="no such sign-in link"):
        operations.redeem_login_link(token=link.token, at=NOW + timedelta(minutes=1))
