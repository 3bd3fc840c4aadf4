"""SpiffWorkflow with W: instantiate and save its JSON into SQLite; load, complete one task, save."""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from SpiffWorkflow.serializer.json import JSONSerializer
from SpiffWorkflow.specs.Simple import Simple
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.task import TaskState
from SpiffWorkflow.workflow import Workflow

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000


def w_spec() -> WorkflowSpec:
    """W: eight steps in order; the two filings both wait for the approval."""
    spec: Any = WorkflowSpec(name="Annual Accounts", addstart=True)
    last = spec.start
    for number in range(6):
        step = Simple(spec, f"step-{number}", manual=True)
        last.connect(step)
        last = step
    for name in ("companies-house", "hmrc"):
        last.connect(Simple(spec, name, manual=True))
    return spec


def main() -> None:
    """Print instances and completions a second, SQLite with synchronous NORMAL and WAL."""
    folder = Path(tempfile.mkdtemp(prefix="natrium-bench-"))
    db = sqlite3.connect(folder / "spiff.sqlite3", isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=NORMAL")
    db.execute("CREATE TABLE instance (id INTEGER PRIMARY KEY, body TEXT)")
    spec, serializer = w_spec(), JSONSerializer()
    begin = time.perf_counter()
    db.execute("BEGIN IMMEDIATE")
    for _ in range(COUNT):
        workflow = Workflow(spec)
        workflow.run_all()
        db.execute("INSERT INTO instance (body) VALUES (?)", (workflow.serialize(serializer),))
    db.execute("COMMIT")
    attached = COUNT / (time.perf_counter() - begin)
    begin = time.perf_counter()
    steps = min(COUNT, 300)
    for number in range(1, steps + 1):
        db.execute("BEGIN IMMEDIATE")
        (body,) = db.execute("SELECT body FROM instance WHERE id = ?", (number,)).fetchone()
        workflow = Workflow.deserialize(serializer, body)
        task = workflow.get_next_task(state=TaskState.READY)
        task.run()
        db.execute("UPDATE instance SET body = ? WHERE id = ?", (workflow.serialize(serializer), number))
        db.execute("COMMIT")
    print(json.dumps({"spiff_attach_s": attached, "spiff_complete_s": steps / (time.perf_counter() - begin)}))


if __name__ == "__main__":
    main()
