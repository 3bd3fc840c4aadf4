"""The API: its rooms, who gets in, and how it says no."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from natrium.api import bulk, clients, files, members, people, problems, shape, steps, tasks, templates, workflows
from natrium.api.auth import SessionAuth, TokenAuth

api = NinjaAPI(
    title="Natrium",
    version="1",
    description="Everything the pages can do. Refusals are problem documents with a stable code.",
    urls_namespace="api-1",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=[TokenAuth(), SessionAuth()],
)
problems.register(api)
for room in (people, members, clients, tasks, workflows, bulk, steps, shape, files, templates):
    api.add_router("", room.router)


def nowhere(_request: HttpRequest) -> HttpResponse:
    """An address under the API that there is not."""
    return problems.problem(404, "not-found", "There is no such address in the API.")
