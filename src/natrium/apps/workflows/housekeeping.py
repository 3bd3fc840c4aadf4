"""What is true no longer is not kept as a mark."""

from __future__ import annotations

from datetime import datetime

from natrium.apps.activity.operations import System
from natrium.apps.practices.operations import end_setting_up
from natrium.apps.workflows.queries.setting_up import set_up


def finish_setting_up(*, at: datetime) -> int:
    """Practices that have done all that there is to do first are new no longer; returns how many those were."""
    done = set_up()
    for practice_id in done:
        end_setting_up(practice_id=practice_id, by=System(), at=at)
    return len(done)
