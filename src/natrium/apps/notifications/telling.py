"""What members are told, as sentences."""

from __future__ import annotations

from natrium.domain.notices import Kind

# By kind and verb, or by kind alone; what is not here is told in the words of the record.
ONE = {
    "ready": "“{step}” is ready for you: {happened}",
    "review": "“{step}” is wanted from you: {happened}",
    "mentioned": "{actor} mentioned you{on_step}",
    "assigned step.assigned": "{actor} gave you “{step}”",
    "assigned step.added": "{actor} added “{step}” for you",
    "assigned step.handed_over": "{actor} handed “{step}” over to you",
    "assigned step.followed": "“{step}” came to you when {actor} changed who looks after it",
    "assigned task.created": "{actor} made you the task owner",
    "assigned task.edited": "{actor} made you the task owner",
    "lost task.edited": "{actor} made somebody else the task owner",
}
SEVERAL = {
    "ready": "{count} of your steps are ready, since {happened}",
    "review": "{count} reviews and approvals are wanted from you, since {happened}",
    "mentioned": "{actor} mentioned you {count} times",
    "assigned": "{actor} gave you {count} steps",
    "assigned step.followed": "{count} steps came to you when {actor} changed who looks after them",
    "assigned task.created": "{actor} made you the task owner of {count} tasks",
    "assigned task.edited": "{actor} made you the task owner of {count} tasks",
    "lost": "{actor} gave {count} of your steps to somebody else",
    "lost step.skipped": "{actor} skipped {count} of your steps",
    "lost task.edited": "{actor} made somebody else the task owner of {count} of your tasks",
    "sent_back": "{count} steps that you did are sent back, or to be confirmed, since {actor} opened “{cause}” again",
    "held task.held": "{actor} put {count} tasks with work of yours on hold",
    "held task.cancelled": "{actor} cancelled {count} tasks with work of yours",
    "held task.resumed": "{actor} resumed {count} tasks with work of yours",
}


def words_of(kind: Kind, verb: str, *, actor: str, happened: str, step: str, cause: str, count: int) -> str:
    """What is told, as a sentence without its end. `happened` is the record's own sentence; `step` "" for none.

    `cause` is the name of the step that brought it about.
    """
    table = ONE if count == 1 else SEVERAL
    pattern = table.get(f"{kind} {verb}") or table.get(kind) or "{happened}"
    on_step = f" on “{step}”" if step else ""
    return pattern.format(actor=actor, happened=happened, step=step, cause=cause, count=count, on_step=on_step)
