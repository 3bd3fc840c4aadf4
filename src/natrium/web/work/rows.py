"""A row of my work, kept as text from one page to the next."""

from datetime import date
from functools import lru_cache

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from natrium.apps.workflows.panels import WorkRow
from natrium.domain.roles import Role
from natrium.web import kept

FIELDS = kept.slot()


@pass_context
def work_row(context: Context, row: WorkRow, section: str, lit: bool) -> Markup:  # noqa: FBT001 - called by a template
    """The row of a step in a section of my work; `lit` marks the first to do."""
    may = context["me"].member.role >= Role.STAFF
    text = _kept(row, section, lit, may, context["today"])
    return Markup(text.replace(FIELDS, context["csrf"]))  # noqa: S704 - the template escaped it


@lru_cache(maxsize=kept.KEPT)
def _kept(row: WorkRow, section: str, lit: bool, may: bool, today: date) -> str:  # noqa: FBT001 - parts of the key
    shown = {"row": row, "section": section, "lit": lit, "may": may, "today": today, "fields": FIELDS}
    return kept.template("_work_row.html").render(shown)
