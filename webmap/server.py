"""Serve the application on waitress, a production WSGI server without foreign parts."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

import waitress
from waitress import wasyncore

from webmap.errors import PortInUseError

if TYPE_CHECKING:
    from flask import Flask

THREADS = 8
_REASONS = {
    errno.EADDRINUSE: "is in use by another program; choose another with --port",
    errno.EACCES: "may not be bound by this user; choose one above 1023 with --port",
    errno.EADDRNOTAVAIL: "is no address of this machine; choose another with --host",
}


class Server:
    """An application at an address. Bound when made, serves while `run` runs.

    Raises
    ------
    PortInUseError
        The address is taken, does not exist on this machine, or may not be bound.
    """

    def __init__(self, app: Flask, host: str, port: int) -> None:
        # Bound here and not by waitress, which leaves its socket open when that fails.
        self._socket = _bind(host, port)
        self._channels: dict[int, wasyncore.dispatcher] = {}
        self._server = waitress.create_server(
            app, map=self._channels, sockets=[self._socket], threads=THREADS, ident=None
        )

    @property
    def address(self) -> str:
        """Where it can be reached, with the port that was really taken."""
        host, port = self._socket.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def run(self) -> None:
        """Serve until `stop` is called or the program is interrupted."""
        try:
            self._server.run()
        finally:
            self._server.task_dispatcher.shutdown()
            wasyncore.close_all(self._channels)
            self._socket.close()

    def stop(self) -> None:
        """End `run` in the thread in which it runs; may be called from any other."""
        self._server.trigger.pull_trigger(self._leave)

    def _leave(self) -> None:
        """Close every channel: the loop of waitress ends when there is none."""
        wasyncore.close_all(self._channels)


def run(app: Flask, host: str, port: int, *, announce: Callable[[str], None] | None = None) -> None:
    """Serve `app` until interrupted.

    Parameters
    ----------
    app
        The application.
    host, port
        The address to bind; port 0 takes a free one.
    announce
        Called with the address once it is bound.

    Raises
    ------
    PortInUseError
        The address is taken, does not exist on this machine, or may not be bound.
    """
    server = Server(app, host, port)
    if announce is not None:
        announce(f"{server.address}/")
    server.run()


def _bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to the first address that `host` stands for."""
    if not 0 <= port <= 65_535:
        # Left to the system it would be cut down to another port.
        raise PortInUseError(f"{host}:{port} is no address: a port is a number from 0 to 65535")
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except (OSError, OverflowError, UnicodeError) as error:
        code = error.errno if isinstance(error, OSError) else None
        text = os.strerror(code) if code and code > 0 else str(error)
        reason = _REASONS.get(code or 0, f"cannot be bound: {text}")
        raise PortInUseError(f"{host}:{port} {reason}") from error
