"""A refusal on its way to a page: the words, the step and the form they belong to, and what was typed there."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as given

from django.http import QueryDict

from natrium.domain.errors import OF_WHAT_WAS_SENT, Code, Obstacle, Refusal

# As the API's.
STATUS = dict.fromkeys(Code, 409) | dict.fromkeys(OF_WHAT_WAS_SENT, 422) | {Code.NOT_ALLOWED: 403}

# What people write themselves: all that is worth giving back where its form is gone.
WRITTEN = {
    "reason": "Reason",
    "text": "Note",
    "note": "Approval",
    "reference": "Reference",
    "filed_on": "Filed on",
    "whom": "Waiting on",
    "name": "Name",
    "guidance": "Guidance",
    "title": "Title",
    "service": "Service",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal as templates show it. `place` is the workflow's id (0: the task's own step), `noun` the form's.

    `shown`: the step's row is on the page and shows it. `lost`: what was typed, where its form is not offered now.
    """

    message: str
    code: str
    status: int
    key: str = ""
    noun: str = ""
    place: int = 0
    field: str = ""
    obstacles: tuple[Obstacle, ...] = ()
    typed: Mapping[str, str] = given(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = given(default_factory=dict)
    task_id: int | None = None
    shown: bool = False
    lost: str = ""

    def typed_list(self, name: str) -> tuple[str, ...]:
        """All that was ticked under a name."""
        return self.lists.get(name, ())


def refused(refusal: Refusal, post: QueryDict, *, key: str = "", noun: str = "", place: int = 0) -> Refused:
    """The refusal with what was typed."""
    return Refused(
        message=refusal.message,
        code=str(refusal.code),
        status=STATUS[refusal.code],
        key=key,
        noun=noun,
        place=place,
        field=refusal.field,
        obstacles=refusal.obstacles,
        typed={name: value for name, value in post.items() if isinstance(value, str)},
        lists={name: tuple(post.getlist(name)) for name in post},
    )


def typed_words(post: QueryDict) -> list[tuple[str, str]]:
    """What a person wrote into a form, with the names of the fields in words."""
    pairs = [(label, post.get(name, "").strip()) for name, label in WRITTEN.items()]
    return [(label, text) for label, text in pairs if text]
