"""Datums of Chinese maps: WGS 84, CGCS2000, GCJ-02 and BD-09.

Longitude comes first, everything is in degrees. Every function takes floats and gives floats, or
takes NumPy arrays that broadcast against each other and gives arrays of the common shape.
NaN stays NaN.

What the datums are
    WGS 84 (EPSG:4326) is the datum of everything inside planmap. CGCS2000 (EPSG:4490), the
    national datum of China and of Tianditu, differs from it by less than any source here can
    tell; the pair is treated as an identity, as PROJ does. GCJ-02 is the obfuscated datum that
    law prescribes for public maps (AMap, Tencent); BD-09 is Baidu's second obfuscation on top.

Where the formulas come from
    Neither GCJ-02 nor BD-09 is published. The formulas here are those that the mapping community
    found by reverse engineering and that the open libraries share; their authority is that
    agreement and nothing official. Agreement with two of the libraries (`coord-convert`,
    `prcoords`) is part of the tests. What the services really do may differ by noise that the
    formulas leave out: take a converted AMap coordinate as good to metres, not to centimetres.

Where it applies
    Points outside `CHINA_BOX` are not shifted. The box is the community's (72.004-137.8347 E,
    0.8293-55.8271 N), much larger than the country: it takes in Korea, Mongolia and Vladivostok,
    so the caller must know that a point is in China. On the rim of the box, far from any land of
    China, the map is not one-to-one for about a kilometre; there the inverse prefers the point
    inside the box.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, TypeVar, get_args

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.errors import CrsError

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Coordinate = TypeVar("Coordinate", float, FloatArray)
Geometry = TypeVar("Geometry", bound=BaseGeometry)
Datum = Literal["wgs84", "cgcs2000", "gcj02", "bd09"]

#: Names that `convert` and `transform_geometry` know.
DATUMS: Final[tuple[str, ...]] = get_args(Datum)

#: West, south, east, north in degrees: where GCJ-02 and BD-09 are shifted at all.
CHINA_BOX: Final = (72.004, 0.8293, 137.8347, 55.8271)

#: Semi-major axis in metres and flattening of the Krasovsky 1940 ellipsoid (EPSG:7024).
KRASOVSKY_A: Final = 6_378_245.0
KRASOVSKY_F: Final = 1 / 298.3
#: Square of its first eccentricity, 2f - f^2 = 0.0066934216...
KRASOVSKY_E2: Final = KRASOVSKY_F * (2 - KRASOVSKY_F)

#: The inverses stop when a step moves no point further than this (degrees, about 0.1 mm).
TOLERANCE_DEG: Final = 1e-9
#: A step of either inverse shrinks the error about fiftyfold (BD-09) or more (GCJ-02): six are
#: enough from anywhere in the box, the bound only keeps the loop finite.
MAX_STEPS: Final = 12

#: Centre of the GCJ-02 polynomials, in degrees.
_CENTRE_LON: Final = 105.0
_CENTRE_LAT: Final = 35.0
#: Baidu's constants: amplitude of the radial and the angular wave, wave number, fixed offset.
_BD_RADIAL_DEG: Final = 2e-5
_BD_ANGULAR_RAD: Final = 3e-6
_BD_WAVE_PER_DEG: Final = 3000 * np.pi / 180
_BD_OFFSET_LON: Final = 0.0065
_BD_OFFSET_LAT: Final = 0.006
#: No shift is longer than this (degrees), so nothing beyond it can come from inside the box.
_LONGEST_SHIFT_DEG: Final = 0.05

_Shift = Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]


def in_china_box(lon: FloatArray, lat: FloatArray) -> BoolArray:
    """Tell which points lie in `CHINA_BOX`, its edge included.

    Parameters
    ----------
    lon, lat
        Degrees, arrays of one shape (or floats). NaN is outside.

    Returns
    -------
    numpy.ndarray
        Booleans of the same shape.
    """
    return _in_box(np.asarray(lon, float), np.asarray(lat, float), margin_deg=0.0)


def wgs84_to_gcj02(lon: Coordinate, lat: Coordinate) -> tuple[Coordinate, Coordinate]:
    """Shift WGS 84 to GCJ-02.

    With x = lon - 105 and y = lat - 35 the community's formula gives a displacement in metres
    east and north, a quadratic polynomial with a root term and six sine waves each, which is
    turned into degrees with the radii of curvature of the Krasovsky 1940 ellipsoid
    (`KRASOVSKY_A`, `KRASOVSKY_E2`) at the latitude.

    Parameters
    ----------
    lon, lat
        WGS 84, degrees.

    Returns
    -------
    tuple
        GCJ-02 longitude and latitude, degrees.
    """
    return _forward(lon, lat, _gcj02_shift)


def gcj02_to_wgs84(lon: Coordinate, lat: Coordinate) -> tuple[Coordinate, Coordinate]:
    """Undo `wgs84_to_gcj02` by fixed-point iteration, to `TOLERANCE_DEG`.

    Parameters
    ----------
    lon, lat
        GCJ-02, degrees.

    Returns
    -------
    tuple
        WGS 84 longitude and latitude, degrees.
    """
    return _inverse(lon, lat, _gcj02_shift)


def gcj02_to_bd09(lon: Coordinate, lat: Coordinate) -> tuple[Coordinate, Coordinate]:
    """Shift GCJ-02 to BD-09.

    The pair (lon, lat) is read as a point of the plane; its polar radius and angle get a small
    wave each, then a fixed offset of 0.0065 and 0.006 degrees is added.

    Parameters
    ----------
    lon, lat
        GCJ-02, degrees.

    Returns
    -------
    tuple
        BD-09 longitude and latitude, degrees.
    """
    return _forward(lon, lat, _bd09_shift)


def bd09_to_gcj02(lon: Coordinate, lat: Coordinate) -> tuple[Coordinate, Coordinate]:
    """Undo `gcj02_to_bd09` by fixed-point iteration, to `TOLERANCE_DEG`.

    Parameters
    ----------
    lon, lat
        BD-09, degrees.

    Returns
    -------
    tuple
        GCJ-02 longitude and latitude, degrees.
    """
    return _inverse(lon, lat, _bd09_shift)


def wgs84_to_bd09(lon: Coordinate, lat: Coordinate) -> tuple[Coordinate, Coordinate]:
    """Shift WGS 84 to BD-09, by way of GCJ-02; degrees in, degrees out."""
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def bd09_to_wgs84(lon: Coordinate, lat: Coordinate) -> tuple[Coordinate, Coordinate]:
    """Undo `wgs84_to_bd09`, by way of GCJ-02; degrees in, degrees out."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


def convert(
    lon: Coordinate, lat: Coordinate, source: str, target: str
) -> tuple[Coordinate, Coordinate]:
    """Convert coordinates between two datums by name.

    Parameters
    ----------
    lon, lat
        Degrees, in the datum `source`.
    source, target
        One of `DATUMS`.

    Returns
    -------
    tuple
        Longitude and latitude in the datum `target`, degrees.

    Raises
    ------
    CrsError
        A name is not one of `DATUMS` (a `GeoError` and a `ValueError`).
    """
    start, end = _LADDER[_known(source)], _LADDER[_known(target)]
    for rung in range(start, end):
        lon, lat = _forward(lon, lat, _SHIFTS[rung])
    for rung in range(start - 1, end - 1, -1):
        lon, lat = _inverse(lon, lat, _SHIFTS[rung])
    return lon, lat


def transform_geometry(geometry: Geometry, source: str, target: str) -> Geometry:
    """Convert every vertex of a geometry between two datums; heights are kept.

    Parameters
    ----------
    geometry
        Any shapely geometry, longitude first, degrees, in the datum `source`.
    source, target
        One of `DATUMS`.

    Returns
    -------
    shapely.Geometry
        A new geometry of the same type. The shift bends over many kilometres, so that straight
        edges between neighbouring vertices of a boundary stay straight enough.

    Raises
    ------
    CrsError
        A name is not one of `DATUMS`.
    """
    for name in (source, target):
        _known(name)  # shapely asks nothing of the function when the geometry is empty

    def shift_vertices(vertices: FloatArray) -> FloatArray:
        moved = vertices.copy()
        moved[:, 0], moved[:, 1] = convert(vertices[:, 0], vertices[:, 1], source, target)
        return moved

    moved: Geometry = shapely.transform(geometry, shift_vertices, include_z=geometry.has_z)
    return moved


def _known(name: str) -> str:
    if name not in DATUMS:
        raise CrsError(f"unknown datum {name!r}: use one of {', '.join(DATUMS)}")
    return name


def _in_box(lon: FloatArray, lat: FloatArray, margin_deg: float) -> BoolArray:
    west, south, east, north = CHINA_BOX
    inside: BoolArray = (
        (lon >= west - margin_deg)
        & (lon <= east + margin_deg)
        & (lat >= south - margin_deg)
        & (lat <= north + margin_deg)
    )
    return inside


def _forward(lon: Any, lat: Any, shift: _Shift) -> tuple[Any, Any]:
    """Add `shift` to the points in the box; the others keep their coordinates."""
    xs, ys, shape = _flat(lon, lat)
    moved = np.flatnonzero(_in_box(xs, ys, margin_deg=0.0))
    east, north = shift(xs[moved], ys[moved])
    xs[moved] += east
    ys[moved] += north
    return _as_given(xs, shape), _as_given(ys, shape)


def _inverse(lon: Any, lat: Any, shift: _Shift) -> tuple[Any, Any]:
    """Find the points of the box that `shift` brings to (lon, lat); others are kept.

    The next guess is the shifted point minus the shift at the last guess. The shift varies so
    slowly that this contracts; the points are stepped together until the last one has settled.
    """
    xs, ys, shape = _flat(lon, lat)
    candidates = np.flatnonzero(_in_box(xs, ys, margin_deg=_LONGEST_SHIFT_DEG))
    shifted_x, shifted_y = xs[candidates], ys[candidates]
    x, y = shifted_x, shifted_y
    for _ in range(MAX_STEPS):
        east, north = shift(x, y)
        next_x, next_y = shifted_x - east, shifted_y - north
        step = np.maximum(np.abs(next_x - x), np.abs(next_y - y))
        x, y = next_x, next_y
        if step.max(initial=0.0) < TOLERANCE_DEG:
            break
    origin = _in_box(x, y, margin_deg=TOLERANCE_DEG)  # a point of the rim may miss it by a hair
    xs[candidates[origin]] = x[origin]
    ys[candidates[origin]] = y[origin]
    return _as_given(xs, shape), _as_given(ys, shape)


def _flat(lon: Any, lat: Any) -> tuple[FloatArray, FloatArray, tuple[int, ...]]:
    """Broadcast the two, and copy them into flat arrays that may be written to."""
    xs, ys = np.broadcast_arrays(np.asarray(lon, float), np.asarray(lat, float))
    return xs.flatten(), ys.flatten(), xs.shape


def _as_given(values: FloatArray, shape: tuple[int, ...]) -> Any:
    return values.reshape(shape) if shape else float(values[0])


def _gcj02_shift(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Displacement WGS 84 -> GCJ-02 in degrees east and north, at WGS 84 coordinates."""
    x, y = lon - _CENTRE_LON, lat - _CENTRE_LAT
    common = 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    east_waves = common + _waves(x, 20, 40, 150, 300)
    north_waves = common + _waves(y, 20, 40, 160, 320)
    east_m = 300 + x + 2 * y + 0.1 * x * (x + y) + 0.1 * np.sqrt(np.abs(x)) + east_waves * 2 / 3
    north_m = (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    ) + north_waves * 2 / 3

    latitude = np.radians(lat)
    w2 = 1 - KRASOVSKY_E2 * np.sin(latitude) ** 2
    prime_vertical_m = KRASOVSKY_A / np.sqrt(w2)
    meridional_m = prime_vertical_m * (1 - KRASOVSKY_E2) / w2
    east_deg: FloatArray = np.degrees(east_m / (prime_vertical_m * np.cos(latitude)))
    north_deg: FloatArray = np.degrees(north_m / meridional_m)
    return east_deg, north_deg


def _waves(t: FloatArray, one: float, third: float, twelfth: float, thirtieth: float) -> FloatArray:
    """Sum four sine waves of `t` degrees: half-periods 1, 3, 12, 30; amplitudes as given."""
    total: FloatArray = (
        one * np.sin(np.pi * t)
        + third * np.sin(np.pi * t / 3)
        + twelfth * np.sin(np.pi * t / 12)
        + thirtieth * np.sin(np.pi * t / 30)
    )
    return total


def _bd09_shift(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Displacement GCJ-02 -> BD-09 in degrees east and north, at GCJ-02 coordinates."""
    radius = np.hypot(lon, lat) + _BD_RADIAL_DEG * np.sin(lat * _BD_WAVE_PER_DEG)
    angle = np.arctan2(lat, lon) + _BD_ANGULAR_RAD * np.cos(lon * _BD_WAVE_PER_DEG)
    east_deg: FloatArray = radius * np.cos(angle) + _BD_OFFSET_LON - lon
    north_deg: FloatArray = radius * np.sin(angle) + _BD_OFFSET_LAT - lat
    return east_deg, north_deg


#: How many shifts away from WGS 84 a datum is, and the shift from each rung to the next.
_LADDER: Final = {"wgs84": 0, "cgcs2000": 0, "gcj02": 1, "bd09": 2}
_SHIFTS: Final[tuple[_Shift, ...]] = (_gcj02_shift, _bd09_shift)
