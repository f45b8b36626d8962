"""Layers as files for other programs: GeoJSON as RFC 7946 has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import geopandas as gpd
import orjson
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.geometry import orient_rfc7946, round_coordinates
from layers.schema import plain_values

FORMATS: Final = ("geojson",)
"""What `planmap export` and the HTTP interface can give."""

DECIMALS: Final = 7
"""Decimals of a degree: about a centimetre, as many as the contract allows."""


def to_geojson(frame: gpd.GeoDataFrame, *, name: str | None = None) -> bytes:
    """Return a layer, or a part of one, as a GeoJSON FeatureCollection.

    Coordinates are WGS 84 longitude and latitude with at most seven decimals, exterior rings
    run counter-clockwise, `bbox` spans what is located and is left out when nothing is, a row
    without geometry has `null`, lists are arrays. There is no `crs` member (RFC 7946, 4).

    Parameters
    ----------
    frame
        EPSG:4326, with an `id` column.
    name
        Name of the collection, which GDAL takes as the layer's name.

    Returns
    -------
    bytes
        UTF-8, Chinese unescaped.
    """
    geometries = _for_geojson(frame.geometry)
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    if name is not None:
        collection["name"] = name
    located = [geometry for geometry in geometries if geometry is not None]
    if located:
        collection["bbox"] = shapely.total_bounds(located).tolist()
    collection["features"] = list(_features(frame, geometries))
    return orjson.dumps(collection)


def to_json_lines(frame: gpd.GeoDataFrame) -> bytes:
    """Return a GeoJSON feature a line (newline-delimited), without `bbox`.

    Same geometry and properties as `to_geojson`; an empty frame gives no line.
    """
    features = _features(frame, _for_geojson(frame.geometry))
    return b"".join(orjson.dumps(feature, option=orjson.OPT_APPEND_NEWLINE) for feature in features)


def properties_of(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the properties of each row as plain values: None for null, lists for lists."""
    names = [name for name in frame.columns if name != frame.geometry.name]
    columns = [plain_values(frame[name]) for name in names]
    return [
        {name: list(v) if isinstance(v, tuple) else v for name, v in zip(names, row, strict=True)}
        for row in zip(*columns, strict=True)
    ]


def _features(
    frame: gpd.GeoDataFrame, geometries: Sequence[BaseGeometry | None]
) -> Iterator[dict[str, Any]]:
    mappings: dict[int, dict[str, Any]] = {}
    for properties, geometry in zip(properties_of(frame), geometries, strict=True):
        if geometry is not None and id(geometry) not in mappings:
            mappings[id(geometry)] = mapping(geometry)
        yield {
            "type": "Feature",
            "id": properties["id"],
            "geometry": None if geometry is None else mappings[id(geometry)],
            "properties": properties,
        }


def _for_geojson(geometries: Iterable[BaseGeometry | None]) -> list[BaseGeometry | None]:
    """Round and orient each; what is equal comes back as one object, as it is the same places."""
    done: dict[BaseGeometry | None, BaseGeometry | None] = {None: None}
    listed = list(geometries)
    for geometry in listed:
        if geometry not in done:
            done[geometry] = _rounded(geometry)
    return [done[geometry] for geometry in listed]


def _rounded(geometry: BaseGeometry) -> BaseGeometry | None:
    """Round, then orient: rounding may rebuild a polygon and with it the winding of its rings."""
    rounded = round_coordinates(geometry, DECIMALS)
    return None if rounded.is_empty else orient_rfc7946(rounded)
