"""`boundaries.gpkg`: the polygons of today's divisions, valid, in WGS 84."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.compile.history import Run
from geo.errors import TableError

DATA = Path(__file__).resolve().parent.parent / "data"
LEVELS = ("province", "prefecture", "county")


def read_polygons(path: Path) -> gpd.GeoDataFrame:
    """Read one level of the source: polygons by code, in EPSG:4326.

    The source writes the code as `gb`, country first (`156230113`); features without it are
    boundary lines and are left out. Its EPSG:4490 equals WGS 84 at this scale, so that the
    coordinates are taken as they are.
    """
    frame = gpd.read_file(path, columns=["gb", "full_name"])
    frame = frame[frame["gb"].astype(bool)]
    frame["adcode"] = frame["gb"].str[3:]
    frame["name"] = frame["full_name"].str.strip()
    return frame[["adcode", "name", "geometry"]].set_crs("EPSG:4326", allow_override=True)


def read_codes(path: Path = DATA / "boundary_codes.csv") -> dict[str, str]:
    """Read which codes of the polygons stand for another one today, or for none ("")."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["adcode"]: row["today_adcode"] for row in csv.DictReader(stream)}


def read_without_polygon(path: Path = DATA / "divisions_without_polygon.csv") -> frozenset[str]:
    """Read the codes of today's divisions that the polygons cannot hold."""
    with path.open(encoding="utf-8", newline="") as stream:
        return frozenset(row["adcode"] for row in csv.DictReader(stream))


def build_boundaries(
    polygons: gpd.GeoDataFrame, codes: Mapping[str, str], divisions: Mapping[str, Run]
) -> gpd.GeoDataFrame:
    """Today's codes, names and parents on the polygons of one level; geometries made valid.

    A division may stand in more than one level: 济源市 is a county, and without a prefecture
    above it the source has it among the prefectures too; so is a municipality.

    Raises
    ------
    TableError
        When a polygon's code is no division of today and no row of `boundary_codes.csv`.
    """
    frame = polygons.assign(adcode=[codes.get(code, code) for code in polygons["adcode"]])
    frame = frame[frame["adcode"].astype(bool)]
    if unknown := sorted(set(frame["adcode"]) - set(divisions)):
        raise TableError(f"polygons without a division of today: {', '.join(unknown)}")
    frame = frame.assign(
        name=[divisions[code].name for code in frame["adcode"]],
        parent=[divisions[code].parent for code in frame["adcode"]],
        geometry=[valid_multipolygon(shape) for shape in frame.geometry],
    )
    columns = ["adcode", "name", "parent", "geometry"]
    return frame[columns].sort_values("adcode", ignore_index=True)


def valid_multipolygon(shape: BaseGeometry) -> MultiPolygon:
    """The shape as a valid multipolygon; lines and points that repair leaves over are dropped."""
    valid = shape if shape.is_valid else shapely.make_valid(shape)
    parts = [part for part in shapely.get_parts(valid) if part.geom_type.endswith("Polygon")]
    polygons = [
        polygon for part in parts for polygon in shapely.get_parts(part) if _has_area(polygon)
    ]
    return MultiPolygon(polygons)


def _has_area(polygon: Polygon) -> bool:
    return float(polygon.area) > 0.0


def check_counties(
    counties: gpd.GeoDataFrame, divisions: Mapping[str, Run], without: frozenset[str]
) -> None:
    """Check that today's counties and the polygons are the same, but for the listed ones.

    A prefecture without counties (东莞市) counts as a county here, as in the source; a province
    without either (澳门) too.

    Raises
    ------
    TableError
        When a division of today has no polygon and is not listed, or is listed and has one.
    """
    parents = {run.parent for run in divisions.values()}
    lowest = {code for code in divisions if code not in parents}
    found = set(counties["adcode"])
    if missing := sorted(lowest - found - without):
        raise TableError(f"divisions without a polygon: {', '.join(missing)}")
    if odd := sorted((found - lowest) | (found & without)):
        raise TableError(f"polygons that should not be there: {', '.join(odd)}")


def write_boundaries(levels: Sequence[tuple[str, gpd.GeoDataFrame]], path: Path) -> None:
    """Write one layer per level to a new GeoPackage."""
    path.unlink(missing_ok=True)
    for level, frame in levels:
        pyogrio.write_dataframe(
            frame,
            path,
            layer=level,
            driver="GPKG",
            append=path.exists(),
            geometry_type="MultiPolygon",
        )
