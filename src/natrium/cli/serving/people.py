"""Who may be shown a sign-in address at the start: the made-up people of a demo practice, and nobody else."""

from dataclasses import dataclass

from django.utils import timezone

from natrium.apps.database import sql
from natrium.apps.practices import operations
from natrium.cli.serving import whereabouts
from natrium.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Way:
    """One person and the address that signs them in once."""

    name: str
    role: str
    email: str
    address: str


def is_nobody_there() -> bool:
    """Return whether the database holds no practice yet."""
    return sql.value("SELECT 1 FROM practices_practice LIMIT 1") is None


def demo_ways_in() -> list[Way]:
    """Make a sign-in address for each active member whose e-mail ends in .example, which no real one can."""
    people = sql.rows(
        """SELECT m.name, m.role, u.email FROM practices_member m JOIN practices_user u ON u.id = m.user_id
           WHERE m.active AND u.email LIKE '%%.example' ORDER BY m.practice_id, m.role DESC, m.id LIMIT 20""",
    )
    return [Way(name, Role(role).name.lower(), email, login_address(email)) for name, role, email in people]


def login_address(email: str) -> str:
    """Return a whole one-time sign-in address. Raises NotFound where nobody with this e-mail can sign in."""
    return f"{whereabouts.public_url()}{operations.create_login_link(email=email, at=timezone.now()).path}"
