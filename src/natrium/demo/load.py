"""Loading the demo practice: the same bytes for the same date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from natrium.apps.clients import operations as clients
from natrium.apps.practices import operations as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import operations
from natrium.apps.workflows.library import library
from natrium.apps.workflows.operations import TaskFacts
from natrium.demo import clients as book
from natrium.demo import special, story
from natrium.demo.jobs_of_a_year import SERVICE_OWNERS, Job, jobs_of
from natrium.demo.people import PEOPLE, PRACTICE, SLUG
from natrium.demo.story import ZONE, Firm
from natrium.domain.roles import Role
from natrium.domain.workflow.model import Member

LEFT = timedelta(days=140)


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
    founded = datetime.combine(today - timedelta(days=420), time(9), ZONE)
    dice = Random(today.isoformat())  # noqa: S311 - a story, not a secret
    firm = _people(founded, datetime.combine(today, time(8, 30), ZONE), dice)
    ids = _clients(firm, founded)
    templates = {
        entry.template.name: operations.take_from_library(by=firm.by["Rosalind"], at=founded, slug=entry.slug)
        for entry in library()
    }
    jobs = [job for place, client in enumerate(book.clients()) for job in jobs_of(client, place, today)]
    jobs = [job for job in sorted(jobs, key=lambda job: (job.begins, job.client.name, job.title)) if job.begins < today]
    for job in jobs:
        if job.begins >= today - LEFT:
            _leave(firm, firm.now - LEFT)
        _do(firm, job, ids, templates)
    count = len(jobs) + special.add(firm, ids, templates, today)
    return Loaded(len(PEOPLE), len(ids), count)


def _leave(firm: Firm, at: datetime) -> None:
    """Whoever has left by then leaves, once."""
    for person in PEOPLE:
        first = person.name.split()[0]
        if person.left and first not in firm.gone:
            firm.gone.add(first)
            practices.deactivate_member(by=firm.by["Rosalind"], at=at, member_id=firm.by[first].member.id)


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
    return Firm(by, now, dice, {signed.member.id: first for first, signed in by.items()})


def _signed(member_id: int, name: str, role: Role, practice_id: int, user_id: int) -> SignedIn:
    return SignedIn(
        member=Member(id=member_id, name=name, role=role), email="", practice_id=practice_id, practice=PRACTICE,
        slug=SLUG, time_zone=str(ZONE), weighted=False, calendar="england", user_id=user_id,
    )  # fmt: skip


def _clients(firm: Firm, at: datetime) -> dict[str, int]:
    ids: dict[str, int] = {}
    for place, client in enumerate(book.clients()):
        month, day = client.year_end
        fields: dict[str, object] = {"reference": f"C{place + 1:03d}", "year_end_month": month, "year_end_day": day}
        if client.kind in (book.LTD, book.LLP):
            fields["company_number"] = f"99{100417 + 3571 * place:06d}"
        ids[client.name] = clients.create_client(
            by=firm.by["Rosalind"], at=at + timedelta(minutes=place), name=client.name, kind=client.kind,
            manager_id=firm.by[client.manager].member.id,
            partner_id=firm.by[client.partner].member.id if client.partner != "-" else None,
            fields=fields,
        )  # fmt: skip
    return ids


def _do(firm: Firm, job: Job, ids: dict[str, int], templates: dict[str, int]) -> None:
    owner = SERVICE_OWNERS[job.template]
    task_id = create(firm, job, ids, templates, owner)
    story.work(firm, task_id, owner, job.begins, job.days_a_step)


def create(firm: Firm, job: Job, ids: dict[str, int], templates: dict[str, int], owner: str) -> int:
    """The task of a job, with its workflow, early on the day it begins."""
    day = job.begins
    while day.weekday() > 4:
        day += timedelta(1)
    manager = firm.by["Aisha" if job.client.manager == "Aisha" else "Tom"]
    facts = TaskFacts(
        title=job.title, client_id=ids[job.client.name], service=job.template, owner_id=firm.by[owner].member.id,
        period_start=job.start, period_end=job.end, target_date=job.target, statutory_date=job.statutory,
    )  # fmt: skip
    at = datetime.combine(day, time(8, 40), ZONE)
    return operations.create_task(by=manager, at=at, facts=facts, template_ids=[templates[job.template]])
