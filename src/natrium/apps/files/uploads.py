"""Files on their way in: what is too big is not even taken in, and the rest of the form is read all the same."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from natrium.domain.files import MOST

AT_ONCE = 20
# Four of the biggest; beyond that nobody reads a request to its end.
MOST_AT_ONCE = 4 * MOST
MARK = "natrium_too_big"


class TooMuch(RequestDataTooBig):
    """A request with more files than is read. The message is a sentence."""


class Limited(FileUploadHandler):
    """Stands before Django's own handlers (FILE_UPLOAD_HANDLERS), and lets no more of a file through than is taken."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *more: Any, **named: Any) -> None:  # noqa: ANN401, N803 - Django's signature
        """Refuses a request that is too big altogether, before it is read."""
        del input_data, META, more, named
        if content_length > MOST_AT_ONCE + MOST // 10:
            raise TooMuch(f"A request has at most {MOST_AT_ONCE // 1024 // 1024} MB of files. Send them in parts.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hands on what came; raises SkipFile once it is too much."""
        if start + len(raw_data) > MOST:
            if self.request is not None:
                setattr(self.request, MARK, [*getattr(self.request, MARK, []), self.file_name or ""])
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The others keep the file."""


def too_big(request: HttpRequest) -> list[str]:
    """The names of the files of a request that were too big to be taken in. Reads the request, where nobody has yet."""
    _ = request.FILES
    names: list[str] = getattr(request, MARK, [])
    return names
