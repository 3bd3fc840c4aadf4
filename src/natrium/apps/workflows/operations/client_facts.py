"""What is known of a client changing: open steps that go by a rule of law follow, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from natrium.apps.clients import operations as clients
from natrium.apps.clients.queries import History, histories_of
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.redating import redate_client
from natrium.domain.client_facts import YEAR_END, fact_called
from natrium.domain.errors import Code, Refusal

# What rules of law read of a client beside its facts.
READ = {"name": "name", "kind": "kind", "year_end": "year end", "year_end_is_last": "year end"}


def set_client_fact(
    *,
    by: SignedIn,
    at: datetime,
    client_id: int,
    field: str,
    value: str,
    from_date: date | None,
    batch: str = "",
    year_end_moves: bool = False,
) -> int:
    """Say what holds of a client from a day on (None: since ever); returns how many steps got another due date.

    The year end is a fact of a change of it alone (`year_end_moves`), which moves the periods that hang on it.

    Raises NotFound, Refusal (not-allowed; bad-value).
    """
    with transaction.atomic():
        changed = clients.set_fact(
            by=by, at=at, client_id=client_id, field=field, value=value, from_date=from_date, batch=batch
        )
        if field == YEAR_END.name and not year_end_moves:
            raise Refusal(Code.BAD_VALUE, "The year end is set on the client itself, not as a fact.", field="field")
        if not changed:
            return 0
        because = f"the client’s fact “{fact_called(field).label}” changed"
        return redate_client(client_id=client_id, by=by, at=at, because=because, batch=batch)


def edit_client(
    *,
    by: SignedIn,
    at: datetime,
    client_id: int,
    changes: Mapping[str, object],
    if_rev: int | None = None,
    batch: str = "",
) -> int:
    """Change fields of a client and return its new rev; equal values change nothing.

    Raises NotFound, StaleEdit, Refusal (not-allowed; bad-value; in-use for the reference).
    """
    with transaction.atomic():
        before = _history(client_id, by=by)
        rev = clients.edit_client(by=by, at=at, client_id=client_id, changes=changes, if_rev=if_rev, batch=batch)
        after = _history(client_id, by=by)
        moved = [words for name, words in READ.items() if getattr(before, name, None) != getattr(after, name)]
        if moved:
            because = f"the client’s {' and '.join(dict.fromkeys(moved))} changed"
            redate_client(client_id=client_id, by=by, at=at, because=because, batch=batch)
        return rev


def _history(client_id: int, *, by: SignedIn) -> History | None:
    return histories_of(practice_id=by.practice_id, client_ids=[client_id]).get(client_id)
