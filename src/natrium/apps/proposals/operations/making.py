"""What an acceptance brings about: engagements, the tasks that are due, the work that is done once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from natrium.apps.activity.operations import Actor
from natrium.apps.catalogue import operations as catalogue
from natrium.apps.catalogue.models import Engagement
from natrium.apps.practices import queries as practices
from natrium.apps.practices.people import SignedIn
from natrium.apps.proposals.models import Proposal
from natrium.apps.proposals.rows import Held, offer_of, today_of
from natrium.apps.workflows import operations as workflows
from natrium.apps.workflows import queries as workflow_queries
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.proposals import offer as offers
from natrium.domain.roles import Role
from natrium.domain.workflow.holding import can_hold
from natrium.domain.workflow.model import Member

FIRST_WORK = timedelta(days=14)
ONBOARDING = "Client onboarding"


@dataclass(frozen=True, slots=True, kw_only=True)
class AsAccepted(SignedIn):
    """At work for whoever accepted: the record names them; what is made was allowed when a partner sent the offer."""

    actor: Actor

    @property
    def actor_kind(self) -> str:
        """How the record names this kind of actor."""
        return self.actor.actor_kind

    @property
    def actor_id(self) -> int | None:
        """The member's id, where a member recorded it."""
        return self.actor.actor_id

    @property
    def actor_name(self) -> str:
        """Whoever accepted."""
        return self.actor.actor_name


def make(held: Held, *, actor: Actor, at: datetime) -> dict[str, list[int]]:
    """Bring about all that the proposal offers; returns the ids of engagements and of tasks done once.

    Raises Refusal where something of it is possible no longer, and NotFound.
    """
    row, onboarding = held.row, _onboarding(held)
    by = _by(held, actor)
    today, offer = today_of(row, at), offer_of(row)
    engagements = [
        catalogue.start_engagement(
            by=by, at=at, client_id=held.client.pk, service_id=line.service_id or 0,
            starts_on=offers.starts(line, accepted_on=today),
        )
        for line in offers.recurring(offer.lines)
    ]  # fmt: skip
    if engagements:
        catalogue.generate(at=at, practice_id=row.practice_id, engagement_ids=sorted(set(engagements)))
    once = [(line.name, line.template_id) for line in offers.one_off(offer.lines)]
    if onboarding is not None and onboarding not in {template_id for _, template_id in once}:
        once.insert(0, (ONBOARDING, onboarding))
    tasks = [
        workflows.create_task(
            by=by, at=at, template_ids=[template_id] if template_id else [],
            facts=TaskFacts(
                title=name, client_id=held.client.pk, owner_id=_owner(held), target_date=today + FIRST_WORK
            ),
        )
        for name, template_id in once
    ]  # fmt: skip
    return {"engagements": list(dict.fromkeys(engagements)), "tasks": tasks}


def _onboarding(held: Held) -> int | None:
    """The workflow for a new client; None for one who takes something already, or accepted another proposal before.

    Where it cannot be attached any more, the row says so.
    """
    row = held.row
    if row.onboarding_id is None:
        return None
    agreed = Proposal.objects.filter(client=held.client, status="accepted", onboarding__isnull=False)
    if Engagement.objects.filter(client=held.client).exists() or agreed.exclude(pk=row.pk).exists():
        return None
    why = workflow_queries.not_attachable(practice_id=row.practice_id, template_ids=[row.onboarding_id])
    if row.onboarding_id in why:
        row.left_out = why[row.onboarding_id]
        row.save(update_fields=["left_out"])
        return None
    return row.onboarding_id


def _owner(held: Held) -> int | None:
    """Who has the first work: the client's manager or partner, where they may hold any."""
    for member_id in (held.client.manager_id, held.client.partner_id):
        if member_id is not None:
            member = practices.member_of(practice_id=held.client.practice_id, member_id=member_id)
            if can_hold(member):
                return member_id
    return None


def _by(held: Held, actor: Actor) -> AsAccepted:
    practice = held.row.practice
    sender = practices.member_of(practice_id=practice.pk, member_id=held.row.sent_by_id or 0)
    member = Member(id=sender.id, name=sender.name, role=Role.PARTNER, active=True)
    return AsAccepted(
        member=member, email="", practice_id=practice.pk, practice=practice.name, slug=practice.slug,
        time_zone=practice.time_zone, weighted=practice.weighted_progress, calendar=practice.calendar, user_id=0,
        token_id=actor.token_id, actor=actor,
    )  # fmt: skip
