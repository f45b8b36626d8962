"""From places and precision to a shape, and why there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import MultiPolygon, Point, box

from geo.gazetteer import Division, Gazetteer, Seat, load_gazetteer
from geo.geometry import read_boundaries
from geo.sites import Site, Town
from layers.model import Basis, Evidence, Feature, Precision
from layers.placement import CORRIDOR_RADIUS_M, Ground, place_features, read_ground, why_unlocated

LEVELS = {"230000": "province", "230100": "prefecture", "230113": "county", "230200": "prefecture"}


def division(adcode: str, level: str) -> Division:
    return Division(adcode, f"名{adcode}", level, None, 1980, None, (adcode,))


@pytest.fixture
def ground() -> Ground:
    """Two prefectures side by side, a county in the first one; a site and a town in it."""
    shapes = {
        "230000": box(126, 45, 130, 46),
        "230100": box(126, 45, 128, 46),
        "230113": box(126, 45, 127, 46),
        "230200": box(128, 45, 130, 46),
    }
    seats = {
        code: Seat(shape.centroid.x, shape.centroid.y, "geonames") for code, shape in shapes.items()
    }
    site = Site(
        "zone", "平房开发区", ("平房工业园",), "national", "etdz", "230113", 126.7, 45.6,
        "site", None, None, "x", "",
    )  # fmt: skip
    bare = replace(site, id="bare", name="无点区", aliases=(), lon=None, lat=None)
    town = Town("周家镇", "230113", 126.4, 45.5, 1, None, None, "x", "")
    return Ground(
        Gazetteer([division(code, level) for code, level in LEVELS.items()], seats),
        gpd.GeoDataFrame(geometry=gpd.GeoSeries(shapes, crs="EPSG:4326")),
        (site, bare),
        (town,),
    )


def feature(layer: str, *places: str, precision: Precision, **more: Any) -> Feature:
    base = Feature(
        id=f"p:{layer}:x",
        layer=layer,
        plan="p",
        period_start=2011,
        period_end=2013,
        name="某项目",
        evidence=Evidence("s.txt", 1, 0, 3, "某项目"),
        places=places,
        place_names=tuple(f"名{code}" for code in places),
        basis=Basis.TEXT if places else Basis.UNKNOWN,
        precision=precision,
    )
    return replace(base, **more)


def placed(ground: Ground, *args: str, **more: Any) -> Feature:
    precision = more.pop("precision")
    assert isinstance(precision, Precision)
    (result,) = place_features([feature(*args, precision=precision, **more)], ground)
    return result


@pytest.mark.parametrize("layer", ["parks", "projects", "alliances"])
def test_one_place_is_its_seat(ground: Ground, layer: str) -> None:
    result = placed(ground, layer, "230113", precision=Precision.COUNTY)
    assert result.geometry == Point(126.5, 45.5)
    assert result.precision is Precision.COUNTY
    assert why_unlocated(result) is None


def test_a_site_by_its_name_or_another_one(ground: Ground) -> None:
    by_name = placed(ground, "parks", "230113", precision=Precision.SITE, name="平房开发区")
    written = placed(
        ground, "projects", "230113", precision=Precision.SITE, places_as_written=("平房工业园",)
    )
    assert by_name.geometry == written.geometry == Point(126.7, 45.6)
    assert by_name.precision is Precision.SITE


def test_a_town(ground: Ground) -> None:
    result = placed(
        ground, "projects", "230113", precision=Precision.TOWNSHIP, places_as_written=("周家镇",)
    )
    assert result.geometry == Point(126.4, 45.5)
    assert result.precision is Precision.TOWNSHIP


def test_a_site_without_a_point_is_at_the_seat_and_says_so(ground: Ground) -> None:
    result = placed(ground, "parks", "230113", precision=Precision.SITE, name="无点区")
    assert result.geometry == Point(126.5, 45.5)
    assert result.precision is Precision.COUNTY


def test_a_county_that_shares_a_name_with_a_site_is_not_moved_to_it(ground: Ground) -> None:
    result = placed(ground, "parks", "230113", precision=Precision.COUNTY, name="平房开发区")
    assert result.geometry == Point(126.5, 45.5)


def test_a_geometry_that_is_there_stays(ground: Ground) -> None:
    result = placed(
        ground, "parks", "230113", precision=Precision.SITE, geometry=Point(126.1, 45.1)
    )
    assert result.geometry == Point(126.1, 45.1)


@pytest.mark.parametrize("layer", ["layout", "clusters", "focus"])
def test_an_area_is_the_union_of_its_divisions(ground: Ground, layer: str) -> None:
    result = placed(ground, layer, "230100", "230200", precision=Precision.REGION)
    assert result.geometry is not None
    assert result.geometry.equals(box(126, 45, 130, 46))


def test_a_corridor_is_a_band_through_the_seats(ground: Ground) -> None:
    result = placed(
        ground, "layout", "230100", "230200", precision=Precision.REGION, role="corridor"
    )
    assert result.geometry is not None
    west, south, east, north = result.geometry.bounds
    # 15 km beyond the seats at 127 and 129 east: 0.19 degrees of longitude, 0.135 of latitude.
    assert (west, east) == (pytest.approx(126.808, abs=0.003), pytest.approx(129.192, abs=0.003))
    assert (south, north) == (pytest.approx(45.365, abs=0.004), pytest.approx(45.635, abs=0.008))


def test_the_corridor_of_harbin_daqing_qiqihar_takes_in_the_towns_on_the_line() -> None:
    gazetteer = load_gazetteer()
    (result,) = place_features(
        [
            feature(
                "layout",
                "230100",
                "230600",
                "230200",
                precision=Precision.REGION,
                role="corridor",
            )
        ],
        read_ground(gazetteer),
    )
    assert result.geometry is not None
    assert CORRIDOR_RADIUS_M == 15_000
    for code in ("230100", "230600", "230200", "231281", "231282"):  # 安达, 肇东 last
        seat = gazetteer.seat(code)
        assert shapely.contains_xy(result.geometry, seat.lon, seat.lat), code


def test_indicators_get_no_geometry(ground: Ground) -> None:
    result = placed(ground, "indicators", "230100", precision=Precision.PREFECTURE)
    assert result.geometry is None
    assert why_unlocated(result) is None


@pytest.mark.parametrize(
    ("layer", "places", "precision", "basis", "reason"),
    [
        (
            "projects",
            (),
            Precision.NONE,
            Basis.UNKNOWN,
            "the plan names no place for it, and no table knows where it is",
        ),
        (
            "projects",
            ("230100", "230200"),
            Precision.REGION,
            Basis.TEXT,
            "it stands in several places: 名230100、名230200",
        ),
        (
            "parks",
            ("230000",),
            Precision.PROVINCE,
            Basis.TEXT,
            "the plan places it in 名230000 as a whole",
        ),
        (
            "clusters",
            ("230000",),
            Precision.PROVINCE,
            Basis.CONTEXT,
            "the plan places it in 名230000 as a whole",
        ),
        (
            "clusters",
            ("239999",),
            Precision.COUNTY,
            Basis.TEXT,
            "no coordinates are known for 名239999",
        ),
        (
            "parks",
            ("239999",),
            Precision.COUNTY,
            Basis.TEXT,
            "no coordinates are known for 名239999",
        ),
    ],
)
def test_why_there_is_no_shape(
    ground: Ground,
    layer: str,
    places: tuple[str, ...],
    precision: Precision,
    basis: Basis,
    reason: str,
) -> None:
    result = placed(ground, layer, *places, precision=precision, basis=basis)
    assert result.geometry is None
    assert why_unlocated(result) == reason


def test_an_area_that_the_text_says_is_the_whole_province(ground: Ground) -> None:
    result = placed(ground, "layout", "230000", precision=Precision.PROVINCE)
    assert result.geometry is not None
    assert result.geometry.equals(box(126, 45, 130, 46))


def test_the_ground_holds_every_division_of_the_province() -> None:
    ground = read_ground(load_gazetteer())
    counties = read_boundaries("county", "230000")
    assert set(counties.index) <= set(ground.polygons.index)
    assert ground.polygons.index.is_unique
    assert isinstance(ground.polygons.geometry["230113"], MultiPolygon)


def test_features_with_the_same_places_share_one_shape(ground: Ground) -> None:
    one = feature("focus", "230100", "230200", precision=Precision.REGION)
    placed = place_features([one, replace(one, id="p:focus:y")], ground)
    shape, again = placed[0].geometry, placed[1].geometry
    assert shape is again
    assert shape is not None
    assert shape.bounds == (126, 45, 130, 46)
