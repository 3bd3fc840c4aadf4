"""Ways in over HTTP: how a deed is asked for there, and sending it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.ways.answers import Answer
from tests.ways.stage import Stage


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: method, address, what it carries, and how."""

    method: str
    address: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """A way in over HTTP. `asks` gives the request for a deed, None where this way does not offer it."""

    asks: Callable[[Stage, Any], Asked | None]
    clients: Callable[[Stage], dict[str, Client]]
    sends: Callable[[Client, Asked], HttpResponse]
    reads: Callable[[HttpResponse], Answer]

    def __call__(self, stage: Stage, who: str, deed: Any) -> Answer | None:
        """Ask, and read the answer."""
        asked = self.asks(stage, deed)
        return None if asked is None else self.reads(self.sends(self.clients(stage)[who], asked))
