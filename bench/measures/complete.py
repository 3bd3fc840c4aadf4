"""Completing steps in process, against the raw transaction that writes the same; and at 1,000 and 100,000 tasks."""

from __future__ import annotations

import json
import os
import time

from bench import world

STEPS = 400
MANY = int(os.environ.get("BENCH_MANY", "100000"))


def main() -> None:
    """Print completions a second, ours and raw, in turns of 50 so that both meet the same machine."""
    folder = world.start()
    made = world.build()
    workflows = attached(made, 1_000)
    ours, raw = in_turns(made, workflows)
    result = {"complete_s": STEPS / ours, "complete_floor_s": STEPS / raw}
    if os.environ.get("BENCH_GROWTH"):
        result |= growth(made, workflows[2 * STEPS :])
    print(json.dumps(result))
    world.clear(folder)


def attached(made: world.World, count: int, of_jo: int = 60) -> list[int]:
    """The ids of W on so many new tasks."""
    from natrium.apps.workflows import operations

    ids = world.tasks(made, count, of_jo)
    answer = operations.attach_many(by=made.olive, at=world.NOW, task_ids=ids, template_id=made.template_id)
    return [one.workflow_id for one in answer.attached]


def in_turns(made: world.World, workflows: list[int]) -> tuple[float, float]:
    """Seconds for STEPS completions through the operation, and for as many raw ones."""
    from bench.raw import complete_raw

    key = world.w_template().groups[0].steps[0].key
    ours = raw = 0.0
    for start in range(0, 2 * STEPS, 100):
        begin = time.perf_counter()
        for workflow_id in workflows[start : start + 50]:
            complete(made, workflow_id, key)
        ours += time.perf_counter() - begin
        begin = time.perf_counter()
        for workflow_id in workflows[start + 50 : start + 100]:
            complete_raw(made.jo, workflow_id, key)  # type: ignore[arg-type]
        raw += time.perf_counter() - begin
    return ours, raw


def complete(made: world.World, workflow_id: int, key: str) -> None:
    """One step done by its holder."""
    from natrium.apps.workflows import operations
    from natrium.domain.workflow.actions import Complete

    operations.act(by=made.jo, at=world.NOW, workflow_id=workflow_id, actions=[Complete(key)])


def growth(made: world.World, few: list[int]) -> dict[str, float]:
    """What a completion and my work cost with 100,000 tasks stored, by what they cost with 1,000."""
    small = timed(made, few[:100])
    many = attached(made, MANY, of_jo=0)
    large = timed(made, many[-100:])
    return {"growth_complete": large[0] / small[0], "growth_my_work": large[1] / small[1]}


def timed(made: world.World, workflows: list[int]) -> tuple[float, float]:
    """The median of a completion and of reading my work, in seconds."""
    from natrium.apps.workflows import queries

    key = world.w_template().groups[0].steps[0].key
    completions, reads = [], []
    for workflow_id in workflows:
        begin = time.perf_counter()
        complete(made, workflow_id, key)
        completions.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        queries.my_work(by=made.jo, at=world.NOW)
        reads.append(time.perf_counter() - begin)
    return sorted(completions)[len(completions) // 2], sorted(reads)[len(reads) // 2]


if __name__ == "__main__":
    main()
