"""The people of Lisle Marsh LLP. All are made up."""

from __future__ import annotations

from dataclasses import dataclass

from natrium.domain.roles import Role

PRACTICE = "Lisle Marsh LLP"
SLUG = "lisle-marsh"
DOMAIN = "lislemarsh.example"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the firm. `what` is a line about them. `left`: has left by now."""

    name: str
    role: Role
    what: str
    left: bool = False

    @property
    def email(self) -> str:
        """first@lislemarsh.example."""
        return f"{self.name.split()[0].lower()}@{DOMAIN}"


PEOPLE = (
    Person("Rosalind Marsh", Role.OWNER, "senior partner; looks after the practice itself"),
    Person("Priya Raman", Role.PARTNER, "partner; reviews and signs"),
    Person("Tom Adeyemi", Role.MANAGER, "manager; companies"),
    Person("Aisha Khan", Role.MANAGER, "manager; personal tax and charities"),
    Person("Megan Doyle", Role.STAFF, "senior; prepares accounts"),
    Person("Jack Whitby", Role.STAFF, "junior; bookkeeping and VAT"),
    Person("Beth Okafor", Role.STAFF, "payroll clerk"),
    Person("Daniel Frost", Role.VIEWER, "consultant; reads only"),
    Person("Lea Novak", Role.MANAGER, "manager; left in the summer", left=True),
)
