"""The way in of everything that runs here itself: the operations."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

from natrium.apps.clients import contacts, notes
from natrium.apps.clients.importing.columns import guessed
from natrium.apps.clients.importing.table import read_table
from natrium.apps.clients.operations import NewContact
from natrium.apps.notifications import operations as notifications
from natrium.apps.proposals import operations as proposals
from natrium.apps.proposals import queries as proposal_queries
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import BulkAttached
from natrium.domain.errors import Refusal
from natrium.domain.workflow import drafting
from natrium.domain.workflow.actions import Action, AssignTo, Comment, Edit
from tests.builders import signed_in
from tests.ways import by_services, deeds
from tests.ways.answers import Answer, of_refusal
from tests.ways.stage import Stage

ACTIONS: tuple[type, ...] = Action.__args__  # type: ignore[attr-defined]  # a union knows its members
EDITS: tuple[type, ...] = Edit.__args__  # type: ignore[attr-defined]  # likewise


def said_no(call: Callable[[], object]) -> Answer:
    """The refusal of a call, which must refuse."""
    try:
        done = call()
    except Refusal as refusal:
        return of_refusal(refusal)
    msg = f"it was done: {done}"
    raise AssertionError(msg)


def one(stage: Stage, who: str, deed: Any) -> Answer:
    """The operation for a deed."""
    return said_no(lambda: done(stage, who, deed))


def done(stage: Stage, who: str, deed: Any) -> object:
    """Do it."""
    words: dict[str, Any] = {"by": signed_in(stage.member(who)), "at": stage.clock.at}
    job = stage.job
    if isinstance(deed, AssignTo):
        to_id = deed.to.id if deed.to else None
        return operations.assign(**words, workflow_id=job.workflow_id, key=deed.key, to_id=to_id)
    if isinstance(deed, ACTIONS):
        return operations.act(**words, workflow_id=job.workflow_id, actions=[deed])
    if isinstance(deed, EDITS):
        return operations.edit(**words, workflow_id=job.workflow_id, edit=deed)
    return CALLS[type(deed)](stage, words, deed)


def _attach(stage: Stage, words: dict[str, Any], deed: deeds.Attach) -> object:
    return operations.attach(**words, task_id=deed.task or stage.simple_id, template_id=deed.template)


def _people(stage: Stage, words: dict[str, Any], deed: deeds.ChangePeople) -> object:
    manager, partner = deed.manager, deed.partner
    return operations.change_client_people(
        **words, client_id=stage.job.client.pk, manager_id=manager, partner_id=partner
    )


def _change_own(stage: Stage, words: dict[str, Any], deed: deeds.ChangeOwn) -> object:
    return operations.edit_task(**words, task_id=deed.task or stage.simple_id, changes=deed.changes, own_step=True)


def _change_draft(_: Stage, words: dict[str, Any], deed: deeds.ChangeDraft) -> object:
    change = getattr(drafting, deed.change)
    named = dict(zip(("name", "description"), deed.given, strict=False)) if deed.change == "change_details" else {}
    given = () if named else deed.given
    return operations.change_draft(
        **words, template_id=deed.template, change=lambda draft: change(draft, *given, **named)
    )


def _change_step(_: Stage, words: dict[str, Any], deed: deeds.ChangeDraftStep) -> object:
    return operations.change_draft_step(**words, template_id=deed.template, key=deed.key, changes=deed.changes)


def _save_view(_: Stage, words: dict[str, Any], deed: deeds.SaveView) -> object:
    return operations.save_view(**words, name=deed.name, page=deed.page, query=deed.query, shared=deed.shared)


def _from_workflow(stage: Stage, words: dict[str, Any], deed: deeds.FromWorkflow) -> object:
    return operations.template_from_workflow(**words, workflow_id=stage.job.workflow_id, name=deed.name)


def _archive(_: Stage, words: dict[str, Any], deed: deeds.Archive) -> object:
    return (operations.unarchive if deed.back else operations.archive)(**words, template_id=deed.template)


CALLS: dict[type, Callable[[Stage, dict[str, Any], Any], object]] = {
    deeds.Undo: lambda s, w, d: operations.undo(**w, workflow_id=s.job.workflow_id, key=d.key),
    deeds.Own: lambda s, w, d: operations.act_on_task(**w, task_id=d.task or s.simple_id, action=d.action),
    deeds.UndoOwn: lambda s, w, d: operations.undo_on_task(**w, task_id=d.task or s.simple_id),
    deeds.TakeEditBack: lambda s, w, d: operations.take_edit_back(**w, workflow_id=s.job.workflow_id, seq=d.line),
    deeds.ManySteps: lambda _, w, d: operations.act_on_many(**w, step_ids=d.steps, action=d.action),
    deeds.ManyTasks: lambda _, w, d: operations.change_many(**w, task_ids=d.tasks, deed=d.change),
    deeds.UndoBatch: lambda _, w, d: operations.undo_batch(**w, batch_id=d.batch),
    deeds.HandOver: lambda _, w, d: operations.hand_over(**w, member_id=d.member, to=d.to, leaves=d.leaves),
    deeds.ChangeMember: lambda _, w, d: operations.change_member(**w, member_id=d.member, changes=d.changes),
    deeds.HoldTask: lambda s, w, d: operations.hold(**w, task_id=s.job.task_id, to=d.to, reason=d.reason),
    deeds.ChangeOwn: _change_own,
    deeds.Say: lambda s, w, d: operations.comment_on_task(**w, task_id=s.job.task_id, text=d.text),
    deeds.Attach: _attach,
    deeds.NewTask: lambda _, w, d: operations.create_task(**w, facts=d.facts, template_ids=d.templates),
    deeds.ChangeTask: lambda s, w, d: operations.edit_task(**w, task_id=s.job.task_id, changes=d.changes),
    deeds.ChangePeople: _people,
    deeds.NewTemplate: lambda _, w, d: operations.create_template(**w, name=d.name, description=d.description),
    deeds.SaveDraft: lambda _, w, d: operations.save_draft(**w, template_id=d.template, definition=d.definition),
    deeds.Publish: lambda _, w, d: operations.publish(**w, template_id=d.template, note=d.note),
    deeds.Archive: _archive,
    deeds.TakeTaskEditBack: lambda s, w, d: operations.take_task_edit_back(**w, task_id=s.job.task_id, seq=d.line),
    deeds.SaveView: _save_view,
    deeds.RemoveView: lambda _, w, d: operations.remove_view(**w, view_id=d.view),
    deeds.ChangeDraft: _change_draft,
    deeds.ChangeDraftStep: _change_step,
    deeds.DiscardDraft: lambda _, w, d: operations.discard_draft(**w, template_id=d.template),
    deeds.RestoreVersion: lambda _, w, d: operations.restore_version(**w, template_id=d.template, number=d.number),
    deeds.Duplicate: lambda _, w, d: operations.duplicate_template(**w, template_id=d.template),
    deeds.FromWorkflow: _from_workflow,
    deeds.Import: lambda _, w, d: operations.import_template(**w, template=d.template, and_publish=d.publish),
    deeds.Take: lambda _, w, d: operations.take_from_library(**w, slug=d.slug),
    deeds.Wish: lambda _, w, d: notifications.wish(**w, in_app=d.kinds, in_mail=(), digest=True, digest_at=time(7, 30)),
    deeds.ReadAll: lambda _, w, d: notifications.mark_all_read(**w, up_to=d.up_to),
}


def _import_clients(_: Stage, words: dict[str, Any], deed: deeds.ImportClients) -> object:
    table = read_table(deed.text.encode(), name="clients.csv")
    planned = operations.plan_import(
        by=words["by"], table=table, columns=guessed(table.header), day_first=True, default_kind="limited_company"
    )
    return planned if deed.only_plan else operations.import_clients(**words, planned=planned, good_only=False)


def _client(stage: Stage) -> int:
    return int(stage.job.client.pk)


CALLS |= by_services.CALLS
CALLS |= {
    deeds.AddContact: lambda s, w, d: contacts.add_contact(**w, client_id=_client(s), contact=NewContact(name=d.name)),
    deeds.EditContact: lambda s, w, d: contacts.edit_contact(
        **w, client_id=_client(s), contact_id=d.contact, contact=NewContact(name=d.name)
    ),
    deeds.RemoveContact: lambda s, w, d: contacts.remove_contact(**w, client_id=_client(s), contact_id=d.contact),
    deeds.SayOfClient: lambda s, w, d: notes.add_note(**w, client_id=_client(s), text=d.text),
    deeds.ImportClients: _import_clients,
    deeds.ChangeClient: lambda s, w, d: operations.edit_client(**w, client_id=_client(s), changes=d.changes),
    deeds.SayFact: lambda s, w, d: operations.set_client_fact(
        **w, client_id=_client(s), field=d.field, value=d.value, from_date=d.from_date
    ),
}


def _save_proposal(_: Stage, words: dict[str, Any], deed: deeds.SaveProposal) -> object:
    offer = proposal_queries.proposal_page(**words, proposal_id=deed.proposal).offer
    return proposals.save_proposal(**words, proposal_id=deed.proposal, offer=replace(offer, title=deed.title))


CALLS |= {
    deeds.SaveProposal: _save_proposal,
    deeds.SendProposal: lambda _, w, d: proposals.send_proposal(**w, proposal_id=d.proposal),
    deeds.WithdrawProposal: lambda _, w, d: proposals.withdraw_proposal(**w, proposal_id=d.proposal, reason=d.reason),
    deeds.ReviseProposal: lambda _, w, d: proposals.revise_proposal(**w, proposal_id=d.proposal),
    deeds.RecordAcceptance: lambda _, w, d: proposals.record_acceptance(
        **w, proposal_id=d.proposal, name=d.name, reason=d.reason
    ),
}


def several(stage: Stage, who: str, deed: Any) -> Answer | None:
    """Several actions at once: a comment, which would be added, and then the deed twice; all or nothing."""
    if not isinstance(deed, ACTIONS):
        return None
    comment = [] if who == "vera" else [Comment("", "On it")]
    by, at = signed_in(stage.member(who)), stage.clock.at
    actions = [*comment, deed, deed]
    return said_no(lambda: operations.act(by=by, at=at, workflow_id=stage.job.workflow_id, actions=actions))


def to_many(stage: Stage, who: str, deed: Any) -> Answer | None:
    """Attaching to many, importing many: one refused refuses for itself."""
    words: dict[str, Any] = {"by": signed_in(stage.member(who)), "at": stage.clock.at}
    if isinstance(deed, deeds.Import):
        templates = [deed.template]
        return said_no(lambda: operations.import_templates(**words, templates=templates, and_publish=deed.publish))
    if not isinstance(deed, deeds.Attach):
        return None
    task_id = deed.task or stage.simple_id
    return said_no(lambda: _first(operations.attach_many(**words, task_ids=[task_id], template_id=deed.template)))


def _first(came: BulkAttached) -> object:
    """Raises the refusal of the only task, where there is one."""
    for _, refusal in came.refused:
        raise refusal
    return came
