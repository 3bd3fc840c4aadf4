"""Runs the tests once on SQLite and once on a PostgreSQL of their own, and adds the two up. See bin/test."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from tests.machine import MissingPackageError, require_packages
from tests.postgres import temporary_postgres

ROOT = Path(__file__).resolve().parent.parent
# What meets the database. The rest does not care which one it is.
DATABASE_RUNGS = ("tests/integration", "tests/web", "tests/api", "tests/ways", "tests/concurrency", "tests/scenarios")
DOMAIN = "tests/unit/domain"
NO_TESTS = 5
PROCESSES = str(min(os.cpu_count() or 1, 4))


class Session:
    """The runs of one call: their worst exit status and the sum of their counts."""

    def __init__(self) -> None:
        self.status = 0
        self.counts: Counter[str] = Counter()
        self._started = time.monotonic()

    def pytest(self, title: str, arguments: list[str], environment: dict[str, str]) -> None:
        """Run pytest once and keep its result."""
        print(f"\n── {title}", flush=True)
        with tempfile.NamedTemporaryFile(suffix=".xml") as report:
            command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report.name}", *arguments]
            status = subprocess.run(command, check=False, cwd=ROOT, env=os.environ | environment).returncode
            self._count(Path(report.name))
        self.status = max(self.status, 0 if status == NO_TESTS else status)

    def _count(self, report: Path) -> None:
        if not report.stat().st_size:
            return
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - we wrote it
            bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped = int(suite.get("skipped", 0))
            self.counts["failed"] += bad
            self.counts["skipped"] += skipped
            self.counts["passed"] += int(suite.get("tests", 0)) - bad - skipped

    def closing_line(self) -> str:
        """Return what the whole came to, the way pytest says it."""
        order = ("failed", "passed", "skipped")
        parts = [f"{self.counts[word]} {word}" for word in order if self.counts[word]] or ["no tests ran"]
        return f"==== {', '.join(parts)} in {time.monotonic() - self._started:.2f}s ===="


def main(words: list[str]) -> int:
    """Run what was asked for on both databases; 2 when this machine lacks a package."""
    try:
        require_packages()
    except MissingPackageError as error:
        print(f"make test: {error}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    session = Session()
    with temporary_postgres() as address:
        postgresql = {"NATRIUM_DATABASE_URL": address}
        if "--soak" in words:
            _soak(session, [word for word in words if word != "--soak"], postgresql)
        elif words:
            session.pytest("SQLite", words, {})
            session.pytest(f"PostgreSQL at {address}", words, postgresql)
        else:
            _everything(session, postgresql)
    print(f"\n{session.closing_line()}")
    return session.status


def _everything(session: Session, postgresql: dict[str, str]) -> None:
    parallel = ["-n", PROCESSES, "--dist", "worksteal"]
    if _exists(DOMAIN):
        coverage = ["--cov=natrium.domain", "--cov-branch", "--cov-fail-under=100", "--cov-report=term-missing"]
        session.pytest("The rules, with every branch", [DOMAIN, *parallel, *coverage], {})
    session.pytest("Everything else, on SQLite", ["tests", f"--ignore={DOMAIN}", *parallel], {})
    rungs = [rung for rung in DATABASE_RUNGS if _exists(rung)]
    if rungs:
        session.pytest("What meets the database, on PostgreSQL", [*rungs, *parallel], postgresql)


def _soak(session: Session, words: list[str], postgresql: dict[str, str]) -> None:
    # One at a time: a race wants both processors for itself.
    long_ones = ["-m", "soak or race", *(words or ["tests"])]
    session.pytest("Long ones, on SQLite", long_ones, {"NATRIUM_SOAK": "1"})
    session.pytest("Long ones, on PostgreSQL", long_ones, {"NATRIUM_SOAK": "1"} | postgresql)
    if not words:
        session.pytest("Thousands of made-up requests", ["tests/api/test_contract.py", "-s"], {"NATRIUM_SOAK": "1"})


def _exists(folder: str) -> bool:
    return any((ROOT / folder).rglob("test_*.py"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
