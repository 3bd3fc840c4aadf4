"""What the forms about people say, as values, and the other way round."""

from collections.abc import Mapping

from django.http import QueryDict

from natrium.apps.practices.queries import MemberLine
from natrium.apps.workflows.operations import Part
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Role
from natrium.web.http import whole_number

KEEP, NOBODY = "keep", "nobody"


def role_of(post: QueryDict) -> Role:
    """The role picked. Raises Refusal bad-value."""
    try:
        return Role.parse(post.get("role", ""))
    except ValueError as error:
        raise Refusal(Code.BAD_VALUE, str(error), field="role") from error


def said_of(member: MemberLine) -> dict[str, str]:
    """A member as the form shows one."""
    hours = f"{member.weekly_hours.normalize():f}" if member.weekly_hours is not None else ""
    return {"name": member.name, "email": member.email, "role": member.role.word, "weekly_hours": hours}


def takers(post: QueryDict, *, leaves: bool) -> Mapping[Part, int | None]:
    """Who takes each part: what stays is left out. Raises Refusal bad-value for a choice that is none.

    A part that the form did not offer was empty when it was shown; where somebody leaves it goes to nobody.
    """
    found: dict[Part, int | None] = {}
    for part in Part:
        choice = post.get(part.value, NOBODY if leaves else KEEP)
        if choice == KEEP and not leaves:
            continue
        member_id = whole_number(choice)
        if member_id is None and choice != NOBODY:
            raise Refusal(Code.BAD_VALUE, "Choose who takes it, or nobody.", field=part.value)
        found[part] = member_id
    return found
