"""Templates and the ready library."""

from dataclasses import replace

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.domain.roles import Deed
from tests.builders import signed_in
from tests.permissions.entry import Entry, The
from tests.permissions.sides import Side, now, the_template

DRAFT = {
    "name": "Ours", "groups": [{"key": "all", "name": "All", "steps": [{"key": "one", "name": "One"}]}],
}  # fmt: skip
FILE = """natrium: template/1
name: Ours
groups:
  - key: all
    name: All
    steps:
      - key: one
        name: One
"""
ONE = "/api/v1/templates/{template_id}"


def drafted(side: Side, _: Member) -> None:
    """A template with a draft that can be published."""
    by = signed_in(side.people["manager"])
    definition = replace(the_template(side.word), name=f"Draft {side.word}")
    side.ids["draft"] = operations.create_template(by=by, at=now(), name=definition.name, definition=definition)


def archived(side: Side, _: Member) -> None:
    """The template is in the archive."""
    operations.archive(by=signed_in(side.people["manager"]), at=now(), template_id=side.ids["template"])


ENTRIES = [
    Entry("GET /api/v1/templates", Deed.READ),
    Entry("POST /api/v1/templates", Deed.EDIT_TEMPLATE, body={"name": "Ours", "definition": DRAFT}, ok=201),
    Entry("POST /api/v1/templates/import", Deed.EDIT_TEMPLATE, body={"yaml": FILE, "publish": True}, ok=201),
    Entry(f"GET {ONE}", Deed.READ),
    Entry(f"GET {ONE}/draft", Deed.READ),
    Entry(f"PUT {ONE}/draft", Deed.EDIT_TEMPLATE, body={"definition": DRAFT}),
    Entry(
        f"POST {ONE}/publish", Deed.EDIT_TEMPLATE, path={"template_id": The("draft")}, before=drafted, ok=201
    ),
    Entry(f"POST {ONE}/archive", Deed.EDIT_TEMPLATE),
    Entry(f"POST {ONE}/unarchive", Deed.EDIT_TEMPLATE, before=archived),
    Entry(f"GET {ONE}/file", Deed.READ),
    Entry("GET /api/v1/library", Deed.READ),
    Entry("POST /api/v1/library/{slug}/take", Deed.EDIT_TEMPLATE, path={"slug": "vat-return"}, ok=201),
    Entry("GET /templates/", Deed.READ),
    Entry("GET /rules-of-law/", Deed.READ),
    Entry("GET /templates/{template_id}/", Deed.READ),
    Entry("POST /templates/{template_id}/tasks/", Deed.EDIT_TASK, body={"task_id": The("bare task")}),
]  # fmt: skip
