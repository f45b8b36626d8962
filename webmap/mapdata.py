"""The data that the map page draws: outlines of divisions, and every feature in short.

Both are thinned out for a screen and kept by browsers for good, since their address changes with
their content. Programs use `/api`, which gives the exact shapes.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from flask import Blueprint, Response, abort, request

from layers.export import to_geojson
from layers.model import Feature
from layers.schema import CRS, FEATURE_LAYERS, GEOMETRY_KINDS
from webmap.boundaries import DECIMALS, LEVELS, anchor, outlines, thin_area
from webmap.reading import Reading, current_reading
from webmap.state import current_state
from webmap.symbols import certainty, load_symbols

mapdata = Blueprint("mapdata", __name__, url_prefix="/map")

FOREVER = "public, max-age=31536000, immutable"


@mapdata.get("/outlines/<level>.geojson")
def outlines_of(level: str) -> Response:
    """Divisions of one level, simplified together."""
    if level not in LEVELS:
        abort(404, f"There are no outlines {level!r:.60}; there are {', '.join(LEVELS)}.")
    state = current_state()
    region = current_reading().region
    body = state.cached(
        ("outlines", level, region, state.tolerance_m),
        lambda: to_geojson(outlines(level, region, state.tolerance_m)),
    )
    return _lasting(body)


@mapdata.get("/families.css")
def families() -> Response:
    """The hues of the industries as a style sheet, from their table."""
    return _lasting(load_symbols().style_sheet.encode(), "text/css")


@mapdata.get("/features.geojson")
def features() -> Response:
    """Every located feature in short: what the map needs to draw its symbol and area."""
    state = current_state()
    reading = current_reading()
    body = state.cached(
        ("features", reading.tag), lambda: to_geojson(short_features(reading, state.tolerance_m))
    )
    return _lasting(body)


def short_features(reading: Reading, tolerance_m: float) -> gpd.GeoDataFrame:
    """Return the located features with thinned shapes and the look of their symbols."""
    located = [
        feature
        for layer in FEATURE_LAYERS
        if GEOMETRY_KINDS[layer] != "none"
        for feature in reading.features.values()
        if feature.layer == layer and feature.geometry is not None
    ]
    columns = ("id", "layer", "name", "family", "glyph", "certainty", "anchor")
    rows = [_short(reading, feature) for feature in located]
    shapes = [thin_area(feature.geometry, tolerance_m) for feature in located]
    return gpd.GeoDataFrame(
        pd.DataFrame(rows, columns=columns, dtype=object),
        geometry=gpd.GeoSeries(shapes, crs=CRS),
        crs=CRS,
    )


def _short(reading: Reading, feature: Feature) -> tuple[object, ...]:
    """Return the values that the map needs of a feature."""
    look = reading.symbol(feature)
    assert feature.geometry is not None
    longitude, latitude = anchor(feature.geometry)
    return (
        feature.id,
        feature.layer,
        feature.name,
        look.family,
        look.glyph,
        certainty(feature.basis, feature.precision),
        (round(longitude, DECIMALS), round(latitude, DECIMALS)),
    )


def _lasting(body: bytes, mimetype: str = "application/geo+json") -> Response:
    """Return what a browser keeps when the address names its version."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = FOREVER if "v" in request.args else "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
