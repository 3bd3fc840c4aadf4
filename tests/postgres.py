"""A PostgreSQL of the tests' own: own folder, own port, nothing kept, and gone when its `with` block ends."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROLE = "natrium"
START_SECONDS = 60
STOP_SECONDS = 20
# Speed over safety: nothing here outlives the tests.
SERVER_OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=128MB",
    "autovacuum=off",
)


class PostgresNotFoundError(Exception):
    """This machine has no PostgreSQL server programs."""


def find_programs() -> Path:
    """Return the folder with `initdb` and `postgres`, the newest where there are several."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*debian, *([Path(on_path).resolve().parent] if on_path else [])]:
        if all(os.access(folder / program, os.X_OK) for program in ("initdb", "postgres")):
            return folder
    raise PostgresNotFoundError


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """Start a server and give its address, postgresql://…/postgres; stop it whatever happens."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="natrium-postgresql-"))
    user = _other_user()
    server: subprocess.Popen[bytes] | None = None
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        _initialise(programs, folder, user)
        port = _free_port()
        server = _start(programs, folder, user, port)
        address = f"postgresql://{ROLE}@127.0.0.1:{port}/postgres"
        _wait_until_ready(server, address, folder)
        yield address
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> pwd.struct_passwd | None:
    # PostgreSQL refuses to run as root.
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _initialise(programs: Path, folder: Path, user: pwd.struct_passwd | None) -> None:
    command = [programs / "initdb", "--pgdata", folder / "data", "--username", ROLE, "--auth", "trust"]
    options = ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions"]
    done = subprocess.run([*command, *options], check=False, capture_output=True, cwd=folder, **_as(user))
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr.decode(errors='replace')}")


def _start(programs: Path, folder: Path, user: pwd.struct_passwd | None, port: int) -> subprocess.Popen[bytes]:
    command = [programs / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", str(port), "-k", folder]
    settings = [part for option in SERVER_OPTIONS for part in ("-c", option)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(  # preexec_fn is safe here: the runner has one thread
            [*command, *settings],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            preexec_fn=_die_with_parent(),  # noqa: PLW1509 - as above
            start_new_session=True,
            **_as(user),
        )


def _as(user: pwd.struct_passwd | None) -> dict[str, object]:
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux, let the kernel stop the server even when the runner is killed outright."""
    if sys.platform != "linux":
        return None
    set_parent_death_signal = 1
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(set_parent_death_signal, signal.SIGQUIT)


def _wait_until_ready(server: subprocess.Popen[bytes], address: str, folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                log = (folder / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from error
            time.sleep(0.1)
        else:
            return


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # its fast way out: ends connections, waits for nobody
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
