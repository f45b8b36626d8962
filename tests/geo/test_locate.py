"""Text in, places out: names that are also words, names by year, other provinces, coordinates."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import UnknownPlaceError
from geo.gazetteer import load_gazetteer
from geo.locate import LocatedPlace, locate, locator_for
from geo.sites import read_sites, read_towns

PROVINCE = "230000"
TODAY = None


def paths(
    text: str, year: int | None = 2011, region: str | None = PROVINCE
) -> list[tuple[str, str]]:
    return [(place.name, place.path) for place in locate(text, year=year, region=region)]


# --- names that are also words, firms or other places --------------------------------------------

AS_PLACE = [
    ("龙江县", [("龙江县", "齐齐哈尔市/龙江县")]),
    ("齐齐哈尔市龙江", [("齐齐哈尔市龙江", "齐齐哈尔市/龙江县")]),
    ("在龙江、泰来", [("龙江", "齐齐哈尔市/龙江县"), ("泰来", "齐齐哈尔市/泰来县")]),
    ("东安区", [("东安区", "牡丹江市/东安区")]),
    ("牡丹江市东安区", [("牡丹江市东安区", "牡丹江市/东安区")]),
    ("东安、爱民", [("东安", "牡丹江市/东安区"), ("爱民", "牡丹江市/爱民区")]),
    ("甘南县", [("甘南县", "齐齐哈尔市/甘南县")]),
    ("在甘南发展乳业", [("甘南", "齐齐哈尔市/甘南县")]),
    ("飞鹤（甘南）乳品有限公司", [("甘南", "齐齐哈尔市/甘南县")]),
    ("平房区", [("平房区", "哈尔滨市/平房区")]),
    ("哈尔滨平房投产", [("哈尔滨平房", "哈尔滨市/平房区")]),
    ("加快平房食品园区建设", [("平房", "哈尔滨市/平房区")]),
    ("宝山区", [("宝山区", "双鸭山市/宝山区")]),
    ("宝山、岭东", [("宝山", "双鸭山市/宝山区"), ("岭东", "双鸭山市/岭东区")]),
    ("七台河市新兴区", [("七台河市新兴区", "七台河市/新兴区")]),
    ("新兴、茄子河", [("新兴", "七台河市/新兴区"), ("茄子河", "七台河市/茄子河区")]),
    ("伊春市友好区", [("伊春市友好区", "伊春市/友好区")]),
    ("友好、美溪", [("友好", "伊春市/友好区"), ("美溪", "伊春市/伊美区")]),
    ("西安区", [("西安区", "牡丹江市/西安区")]),
    ("牡丹江市西安区", [("牡丹江市西安区", "牡丹江市/西安区")]),
    ("西安、阳明", [("西安", "牡丹江市/西安区"), ("阳明", "牡丹江市/阳明区")]),
    ("佳木斯向阳", [("佳木斯向阳", "佳木斯市/向阳区")]),
    ("佳木斯市前进区", [("佳木斯市前进区", "佳木斯市/前进区")]),
    ("前进、东风", [("前进", "佳木斯市/前进区"), ("东风", "佳木斯市/东风区")]),
    ("伊春红星", [("伊春红星", "伊春市/丰林县")]),
    ("鹤岗兴安", [("鹤岗兴安", "鹤岗市/兴安区")]),
    ("兴安区", [("兴安区", "鹤岗市/兴安区")]),
    ("双城市", [("双城市", "哈尔滨市/双城区")]),
    ("在双城、五常", [("双城", "哈尔滨市/双城区"), ("五常", "哈尔滨市/五常市")]),
    ("安达市", [("安达市", "绥化市/安达市")]),
    ("在安达建设", [("安达", "绥化市/安达市")]),
    ("大同区", [("大同区", "大庆市/大同区")]),
    ("大庆大同", [("大庆大同", "大庆市/大同区")]),
    ("大同、红岗", [("大同", "大庆市/大同区"), ("红岗", "大庆市/红岗区")]),
    ("西林区", [("西林区", "伊春市/金林区")]),
    ("在富裕县", [("富裕县", "齐齐哈尔市/富裕县")]),
    ("甘南、富裕", [("甘南", "齐齐哈尔市/甘南县"), ("富裕", "齐齐哈尔市/富裕县")]),
    ("方正县", [("方正县", "哈尔滨市/方正县")]),
    ("友谊县", [("友谊县", "双鸭山市/友谊县")]),
    ("海伦市", [("海伦市", "绥化市/海伦市")]),
    ("克山县", [("克山县", "齐齐哈尔市/克山县")]),
    ("嫩江县", [("嫩江县", "黑河市/嫩江市")]),
    ("佳木斯市郊区", [("佳木斯市郊区", "佳木斯市/郊区")]),
]
AS_ANOTHER_PLACE = [
    ("民企龙江行", [("龙江", "黑龙江省")]),
    ("打造龙江品牌", [("龙江", "黑龙江省")]),
    ("龙江陆海丝绸之路", [("龙江", "黑龙江省")]),
    ("甘肃甘南", [("甘肃甘南", "甘南藏族自治州")]),
    ("甘南藏族自治州", [("甘南藏族自治州", "甘南藏族自治州")]),
    ("甘南州", [("甘南州", "甘南藏族自治州")]),
    ("上海宝山", [("上海宝山", "上海市/宝山区")]),
    ("西安市", [("西安市", "西安市")]),
    ("与西安合作", [("西安", "西安市")]),
    ("陕西西安", [("陕西西安", "西安市")]),
    ("山西大同", [("山西大同", "大同市")]),
    ("大同市", [("大同市", "大同市")]),
    ("兴安盟", [("兴安盟", "兴安盟")]),
    ("大兴安岭", [("大兴安岭", "大兴安岭地区")]),
    ("北京市朝阳区", [("北京市朝阳区", "北京市/朝阳区")]),
    ("长春朝阳区", [("长春朝阳区", "长春市/朝阳区")]),
    ("辽宁朝阳", [("辽宁朝阳", "朝阳市")]),
]
AS_WORD_OR_FIRM = [
    "东安发动机（集团）有限公司",
    "东安公司",
    "东安汽车动力",
    "低矮平房",
    "平房改造",
    "宝山矿业",
    "宝山钢铁",
    "新兴产业",
    "战略性新兴产业",
    "培育新兴业态",
    "发展新兴产业",
    "友好城市",
    "友好合作",
    "环境友好型社会",
    "向阳而生",
    "前进步伐",
    "不断前进",
    "红星美凯龙",
    "500千伏兴安变电站",
    "小兴安岭",
    "双城记",
    "双城经济圈",
    "安达信",
    "世界大同",
    "西林钢铁集团",
    "共同富裕",
    "走向富裕",
    "方正集团",
    "友谊的桥梁",
    "海伦·凯勒",
    "克山病",
    "嫩江流域",
    "松花江、嫩江",
    "呼兰河",
    "复合肥",
    "利民工程",
    "信诺数码科技、四海林顿等一批企业",
    "复合肥项目",
    "绿水青山就是金山银山",
    "建龙西林钢铁",
    "长安福特汽车有限公司",
    "九三学社",
    "朝阳产业",
    "在郊区",
]


@pytest.mark.parametrize(("text", "expected"), AS_PLACE, ids=[text for text, _ in AS_PLACE])
def test_ambiguous_name_as_a_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert paths(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), AS_ANOTHER_PLACE, ids=[text for text, _ in AS_ANOTHER_PLACE]
)
def test_ambiguous_name_as_another_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert paths(text) == expected


@pytest.mark.parametrize("text", AS_WORD_OR_FIRM)
def test_ambiguous_name_as_a_word_or_a_firm(text: str) -> None:
    assert paths(text) == []


def test_two_cities_of_chengdu_and_chongqing_are_not_the_district() -> None:
    assert paths("成渝地区双城经济圈") == [("成渝", "成都市"), ("成渝", "重庆市")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("西安、成都", ["西安市", "成都市"]),
        ("成都、西安", ["成都市", "西安市"]),
        ("与北京、上海、西安等地合作", ["北京市", "上海市", "西安市"]),
    ],
)
def test_city_far_away_in_a_list_of_its_like(text: str, expected: list[str]) -> None:
    """A list of cities elsewhere says nothing about a district of that name here."""
    assert [path for _, path in paths(text)] == expected


@pytest.mark.parametrize("text", ["哈大铁路", "哈大高铁"])
def test_railway_to_dalian_is_not_harbin_and_daqing(text: str) -> None:
    assert ("哈大", "大庆市") not in paths(text)


# --- places inside the names of organisations ----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("哈尔滨工业大学", "哈尔滨工业大学"),
        ("大庆油田", "大庆油田"),
        ("龙江银行", "龙江银行"),
        ("飞鹤（甘南）乳品有限公司", "飞鹤（甘南）乳品有限公司"),
        ("鸡西市贝特瑞石墨产业园有限公司", "鸡西市贝特瑞石墨产业园有限公司"),
        ("在哈尔滨建设", None),
        ("哈尔滨工业新区", None),
    ],
)
def test_place_says_in_whose_name_it_stands(text: str, within: str | None) -> None:
    (place,) = locate(text, year=2011, region=PROVINCE)
    assert place.within == within


def test_institution_named_for_a_part_of_the_country_is_no_place() -> None:
    assert paths("东北林业大学") == []


# --- names by year -------------------------------------------------------------------------------

RENAMED = [
    ("双城市", "哈尔滨市/双城区", (2006, 2011, 2014, 2020)),
    ("双城区", "哈尔滨市/双城区", (2011, 2016, 2020)),
    ("抚远县", "佳木斯市/抚远市", (2011, 2016, 2020)),
    ("抚远市", "佳木斯市/抚远市", (2011, 2016, 2020)),
    ("抚远", "佳木斯市/抚远市", (2006, 2011, 2016, 2020)),
    ("东宁县", "牡丹江市/东宁市", (2011, 2015, 2020)),
    ("东宁市", "牡丹江市/东宁市", (2011, 2015, 2020)),
    ("东宁", "牡丹江市/东宁市", (2006, 2011, 2016, 2020)),
    ("漠河县", "大兴安岭地区/漠河市", (2011, 2018, 2020)),
    ("漠河市", "大兴安岭地区/漠河市", (2011, 2018, 2020)),
    ("漠河", "大兴安岭地区/漠河市", (2006, 2011, 2020)),
    ("嫩江县", "黑河市/嫩江市", (2011, 2019, 2020)),
    ("嫩江市", "黑河市/嫩江市", (2011, 2019, 2020)),
    ("嫩江", "黑河市/嫩江市", (2006, 2011, 2020)),
    ("阿城市", "哈尔滨市/阿城区", (2003, 2006, 2011)),
    ("阿城区", "哈尔滨市/阿城区", (2003, 2006, 2011, 2020)),
    ("呼兰县", "哈尔滨市/呼兰区", (2001, 2006, 2011)),
    ("呼兰区", "哈尔滨市/呼兰区", (2001, 2006, 2011, 2020)),
    ("动力区", "哈尔滨市/香坊区", (2003, 2006, 2011)),
    ("永红区", "佳木斯市/郊区", (2003, 2006, 2011)),
    ("伊春区", "伊春市/伊美区", (2011, 2020)),
    ("美溪区", "伊春市/伊美区", (2011, 2020)),
    ("翠峦区", "伊春市/乌翠区", (2011, 2020)),
    ("上甘岭区", "伊春市/友好区", (2011, 2020)),
    ("友好区", "伊春市/友好区", (2011, 2020)),
    ("西林区", "伊春市/金林区", (2011, 2020)),
    ("金山屯区", "伊春市/金林区", (2011, 2020)),
    ("南岔区", "伊春市/南岔县", (2011, 2020)),
    ("带岭区", "伊春市/大箐山县", (2011, 2020)),
    ("新青区", "伊春市/丰林县", (2011, 2020)),
    ("五营区", "伊春市/丰林县", (2011, 2020)),
    ("汤旺河区", "伊春市/汤旺县", (2011, 2020)),
    ("乌伊岭区", "伊春市/汤旺县", (2011, 2020)),
    ("丰林县", "伊春市/丰林县", (2011, 2020)),
]


@pytest.mark.parametrize(("name", "path", "years"), RENAMED, ids=[row[0] for row in RENAMED])
def test_renamed_division_is_the_same_place_of_today_in_every_year(
    name: str, path: str, years: tuple[int, ...]
) -> None:
    text = f"在{name}发展绿色食品。"
    for year in (*years, TODAY):
        assert paths(text, year) == [(name, path)], year


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("双城", "哈尔滨市/双城区"),
        ("阿城", "哈尔滨市/阿城区"),
        ("呼兰", "哈尔滨市/呼兰区"),
    ],
)
@pytest.mark.parametrize("year", [2000, 2006, 2011, 2016, 2020, TODAY])
def test_short_name_survives_that_its_city_became_a_district(
    name: str, path: str, year: int | None
) -> None:
    """People go on saying 双城; the text reads the same in two years."""
    assert paths(f"在{name}发展玉米加工。", year) == [(name, path)]


def test_divided_district_is_on_the_ground_of_two() -> None:
    assert paths("乌马河区") == [("乌马河区", "伊春市/伊美区"), ("乌马河区", "伊春市/乌翠区")]


def test_district_of_the_region_comes_before_one_of_its_name_elsewhere() -> None:
    # 太平区 went into 道外区 in 2004; 阜新 still has one.
    assert paths("哈尔滨市太平区", 2003) == [("哈尔滨市太平区", "哈尔滨市/道外区")]
    assert paths("哈尔滨市太平区", 2011) == [("哈尔滨市太平区", "哈尔滨市/道外区")]
    assert paths("太平区", 2011) == [("太平区", "哈尔滨市/道外区")]


def test_texts_of_later_years_are_read_with_the_last_names() -> None:
    assert paths("嫩江市、丰林县", 2040) == paths("嫩江市、丰林县", TODAY)


# --- short and joint forms -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("哈大齐工业走廊", ["哈尔滨市", "大庆市", "齐齐哈尔市"]),
        ("四煤城", ["鸡西市", "鹤岗市", "双鸭山市", "七台河市"]),
        ("哈牡绿色食品产业带", ["哈尔滨市", "牡丹江市"]),
        ("大小兴安岭", ["大兴安岭地区", "伊春市", "黑河市"]),
        ("绥穆大通道", ["牡丹江市/绥芬河市", "牡丹江市/穆棱市"]),
        ("杜蒙", ["大庆市/杜尔伯特蒙古族自治县"]),
        ("加区", ["大兴安岭地区"]),
        ("哈市", ["哈尔滨市"]),
        ("哈尔滨－大庆生物医药产业集群", ["哈尔滨市", "大庆市"]),
        ("绥化北林", ["绥化市/北林区"]),
        ("伊春西林", ["伊春市/金林区"]),
        ("加格达奇区", ["大兴安岭地区"]),
        ("与内蒙古合作", ["内蒙古自治区"]),
    ],
)
def test_short_and_joint_forms(text: str, expected: list[str]) -> None:
    assert [path for _, path in paths(text)] == expected


def test_joint_form_gives_a_row_for_each_member_with_one_span() -> None:
    found = locate("建设哈大齐工业走廊", year=2011, region=PROVINCE)
    assert [(p.name, p.start, p.end, p.adcode) for p in found] == [
        ("哈大齐", 2, 5, "230100"),
        ("哈大齐", 2, 5, "230600"),
        ("哈大齐", 2, 5, "230200"),
    ]


# --- other regions, and none ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "text", "expected"),
    [
        ("320000", "苏锡常一体化", ["苏州市", "无锡市", "常州市"]),
        ("320000", "苏州、无锡、常州等地", ["苏州市", "无锡市", "常州市"]),
        ("320000", "昆山、太仓", ["苏州市/昆山市", "苏州市/太仓市"]),
        ("320000", "鼓楼区", []),
        ("320000", "徐州市鼓楼区", ["徐州市/鼓楼区"]),
        ("440000", "佛山市南海、顺德", ["佛山市/南海区", "佛山市/顺德区"]),
        ("440000", "广佛同城", ["广州市", "佛山市"]),
        ("440000", "白云区", ["广州市/白云区"]),
        ("220000", "长吉图开发开放", ["长春市", "吉林市", "延边朝鲜族自治州"]),
        ("220000", "磐石、舒兰", ["吉林市/磐石市", "吉林市/舒兰市"]),
        ("220000", "朝阳区", ["长春市/朝阳区"]),
        ("110000", "朝阳区", ["北京市/朝阳区"]),
        ("110000", "大兴区", ["北京市/大兴区"]),
        ("110000", "大兴安岭", ["大兴安岭地区"]),
        ("140000", "大同、朔州", ["大同市", "朔州市"]),
        ("210000", "和平区", ["沈阳市/和平区"]),
        ("210000", "太平区", ["阜新市/太平区"]),
        ("500000", "涪陵、万州", ["重庆市/涪陵区", "重庆市/万州区"]),
        ("330000", "义乌", ["金华市/义乌市"]),
        ("330000", "杭嘉湖平原", ["杭州市", "嘉兴市", "湖州市"]),
        ("410000", "济源市", ["济源市"]),
        ("230100", "双城区", ["哈尔滨市/双城区"]),
    ],
)
def test_other_regions(region: str, text: str, expected: list[str]) -> None:
    assert [path for _, path in paths(text, 2020, region)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("朝阳区", []),
        ("在朝阳区发展", []),
        ("和平区", []),
        ("新兴产业", []),
        ("哈尔滨", ["哈尔滨市"]),
        ("平房区", ["哈尔滨市/平房区"]),
        ("北京朝阳", ["北京市/朝阳区"]),
        ("沈阳、和平区", ["沈阳市", "沈阳市/和平区"]),
        ("西安", ["西安市"]),
        ("吉林", ["吉林省"]),
        ("海南", ["海南省"]),
        ("香港、澳门", ["香港特别行政区", "澳门特别行政区"]),
        ("台湾省", ["台湾省"]),
        ("石河子", ["石河子市"]),
        ("西双版纳", ["西双版纳傣族自治州"]),
        ("新疆、广西、宁夏", ["新疆维吾尔自治区", "广西壮族自治区", "宁夏回族自治区"]),
    ],
)
def test_without_a_region(text: str, expected: list[str]) -> None:
    assert [path for _, path in paths(text, TODAY, None)] == expected


@pytest.mark.parametrize("region", ["000000", "239999", "", "黑龙江"])
def test_unknown_region_is_refused(region: str) -> None:
    with pytest.raises(UnknownPlaceError):
        locate("哈尔滨", region=region)


def test_code_that_is_gone_is_refused_with_its_successor() -> None:
    with pytest.raises(UnknownPlaceError, match="today: 230113"):
        locate("哈尔滨", region="230182")


# --- coordinates and precision -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "precision", "lon", "lat"),
    [
        ("黑龙江省", "province", 126.6, 45.8),
        ("哈尔滨市", "prefecture", 126.6, 45.8),
        ("大庆", "prefecture", 125.1, 46.6),
        ("漠河", "county", 122.5, 53.0),
        ("抚远", "county", 134.3, 48.4),
        ("宾西", "township", 127.2, 45.7),
        ("亚布力", "township", 128.6, 44.9),
    ],
)
def test_point_and_precision(text: str, precision: str, lon: float, lat: float) -> None:
    (place,) = locate(text, year=2011, region=PROVINCE)
    assert place.precision == precision
    assert place.lon == pytest.approx(lon, abs=0.15)
    assert place.lat == pytest.approx(lat, abs=0.15)


def test_site_without_a_point_sits_at_the_seat_and_says_so() -> None:
    gazetteer = load_gazetteer()
    (site,) = (site for site in read_sites() if site.name == "安达高新化工新材料园区")
    assert site.lon is None
    (place,) = locate("安达高新化工新材料园区", year=2019, region=PROVINCE)
    seat = gazetteer.seat(site.adcode)
    assert place.key == site.id
    assert (place.lon, place.lat) == (seat.lon, seat.lat)
    assert place.precision == gazetteer.division(site.adcode).level


def test_point_of_a_site_or_town_is_that_of_its_table() -> None:
    locator = locator_for(TODAY)
    for site in read_sites():
        if site.lon is not None:
            assert locator.point(site.id, site.adcode) == (site.lon, site.lat, site.precision)
    for town in read_towns():
        if town.lon is not None:
            key = f"{town.adcode}:{town.name}"
            assert locator.point(key, town.adcode) == (town.lon, town.lat, "township")


def test_every_division_of_today_has_a_point_in_china() -> None:
    locator = locator_for(TODAY)
    for division in load_gazetteer().divisions():
        lon, lat, precision = locator.point(division.adcode, division.adcode)
        assert lon is not None
        assert lat is not None
        assert 73 < lon < 136, division
        assert 3 < lat < 54, division
        assert precision == division.level


def test_json_has_the_members_of_the_contract_and_seven_decimals() -> None:
    place = LocatedPlace("甲", 0, 1, "230100", "哈尔滨市", 126.123456789, None, "county", None, "k")
    assert place.to_json() == {
        "name": "甲",
        "start": 0,
        "end": 1,
        "adcode": "230100",
        "path": "哈尔滨市",
        "lon": 126.1234568,
        "lat": None,
        "precision": "county",
        "within": None,
    }
    (found,) = locate("石墨产业园（萝北）", year=2011, region=PROVINCE)
    assert json.loads(json.dumps(found.to_json())) == found.to_json()
    assert found.to_json()["adcode"] == "230421"


def test_locator_is_built_once_for_a_year() -> None:
    assert locator_for(2011) is locator_for(2011)
    assert locator_for(2011) is not locator_for(2012)
    assert locator_for(2030).index.year is None


# --- properties ----------------------------------------------------------------------------------

FREE = [d.name for d in load_gazetteer().divisions() if d.level == "prefecture"]


@settings(deadline=None)
@given(st.sampled_from(FREE), st.text(alphabet="甲乙丙丁，。；", max_size=6), st.text(max_size=4))
def test_full_name_of_a_prefecture_is_found_in_any_surroundings(
    name: str, before: str, after: str
) -> None:
    text = before + name + "。" + after
    found = [place for place in locate(text, year=2020) if place.start == len(before)]
    assert [place.name for place in found] == [name]
    assert [load_gazetteer().division(place.adcode).name for place in found] == [name]


@settings(deadline=None)
@given(st.text(max_size=30), st.sampled_from([None, PROVINCE]))
def test_located_places_quote_the_text(text: str, region: str | None) -> None:
    for place in locate(text + "，大庆市", year=2016, region=region):
        assert (text + "，大庆市")[place.start : place.end] == place.name
        assert load_gazetteer().path(place.adcode) == place.path
