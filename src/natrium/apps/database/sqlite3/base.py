"""The database engine that settings name for SQLite."""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from natrium.apps.database.sqlite3.turns import Turns

# Any: the stubs leave out the methods by which Django's own engines begin and end transactions.
SQLite: Any = base.DatabaseWrapper


class DatabaseWrapper(SQLite):  # type: ignore[misc]
    """Django's own, but that every transaction first takes its turn, and gives it back when it ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self._turns: Turns | None = None

    def _start_transaction_under_autocommit(self) -> None:
        if self._turns is None and not self.is_in_memory_db():
            patience = self.settings_dict["OPTIONS"].get("timeout", 5)
            self._turns = Turns(Path(self.settings_dict["NAME"]), patience)
        if self._turns is None:
            super()._start_transaction_under_autocommit()
            return
        self._turns.take()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._turns.give_back()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()
        finally:
            self._give_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._give_back()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            if self._turns:
                self._turns.close()
            self._turns = None

    def _give_back(self) -> None:
        if self._turns:
            self._turns.give_back()
