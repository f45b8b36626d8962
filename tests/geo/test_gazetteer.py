"""The gazetteer on the built data: values that can be looked up elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from geo.errors import DataMissingError, UnknownPlaceError
from geo.gazetteer import Division, Gazetteer, Seat, load_gazetteer

HEILONGJIANG = "230000"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def named(gazetteer: Gazetteer, name: str, year: int) -> list[Division]:
    return [
        division
        for division in gazetteer.divisions(year)
        if division.name == name and division.adcode.startswith("23")
    ]


@pytest.mark.parametrize(("level", "count"), [("province", 1), ("prefecture", 13), ("county", 121)])
def test_heilongjiang_today(gazetteer: Gazetteer, level: str, count: int) -> None:
    found = [
        division
        for division in gazetteer.divisions()
        if division.level == level and gazetteer.within(division.adcode, HEILONGJIANG)
    ]
    assert len(found) == count


def test_provinces_of_the_country(gazetteer: Gazetteer) -> None:
    provinces = {d.adcode: d.name for d in gazetteer.divisions() if d.level == "province"}
    assert len(provinces) == 34
    assert provinces["710000"] == "台湾省"
    assert provinces["810000"] == "香港特别行政区"
    assert provinces["820000"] == "澳门特别行政区"


@pytest.mark.parametrize(
    ("name", "year", "adcode", "today"),
    [
        ("双城市", 2011, "230182", ["哈尔滨市/双城区"]),
        ("双城县", 1986, "232124", ["哈尔滨市/双城区"]),
        ("阿城市", 2005, "230181", ["哈尔滨市/阿城区"]),
        ("呼兰县", 2003, "230121", ["哈尔滨市/呼兰区"]),
        ("太平区", 2003, "230105", ["哈尔滨市/道外区"]),
        ("动力区", 2005, "230107", ["哈尔滨市/香坊区"]),
        ("永红区", 2005, "230802", ["佳木斯市/郊区"]),
        ("东宁县", 2014, "231024", ["牡丹江市/东宁市"]),
        ("抚远县", 2015, "230833", ["佳木斯市/抚远市"]),
        ("漠河县", 2017, "232723", ["大兴安岭地区/漠河市"]),
        ("嫩江县", 2018, "231121", ["黑河市/嫩江市"]),
        ("伊春区", 2018, "230702", ["伊春市/伊美区"]),
        ("美溪区", 2018, "230708", ["伊春市/伊美区"]),
        ("乌马河区", 2018, "230711", ["伊春市/伊美区", "伊春市/乌翠区"]),
        ("翠峦区", 2018, "230706", ["伊春市/乌翠区"]),
        ("友好区", 2018, "230704", ["伊春市/友好区"]),
        ("上甘岭区", 2018, "230716", ["伊春市/友好区"]),
        ("西林区", 2018, "230705", ["伊春市/金林区"]),
        ("金山屯区", 2018, "230709", ["伊春市/金林区"]),
        ("新青区", 2018, "230707", ["伊春市/丰林县"]),
        ("五营区", 2018, "230710", ["伊春市/丰林县"]),
        ("红星区", 2018, "230715", ["伊春市/丰林县"]),
        ("汤旺河区", 2018, "230712", ["伊春市/汤旺县"]),
        ("乌伊岭区", 2018, "230714", ["伊春市/汤旺县"]),
        ("带岭区", 2018, "230713", ["伊春市/大箐山县"]),
        ("南岔区", 2018, "230703", ["伊春市/南岔县"]),
        ("绥化市", 1998, "232301", ["绥化市/北林区"]),
        ("黑河市", 1992, "232601", ["黑河市/爱辉区"]),
        (
            "松花江地区",  # joined to a city that stood before: only its own counties
            1995,
            "232100",
            [
                *("哈尔滨市/双城区", "哈尔滨市/尚志市", "哈尔滨市/五常市", "哈尔滨市/巴彦县"),
                *("哈尔滨市/木兰县", "哈尔滨市/通河县", "哈尔滨市/延寿县"),
            ],
        ),
    ],
)
def test_old_divisions_of_heilongjiang(
    gazetteer: Gazetteer, name: str, year: int, adcode: str, today: list[str]
) -> None:
    assert [division.adcode for division in named(gazetteer, name, year)] == [adcode]
    assert sorted(map(gazetteer.path, gazetteer.today(adcode, year))) == sorted(today)


@pytest.mark.parametrize(
    ("adcode", "year", "today"),
    [
        ("110103", 2008, ["北京市/东城区"]),  # 崇文区
        ("310119", 2007, ["上海市/浦东新区"]),  # 南汇区
        ("410224", 2012, ["开封市/祥符区"]),  # 开封县
        ("340721", 2014, ["铜陵市/义安区"]),  # 铜陵县
        ("130521", 2015, ["邢台市/襄都区", "邢台市/信都区"]),  # 邢台县
        ("370634", 2019, ["烟台市/蓬莱区"]),  # 长岛县
        ("371200", 2017, ["济南市/莱芜区", "济南市/钢城区"]),  # 莱芜市
        ("500110", 2010, ["重庆市/綦江区"]),  # 万盛区: its code is 綦江区 now
        ("652303", 2006, ["乌鲁木齐市/米东区"]),  # 米泉市
    ],
)
def test_listed_changes_elsewhere(
    gazetteer: Gazetteer, adcode: str, year: int, today: list[str]
) -> None:
    assert sorted(map(gazetteer.path, gazetteer.today(adcode, year))) == sorted(today)


@pytest.mark.parametrize(
    ("adcode", "year", "today"),
    [
        ("510200", 1996, ("500000",)),  # 重庆市 of Sichuan
        ("442221", 1983, ("460200",)),  # 崖县, then of Guangdong
        ("422302", 1997, ("421281",)),  # 蒲圻市 → 赤壁市
        ("341127", 1993, ("341182",)),  # 嘉山县 → 明光市
        ("230603", 1981, ("230503",)),  # 岭东区, before the codes of 1982 changed places
        ("230603", 2024, ("230603",)),  # 龙凤区
    ],
)
def test_old_codes_of_the_country(
    gazetteer: Gazetteer, adcode: str, year: int, today: tuple[str, ...]
) -> None:
    assert gazetteer.today(adcode, year) == today


@pytest.mark.parametrize(
    ("adcode", "path"),
    [
        ("230113", "哈尔滨市/双城区"),
        ("230100", "哈尔滨市"),
        ("230000", "黑龙江省"),
        ("232701", "大兴安岭地区/漠河市"),
        ("419001", "济源市"),
        ("110108", "北京市/海淀区"),
        ("110000", "北京市"),
        ("500101", "重庆市/万州区"),
        ("441900", "东莞市"),
        ("810101", "中西区"),
        ("820000", "澳门特别行政区"),
        ("659001", "石河子市"),
    ],
)
def test_path(gazetteer: Gazetteer, adcode: str, path: str) -> None:
    assert gazetteer.path(adcode) == path


def test_every_division_of_today_is_its_own_successor(gazetteer: Gazetteer) -> None:
    assert all(division.today == (division.adcode,) for division in gazetteer.divisions())


def test_every_successor_and_parent_of_today_exists(gazetteer: Gazetteer) -> None:
    codes = {division.adcode for division in gazetteer.divisions()}
    assert {code for d in gazetteer.divisions(2003) for code in d.today} <= codes
    assert {d.parent for d in gazetteer.divisions() if d.parent} <= codes


@pytest.mark.parametrize("year", [1980, 1992, 2003, 2011, 2016, 2019, 2024])
def test_one_division_per_code_and_no_headings(gazetteer: Gazetteer, year: int) -> None:
    divisions = gazetteer.divisions(year)
    assert len({division.adcode for division in divisions}) == len(divisions)
    assert not {"市辖区", "县", "直辖县"} & {division.name for division in divisions}


def test_successors_in_heilongjiang_are_known_since_1997(gazetteer: Gazetteer) -> None:
    for year in range(1997, 2025):
        unknown = [
            d.name for d in gazetteer.divisions(year) if d.adcode[:2] == "23" and not d.today
        ]
        assert unknown == [], year


def test_parents_and_children(gazetteer: Gazetteer) -> None:
    assert gazetteer.parent("230113") == "230100"
    assert gazetteer.parent("230000") is None
    assert len(gazetteer.children("230000")) == 13
    assert gazetteer.children("230900") == ("230902", "230903", "230904", "230921")
    assert gazetteer.children("441900") == ()
    assert gazetteer.parent("419001") == "410000"
    assert gazetteer.within("230113", "230000")
    assert gazetteer.within("230113", "230113")
    assert not gazetteer.within("230100", "230113")
    assert not gazetteer.within("110108", "230000")


def test_no_table_after_the_last_year_but_today(gazetteer: Gazetteer) -> None:
    assert gazetteer.divisions(2030) == gazetteer.divisions()
    assert gazetteer.divisions(1970) == gazetteer.divisions(1980)


@pytest.mark.parametrize(
    ("adcode", "lon", "lat", "source"),
    [
        ("230100", 126.53, 45.80, "cpca"),  # the city moved its seat to 松北区
        ("230600", 125.1, 46.6, "cpca"),  # GeoNames is 7 km off
        ("230200", 123.95, 47.34, "geonames"),
        ("231081", 131.15, 44.40, "geonames"),
        ("230717", 128.90, 47.73, "cpca"),
        ("230881", 132.51, 47.65, "cpca"),
        ("230711", 128.79, 47.73, "cpca"),  # 乌马河区, no more
        ("232700", 124.117, 50.417, "geonames"),  # 加格达奇
        ("110000", 116.40, 39.90, "cpca"),
    ],
)
def test_seats(gazetteer: Gazetteer, adcode: str, lon: float, lat: float, source: str) -> None:
    seat = gazetteer.seat(adcode)
    assert seat.source == source
    assert seat.lon == pytest.approx(lon, abs=0.05)
    assert seat.lat == pytest.approx(lat, abs=0.05)


def test_every_division_of_today_has_a_seat_in_china(gazetteer: Gazetteer) -> None:
    for division in gazetteer.divisions():
        seat = gazetteer.seat(division.adcode)
        assert isinstance(seat, Seat)
        assert 73.0 < seat.lon < 136.0, division
        assert 3.0 < seat.lat < 54.0, division


def test_unknown_codes_say_what_became_of_them(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownPlaceError, match=re.escape("230182 (双城市) was valid until 2013")):
        gazetteer.division("230182")
    with pytest.raises(UnknownPlaceError, match="no division has the code '999999'"):
        gazetteer.path("999999")
    with pytest.raises(UnknownPlaceError, match="in 2016"):
        gazetteer.today("230182", 2016)
    with pytest.raises(UnknownPlaceError, match="no seat"):
        gazetteer.seat("999999")


def test_missing_data_name_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(DataMissingError, match="make build"):
        Gazetteer.load(tmp_path)


def test_loads_fast_and_without_pandas() -> None:
    code = (
        "import time, sys; t = time.perf_counter(); from geo.gazetteer import load_gazetteer; "
        "load_gazetteer(); print(time.perf_counter() - t, 'pandas' in sys.modules)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(3)
    ]
    assert min(float(seconds) for seconds, _ in runs) < 0.15
    assert {pandas for _, pandas in runs} == {"False"}
