"""Text kept from one page to the next: a part that shows the same again is not made anew.

The key of what is kept is everything the part shows, so equal keys are equal texts. What differs from request to
request (the form's token) is put into the text each time, in place of a word that nobody can guess, so that
nothing a person types can stand where it stands.
"""

from collections.abc import Iterable
from functools import lru_cache
from secrets import token_hex

from django.template import engines
from jinja2 import Template
from markupsafe import Markup

KEPT = 4096


def slot() -> Markup:
    """A place to be filled with each request."""
    return Markup(token_hex(16))  # noqa: S704 - made here


type Pieces = tuple[str, ...]


def cut(text: str, place: Markup) -> Pieces:
    """A text in pieces, as `filled` takes them: putting them together costs less than looking for the places."""
    return tuple(text.split(place))


def filled(pieces: Iterable[str], filling: str) -> Markup:
    """The text that was cut, with the filling in its places. Both are HTML that templates have escaped."""
    return Markup(str.join(filling, pieces))  # noqa: S704 - a Markup's own join would escape the pieces again


@lru_cache(maxsize=16)
def template(name: str) -> Template:
    """A part's template, looked up once."""
    environment = engines["pages"].env  # type: ignore[attr-defined]  # the stubs do not tell engines apart
    found: Template = environment.get_template(name)
    return found
