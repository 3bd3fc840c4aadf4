"""A practice with tasks by the thousand, and the Annual Accounts workflow W (4 groups, 8 steps) to attach."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

TASK_COLUMNS = (
    "id", "practice_id", "client_id", "title", "service", "owner_id", "other_dates", "hold", "hold_reason", "status",
    "workflows_count", "workflows_finished", "unresolved_count", "created_at", "rev", "chain_count", "chain_head",
    "steps_total", "steps_done", "steps_stale", "steps_skipped", "steps_in_progress", "steps_waiting", "steps_ready",
    "target_date",
)  # fmt: skip
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def start() -> Path:
    """A fresh data folder (unless NATRIUM_DATA is set already), migrated; Django ready. Returns the folder."""
    folder = Path(os.environ.get("NATRIUM_DATA") or tempfile.mkdtemp(prefix="natrium-bench-"))
    os.environ["NATRIUM_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    (folder / "static").mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "natrium", "migrate"], check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    return folder


def clear(folder: Path) -> None:
    """Take the folder away."""
    shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class World:
    """The practice: who acts (`jo`, the task owner; `olive`, the owner), a client, and the template W."""

    olive: object
    jo: object
    jo_id: int
    sam_id: int
    jo_email: str
    client_id: int
    template_id: int


def build(tag: str = "bench") -> World:
    """A practice of three, one client, and W published."""
    from natrium.apps.clients import operations as clients
    from natrium.apps.practices import operations as practices
    from natrium.apps.practices.people import SignedIn
    from natrium.apps.workflows import operations
    from natrium.domain.roles import Role
    from natrium.domain.workflow.model import Member

    made = practices.create_practice(name=tag, owner_name="Olive", owner_email=f"olive@{tag}.example", at=NOW, slug=tag)

    def signed(member_id: int, name: str, role: Role) -> SignedIn:
        return SignedIn(
            member=Member(id=member_id, name=name, role=role), email="", practice_id=made.practice_id, practice=tag,
            slug=tag, time_zone="Europe/London", weighted=False, calendar="england", user_id=made.user_id,
        )  # fmt: skip

    olive = signed(made.owner_id, "Olive", Role.OWNER)
    jo_email = f"jo@{tag}.example"
    jo_id = practices.add_member(by=olive, at=NOW, name="Jo", email=jo_email, role=Role.STAFF)
    sam_id = practices.add_member(by=olive, at=NOW, name="Sam", email=f"sam@{tag}.example", role=Role.STAFF)
    client_id = clients.create_client(
        by=olive, at=NOW, name="Widget Ltd", kind="limited_company", manager_id=made.owner_id, partner_id=made.owner_id
    )
    template_id = operations.create_template(by=olive, at=NOW, name="Annual Accounts", definition=w_template())
    operations.publish(by=olive, at=NOW, template_id=template_id)
    return World(olive, signed(jo_id, "Jo", Role.STAFF), jo_id, sam_id, jo_email, client_id, template_id)


def w_template(name: str = "Annual Accounts"):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """W: the library's Annual Accounts."""
    from dataclasses import replace

    from natrium.apps.workflows.library import library

    found = next(entry.template for entry in library() if entry.template.name == "Annual Accounts")
    return replace(found, name=name)


def tasks(world: World, count: int, of_jo: int = 60) -> list[int]:
    """Bare tasks, written straight into the table: so many of Jo's, the rest Sam's."""
    from django.db import transaction

    from natrium.apps.database import ids, insert

    practice_id = world.olive.practice_id  # type: ignore[attr-defined]
    with transaction.atomic():
        made = list(ids.allocate("tasks_task", count))
        insert.insert_rows(
            "tasks_task",
            TASK_COLUMNS,
            [
                (
                    number, practice_id, world.client_id, f"Accounts {number}", "Annual Accounts",
                    world.jo_id if place < of_jo else world.sam_id, "[]", "", "", "not_started", 0, 0, 0, NOW, 1, 0,
                    "", 0, 0, 0, 0, 0, 0, 0, date(2026, 12, 1) + timedelta(days=number % 300),
                )
                for place, number in enumerate(made)
            ],
        )  # fmt: skip
    return made
