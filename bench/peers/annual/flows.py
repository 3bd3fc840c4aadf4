"""W as viewflow has it."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process


def page(request, **kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN003, ANN201
    """Stand in for a view; nothing is rendered here."""


class AnnualAccounts(flow.Flow):  # type: ignore[misc]
    """W as a chain of eight views."""

    process_class = Process
    start = flow.StartHandle(lambda _activation: None).Next(this.step_0)
    step_0 = flow.View(page).Next(this.step_1)
    step_1 = flow.View(page).Next(this.step_2)
    step_2 = flow.View(page).Next(this.step_3)
    step_3 = flow.View(page).Next(this.step_4)
    step_4 = flow.View(page).Next(this.step_5)
    step_5 = flow.View(page).Next(this.step_6)
    step_6 = flow.View(page).Next(this.step_7)
    step_7 = flow.View(page).Next(this.end)
    end = flow.End()
