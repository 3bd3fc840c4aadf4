"""What jobs are called by people."""

from __future__ import annotations

from datetime import timedelta

WORDS = {
    "natrium.jobs.housekeeping.clear": "Clear what has expired",
    "natrium.jobs.housekeeping.forget_jobs": "Clear jobs that are over",
    "natrium.jobs.housekeeping.forget_notifications": "Clear old notifications",
    "natrium.jobs.housekeeping.tidy_files": "Tidy files",
    "natrium.jobs.housekeeping.finish_set_up": "End the list of first things",
    "natrium.jobs.recurring.sweep": "Make the tasks whose day has come",
    "natrium.jobs.proposals.mail": "Send a mail about a proposal",
    "natrium.jobs.proposals.remind": "Remind clients of proposals that close",
    "natrium.jobs.proposals.seal": "Make the sealed copy of a proposal",
    "natrium.jobs.notifications.tell": "Tell members what happened",
    "natrium.jobs.notifications.send_digests": "Send the day’s mails",
}
UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def words_of(path: str) -> str:
    """What a job is called; one without words of its own by the name of its function."""
    name = path.rpartition(".")[2].replace("_", " ")
    return WORDS.get(path, name[:1].upper() + name[1:])


def every(interval: timedelta) -> str:
    """How often: "every hour", "every 2 minutes"."""
    seconds = int(interval.total_seconds())
    size, unit = next((size, unit) for size, unit in UNITS if seconds % size == 0)
    count = seconds // size
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"
