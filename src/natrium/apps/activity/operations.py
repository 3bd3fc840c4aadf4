"""Writing the record: lines are appended in the transaction that makes the change they tell of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from natrium.apps.activity.actors import Actor, ClientContact, System
from natrium.apps.activity.chain import COLUMNS, Hasher
from natrium.apps.database import insert, sql
from natrium.domain.errors import NotFound

__all__ = ["Actor", "ClientContact", "Head", "NewEvent", "System", "append", "append_many", "record"]

TABLES = {
    "task": "tasks_task",
    "client": "clients_client",
    "template": "workflows_template",
    "practice": "practices_practice",
    "service": "catalogue_service",
}
# Up to here one INSERT is quicker than the preparations of a bulk write.
FEW = 8


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many lines there are, and the last one's hash ("" for none)."""

    count: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """What a new line says. `verb` is `noun.past`; `data` is made of what JSON has, dates and moments.

    `data["changes"]`, where there are any, maps each changed field to [before, after].
    """

    verb: str
    workflow_id: int | None = None
    step_id: int | None = None
    step_key: str = ""
    name: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


def append(
    *,
    chain: str,
    subject_id: int,
    practice_id: int,
    head: Head,
    events: Sequence[NewEvent],
    by: Actor,
    at: datetime,
    action: str = "",
    batch: str = "",
) -> Head:
    """Append events to one chain and return its new head, which the caller writes to the subject's row.

    The caller holds the subject's row locked, and `head` is what that row says. `action` is made up where
    left out. Raises IntegrityError when somebody else appended meanwhile.
    """
    heads = append_many(
        chain=chain,
        practice_id=practice_id,
        chains=[(subject_id, head, events)],
        by=by,
        at=at,
        action=action,
        batch=batch,
    )
    return heads[subject_id]


def append_many(
    *,
    chain: str,
    practice_id: int,
    chains: Sequence[tuple[int, Head, Sequence[NewEvent]]],
    by: Actor,
    at: datetime,
    action: str = "",
    batch: str = "",
) -> dict[int, Head]:
    """Append to many chains of one kind (subject id, its head, its events) and return the new heads by subject.

    As `append`; all lines of the call share one action where none is given.
    """
    place = (practice_id, chain)
    if not action and chains:
        # The place of the action's first line: nobody else's, and the same whenever the same is done again.
        action = f"{chain}-{chains[0][0]}-{chains[0][1].count + 1}"
    act = (by.actor_kind, by.actor_id, by.actor_name, by.token_id, action, batch)
    hasher = Hasher.of(place, at, act)
    lines: list[tuple[object, ...]] = []
    heads: dict[int, Head] = {}
    for subject_id, head, events in chains:
        count, last = head.count, head.hash
        for event in events:
            count += 1
            says = (event.verb, event.workflow_id, event.step_id, event.step_key, event.name, _text(event.data))
            previous, last = last, hasher.hash(last, subject_id, count, says)
            lines.append((previous, practice_id, chain, subject_id, count, at, *act, *says, last))
        heads[subject_id] = Head(count, last)
    _write(lines)
    return heads


def record(
    *,
    chain: str,
    subject_id: int,
    practice_id: int,
    events: Sequence[NewEvent],
    by: Actor,
    at: datetime,
    batch: str = "",
) -> Head:
    """Lock a subject, append events to its chain and write its new head: for callers with nothing else to lock.

    Inside a transaction only. Raises NotFound where the practice has no such subject.
    """
    table, owner = TABLES[chain], "id" if chain == "practice" else "practice_id"
    found = sql.row(
        f'SELECT chain_count, chain_head FROM "{table}" WHERE id = %s AND {owner} = %s {sql.for_update()}',
        (subject_id, practice_id),
    )
    if found is None:
        message = f"There is no such {chain}."
        raise NotFound(message)
    head = append(
        chain=chain,
        subject_id=subject_id,
        practice_id=practice_id,
        head=Head(*found),
        events=events,
        by=by,
        at=at,
        batch=batch,
    )
    sql.execute(
        f'UPDATE "{table}" SET chain_count = %s, chain_head = %s WHERE id = %s',
        (head.count, head.hash, subject_id),
    )
    return head


def _text(data: Mapping[str, object]) -> str:
    return sql.as_json(data) if data else "{}"


_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
_MARKS = f"({', '.join(['%s'] * len(COLUMNS))})"


def _write(lines: list[tuple[object, ...]]) -> None:
    if not lines:
        return
    if len(lines) > FEW:
        insert.insert_rows("activity_event", COLUMNS, lines)
        return
    sql.execute(
        f"INSERT INTO activity_event ({_NAMES}) VALUES {', '.join([_MARKS] * len(lines))}",
        [value for line in lines for value in line],
    )
