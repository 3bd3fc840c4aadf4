"""A row of my work, kept as text from one page to the next."""

from datetime import date
from functools import lru_cache

from markupsafe import Markup

from natrium.apps.workflows.worklists import WorkRow
from natrium.web import kept

FIELDS = kept.slot()


def work_row(row: WorkRow, section: str, lit: bool, may: bool, today: date, token: str) -> Markup:  # noqa: FBT001 - called by a template
    """The row of a step in a section of my work; `lit` marks the first to do, `may` whether this member acts."""
    return Markup(_kept(row, section, lit, may, today).replace(FIELDS, token))  # noqa: S704 - the template escaped it


@lru_cache(maxsize=kept.KEPT)
def _kept(row: WorkRow, section: str, lit: bool, may: bool, today: date) -> str:  # noqa: FBT001 - parts of the key
    shown = {"row": row, "section": section, "lit": lit, "may": may, "today": today, "fields": FIELDS}
    return kept.template("work/_row.html").render(shown)
