"""The tables of sites and towns, row by row, and what the reader refuses."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import Point

from geo.errors import DataMissingError, TableError, UnknownPlaceError
from geo.gazetteer import load_gazetteer
from geo.geometry import read_boundaries
from geo.sites import SITE_COLUMNS, TOWN_COLUMNS, Site, Town, read_sites, read_towns

SITES = read_sites()
TOWNS = read_towns()
ELSEWHERE = {
    "jilin-hidz",
    "shenshan-cooperation-zone",
    "zhuhai-gaolan-port",
    "taizhou-bay-cluster-zone",
    "taizhou-bay-new-district",
}
FIRST_YEAR, LAST_YEAR = 1949, 2026

SITE_ROW = {
    "id": "a-park",
    "name": "甲园区",
    "aliases": "甲园;甲产业园",
    "level": "other",
    "kind": "park",
    "adcode": "230108",
    "lon": "",
    "lat": "",
    "precision": "county",
    "valid_from": "2010",
    "valid_to": "",
    "source": "plan text",
    "note": "",
}
TOWN_ROW = {
    "name": "甲镇",
    "adcode": "230125",
    "lon": "127.15628",
    "lat": "45.7487",
    "geonameid": "2038285",
    "valid_from": "",
    "valid_to": "2013",
    "source": "GeoNames",
    "note": "",
}


@pytest.fixture(scope="module")
def counties() -> gpd.GeoDataFrame:
    return read_boundaries("county", "230000")


def site_id(site: Site) -> str:
    return site.id


def town_id(town: Town) -> str:
    return f"{town.name}-{town.adcode}"


def write(path: Path, columns: tuple[str, ...], *rows: dict[str, str]) -> Path:
    lines = [",".join(columns), *(",".join(row[column] for column in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# --- the rows of the package ---------------------------------------------------------------------


@pytest.mark.parametrize("site", SITES, ids=site_id)
def test_site_lies_in_a_division_of_today(site: Site) -> None:
    division = load_gazetteer().division(site.adcode)
    assert division.level == ("prefecture" if site.precision == "prefecture" else "county")
    # Zones of other provinces are there where their name does not say where they are.
    home = "230000"
    assert load_gazetteer().within(site.adcode, home) or site.id in ELSEWHERE


@pytest.mark.parametrize("site", [s for s in SITES if s.lon is not None], ids=site_id)
def test_point_of_a_site_lies_in_its_division(site: Site, counties: gpd.GeoDataFrame) -> None:
    assert counties.geometry[site.adcode].contains(Point(site.lon, site.lat))


@pytest.mark.parametrize("site", SITES, ids=site_id)
def test_site_names_source_and_years(site: Site) -> None:
    assert len(site.source) >= len("plan text")
    assert all(len(name) >= 2 for name in site.names)
    assert FIRST_YEAR <= (site.valid_from or FIRST_YEAR) <= (site.valid_to or LAST_YEAR)
    assert (site.valid_to or LAST_YEAR) <= LAST_YEAR


@pytest.mark.parametrize("town", TOWNS, ids=town_id)
def test_town_lies_in_a_county_of_today(town: Town) -> None:
    assert load_gazetteer().division(town.adcode).level == "county"
    assert load_gazetteer().within(town.adcode, "230000")
    assert len(town.source) >= len("GeoNames")


@pytest.mark.parametrize("town", [t for t in TOWNS if t.lon is not None], ids=town_id)
def test_point_of_a_town_lies_in_its_county(town: Town, counties: gpd.GeoDataFrame) -> None:
    assert counties.geometry[town.adcode].contains(Point(town.lon, town.lat))


def test_no_site_bears_the_name_of_a_division() -> None:
    divisions = {division.name for division in load_gazetteer().divisions_ever()}
    assert divisions.isdisjoint(name for site in SITES for name in site.names)


@pytest.mark.parametrize(
    ("name", "adcode"),
    [
        ("利民开发区", "230111"),
        ("宾西经济技术开发区", "230125"),
        ("大庆林源化工园区", "230606"),
        ("黑河庆华新能源产业园", "231181"),
        ("哈尔滨平房汽车园", "230108"),
        ("大庆高新区", "230600"),
    ],
)
def test_site_of_a_plan_is_found_by_the_name_that_the_plan_uses(name: str, adcode: str) -> None:
    assert [site.adcode for site in SITES if name in site.names] == [adcode]


@pytest.mark.parametrize(
    ("name", "adcode"), [("宝泉岭", "230421"), ("九三", "231183"), ("松花江农场", "230123")]
)
def test_farms_lie_in_the_counties_around_them(name: str, adcode: str) -> None:
    assert [town.adcode for town in TOWNS if town.name == name] == [adcode]


def test_the_national_zones_of_the_catalogue_are_all_there() -> None:
    kinds = [site.kind for site in SITES if "2018 catalogue" in site.source]
    assert (kinds.count("etdz"), kinds.count("hidz")) == (8, 3)
    assert (kinds.count("bonded"), kinds.count("border")) == (2, 3)


# --- reading -------------------------------------------------------------------------------------


def test_site_row_becomes_a_site(tmp_path: Path) -> None:
    assert read_sites(write(tmp_path / "s.csv", SITE_COLUMNS, SITE_ROW)) == (
        Site(
            id="a-park",
            name="甲园区",
            aliases=("甲园", "甲产业园"),
            level="other",
            kind="park",
            adcode="230108",
            lon=None,
            lat=None,
            precision="county",
            valid_from=2010,
            valid_to=None,
            source="plan text",
            note="",
        ),
    )


def test_town_row_becomes_a_town(tmp_path: Path) -> None:
    (town,) = read_towns(write(tmp_path / "t.csv", TOWN_COLUMNS, TOWN_ROW))
    assert (town.lon, town.lat, town.geonameid) == (127.15628, 45.7487, 2038285)
    assert (town.valid_from, town.valid_to) == (None, 2013)


def test_towns_of_one_name_in_two_counties_are_two_rows(tmp_path: Path) -> None:
    other = TOWN_ROW | {"adcode": "230126", "lon": "", "lat": "", "geonameid": ""}
    towns = read_towns(write(tmp_path / "t.csv", TOWN_COLUMNS, TOWN_ROW, other))
    assert [town.adcode for town in towns] == ["230125", "230126"]


@pytest.mark.parametrize(
    ("year", "valid"), [(2009, False), (2010, True), (2013, True), (2014, False)]
)
def test_years_are_inclusive(tmp_path: Path, year: int, valid: bool) -> None:
    row = SITE_ROW | {"valid_to": "2013"}
    (site,) = read_sites(write(tmp_path / "s.csv", SITE_COLUMNS, row))
    assert site.valid_in(year) is valid


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "A Park"}, "no slug"),
        ({"name": ""}, "name is empty"),
        ({"source": ""}, "source is empty"),
        ({"aliases": "甲园;"}, "an alias is empty"),
        ({"aliases": "甲园;甲园"}, "'甲园' stands in line 2 already"),
        ({"level": "local"}, "level 'local' is unknown: use one of national, provincial, other"),
        ({"kind": "garden"}, "kind 'garden' is unknown"),
        ({"precision": "exact"}, "precision 'exact' is unknown"),
        ({"adcode": "23010"}, "no division code"),
        ({"adcode": "230100"}, "no county-level code"),
        ({"precision": "prefecture"}, "no prefecture-level code"),
        ({"precision": "site"}, "does not fit lon/lat"),
        ({"lon": "126.6", "lat": "45.6"}, "does not fit lon/lat"),
        ({"lon": "126.6", "precision": "site"}, "give both in degrees"),
        ({"lon": "45.6", "lat": "126.6", "precision": "site"}, "longitude first"),
        ({"valid_from": "today"}, "no year"),
        ({"valid_to": "2009"}, "valid_to lies before valid_from"),
        ({"note": " x"}, "blanks around note"),
        ({"note": "a,b"}, "14 fields instead of 13"),
        ({"note": '"a'}, "mend the quotes"),
    ],
)
def test_wrong_site_row_is_refused_with_file_line_and_remedy(
    tmp_path: Path, change: dict[str, str], words: str
) -> None:
    path = write(tmp_path / "s.csv", SITE_COLUMNS, SITE_ROW | change)
    with pytest.raises(TableError) as caught:
        read_sites(path)
    assert words in str(caught.value)
    assert f"{path}, line " in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"adcode": "230100"}, "no county-level code"),
        ({"geonameid": ""}, "belong together"),
        ({"geonameid": "0x1"}, "is no number"),
        ({"lon": "", "lat": ""}, "belong together"),
        ({"source": ""}, "source is empty"),
    ],
)
def test_wrong_town_row_is_refused(tmp_path: Path, change: dict[str, str], words: str) -> None:
    with pytest.raises(TableError, match=f"line 2: .*{words}"):
        read_towns(write(tmp_path / "t.csv", TOWN_COLUMNS, TOWN_ROW | change))


def test_second_row_of_one_town_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="line 3: town '甲镇 in 230125' stands in line 2 already"):
        read_towns(write(tmp_path / "t.csv", TOWN_COLUMNS, TOWN_ROW, TOWN_ROW))


def test_alias_of_one_site_may_not_name_another(tmp_path: Path) -> None:
    other = SITE_ROW | {"id": "b-park", "name": "乙园区", "aliases": "甲园区"}
    with pytest.raises(TableError, match="line 3: name or alias '甲园区' stands in line 2"):
        read_sites(write(tmp_path / "s.csv", SITE_COLUMNS, SITE_ROW, other))


def test_wrong_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="line 1: the columns are name,adcode"):
        read_sites(write(tmp_path / "s.csv", TOWN_COLUMNS, TOWN_ROW))


def test_missing_table_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataMissingError, match=r"s\.csv is not there: restore it"):
        read_sites(tmp_path / "s.csv")


def test_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes("甲园区".encode("gb18030"))
    with pytest.raises(TableError, match="save the table as UTF-8"):
        read_sites(path)


def test_a_code_that_is_no_division_is_unknown_to_the_gazetteer() -> None:
    with pytest.raises(UnknownPlaceError):
        load_gazetteer().division("230671")
