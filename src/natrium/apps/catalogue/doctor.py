"""Are the tasks made whose day has come? For `natrium doctor`."""

from __future__ import annotations

from collections.abc import Iterator

from natrium.apps.catalogue.queries.ledger import troubles
from natrium.apps.database.found import Finding


def examine() -> Iterator[Finding]:
    """Series of all practices that fail. One that waits for a fact is no fault: the practice's pages say it."""
    for one in troubles():
        if one.failing_since is not None:
            times = "1 attempt" if one.attempts == 1 else f"{one.attempts} attempts"
            what = f"“{one.service}” for {one.client} fails since {one.failing_since:%Y-%m-%d %H:%M} UTC, {times}"
            yield Finding(f"engagement {one.engagement_id}", f"{what}: {one.error.rstrip('.')}")
