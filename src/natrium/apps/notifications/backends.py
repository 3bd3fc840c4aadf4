"""Where mail goes: to a mail server, told apart what was not taken from what may have been; or into a folder."""

from __future__ import annotations

import os
import re
import smtplib
from collections.abc import Buffer, Sequence
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends import base, smtp


class MayHaveGoneError(Exception):
    """The connection was lost after a mail was handed over and before the server said whether it took it."""


class _Careful(smtplib.SMTP):
    """Says so where the server's answer to a mail never came."""

    def data(self, msg: Buffer | str) -> tuple[int, bytes]:
        """Hand the mail over. Raises MayHaveGoneError; SMTPDataError where the server would not hear of it."""
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except OSError as error:
            raise MayHaveGoneError(f"{type(error).__name__}: {error}") from error


class _CarefulSsl(_Careful, smtplib.SMTP_SSL):
    """The same where all is encrypted from the first byte on."""


class SmtpBackend(smtp.EmailBackend):
    """To a mail server."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return what speaks to the server."""
        return _CarefulSsl if self.use_ssl else _Careful


class FolderBackend(base.BaseEmailBackend):
    """Into a folder, a file a mail, for the eyes of whoever runs Natrium; mail programs open them."""

    def __init__(self, *, folder: str, alias: str) -> None:
        super().__init__(alias=alias)
        self.folder = Path(folder)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each under its Message-ID, whole or not at all; the same again takes its place."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for one in email_messages:
            message = one.message()
            name = re.sub(r"[^\w.-]", "-", str(message["Message-ID"]).strip("<>").partition("@")[0])
            part = self.folder / f".{name}.{os.getpid()}"
            part.touch(mode=0o600)
            part.write_bytes(message.as_bytes())
            part.replace(self.folder / f"{name}.eml")
        return len(email_messages)
