"""One table from exception to status, and the two shapes of an error.

Under `/api` an error is `application/problem+json` (RFC 9457), elsewhere a page.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from urllib.parse import quote

import orjson
from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from layers.errors import AtlasError, FilterError
from webmap.messages import say_filter_error

log = logging.getLogger(__name__)

STATUS: dict[type[Exception], HTTPStatus] = {
    FilterError: HTTPStatus.BAD_REQUEST,
    AtlasError: HTTPStatus.SERVICE_UNAVAILABLE,
}


def register(app: Flask) -> None:
    """Let `app` answer every error in one of the two shapes."""
    app.register_error_handler(HTTPException, _answer_http)
    for kind in STATUS:
        app.register_error_handler(kind, _answer_known)
    app.register_error_handler(Exception, _answer_unknown)


def problem(status: int, detail: str) -> Response:
    """Return a problem document (RFC 9457) about this request."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": _address(),
    }
    response = Response(orjson.dumps(body), status=status)
    response.headers["Content-Type"] = "application/problem+json"
    response.headers["Cache-Control"] = "no-store"
    return response


def _address() -> str:
    """Return the address asked for, as a URI reference whatever bytes it came with."""
    query = quote(request.query_string, safe="=&%+,:;/?@!$'()*~-._")
    return quote(request.script_root + request.path, safe="/:@") + (f"?{query}" if query else "")


def _answer(status: int, detail: str, said: str | None = None) -> Response:
    """Return the error; `said` is the detail in the language of a page where that differs."""
    if request.path == "/api" or request.path.startswith("/api/"):
        return problem(status, detail)
    page = render_template("error.html", status=status, detail=detail if said is None else said)
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    # What Werkzeug says of its own accord is English; a page has said it in its title.
    own = type(error).description == error.description
    response = _answer(error.code, error.description or "", "" if own else None)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _answer_known(error: Exception) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    return _answer(status, str(error), say_filter_error(str(error)))


def _answer_unknown(error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return _answer(500, InternalServerError.description or "", "")
