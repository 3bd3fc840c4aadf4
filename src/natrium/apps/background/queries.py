"""The one door out: how the jobs stand, for the partners of a practice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from natrium.apps.background import queue
from natrium.apps.background.queue import TROUBLE, Job, Regular, State
from natrium.apps.practices.queries import SignedIn
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may, who_may

__all__ = ["TROUBLE", "Job", "Jobs", "Regular", "State", "jobs", "need"]


@dataclass(frozen=True, slots=True)
class Jobs:
    """A practice's jobs and the installation's: those that want an eye, the others, and what comes round by itself."""

    troubled: tuple[Job, ...]
    others: tuple[Job, ...]
    regular: tuple[Regular, ...]


def jobs(*, by: SignedIn, at: datetime) -> Jobs:
    """How they stand. Refuses not-allowed."""
    need(by)
    mine = queue.open_jobs(at, practice_id=by.practice_id)
    return Jobs(
        troubled=tuple(job for job in mine if job.state in TROUBLE),
        others=tuple(job for job in mine if job.state not in TROUBLE),
        regular=tuple(queue.regulars(at)),
    )


def need(by: SignedIn) -> None:
    """Refuses not-allowed to whoever may not look at jobs."""
    if not may(by.member.role, Deed.RUN_JOB):
        raise Refusal(Code.NOT_ALLOWED, f"To {Deed.RUN_JOB.value} takes {who_may(Deed.RUN_JOB)}.")
