"""Reading the rules' own text: which codes each of them can give, by what it calls; and what docstrings promise."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from natrium import domain
from natrium.domain.errors import Code

DOMAIN = Path(domain.__path__[0])
ROOMS = ("natrium.web", "natrium.api")
RULES = (*sorted((DOMAIN / "workflow").glob("*.py")), DOMAIN / "task.py", DOMAIN / "text.py", DOMAIN / "notes.py")


@cache
def functions() -> dict[str, tuple[frozenset[Code], frozenset[str]]]:
    """Every function of the rules by its name: the codes it names, and the functions of the rules that it calls."""
    found: dict[str, tuple[frozenset[Code], frozenset[str]]] = {}
    for file in RULES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                codes, calls = found.get(node.name, (frozenset(), frozenset()))
                found[node.name] = codes | _codes(node), calls | _calls(node)
    return found


def _codes(node: ast.AST) -> frozenset[Code]:
    attributes = (one for one in ast.walk(node) if isinstance(one, ast.Attribute))
    return frozenset(Code[one.attr] for one in attributes if isinstance(one.value, ast.Name) and one.value.id == "Code")


def _calls(node: ast.AST) -> frozenset[str]:
    called = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    names = (one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in called)
    return frozenset(names)


def codes_of(rule: Callable[..., Any]) -> frozenset[Code]:
    """The codes that a rule can come to, by all that it calls."""
    known = functions()
    seen: set[str] = set()
    left = [rule.__name__]
    while left:
        name = left.pop()
        if name in known and name not in seen:
            seen.add(name)
            left += known[name][1]
    return frozenset().union(*(known[name][0] for name in seen))


def doors_of(view: Callable[..., Any], door: ModuleType) -> frozenset[str]:
    """The functions of a door (natrium.apps.workflows.operations, say) that a page or route comes to, by its calls."""
    seen: set[Any] = set()
    found: set[str] = set()
    left: list[Any] = [view]
    while left:
        function = inspect.unwrap(left.pop())
        if function in seen or not (function.__module__ or "").startswith(ROOMS):
            continue
        seen.add(function)
        names = set(_names(function.__code__))
        for name in names:
            known = function.__globals__.get(name)
            if known is door:
                found |= {one for one in names if inspect.isfunction(getattr(door, one, None))}
            elif inspect.ismodule(known) and known.__name__.startswith(ROOMS):
                left += [
                    one for one in (getattr(known, attribute, None) for attribute in names) if inspect.isfunction(one)
                ]
            elif isinstance(known, dict):
                left += [one for one in known.values() if inspect.isfunction(one)]
            elif inspect.isfunction(known):
                left.append(known)
    return frozenset(found)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def promised(function: Callable[..., Any]) -> frozenset[Code]:
    """The codes that a docstring names after "Raises" or "Refuses"."""
    text = function.__doc__ or ""
    _, _, errors = text.replace("Refuses", "Raises").partition("Raises")
    return frozenset(code for code in Code if re.search(rf"(?<![\w-]){code.value}(?![\w-])", errors))
