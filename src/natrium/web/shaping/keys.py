"""Keys for what is added here: readable, and never one that a later version of the template may use."""

import re
import unicodedata
from secrets import token_hex

from django.http import QueryDict

MOST = 50
FRESH = re.compile(r"[0-9a-f]{6}")


def fresh() -> str:
    """The end of a key to be, given out with the form, so that sending the form twice adds nothing twice."""
    return token_hex(3)


def key_of(name: str, post: QueryDict) -> str:
    """The key of a step or group that a form adds."""
    end = post.get("fresh", "")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    begin = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MOST].rstrip("-")
    return f"{begin or 'added'}-{end if FRESH.fullmatch(end) else fresh()}"
