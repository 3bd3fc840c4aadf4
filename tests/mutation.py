"""Changes the rules in src/natrium/domain one at a time; a change that no test notices is a test that is missing.

    bin/mutation            all of them, or those that are left after an interruption
    bin/mutation NAME ...   these again; `*` stands for anything
    bin/mutation --report   what was found, without changing anything

mutmut makes the changes, finds the tests that reach each, and runs them in a process of its own until one fails.
Two things it is taught here. It leaves out functions with a decorator, but many rules (`settled`, `covered`,
`current` ...) are properties. And it collects the tests anew for each change, which takes longer than running them.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import libcst as cst
import pytest
from _pytest.config import _prepareconfig
from mutmut import __main__ as mutmut
from mutmut.mutation import file_mutation
from mutmut.runners.harness import PytestRunner
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import change_cwd
from mutmut.workers.isolation import ForkRunner

ROOT = Path(__file__).resolve().parents[1]
FOUND = ROOT / "mutants/src/natrium/domain"
AIM = 90
NOTICED = ("killed", "timeout")
SUSPICIOUS = 35
UNTRIED = "not checked"
PROPERTIES = ("property", "cached_property")


def is_property(node: cst.CSTNode) -> bool:
    """Whether a node is a function whose only decorator makes it a property."""
    if not isinstance(node, cst.FunctionDef) or len(node.decorators) != 1:
        return False
    decorator = node.decorators[0].decorator
    return isinstance(decorator, cst.Name) and decorator.value in PROPERTIES


def change_properties_too() -> None:
    """Teach mutmut: properties are not skipped, and their copies are plain functions that the property calls."""
    skip = file_mutation.MutationVisitor._skip_node_and_children
    arrange = file_mutation.function_trampoline_arrangement

    def skipped(self: Any, node: cst.CSTNode) -> bool:
        return not is_property(node) and skip(self, node)

    def arranged(function: cst.FunctionDef, mutants: Any, class_name: str | None) -> tuple[Any, Any, Any, Any]:
        declared, (called, *copies), assigned, names = arrange(function, mutants, class_name)
        if is_property(function):
            copies = [copy.with_changes(decorators=()) for copy in copies]
        return declared, [called, *copies], assigned, names

    file_mutation.MutationVisitor._skip_node_and_children = skipped
    file_mutation.function_trampoline_arrangement = arranged


def collect_once() -> None:
    """Teach mutmut: before the first change all tests are collected, and each change is tried in a fork of that."""
    start_up, run_tests = ForkRunner.startup, PytestRunner.run_tests
    session: list[pytest.Session] = []

    def collect_and_start_up(self: ForkRunner) -> None:
        with change_cwd("mutants"):
            session.append(collected(self.test_runner._pytest_add_cli_args_test_selection))
        if in_a_fork(session[0], [item.nodeid for item in session[0].items]) != 0:
            sys.exit("The tests fail though nothing was changed.")
        start_up(self)

    def run(self: PytestRunner, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        if not session:
            return run_tests(self, mutant_name=mutant_name, tests=tests)
        with change_cwd("mutants"):
            return tried(session[0], str(mutant_name).rpartition("__mutmut_")[0], list(tests))

    ForkRunner.startup = collect_and_start_up
    PytestRunner.run_tests = run


def collected(places: list[str]) -> pytest.Session:
    """A session of pytest in which nothing has run yet, and which prints nothing."""
    quiet = ["--capture=no", "-p", "no:terminal", "-p", "no:cacheprovider"]
    config = _prepareconfig(["--rootdir=.", "-o", "addopts=--import-mode=importlib", *quiet, *places])
    session = pytest.Session.from_config(config)
    config._do_configure()
    config.hook.pytest_sessionstart(session=session)
    config.hook.pytest_collection(session=session)
    return session


def tried(session: pytest.Session, function: str, tests: list[str]) -> int:
    """Run the tests of a changed function, first those that noticed other changes of it."""
    noted = Path("noticed-by") / function
    known = noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []
    status, noticed = first_failure(session, list(dict.fromkeys([*(one for one in known if one in tests), *tests])))
    if noticed and noticed not in known:
        noted.parent.mkdir(exist_ok=True)
        with noted.open("a", encoding="utf-8") as file:
            file.write(f"{noticed}\n")
    return status


def in_a_fork(session: pytest.Session, tests: list[str]) -> int:
    """What `first_failure` gives in a process of its own."""
    child = os.fork()
    if child == 0:
        os._exit(first_failure(session, tests)[0])
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def first_failure(session: pytest.Session, tests: list[str]) -> tuple[int, str]:
    """Run these tests until one fails: 1 and its name then, else 0. Where one is not there, nothing can be said."""
    known = {item.nodeid: item for item in session.items}
    if not known.keys() >= set(tests):
        return SUSPICIOUS, ""
    items = [known[test] for test in tests]
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return 1, item.nodeid
    return 0, ""


def report() -> bool:
    """Print the score of each module and the changes that nobody noticed. Whether the aim is reached."""
    whole: Counter[str] = Counter()
    waiting, unnoticed = 0, []
    print(f"{'module':<28}{'changes':>9}{'noticed':>9}{'of these never ended':>22}{'unnoticed':>11}{'score':>8}")
    for path in sorted(FOUND.rglob("*.meta")):
        results = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        counts = Counter(status_by_exit_code[code] for code in results.values() if code is not None)
        whole += counts
        waiting += sum(code is None for code in results.values())
        unnoticed += [name for name, code in results.items() if status_by_exit_code[code] not in (*NOTICED, UNTRIED)]
        if counts:
            print(line(str(path.relative_to(FOUND)).removesuffix(".py.meta"), counts))
    print(line("all", whole))
    print(f"{waiting} not tried yet." if waiting else "All were tried.")
    print("\nUnnoticed (mutmut show NAME):", *sorted(unnoticed), sep="\n  ")
    return score(whole) >= AIM


def score(counts: Counter[str]) -> float:
    """The noticed changes in per cent of all. One whose tests never end is noticed."""
    return 100 * sum(counts[status] for status in NOTICED) / (counts.total() or 1)


def line(name: str, counts: Counter[str]) -> str:
    noticed = sum(counts[status] for status in NOTICED)
    unnoticed = counts.total() - noticed
    return f"{name:<28}{counts.total():>9}{noticed:>9}{counts['timeout']:>22}{unnoticed:>11}{score(counts):>8.1f}"


if __name__ == "__main__":
    os.chdir(ROOT)
    os.environ["HYPOTHESIS_PROFILE"] = "mutation"
    if "--report" not in sys.argv:
        change_properties_too()
        collect_once()
        mutmut.cli(["run", *sys.argv[1:]], standalone_mode=False)
    sys.exit(0 if report() else 1)
