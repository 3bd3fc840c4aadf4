"""What is no template, each with one thing wrong, and how it is refused: code, place, and sentence."""

import json

from natrium.domain.workflow.findings import Path

BARE_FORM = {"natrium": "template/1", "name": "Work", "groups": [{"key": "g", "name": "G", "steps": [
    {"key": "a", "name": "A"}]}]}  # fmt: skip


def the_step(form: dict[str, object]) -> dict[str, object]:
    found: dict[str, object] = form["groups"][0]["steps"][0]  # type: ignore[index]
    return found


def with_step(**fields: object) -> dict[str, object]:
    form: dict[str, object] = json.loads(json.dumps(BARE_FORM))
    the_step(form).update(fields)
    return form


CHOICES = "“assign” is task_owner, client_manager, client_partner, unassigned or member: and an e-mail address"
S = ("groups", 0, "steps", 0)
MARKED = {"natrium": "template/1", "name": "Work"}

ONE_PROBLEM: list[tuple[object, str, Path, str]] = [
    (None, "not-a-template", (), "A template is a set of fields, and here is nothing."),
    ([], "not-a-template", (), "A template is a set of fields, and here is a list."),
    ("x" * 50, "not-a-template", (), f"A template is a set of fields, and here is the text “{'x' * 40}…”."),
    ({"name": "W"}, "not-a-template", (), "A template begins with “natrium: template/1”, and it is not there."),
    (
        {"natrium": 1, "name": "W"},
        "not-a-template",
        ("natrium",),
        "A template begins with “natrium: template/1”, and here is the number 1.",
    ),
    (
        {"natrium": "template/2", "titel": 1},
        "not-a-template",
        ("natrium",),
        "This is “template/2”, and this Natrium reads “template/1”: a newer one wrote it.",
    ),
    ({"natrium": "template/1"}, "missing-field", (), "A template needs “name”: What the workflow is called."),
    (
        {"natrium": "template/1", "name": None},
        "missing-field",
        ("name",),
        "A template needs “name”: What the workflow is called.",
    ),
    (MARKED | {"naem": 1}, "unknown-field", ("naem",), "“naem” is not a field of a template. Did you mean “name”?"),
    (
        MARKED | {"zzz": 1},
        "unknown-field",
        ("zzz",),
        "“zzz” is not a field of a template. A template has name, description and groups.",
    ),
    (
        MARKED | {5: 1},
        "unknown-field",
        ("5",),
        "“5” is not a field of a template. A template has name, description and groups.",
    ),
    (MARKED | {"groups": {}}, "bad-value", ("groups",), "“groups” is a list, and here is a set of fields."),
    (MARKED | {"groups": [3]}, "bad-value", ("groups", 0), "A group is a set of fields, and here is the number 3."),
    (
        MARKED | {"description": 1.5},
        "bad-value",
        ("description",),
        "“description” is text, and here is the number 1.5. Put it in quotes.",
    ),
    (
        MARKED | {"description": True},
        "bad-value",
        ("description",),
        "“description” is text, and here is true. Put it in quotes.",
    ),
    (MARKED | {"description": ["a"]}, "bad-value", ("description",), "“description” is text, and here is a list."),
    (
        MARKED | {"description": "\0"},
        "bad-value",
        ("description",),
        "“description” holds a character that is not text.",
    ),
    (
        MARKED | {"description": "\udfff"},
        "bad-value",
        ("description",),
        "“description” holds a character that is not text.",
    ),
    (with_step(title="x"), "unknown-field", (*S, "title"), "“title” is not a field of a step. Did you mean “name”?"),
    (
        with_step(minutes=5),
        "unknown-field",
        (*S, "minutes"),
        "“minutes” is not a field of a step. Did you mean “estimate”?",
    ),
    (with_step(asign="x"), "unknown-field", (*S, "asign"), "“asign” is not a field of a step. Did you mean “assign”?"),
    (
        with_step(key=None),
        "missing-field",
        (*S, "key"),
        "A step needs “key”: What `after` calls it; unique in the template, and kept when it is renamed.",
    ),
    (
        with_step(blocking="yes"),
        "bad-value",
        (*S, "blocking"),
        "“blocking” is true or false, and here is the text “yes”. Write true.",
    ),
    (with_step(gate=True), "unknown-field", (*S, "gate"), "“gate” is not a field of a step. Did you mean “after”?"),
    (
        with_step(review="off"),
        "bad-value",
        (*S, "review"),
        "“review” is true or false, and here is the text “off”. Write false.",
    ),
    (
        with_step(review="No"),
        "bad-value",
        (*S, "review"),
        "“review” is true or false, and here is the text “No”. Write false.",
    ),
    (
        with_step(review="n"),
        "bad-value",
        (*S, "review"),
        "“review” is true or false, and here is the text “n”. Write false.",
    ),
    (
        with_step(review="ON"),
        "bad-value",
        (*S, "review"),
        "“review” is true or false, and here is the text “ON”. Write true.",
    ),
    (
        with_step(review="y"),
        "bad-value",
        (*S, "review"),
        "“review” is true or false, and here is the text “y”. Write true.",
    ),
    (
        with_step(review="maybe"),
        "bad-value",
        (*S, "review"),
        "“review” is true or false, and here is the text “maybe”.",
    ),
    (with_step(review=[]), "bad-value", (*S, "review"), "“review” is true or false, and here is a list."),
    (
        with_step(name=10**9),
        "bad-value",
        (*S, "name"),
        "“name” is text, and here is the number 1000000000. Put it in quotes.",
    ),
    (
        with_step(name=-(10**9) - 1),
        "bad-value",
        (*S, "name"),
        "“name” is text, and here is a very large number. Put it in quotes.",
    ),
    (with_step(name=["a"]), "bad-value", (*S, "name"), "“name” is text, and here is a list."),
    (with_step(name="\ud800"), "bad-value", (*S, "name"), "“name” holds a character that is not text."),
    (
        with_step(waits_on="x" * 40),
        "bad-value",
        (*S, "waits_on"),
        f"“waits_on” is client or third_party, and here is the text “{'x' * 40}”.",
    ),
    (with_step(review=1), "bad-value", (*S, "review"), "“review” is true or false, and here is the number 1."),
    (
        with_step(estimate="1h"),
        "bad-value",
        (*S, "estimate"),
        "“estimate” is a whole number, and here is the text “1h”.",
    ),
    (
        with_step(estimate=1.5),
        "bad-value",
        (*S, "estimate"),
        "“estimate” is a whole number, and here is the number 1.5.",
    ),
    (
        with_step(estimate=float("inf")),
        "bad-value",
        (*S, "estimate"),
        "“estimate” is a whole number, and here is the number inf.",
    ),
    (with_step(estimate=False), "bad-value", (*S, "estimate"), "“estimate” is a whole number, and here is false."),
    (
        with_step(estimate=10**9 + 1),
        "bad-value",
        (*S, "estimate"),
        "“estimate” is between 0 and 100000; this number is far outside.",
    ),
    (
        with_step(name=10**9 + 1),
        "bad-value",
        (*S, "name"),
        "“name” is text, and here is a very large number. Put it in quotes.",
    ),
    (
        with_step(assign="person:mlro"),
        "bad-value",
        (*S, "assign"),
        f"{CHOICES}, and here is the text “person:mlro”.",
    ),
    (
        with_step(assign="client_manger"),
        "bad-value",
        (*S, "assign"),
        f"{CHOICES}, and here is the text “client_manger”. Did you mean “client_manager”?",
    ),
    (
        with_step(assign="member"),
        "bad-value",
        (*S, "assign"),
        f"{CHOICES}, and here is the text “member”.",
    ),
    (with_step(assign="member:a\0"), "bad-value", (*S, "assign"), "“assign” holds a character that is not text."),
    (
        with_step(assign=["x"]),
        "bad-value",
        (*S, "assign"),
        f"{CHOICES}, and here is a list.",
    ),
    (with_step(after="x"), "bad-value", (*S, "after"), "“after” is a list, and here is the text “x”."),
    (
        with_step(after=["x", 1]),
        "bad-value",
        (*S, "after", 1),
        "An item of “after” is text, and here is the number 1. Put it in quotes.",
    ),
    (
        with_step(waits_on="hmrc"),
        "bad-value",
        (*S, "waits_on"),
        "“waits_on” is client or third_party, and here is the text “hmrc”.",
    ),
    (with_step(due={}), "missing-field", (*S, "due"), "A due date needs “days” (before or after a date) or “rule”."),
    (
        with_step(due={"days": None, "unit": "days"}),
        "missing-field",
        (*S, "due"),
        "A due date needs “days” (before or after a date) or “rule”.",
    ),
    (
        with_step(due={"days": 1, "from": "taget"}),
        "bad-value",
        (*S, "due", "from"),
        "“from” is target, statutory or attached, and here is the text “taget”. Did you mean “target”?",
    ),
    (with_step(due="soon"), "bad-value", (*S, "due"), "A due date is a set of fields, and here is the text “soon”."),
]
