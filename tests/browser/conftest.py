"""A real Chromium on the real server: on the sample atlas, and on one full of hostile text."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Dialog,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)
from shapely.geometry import MultiPolygon, Point, box

from layers import schema
from layers.atlas import AtlasContent, write_atlas
from layers.model import Basis, Evidence, Feature, Precision
from webmap import create_app
from webmap.cli import cli
from webmap.server import Server

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Each sets `pwned` or opens a dialog if anything runs it.
HOSTILE = (
    "${alert(1)}${window.pwned=1}",
    "`+alert(1)+`",
    "</script><script>window.pwned=1,alert(1)</script>",
    "<img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "'-alert(1)-'",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)//--><!--",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; its absence fails the tests, it does not skip them."""
    path = shutil.which("chromium")
    assert path is not None, "no chromium: apt-get install chromium fonts-noto-cjk"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=list(ARGUMENTS), headless=True
        )
        yield browser
        browser.close()


def serve(app: Flask) -> Iterator[str]:
    """Serve the application on a free port while the tests run; give its address."""
    server = Server(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.address
    server.stop()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def address(content: AtlasContent, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample atlas is served."""
    path = tmp_path_factory.mktemp("sample") / "atlas.gpkg"
    write_atlas(content, path)
    yield from serve(create_app(path))


@pytest.fixture(scope="session")
def hostile_address(
    content: AtlasContent, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where an atlas is served whose every text is an attack."""
    path = tmp_path_factory.mktemp("hostile") / "atlas.gpkg"
    write_atlas(hostile_content(content), path)
    yield from serve(create_app(path))


@pytest.fixture(scope="session")
def library_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the atlas of the five plans is served, built here from the seeds."""
    path = tmp_path_factory.mktemp("library") / "atlas.gpkg"
    result = CliRunner().invoke(cli, ["build", "--out", str(path)])
    assert result.exit_code == 0, result.output
    yield from serve(create_app(path))


@pytest.fixture(scope="session")
def tiled_address(content: AtlasContent, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample atlas is served with remote backgrounds to choose."""
    path = tmp_path_factory.mktemp("tiled") / "atlas.gpkg"
    write_atlas(content, path)
    yield from serve(create_app(path, osm_tiles=True, tianditu_key="abc"))


@pytest.fixture
def requests() -> list[str]:
    """Every address that the pages of this test asked for."""
    return []


@pytest.fixture
def complaints() -> list[str]:
    """Everything that Chromium had to say: console, errors, failed requests, dialogs."""
    return []


@pytest.fixture
def open_page(
    chromium: Browser, requests: list[str], complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """Make pages in fresh contexts; `open_page(width=390, java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1440, height: int = 900, **options: Any) -> Page:
        size: ViewportSize = {"width": width, "height": height}
        context = chromium.new_context(viewport=size, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()

        def note_failure(request: Request) -> None:
            # What is still loading when a test goes on to the next page is no failure.
            if request.failure != "net::ERR_ABORTED":
                complaints.append(f"failed: {request.url}")

        page.on("request", lambda request: requests.append(request.url))
        page.on("requestfailed", note_failure)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))

        def refuse(dialog: Dialog) -> None:
            complaints.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", refuse)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page 1440 wide."""
    return open_page()


def hostile_content(content: AtlasContent) -> AtlasContent:
    """Return an atlas in which names, quotes, labels, places, firms and plans are attacks."""
    text = "".join(f"{attack}。\n" for attack in HOSTILE)
    layers = {
        name: schema.layer_from_features(_hostile_features(name, text), name)
        for name in schema.FEATURE_LAYERS
    }
    layers["places"] = schema.places_layer(
        [
            {
                "id": "230100",
                "layer": "places",
                "adcode": "230100",
                "name": HOSTILE[2],
                "level": "prefecture",
                "path": HOSTILE[3],
                "industries": ("materials",),
                "plans": ("hostile-2011",),
                "periods": ("2011-2013",),
                "n_features": 1,
                "counts": '{"2011-2013":{"materials":1}}',
            }
        ],
        [box(126, 45, 127, 46)],
    )
    plan = content.plans.iloc[0].to_dict() | {
        "id": "hostile-2011",
        "title": HOSTILE[2],
        "title_en": HOSTILE[3],
        "issuer": HOSTILE[4],
        "scope_note": HOSTILE[0],
        "missing": HOSTILE[:4],
        "text": text,
    }
    industries = [
        row | {"zh": HOSTILE[3], "en": HOSTILE[2]} for row in _rows(content, "industries")
    ]
    return replace(
        content,
        layers=layers,
        issues=content.issues.iloc[:0],
        plans=schema.table_from_records([plan], "plans"),
        paragraphs=content.paragraphs.iloc[:0],
        industries=schema.table_from_records(industries, "industries"),
    )


def _rows(content: AtlasContent, table: str) -> list[dict[str, object]]:
    return [
        {str(key): value for key, value in row.items()}
        for row in getattr(content, table).to_dict("records")
    ]


def _hostile_features(layer: str, text: str) -> tuple[Feature, ...]:
    """One feature for each attack, at one spot so that they cluster."""
    if layer not in ("layout", "clusters", "parks", "projects"):
        return ()
    is_point = layer in ("parks", "projects")
    geometry = Point(126.6, 45.7) if is_point else MultiPolygon([box(126, 45, 127, 46)])
    features: list[Feature] = []
    for number, attack in enumerate(HOSTILE):
        start = text.index(attack)
        slug = "".join(c for c in attack if c not in " /:;?#%") + str(number)
        features.append(
            Feature(
                id=f"hostile-2011:{layer}:{slug}",
                layer=layer,
                plan="hostile-2011",
                period_start=2011,
                period_end=2013,
                name=attack,
                evidence=Evidence("hostile.txt", number + 1, start, start + len(attack), attack),
                industry_label=attack,
                industries=("materials.graphite",),
                places=("230100",),
                place_names=(attack,),
                places_as_written=(attack,),
                basis=Basis.TEXT,
                precision=Precision.PREFECTURE,
                enterprise=attack if layer == "projects" else None,
                status=attack if layer == "projects" else None,
                level=attack if layer == "parks" else None,
                target=attack if layer == "clusters" else None,
                group=attack if layer == "layout" else None,
                geometry=geometry if number else None,
            )
        )
    return tuple(features)


@pytest.fixture(scope="session")
def hostile_ids() -> tuple[str, ...]:
    """The ids of the hostile projects."""
    text = "".join(f"{attack}。\n" for attack in HOSTILE)
    return tuple(feature.id for feature in _hostile_features("projects", text))


@pytest.fixture(scope="session")
def hostile_texts() -> tuple[str, ...]:
    """The attacks."""
    return HOSTILE
