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
from webmap.boundaries import DECIMALS, LEVELS, anchor, label_points, outlines, thin_area
from webmap.reading import Reading, current_reading
from webmap.state import State, current_state
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


class BaseMark(TypedDict):
    """A development zone that stands for one of the many bases that a plan does not place."""

    name: str
    place: str
    point: tuple[float, float]


class ManyBases(TypedDict):
    """A feature without a place that is drawn as the zones of the table of sites."""

    id: str
    zones: list[BaseMark]


class ShortFeatures(TypedDict):
    """The located features, and their areas in GeoJSON, each once however many share it.

    `labels` says where a name may stand in each area, `bases` which zones stand for bases.
    """

    features: list[ShortFeature]
    areas: list[orjson.Fragment]
    labels: list[list[tuple[float, float]]]
    bases: list[ManyBases]


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
        lambda: orjson.dumps(short_features(reading, state)),
    )
    return _lasting(body, "application/json")


def short_features(reading: Reading, state: State) -> ShortFeatures:
    """Return what the map draws: symbols, thinned areas, and zones that stand for bases."""
    located = [feature for feature in reading.features.values() if feature.geometry is not None]
    shapes = _distinct_areas(located)
    thinned = [thin_area(shapely.from_wkb(wkb), 2 * state.tolerance_m) for wkb in shapes]
    return {
        "features": [_short(reading, feature, shapes) for feature in located],
        "areas": [orjson.Fragment(shapely.to_geojson(area)) for area in thinned],
        "labels": [label_points(area) for area in thinned],
        "bases": [_many_bases(reading, state, feature) for feature in reading.many_bases],
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


def _many_bases(reading: Reading, state: State, feature: Feature) -> ManyBases:
    """Return the zones that stand for the bases of a feature without a place."""
    region = reading.plans[feature.plan].region
    zones = state.zones(region, feature.period_start, feature.period_end)
    return {
        "id": feature.id,
        "zones": [
            {
                "name": zone.name,
                "place": zone.place,
                "point": (round(zone.lon, DECIMALS), round(zone.lat, DECIMALS)),
            }
            for zone in zones
        ],
    }


def _lasting(body: bytes, mimetype: str) -> Response:
    """Return what a browser keeps when the address names its version."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = FOREVER if "v" in request.args else "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
