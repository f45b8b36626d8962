"""Boundaries, unions, corridors and measures: values, properties, and the real boundary file."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.errors import CrsError, DataMissingError, GeoError, UnknownPlaceError
from geo.geometry import (
    GAP_KM2,
    area_km2,
    bounds_of,
    corridor,
    covers,
    length_km,
    metric_crs_for,
    orient_rfc7946,
    project,
    read_boundaries,
    representative_point,
    round_coordinates,
    simplify_for_web,
    union_of,
)

GEOD = Geod(ellps="WGS84")
HARBIN, DAQING, QIQIHAR = (126.64, 45.75), (125.10, 46.59), (123.97, 47.34)
MUDANJIANG = (129.60, 44.58)


@pytest.fixture(scope="module")
def prefectures() -> gpd.GeoDataFrame:
    return read_boundaries("prefecture", "230000")


@pytest.fixture(scope="module")
def counties() -> gpd.GeoDataFrame:
    return read_boundaries("county", "230000")


def frame(**polygons: BaseGeometry | None) -> gpd.GeoDataFrame:
    """Make boundaries of `c230100=polygon`, ..."""
    index = pd.Index([name.removeprefix("c") for name in polygons], name="adcode")
    return gpd.GeoDataFrame(geometry=list(polygons.values()), index=index, crs="EPSG:4326")


# Boxes with corners on a grid of a tenth of a degree near Harbin: no gap is below GAP_KM2.
@st.composite
def grid_boxes(draw: st.DrawFn) -> Polygon:
    west, south = draw(st.integers(1230, 1300)), draw(st.integers(440, 500))
    width, height = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    return box(west / 10, south / 10, (west + width) / 10, (south + height) / 10)


@st.composite
def stars(draw: st.DrawFn) -> Polygon:
    """Draw a star-shaped polygon with a hole, wound either way."""
    lon, lat = draw(st.floats(75, 134)), draw(st.floats(19, 53))
    radii = np.array(draw(st.lists(st.floats(0.05, 1.0), min_size=3, max_size=12)))
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    ring = np.column_stack([lon + radii * np.cos(angles), lat + radii * np.sin(angles)])
    # A ring shrunk towards the centre lies inside a star-shaped one.
    hole = (ring - (lon, lat)) * 0.3 + (lon, lat)
    turn, turn_hole = draw(st.booleans()), draw(st.booleans())
    return Polygon(ring[::-1] if turn else ring, [hole[::-1] if turn_hole else hole])


# --- read_boundaries ---------------------------------------------------------------------------


def test_heilongjiang_has_thirteen_prefectures_and_121_counties(
    prefectures: gpd.GeoDataFrame, counties: gpd.GeoDataFrame
) -> None:
    assert len(prefectures) == 13
    assert len(counties) == 121
    assert list(read_boundaries("province", "230000").index) == ["230000"]
    assert prefectures.index.name == "adcode"
    assert list(prefectures.columns) == ["name", "parent", "geometry"]
    assert prefectures.loc["230100", "name"] == "哈尔滨市"
    assert set(prefectures["parent"]) == {"230000"}
    assert prefectures.crs == "EPSG:4326"
    assert list(counties.index) == sorted(counties.index)


def test_a_region_may_be_a_prefecture_or_a_county() -> None:
    harbin = read_boundaries("county", "230100")
    assert len(harbin) == 18
    assert all(code.startswith("2301") for code in harbin.index)
    assert list(read_boundaries("county", "230113").index) == ["230113"]


def test_the_whole_country_has_34_provinces() -> None:
    assert len(read_boundaries("province")) == 34


@pytest.mark.parametrize(
    ("level", "region"),
    [
        ("township", None),
        ("county", "23"),
        ("county", "23' OR 1"),
        ("county", "239900"),
        ("province", "230100"),
        ("county", "２３００００"),
    ],
)
def test_unknown_levels_and_regions(level: str, region: str | None) -> None:
    with pytest.raises(UnknownPlaceError):
        read_boundaries(level, region)


def test_a_missing_file_names_itself_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(DataMissingError, match=r"nowhere\.gpkg are not there: .*make build"):
        read_boundaries("county", path=tmp_path / "nowhere.gpkg")


def test_a_damaged_file_and_a_missing_layer_name_the_remedy(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.gpkg"
    damaged.write_bytes(b"SQLite format 3\x00 and then nothing")
    with pytest.raises(DataMissingError, match=r"damaged\.gpkg cannot be read .*make build"):
        read_boundaries("county", path=damaged)
    one_layer = tmp_path / "one.gpkg"
    rows = frame(c230000=box(126, 45, 127, 46)).reset_index()
    rows.to_file(one_layer, layer="province", driver="GPKG")
    assert list(read_boundaries("province", path=one_layer).index) == ["230000"]
    with pytest.raises(DataMissingError, match=r"one\.gpkg cannot be read"):
        read_boundaries("county", path=one_layer)


def test_a_file_in_another_crs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "utm.gpkg"
    frame(c230000=box(126, 45, 127, 46)).to_crs(32652).reset_index().to_file(
        path, layer="province", driver="GPKG"
    )
    with pytest.raises(CrsError, match="UTM zone 52N"):
        read_boundaries("province", path=path)


# --- union_of ----------------------------------------------------------------------------------


def test_the_union_of_the_prefectures_is_the_province(
    prefectures: gpd.GeoDataFrame, counties: gpd.GeoDataFrame
) -> None:
    united = union_of(prefectures, prefectures.index)
    assert isinstance(united, Polygon)
    assert united.is_valid
    assert len(united.interiors) == 0
    province = read_boundaries("province", "230000").geometry.iloc[0]
    assert area_km2(united.symmetric_difference(province)) < 0.001
    assert area_km2(united) == pytest.approx(452_869, abs=1)
    assert united.equals(union_of(counties, counties.index))


def test_a_union_keeps_enclaves_and_islands_and_closes_gaps() -> None:
    ring = box(126, 45, 127, 46).difference(box(126.4, 45.4, 126.5, 45.5))
    gap_deg = 0.0005  # some 40 m by 55 m
    torn = ring.difference(box(126.7, 45.7, 126.7 + gap_deg, 45.7 + gap_deg))
    assert area_km2(ring) - area_km2(torn) < GAP_KM2
    island = box(128, 45, 128.0001, 45.0001)
    united = union_of(frame(c1=torn, c2=island), ["1", "2"])
    assert isinstance(united, MultiPolygon)
    assert united.equals(MultiPolygon([ring, island]))


def test_a_union_repairs_its_members_and_drops_what_is_no_area() -> None:
    bow_tie = Polygon([(126, 45), (127, 46), (127, 45), (126, 46)])
    spike = Polygon([(128, 45), (129, 45), (129, 46), (128, 45), (127.5, 44.5), (128, 45)])
    united = union_of(frame(c1=bow_tie, c2=spike), ["1", "2"])
    assert united.is_valid
    assert area_km2(united) == pytest.approx(
        area_km2(shapely.make_valid(bow_tie)) + area_km2(Polygon([(128, 45), (129, 45), (129, 46)]))
    )
    assert united.bounds == (126.0, 45.0, 129.0, 46.0)


def test_repeats_and_order_do_not_matter(prefectures: gpd.GeoDataFrame) -> None:
    once = union_of(prefectures, ["230100", "230600"])
    assert union_of(prefectures, ["230600", "230100", "230600"]).equals(once)


def test_a_union_over_levels(prefectures: gpd.GeoDataFrame, counties: gpd.GeoDataFrame) -> None:
    both = gpd.GeoDataFrame(pd.concat([prefectures, counties]))
    assert union_of(both, ["230100", "230113"]).equals(union_of(prefectures, ["230100"]))


def test_codes_without_a_polygon_are_named() -> None:
    boundaries = frame(c1=box(126, 45, 127, 46), c2=None, c3=Polygon())
    with pytest.raises(UnknownPlaceError, match="4, 5"):
        union_of(boundaries, ["1", "4", "5"])
    with pytest.raises(UnknownPlaceError, match="nothing to unite"):
        union_of(boundaries, [])
    with pytest.raises(UnknownPlaceError, match="2, 3"):
        union_of(boundaries, ["2", "3"])


def grid_area_km2(shape: BaseGeometry) -> float:
    """Measure with a vertex at every grid point of the edges.

    An edge of 0.9 degrees along a parallel, read as a geodesic, leaves it by 100 m in the middle,
    which takes 0.6 % from a box of a tenth of a degree. Where boxes meet in a T-junction the
    edge of the union has a vertex that the one of the box lacks: only edges cut alike compare.
    """
    return area_km2(shapely.segmentize(shape, 0.1 + 1e-6))


@given(boxes=st.lists(grid_boxes(), min_size=1, max_size=6))
@example(boxes=[box(123.8, 50.2, 124.0, 50.3), box(123.4, 50.0, 124.2, 50.3)])
@example(boxes=[box(123.2, 48.0, 123.7, 48.4), box(123.3, 48.4, 124.2, 48.5)])
def test_a_union_is_as_large_as_its_largest_and_no_larger_than_the_sum(
    boxes: list[Polygon],
) -> None:
    boundaries = frame(**{f"c{i}": shape for i, shape in enumerate(boxes)})
    united = union_of(boundaries, boundaries.index)
    areas = [grid_area_km2(shape) for shape in boxes]
    rounding = 1 + 1e-9
    assert united.is_valid
    assert max(areas) <= grid_area_km2(united) * rounding
    assert grid_area_km2(united) <= sum(areas) * rounding


# --- CRS ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("crs", [None, "EPSG:3857", "EPSG:4490", "EPSG:32652"])
def test_a_frame_must_be_in_wgs84(crs: str | None) -> None:
    boundaries = gpd.GeoDataFrame(geometry=[box(126, 45, 127, 46)], index=["1"], crs=crs)
    with pytest.raises(CrsError, match="EPSG:4326") as caught:
        union_of(boundaries, ["1"])
    assert isinstance(caught.value, GeoError)
    with pytest.raises(CrsError, match="EPSG:4326"):
        simplify_for_web(boundaries, 100)


def test_crs84_is_wgs84_with_the_axes_as_we_write_them() -> None:
    boundaries = gpd.GeoDataFrame(geometry=[box(126, 45, 127, 46)], index=["1"], crs="OGC:CRS84")
    assert union_of(boundaries, ["1"]).bounds == (126.0, 45.0, 127.0, 46.0)


@pytest.mark.parametrize(
    ("extent", "code"),
    [
        ((126.0, 45.0, 127.5, 46.0), 32652),
        ((120.0, 43.0, 126.0, 54.0), 32651),  # a zone from edge to edge
        ((174.0, 10.0, 180.0, 11.0), 32660),
        ((-70.0, -34.0, -68.0, -33.0), 32719),
    ],
)
def test_a_utm_zone_where_one_is_wide_enough(
    extent: tuple[float, float, float, float], code: int
) -> None:
    assert metric_crs_for(box(*extent)).to_epsg() == code


@pytest.mark.parametrize(
    "extent", [(121.0, 43.0, 135.0, 53.5), (125.0, 45.0, 127.0, 46.0), (10.0, 80.0, 12.0, 85.0)]
)
def test_elsewhere_an_equal_area_projection_in_its_middle(
    extent: tuple[float, float, float, float],
) -> None:
    crs = metric_crs_for(box(*extent))
    assert crs.is_projected
    assert [axis.unit_name for axis in crs.axis_info] == ["metre", "metre"]
    middle = Point((extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2)
    x, y = shapely.get_coordinates(project(middle, "EPSG:4326", crs))[0]
    assert (x, y) == pytest.approx((0, 0), abs=0.01)
    patch = shapely.segmentize(box(*extent), 0.02)
    assert project(patch, "EPSG:4326", crs).area / 1e6 == pytest.approx(area_km2(patch), rel=1e-5)


def test_projected_and_swapped_coordinates_are_refused() -> None:
    for wrong in (Point(444_000, 5_066_000), Point(45.75, 126.64)):
        for function in (metric_crs_for, length_km, area_km2):
            with pytest.raises(CrsError, match="longitude comes first"):
                function(wrong)
    with pytest.raises(CrsError):
        corridor([(45.75, 126.64)], 1_000)
    with pytest.raises(ValueError, match="empty"):
        metric_crs_for(Point())


def test_project_there_and_back_and_unknown_crs() -> None:
    harbin = Point(HARBIN)
    there = project(harbin, "EPSG:4326", "EPSG:32652")
    easting, northing = shapely.get_coordinates(there)[0]
    assert 300_000 < easting < 330_000
    assert northing == pytest.approx(5_069_000, abs=3_000)
    back = project(there, "EPSG:32652", "EPSG:4326")
    assert shapely.equals_exact(back, harbin, tolerance=1e-9)
    with pytest.raises(CrsError, match="PROJ"):
        project(harbin, "EPSG:4326", "EPSG:999999")


# --- corridor ----------------------------------------------------------------------------------


def geodesic_distances_m(ring: shapely.LinearRing, stops: list[tuple[float, float]]) -> list[float]:
    """Measure from points on a ring, straight in degrees as GeoJSON has it, to the geodesics."""
    course: list[tuple[float, float]] = [stops[0]]
    for start, end in pairwise(stops):
        steps = GEOD.inv_intermediate(*start, *end, npts=3_000, return_back_azimuth=True)
        course += [*zip(steps.lons, steps.lats, strict=True), end]
    lons, lats = np.array(course).T
    edge = shapely.get_coordinates(shapely.segmentize(ring, 0.02))[::3]
    distances = []
    for lon, lat in edge:
        near = np.argsort(((lons - lon) * np.cos(np.radians(lat))) ** 2 + (lats - lat) ** 2)[:50]
        here = np.full(len(near), lon), np.full(len(near), lat)
        distances.append(float(GEOD.inv(*here, lons[near], lats[near])[2].min()))
    return distances


@pytest.mark.parametrize("radius_m", [5_000.0, 20_000.0, 50_000.0])
@pytest.mark.parametrize(
    "stops",
    [[HARBIN, DAQING, QIQIHAR], [HARBIN, MUDANJIANG], [HARBIN]],
    ids=["three stops", "within a UTM zone", "one stop"],
)
def test_a_corridor_is_as_wide_as_asked(stops: list[tuple[float, float]], radius_m: float) -> None:
    band = corridor(stops, radius_m)
    assert band.is_valid
    assert band.exterior.is_ccw
    assert len(band.interiors) == 0
    distances = geodesic_distances_m(band.exterior, stops)
    assert min(distances) == pytest.approx(radius_m, rel=0.001)
    assert max(distances) == pytest.approx(radius_m, rel=0.001)


def test_a_disc_has_the_area_of_a_disc() -> None:
    assert area_km2(corridor([HARBIN], 10_000)) == pytest.approx(np.pi * 100, rel=0.002)


def test_a_stop_named_twice_changes_nothing() -> None:
    assert corridor([HARBIN, HARBIN, DAQING], 5_000).equals(corridor([HARBIN, DAQING], 5_000))
    assert corridor([HARBIN, HARBIN], 5_000).equals(corridor([HARBIN], 5_000))


@given(
    stops=st.lists(
        st.tuples(st.floats(121.5, 134.5), st.floats(43.5, 53.0)), min_size=1, max_size=5
    ),
    radius_m=st.floats(500, 80_000),
)
@example(stops=[(122.625, 44.0), (122.640625, 44.0)], radius_m=500.0)  # a leg of 1.3 km
@example(stops=[(122.625, 44.0), (122.625 + 1e-13, 44.0), (122.7, 44.0)], radius_m=500.0)
@settings(max_examples=50, deadline=None)
def test_a_corridor_contains_its_stops(stops: list[tuple[float, float]], radius_m: float) -> None:
    band = corridor(stops, radius_m)
    assert isinstance(band, Polygon)
    assert band.is_valid
    assert covers(band, *np.array(stops).T).all()


@pytest.mark.parametrize("radius_m", [0.0, -1.0, float("nan"), float("inf")])
def test_a_corridor_needs_a_width_and_a_stop(radius_m: float) -> None:
    with pytest.raises(ValueError, match="radius"):
        corridor([HARBIN], radius_m)
    with pytest.raises(ValueError, match="at least one point"):
        corridor([], 1_000)


# --- measures ----------------------------------------------------------------------------------


def test_areas_on_the_ellipsoid() -> None:
    # The whole ellipsoid of WGS 84 has 510,065,622 km²; an octant has an eighth.
    octant = Polygon([(0, 0), (90, 0), (90, 90), (0, 90)])
    assert area_km2(octant) == pytest.approx(510_065_621.7 / 8, rel=1e-6)
    outer, inner = box(126, 45, 127, 46), box(126.4, 45.4, 126.5, 45.5)
    for hole in (inner.exterior.coords, inner.exterior.coords[::-1]):
        for shell in (outer.exterior.coords, outer.exterior.coords[::-1]):
            assert area_km2(Polygon(shell, [hole])) == pytest.approx(
                area_km2(outer) - area_km2(inner), abs=1e-6
            )
    assert area_km2(MultiPolygon([inner, box(128, 45, 129, 46)])) == pytest.approx(
        area_km2(inner) + area_km2(outer), abs=1e-6
    )


@pytest.mark.parametrize("shape", [Point(HARBIN), shapely.LineString([HARBIN, DAQING]), Polygon()])
def test_what_has_no_area_has_area_0(shape: BaseGeometry) -> None:
    assert area_km2(shape) == 0.0


def test_lengths_on_the_ellipsoid() -> None:
    quarter_meridian = shapely.LineString([(126, 0), (126, 90)])
    assert length_km(quarter_meridian) == pytest.approx(10_001.965729, abs=1e-6)
    assert length_km(shapely.LineString([HARBIN, DAQING])) == pytest.approx(
        GEOD.inv(*HARBIN, *DAQING)[2] / 1_000, abs=1e-9
    )
    assert length_km(Point(HARBIN)) == 0.0
    assert length_km(Polygon()) == 0.0


def test_bounds_pass_over_what_is_empty() -> None:
    shapes = [None, Point(HARBIN), Polygon(), box(120, 44, 121, 45)]
    assert bounds_of(shapes) == (120.0, 44.0, 126.64, 45.75)
    assert bounds_of([None, Polygon()]) is None
    assert bounds_of([]) is None


def test_a_representative_point_lies_in_the_largest_part(prefectures: gpd.GeoDataFrame) -> None:
    horseshoe = box(0, 0, 10, 10).difference(box(2, 2, 10, 8))
    assert covers(horseshoe, *representative_point(horseshoe))
    assert not covers(horseshoe, horseshoe.centroid.x, horseshoe.centroid.y)
    big, small = box(0, 0, 2, 2), box(5, 5, 5.1, 5.1)
    assert representative_point(MultiPolygon([small, big])) == (1.0, 1.0)
    assert representative_point(Point(HARBIN)) == HARBIN
    for shape in prefectures.geometry:
        assert covers(shape, *representative_point(shape))
    with pytest.raises(ValueError, match="empty"):
        representative_point(Polygon())


def test_covers_takes_the_border_in_and_nan_nowhere(counties: gpd.GeoDataFrame) -> None:
    square = box(126, 45, 127, 46)
    lon, lat = np.array([[126.5, 126.0, 128.0, np.nan]]), np.array([[45.5, 45.0, 45.5, 45.5]])
    assert covers(square, lon, lat).tolist() == [[True, True, False, False]]
    nangang = counties.geometry.loc["230103"]
    assert covers(nangang, 126.66, 45.74)
    assert not covers(nangang, *DAQING)


# --- rounding and winding ----------------------------------------------------------------------


@given(shape=stars(), decimals=st.integers(2, 7))
def test_rounding_is_valid_idempotent_and_of_that_many_decimals(
    shape: Polygon, decimals: int
) -> None:
    rounded = round_coordinates(shape, decimals)
    assert rounded.is_valid
    assert shapely.get_precision(rounded) == 0.0
    assert round_coordinates(rounded, decimals).equals(rounded)
    coordinates = shapely.get_coordinates(rounded).ravel().tolist()
    assert all(len(repr(value).partition(".")[2]) <= decimals for value in coordinates)
    if not rounded.is_empty:
        assert shapely.hausdorff_distance(rounded.boundary, shape.boundary) <= 2 * 10.0**-decimals


def test_rounding_points_and_boundaries(prefectures: gpd.GeoDataFrame) -> None:
    point = round_coordinates(Point(126.123456789, 45.987654321))
    assert shapely.get_coordinates(point).tolist() == [[126.1234568, 45.9876543]]
    harbin = prefectures.geometry.loc["230100"]
    assert area_km2(round_coordinates(harbin)) == pytest.approx(area_km2(harbin), rel=1e-9)
    assert round_coordinates(box(126, 45, 126.001, 46), 2).is_empty
    assert round_coordinates(Polygon()).is_empty


def test_rounding_drops_the_collapsed_part() -> None:
    shape = MultiPolygon([box(126, 45, 127, 46), box(128, 45, 128.00001, 45.00001)])
    assert round_coordinates(shape, 3).equals(box(126, 45, 127, 46))


@given(shape=stars(), other=stars())
def test_exteriors_run_counter_clockwise_and_holes_clockwise(
    shape: Polygon, other: Polygon
) -> None:
    oriented = orient_rfc7946(MultiPolygon([shape, other]))
    assert isinstance(oriented, MultiPolygon)
    for before, after in zip((shape, other), oriented.geoms, strict=True):
        assert after.exterior.is_ccw
        assert not any(hole.is_ccw for hole in after.interiors)
        assert after.equals(before)
    assert orient_rfc7946(oriented).wkb == oriented.wkb


def test_what_is_no_polygon_keeps_its_direction() -> None:
    line = shapely.LineString([DAQING, HARBIN])
    assert orient_rfc7946(line).wkb == line.wkb
    assert orient_rfc7946(Point(HARBIN)).wkb == Point(HARBIN).wkb


# --- simplify_for_web --------------------------------------------------------------------------


@pytest.mark.parametrize("tolerance_m", [100.0, 500.0, 2_000.0])
def test_simplified_neighbours_still_share_their_borders(
    counties: gpd.GeoDataFrame, tolerance_m: float
) -> None:
    simple = simplify_for_web(counties, tolerance_m)
    assert list(simple.index) == list(counties.index)
    assert list(simple.columns) == list(counties.columns)
    assert simple.crs == "EPSG:4326"
    assert simple.is_valid.all()
    assert not simple.is_empty.any()
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert _vertices(simple) < _vertices(counties)
    united = union_of(simple, simple.index)
    assert area_km2(united) == pytest.approx(452_869, rel=0.001)
    assert shapely.get_num_geometries(united) == 1


def test_two_kilometres_leave_less_than_a_third_of_the_vertices(
    counties: gpd.GeoDataFrame,
) -> None:
    assert _vertices(simplify_for_web(counties, 2_000)) < _vertices(counties) / 3


def test_without_tolerance_the_shapes_stay(prefectures: gpd.GeoDataFrame) -> None:
    same = simplify_for_web(prefectures, 0)
    for before, after in zip(prefectures.geometry, same.geometry, strict=True):
        assert area_km2(before.symmetric_difference(after)) < 0.001


def test_the_overlap_in_the_source_is_cleaned() -> None:
    provinces = read_boundaries("province")
    assert not shapely.coverage_is_valid(provinces.geometry.to_numpy())
    simple = simplify_for_web(provinces, 2_000)
    assert len(simple) == 34
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert simple.is_valid.all()


def test_simplify_refuses_what_it_cannot_do(prefectures: gpd.GeoDataFrame) -> None:
    for tolerance_m in (-1.0, float("nan")):
        with pytest.raises(ValueError, match="tolerance"):
            simplify_for_web(prefectures, tolerance_m)
    nested = frame(c1=box(126, 45, 127, 46), c2=box(126.4, 45.4, 126.6, 45.6))
    with pytest.raises(ValueError, match="inside another"):
        simplify_for_web(nested, 100)
    assert simplify_for_web(prefectures.iloc[:0], 100).empty


def _vertices(boundaries: gpd.GeoDataFrame) -> int:
    return int(shapely.get_num_coordinates(boundaries.geometry.to_numpy()).sum())
