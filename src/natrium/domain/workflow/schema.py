"""The published JSON Schema of template files, made from the form that reads and writes them."""

import json

from natrium.domain.workflow.codec import FORMAT, MARK
from natrium.domain.workflow.form import FORM


def template_schema() -> dict[str, object]:
    """Give the JSON Schema (2020-12) of a template in plain form, with the limits that lint checks.

    A file that fits has no `bad-value`, apart from what a schema cannot say: blank names, a due date by rule and by
    days at once, and the number of steps over all groups. It says nothing of keys that are unknown or used twice,
    nor of loops.
    """
    form = FORM.schema()
    properties, required = form["properties"], form["required"]
    assert isinstance(properties, dict)  # noqa: S101 - a record's schema has both
    assert isinstance(required, list)  # noqa: S101 - likewise
    mark = {"const": FORMAT, "description": "The format of this file."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:natrium:{FORMAT.replace('/', ':')}",
        "title": "Natrium workflow template",
        **form,
        "required": [MARK, *required],
        "properties": {MARK: mark, **properties},
    }


def schema_text() -> str:
    """Give the schema as the file that is published."""
    return json.dumps(template_schema(), indent=2, ensure_ascii=False) + "\n"
