"""Reading the rules' own text: which codes each of them can give, by what it calls; and what docstrings promise."""

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from natrium import domain
from natrium.domain.errors import Code

DOMAIN = Path(domain.__path__[0])
RULES = (*sorted((DOMAIN / "workflow").glob("*.py")), DOMAIN / "task.py", DOMAIN / "text.py")


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


def promised(function: Callable[..., Any]) -> frozenset[Code]:
    """The codes that a docstring names after "Raises" or "Refuses"."""
    text = function.__doc__ or ""
    _, _, errors = text.replace("Refuses", "Raises").partition("Raises")
    return frozenset(code for code in Code if re.search(rf"(?<![\w-]){code.value}(?![\w-])", errors))
