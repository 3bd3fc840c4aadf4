"""Schedules as plain data and back; what makes no sense is refused at its field."""

from typing import Any

import pytest

from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence import codec
from natrium.domain.recurrence.schedule import Schedule
from natrium.domain.recurrence.schedules import SCHEDULES

VAT: dict[str, Any] = {
    "anchor": "vat_stagger", "months": 3, "rule": "hmrc.vat.return", "create": {"whence": "period_end", "days": 1},
}  # fmt: skip


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda one: one.service)
def test_every_ready_schedule_comes_back_as_it_was(schedule: Schedule) -> None:
    data = codec.to_dict(schedule)
    assert codec.from_dict(data, service=schedule.service, workflow=schedule.workflow, who=schedule.who) == schedule


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"anchor": "moon"}, "anchor"),
        ({"anchor": None}, "anchor"),
        ({"months": 1}, "months"),
        ({"months": True}, "months"),
        ({"months": 10**9}, "months"),
        ({"rule": "hmrc.vat.retrn"}, "rule"),
        ({"rule": ""}, "rule"),
        ({"offset": {"whence": "period_end", "days": 3}}, "rule"),
        ({"create": {"whence": "period_start", "days": 1}}, "create"),
        ({"create": {"whence": "event", "days": 0}}, "create"),
        ({"create": {"whence": "period_end", "days": 3661}}, "create"),
        ({"create": {"whence": "period_end", "days": 1, "unit": "weeks"}}, "create"),
        ({"create": 3}, "create"),
        ({"target": {"days": -1}}, "target"),
        ({"milestones": [{"label": " ", "rule": "hmrc.vat.return"}]}, "milestones"),
        ({"milestones": [{"label": "Pay", "rule": "hmrc.vat.return"}] * 2}, "milestones"),
        ({"milestones": {"label": "Pay"}}, "milestones"),
        ({"milestones": ["Pay"]}, "milestones"),
        ({"others": ["nothing"]}, "others"),
        ({"parts": "many"}, "parts"),
        ({"anchor": "event", "months": 0}, "rule"),
        ({"anchor": "calendar", "months": 0}, "months"),
        ({"rule": "", "offset": {"whence": "event", "days": 3}}, "offset"),
        ({"rule": "", "offset": {"whence": "period_end", "days": 3}, "parts": "instalment"}, "parts"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        codec.from_dict(VAT | changes)
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, field)
