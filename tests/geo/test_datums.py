"""Datum conversion against two independent libraries, published pairs and its own inverse."""

from __future__ import annotations

from itertools import permutations

import coord_convert.transform as coord_convert
import numpy as np
import prcoords
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo import datums
from geo.datums import DATUMS, convert, transform_geometry
from geo.errors import CrsError, GeoError
from geo.geometry import covers, read_boundaries

HARBIN = (126.6424, 45.7567)
GEOD = Geod(ellps="WGS84")

# The land of China with a margin; no shift leads out of the box from here.
longitudes = st.floats(73.0, 136.0)
latitudes = st.floats(3.0, 54.5)


def sample(count: int = 2_000) -> tuple[datums.FloatArray, datums.FloatArray]:
    random = np.random.default_rng(20)
    return random.uniform(73.0, 136.0, count), random.uniform(3.0, 54.5, count)


# The pairs of `eviltransform`'s own tests, which many ports of it share.
@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
    ids=["Shanghai", "Shenzhen", "Beijing"],
)
def test_published_pairs_of_gcj02(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    assert datums.wgs84_to_gcj02(*wgs84) == pytest.approx(gcj02, abs=1e-12)
    assert datums.gcj02_to_wgs84(*gcj02) == pytest.approx(wgs84, abs=1e-9)


# The worked example of `coordtransform`, which many ports of it share.
def test_published_pairs_of_bd09() -> None:
    beijing = (116.404, 39.915)
    gcj02, bd09 = (116.41024449916938, 39.91640428150164), (116.41036949371029, 39.92133699351021)
    assert datums.wgs84_to_gcj02(*beijing) == pytest.approx(gcj02, abs=1e-12)
    assert datums.gcj02_to_bd09(*beijing) == pytest.approx(bd09, abs=1e-12)
    assert datums.wgs84_to_bd09(*beijing) == pytest.approx(
        (116.41662724378733, 39.922699552216216), abs=1e-12
    )
    assert datums.bd09_to_gcj02(*bd09) == pytest.approx(beijing, abs=1e-9)


def test_agrees_with_coord_convert() -> None:
    lon, lat = sample()
    points = list(zip(lon.tolist(), lat.tolist(), strict=True))
    for ours, theirs, tolerance in (
        (datums.wgs84_to_gcj02, coord_convert.wgs2gcj, 1e-12),
        (datums.gcj02_to_bd09, coord_convert.gcj2bd, 1e-12),
        (datums.wgs84_to_bd09, coord_convert.wgs2bd, 1e-12),
        (datums.gcj02_to_wgs84, coord_convert.gcj2wgs, 1e-8),  # theirs stops at 1e-6
    ):
        expected = np.array([theirs(*point) for point in points])
        got = np.column_stack(ours(lon, lat))
        np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance, err_msg=ours.__name__)


def test_agrees_with_prcoords() -> None:
    lon, lat = sample()
    points = list(zip(lat.tolist(), lon.tolist(), strict=True))  # latitude first there
    for ours, theirs, tolerance in (
        (datums.wgs84_to_gcj02, prcoords.wgs_gcj, 1e-12),
        (datums.gcj02_to_bd09, prcoords.gcj_bd, 1e-12),
        (datums.gcj02_to_wgs84, prcoords.gcj_wgs_bored, 1e-7),  # theirs stop at 1e-5
        (datums.bd09_to_gcj02, prcoords.bd_gcj_bored, 1e-7),
        (datums.bd09_to_wgs84, prcoords.bd_wgs_bored, 5e-7),
    ):
        expected = np.array([theirs(point) for point in points])[:, ::-1]
        got = np.column_stack(ours(lon, lat))
        np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance, err_msg=ours.__name__)


@pytest.mark.parametrize(("source", "target"), list(permutations(DATUMS, 2)))
@given(lon=longitudes, lat=latitudes)
def test_there_and_back(source: str, target: str, lon: float, lat: float) -> None:
    back = convert(*convert(lon, lat, source, target), target, source)
    assert back == pytest.approx((lon, lat), abs=1e-8)


@given(lon=longitudes, lat=latitudes)
def test_an_array_is_its_points_one_by_one(lon: float, lat: float) -> None:
    lons, lats = np.array([lon, HARBIN[0]]), np.array([lat, HARBIN[1]])
    for function in (datums.wgs84_to_bd09, datums.bd09_to_wgs84):
        xs, ys = function(lons, lats)
        assert (xs[0], ys[0]) == pytest.approx(function(lon, lat), abs=2e-9)


def test_convert_takes_every_road() -> None:
    gcj02 = datums.wgs84_to_gcj02(*HARBIN)
    bd09 = datums.gcj02_to_bd09(*gcj02)
    assert convert(*HARBIN, "wgs84", "cgcs2000") == HARBIN
    assert convert(*HARBIN, "cgcs2000", "gcj02") == gcj02
    assert convert(*HARBIN, "wgs84", "bd09") == bd09 == datums.wgs84_to_bd09(*HARBIN)
    assert convert(*gcj02, "gcj02", "gcj02") == gcj02
    assert convert(*bd09, "bd09", "gcj02") == datums.bd09_to_gcj02(*bd09)
    assert convert(*bd09, "bd09", "cgcs2000") == datums.bd09_to_wgs84(*bd09)
    assert gcj02 == pytest.approx((126.64836981630474, 45.75865110185797), abs=1e-12)
    assert bd09 == pytest.approx((126.65499932897167, 45.76434556386758), abs=1e-12)


@pytest.mark.parametrize(("source", "target"), [("gcj-02", "wgs84"), ("wgs84", "WGS84")])
def test_an_unknown_datum_is_named_with_the_known_ones(source: str, target: str) -> None:
    with pytest.raises(CrsError, match=r"unknown datum .*wgs84, cgcs2000, gcj02, bd09") as caught:
        convert(*HARBIN, source, target)
    assert isinstance(caught.value, GeoError)
    assert isinstance(caught.value, ValueError)
    with pytest.raises(CrsError):
        transform_geometry(shapely.Point(), source, target)


@pytest.mark.parametrize(
    "point", [(-0.1276, 51.5072), (139.69, 35.69), (116.4, 60.0), (71.9, 40.0)]
)
def test_no_shift_outside_the_box(point: tuple[float, float]) -> None:
    for source, target in permutations(DATUMS, 2):
        assert convert(*point, source, target) == point


def test_infinite_and_polar_points_pass_without_a_warning() -> None:
    for point in ((np.inf, 45.0), (105.0, 90.0), (-180.0, -90.0)):
        assert convert(*point, "wgs84", "bd09") == point
        assert convert(*point, "bd09", "wgs84") == point


def test_every_point_of_the_box_comes_back_from_its_rim_too() -> None:
    west, south, east, north = datums.CHINA_BOX
    lon, lat = (
        grid.ravel()
        for grid in np.meshgrid(np.linspace(west, east, 60), np.linspace(south, north, 60))
    )
    assert datums.in_china_box(lon, lat).all()
    back = datums.gcj02_to_wgs84(*datums.wgs84_to_gcj02(lon, lat))
    np.testing.assert_allclose(back, (lon, lat), rtol=0, atol=1e-8)


def test_the_inverse_holds_where_the_formula_has_a_cusp() -> None:
    # Its root term has an infinite slope on the meridian of 105 degrees.
    lon = 105 + np.array([-1e-6, -1e-9, 0.0, 1e-12, 1e-9, 1e-6])
    lat = np.full(lon.shape, 35.0)
    back = datums.gcj02_to_wgs84(*datums.wgs84_to_gcj02(lon, lat))
    np.testing.assert_allclose(back, (lon, lat), rtol=0, atol=1e-9)


def test_nan_stays_nan_and_spoils_no_neighbour() -> None:
    lon, lat = np.array([HARBIN[0], np.nan, 121.5]), np.array([HARBIN[1], 31.0, np.nan])
    for source, target in permutations(("wgs84", "gcj02", "bd09"), 2):
        xs, ys = convert(lon, lat, source, target)
        assert (xs[0], ys[0]) == pytest.approx(convert(*HARBIN, source, target), abs=1e-12)
        assert np.isnan(xs[1])
        assert np.isnan(ys[2])
    assert all(np.isnan(value) for value in convert(np.nan, np.nan, "gcj02", "wgs84"))


def test_shapes_and_types() -> None:
    x, y = datums.gcj02_to_wgs84(*HARBIN)
    assert (type(x), type(y)) == (float, float)
    empty = np.array([])
    assert [out.shape for out in datums.bd09_to_wgs84(empty, empty)] == [(0,), (0,)]
    grid = np.full((3, 4), HARBIN[0]), np.full((3, 4), HARBIN[1])
    assert [out.shape for out in datums.wgs84_to_bd09(*grid)] == [(3, 4), (3, 4)]
    column, row = np.full((3, 1), HARBIN[0]), np.full((1, 2), HARBIN[1])
    assert [out.shape for out in datums.gcj02_to_wgs84(column, row)] == [(3, 2), (3, 2)]


def test_the_input_arrays_are_left_alone() -> None:
    lon, lat = np.array([HARBIN[0]]), np.array([HARBIN[1]])
    datums.wgs84_to_gcj02(lon, lat)
    datums.gcj02_to_wgs84(lon, lat)
    assert (lon[0], lat[0]) == HARBIN


def test_geometries_move_vertex_by_vertex_and_keep_type_and_height() -> None:
    square = shapely.box(126.0, 45.0, 127.0, 46.0)
    moved = transform_geometry(square, "wgs84", "gcj02")
    assert isinstance(moved, shapely.Polygon)
    assert moved.exterior.coords[0] == datums.wgs84_to_gcj02(*square.exterior.coords[0])
    back = transform_geometry(moved, "gcj02", "wgs84")
    assert shapely.equals_exact(back, square, tolerance=1e-8)
    summit = transform_geometry(shapely.Point(*HARBIN, 150.0), "wgs84", "bd09")
    assert (summit.x, summit.y, summit.z) == (*datums.wgs84_to_bd09(*HARBIN), 150.0)
    assert transform_geometry(shapely.Point(), "bd09", "wgs84").is_empty


def test_the_shift_in_heilongjiang_is_half_a_kilometre() -> None:
    province = read_boundaries("province", "230000").geometry.iloc[0]
    west, south, east, north = province.bounds
    lon, lat = (
        grid.ravel()
        for grid in np.meshgrid(np.arange(west, east, 0.05), np.arange(south, north, 0.05))
    )
    inside = covers(province, lon, lat)
    lon, lat = lon[inside], lat[inside]
    _, _, shift_m = GEOD.inv(lon, lat, *datums.wgs84_to_gcj02(lon, lat))
    assert len(shift_m) > 20_000
    # 479 and 714 m are what an independent measurement found in and around the province.
    assert 479 <= shift_m.min() < 485
    assert 695 < shift_m.max() <= 714
    assert np.median(shift_m) == pytest.approx(577, abs=2)
