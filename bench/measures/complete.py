"""Completing steps in process, against the raw transaction that writes the same."""

from __future__ import annotations

import json
import time

from bench import world

STEPS = 400


def main() -> None:
    """Print completions a second, ours and raw, in turns of 50 so that both meet the same machine."""
    folder = world.start()
    made = world.build()
    workflows = attached(made, 1_000)
    ours, raw = in_turns(made, workflows)
    print(json.dumps({"complete_s": STEPS / ours, "complete_floor_s": STEPS / raw}))
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


if __name__ == "__main__":
    main()
