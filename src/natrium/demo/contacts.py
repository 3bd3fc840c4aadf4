"""Whom the firm writes to at each client. Telephone numbers are of the range kept for stories."""

from __future__ import annotations

from django.utils.text import slugify

from natrium.apps.clients.operations import NewContact
from natrium.demo.clients import CHARITY, LLP, LTD, PARTNERSHIP, TRUST, DemoClient

ROLES = {LTD: "Director", LLP: "Member", PARTNERSHIP: "Partner", TRUST: "Trustee", CHARITY: "Treasurer"}
FIRST = (
    "Dan", "Judith", "Imran", "Carol", "Stephen", "Bronwen", "Ashok", "Fiona", "Martin", "Grace", "Ewan", "Yasmin",
    "Colin", "Ruth", "Leon", "Harriet", "Gareth", "Sunita", "Adam",
)  # fmt: skip
LAST = (
    "Hartwell", "Penrose", "Sheikh", "Ashworth", "Bellamy", "Pryce", "Desai", "Mackie", "Tull", "Amoah", "Sinclair",
    "Haddad", "Frostick", "Greenhalgh", "Duarte", "Wyndham", "Probert",
)  # fmt: skip
TOWNS = (
    "Frome", "Whitby", "Ludlow", "Hexham", "Lewes", "Kendal", "Totnes", "Stamford", "Beverley", "Tewkesbury", "Alnwick",
    "Wells", "Diss", "Buxton", "Bridport", "Skipton", "Oundle", "Hay-on-Wye", "Malvern", "Deal",
)  # fmt: skip


def address_and_phone(client: DemoClient, place: int) -> dict[str, object]:
    """A client's own e-mail, telephone and town."""
    return {
        "email": f"post@{_domain(client)}",
        "phone": f"01632 {960100 + 13 * place}",
        "notes": f"In {TOWNS[place * 7 % len(TOWNS)]}.",
    }


def contacts(client: DemoClient, place: int) -> tuple[NewContact, ...]:
    """The person to write to, where the client is not a person."""
    role = ROLES.get(client.kind)
    if role is None:
        return ()
    first, last = FIRST[place % len(FIRST)], LAST[place % len(LAST)]
    return (NewContact(name=f"{first} {last}", email=f"{first.lower()}@{_domain(client)}", role=role),)


def _domain(client: DemoClient) -> str:
    return f"{slugify(client.name.removesuffix(' Ltd').removesuffix(' LLP'))}.example"
