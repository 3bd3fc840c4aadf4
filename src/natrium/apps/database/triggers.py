"""Triggers that refuse what must never happen, for migrations. One declaration, both databases.

SQLite drops a table's triggers when a later migration rebuilds the table: such a migration ends with the
table's guards again (making one replaces the one of the same name), and a test looks for each by name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

REFUSE = """
CREATE OR REPLACE FUNCTION natrium_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""


@dataclass(frozen=True, slots=True)
class Guard:
    """A statement on a table that is refused with a message (Django raises IntegrityError).

    `statement`: "UPDATE", "UPDATE OF column, …", "DELETE", or "TRUNCATE" (PostgreSQL only). `when` is a condition
    on OLD and NEW in SQL that both databases read; "" is always. Messages hold no quotes.
    """

    name: str
    table: str
    statement: str
    message: str
    when: str = ""

    def create_sql(self, vendor: str) -> str:
        """Return the statement that makes the trigger; "" where the database has no such statement to refuse."""
        when = f" WHEN ({self.when})" if self.when else ""
        head = f'CREATE TRIGGER {self.name} BEFORE {self.statement} ON "{self.table}"'
        if vendor == "postgresql":
            each = "STATEMENT" if self.statement == "TRUNCATE" else "ROW"
            return f"{head} FOR EACH {each}{when} EXECUTE FUNCTION natrium_refuse('{self.message}')"
        if self.statement == "TRUNCATE":
            return ""
        return f"{head} FOR EACH ROW{when} BEGIN SELECT RAISE(ABORT, '{self.message}'); END"

    def drop_sql(self, vendor: str) -> str:
        """Return the statement that takes the trigger away, if it is there."""
        return f"DROP TRIGGER IF EXISTS {self.name}" + (f' ON "{self.table}"' if vendor == "postgresql" else "")


def frozen(table: str, what: str) -> tuple[Guard, ...]:
    """Guards of a table whose rows are only ever added. `what` names them: "A line of the record"."""
    short = table.partition("_")[2]
    return (
        Guard(f"{short}_no_update", table, "UPDATE", f"{what} is never changed."),
        Guard(f"{short}_no_delete", table, "DELETE", f"{what} is never deleted."),
        Guard(f"{short}_no_truncate", table, "TRUNCATE", f"{what} is never deleted."),
    )


def chained(table: str) -> tuple[Guard, ...]:
    """Guards of a table whose rows carry the head of a chain of events."""
    short = table.partition("_")[2]
    return (
        Guard(
            f"{short}_no_delete",
            table,
            "DELETE",
            f"A {short} with a record is never deleted.",
            "OLD.chain_count > 0",
        ),
        Guard(
            f"{short}_chain_grows",
            table,
            "UPDATE OF chain_count, chain_head",
            f"The record of a {short} only grows.",
            "NEW.chain_count < OLD.chain_count"
            " OR (NEW.chain_count = OLD.chain_count AND NEW.chain_head <> OLD.chain_head)",
        ),
    )


def create(guards: Sequence[Guard]) -> RunPython:
    """Return the migration operation that makes the guards, and takes them away when reversed."""
    return RunPython(_each(guards, make=True), _each(guards, make=False), elidable=False)


def install(editor: BaseDatabaseSchemaEditor, guards: Sequence[Guard]) -> None:
    """Make the guards, replacing any of the same name."""
    vendor = editor.connection.vendor
    if vendor == "postgresql":
        editor.execute(REFUSE, params=None)
    for guard in guards:
        editor.execute(guard.drop_sql(vendor), params=None)
        if statement := guard.create_sql(vendor):
            editor.execute(statement, params=None)


def remove(editor: BaseDatabaseSchemaEditor, guards: Sequence[Guard]) -> None:
    """Take the guards away."""
    for guard in guards:
        editor.execute(guard.drop_sql(editor.connection.vendor), params=None)


def _each(guards: Sequence[Guard], *, make: bool) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    def run(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        (install if make else remove)(editor, guards)

    return run
