"""Reading the product's text: which of its files write rows of workflows, groups and steps, or a task's counters.

Whatever is spelt: a statement in one string or put together from several, a helper that takes the table's name, a
model. Where a table's name comes from elsewhere, that is found as well.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

TABLES = ("workflows_workflow", "workflows_stepgroup", "workflows_step")
TASKS = "tasks_task"
COUNTERS = (
    "steps_total", "steps_done", "steps_stale", "steps_skipped", "steps_in_progress", "steps_waiting", "steps_ready",
    "status", "workflows_count", "workflows_finished", "unresolved_count",
)  # fmt: skip
HELPERS = {"insert_row", "insert_rows", "update_many", "_copy", "_insert_statement"}

# What stands in place of something that is not known here.
HOLE = "{}"
VERBS = (
    r"(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|MERGE\s+INTO(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?"
    r"|(?<!FOR )(?<!KEY )UPDATE(?:\s+OR\s+\w+)?(?:\s+ONLY)?|TRUNCATE(?:\s+TABLE)?(?:\s+ONLY)?|COPY)"
)
STATEMENT = re.compile(rf'\b{VERBS}\s+(?:"?\w+"?\s*\.\s*)?["`\[]?(\w+|{{}}|%s|%\(\w+\)s)', re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)

MODELS = re.compile(r"natrium\.apps\.(workflows|tasks)(\.models\b.*)?$")
CLASSES = {"Workflow", "StepGroup", "Step", "Task"}
MANAGERS = {"objects", "_base_manager", "_default_manager"}
# Ways to a model, or to its rows, that name neither.
BY_NAME = {"get_model", "get_models", "all_models", "model_class", "deserialize", "loaddata", "related_model"}
# The managers that a task and a workflow have of what belongs to them, and what writes there.
RELATED = {"steps", "workflows", "groups", "workflow_set", "step_set", "stepgroup_set"}
WRITES = {
    "create", "acreate", "bulk_create", "abulk_create", "update", "aupdate", "bulk_update", "abulk_update",
    "update_or_create", "aupdate_or_create", "get_or_create", "aget_or_create", "delete", "adelete", "add", "aadd",
    "set", "aset", "remove", "aremove", "clear", "aclear", "all", "filter", "exclude", "iterator", "select_for_update",
}  # fmt: skip
# Rows that another row leads to, and what writes them.
LED_TO = {"step", "workflow", "group", "task"}
SAVES = {"save", "asave", "save_base", "delete", "adelete"}


class Text:
    """One file of the product: its strings put together as far as they are known, and its calls."""

    def __init__(self, source: str, known: Mapping[str, str] | None = None) -> None:
        self.tree = ast.parse(source)
        self.known = {**(known or {}), **constants(self.tree)}
        for name in _uncertain(self.tree):
            self.known.pop(name, None)

    def folded(self, node: ast.AST) -> str | None:  # noqa: PLR0911 - a kind of string a line
        """A string as far as it is known, with HOLE for what is not; None for what is no string."""
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.JoinedStr(values=parts):
                return "".join(self.folded(part) or HOLE for part in parts)
            case ast.FormattedValue(value=value):
                return self.folded(value) or HOLE
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                pair = self.folded(left), self.folded(right)
                return None if pair == (None, None) else "".join(part if part is not None else HOLE for part in pair)
            case ast.Call(
                func=ast.Attribute(attr="join", value=glue), args=[ast.List(elts=parts) | ast.Tuple(elts=parts)]
            ):
                between = self.folded(glue)
                return None if between is None else between.join(self.folded(part) or HOLE for part in parts)
            case ast.Name(id=name) | ast.Attribute(attr=name):
                return self.known.get(name)
        return None

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """Every string of the file but its docstrings."""
        return tuple(self._strings())

    def _strings(self) -> Iterator[str]:
        said = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp | ast.Call) and id(node) not in said:
                text = self.folded(node)
                if text:
                    yield COMMENT.sub(" ", text)

    @cached_property
    def helped(self) -> frozenset[str]:
        """The tables that are written through a helper; HOLE where a helper goes by another name, or the table does."""
        return frozenset(self._helped())

    def _helped(self) -> Iterator[str]:
        called = {id(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and _named(node.func) in HELPERS:
                given = [one.value for one in node.keywords if one.arg == "table"] or node.args[:1]
                yield (self.folded(given[0]) or HOLE) if given else HOLE
            elif id(node) not in called and (_named(node) in HELPERS or _renames(node)):
                yield HOLE


def constants(tree: ast.Module) -> dict[str, str]:
    """The names that stand for one string all over a file, with it."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name) and isinstance(node.value, ast.Constant):
                    found.setdefault(target.id, set()).add(str(node.value.value))
    return {name: next(iter(values)) for name, values in found.items() if len(values) == 1}


def _uncertain(tree: ast.Module) -> set[str]:
    """Names that are given values in other ways too: arguments, loops, anything worked out."""
    sure = {
        id(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
    }
    stored = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in sure
    }
    return stored | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


def _renames(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and any(one.name in HELPERS and one.asname for one in node.names)


def _named(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def written(text: Text) -> set[str]:
    """The tables that a file writes; HOLE for one whose name comes from elsewhere."""
    found = {table.lower() for one in text.strings for table in STATEMENT.findall(one)} | set(text.helped)
    return {HOLE if table.startswith("%") else table for table in found}


def writes_rows(text: Text) -> bool:
    """Whether a file writes rows of workflows, groups or steps."""
    return bool(written(text) & set(TABLES))


def writes_unreadably(text: Text) -> bool:
    """Whether a file writes a table whose name comes from elsewhere."""
    return HOLE in written(text)


def writes_counters(text: Text) -> bool:
    """Whether a file writes what is counted on a task, or columns of tasks that cannot be read here."""
    if TASKS in text.helped:
        return True
    for one in text.strings:
        for found in STATEMENT.finditer(one):
            written = re.split(r"\bWHERE\b", one[found.end() :], maxsplit=1, flags=re.IGNORECASE)[0]
            if found[1].lower() == TASKS and (HOLE in written or re.search(rf"\b({'|'.join(COUNTERS)})\b", written)):
                return True
    return False


def reaches_models(text: Text) -> bool:
    """Whether a file has the models of workflows or tasks in hand, by any name."""
    return any(_reaches(node) for node in ast.walk(text.tree))


def _reaches(node: ast.AST) -> bool:  # noqa: PLR0911 - a spelling a line
    match node:
        case ast.ImportFrom(module=str(module), names=names):
            whole = MODELS.match(module)
            return bool(whole and (whole[2] or any(one.name == "models" for one in names))) or any(
                one.name in BY_NAME for one in names
            )
        case ast.Import(names=names):
            return any((found := MODELS.match(one.name)) and found[2] for one in names)
        case ast.Constant(value=str(word)):
            return word in BY_NAME
        case ast.Attribute(attr=name) if name in BY_NAME:
            return True
        case ast.Attribute(attr=name, value=ast.Name(id=owner) | ast.Attribute(attr=owner)) if name in MANAGERS:
            return owner in CLASSES
        case ast.Call(func=ast.Attribute(attr=does, value=ast.Attribute(attr=of))):
            return (of in RELATED and does in WRITES) or (of in LED_TO and does in SAVES)
    return False


def texts(source: Path) -> dict[str, Text]:
    """Every file below a folder but migrations and models, by its path."""
    files = {
        file.relative_to(source).as_posix(): file.read_text(encoding="utf-8")
        for file in source.rglob("*.py")
        if not {"migrations", "models"} & set(file.relative_to(source).parts) and file.name != "models.py"
    }
    shared: dict[str, set[str]] = {}
    for content in files.values():
        for name, value in constants(ast.parse(content)).items():
            if name.isupper():
                shared.setdefault(name, set()).add(value)
    known = {name: next(iter(values)) for name, values in shared.items() if len(values) == 1}
    return {path: Text(content, known) for path, content in files.items()}
