"""The firm's sixty clients. All are made up; company numbers begin with 99, which none has."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from natrium.demo.months import months_after

LTD, LLP, PARTNERSHIP, SOLE, PERSON, TRUST, CHARITY = (
    "limited_company", "llp", "partnership", "sole_trader", "individual", "trust", "charity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoClient:
    """A client: year end (month, day), who looks after it ("-": nobody), and what the firm does for it."""

    name: str
    kind: str
    year_end: tuple[int, int]
    manager: str
    partner: str
    services: tuple[str, ...] = field(default=())


_COMPANIES = """
Hartwell Joinery Ltd|8 months ago|Tom|Priya|vat
Tidewater Marine Services Ltd|9,30|Tom|Priya|accounts vat
Brackenbury Foods Ltd|2,28|Tom|Rosalind|accounts vat payroll p11d
Moorside Pharmacy Ltd|12,31|Tom|Priya|accounts vat payroll p11d
Linnet Studio Ltd|6,30|Tom|Priya|accounts
Kestrel Haulage Ltd|3,31|Tom|Rosalind|accounts vat payroll cis p11d
Arden Scaffolding Ltd|3,31|Tom|Priya|accounts vat cis
Whitfield Veterinary Ltd|12,31|Tom|Priya|accounts vat
Juniper Nurseries Ltd|3,31|Tom|Rosalind|accounts vat
Copperfield Cycles Ltd|9,30|Tom|Priya|accounts vat bookkeeping
Saltmarsh Brewing Co Ltd|3,31|Tom|Priya|accounts vat
Northgate Lettings Ltd|4,30|Tom|Rosalind|accounts management
Fenwick Optical Ltd|5,31|Tom|Priya|accounts vat
Greystone Surveying Ltd|7,31|Tom|Priya|accounts
Harbour Lane Dental Ltd|3,31|Tom|Rosalind|accounts payroll
Larkspur Interiors Ltd|10,31|Tom|Priya|accounts vat
Millrace Printing Ltd|6,30|Tom|Priya|accounts vat
Oakhurst Garage Ltd|3,31|Tom|Rosalind|accounts vat payroll p11d
Pennine Roofing Ltd|1,31|Tom|Priya|accounts vat cis
Quarry Bank Engineering Ltd|12,31|Tom|Rosalind|accounts vat management
Redwing Software Ltd|3,31|Tom|Priya|accounts vat
Silverdale Care Ltd|8,31|Tom|Priya|accounts payroll
Thornbury Plumbing Ltd|11,30|Tom|Priya|accounts vat bookkeeping
Upland Wool Ltd|2 months ago|Lea|Rosalind|
Vale Landscapes Ltd|3,31|Lea|Priya|accounts vat
Westgate Cafe Ltd|2 months ago|Tom|-|vat
Yarrow Consulting Ltd|3,31|Tom|Priya|accounts
Zephyr Drones Ltd|12,31|Tom|Priya|accounts
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
Olivia Tennant|individual|4,5|Aisha|Priya|onboarding
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


def clients(today: date) -> tuple[DemoClient, ...]:
    """All sixty, companies first. A few year ends move with the day, so that their accounts are always under way."""
    rows = [line.split("|") for line in _COMPANIES.strip().splitlines()]
    found = [_client(today, name, LTD, *rest) for name, *rest in rows]
    return (*found, *(_client(today, *line.split("|")) for line in _OTHERS.strip().splitlines()))


def _client(today: date, name: str, kind: str, *rest: str) -> DemoClient:
    end, manager, partner, work = rest
    if end.endswith("ago"):
        day = months_after(today, -int(end.split(maxsplit=1)[0]))
        year_end = (day.month, day.day)
    else:
        month, number = end.split(",")
        year_end = (int(month), int(number))
    return DemoClient(name, kind, year_end, manager, partner, tuple(work.split()))
