"""The web process. Loads no Django itself: its workers do, and it only keeps them."""

import argparse

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from natrium.cli.serving.lifeline import follow_parent


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("workers", type=int)
    parser.add_argument("threads", type=int)
    parser.add_argument("--supervised", action="store_true")
    args = parser.parse_args()
    if args.supervised:
        follow_parent()
    Server(
        "natrium.config.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=args.threads,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
