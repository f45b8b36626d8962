"""Shapes of places: boundaries, unions, corridors, measures, and the form that GeoJSON wants.

Coordinates that come in or go out are WGS 84 (EPSG:4326), longitude first, in degrees; lengths
and areas are geodesic on the WGS 84 ellipsoid; metres are only ever measured on the ellipsoid or in
a CRS that `metric_crs_for` chose. Shapes across the antimeridian are not supported: China has
none. Only `read_boundaries` touches a file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer
from pyproj.exceptions import CRSError as ProjCrsError
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import CrsError, DataMissingError, UnknownPlaceError

Shape = TypeVar("Shape", bound=BaseGeometry)

#: The CRS of everything that planmap stores and serves.
WGS84: Final = "EPSG:4326"
#: Layers of the boundary file, from the coarsest to the finest.
LEVELS: Final = ("province", "prefecture", "county")
#: GeoJSON coordinates carry at most so many decimals: 7 are about a centimetre.
MAX_DECIMALS: Final = 7
#: A hole in a union that is smaller than this is a gap between the outlines of neighbours, not an
#: enclave: the outlines are generalised to some 250 m, and the smallest hole of any province that
#: is more than a digitising gap has 0.03 km².
GAP_KM2: Final = 0.01

_BOUNDARIES_FILE: Final = "built/boundaries.gpkg"
_REMEDY: Final = "run `make build` in a checkout, or reinstall the package"
_GEOD: Final = Geod(ellps="WGS84")
#: Half the width of a UTM zone, in degrees, and the latitudes that UTM covers.
_UTM_HALF_WIDTH: Final = 3.0
_UTM_SOUTH: Final = -80.0
_UTM_NORTH: Final = 84.0
#: A straight edge of 5 km in a metric CRS leaves the same edge drawn straight in degrees by less
#: than a metre at China's latitudes; one of 300 km leaves it by two kilometres.
_EDGE_M: Final = 5_000.0
#: Segments in a quarter of a corridor's round end: its edge is at most 0.03 % inside the arc.
_QUARTER_SEGMENTS: Final = 32


def read_boundaries(
    level: str, region: str | None = None, *, path: Path | None = None
) -> gpd.GeoDataFrame:
    """Read the polygons of today's divisions of one level.

    Parameters
    ----------
    level
        One of `LEVELS`.
    region
        Code of a province (`230000`) or a prefecture (`230100`) to which to keep; a county's code
        gives that county. None: the whole country.
    path
        A GeoPackage with a layer per level; None: the one that planmap was built with.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, index `adcode` in ascending order, columns `name`, `parent`, `geometry`
        (multipolygons).

    Raises
    ------
    DataMissingError
        The file is not there or cannot be read.
    UnknownPlaceError
        There is no such level, or it has no division in `region`.
    CrsError
        The file is not in WGS 84.
    """
    if level not in LEVELS:
        raise UnknownPlaceError(f"no boundaries of level {level!r}: use one of {', '.join(LEVELS)}")
    if region is not None and not (len(region) == 6 and region.isascii() and region.isdigit()):
        raise UnknownPlaceError(f"{region!r} is not a division code of six digits")
    where = None if region is None else f"adcode LIKE '{_code_prefix(region)}%'"
    boundaries = _read_layer(path or _built_boundaries(), level, where)
    _require_wgs84(boundaries)
    if boundaries.empty:
        raise UnknownPlaceError(
            f"there is no division of level {level!r} in {region or 'the file'}"
        )
    return boundaries.set_index("adcode").sort_index()


def union_of(boundaries: gpd.GeoDataFrame, adcodes: Iterable[str]) -> Polygon | MultiPolygon:
    """Unite divisions into one shape without the gaps that generalised outlines leave.

    Parameters
    ----------
    boundaries
        Polygons in EPSG:4326 with the division code as index, as `read_boundaries` gives them;
        frames of several levels may be concatenated.
    adcodes
        Codes to unite, at least one; repeats do no harm.

    Returns
    -------
    shapely.Polygon or shapely.MultiPolygon
        EPSG:4326, valid. Holes below `GAP_KM2` are closed, lower-dimensional remains are left
        out, enclaves and islands stay.

    Raises
    ------
    UnknownPlaceError
        No code was given, or one has no polygon; the message names them.
    CrsError
        The frame has no CRS or another one than WGS 84.
    """
    _require_wgs84(boundaries)
    wanted = list(dict.fromkeys(adcodes))
    if not wanted:
        raise UnknownPlaceError("no division code was given, so there is nothing to unite")
    missing = [code for code in wanted if code not in boundaries.index]
    if missing:
        raise UnknownPlaceError(f"no polygon for the division {', '.join(missing)}")
    members = shapely.make_valid(boundaries.geometry.loc[wanted].to_numpy())
    united = _close_gaps(_polygonal(shapely.union_all(members)))
    if united.is_empty:
        raise UnknownPlaceError(f"the division {', '.join(wanted)} has an empty polygon")
    return united


def corridor(points: Sequence[tuple[float, float]], radius_m: float) -> Polygon:
    """Draw the band of a given half-width around the line through some points.

    The line follows the geodesic from each point to the next, the ends are round. It is buffered
    in the CRS that `metric_crs_for` chooses for the line, so that the half-width is as good as
    that CRS's scale: within 0.1 % in a UTM zone, within 0.1 % for 1,000 km in the other case.
    The edges get a vertex every 5 km, because GeoJSON draws edges straight in degrees.

    Parameters
    ----------
    points
        (longitude, latitude) in WGS 84, degrees, in the order of the corridor. A single point
        gives a disc.
    radius_m
        Half-width in metres, more than 0.

    Returns
    -------
    shapely.Polygon
        EPSG:4326, valid, exterior counter-clockwise.

    Raises
    ------
    ValueError
        No point was given, or `radius_m` is not a positive number.
    CrsError
        A point is not longitude and latitude in degrees.
    """
    if not points:
        raise ValueError("a corridor needs at least one point")
    if not (math.isfinite(radius_m) and radius_m > 0):
        raise ValueError(f"the radius of a corridor must be more than 0 m, not {radius_m}")
    legs = _geodesic_legs(points)
    crs = metric_crs_for(shapely.GeometryCollection(legs))
    # Leg by leg: GEOS may lose the turning point when it buffers a line that doubles back.
    bands = [project(leg, WGS84, crs).buffer(radius_m, _QUARTER_SEGMENTS) for leg in legs]
    band = shapely.union_all(bands)
    on_globe = project(shapely.segmentize(band, _EDGE_M), crs, WGS84)
    return orient_rfc7946(on_globe)


def metric_crs_for(geometry: BaseGeometry) -> CRS:
    """Choose a CRS in metres for a shape, from its extent alone.

    Where the extent lies inside one UTM zone (6 degrees of longitude wide), that zone of WGS 84:
    lengths are right within 0.1 % (scale 0.9996 on the central meridian, 1.0010 at most on the
    edge, at the equator). Otherwise the Lambert azimuthal equal-area projection centred on the
    extent: areas are exact, lengths are right within 0.1 % up to 500 km from the centre and
    within 1.3 % up to 2,000 km.

    Parameters
    ----------
    geometry
        In WGS 84, degrees; not empty.

    Returns
    -------
    pyproj.CRS
        A projected CRS, in metres, easting first.

    Raises
    ------
    ValueError
        The geometry is empty.
    CrsError
        The coordinates are no longitudes and latitudes.
    """
    if geometry.is_empty:
        raise ValueError("an empty geometry has no extent from which to choose a CRS")
    west, south, east, north = _degree_bounds(geometry)
    zone = min(int(((west + east) / 2 + 180) // 6) + 1, 60)
    meridian = zone * 6 - 183
    in_zone = west >= meridian - _UTM_HALF_WIDTH and east <= meridian + _UTM_HALF_WIDTH
    if in_zone and south >= _UTM_SOUTH and north <= _UTM_NORTH:
        return CRS.from_epsg((32600 if south + north >= 0 else 32700) + zone)
    return CRS.from_dict(
        {
            "proj": "laea",
            "lon_0": round((west + east) / 2, 4),
            "lat_0": round((south + north) / 2, 4),
            "datum": "WGS84",
            "units": "m",
        }
    )


def project(geometry: BaseGeometry, source: CRS | str, target: CRS | str) -> BaseGeometry:
    """Bring a geometry, vertex by vertex, from one CRS to another.

    x (longitude, easting) comes first on both sides; heights are dropped.

    Raises
    ------
    CrsError
        PROJ does not know one of the two.
    """
    transformer = _transformer(source, target)

    def project_vertices(vertices: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(vertices[:, 0], vertices[:, 1]))

    projected: BaseGeometry = shapely.transform(geometry, project_vertices)
    return projected


def area_km2(geometry: BaseGeometry) -> float:
    """Measure the area of a shape on the WGS 84 ellipsoid, holes taken off.

    Parameters
    ----------
    geometry
        WGS 84, degrees; edges are read as geodesics. Winding does not matter.

    Returns
    -------
    float
        Square kilometres, never negative; 0 for points, lines and the empty geometry.

    Raises
    ------
    CrsError
        The coordinates are no longitudes and latitudes.
    """
    if geometry.is_empty:
        return 0.0
    _degree_bounds(geometry)
    # pyproj adds the holes with the sign of their winding, so the winding must be right.
    area_m2, _ = _GEOD.geometry_area_perimeter(orient_rfc7946(_polygonal(geometry)))
    return float(area_m2) / 1e6


def length_km(geometry: BaseGeometry) -> float:
    """Measure the length of a line, or of a polygon's rings, on the WGS 84 ellipsoid.

    Parameters
    ----------
    geometry
        WGS 84, degrees; edges are read as geodesics.

    Returns
    -------
    float
        Kilometres; 0 for points and the empty geometry.

    Raises
    ------
    CrsError
        The coordinates are no longitudes and latitudes.
    """
    if geometry.is_empty:
        return 0.0
    _degree_bounds(geometry)
    return float(_GEOD.geometry_length(geometry)) / 1e3


def bounds_of(
    geometries: Iterable[BaseGeometry | None],
) -> tuple[float, float, float, float] | None:
    """Find the box around some geometries: west, south, east, north, in their own units.

    None and empty geometries count for nothing; None comes back when nothing is left, which is
    what a collection without a `bbox` needs.
    """
    filled = [shape for shape in geometries if shape is not None and not shape.is_empty]
    if not filled:
        return None
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(filled))
    return west, south, east, north


def representative_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Choose a point that surely lies in the shape, in its largest part when it has several.

    Parameters
    ----------
    geometry
        WGS 84, degrees; not empty.

    Returns
    -------
    tuple
        Longitude and latitude, degrees. A centroid might lie outside; this never does.

    Raises
    ------
    ValueError
        The geometry is empty.
    """
    if geometry.is_empty:
        raise ValueError("an empty geometry has no representative point")
    parts = shapely.get_parts(geometry)
    largest = max(parts, key=lambda part: (part.area, part.length))
    point = shapely.point_on_surface(largest)
    return float(point.x), float(point.y)


def covers(
    geometry: BaseGeometry, lon: float | NDArray[np.float64], lat: float | NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell which points lie in a shape or on its border.

    Parameters
    ----------
    geometry
        A polygon or multipolygon in the CRS of the points.
    lon, lat
        Coordinates of the points, degrees, arrays of one shape or floats. NaN is nowhere.

    Returns
    -------
    numpy.ndarray
        Booleans of that shape (without dimensions for floats).
    """
    shapely.prepare(geometry)
    return np.asarray(shapely.intersects_xy(geometry, lon, lat), dtype=np.bool_)


def round_coordinates(geometry: BaseGeometry, decimals: int = MAX_DECIMALS) -> BaseGeometry:
    """Round coordinates to decimals of a degree and keep the shape valid.

    Vertices that fall together are merged and spikes that collapse are dropped, so a multipolygon
    may come back with fewer parts, or a polygon thinner than the grid as an empty one. Rounding
    twice is the same as rounding once. Winding is not kept: call `orient_rfc7946` afterwards.

    Parameters
    ----------
    geometry
        Degrees.
    decimals
        How many to keep, 0 to 15.

    Returns
    -------
    shapely.Geometry
        Valid, every coordinate the float nearest to a decimal number of so many places.
    """
    snapped = shapely.set_precision(geometry, 10.0**-decimals)
    # The grid's multiples may miss the nearest float by one unit in the last place, which would
    # print as seventeen digits. Leaving the grid's precision on would round later results too.
    plain = shapely.set_precision(snapped, 0.0)
    rounded: BaseGeometry = shapely.transform(plain, lambda xy: np.round(xy, decimals))
    return rounded


def orient_rfc7946(geometry: Shape) -> Shape:
    """Wind exterior rings counter-clockwise and holes clockwise, as RFC 7946, 3.1.6 asks.

    Points and lines come back as they are.
    """
    oriented: Shape = shapely.orient_polygons(geometry, exterior_cw=False)
    return oriented


def simplify_for_web(boundaries: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Thin out boundaries for a small scale while neighbours keep sharing their borders.

    Parameters
    ----------
    boundaries
        Polygons of one level in EPSG:4326. Small overlaps go to one of the two neighbours.
    tolerance_m
        Bends whose triangle covers less than about the square of this are straightened; metres.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows and columns, EPSG:4326, valid. Every division keeps a polygon.

    Raises
    ------
    ValueError
        `tolerance_m` is negative or not a number, or one polygon lies inside another.
    CrsError
        The frame has no CRS or another one than WGS 84.
    """
    _require_wgs84(boundaries)
    if not (math.isfinite(tolerance_m) and tolerance_m >= 0):
        raise ValueError(f"the tolerance must be 0 m or more, not {tolerance_m}")
    if boundaries.empty:
        return boundaries.copy()
    crs = metric_crs_for(shapely.box(*boundaries.total_bounds))
    # Equal vertices project to equal vertices, so that borders are still shared in metres.
    in_metres = [project(shape, WGS84, crs) for shape in shapely.make_valid(boundaries.geometry)]
    simplified = shapely.coverage_simplify(_edge_matched(in_metres), tolerance_m)
    shapes = [project(shape, crs, WGS84) for shape in simplified]
    return boundaries.set_geometry(gpd.GeoSeries(shapes, index=boundaries.index, crs=WGS84))


def _code_prefix(region: str) -> str:
    """Shorten a code to the digits that everything inside it shares: 230000 -> 23."""
    if region.endswith("0000"):
        return region[:2]
    return region[:4] if region.endswith("00") else region


def _built_boundaries() -> Path:
    return Path(str(resources.files("geo"))) / _BOUNDARIES_FILE


def _read_layer(path: Path, level: str, where: str | None) -> gpd.GeoDataFrame:
    if not path.is_file():
        raise DataMissingError(f"the boundaries {path} are not there: {_REMEDY}")
    try:
        return gpd.read_file(path, layer=level, where=where, engine="pyogrio")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise DataMissingError(
            f"the boundaries {path} cannot be read ({error}): {_REMEDY}"
        ) from error


def _require_wgs84(frame: gpd.GeoDataFrame) -> None:
    if frame.crs is None:
        raise CrsError("the table has no CRS: it must say that it is in WGS 84 (EPSG:4326)")
    if not frame.crs.equals(CRS.from_user_input(WGS84), ignore_axis_order=True):
        raise CrsError(f"the table is in {frame.crs.name}: convert it to WGS 84 (EPSG:4326) first")


def _degree_bounds(geometry: BaseGeometry) -> tuple[float, float, float, float]:
    """Give the extent of a geometry after a look whether it can be in degrees at all."""
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise CrsError(
            f"{(west, south, east, north)} is no extent in degrees: longitude comes first, "
            "and a projected shape must be brought to WGS 84 (EPSG:4326)"
        )
    return west, south, east, north


def _edge_matched(polygons: Sequence[BaseGeometry]) -> NDArray[np.object_]:
    """Make neighbours share every vertex of their border, where the source lets them overlap.

    The boundary source does so in one place (0.3 km² at 连云港 and 日照); a whole country is
    cleaned in a second, a province that has nothing to clean is left alone.
    """
    coverage = np.array(polygons, dtype=np.object_)
    if shapely.coverage_is_valid(coverage):
        return coverage
    cleaned: NDArray[np.object_] = shapely.coverage_clean(coverage)
    if shapely.is_empty(cleaned).any():
        raise ValueError("a polygon lies inside another: simplify the divisions of one level only")
    return cleaned


def _geodesic_legs(points: Sequence[tuple[float, float]]) -> list[LineString | Point]:
    """Connect points by geodesics with a vertex every 5 km, so that any CRS keeps their course.

    Repeats are left out; where that leaves one point, the point itself comes back.
    """
    _degree_bounds(shapely.MultiPoint(points))
    legs: list[LineString | Point] = []
    for start, end in pairwise(points):
        if start != end:
            legs.append(LineString([start, *_between(start, end), end]))
    return legs or [Point(points[0])]


def _between(start: tuple[float, float], end: tuple[float, float]) -> Iterable[tuple[float, float]]:
    """Cut the geodesic into equal steps of 5 km at most; a short one needs no vertex."""
    _, _, metres = _GEOD.inv(*start, *end)
    count = math.ceil(metres / _EDGE_M) - 1
    # pyproj counts so itself from `del_s`, but divides by zero for a leg of less than half of it.
    if count < 1:
        return ()
    steps = _GEOD.inv_intermediate(*start, *end, npts=count, return_back_azimuth=True)
    return zip(steps.lons, steps.lats, strict=True)


def _polygonal(geometry: BaseGeometry) -> Polygon | MultiPolygon:
    """Keep the polygons of what an overlay or a repair gave, and none of its lines and points."""
    if isinstance(geometry, Polygon | MultiPolygon):
        return geometry
    polygons = [
        part for part in shapely.get_parts(shapely.get_parts(geometry)) if isinstance(part, Polygon)
    ]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _close_gaps(geometry: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """Fill the holes that are smaller than `GAP_KM2`."""
    closed = [
        Polygon(
            part.exterior,
            [ring for ring in part.interiors if area_km2(Polygon(ring)) >= GAP_KM2],
        )
        for part in shapely.get_parts(geometry)
    ]
    return closed[0] if len(closed) == 1 else MultiPolygon(closed)


@lru_cache(maxsize=64)
def _transformer(source: CRS | str, target: CRS | str) -> Transformer:
    try:
        return Transformer.from_crs(source, target, always_xy=True)
    except ProjCrsError as error:
        raise CrsError(f"PROJ does not know a CRS: {error}") from error
