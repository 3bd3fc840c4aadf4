"""Handing mail to a real server: what it refuses is tried again, what it may have taken is not. And to a folder."""

import email.policy
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any, cast

import pytest

from natrium.apps.database import sql
from natrium.apps.notifications import backends, doctor, operations
from natrium.apps.notifications.digests import Sent
from natrium.config import mail
from natrium.domain.workflow.actions import Comment, EditStep
from tests.builders import NOW
from tests.integration.apps.workflows.jobs import Job

MONDAY = date(2026, 11, 2)
LATER = NOW + timedelta(minutes=5)


@dataclass
class Server:
    """A mail server. `answers`: what it says to a command ("" ends the connection); `taken`: what it took."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[bytes] = field(default_factory=list)

    def answer(self, command: str) -> bytes:
        """What it says; unasked otherwise, that all is well."""
        usual = {"DATA": "354 go on", "QUIT": "221 goodbye", "the mail": "250 taken"}
        return self.answers.get(command, usual.get(command, "250 well")).encode()

    def read(self) -> list[EmailMessage]:
        """The mails it took."""
        parser = BytesParser(policy=email.policy.default)
        return [cast("EmailMessage", parser.parsebytes(one)) for one in self.taken]


class Conversation(socketserver.StreamRequestHandler):
    """One connection to it."""

    def handle(self) -> None:
        """Speak SMTP, as far as is needed."""
        server: Server = self.server.mail  # type: ignore[attr-defined]  # put there by the fixture
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            command = line.decode().split()[0].upper()
            answer = server.answer(command)
            if answer.startswith(b"354"):
                self.wfile.write(answer + b"\r\n")
                server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                answer = server.answer("the mail")
                if not answer.startswith(b"250") and answer:
                    server.taken.pop()
            if not answer:
                return
            self.wfile.write(answer + b"\r\n")
            if command == "QUIT":
                return


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Yield a mail server that the settings name."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as listening:
        listening.mail = Server()  # type: ignore[attr-defined]  # for Conversation
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        monkeypatch.setenv("NATRIUM_SMTP_URL", f"smtp://127.0.0.1:{listening.server_address[1]}?plain=1")
        settings.MAILERS = mail.mailers("NATRIUM_SMTP_URL", Path("nowhere"))
        yield listening.mail  # type: ignore[attr-defined]  # as above
        listening.shutdown()


@pytest.fixture(autouse=True)
def _jo_has_something_due(job: Job) -> None:
    job.edit(job.cast.priya, EditStep("ask", {"due_on": MONDAY}))
    sql.execute("UPDATE practices_user SET is_active = %s WHERE email <> %s", (False, job.cast.jo.email))


def test_the_server_gets_text_and_html_that_say_the_same(job: Job, server: Server) -> None:
    job.act(job.cast.mark, Comment("draft", "@Jo Evans: <b>the lease</b> & more"), after=-60)
    operations.read_record(at=NOW)
    assert operations.send_digests(at=NOW) == Sent(sent=1)
    [message] = server.read()
    assert message["To"] == f"Jo Evans <{job.cast.jo.email}>"
    assert message["Subject"] == "Acorn: 1 due today, 1 new"
    text, html = [part.get_content().replace("\r\n", "\n") for part in message.iter_parts()]
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    for words in ("Monday 2 November, Acorn", "Due today", "Mark Reed mentioned you on “Draft”", "/settings/notif"):
        assert words in text
        assert words in html
    address = f"http://127.0.0.1:8000/tasks/{job.task_id}/?open=ask#step-ask"
    assert f"- Ask (Widget Ltd, Accounts 2027)\n  {address}\n" in text
    assert f'<a href="{address}" style="color:#2450b8">Ask</a>' in html
    assert "“@Jo Evans: &lt;b&gt;the lease&lt;/b&gt; &amp; more”" in html
    assert "<b>the lease" not in html


@pytest.mark.parametrize(
    ("command", "says"),
    [("MAIL", "451 busy"), ("RCPT", "450 not now"), ("DATA", "451 no"), ("the mail", "452 full"), ("RCPT", "")],
)
def test_what_it_does_not_take_is_tried_again_and_goes_once(server: Server, command: str, says: str) -> None:
    server.answers[command] = says
    assert operations.send_digests(at=NOW) == Sent(failed=1)
    assert server.taken == []
    server.answers.clear()
    assert operations.send_digests(at=NOW + timedelta(minutes=4)) == Sent()
    assert operations.send_digests(at=LATER) == Sent(sent=1)
    assert operations.send_digests(at=LATER + timedelta(hours=1)) == Sent()
    assert len(server.taken) == 1


def test_a_server_that_is_not_there_is_asked_again(server: Server, settings: Any) -> None:
    there = settings.MAILERS
    away = there["default"]["OPTIONS"] | {"port": 1}
    settings.MAILERS = {"default": there["default"] | {"OPTIONS": away}}
    assert operations.send_digests(at=NOW) == Sent(failed=1)
    settings.MAILERS = there
    assert operations.send_digests(at=LATER) == Sent(sent=1)
    assert len(server.taken) == 1


def test_what_it_may_have_taken_is_not_sent_again_and_is_shown(server: Server) -> None:
    server.answers["the mail"] = ""
    assert operations.send_digests(at=NOW) == Sent(unknown=1)
    server.answers.clear()
    for minutes in (5, 30, 600):
        assert operations.send_digests(at=NOW + timedelta(minutes=minutes)) == Sent()
    assert len(server.taken) == 1
    assert "may have been sent or not" in next(iter(doctor.examine(at=NOW))).what


def test_what_it_says_to_the_farewell_changes_nothing(server: Server) -> None:
    server.answers["QUIT"] = ""
    assert operations.send_digests(at=NOW) == Sent(sent=1)
    assert operations.send_digests(at=LATER) == Sent()
    assert len(server.taken) == 1


def test_an_encrypted_connection_is_as_careful() -> None:
    backend = backends.SmtpBackend(alias="default", host="mail.example", use_ssl=True)
    assert backend.connection_class.data is backends._Careful.data
    assert backend.connection_class.__mro__[2].__name__ == "SMTP_SSL"


def test_without_a_server_each_mail_is_a_file_for_its_owner_alone(job: Job, settings: Any, tmp_path: Path) -> None:
    settings.MAILERS = mail.mailers("NATRIUM_NO_SUCH_URL", tmp_path / "mail")
    assert operations.send_digests(at=NOW) == Sent(sent=1)
    [file] = (tmp_path / "mail").iterdir()
    assert file.name == f"digest-{job.cast.jo.pk}-2026-11-02.eml"
    assert file.stat().st_mode & 0o777 == 0o600
    message = cast("EmailMessage", BytesParser(policy=email.policy.default).parsebytes(file.read_bytes()))
    assert message["Subject"] == "Acorn: 1 due today"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
