"""Pages for those who write templates."""

from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.web.http import Asked


def for_writers(who: Asked) -> None:
    """Refuses `not-allowed` for everybody who does not write templates. What is asked for is looked up before."""
    if not may(who.by.member.role, Deed.EDIT_TEMPLATE):
        raise Refusal(Code.NOT_ALLOWED, f"To write and publish templates takes {who_may(Deed.EDIT_TEMPLATE)}.")
