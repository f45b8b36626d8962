"""The built boundaries: complete, valid, in WGS 84, and at one with the gazetteer."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon

from geo.compile.boundaries import (
    build_boundaries,
    check_counties,
    read_without_polygon,
    valid_multipolygon,
)
from geo.compile.history import Run
from geo.errors import TableError
from geo.gazetteer import BUILT, Gazetteer, load_gazetteer

FILE = BUILT / "boundaries.gpkg"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def levels() -> dict[str, gpd.GeoDataFrame]:
    return {
        level: gpd.read_file(FILE, layer=level) for level in ("province", "prefecture", "county")
    }


@pytest.mark.parametrize(
    ("level", "country", "heilongjiang"),
    [("province", 34, 1), ("prefecture", 391, 13), ("county", 2888, 121)],
)
def test_counts_and_columns(
    levels: dict[str, gpd.GeoDataFrame], level: str, country: int, heilongjiang: int
) -> None:
    frame = levels[level]
    assert len(frame) == country
    assert sum(frame["adcode"].str.startswith("23")) == heilongjiang
    assert list(frame.columns) == ["adcode", "name", "parent", "geometry"]
    assert frame.crs == "EPSG:4326"
    assert frame["adcode"].is_unique
    assert set(frame.geom_type) == {"MultiPolygon"}
    assert frame.is_valid.all()


def test_names_and_parents_are_the_gazetteers(
    levels: dict[str, gpd.GeoDataFrame], gazetteer: Gazetteer
) -> None:
    for frame in levels.values():
        for row in frame.itertuples():
            division = gazetteer.division(row.adcode)
            assert row.name == division.name
            assert (row.parent or None) == division.parent


def test_todays_lowest_divisions_are_the_county_polygons(
    levels: dict[str, gpd.GeoDataFrame], gazetteer: Gazetteer
) -> None:
    lowest = {d.adcode for d in gazetteer.divisions() if not gazetteer.children(d.adcode)}
    assert lowest - set(levels["county"]["adcode"]) == read_without_polygon()
    assert set(levels["county"]["adcode"]) <= lowest


def test_counties_fill_heilongjiang(levels: dict[str, gpd.GeoDataFrame]) -> None:
    def ground(level: str) -> shapely.Geometry:
        frame = levels[level].to_crs("EPSG:6933")
        return frame[frame["adcode"].str.startswith("23")].union_all()

    province, counties = ground("province"), ground("county")
    assert counties.symmetric_difference(province).area < 0.002 * province.area


def test_seats_lie_in_their_divisions(levels: dict[str, gpd.GeoDataFrame]) -> None:
    polygons = {
        code: shape
        for frame in levels.values()
        for code, shape in zip(frame["adcode"], frame.geometry, strict=True)
    }
    with (Path(BUILT) / "seats.csv").open(encoding="utf-8", newline="") as stream:
        outside = [
            row["adcode"]
            for row in csv.DictReader(stream)
            if row["adcode"] in polygons
            and not polygons[row["adcode"]].intersects(Point(float(row["lon"]), float(row["lat"])))
        ]
    # 加格达奇, seat of 大兴安岭地区, lies within Inner Mongolia's polygons.
    assert outside == ["232700"]


def test_a_bow_tie_becomes_two_triangles() -> None:
    repaired = valid_multipolygon(Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]))
    assert isinstance(repaired, MultiPolygon)
    assert repaired.is_valid
    assert len(repaired.geoms) == 2
    assert repaired.area == pytest.approx(2.0)


def run(adcode: str, parent: str = "900000") -> Run:
    return Run(adcode, "某县", "county", parent, 2000, None, (adcode,))


def square(*codes: str) -> gpd.GeoDataFrame:
    shape = Polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    return gpd.GeoDataFrame(
        {"adcode": list(codes), "name": "x"}, geometry=[shape for _ in codes], crs="EPSG:4326"
    )


def test_codes_are_translated_or_dropped_and_unknown_ones_refused() -> None:
    codes = {"900001": "900002", "900009": ""}
    built = build_boundaries(square("900001", "900009"), codes, {"900002": run("900002")})
    assert list(built["adcode"]) == ["900002"]
    assert list(built["name"]) == ["某县"]
    with pytest.raises(TableError, match="900003"):
        build_boundaries(square("900003"), codes, {"900002": run("900002")})


def test_missing_and_surplus_polygons_are_refused() -> None:
    divisions = {"900002": run("900002"), "900003": run("900003")}
    with pytest.raises(TableError, match=r"without a polygon: 900003"):
        check_counties(square("900002"), divisions, frozenset())
    check_counties(square("900002"), divisions, frozenset({"900003"}))
    with pytest.raises(TableError, match=r"should not be there: 900003"):
        check_counties(square("900002", "900003"), divisions, frozenset({"900003"}))
