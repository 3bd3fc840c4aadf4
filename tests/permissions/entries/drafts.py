"""Writing templates on pages: the editor, publishing, comparing, beginning one."""

import json

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.domain.roles import Deed
from natrium.domain.workflow import drafting
from natrium.domain.workflow.codec import to_dict
from tests.builders import signed_in
from tests.permissions.entry import Entry
from tests.permissions.sides import Side, now, the_template

EDIT = Deed.EDIT_TEMPLATE
DRAFT = "/templates/{template_id}/draft"
FIRST = the_template("Quercus")
GROUP, STEP = FIRST.groups[0].key, FIRST.steps[0].key


def changed(side: Side, _: Member) -> None:
    """The template has a draft beside its version."""
    operations.change_draft(
        by=signed_in(side.people["manager"]),
        at=now(),
        template_id=side.ids["template"],
        change=lambda draft: drafting.add_group(draft, f"More {side.word}"),
    )


ENTRIES = [
    Entry("GET /templates/new/", EDIT),
    Entry("GET /templates/suggestion/", EDIT),
    Entry("POST /templates/drafts/", EDIT, body={"name": "Ours", "description": ""}),
    Entry("POST /library/{slug}/template/", EDIT, path={"slug": "vat-return"}),
    Entry("POST /workflows/{workflow_id}/template/", EDIT),
    Entry(f"GET {DRAFT}/", EDIT),
    Entry(f"POST {DRAFT}/details/", EDIT, body={"name": "Ours", "description": "All of it"}),
    Entry(f"POST {DRAFT}/groups/", EDIT, body={"name": "Further"}),
    Entry(f"POST {DRAFT}/groups/{{key}}/", EDIT, path={"key": GROUP}, body={"name": "Other", "order": "any"}),
    Entry(f"POST {DRAFT}/groups/{{key}}/place/", EDIT, path={"key": GROUP}, body={"to": "down"}),
    Entry(f"POST {DRAFT}/groups/{{key}}/removal/", EDIT, path={"key": GROUP}),
    Entry(f"POST {DRAFT}/groups/{{key}}/steps/", EDIT, path={"key": GROUP}, body={"name": "One more"}),
    Entry(f"GET {DRAFT}/steps/{{key}}/", EDIT, path={"key": STEP}, ok=303),
    Entry(f"POST {DRAFT}/steps/{{key}}/", EDIT, path={"key": STEP}, body={"fields": "name", "name": "Other"}),
    Entry(f"POST {DRAFT}/steps/{{key}}/place/", EDIT, path={"key": STEP}, body={"to": "down"}),
    Entry(f"POST {DRAFT}/steps/{{key}}/removal/", EDIT, path={"key": STEP}),
    Entry(f"POST {DRAFT}/discarded/", EDIT, before=changed),
    Entry(f"POST {DRAFT}/restored/", EDIT, body={"draft": json.dumps(to_dict(the_template("Before")))}),
    Entry("POST /templates/files/", EDIT, ok=422),  # a form without its file: said at the field, to who may
    Entry("GET /templates/{template_id}/publication/", EDIT),
    Entry("POST /templates/{template_id}/publication/", EDIT, before=changed, body={"note": "More"}),
    Entry("GET /templates/{template_id}/versions/", Deed.READ),
    Entry("POST /templates/{template_id}/versions/{number}/draft/", EDIT, path={"number": 1}),
    Entry("POST /templates/{template_id}/archive/", EDIT),
    Entry("POST /templates/{template_id}/copies/", EDIT),
    Entry("GET /templates/{template_id}/file/", Deed.READ),
]  # fmt: skip
