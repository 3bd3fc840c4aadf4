"""Start Natrium: the web pages and the background jobs, kept running until stopped.

Prepares what is not there yet (folder, database, static files) and says in one sentence what stands in the way.
"""

import argparse
import http.client
import sys
from contextlib import nullcontext

from django.conf import settings
from django.core import checks

from natrium.cli import demo
from natrium.cli.errors import CliError
from natrium.cli.serving import database, people, ports, static, whereabouts
from natrium.cli.serving.supervisor import Child, Supervisor

PARTS = ("web", "worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `natrium serve`."""
    parser.add_argument("--demo", action="store_true", help="load the demo practice when the database is empty")
    parser.add_argument("--only", choices=PARTS, help="start one part only; the other may run on another machine")


def run(args: argparse.Namespace) -> int:
    """Prepare, start, and stay until SIGINT or SIGTERM."""
    parts = (args.only,) if args.only else PARTS
    if "web" in parts:
        ports.refuse_a_taken_one(settings.HOST, settings.PORT)
    database.refuse_what_must_not_start()
    applied = database.bring_up_to_date()
    if applied:
        say(f"database brought up to date ({applied} changes).")
    _run_checks()
    if "web" in parts:
        static.gather()
    if args.demo:
        _load_demo()
    # A connection kept open here would serve nobody.
    database.let_go()
    with whereabouts.known() if "web" in parts else nullcontext():
        Supervisor(_children(parts), say).run(_Announcement("web" in parts))
    say("stopped.")
    return 0


def say(message: str) -> None:
    """Print a line at once: the reader may be a log."""
    print(f"natrium: {message}", flush=True)


class _Announcement:
    """Tells, once the pages answer, where they are and how to sign in."""

    def __init__(self, has_web: bool) -> None:  # noqa: FBT001 - private, called once
        self._has_web = has_web

    def __call__(self) -> bool:
        if not self._has_web:
            say("the worker is running.")
            return True
        if not _answers():
            return False
        say(f"ready at {settings.PUBLIC_URL}")
        for line in _sign_in_lines():
            print(line, flush=True)
        database.let_go()
        return True


def _children(parts: tuple[str, ...]) -> list[Child]:
    web = [settings.HOST, str(settings.PORT), str(settings.WEB_WORKERS), str(settings.WEB_THREADS), "--supervised"]
    commands = {
        "web": [sys.executable, "-m", "natrium.cli.serving.web", *web],
        "worker": [sys.executable, "-m", "natrium", "worker", "--supervised"],
    }
    return [Child(name, commands[name]) for name in parts]


def _answers() -> bool:
    # Any answer will do, and its own address, whatever the public one is.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104 - compared, not bound
    client = http.client.HTTPConnection(host, settings.PORT, timeout=1)
    try:
        client.request("HEAD", "/", headers={"Host": "localhost"})
        client.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()
    return True


def _run_checks() -> None:
    found = [message for message in checks.run_checks(databases=["default"]) if not message.is_silenced()]
    errors = [message for message in found if message.is_serious()]
    if errors:
        raise CliError("\n".join(f"{message.msg} {message.hint or ''} ({message.id})" for message in errors))
    for message in found:
        if (message.id or "").startswith("natrium."):
            say(f"warning: {message.msg} {message.hint or ''}".rstrip())


def _load_demo() -> None:
    if not people.is_nobody_there():
        return
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)
    if demo.run(parser.parse_args([])):
        raise CliError("the demo practice could not be loaded (see above).")


def _sign_in_lines() -> list[str]:
    ways = people.demo_ways_in()
    if not ways:
        return []
    width = max(len(way.email) for way in ways)
    lines = [f"  {way.email:<{width}}  {way.role:<8}  {way.address}" for way in ways]
    return ["Sign in as somebody of the demo practice (each address works once, for an hour):", *lines]
