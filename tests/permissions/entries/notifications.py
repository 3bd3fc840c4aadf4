"""What members are told, and what they want to be told. Everybody has their own, and nobody another's."""

from natrium.apps.database import sql
from natrium.apps.notifications import operations as notifications
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.domain.roles import Role
from tests.builders import signed_in
from tests.permissions.entry import Entry, The
from tests.permissions.sides import Side, now

WISHES = {"in_app": ["held"], "in_mail": ["ready"], "digest": True, "digest_at": "08:15"}


def told(side: Side, by: Member) -> None:
    """The caller is mentioned in a note."""
    other = side.people["partner" if by.role != Role.PARTNER else "manager"]
    text = f"@{by.name}, what {side.word} says"
    operations.comment_on_task(by=signed_in(other), at=now(), task_id=side.ids["task"], text=text)
    notifications.read_record(at=now())
    side.ids["notification"] = sql.value(
        "SELECT COALESCE(MAX(id), 0) FROM notifications_notification WHERE member_id = %s", (by.pk,)
    )


ENTRIES = [
    Entry("GET /api/v1/notifications", Role.VIEWER, before=told),
    Entry("POST /api/v1/notifications/read", Role.VIEWER, body={"up_to": 10**9}, before=told),
    Entry("POST /api/v1/notifications/read#ids", Role.VIEWER, body={"ids": [The("notification")]}, before=told),
    Entry("GET /api/v1/me/notifications", Role.VIEWER),
    Entry("PUT /api/v1/me/notifications", Role.VIEWER, body=WISHES),
    Entry("GET /notifications/", Role.VIEWER, before=told),
    Entry("POST /notifications/reading/", Role.VIEWER, body={"newest": 10**9}, before=told),
    Entry("POST /notifications/{notification_id}/reading/", Role.VIEWER, path={"notification_id": The("notification")},
          before=told),
    Entry("GET /settings/notifications/", Role.VIEWER),
    Entry("POST /settings/notifications/", Role.VIEWER, body={**WISHES, "digest": "1"}),
]  # fmt: skip
