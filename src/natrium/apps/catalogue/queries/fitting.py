"""Which templates fit a service: those that its recurring tasks get."""

from __future__ import annotations

from natrium.apps.database import sql
from natrium.apps.practices.offices import AtWork


def fitting_templates(by: AtWork, service: str) -> tuple[int, ...]:
    """The templates of the active service of that name, in any case; none where there is no such service."""
    rows = sql.rows(
        f"""SELECT x.template_id, MIN(r.position * 100 + x.position) FROM catalogue_recurringtasktemplate x
            JOIN catalogue_recurringtask r ON r.id = x.recurring_task_id AND r.active = {sql.TRUE}
            JOIN catalogue_service s ON s.id = r.service_id AND s.active = {sql.TRUE}
            WHERE s.practice_id = %s AND lower(s.name) = lower(%s) GROUP BY x.template_id ORDER BY 2, 1""",
        (by.practice_id, service.strip()),
    )
    return tuple(template_id for template_id, _ in rows)
