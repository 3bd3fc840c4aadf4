"""Another year end for a client: what it would do, and doing it."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import Day, Id, Strict
from natrium.api.problems import ERRORS
from natrium.apps.catalogue import operations
from natrium.apps.catalogue.operations import YearEnd, YearEndPlan

router = Router(tags=["clients"])


class NewYearEnd(Strict):
    """The period that ends on `was` ends on `now` instead, which is the new year end: `last`, the month's last day.

    With `move_begun` tasks that somebody works on move too; with `dry_run` only what would come of it is said.
    """

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]
    last: bool = False
    was: Day
    now: Day
    move_begun: bool = False
    dry_run: bool = False


@router.post("/clients/{int:client_id}/year-end", response={200: YearEndPlan, **ERRORS})
def change(request: HttpRequest, client_id: Id, body: NewYearEnd) -> YearEndPlan:
    """Change a client's year end from a period on: what is not begun moves, what is begun is asked about."""
    who = asked(request)
    new = YearEnd(month=body.month, day=body.day, last=body.last)
    if body.dry_run:
        return operations.preview_year_end(by=who.by, client_id=client_id, new=new, was=body.was, now=body.now)
    return operations.change_year_end(
        by=who.by, at=who.at, client_id=client_id, new=new, was=body.was, now=body.now, move_begun=body.move_begun
    )
