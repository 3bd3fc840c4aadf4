"""The contract: its snapshot, and thousands of made-up requests that must never bring the API down."""

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from natrium.api.api import api
from tests.api.conftest import ApiWorld, a_token

SNAPSHOT = Path(__file__).parent / "snapshots" / "openapi.json"
EXAMPLES = int(os.environ.get("NATRIUM_API_EXAMPLES", "40" if os.environ.get("NATRIUM_SOAK") == "1" else "6"))


def document() -> str:
    """The OpenAPI document, as the snapshot keeps it."""
    answer = Client().get("/api/v1/openapi.json")
    return json.dumps(answer.json(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


@pytest.mark.django_db
def test_the_document_is_the_snapshot() -> None:
    """A change of the contract is a change of this file: `REFRESH_SNAPSHOT=1 .venv/bin/pytest tests/api` writes it."""
    if os.environ.get("REFRESH_SNAPSHOT"):
        SNAPSHOT.write_text(document(), encoding="utf-8")
    assert document() == SNAPSHOT.read_text(encoding="utf-8")


def test_the_document_is_put_together_once() -> None:
    """It takes a second, and anybody may ask for it."""
    assert api.get_openapi_schema() is api.get_openapi_schema()


@pytest.fixture
def schema(world: ApiWorld) -> schemathesis.BaseSchema:
    """The API under the hand of a manager."""
    app = get_wsgi_application()
    del world
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


@pytest.mark.django_db(transaction=True)
def test_made_up_requests_are_answered_and_never_with_a_500(schema: schemathesis.BaseSchema, world: ApiWorld) -> None:
    """`negative_data_rejection` is off: a lax integer takes 3008.0, which JSON Schema calls an integer."""
    cases = 0
    headers = {"Authorization": f"Bearer {a_token(world.cast.mark)}"}
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def run(case: schemathesis.Case) -> None:
            nonlocal cases
            cases += 1
            checks = [not_a_server_error, status_code_conformance, response_schema_conformance]
            case.call_and_validate(checks=checks, headers=headers)

        run()
    print(f"{cases} cases")  # noqa: T201 - the figure that the run shows with -s
    assert cases >= EXAMPLES


def test_no_two_rooms_call_different_answers_by_one_name() -> None:
    """The document knows answers by their names alone: the later of two would describe both."""
    files = (Path(__file__).parents[2] / "src" / "natrium" / "api").glob("*.py")
    names = [name for file in files for name in re.findall(r"^class (\w+)\(", file.read_text("utf-8"), re.MULTILINE)]
    assert [name for name, count in Counter(names).items() if count > 1] == []
