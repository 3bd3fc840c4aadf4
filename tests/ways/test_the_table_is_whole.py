"""The table leaves nothing out: no code, no action, no rule's refusal, no operation, no address."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from django.urls import resolve

from natrium import web
from natrium.api.bodies import BulkSteps, BulkTasks, OneAction
from natrium.apps.catalogue import operations as catalogue
from natrium.apps.clients import contacts, notes
from natrium.apps.notifications import operations as notifications
from natrium.apps.proposals import operations as proposals
from natrium.apps.workflows import operations
from natrium.domain import task
from natrium.domain.errors import Code
from natrium.domain.workflow import actions, edits, taking_back, transitions, undo
from natrium.web import urls
from natrium.web.workflows.forms import NOUNS, OWN_NOUNS
from tests.api.test_problems import operations_of_routes
from tests.ways import by_api, by_bulk, by_operation, by_page, deeds
from tests.ways.asking import Asked, Way
from tests.ways.by_operation import ACTIONS, EDITS
from tests.ways.every_way import WAYS
from tests.ways.reading import codes_of, doors_of, promised
from tests.ways.stage import Stage
from tests.ways.test_every_refusal import CASES


@pytest.fixture
def asked(stage: Stage) -> dict[str, Any]:
    """Return what every case asks for, on a stage where nothing came before."""
    return {name: case.asked(stage) for name, case in CASES.items()}


def pairs(asked: dict[str, Any]) -> set[tuple[type, Code]]:
    """Each kind of deed with each code that a case has for it; an action on a task's own step as the action."""
    found: set[tuple[type, Code]] = set()
    for name, deed in asked.items():
        found.add((type(deed), CASES[name].code))
        if isinstance(deed, deeds.Own):
            found.add((type(deed.action), CASES[name].code))
    return found


def test_every_code_has_a_case() -> None:
    assert {case.code for case in CASES.values()} == set(Code)


def test_every_deed_has_a_case(asked: dict[str, Any]) -> None:
    assert {type(deed) for deed in asked.values()} == set(get_args(deeds.Deed))
    assert {type(deed.action) for deed in asked.values() if isinstance(deed, deeds.Own)} >= set(deeds.OWN)


def test_the_rules_know_no_other_deed() -> None:
    assert set(transitions.RULES) == set(ACTIONS)
    assert set(edits.SHAPES) == set(EDITS)


# What the text of a rule calls and its kind of action cannot come to.
NEVER: dict[tuple[type, Code], str] = {
    (actions.Confirm, Code.APPROVAL_MISSING): "a filing is never stale",
    (actions.AddStep, Code.SETTLED): "it is not there yet",
    (actions.AddStep, Code.REASON_NEEDED): "what is added loosens nothing",
    (actions.AddGroup, Code.SETTLED): "it is not there yet",
    (actions.AddGroup, Code.REASON_NEEDED): "what is added loosens nothing",
    (actions.AddGroup, Code.UNKNOWN_KEY): "it names no other",
    (actions.AddGroup, Code.CYCLE): "it has no steps yet",
    (actions.EditGroup, Code.SETTLED): "its settled steps stay as they are",
    (actions.RemoveStep, Code.SETTLED): "what is settled was worked on",
    (actions.RemoveStep, Code.REASON_NEEDED): "what was added here is nobody's rule",
    (actions.RemoveStep, Code.BAD_VALUE): "it says nothing",
    (actions.RemoveStep, Code.CYCLE): "fewer steps, fewer loops",
    (actions.RemoveGroup, Code.SETTLED): "it is empty",
    (actions.RemoveGroup, Code.REASON_NEEDED): "it is empty",
    (actions.RemoveGroup, Code.BAD_VALUE): "it says nothing",
    (actions.RemoveGroup, Code.CYCLE): "it is empty",
    (actions.Comment, Code.TASK_HELD): "a held task takes comments",
} | {(kind, Code.CANNOT_CLEAR): "no flag is cleared" for kind in EDITS if kind is not actions.EditStep}


def rules() -> dict[type, frozenset[Code]]:
    """Every action and edit with the codes that its rule's text can come to."""
    found = {kind: codes_of(rule) for kind, rule in transitions.RULES.items()}
    shaping = {kind: codes_of(shape) for kind, shape in edits.SHAPES.items()}
    for_all = codes_of(edits.edit)
    return found | {kind: codes | for_all for kind, codes in shaping.items()}


def test_every_refusal_that_a_rule_can_come_to_has_a_case(asked: dict[str, Any]) -> None:
    told = {(kind, code) for kind, codes in rules().items() for code in codes}
    assert told - pairs(asked) == set(NEVER)
    assert pairs(asked) & set(NEVER) == set()


def test_every_case_of_a_rule_is_one_that_its_text_can_come_to(asked: dict[str, Any]) -> None:
    told = {(kind, code) for kind, codes in rules().items() for code in codes}
    of_own_steps = {(kind, code) for kind in (*deeds.OWN, actions.Skip) for code in codes_of(task.check_own)}
    strange = {(kind, code) for kind, code in pairs(asked) if kind in rules()} - told - of_own_steps
    assert strange == set()


# Each deed that is no action of the rules, with the function whose docstring says what it refuses.
PROMISES: dict[type, Callable[..., Any]] = {
    deeds.Undo: undo.undo,
    deeds.TakeEditBack: taking_back.take_back,
    deeds.HoldTask: operations.hold,
    deeds.Attach: operations.attach,
    deeds.NewTask: operations.create_task,
    deeds.ChangeTask: operations.edit_task,
    deeds.ChangeOwn: operations.edit_task,
    deeds.ChangePeople: operations.change_client_people,
    deeds.NewTemplate: operations.create_template,
    deeds.SaveDraft: operations.save_draft,
    deeds.Publish: operations.publish,
    deeds.Import: operations.import_template,
    deeds.Take: operations.take_from_library,
    deeds.TakeTaskEditBack: operations.take_task_edit_back,
    deeds.SaveView: operations.save_view,
    deeds.RemoveView: operations.remove_view,
    deeds.ChangeDraft: operations.change_draft,
    deeds.ChangeDraftStep: operations.change_draft,
    deeds.DiscardDraft: operations.discard_draft,
    deeds.RestoreVersion: operations.restore_version,
    deeds.Duplicate: operations.duplicate_template,
    deeds.FromWorkflow: operations.template_from_workflow,
    deeds.ManySteps: operations.act_on_many,
    deeds.ManyTasks: operations.change_many,
    deeds.UndoBatch: operations.undo_batch,
    deeds.HandOver: operations.hand_over,
    deeds.ChangeMember: operations.change_member,
    deeds.Wish: notifications.wish,
    deeds.ReadAll: notifications.mark_all_read,
    deeds.AddContact: contacts.add_contact,
    deeds.EditContact: contacts.edit_contact,
    deeds.RemoveContact: contacts.remove_contact,
    deeds.SayOfClient: notes.add_note,
    deeds.ImportClients: operations.import_clients,
    deeds.SaveProposal: proposals.save_proposal,
    deeds.SendProposal: proposals.send_proposal,
    deeds.WithdrawProposal: proposals.withdraw_proposal,
    deeds.ReviseProposal: proposals.revise_proposal,
    deeds.RecordAcceptance: proposals.record_acceptance,
    deeds.ChangeClient: operations.edit_client,
    deeds.SayFact: operations.set_client_fact,
    deeds.NewService: catalogue.create_service,
    deeds.ChangeService: catalogue.edit_service,
    deeds.TakeReady: catalogue.take_ready_service,
    deeds.AddRecurring: catalogue.add_recurring_task,
    deeds.ChangeRecurring: catalogue.edit_recurring_task,
    deeds.RemoveRecurring: catalogue.remove_recurring_task,
    deeds.StartService: catalogue.start_engagement,
    deeds.StartForMany: catalogue.start_engagements,
    deeds.PauseService: catalogue.pause_engagement,
    deeds.ResumeService: catalogue.resume_engagement,
    deeds.EndService: catalogue.end_engagement,
    deeds.DifferService: catalogue.set_overrides,
}


@pytest.mark.parametrize("function", list(dict.fromkeys(PROMISES.values())))
def test_what_a_docstring_promises_to_refuse_has_a_case_and_nothing_else(
    asked: dict[str, Any], function: Callable[..., Any]
) -> None:
    kinds = {kind for kind, promising in PROMISES.items() if promising is function}
    met = {CASES[name].code for name, deed in asked.items() if type(deed) in kinds}
    assert met - {Code.UNKNOWN_KEY} <= promised(function) <= met


def test_every_operation_is_asked_by_a_way() -> None:
    called = inspect.getsource(by_operation) + inspect.getsource(by_bulk)
    doors = {name for name in operations.__all__ if inspect.isfunction(getattr(operations, name))}
    assert {name for name in doors if not re.search(rf"operations\.{name}\b", called)} == set()


def requests(stage: Stage, asked: dict[str, Any]) -> list[Asked]:
    """Every request of every way over HTTP for every case."""
    over_http = [way for way in WAYS.values() if isinstance(way, Way)]
    found = [way.asks(stage, deed) for way in over_http for deed in asked.values()]
    return [one for one in found if one is not None]


def route(address: str, *, api: bool) -> str:
    """The pattern of an address."""
    return resolve(f"/api/v1{address}" if api else address).route


def is_page(one: Asked) -> bool:
    """Whether it is a page's address; they end in a slash."""
    return one.address.endswith("/")


def test_every_route_of_the_api_that_comes_to_an_operation_is_asked(stage: Stage, asked: dict[str, Any]) -> None:
    comes_to = {
        (method.lower(), route(address, api=True)): doors_of(operation.view_func, operations)
        for address, operation in operations_of_routes()
        for method in operation.methods
        if method != "GET"
    }
    met = {(one.method, route(one.address, api=True)) for one in requests(stage, asked) if not is_page(one)}
    assert {way for way, doors in comes_to.items() if doors} - met == set()
    assert met <= set(comes_to)


def posts(stage: Stage) -> dict[str, frozenset[str]]:
    """Every page that takes a form, with the operations that it comes to."""
    found: dict[str, frozenset[str]] = {}
    for pattern in urls.urlpatterns:
        filled = re.sub(r"<slug:\w+>", "start", re.sub(r"<\w+:\w+_id>", "1", str(pattern.pattern)))
        answer = stage.browsers["olive"].trace("/" + re.sub(r"<id:\w+>", "1", re.sub(r"<str:\w+>", "a", filled)))
        if "POST" in answer.get("Allow", "POST"):
            found[str(pattern.name)] = doors_of(pattern.callback, operations)
    return found


def test_every_page_that_comes_to_an_operation_is_asked(stage: Stage, asked: dict[str, Any]) -> None:
    pages = posts(stage)
    met = {resolve(one.address).url_name for one in requests(stage, asked) if is_page(one)}
    assert met <= set(pages)
    assert {name for name, doors in pages.items() if doors} - met == set()


def test_every_operation_is_come_to_from_outside(stage: Stage) -> None:
    """What reads pages and routes misses none of the ways; templates come in several by the command line alone."""
    routes = (doors_of(operation.view_func, operations) for _, operation in operations_of_routes())
    known = {name for name in operations.__all__ if inspect.isfunction(getattr(operations, name))}
    assert known - frozenset().union(*posts(stage).values(), *routes) == {"import_templates"}


SHAPING = {"edit", "move", "removal"}


def test_every_form_on_a_step_is_asked(stage: Stage, asked: dict[str, Any]) -> None:
    addresses = [one.address for one in requests(stage, asked) if is_page(one)]
    on_steps = {re.sub(r".*/(\w+)/$", r"\1", one) for one in addresses if re.match(r"/workflows/\d+/steps/.+/", one)}
    on_own = {re.sub(r".*/(\w+)/$", r"\1", one) for one in addresses if re.match(r"/tasks/\d+/step/", one)}
    assert on_steps == NOUNS | SHAPING
    assert on_own == OWN_NOUNS | {"undo"}


def test_every_action_that_a_body_knows_is_asked(stage: Stage, asked: dict[str, Any]) -> None:
    bodies = [(one.address, one.body) for one in requests(stage, asked) if not is_page(one) and one.body]
    several = {body["actions"][0]["action"] for address, body in bodies if address.endswith("/actions")}
    many = {body["action"] for address, body in bodies if address == "/steps/bulk"}
    of_tasks = {body["action"] for address, body in bodies if address == "/tasks/bulk"}
    known = (OneAction.model_fields["action"], BulkSteps.model_fields["action"], BulkTasks.model_fields["action"])
    assert (several, many - {"override"}, of_tasks) == tuple(set(get_args(field.annotation)) for field in known)


SHOWN = ("tasks/*.html", "work/*.html", "components/parts.html", "templates/template.html")


def test_every_alert_of_these_pages_says_its_code() -> None:
    templates = Path(web.__path__[0]) / "templates"
    lines = [
        (file.name, line)
        for pattern in SHOWN
        for file in templates.glob(pattern)
        for line in file.read_text(encoding="utf-8").splitlines()
        if 'role="alert"' in line and "upload" not in file.name
    ]
    assert len(lines) > 5
    assert [file for file, line in lines if line.count('role="alert"') != line.count("data-code=")] == []


@pytest.mark.parametrize("name", WAYS)
def test_no_way_is_there_for_nothing(stage: Stage, asked: dict[str, Any], name: str) -> None:
    way = WAYS[name]
    if isinstance(way, Way):
        assert sum(way.asks(stage, deed) is not None for deed in asked.values()) > 2
    else:
        assert way in (by_operation.one, by_operation.several, by_operation.to_many, by_bulk.done, by_bulk.previewed)


def test_a_way_asks_by_its_table() -> None:
    assert set(by_page.FORMS) | set(by_page.OTHERS) <= set(get_args(deeds.Deed))
    assert set(by_api.ROUTES) | set(by_api.OTHERS) == set(get_args(deeds.Deed))
