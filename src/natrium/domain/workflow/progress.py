"""Progress of a group, a workflow or a task; when a workflow is finished; and the task's derived status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from operator import add, sub

from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Hold, Status, Step, Workflow


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts and percentage. `percent` is None where there are no steps. Stale steps count as done."""

    done: int
    skipped: int
    total: int
    percent: int | None

    @property
    def counted(self) -> int:
        """The steps that count: all but the skipped."""
        return self.total - self.skipped

    @property
    def words(self) -> str:
        """As people read it: "5 of 8 steps done, 1 skipped", "all skipped", "no steps"."""
        if self.total == 0:
            return "no steps"
        if self.counted == 0:
            return "all skipped"
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.done} of {self.counted} step{'' if self.counted == 1 else 's'} done{skipped}"


def progress_of(steps: Iterable[Step], *, weighted: bool = False) -> Progress:
    """Progress of some steps: done / (all - skipped), rounded down, never 100 while a step is open or stale.

    Weighted by estimate where asked: a missing estimate weighs the mean (not rounded) of those given among
    the unskipped steps; none given, or all weights zero: by count.
    """
    steps = tuple(steps)
    counted = [step for step in steps if step.status is not Status.SKIPPED]
    done = sum(step.status is Status.DONE for step in counted)
    skipped = len(steps) - len(counted)
    whole = all(step.settled for step in counted)
    by_count = Fraction(done, len(counted)) if counted else Fraction(1)
    share = _weighted_share(counted) if weighted else by_count
    return Progress(done, skipped, len(steps), percent_of(share, whole=whole) if steps else None)


def percent_of(share: Fraction, *, whole: bool) -> int:
    """A share of 0 to 1 as a whole per cent, rounded down; 99 where it would be 100 while something is left."""
    percent = share.numerator * 100 // share.denominator
    return min(percent, 99) if not whole else percent


def percent_from_counts(*, done: int, skipped: int, total: int, stale: int) -> int | None:
    """The unweighted percentage from stored counters; None where there are no steps."""
    if total == 0:
        return None
    if total == skipped:
        return 100
    return percent_of(Fraction(done, total - skipped), whole=done == total - skipped and stale == 0)


def _weighted_share(counted: Sequence[Step]) -> Fraction:
    if not counted:
        return Fraction(1)
    given = [step.estimate for step in counted if step.estimate is not None]
    mean = Fraction(sum(given), len(given)) if given else Fraction(0)
    weights = [mean if step.estimate is None else Fraction(step.estimate) for step in counted]
    total = sum(weights, Fraction(0))
    if total == 0:
        return Fraction(sum(step.status is Status.DONE for step in counted), len(counted))
    return sum((w for step, w in zip(counted, weights, strict=True) if step.status is Status.DONE), Fraction(0)) / total


@dataclass(frozen=True, slots=True)
class Counts:
    """The counters that lists keep of a workflow; a task's are the sums. `ready` is todo and not blocked."""

    total: int = 0
    done: int = 0
    stale: int = 0
    skipped: int = 0
    in_progress: int = 0
    waiting: int = 0
    ready: int = 0
    workflows: int = 0
    finished: int = 0

    def __add__(self, other: Counts) -> Counts:
        """The counters of both together."""
        return Counts(*map(add, self.values, other.values))

    def __sub__(self, other: Counts) -> Counts:
        """What is left of these without the other."""
        return Counts(*map(sub, self.values, other.values))

    @property
    def values(self) -> tuple[int, ...]:
        """The counters in the order of the fields."""
        return (
            self.total,
            self.done,
            self.stale,
            self.skipped,
            self.in_progress,
            self.waiting,
            self.ready,
            self.workflows,
            self.finished,
        )


def counts_of(situation: Situation) -> Counts:
    """The counters of one workflow."""
    tally = dict.fromkeys(Status, 0)
    stale = ready = 0
    for key, step in situation.steps.items():
        tally[step.status] += 1
        stale += step.stale
        ready += step.status is Status.TODO and not situation.held(key)
    total = len(situation.steps)
    finished = total > 0 and stale == 0 and tally[Status.DONE] + tally[Status.SKIPPED] == total
    return Counts(
        total=total,
        done=tally[Status.DONE],
        stale=stale,
        skipped=tally[Status.SKIPPED],
        in_progress=tally[Status.IN_PROGRESS],
        waiting=tally[Status.WAITING],
        ready=ready,
        workflows=1,
        finished=int(finished),
    )


def is_finished(workflow: Workflow) -> bool:
    """Whether a workflow has steps, all are settled and none is stale."""
    steps = workflow.steps
    return bool(steps) and all(step.settled for step in steps)


class TaskStatus(StrEnum):
    """The derived status of a task."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DONE = "done"
    ON_HOLD = "on_hold"
    CANCELLED = "cancelled"


def task_status(counts: Counts, hold: Hold) -> TaskStatus:
    """The status of a task from the counters of its workflows (or of its own one step) and what was set by hand.

    Waiting: at least one step waits, and every open step that is not blocked waits.
    """
    if counts.workflows and counts.finished == counts.workflows:
        return TaskStatus.DONE
    if hold is not Hold.NONE:
        return TaskStatus(hold.value)
    if counts.waiting and not counts.ready and not counts.in_progress:
        return TaskStatus.WAITING
    if not (counts.done or counts.skipped or counts.in_progress or counts.waiting):
        return TaskStatus.NOT_STARTED
    return TaskStatus.IN_PROGRESS
