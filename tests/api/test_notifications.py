"""Notifications through the API."""

from datetime import UTC, datetime

from natrium.apps.notifications import operations
from natrium.apps.workflows import operations as workflows
from tests.api.conftest import ApiWorld, As
from tests.builders import signed_in


def test_what_one_was_told_and_marking_it_as_read(world: ApiWorld, as_: As) -> None:
    now = datetime.now(UTC)
    operations.read_record(at=now)
    operations.mark_all_read(by=signed_in(world.cast.jo), at=now, up_to=10**9)
    for number in range(3):
        workflows.comment_on_task(
            by=signed_in(world.cast.mark), at=datetime.now(UTC), task_id=world.task_id, text=f"@Jo Evans {number}"
        )
    operations.read_record(at=datetime.now(UTC))
    call = as_(world.cast.jo)
    found = call("get", "/notifications").json()
    assert [one["quote"] for one in found["unread"]] == ["@Jo Evans 2", "@Jo Evans 1", "@Jo Evans 0"]
    newest, second, oldest = found["unread"]
    assert (newest["kind"], newest["words"], newest["who"]["name"]) == (
        "mentioned",
        "Mark Reed mentioned you",
        "Mark Reed",
    )
    assert call("post", "/notifications/read", {"ids": [second["id"]]}).json() == {"unread": 2}
    assert call("post", "/notifications/read", {"up_to": oldest["id"]}).json() == {"unread": 1}
    assert call("get", "/notifications").json()["items"][0]["quote"] == "@Jo Evans 1"
    assert as_(world.cast.mark)("post", "/notifications/read", {"ids": [newest["id"]]}).status_code == 404
    assert call("post", "/notifications/read", {}).status_code == 422
    assert call("get", "/notifications").json()["unread"] == [newest]


def test_wishes(world: ApiWorld, as_: As) -> None:
    call = as_(world.cast.jo)
    assert call("get", "/me/notifications").json() == {
        "in_app": ["assigned", "held", "lost", "mentioned", "ready", "review", "sent_back"],
        "in_mail": ["assigned", "mentioned", "review", "sent_back"], "digest": True, "digest_at": "07:30",
    }  # fmt: skip
    wish = {"in_app": ["held"], "in_mail": [], "digest": False, "digest_at": "09:00"}
    assert call("put", "/me/notifications", wish).json() == wish
    assert call("get", "/me/notifications").json() == wish
    for wrong in ({"in_app": ["gossip"]}, {"digest_at": "24:00"}, {"extra": 1}):
        assert call("put", "/me/notifications", wish | wrong).status_code == 422
