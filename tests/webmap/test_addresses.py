"""Nothing that is served names a foreign address: pages, style sheets, scripts and data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

# Identifiers of XML vocabularies that stand in scripts and images; nobody fetches them.
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}

ADDRESS = re.compile(r"(?:https?:)?//(?=[\w\[])[^\s\"'<>()\\]+")
START = ("/", "/?lang=en", "/?layer=indicators", "/nothing", "/?industry=steel", "/api/nothing")
TEXT_TYPES = ("text/", "application/json", "application/geo+json", "application/problem+json")


def foreign_addresses(text: str) -> set[str]:
    """The addresses with a host in a text, but for the names of namespaces."""
    return {found for found in ADDRESS.findall(text) if found not in NAMESPACES}


def linked_addresses(kind: str, text: str) -> Iterator[str]:
    """What a page, a style sheet or a module leads to on its own server."""
    if kind == "text/html":
        for link in re.findall(r'(?:href|src|action)="(/[^"#]*)', text):
            yield unescape(link)
        for link in re.findall(r'"(/(?:map|features)/[^"]*)"', text):
            yield link.replace("\\u0026", "&")
    elif kind == "text/javascript":
        for name in re.findall(r'from "\./([\w.]+)"', text):
            yield f"/static/js/{name}"


@pytest.mark.parametrize(
    "text",
    [
        "see https://leafletjs.com",
        '<a href="//cdn.example/x.js">',
        "url(http://a.b/c.png)",
        "http://www.w3.org/other",
        "fetch('//10.0.0.1/x')",
    ],
)
def test_the_search_finds_foreign_addresses(text: str) -> None:
    assert foreign_addresses(text)


@pytest.mark.parametrize(
    "text",
    ["// a comment", 'x="http://www.w3.org/2000/svg"', "a / b // c", "/features/x:y", "//# x"],
)
def test_the_search_leaves_the_rest(text: str) -> None:
    assert foreign_addresses(text) == set()


def test_no_page_and_no_asset_that_it_leads_to_names_a_foreign_address(
    client: FlaskClient,
) -> None:
    seen: dict[str, str] = {}
    waiting = list(START)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        response = client.get(path, buffered=True)
        kind = response.mimetype or ""
        seen[path] = kind
        if not kind.startswith(TEXT_TYPES):
            continue
        assert foreign_addresses(response.text) == set(), path
        waiting += linked_addresses(kind, response.text)

    kinds = set(seen.values())
    assert {"text/html", "text/css", "text/javascript", "application/json"} <= kinds
    assert "application/geo+json" in kinds
    for asset in ("vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css", "js/arrange.js"):
        assert f"/static/{asset}" in seen
    assert any(path.startswith("/map/features.json") for path in seen)


def test_no_static_file_names_a_foreign_address(app: Flask) -> None:
    static = Path(str(app.static_folder))
    files = [path for path in static.rglob("*") if path.suffix in (".css", ".js", ".svg", ".json")]

    assert len(files) >= 8
    for path in files:
        assert foreign_addresses(path.read_text("utf-8")) == set(), path


def test_the_licences_of_vendored_packages_stay(app: Flask) -> None:
    vendor = Path(str(app.static_folder)) / "vendor"

    assert "BSD 2-Clause" in (vendor / "leaflet" / "LICENSE").read_text("utf-8")
    assert "Permission is hereby granted" in (
        vendor / "leaflet.markercluster" / "MIT-LICENCE.txt"
    ).read_text("utf-8")
