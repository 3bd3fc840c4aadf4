"""Every way in by its name. A further way is a further line here."""

from collections.abc import Callable
from typing import Any

from tests.ways import by_api, by_bulk, by_operation, by_page
from tests.ways.answers import Answer
from tests.ways.stage import Stage

WAYS: dict[str, Callable[[Stage, str, Any], Answer | None]] = {
    "operation": by_operation.one,
    "operation, several": by_operation.several,
    "operation, many": by_operation.to_many,
    "page": by_page.page,
    "page by htmx": by_page.htmx,
    "my work": by_page.my_work,
    "my work by htmx": by_page.my_work_with_htmx,
    "template page": by_page.template_page,
    "API": by_api.api,
    "API under a key": by_api.api_under_a_key,
    "API, several": by_api.api_several,
    "API, many": by_api.api_to_many,
    "bulk": by_bulk.done,
    "bulk, previewed": by_bulk.previewed,
    "API, bulk": by_bulk.api,
    "API, bulk previewed": by_bulk.api_preview,
}
