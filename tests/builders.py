"""Rows for tests, each with what it needs around it. All say by keyword what matters to the test, and no more."""

from datetime import UTC, date, datetime
from itertools import count

from natrium.apps.clients import operations as clients
from natrium.apps.clients.models import Client
from natrium.apps.practices import operations as practices
from natrium.apps.practices.models import Member, Practice
from natrium.apps.practices.queries import SignedIn
from natrium.apps.tasks.models import Task
from natrium.domain.roles import Role
from natrium.domain.workflow import model

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
TODAY = NOW.date()

_numbers = count(1)


def a_practice(*, name: str = "", owner: str = "Olive Grant", at: datetime = NOW) -> Practice:
    """A practice with its first owner; its name is one of its own where none is given."""
    number = next(_numbers)
    name = name or f"Practice {number}"
    email = f"{owner.split(maxsplit=1)[0].lower()}@{name.lower().replace(' ', '-')}.example"
    made = practices.create_practice(name=name, owner_name=owner, owner_email=email, at=at)
    return Practice.objects.get(pk=made.practice_id)


def the_owner(practice: Practice) -> Member:
    """The practice's first owner."""
    return Member.objects.filter(practice=practice, role=Role.OWNER).order_by("id")[0]


def a_member(
    practice: Practice | None = None,
    *,
    role: Role = Role.STAFF,
    name: str = "",
    active: bool = True,
    at: datetime = NOW,
) -> Member:
    """A member of a practice (a new one where none is given)."""
    practice = practice or a_practice()
    number = next(_numbers)
    name = name or f"Member {number}"
    email = f"{name.split()[0].lower()}.{number}@{practice.slug}.example"
    by = signed_in(the_owner(practice))
    member_id = practices.add_member(by=by, at=at, name=name, email=email, role=role)
    if not active:
        practices.deactivate_member(by=by, at=at, member_id=member_id)
    return Member.objects.get(pk=member_id)


def signed_in(member: Member) -> SignedIn:
    """The member at work, as every operation takes it."""
    assert member.user_id is not None
    practice = member.practice
    return SignedIn(
        member=model.Member(id=member.id, name=member.name, role=Role(member.role), active=member.active),
        email=member.email,
        practice_id=practice.id,
        practice=practice.name,
        slug=practice.slug,
        time_zone=practice.time_zone,
        weighted=practice.weighted_progress,
        calendar=practice.calendar,
        user_id=member.user_id,
    )


def a_client(
    practice: Practice | None = None,
    *,
    name: str = "",
    kind: str = "limited_company",
    manager: Member | None = None,
    partner: Member | None = None,
    fields: dict[str, object] | None = None,
    at: datetime = NOW,
) -> Client:
    """A client of a practice (a new one where none is given)."""
    practice = practice or a_practice()
    client_id = clients.create_client(
        by=signed_in(the_owner(practice)),
        at=at,
        name=name or f"Client {next(_numbers)}",
        kind=kind,
        manager_id=manager.id if manager else None,
        partner_id=partner.id if partner else None,
        fields=fields,
    )
    return Client.objects.get(pk=client_id)


def a_bare_task(
    practice: Practice | None = None,
    *,
    title: str = "Annual Accounts",
    client: Client | None = None,
    owner: Member | None = None,
    target_date: date | None = None,
    statutory_date: date | None = None,
    at: datetime = NOW,
) -> Task:
    """The row of a task, with neither a step of its own nor a record."""
    practice = practice or (client.practice if client else a_practice())
    return Task.objects.create(
        practice=practice,
        client=client,
        title=title,
        owner=owner,
        target_date=target_date,
        statutory_date=statutory_date,
        created_at=at,
    )
