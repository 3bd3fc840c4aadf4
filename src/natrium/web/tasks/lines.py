"""A line of a trail, kept as text: what happened does not change."""

from functools import lru_cache

from markupsafe import Markup

from natrium.apps.workflows.panels import ActivityLine
from natrium.web import kept


@lru_cache(maxsize=kept.KEPT)
def trail_line(line: ActivityLine) -> Markup:
    """The line as its template, which escapes, makes it."""
    return Markup(kept.template("tasks/_line.html").render({"a": line}))  # noqa: S704 - the template escaped it
