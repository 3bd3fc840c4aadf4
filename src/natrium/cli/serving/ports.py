"""The port, looked at before anything is started on it."""

import errno
import socket

from natrium.cli.errors import CliError


def refuse_a_taken_one(host: str, port: int) -> None:
    """Refuse with a sentence when this port cannot be listened on."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server does: without it the port of a server just stopped looks taken for a minute.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        raise CliError(_sentence(error, host, port)) from error


def _sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken by another program: stop it, or choose another with PORT={port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system: choose one above 1023 with PORT=8000."
    return f"NATRIUM_HOST is {host!r}, which is not an address of this machine."
