"""Views of the overview: filters kept under a name, for oneself or for everybody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from natrium.apps.activity import operations as activity
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import filters
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.domain.text import keepable

PAGES = ("matrix", "stages", "list", "steps")
LONGEST, MOST = 60, 50


def save_view(*, by: SignedIn, at: datetime, name: str, page: str, query: str, shared: bool = False) -> int:
    """Keep filters under a name, in place of what the member kept under it before; returns the view's id.

    Raises Refusal (not-allowed to share; bad-value for a name, a page, or one view too many).
    """
    if shared and not may(by.member.role, Deed.SHARE_VIEW):
        raise Refusal(Code.NOT_ALLOWED, f"To share a view takes {who_may(Deed.SHARE_VIEW)}.")
    name, query = name.strip(), filters.of_text(query).text
    if not name or len(name) > LONGEST or not keepable(name):
        raise Refusal(Code.BAD_VALUE, f"A view’s name has 1 to {LONGEST} characters.", field="name")
    if page not in PAGES:
        raise Refusal(Code.BAD_VALUE, "A view is of the matrix, the stages, the list or the steps.", field="page")
    with transaction.atomic():
        # The practice's row is locked with its chain, so that two of one name cannot both be new.
        sql.rows(f"SELECT id FROM practices_practice WHERE id = %s {sql.for_update()}", (by.practice_id,))
        kept = sql.row(
            """SELECT id, page, query, shared FROM workflows_savedview
               WHERE practice_id = %s AND by_id = %s AND name = %s""",
            (by.practice_id, by.member.id, name),
        )
        if kept is not None and (kept[1], kept[2], bool(kept[3])) == (page, query, shared):
            return int(kept[0])
        _not_too_many(by, new=kept is None)
        view_id = int(
            sql.value(
                """INSERT INTO workflows_savedview (practice_id, by_id, name, page, query, shared, created_at)
                   VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (practice_id, by_id, name) DO UPDATE
                   SET page = excluded.page, query = excluded.query, shared = excluded.shared RETURNING id""",
                (by.practice_id, by.member.id, name, page, query, shared, at),
            )
        )
        _record("view.saved", view_id, {"name": name, "page": page, "query": query, "shared": shared}, by=by, at=at)
        return view_id


def _not_too_many(by: SignedIn, *, new: bool) -> None:
    count = sql.value(
        "SELECT COUNT(*) FROM workflows_savedview WHERE practice_id = %s AND by_id = %s", (by.practice_id, by.member.id)
    )
    if new and count >= MOST:
        raise Refusal(Code.BAD_VALUE, f"You keep {MOST} views. Remove one you no longer need.", field="name")


def remove_view(*, by: SignedIn, at: datetime, view_id: int) -> None:
    """Remove a view: one's own, or a shared one of a colleague's. Raises NotFound, Refusal not-allowed."""
    with transaction.atomic():
        kept = sql.row(
            f"""SELECT by_id, name, page, query, shared FROM workflows_savedview
                WHERE id = %s AND practice_id = %s AND (by_id = %s OR shared) {sql.for_update()}""",
            (view_id, by.practice_id, by.member.id),
        )
        if kept is None:
            raise NotFound("There is no such view.")
        by_id, name, page, query, shared = kept
        if by_id != by.member.id and not may(by.member.role, Deed.SHARE_VIEW):
            raise Refusal(Code.NOT_ALLOWED, f"To remove a colleague’s view takes {who_may(Deed.SHARE_VIEW)}.")
        sql.execute("DELETE FROM workflows_savedview WHERE id = %s", (view_id,))
        was = {"name": name, "page": page, "query": query, "shared": bool(shared)}
        _record("view.removed", view_id, was, by=by, at=at)


def _record(verb: str, view_id: int, said: dict[str, object], *, by: SignedIn, at: datetime) -> None:
    event = activity.NewEvent(verb=verb, name=str(said["name"]), data=said | {"view": view_id})
    activity.record(
        chain="practice", subject_id=by.practice_id, practice_id=by.practice_id, events=[event], by=by, at=at
    )
