"""Headers that keep a page to itself: no foreign address, no script that is not ours."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask import Flask, Response, g


def content_security_policy(nonce: str, image_hosts: Sequence[str]) -> str:
    """Return the policy of a page: only what carries the nonce runs or styles.

    Leaflet positions its elements through the CSSOM, which the policy does not touch. Modules
    inherit the nonce of the script that imports them. `image_hosts` are those of the tile
    layers that a setting has turned on.
    """
    images = " ".join(("'self'", "data:", *image_hosts))
    directives = (
        "default-src 'none'",
        f"script-src 'nonce-{nonce}'",
        f"style-src 'nonce-{nonce}'",
        f"img-src {images}",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return "; ".join(directives)


def page_nonce() -> str:
    """Return the nonce of this request, made when it is first asked for."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(18)
    return str(g.nonce)


def protect(app: Flask, image_hosts: Sequence[str]) -> None:
    """Put the security headers on every response of `app`."""
    # Tile services refuse requests that do not say which site they come from.
    referrer = "strict-origin-when-cross-origin" if image_hosts else "same-origin"

    @app.after_request
    def add_headers(response: Response) -> Response:
        policy = content_security_policy(page_nonce(), image_hosts)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", referrer)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        # A page carries the nonce of its own answer, so it is never taken from a cache unasked.
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    app.jinja_env.globals["nonce"] = page_nonce
