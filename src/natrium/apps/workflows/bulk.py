"""Fresh workflows by the thousand: rows of one template version copied set-wise onto many tasks.

Beside `saving.py` the only writer of workflow rows. It writes what the rules say of a fresh workflow: all
steps todo, ready where nothing comes before, assignees resolved; a test compares it with the rules' own answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from natrium.apps.database import ids, insert, sql
from natrium.apps.practices.offices import AtWork
from natrium.apps.workflows import calendars, knowing, taskrows
from natrium.apps.workflows.definitions import version_of
from natrium.apps.workflows.duedates import by_law
from natrium.domain.workflow.definition import Assign, DueFrom, DueUnit, Rule
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.holdups import alone_before
from natrium.domain.workflow.model import Workflow
from natrium.domain.workflow.progress import Counts

SHARED = (
    "key", "name", "position", "assign_rule", "assign_email", "assign_member_id", "blocking", "required", "after",
    "estimate", "due_days", "due_unit", "due_from", "due_rule", "waits_on", "review", "approval", "filing",
)  # fmt: skip
WORKFLOW_COLUMNS = (
    "id", "practice_id", "task_id", "template_id", "version_id", "number_on_task", "name", "attached_at",
    "attached_by_id", "again", "rev", "steps_total", "steps_done", "steps_stale", "steps_skipped",
    "steps_in_progress", "steps_waiting", "steps_ready",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step of the version whose due date counts from a date of the task."""

    key: str
    days: int
    unit: DueUnit
    from_: DueFrom


@dataclass(frozen=True, slots=True)
class Version:
    """A published version as attaching needs it. `rules` counts its steps by assignment rule.

    `laws` are the rules of law that steps of it go by.
    """

    template_id: int
    id: int
    number: int
    name: str
    counts: Counts
    rules: Mapping[Rule, int]
    named: Mapping[str, int]
    dues: tuple[DueStep, ...]
    laws: tuple[str, ...] = ()


@dataclass(slots=True)
class Target:
    """A task to attach to: the people its rules find (None: nobody who can hold a step), and its dates."""

    id: int
    number: int
    people: Mapping[Rule, int | None]
    target_date: date | None
    statutory_date: date | None
    workflow_id: int = 0


def read_version(*, practice_id: int, template_id: int, number: int | None) -> Version | None:
    """The version of the practice's template with this number, or the newest; None where there is none."""
    head = sql.row(
        """SELECT t.id, v.id, v.number, v.name, v.steps_count FROM workflows_template t
           JOIN workflows_templateversion v ON v.template_id = t.id
           WHERE t.id = %s AND t.practice_id = %s AND v.number = COALESCE(%s, t.latest_version)""",
        (template_id, practice_id, number),
    )
    if head is None:
        return None
    steps = sql.rows(
        """SELECT key, assign_rule, assign_email, due_days, due_unit, due_from, ready_at_start,
                  due_rule
           FROM workflows_steptemplate WHERE version_id = %s ORDER BY position""",
        (head[1],),
    )
    ready = sum(bool(step[6]) for step in steps)
    return Version(
        template_id=head[0],
        id=head[1],
        number=head[2],
        name=head[3],
        counts=Counts(total=head[4], ready=ready, workflows=1),
        rules=Counter(Rule(step[1]) for step in steps),
        named=Counter(step[2] for step in steps if step[1] == Rule.MEMBER.value),
        dues=tuple(DueStep(s[0], s[3], DueUnit(s[4]), DueFrom(s[5])) for s in steps if s[3] is not None),
        laws=tuple(sorted({s[7] for s in steps if s[7]})),
    )


def write(version: Version, targets: Sequence[Target], *, again: bool, by: AtWork, at: datetime) -> None:
    """Writes one workflow with its groups and steps on each target, and sets the targets' `workflow_id`."""
    number(targets)
    counters = version.counts.values[:7]
    insert.insert_rows(
        "workflows_workflow",
        WORKFLOW_COLUMNS,
        [
            (t.workflow_id, by.practice_id, t.id, version.template_id, version.id, t.number, version.name, at,
             by.actor_id, again, 1, *counters)
            for t in targets
        ],
    )  # fmt: skip
    chosen = [target.workflow_id for target in targets]
    _copy_groups(version, chosen)
    _copy_steps(version, chosen, at)
    _set_dues(version, targets, by=by, at=at)
    _set_dues_by_law(version, targets, by=by)


def number(targets: Sequence[Target]) -> None:
    """Gives the workflows to be that have no ids yet theirs."""
    fresh = [target for target in targets if not target.workflow_id]
    for target, workflow_id in zip(fresh, ids.allocate("workflows_workflow", len(fresh)), strict=True):
        target.workflow_id = workflow_id


def _copy_groups(version: Version, chosen: Sequence[int]) -> None:
    sql.execute(
        f"""INSERT INTO workflows_stepgroup (practice_id, workflow_id, key, name, "order", gate, position, added)
            SELECT w.practice_id, w.id, g.key, g.name, g."order", g.gate, g.position, %s
            FROM workflows_workflow w JOIN workflows_stepgrouptemplate g ON g.version_id = %s
            WHERE {sql.one_of("w.id", chosen)} ORDER BY w.id, g.position""",
        (False, version.id, *sql.chosen(chosen)),
    )


def _copy_steps(version: Version, chosen: Sequence[int], at: datetime) -> None:
    """The assignee is whom the rule finds, if that member is active and may hold a step (staff or above).

    Workflows with their people, and steps with their group's key, are each worked out first (MATERIALIZED): left
    to itself PostgreSQL joins them in an order that is a hundred times slower once the statement is prepared.
    """
    shared = ", ".join(f"s.{name}" for name in SHARED)
    found = """CASE s.assign_rule WHEN 'task_owner' THEN w.owner_id WHEN 'client_manager' THEN w.manager_id
               WHEN 'client_partner' THEN w.partner_id WHEN 'member' THEN s.named_id END"""
    holds_up, named = _holds_up(version, found)
    sql.execute(
        f"""WITH w AS MATERIALIZED (
                SELECT w.id, w.practice_id, w.task_id, o.id AS owner_id, m.id AS manager_id, p.id AS partner_id
                FROM workflows_workflow w JOIN tasks_task t ON t.id = w.task_id
                LEFT JOIN clients_client c ON c.id = t.client_id
                LEFT JOIN practices_member o ON o.id = t.owner_id AND o.active AND o.role >= 1
                LEFT JOIN practices_member m ON m.id = c.manager_id AND m.active AND m.role >= 1
                LEFT JOIN practices_member p ON p.id = c.partner_id AND p.active AND p.role >= 1
                WHERE {sql.one_of("w.id", chosen)}
            ), s AS MATERIALIZED (
                SELECT s.*, gt.key AS group_key, n.id AS named_id
                FROM workflows_steptemplate s JOIN workflows_stepgrouptemplate gt ON gt.id = s.group_id
                LEFT JOIN practices_member n ON n.practice_id = s.practice_id AND s.assign_rule = 'member'
                    AND lower(n.email) = lower(s.assign_email) AND n.active AND n.role >= 1
                WHERE s.version_id = %s
            )
            INSERT INTO workflows_step ({", ".join(SHARED)}, practice_id, task_id, workflow_id, group_id,
                template_step_id, status, stale, ready, assignee_id, holds_up_id, bound, unresolved, skip_reason,
                waiting_reason, waiting_on, waiting_whom, evidence_reference, evidence_note, overrides, added,
                due_by_hand, status_since, ready_since, rev, retired)
            SELECT {shared}, w.practice_id, w.task_id, w.id, g.id,
                s.id, 'todo', %s, s.ready_at_start, {found}, {holds_up}, %s,
                CASE WHEN s.assign_rule <> 'unassigned' AND {found} IS NULL THEN {sql.TRUE} ELSE {sql.FALSE} END,
                '', '', '', '', '', '', '[]', %s, %s, %s, CASE WHEN s.ready_at_start THEN {sql.cast_moment("%s")} END,
                1, %s
            FROM w CROSS JOIN s
            JOIN workflows_stepgroup g ON g.workflow_id = w.id AND g.key = s.group_key
            ORDER BY w.id, s.position""",
        (*sql.chosen(chosen), version.id, False, *named, True, False, False, at, at, False),
    )


PEOPLE = {
    Rule.TASK_OWNER: "w.owner_id",
    Rule.CLIENT_MANAGER: "w.manager_id",
    Rule.CLIENT_PARTNER: "w.partner_id",
    Rule.MEMBER: """(SELECT h.id FROM practices_member h WHERE h.practice_id = w.practice_id
                     AND lower(h.email) = lower(%s) AND h.active AND h.role >= 1)""",
}


def _holds_up(version: Version, own: str) -> tuple[str, list[object]]:
    """Whom a fresh step holds up, as an expression with its parameters; `own` is the expression of its holder."""
    fresh = Situation(Workflow(version_of(version.id).groups))
    waiting: dict[str, dict[Assign, None]] = {}
    for before, step in alone_before(fresh):
        if step.assign.rule in PEOPLE:
            waiting.setdefault(before.key, {})[step.assign] = None
    cases, params = "", list[object]()
    for key, rules in waiting.items():
        others = ", ".join(f"NULLIF({PEOPLE[one.rule]}, {own})" for one in rules)
        cases += f" WHEN %s THEN COALESCE({others}, NULL)"
        params += [key, *(one.email for one in rules if one.rule is Rule.MEMBER)]
    return (f"CASE s.key{cases} END" if cases else "CAST(NULL AS bigint)"), params


def _set_dues(version: Version, targets: Sequence[Target], *, by: AtWork, at: datetime) -> None:
    """Due dates, worked out once for each set of dates that the tasks have."""
    if not version.dues:
        return
    alike: dict[tuple[date | None, date | None], list[int]] = {}
    for target in targets:
        alike.setdefault((target.target_date, target.statutory_date), []).append(target.workflow_id)
    for (target_date, statutory), chosen in alike.items():
        anchors = {DueFrom.TARGET: target_date, DueFrom.STATUTORY: statutory, DueFrom.ATTACHED: at.date()}
        for due in version.dues:
            anchor = anchors[due.from_]
            if anchor is not None:
                day = calendars.due_date(anchor, due.days, due.unit, calendar=by.calendar)
                sql.execute(
                    f"UPDATE workflows_step SET due = %s WHERE key = %s AND {sql.one_of('workflow_id', chosen)}",
                    (day, due.key, *sql.chosen(chosen)),
                )


def _set_dues_by_law(version: Version, targets: Sequence[Target], *, by: AtWork) -> None:
    """Due dates by rules of law with their versions, in four statements however many tasks there are."""
    if not version.laws:
        return
    known = knowing.known_of_tasks(practice_id=by.practice_id, task_ids=[target.id for target in targets])
    found = {(id_, rule): by_law(rule, one) for id_, one in known.items() for rule in version.laws}
    chosen = [target.workflow_id for target in targets if any(found[target.id, rule].on for rule in version.laws)]
    if not chosen:
        return
    steps = sql.rows(
        f"""SELECT id, task_id, due_rule FROM workflows_step
            WHERE {sql.one_of("workflow_id", chosen)} AND due_rule <> '' ORDER BY id""",
        sql.chosen(chosen),
    )
    days = [(step_id, found[task_id, rule]) for step_id, task_id, rule in steps]
    rows = [(falls.on, falls.version, step_id) for step_id, falls in days if falls.on]
    sql.update_many("workflows_step", ("due", "due_version"), rows)


def retire_own_steps(task_ids: Sequence[int]) -> None:
    """A task's own step no longer counts once a workflow is attached; it stays in the record."""
    if task_ids:
        sql.execute(
            f"""UPDATE workflows_step SET retired = %s, ready = %s, ready_since = NULL
                WHERE workflow_id IS NULL AND {sql.one_of("task_id", task_ids)}""",
            (True, False, *sql.chosen(task_ids)),
        )


def remove(workflow_id: int) -> tuple[Counts, int]:
    """Takes a workflow that nobody worked on away; its counters, and how many of its steps had found nobody."""
    counters = ", ".join(f"steps_{name}" for name in taskrows.COUNTERS)
    row = sql.row(f"SELECT {counters}, finished_at FROM workflows_workflow WHERE id = %s", (workflow_id,))
    missed = sql.value("SELECT COUNT(*) FROM workflows_step WHERE workflow_id = %s AND unresolved", (workflow_id,))
    for statement in REMOVE:
        sql.execute(statement, (workflow_id,))
    *values, finished_at = row or (0,) * 7 + (None,)
    return taskrows.counted((*values, 1, int(finished_at is not None))), int(missed)


REMOVE = (
    "DELETE FROM workflows_step WHERE workflow_id = %s",
    "DELETE FROM workflows_stepgroup WHERE workflow_id = %s",
    "DELETE FROM workflows_workflow WHERE id = %s",
)


def bring_own_step_back(task_id: int, *, ready: bool, at: datetime) -> None:
    """A task's own step counts again once it has no workflow any more."""
    sql.execute(
        """UPDATE workflows_step SET retired = %s, ready = %s, ready_since = %s
           WHERE workflow_id IS NULL AND task_id = %s""",
        (False, ready, at if ready else None, task_id),
    )


def write_tasks(rows: Sequence[tuple[Any, ...]]) -> None:
    """Writes tasks' status, counters and chain heads.

    A row: status, chain_count, chain_head, unresolved_count, the nine counters of `Counts`, and the task's id.
    """
    sql.update_many(
        "tasks_task",
        ("status", "chain_count", "chain_head", "unresolved_count", "steps_total", "steps_done", "steps_stale",
         "steps_skipped", "steps_in_progress", "steps_waiting", "steps_ready", "workflows_count",
         "workflows_finished"),
        rows,
    )  # fmt: skip
