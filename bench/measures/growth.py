"""What a completion and my work cost with 100,000 tasks stored, by what they cost with 1,000.

Two processes, each with a database of its own, work in turns on workflows picked all over their tables, so that
both meet the same machine and neither finds its pages warm from having just been written.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import world

FEW = 1_000
MANY = int(os.environ.get("BENCH_MANY", "100000"))
ROUNDS, BATCH = 12, 40


def main() -> None:
    """Print both ratios; or, given a number of tasks, be one of the two processes."""
    if len(sys.argv) > 1:
        work(int(sys.argv[1]))
        return
    costs: dict[int, list[list[float]]] = {FEW: [], MANY: []}
    with tempfile.TemporaryDirectory(prefix="natrium-bench-") as folder:
        workers = {count: worker(count, Path(folder) / str(count)) for count in costs}
        for process in workers.values():
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for _ in range(ROUNDS):
            for count, process in workers.items():
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write("go\n")
                process.stdin.flush()
                costs[count].append(json.loads(process.stdout.readline()))
        for process in workers.values():
            process.communicate("")
    completion, reading = (
        statistics.median(batch[place] for batch in costs[MANY])
        / statistics.median(batch[place] for batch in costs[FEW])
        for place in (0, 1)
    )
    print(json.dumps({"growth_complete": completion, "growth_my_work": reading}))


def worker(count: int, folder: Path) -> subprocess.Popen[str]:
    """A process with so many tasks, W on each."""
    command = [sys.executable, "-m", "bench.measures.growth", str(count)]
    environment = os.environ | {"NATRIUM_DATA": str(folder)}
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def work(count: int) -> None:
    """At each line, a batch of completions and of readings: their medians in seconds."""
    world.start()
    made = world.build()
    from bench.measures.complete import attached

    workflows = [*attached(made, FEW), *(attached(made, count - FEW, of_jo=0) if count > FEW else [])]
    random.Random(1).shuffle(workflows)  # noqa: S311 - the same ones each time
    queue = iter(workflows)
    print("ready", flush=True)
    for _ in sys.stdin:
        print(json.dumps(timed(made, queue)), flush=True)


def timed(made: world.World, queue: Iterator[int]) -> tuple[float, float]:
    """The median of a completion and of reading my work."""
    from bench.measures.complete import complete
    from natrium.apps.workflows import queries

    key = world.w_template().groups[0].steps[0].key
    completions, reads = [], []
    for _ in range(BATCH):
        workflow_id = next(queue)
        begin = time.perf_counter()
        complete(made, workflow_id, key)
        completions.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        queries.my_work(by=made.jo, at=world.NOW)  # type: ignore[arg-type]
        reads.append(time.perf_counter() - begin)
    return statistics.median(completions), statistics.median(reads)


if __name__ == "__main__":
    main()
