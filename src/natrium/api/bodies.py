"""What requests may carry: bounded numbers, texts that can be kept, no field that is not named."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from natrium.domain import text as text_rules

MAX_ID = 2**63 - 1
MAX_BULK = 5_000
MAX_AT_ONCE = 2_000


def keepable(text: str) -> str:
    """The text itself. Raises ValueError for characters that no database keeps."""
    if not text_rules.keepable(text):
        raise ValueError("has a character that cannot be kept")
    return text


Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Rev = Annotated[int, Field(ge=0, le=2**31 - 1)]
Text = Annotated[str, AfterValidator(keepable), Field(max_length=20_000)]
Name = Annotated[str, AfterValidator(keepable), Field(max_length=200)]
Limit = Annotated[int, Field(ge=1, le=200)]
Cursor = Annotated[str, AfterValidator(keepable), Field(max_length=500)]
Words = Annotated[str, AfterValidator(keepable), Field(max_length=100)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
# What the rules look at, and refuse in their order and their words: only the description tells the limits here.
RuledText = Annotated[str, Field(json_schema_extra={"maxLength": 20_000})]
RuledName = Annotated[str, Field(json_schema_extra={"maxLength": 200})]
RuledKey = Annotated[str, Field(json_schema_extra={"pattern": "^[a-z0-9][a-z0-9-]{0,62}$"})]
RuledKeys = Annotated[list[RuledKey], Field(max_length=500)]
RuledPlace = Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": 500})]


class Strict(BaseModel):
    """A body: a field that is not named here is refused."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Strict):
    """An empty body."""


class Reason(Strict):
    """Why."""

    reason: RuledText = ""


class Waits(Strict):
    """Why a step waits, and on whom."""

    reason: RuledText = ""
    on: Literal["client", "third_party"] | None = None
    whom: RuledName = ""


class Done(Strict):
    """What completing records: a filing's date and reference, how an approval was given."""

    filed_on: Day | None = None
    reference: RuledName = ""
    note: RuledText = ""


class SendBack(Strict):
    """Why a step goes back; `cascade` returns what was done after it to not started."""

    reason: RuledText = ""
    cascade: bool = False


class Overriding(Strict):
    """Which prerequisites are gone past, why, and what happens then."""

    covers: RuledKeys = []
    reason: RuledText = ""
    then: Literal["start", "complete"] | None = None
    filed_on: Day | None = None
    reference: RuledName = ""
    note: RuledText = ""


class Holder(Strict):
    """Who gets a step; null for nobody."""

    to: Id | None


class Said(Strict):
    """A comment."""

    text: RuledText = ""


class ActionFields(Strict):
    """What actions say; which of it is needed depends on the action."""

    reason: RuledText = ""
    on: Literal["client", "third_party"] | None = None
    whom: RuledName = ""
    filed_on: Day | None = None
    reference: RuledName = ""
    note: RuledText = ""
    cascade: bool = False
    to: Id | None = None
    text: RuledText = ""


class OneAction(ActionFields):
    """One of several actions; which fields it needs depends on `action`."""

    action: Literal[
        "start", "wait", "resume", "complete", "reopen", "confirm", "skip", "unskip", "override", "assign", "claim",
        "comment",
    ]  # fmt: skip
    step: RuledKey
    covers: RuledKeys = []
    then: Literal["start", "complete"] | None = None


class ManyActions(Strict):
    """Actions on several steps of one workflow: in workflow order, all or nothing."""

    actions: Annotated[list[OneAction], Field(min_length=1, max_length=500)]


class BulkSteps(ActionFields):
    """One action on many steps, wherever they are. Due needs `due_on`; a task's own step is given with its task."""

    action: Literal[
        "start", "wait", "resume", "complete", "reopen", "confirm", "skip", "unskip", "assign", "claim", "comment",
        "due",
    ]  # fmt: skip
    due_on: Day | None = None
    step_ids: Annotated[list[Id], Field(min_length=1, max_length=MAX_AT_ONCE)]


class BulkTasks(Strict):
    """One change to many tasks.

    Owner needs `to` (null: nobody), target `days` or `on`, hold and cancel `reason`, attach `template_id`.
    """

    action: Literal["owner", "target", "hold", "cancel", "resume", "attach"]
    task_ids: Annotated[list[Id], Field(min_length=1, max_length=MAX_AT_ONCE)]
    to: Id | None = None
    days: Annotated[int, Field(ge=-3_660, le=3_660)] = 0
    on: Day | None = None
    reason: RuledText = ""
    template_id: Id | None = None
