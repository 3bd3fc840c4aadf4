"""Text kept from one page to the next: a part that shows the same again is not made anew.

The key of what is kept is everything the part shows, so equal keys are equal texts. What differs from request to
request (the form's token) is put into the text each time, in place of a word that nobody can guess, so that
nothing a person types can stand where it stands.
"""

from functools import lru_cache
from secrets import token_hex

from django.template import engines
from jinja2 import Template
from markupsafe import Markup

KEPT = 4096


def slot() -> Markup:
    """A place to be filled with each request."""
    return Markup(token_hex(16))  # noqa: S704 - made here


@lru_cache(maxsize=16)
def template(name: str) -> Template:
    """A part's template, looked up once."""
    environment = engines["pages"].env  # type: ignore[attr-defined]  # the stubs do not tell engines apart
    found: Template = environment.get_template(name)
    return found
