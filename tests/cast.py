"""The people of the tests: the practice Acorn, and Birch next door, who must never see each other."""

from dataclasses import dataclass

from natrium.apps.practices.models import Member, Practice
from natrium.domain.roles import Role
from tests.builders import a_member, a_practice, the_owner


@dataclass(frozen=True, slots=True)
class Cast:
    """Acorn: Olive owns it, Priya is a partner, Mark a manager, Jo on the staff, Vera a viewer; Lea has left.

    Birch is Ben's.
    """

    acorn: Practice
    olive: Member
    priya: Member
    mark: Member
    jo: Member
    vera: Member
    lea: Member
    birch: Practice
    ben: Member


def the_cast() -> Cast:
    """Everybody, in the database."""
    acorn = a_practice(name="Acorn", owner="Olive Grant")
    birch = a_practice(name="Birch", owner="Ben Shaw")
    return Cast(
        acorn=acorn,
        olive=the_owner(acorn),
        priya=a_member(acorn, role=Role.PARTNER, name="Priya Shah"),
        mark=a_member(acorn, role=Role.MANAGER, name="Mark Reed"),
        jo=a_member(acorn, role=Role.STAFF, name="Jo Evans"),
        vera=a_member(acorn, role=Role.VIEWER, name="Vera Lunn"),
        lea=a_member(acorn, role=Role.STAFF, name="Lea Ward", active=False),
        birch=birch,
        ben=the_owner(birch),
    )
