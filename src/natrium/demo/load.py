"""Loading the demo practice: the same bytes for the same date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from natrium.apps.clients import operations as client_operations
from natrium.apps.notifications import operations as notifications
from natrium.apps.notifications.queries import inbox
from natrium.apps.practices import operations as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import operations
from natrium.apps.workflows.library import library
from natrium.apps.workflows.operations import TaskFacts
from natrium.demo import special
from natrium.demo.clients import LLP, LTD, DemoClient, clients
from natrium.demo.contacts import address_and_phone, contacts
from natrium.demo.desk import Desk
from natrium.demo.jobs_of_a_year import SERVICE_OWNERS, Job, jobs_of, review_end, vat_stagger
from natrium.demo.months import working_day, working_days_before
from natrium.demo.people import PEOPLE, PRACTICE, SLUG
from natrium.demo.story import OPENS, ZONE, Firm, Work, work
from natrium.domain.roles import Role
from natrium.domain.workflow.model import Member

FEBRUARY = 2
LEFT_BEFORE = 140
# What the practice took from the library.
SHELF = frozenset({
    "aml-annual-review", "annual-accounts", "annual-accounts-short", "bookkeeping-monthly", "charity-accounts", "cis",
    "client-offboarding", "client-onboarding", "company-formation", "confirmation-statement", "corporation-tax",
    "corporation-tax-instalment", "management-accounts", "mtd-itsa-quarterly", "p11d", "payroll-monthly",
    "self-assessment", "vat-return",
})  # fmt: skip
# The story is not written down in the order of its days: it is read at once, and told in that order.
ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What there is now."""

    people: int
    clients: int
    tasks: int


def load(today: date) -> Loaded:
    """The practice, its people, clients, templates and a year of work up to the morning of a day.

    One transaction, so that a demo is there whole or not at all. Raises Refusal where it is there already.
    """
    with transaction.atomic():
        return _load(today)


def _load(today: date) -> Loaded:
    founded = datetime.combine(working_day(today - timedelta(days=420)), time(9, 30), ZONE)
    dice = Random(today.isoformat())  # noqa: S311 - a story, not a secret
    firm = _people(founded, datetime.combine(today, time(8, 30), ZONE), dice)
    book = clients(today)
    shelf = {entry.template.name: entry for entry in library() if entry.slug in SHELF}
    templates = {
        name: operations.take_from_library(by=firm.by["Rosalind"], at=founded, slug=entry.slug)
        for name, entry in shelf.items()
    }
    steps = {name: entry.template.steps for name, entry in shelf.items()}
    desk = Desk(firm, _clients(firm, book, founded, today), templates, steps, today)
    jobs = [job for place, client in enumerate(book) for job in jobs_of(client, place, today)]
    jobs = [job for job in jobs if working_day(job.begins) < today]
    for job in sorted(jobs, key=lambda job: (job.begins, job.client.name, job.title)):
        if any(job.begins >= day for day in firm.left.values()):
            _leave(firm)
        _do(desk, job)
    count = len(jobs) + special.add(desk)
    _tell(firm)
    return Loaded(len(PEOPLE), len(book), count)


def _tell(firm: Firm) -> None:
    """Everybody is told of the last week, and has read what came before the last working day."""
    notifications.read_record(at=firm.now, lines=ALL)
    new = datetime.combine(working_days_before(firm.now.date(), 1), time(), ZONE)
    for by in firm.by.values():
        known = [told.id for told in inbox(by=by).unread if told.at < new]
        if known:
            notifications.mark_all_read(by=by, at=firm.now, up_to=known[0])


def _leave(firm: Firm) -> None:
    """Whoever has left by then leaves; one who has left already stays as they are."""
    for name, day in firm.left.items():
        at = datetime.combine(day, time(17), ZONE)
        practices.deactivate_member(by=firm.by["Rosalind"], at=at, member_id=firm.by[name].member.id)


def _people(founded: datetime, now: datetime, dice: Random) -> Firm:
    owner = PEOPLE[0]
    made = practices.create_practice(
        name=PRACTICE, owner_name=owner.name, owner_email=owner.email, at=founded, slug=SLUG
    )
    by = {"Rosalind": _signed(made.owner_id, owner.name, owner.role, made.practice_id, made.user_id)}
    for person in PEOPLE[1:]:
        member_id = practices.add_member(
            by=by["Rosalind"], at=founded, name=person.name, email=person.email, role=person.role, weekly_hours=37.5
        )
        by[person.name.split()[0]] = _signed(member_id, person.name, person.role, made.practice_id, 0)
    day = working_day(now.date() - timedelta(LEFT_BEFORE))
    return Firm(by, now, dice, {person.name.split()[0]: day for person in PEOPLE if person.left})


def _signed(member_id: int, name: str, role: Role, practice_id: int, user_id: int) -> SignedIn:
    return SignedIn(
        member=Member(id=member_id, name=name, role=role), email="", practice_id=practice_id, practice=PRACTICE,
        slug=SLUG, time_zone=str(ZONE), weighted=False, calendar="england", user_id=user_id,
    )  # fmt: skip


def _clients(firm: Firm, book: tuple[DemoClient, ...], founded: datetime, today: date) -> dict[str, int]:
    ids: dict[str, int] = {}
    for place, client in enumerate(book):
        at = founded + timedelta(minutes=place)
        if "onboarding" in client.services:
            at = datetime.combine(working_days_before(today, 10), time(9, 5), ZONE)
        month, day = client.year_end
        fields = {
            "reference": f"C{place + 1:03d}", "year_end_month": month, "year_end_day": day,
            "year_end_is_last_day": month == FEBRUARY, **address_and_phone(client, place),
        }  # fmt: skip
        if client.kind in (LTD, LLP):
            fields["company_number"] = f"99{100417 + 3571 * place:06d}"
        ids[client.name] = client_operations.create_client(
            by=firm.by["Rosalind"], at=at, name=client.name, kind=client.kind,
            manager_id=firm.by[client.manager].member.id,
            partner_id=firm.by[client.partner].member.id if client.partner != "-" else None,
            fields=fields, contacts=contacts(client, place),
        )  # fmt: skip
        _say_facts(firm, ids[client.name], client, place, at)
    return ids


def _say_facts(firm: Firm, client_id: int, client: DemoClient, place: int, at: datetime) -> None:
    """When it was incorporated, and which quarters it has for VAT."""
    born = None
    if client.kind in (LTD, LLP):
        anniversary = review_end(place, firm.now.date()) + timedelta(1)
        born = anniversary.replace(year=2004 + place * 5 % 17)
    said = {"incorporated": born.isoformat() if born else "", "vat_stagger": vat_stagger(client, place)}
    for field, value in said.items():
        if value:
            client_operations.set_fact(
                by=firm.by["Rosalind"], at=at, client_id=client_id, field=field, value=value,
                from_date=born or at.date(),
            )  # fmt: skip


def _do(desk: Desk, job: Job) -> None:
    """The task of a job, with its workflow, early on the day it begins; and its work."""
    owner = SERVICE_OWNERS[job.template]
    at = datetime.combine(working_day(job.begins), OPENS, ZONE)
    facts = TaskFacts(
        title=job.title, client_id=desk.clients[job.client.name], service=job.template, owner_id=desk.id_of(owner),
        period_start=job.start, period_end=job.end, target_date=job.target, statutory_date=job.statutory,
    )  # fmt: skip
    manager = "Aisha" if job.client.manager == "Aisha" else "Tom"
    _, (workflow_id, *_) = desk.make(manager, at, facts, job.template)
    work(desk.firm, Work(workflow_id, desk.steps[job.template], job.client, owner, job.begins, job.days_a_step))
