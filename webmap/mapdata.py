"""The data that the map page draws: outlines of divisions, and every feature in short.

Both are thinned out for a screen and kept by browsers for good, since their address changes with
their content. Programs use `/api`, which gives the exact shapes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

import orjson
import shapely
from flask import Blueprint, Response, abort, request

from layers.export import to_geojson
from layers.model import Feature
from webmap.boundaries import LEVELS, anchor, outlines, thin_area
from webmap.reading import Reading, current_reading
from webmap.state import current_state
from webmap.symbols import certainty, load_symbols

mapdata = Blueprint("mapdata", __name__, url_prefix="/map")

FOREVER = "public, max-age=31536000, immutable"


class ShortFeature(TypedDict):
    """What the map needs of a feature; `area` is an index into the areas, None for a point."""

    id: str
    layer: str
    name: str
    role: str | None
    family: str
    glyph: str
    certainty: str
    anchor: tuple[float, float]
    area: int | None


class ShortFeatures(TypedDict):
    """The located features, and their areas in GeoJSON, each once however many share it."""

    features: list[ShortFeature]
    areas: list[orjson.Fragment]


@mapdata.get("/outlines/<level>.geojson")
def outlines_of(level: str) -> Response:
    """Divisions of one level, simplified together."""
    if level not in LEVELS:
        abort(404, f"There are no outlines {level!r:.60}; there are {', '.join(LEVELS)}.")
    state = current_state()
    region = current_reading().region
    bodies = state.cached(
        ("outlines", region, state.tolerance_m),
        lambda: {
            name: to_geojson(frame) for name, frame in outlines(region, state.tolerance_m).items()
        },
    )
    return _lasting(bodies[level], "application/geo+json")


@mapdata.get("/families.css")
def families() -> Response:
    """The hues of the industries as a style sheet, from their table."""
    return _lasting(load_symbols().style_sheet.encode(), "text/css")


@mapdata.get("/features.json")
def features() -> Response:
    """Every located feature in short: what the map needs to draw its symbol and area."""
    state = current_state()
    reading = current_reading()
    body = state.cached(
        ("features", reading.tag),
        lambda: orjson.dumps(short_features(reading, state.tolerance_m)),
    )
    return _lasting(body, "application/json")


def short_features(reading: Reading, tolerance_m: float) -> ShortFeatures:
    """Return the located features with the look of their symbols, and their thinned areas."""
    located = [feature for feature in reading.features.values() if feature.geometry is not None]
    shapes = _distinct_areas(located)
    return {
        "features": [_short(reading, feature, shapes) for feature in located],
        "areas": [
            orjson.Fragment(shapely.to_geojson(thin_area(shapely.from_wkb(wkb), 2 * tolerance_m)))
            for wkb in shapes
        ],
    }


def _distinct_areas(features: Iterable[Feature]) -> dict[bytes, int]:
    """Return each area once, as WKB, with its number."""
    found = dict.fromkeys(
        feature.geometry.wkb
        for feature in features
        if feature.geometry is not None and feature.geometry.geom_type != "Point"
    )
    return {wkb: number for number, wkb in enumerate(found)}


def _short(reading: Reading, feature: Feature, shapes: dict[bytes, int]) -> ShortFeature:
    """Return what the map needs of a located feature."""
    look = reading.symbol(feature)
    assert feature.geometry is not None
    return {
        "id": feature.id,
        "layer": feature.layer,
        "name": feature.name,
        "role": feature.role,
        "family": look.family,
        "glyph": look.glyph,
        "certainty": certainty(feature.basis, feature.precision),
        "anchor": anchor(feature.geometry),
        "area": shapes.get(feature.geometry.wkb),
    }


def _lasting(body: bytes, mimetype: str) -> Response:
    """Return what a browser keeps when the address names its version."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = FOREVER if "v" in request.args else "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
