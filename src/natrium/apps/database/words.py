"""Finding rows by words in their texts, by an index: SQLite's FTS5 kept by triggers, PostgreSQL's GIN on an expression.

SQLite drops a table's triggers when a later migration rebuilds the table: such a migration ends with `create` again,
and a test looks for each by name.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

from natrium.apps.database import sql


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some columns of a table. Both databases find the same: whole words and beginnings of words.

    Accents of Latin letters and capitals make no difference.
    """

    table: str
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the index is called."""
        return f"{self.table}_words"

    @property
    def triggers(self) -> tuple[str, ...]:
        """The triggers that keep it, on SQLite."""
        return tuple(f"{self.name}_{when}" for when in ("insert", "delete", "update"))

    def create_sql(self, vendor: str) -> list[str]:
        """The statements that make the index, and fill it."""
        if vendor == "postgresql":
            return [
                f'CREATE INDEX {self.name} ON "{self.table}" USING gin ({_vector(self.columns, "").replace("%%", "%")})'
            ]
        columns, new, old = (", ".join(f"{of}{name}" for name in self.columns) for of in ("", "new.", "old."))
        forget = f"INSERT INTO {self.name}({self.name}, rowid, {columns}) VALUES ('delete', old.id, {old})"
        learn = f"INSERT INTO {self.name}(rowid, {columns}) VALUES (new.id, {new})"
        inserted, deleted, updated = self.triggers
        return [
            # The whole detail: a word of an alphabet younger than SQLite's tables is asked for as a phrase.
            f"""CREATE VIRTUAL TABLE IF NOT EXISTS {self.name} USING fts5({columns}, content='{self.table}',
                content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')""",
            *(f"DROP TRIGGER IF EXISTS {trigger}" for trigger in self.triggers),
            f'CREATE TRIGGER {inserted} AFTER INSERT ON "{self.table}" BEGIN {learn}; END',
            f'CREATE TRIGGER {deleted} AFTER DELETE ON "{self.table}" BEGIN {forget}; END',
            f"""CREATE TRIGGER {updated} AFTER UPDATE OF {columns} ON "{self.table}"
                WHEN {" OR ".join(f"old.{name} <> new.{name}" for name in self.columns)}
                BEGIN {forget}; {learn}; END""",
            f"INSERT INTO {self.name}({self.name}) VALUES ('rebuild')",
        ]

    def drop_sql(self, vendor: str) -> list[str]:
        """The statements that take it away."""
        if vendor == "postgresql":
            return [f"DROP INDEX IF EXISTS {self.name}"]
        return [
            *(f"DROP TRIGGER IF EXISTS {trigger}" for trigger in self.triggers),
            f"DROP TABLE IF EXISTS {self.name}",
        ]

    def newest(self, alias: str, words: Sequence[str]) -> tuple[str, str, str, list[object]]:
        """What finds the rows that have all the words or beginnings of words: FROM, WHERE, ORDER BY, parameters.

        `words` are letters and digits only (`domain.finding.words_of`). The table is `alias`; the newest come first.
        """
        if sql.is_postgresql():
            where = f"{_vector(self.columns, f'{alias}.')} @@ to_tsquery('simple', %s)"
            query = " & ".join(f"'{word}':*" for word in words)
            # By an expression: in the order of the key it would cut the words of every row until enough are found.
            return f'"{self.table}" {alias}', where, f"{alias}.id + 0 DESC", [query]
        source = f'{self.name} w JOIN "{self.table}" {alias} ON {alias}.id = w.rowid'
        query = " AND ".join(f'"{word}"*' for word in words)
        return source, f"{self.name} MATCH %s", "w.rowid DESC", [query]


# PostgreSQL's own parser knows addresses, hyphens and fractions; without their signs there are none.
SIGNS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~‘’‚“”„–—…·×£€'  # noqa: RUF001 - these, and no others that look alike


def _letters() -> tuple[str, str]:
    """Signs and accented Latin letters, and what each becomes. Part of an index: a change takes a migration."""
    accented = []
    for letter in map(chr, range(0xC0, 0x180)):
        base = unicodedata.normalize("NFD", letter)[0]
        if base != letter and base.isascii():
            accented.append((letter, base))
    return "''" + SIGNS + "".join(one for one, _ in accented), " " * (1 + len(SIGNS)) + "".join(b for _, b in accented)


def _vector(columns: Sequence[str], of: str) -> str:
    """The words of the columns, split as SQLite splits them: at everything that is neither letter nor digit."""
    text = " || ' ' || ".join(f"{of}{name}" for name in columns)
    before, after = _letters()
    return f"to_tsvector('simple', translate({text}, '{before.replace('%', '%%')}', '{after}'))"


def create(words: Words) -> RunPython:
    """The migration operation that makes the index, and takes it away when reversed."""

    def make(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in words.create_sql(editor.connection.vendor):
            editor.execute(statement, params=None)

    def unmake(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in words.drop_sql(editor.connection.vendor):
            editor.execute(statement, params=None)

    return RunPython(make, unmake, elidable=False)
