"""The API: its rooms, who gets in, and how it says no."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from natrium.api import (
    bulk,
    client_notes,
    clients,
    contacts,
    engagements,
    files,
    importing,
    jobs,
    members,
    notifications,
    people,
    practice,
    problems,
    proposals,
    services,
    shape,
    steps,
    tasks,
    templates,
    workflows,
    year_ends,
)
from natrium.api.auth import SessionAuth, TokenAuth


class DescribedOnce(NinjaAPI):
    """An API whose OpenAPI document is put together once a process: it takes a second, and anybody may ask for it."""

    _described: OpenAPISchema | None = None

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the OpenAPI document. There is one address at which this API is served, so there is one document."""
        if self._described is None:
            self._described = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        return self._described


api = DescribedOnce(
    title="Natrium",
    version="1",
    description="Everything the pages can do. Refusals are problem documents with a stable code.",
    urls_namespace="api-1",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=[TokenAuth(), SessionAuth()],
)
problems.register(api)
ROOMS = (
    people, members, clients, client_notes, contacts, year_ends, importing, practice, tasks, workflows, bulk, steps,
    shape, files, notifications, templates, jobs, services, engagements, proposals,
)  # fmt: skip
for room in ROOMS:
    api.add_router("", room.router)


def nowhere(_request: HttpRequest) -> HttpResponse:
    """An address under the API that there is not."""
    return problems.problem(404, "not-found", "There is no such address in the API.")
