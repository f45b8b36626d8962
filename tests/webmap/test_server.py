"""The production server: it serves, and says clearly when it cannot."""

from __future__ import annotations

import re
import socket
import threading
import urllib.request

import pytest
from flask import Flask

from webmap.errors import PortInUseError
from webmap.server import Server, run


def test_it_serves(app: Flask) -> None:
    server = Server(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    with urllib.request.urlopen(f"{server.address}/healthz", timeout=10) as response:
        assert response.status == 200
        assert b'"status":"ok"' in response.read()
        assert "waitress" not in (response.headers["Server"] or "")
    server.stop()
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_it_says_where_it_is_and_ends_when_interrupted(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("waitress.wasyncore.loop", interrupt)
    announced: list[str] = []
    run(app, "127.0.0.1", 0, announce=announced.append)

    [address] = announced
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)


def test_a_port_in_use_is_one_clear_line(app: Flask) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortInUseError) as error:
            run(app, "127.0.0.1", port)
    assert str(error.value) == (
        f"127.0.0.1:{port} is in use by another program; choose another with --port"
    )


@pytest.mark.parametrize(
    ("host", "port"),
    [("203.0.113.9", 0), ("no.such.host.invalid", 0), ("127.0.0.1", 99999), ("a" * 99, 0)],
)
def test_an_address_of_another_machine_is_named(app: Flask, host: str, port: int) -> None:
    with pytest.raises(PortInUseError, match=host):
        Server(app, host, port)
