"""What a client takes, and the year ahead with what is still to be made."""

from __future__ import annotations

from datetime import date
from typing import Any

from natrium.apps.catalogue import queries
from natrium.apps.workflows.panels import Choice
from natrium.apps.workflows.queries import ClientPage
from natrium.domain.roles import Deed, may
from natrium.web.clients.timeline import year_of
from natrium.web.http import Asked
from natrium.web.laws import in_our_words


def taken(who: Asked, client_id: int, found: ClientPage) -> dict[str, Any]:
    """What the client's page shows of services: those taken, those that can be, and the timeline."""
    lines = queries.engagements_of_client(by=who.by, client_id=client_id, at=who.at)
    ahead = queries.upcoming_of_client(by=who.by, client_id=client_id, at=who.at) if lines else ()
    paused = {line.id for line in lines if line.state == "paused"}
    planned = tuple(one for one in ahead if one.state == "planned" and one.engagement_id not in paused)
    now = [line for line in lines if line.state != "ended"]
    have = {line.service_id for line in now if line.ends_on is None}
    coming: dict[int, date] = {}
    for one in planned:
        if one.create_on is not None:
            coming[one.engagement_id] = min(one.create_on, coming.get(one.engagement_id, one.create_on))
    return {
        "engagements": now,
        "ended": [line for line in lines if line.state == "ended"],
        "coming": coming,
        "startable": [Choice(one.id, one.name) for one in queries.services(by=who.by) if one.id not in have],
        "can_engage": may(who.by.member.role, Deed.EDIT_SERVICE),
        "in_our_words": in_our_words,
        "planned": planned,
        "year": year_of(found.tasks, who.at.date(), planned),
    }
