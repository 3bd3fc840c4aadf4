"""The one door in: services, who takes them, and the tasks that come of it."""

from natrium.apps.catalogue.facts import Mode, OwnerRule, RecurringFacts
from natrium.apps.catalogue.operations.engagements import (
    OpenWork,
    end_engagement,
    pause_engagement,
    resume_engagement,
    set_overrides,
    start_engagement,
)
from natrium.apps.catalogue.operations.generating import Made, Said, Swept, generate
from natrium.apps.catalogue.operations.many import (
    End,
    EngagementDeed,
    Many,
    Pause,
    Resume,
    change_engagements,
)
from natrium.apps.catalogue.operations.overrides import Override, RefusedOverride
from natrium.apps.catalogue.operations.recurring import (
    add_recurring_task,
    edit_recurring_task,
    remove_recurring_task,
    take_ready_service,
)
from natrium.apps.catalogue.operations.removing import remove_occurrence
from natrium.apps.catalogue.operations.services import (
    archive_service,
    create_service,
    edit_service,
    unarchive_service,
)
from natrium.apps.catalogue.operations.starting import Started, Starter, plan_starting, start_engagements
from natrium.apps.catalogue.operations.year_end import Moved, YearEndPlan, change_year_end, preview_year_end
from natrium.domain.recurrence.sweeping import CatchUp
from natrium.domain.recurrence.year_ends import YearEnd

__all__ = [
    "CatchUp",
    "End",
    "EngagementDeed",
    "Made",
    "Many",
    "Mode",
    "Moved",
    "OpenWork",
    "Override",
    "OwnerRule",
    "Pause",
    "RecurringFacts",
    "RefusedOverride",
    "Resume",
    "Said",
    "Started",
    "Starter",
    "Swept",
    "YearEnd",
    "YearEndPlan",
    "add_recurring_task",
    "archive_service",
    "change_engagements",
    "change_year_end",
    "create_service",
    "edit_recurring_task",
    "edit_service",
    "end_engagement",
    "generate",
    "pause_engagement",
    "plan_starting",
    "preview_year_end",
    "remove_occurrence",
    "remove_recurring_task",
    "resume_engagement",
    "set_overrides",
    "start_engagement",
    "start_engagements",
    "take_ready_service",
    "unarchive_service",
]
