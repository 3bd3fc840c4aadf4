"""Practices, members, links and tokens: who may, what is refused, what is recorded."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from natrium.apps.activity import queries as activity
from natrium.apps.activity.verify import verify
from natrium.apps.practices import operations, queries
from natrium.apps.practices.models import ApiToken, Member, Practice, User
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Role
from tests.builders import NOW, a_member, a_practice, signed_in, the_owner
from tests.cast import the_cast

pytestmark = pytest.mark.django_db


def verbs(practice: Practice) -> list[str]:
    """The verbs of a practice's record, oldest first."""
    page = activity.timeline(practice_id=practice.id, chain="practice", subject_id=practice.id)
    return [entry.verb for entry in reversed(page.entries)]


def refusal(action: Callable[[], object]) -> Refusal:
    """The refusal that an action meets."""
    with pytest.raises(Refusal) as refused:
        action()
    return refused.value


def test_the_cast_is_on_record() -> None:
    cast = the_cast()
    assert verbs(cast.acorn) == ["practice.created", *["member.added"] * 6, "member.left"]
    assert verify() == []
    names = [line.name for line in queries.members(practice_id=cast.acorn.id, active_only=True)]
    assert names == ["Jo Evans", "Mark Reed", "Olive Grant", "Priya Shah", "Vera Lunn"]
    assert not cast.lea.active
    assert cast.lea.left_on == NOW.date()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STAFF, Role.MANAGER, Role.PARTNER])
def test_only_owners_manage_members_and_settings(role: Role) -> None:
    member = a_member(role=role)
    by = signed_in(member)
    before = verbs(member.practice)
    for action in (
        lambda: operations.add_member(by=by, at=NOW, name="N", email="n@x.example", role=Role.STAFF),
        lambda: operations.change_role(by=by, at=NOW, member_id=member.id, role=Role.OWNER),
        lambda: operations.deactivate_member(by=by, at=NOW, member_id=member.id),
        lambda: operations.edit_practice(by=by, at=NOW, name="Mine"),
    ):
        assert refusal(action).code is Code.NOT_ALLOWED
    assert verbs(member.practice) == before


def test_one_address_is_one_member_of_a_practice_but_may_be_of_two() -> None:
    cast = the_cast()
    by = signed_in(cast.olive)
    again = refusal(
        lambda: operations.add_member(by=by, at=NOW, name="Jo", email=cast.jo.email.upper(), role=Role.STAFF)
    )
    assert (again.code, again.field) == (Code.IN_USE, "email")
    member_id = operations.add_member(
        by=signed_in(cast.ben), at=NOW, name="Jo", email=cast.jo.email.upper(), role=Role.VIEWER
    )
    assert Member.objects.get(pk=member_id).user_id == cast.jo.user_id
    assert cast.jo.user_id is not None
    assert [name for _, _, name in queries.memberships(user_id=cast.jo.user_id)] == ["Acorn", "Birch"]


def test_the_last_owner_stays_one() -> None:
    practice = a_practice()
    owner = the_owner(practice)
    by = signed_in(owner)
    for action in (
        lambda: operations.change_role(by=by, at=NOW, member_id=owner.id, role=Role.STAFF),
        lambda: operations.deactivate_member(by=by, at=NOW, member_id=owner.id),
    ):
        assert refusal(action).code is Code.IN_USE
    other = a_member(practice, role=Role.OWNER)
    operations.change_role(by=by, at=NOW, member_id=owner.id, role=Role.PARTNER)
    assert Member.objects.get(pk=owner.id).role == Role.PARTNER
    assert Member.objects.get(pk=other.id).role == Role.OWNER
    assert verbs(practice)[-1] == "member.role_changed"


def test_the_same_role_again_is_no_change() -> None:
    member = a_member(role=Role.STAFF)
    by = signed_in(the_owner(member.practice))
    before = verbs(member.practice)
    operations.change_role(by=by, at=NOW, member_id=member.id, role=Role.STAFF)
    operations.edit_practice(by=by, at=NOW, name=member.practice.name)
    assert verbs(member.practice) == before


def test_members_of_another_practice_are_not_there() -> None:
    cast = the_cast()
    by = signed_in(cast.olive)
    with pytest.raises(NotFound):
        operations.change_role(by=by, at=NOW, member_id=cast.ben.id, role=Role.VIEWER)
    with pytest.raises(NotFound):
        queries.member_of(practice_id=cast.acorn.id, member_id=cast.ben.id)


def test_settings_are_checked() -> None:
    by = signed_in(the_owner(a_practice()))
    assert refusal(lambda: operations.edit_practice(by=by, at=NOW, time_zone="Mars/Base")).field == "time_zone"
    assert refusal(lambda: operations.edit_practice(by=by, at=NOW, calendar="wales")).field == "calendar"
    assert refusal(lambda: operations.edit_practice(by=by, at=NOW, name=" ")).field == "name"
    operations.edit_practice(by=by, at=NOW, calendar="scotland", weighted_progress=True)
    assert Practice.objects.get(pk=by.practice_id).weighted_progress


def test_a_sign_in_link_works_once_and_for_an_hour() -> None:
    member = a_member()
    link = operations.create_login_link(email=member.email.upper(), at=NOW)
    assert link.path == f"/sign-in/link/{link.token}/"
    assert operations.redeem_login_link(token=link.token, at=NOW).user.pk == member.user_id
    assert refusal(lambda: operations.redeem_login_link(token=link.token, at=NOW)).code is Code.TOO_LATE
    late = operations.create_login_link(email=member.email, at=NOW)
    after = NOW + timedelta(hours=1)
    assert refusal(lambda: operations.redeem_login_link(token=late.token, at=after)).code is Code.TOO_LATE
    with pytest.raises(NotFound):
        operations.redeem_login_link(token="guessed", at=NOW)


def test_there_is_no_link_for_strangers_and_leavers() -> None:
    for email in ("nobody@x.example", a_member(active=False).email):
        with pytest.raises(NotFound):
            operations.create_login_link(email=email, at=NOW)


def test_a_token_signs_its_member_in_until_it_ends() -> None:
    member = a_member()
    by = signed_in(member)
    made = operations.create_api_token(by=by, at=NOW, name="CI", scope="read", expires_at=NOW + timedelta(days=1))
    token_hash = operations.hash_of(made.plain)
    found = queries.member_by_token(token_hash, NOW)
    assert found is not None
    assert (found.member.id, found.token_id, found.scope, found.actor_kind) == (member.id, made.id, "read", "token")
    assert made.plain not in str(list(ApiToken.objects.values()))
    assert queries.member_by_token(token_hash, NOW + timedelta(days=1)) is None
    assert queries.member_by_token(made.plain, NOW) is None
    operations.note_token_use(by=found, at=NOW)
    assert queries.tokens(practice_id=by.practice_id, member_id=member.id)[0].last_used_at == NOW
    operations.revoke_api_token(by=by, at=NOW, token_id=made.id)
    operations.revoke_api_token(by=by, at=NOW, token_id=made.id)
    assert queries.member_by_token(token_hash, NOW) is None
    assert verbs(member.practice)[-2:] == ["token.created", "token.revoked"]


def test_a_token_ends_with_its_member() -> None:
    member = a_member()
    made = operations.create_api_token(by=signed_in(member), at=NOW, name="CI", scope="write")
    operations.deactivate_member(by=signed_in(the_owner(member.practice)), at=NOW, member_id=member.id)
    assert queries.member_by_token(operations.hash_of(made.plain), NOW) is None


def test_tokens_make_no_tokens_and_viewers_none_that_write() -> None:
    member = a_member()
    made = operations.create_api_token(by=signed_in(member), at=NOW, name="CI", scope="write")
    by_token = queries.member_by_token(operations.hash_of(made.plain), NOW)
    assert by_token is not None
    viewer = signed_in(a_member(role=Role.VIEWER))
    other = signed_in(a_member(member.practice))
    for action in (
        lambda: operations.create_api_token(by=by_token, at=NOW, name="More", scope="read"),
        lambda: operations.create_api_token(by=viewer, at=NOW, name="More", scope="write"),
        lambda: operations.revoke_api_token(by=other, at=NOW, token_id=made.id),
    ):
        assert refusal(action).code is Code.NOT_ALLOWED


def test_addresses_are_kept_in_lower_case() -> None:
    user = User.objects.create_user("Ann@Example.COM", "secret")
    assert user.email == "ann@example.com"
    assert User.objects.get_by_natural_key("ANN@example.com") == user
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Bob@example.com")
