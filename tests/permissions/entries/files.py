"""Files on tasks and steps."""

from natrium.apps.files import operations
from natrium.apps.practices.models import Member
from natrium.domain.roles import Deed, Role
from tests.builders import signed_in
from tests.permissions.entry import Entry, The, Upload
from tests.permissions.sides import Side, a_file, now

LETTER = Upload("letter.txt", b"Dear client")


def of_ones_own(side: Side, by: Member) -> None:
    """A file that the caller added; a viewer leaves it to Jo."""
    side.ids["own file"] = a_file(side, by if by.role >= Role.STAFF else side.people["task owner"], "Own")


def removed(side: Side, _: Member) -> None:
    """The file was removed."""
    operations.remove_file(by=signed_in(side.people["owner"]), at=now(), file_id=side.ids["file"])


OWN = {"file_id": The("own file")}
ENTRIES = [
    Entry("GET /api/v1/tasks/{task_id}/files", Deed.READ),
    Entry(
        "POST /api/v1/tasks/{task_id}/files", Deed.ADD_FILE, body={"file": LETTER, "step_id": The("step free")}, ok=201
    ),
    Entry("GET /api/v1/files/{file_id}", Deed.READ),
    Entry("DELETE /api/v1/files/{file_id}", Deed.REMOVE_OTHERS_FILE),
    Entry("DELETE /api/v1/files/{file_id}#ones own", Deed.REMOVE_OWN_FILE, path=OWN, before=of_ones_own),
    Entry("POST /api/v1/files/{file_id}/restore", Deed.REMOVE_OTHERS_FILE, before=removed),
    Entry("POST /tasks/{task_id}/files/", Deed.ADD_FILE, body={"file": LETTER, "step": The("step free")}),
    Entry("GET /files/{file_id}/", Deed.READ),
    Entry("POST /files/{file_id}/removal/", Deed.REMOVE_OTHERS_FILE),
    Entry("POST /files/{file_id}/removal/#ones own", Deed.REMOVE_OWN_FILE, path=OWN, before=of_ones_own),
    Entry("POST /files/{file_id}/restoration/", Deed.REMOVE_OTHERS_FILE, before=removed),
]
