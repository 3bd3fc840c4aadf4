"""The firm's sixty clients. All are made up; company numbers begin with 99, which none has."""

from __future__ import annotations

from dataclasses import dataclass, field

LTD, LLP, PARTNERSHIP, SOLE, PERSON, TRUST, CHARITY = (
    "limited_company", "llp", "partnership", "sole_trader", "individual", "trust", "charity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoClient:
    """A client: year end (month, day), who looks after it, and what the firm does for it."""

    name: str
    kind: str
    year_end: tuple[int, int]
    manager: str
    partner: str
    services: tuple[str, ...] = field(default=())


_COMPANIES = """
Hartwell Joinery Ltd|3,31|Tom|Priya|accounts vat
Tidewater Marine Services Ltd|9,30|Tom|Priya|accounts vat cs
Brackenbury Foods Ltd|2,28|Tom|Rosalind|accounts vat payroll cs
Moorside Pharmacy Ltd|12,31|Tom|Priya|accounts vat payroll
Linnet Studio Ltd|6,30|Tom|Priya|accounts cs
Kestrel Haulage Ltd|3,31|Tom|Rosalind|accounts vat payroll cis
Arden Scaffolding Ltd|3,31|Tom|Priya|accounts vat cs cis
Whitfield Veterinary Ltd|12,31|Tom|Priya|accounts vat
Juniper Nurseries Ltd|3,31|Tom|Rosalind|accounts vat cs
Copperfield Cycles Ltd|9,30|Tom|Priya|accounts vat bookkeeping
Saltmarsh Brewing Co Ltd|3,31|Tom|Priya|accounts vat
Northgate Lettings Ltd|4,30|Tom|Rosalind|accounts cs management
Fenwick Optical Ltd|5,31|Tom|Priya|accounts vat
Greystone Surveying Ltd|7,31|Tom|Priya|accounts cs
Harbour Lane Dental Ltd|3,31|Tom|Rosalind|accounts payroll
Larkspur Interiors Ltd|10,31|Tom|Priya|accounts vat cs
Millrace Printing Ltd|6,30|Tom|Priya|accounts vat
Oakhurst Garage Ltd|3,31|Tom|Rosalind|accounts vat payroll
Pennine Roofing Ltd|1,31|Tom|Priya|accounts vat cis cs
Quarry Bank Engineering Ltd|12,31|Tom|Rosalind|accounts vat management
Redwing Software Ltd|3,31|Tom|Priya|accounts vat cs
Silverdale Care Ltd|8,31|Tom|Priya|accounts payroll
Thornbury Plumbing Ltd|11,30|Tom|Priya|accounts vat bookkeeping
Upland Wool Ltd|9,30|Lea|Rosalind|accounts cs
Vale Landscapes Ltd|3,31|Lea|Priya|accounts vat
Westgate Cafe Ltd|2,28|Tom|-|accounts vat
Yarrow Consulting Ltd|3,31|Tom|Priya|accounts cs
Zephyr Drones Ltd|12,31|Tom|Priya|accounts cs
"""
_OTHERS = """
Oakhurst Dental Partners LLP|llp|4,30|Tom|Rosalind|accounts
Carter and Hale LLP|llp|3,31|Tom|Priya|accounts vat
Bridge Street Vets|partnership|3,31|Aisha|Rosalind|vat
Ferris and Daughters|partnership|4,5|Aisha|Priya|vat
Dan Hartwell|individual|4,5|Aisha|Priya|sa
Susan Hartwell|individual|4,5|Aisha|Priya|sa
Marcus Bell|individual|4,5|Aisha|Priya|sa
Dr Helen Cho|individual|4,5|Aisha|Rosalind|sa
Graham Pike|individual|4,5|Aisha|Priya|sa
Olivia Tennant|individual|4,5|Aisha|Priya|sa
Rashid Malik|individual|4,5|Aisha|Priya|sa
Joan Whitfield|individual|4,5|Aisha|Rosalind|sa
Peter Lund|individual|4,5|Aisha|Priya|sa
Naomi Clarke|individual|4,5|Aisha|Priya|sa
Ivor Hughes|individual|4,5|Aisha|Priya|sa
Mary Ellery|individual|4,5|Aisha|Priya|sa
Samuel Osei|individual|4,5|Aisha|Priya|sa
Tessa Brand|individual|4,5|Aisha|-|sa
Hannah Voss Pottery|sole_trader|4,5|Aisha|Priya|sa mtd
Ben Marlow Electrical|sole_trader|4,5|Aisha|Priya|sa mtd cis
Corner House Guesthouse|sole_trader|4,5|Aisha|Priya|sa vat
Fiona Reid Physiotherapy|sole_trader|4,5|Aisha|Priya|sa
George Abbot Farm|sole_trader|4,5|Aisha|Rosalind|sa vat bookkeeping
Kate Lindley Design|sole_trader|4,5|Aisha|Priya|sa mtd
Owen Price Plastering|sole_trader|4,5|Aisha|Priya|sa cis
The Ellery Family Trust|trust|4,5|Aisha|Rosalind|aml
The Whitcombe Will Trust|trust|4,5|Aisha|Rosalind|aml
Fenland Food Bank|charity|3,31|Aisha|Priya|charity payroll
Marsh Lane Almshouses|charity|12,31|Aisha|Rosalind|charity
St Botolph Choir School|charity|8,31|Aisha|Priya|charity
Riverside Sports Trust|charity|3,31|Aisha|Priya|charity
Little Acorns Preschool|charity|8,31|Aisha|Priya|charity payroll
"""


def clients() -> tuple[DemoClient, ...]:
    """All sixty, companies first."""
    rows = [line.split("|") for line in _COMPANIES.strip().splitlines()]
    found = [_client(name, LTD, end, manager, partner, work) for name, end, manager, partner, work in rows]
    others = [line.split("|") for line in _OTHERS.strip().splitlines()]
    return (*found, *(_client(*row) for row in others))


def _client(name: str, kind: str, end: str, manager: str, partner: str, work: str) -> DemoClient:
    month, day = end.split(",")
    return DemoClient(name, kind, (int(month), int(day)), manager, partner, tuple(work.split()))
