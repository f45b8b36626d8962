"""Serve the application on waitress, a production WSGI server without foreign parts."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import TYPE_CHECKING

import waitress

from webmap.errors import PortInUseError

if TYPE_CHECKING:
    from flask import Flask
    from waitress.server import BaseWSGIServer

THREADS = 8


def create_server(app: Flask, host: str, port: int) -> BaseWSGIServer:
    """Bind `host` and `port` (0 takes a free one) and return the server, not yet running.

    Raises
    ------
    PortInUseError
        The address is taken, does not exist on this machine, or may not be bound.
    """
    try:
        return waitress.create_server(app, host=host, port=port, threads=THREADS, ident=None)
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: "is in use by another program; choose another with --port",
            errno.EACCES: "may not be bound by this user; choose one above 1023 with --port",
            errno.EADDRNOTAVAIL: "is no address of this machine; choose another with --host",
        }
        reason = reasons.get(error.errno or 0, f"cannot be bound: {error.strerror or error}")
        raise PortInUseError(f"{host}:{port} {reason}") from error
    except ValueError as error:
        raise PortInUseError(f"{host}:{port} is no valid address: {error}") from error


def run(app: Flask, host: str, port: int, *, announce: Callable[[str], None] | None = None) -> None:
    """Serve `app` until interrupted; `announce` is called with the address once it is bound.

    Raises
    ------
    PortInUseError
        See `create_server`.
    """
    server = create_server(app, host, port)
    if announce is not None:
        shown = f"[{host}]" if ":" in host else host
        announce(f"http://{shown}:{server.effective_port}/")
    try:
        server.run()
    finally:
        server.close()
