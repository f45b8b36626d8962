"""Headers of every answer, and what the settings may open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webmap import create_app
from webmap.maps import script_json

PATHS = (
    "/",
    "/about",
    "/nothing",
    "/?x=1",
    "/api/plans",
    "/api/nothing",
    "/healthz",
    "/static/css/planmap.css",
    "/map/families.css",
)


def policy_of(client: FlaskClient, path: str) -> dict[str, str]:
    """The content security policy of an answer, by directive."""
    parts = client.get(path, buffered=True).headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_closed(client: FlaskClient, path: str) -> None:
    policy = policy_of(client, path)
    headers = client.get(path, buffered=True).headers

    assert set(policy) == {
        "default-src",
        "script-src",
        "style-src",
        "img-src",
        "connect-src",
        "base-uri",
        "form-action",
        "frame-ancestors",
    }
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert re.fullmatch(r"'nonce-[\w-]{24}'", policy["script-src"])
    assert policy["style-src"] == policy["script-src"]
    assert policy["img-src"] == "'self' data:"
    assert policy["connect-src"] == policy["form-action"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] in ("no-cache", "no-store")


def test_every_script_and_style_carries_the_nonce_of_its_answer(client: FlaskClient) -> None:
    response = client.get("/")
    nonce = re.search(r"script-src 'nonce-([\w-]+)'", response.headers["Content-Security-Policy"])
    assert nonce is not None
    tags = re.findall(r"<(?:script|link rel=\"stylesheet\"|style)[^>]*>", response.text)

    assert len(tags) >= 8
    for tag in tags:
        assert f'nonce="{nonce[1]}"' in tag
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", response.text)


def test_a_nonce_is_used_once(client: FlaskClient) -> None:
    assert policy_of(client, "/")["script-src"] != policy_of(client, "/")["script-src"]


def test_tiles_open_exactly_their_hosts(atlas_path: Path) -> None:
    client = create_app(atlas_path, osm_tiles=True, tianditu_key="abc123").test_client()
    page = client.get("/").text
    hosts = set(re.findall(r"https://[\w.{}-]+", page))
    images = policy_of(client, "/")["img-src"].split()

    assert hosts == {"https://t{s}.tianditu.gov.cn", "https://tile.openstreetmap.org"}
    assert images == [
        "'self'",
        "data:",
        *(f"https://t{n}.tianditu.gov.cn" for n in range(8)),
        "https://tile.openstreetmap.org",
    ]
    assert policy_of(client, "/")["connect-src"] == "'self'"
    assert client.get("/").headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_the_notes_of_a_published_map_are_settings(atlas_path: Path) -> None:
    client = create_app(
        atlas_path, approval_number="GS(2024)0650号", boundary_source="<b>某局</b>", title="测试"
    ).test_client()
    page = client.get("/").text

    assert "审图号：GS(2024)0650号" in page
    assert "&lt;b&gt;某局&lt;/b&gt;" in page
    assert "<title>测试</title>" in page


def test_json_in_a_script_element_cannot_end_it() -> None:
    text = script_json({"a": "</script><!--&\u2028"})

    assert text == r'{"a":"\u003c/script\u003e\u003c!--\u0026\u2028"}'
