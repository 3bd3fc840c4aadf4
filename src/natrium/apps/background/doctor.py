"""Are the jobs done? For `natrium doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from natrium.apps.background import queue
from natrium.apps.background.queue import Job, State
from natrium.apps.database.found import Finding

SAYS = {
    State.FAILED: "failed {since} and was given up after {attempts}: {error} Run it again at /settings/jobs/",
    State.STUCK: "was begun {since} and has not ended. Is the worker running?",
    State.LATE: "waits since {since}. Is the worker running?",
}


def examine(*, at: datetime) -> Iterator[Finding]:
    """Jobs of all practices that failed, are stuck or late; what comes round by itself and has not."""
    for job in queue.open_jobs(at):
        if job.state in SAYS:
            yield Finding(f"job {job.id}", _said(job))
    for regular in queue.regulars(at):
        if regular.overdue and regular.last is not None:
            last = f"{regular.last:%Y-%m-%d %H:%M} UTC"
            what = f"“{regular.words}” is done {regular.every}, and was last begun {last}. Is the worker running?"
            yield Finding(f"schedule {regular.name}", what)


def _said(job: Job) -> str:
    tries = "1 attempt" if job.attempts == 1 else f"{job.attempts} attempts"
    error = job.error if job.error.endswith(".") else f"{job.error}."
    about = f"“{job.words}”" + (f" ({job.about})" if job.about else "")
    since = f"{job.since:%Y-%m-%d %H:%M} UTC"
    return f"{about} {SAYS[job.state].format(since=since, attempts=tries, error=error)}"
