"""Which stretches of a text are place names, and which readings the text supports."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import UnknownPlaceError
from geo.gazetteer import load_gazetteer
from geo.recognition import (
    Guard,
    Mention,
    NameIndex,
    Strength,
    read_forms,
    read_guards,
    recognise_toponyms,
    short_name,
)
from geo.sites import read_sites, read_towns

GAZETTEER = load_gazetteer()
PROVINCE = "230000"


@lru_cache(maxsize=4)
def index_of(year: int | None) -> NameIndex:
    return NameIndex(GAZETTEER, year, read_sites(), read_towns())


def mentions(text: str, year: int | None = 2011, region: str | None = PROVINCE) -> list[Mention]:
    return recognise_toponyms(text, index_of(year), region)


def names(text: str, year: int | None = 2011, region: str | None = PROVINCE) -> list[str]:
    return [mention.surface for mention in mentions(text, year, region)]


def keys(text: str, year: int | None = 2011, region: str | None = PROVINCE) -> list[set[str]]:
    return [{c.key for c in mention.candidates} for mention in mentions(text, year, region)]


# --- short names ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("黑龙江省", "黑龙江"),
        ("哈尔滨市", "哈尔滨"),
        ("宝清县", "宝清"),
        ("东安区", "东安"),
        ("大兴安岭地区", "大兴安岭"),
        ("阿拉善盟", "阿拉善"),
        ("土默特左旗", "土默特左"),
        ("神农架林区", "神农架"),
        ("峰峰矿区", "峰峰"),
        ("浦东新区", "浦东"),
        ("六枝特区", "六枝"),
        ("香港特别行政区", "香港"),
        ("杜尔伯特蒙古族自治县", "杜尔伯特"),
        ("新疆维吾尔自治区", "新疆"),
        ("广西壮族自治区", "广西"),
        ("宁夏回族自治区", "宁夏"),
        ("延边朝鲜族自治州", "延边"),
        ("恩施土家族苗族自治州", "恩施"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("莫力达瓦达斡尔族自治旗", "莫力达瓦"),
        ("前郭尔罗斯蒙古族自治县", "前郭尔罗斯"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
    ],
)
def test_short_name_drops_generic_term_and_ethnic_epithet(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize("name", ["沙县", "宾县", "郊区", "城区", "林区", "地区", "哈尔滨", ""])
def test_name_without_a_short_form(name: str) -> None:
    assert short_name(name) is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        # The character before the generic term is part of the name here.
        ("北林区", "北林"),
        ("西林区", "西林"),
        ("金林区", "金林"),
        ("碑林区", "碑林"),
        ("万柏林区", "万柏林"),
        ("清新区", "清新"),
        ("内蒙古自治区", "内蒙古"),
    ],
)
def test_short_name_keeps_what_only_looks_generic(name: str, short: str) -> None:
    assert short_name(name) == short


def test_short_name_is_a_beginning_of_the_name() -> None:
    for division in GAZETTEER.divisions_ever():
        stem = short_name(division.name)
        assert stem is None or (division.name.startswith(stem) and len(stem) >= 2)


# --- guards --------------------------------------------------------------------------------------


def test_guard_excludes_by_what_stands_right_and_left() -> None:
    guard = read_guards()["新兴"]
    assert guard.excludes("发展新兴产业", 2, 4)
    assert guard.excludes("战略性新兴", 3, 5)
    assert not guard.excludes("七台河市新兴区", 4, 6)


def test_guard_without_patterns_excludes_nothing() -> None:
    guard = Guard(None, None, frozenset({"*"}))
    assert not guard.excludes("向阳而生", 0, 2)
    assert guard.weakens("230803")


def test_guard_may_weaken_one_reading_only() -> None:
    guard = Guard(None, None, frozenset({"623000"}))
    assert guard.weakens("623000")
    assert not guard.weakens("230225")


def test_tables_of_forms_are_read_in_order() -> None:
    assert read_forms("short_forms.csv")[0] == ("杜蒙", ("230624",))
    assert read_forms("joint_forms.csv")[0] == ("哈大齐", ("230100", "230600", "230200"))


# --- the index -----------------------------------------------------------------------------------


def test_matches_are_every_form_overlaps_included() -> None:
    found = {m.surface for m in index_of(2011).matches("哈尔滨市双城市")}
    assert found == {"哈尔滨", "哈尔滨市", "双城", "双城市"}


def test_candidate_carries_todays_code_level_and_strength() -> None:
    found = {m.surface: m.candidates for m in index_of(2011).matches("双城市、双城、哈尔滨")}
    assert {(c.level, c.adcodes, c.strength) for c in found["双城市"]} == {
        ("county", ("230113",), Strength.FULL)
    }
    assert {(c.level, c.adcodes, c.strength) for c in found["双城"]} == {
        ("county", ("230113",), Strength.SHORT)
    }
    assert {(c.level, c.adcodes, c.strength) for c in found["哈尔滨"]} == {
        ("prefecture", ("230100",), Strength.FULL)
    }


def test_two_characters_are_never_a_full_name() -> None:
    (mention,) = (m for m in index_of(2011).matches("宾县") if m.surface == "宾县")
    assert {c.strength for c in mention.candidates} == {Strength.SHORT}


def test_divided_district_has_the_codes_of_all_its_ground() -> None:
    (mention,) = (m for m in index_of(2011).matches("乌马河区") if m.surface == "乌马河区")
    assert [c.adcodes for c in mention.candidates] == [("230717", "230718")]


def test_site_and_town_are_valid_in_their_years_only() -> None:
    sites = {site.name: site for site in read_sites()}
    new_area = sites["哈尔滨新区"]
    assert new_area.valid_from == 2015
    assert keys("哈尔滨新区", 2019)[0] >= {new_area.id}
    assert new_area.id not in {key for found in keys("哈尔滨新区", 2011) for key in found}


# --- what is recognised --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大庆、哈尔滨、牡丹江、绥化等地", ["大庆", "哈尔滨", "牡丹江", "绥化"]),
        ("大庆、齐齐哈尔和绥化", ["大庆", "齐齐哈尔", "绥化"]),
        ("鸡西－鹤岗石墨新材料产业集群", ["鸡西", "鹤岗"]),
        ("哈尔滨—大庆—齐齐哈尔", ["哈尔滨", "大庆", "齐齐哈尔"]),
        ("鸡西-鹤岗-双鸭山", ["鸡西", "鹤岗", "双鸭山"]),
        ("依安、克东、拜泉、克山", ["依安", "克东", "拜泉", "克山"]),
        ("肇东市、兰西县等市县", ["肇东市", "兰西县"]),
        ("道里区、道外区", ["道里区", "道外区"]),
        ("道里、道外、南岗", ["道里", "道外", "南岗"]),
        ("大同区、龙凤、红岗", ["大同区", "龙凤", "红岗"]),
        ("平房和呼兰", ["平房", "呼兰"]),
        ("大庆市（龙凤、红岗）", ["大庆市", "龙凤", "红岗"]),
        ("哈尔滨（双城、阿城）", ["哈尔滨", "双城", "阿城"]),
        ("石墨产业园（萝北）", ["萝北"]),
        ("某项目(安达)", ["安达"]),
        ("飞鹤（甘南）乳品", ["甘南"]),
        ("呼玛、塔河、漠河", ["呼玛", "塔河", "漠河"]),
    ],
)
def test_lists_dashes_and_brackets(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("哈大齐工业走廊", "哈大齐"),
        ("支持四煤城转型", "四煤城"),
        ("建设哈牡绿色食品产业带", "哈牡"),
        ("大小兴安岭林区", "大小兴安岭"),
        ("大、小兴安岭生态功能区", "大、小兴安岭"),
        ("与京津冀合作", "京津冀"),
    ],
)
def test_joint_form_is_one_mention_of_several_divisions(text: str, form: str) -> None:
    (mention,) = mentions(text)
    assert mention.surface == form
    (candidate,) = mention.candidates
    assert candidate.level == "region"
    assert candidate.adcodes == dict(read_forms("joint_forms.csv"))[form]


def test_longer_form_wins_over_the_shorter_in_it() -> None:
    assert names("大兴安岭地区") == ["大兴安岭地区"]
    assert names("哈大齐工业走廊") == ["哈大齐"]
    assert names("黑龙江省") == ["黑龙江省"]


@pytest.mark.parametrize(
    "text",
    [
        "两大平原",
        "松嫩平原",
        "东北林业大学",
        "北大荒集团",
        "中俄合作",
        "俄罗斯远东地区",
        "省农科院",
        "",
        "，。；",
        "ABC 123",
    ],
)
def test_text_without_a_division(text: str) -> None:
    assert names(text) == []


# --- support from the text around ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平房、香坊、道里", "230108"),  # in a list of siblings
        ("哈尔滨平房", "230108"),  # behind its parent
        ("汽车园（平房）", "230108"),  # in brackets
        ("平房等地", "230108"),  # before a word for several places
        ("平房开发区", "230108"),  # before the noun of a place
        ("平房区", "230108"),  # in full
    ],
)
def test_word_is_a_place_where_a_neighbour_says_so(text: str, expected: str) -> None:
    assert expected in set.union(*keys(text))


@pytest.mark.parametrize("text", ["在平房里", "平房", "低矮的平房多", "平房改造", "出租平房屋顶"])
def test_word_is_no_place_by_itself(text: str) -> None:
    assert names(text) == []


def test_support_makes_a_word_as_good_as_a_full_name() -> None:
    _, district = mentions("哈尔滨市平房")
    assert [(c.key, c.strength) for c in district.candidates] == [("230108", Strength.FULL)]


def test_list_is_settled_from_its_surest_member_outwards() -> None:
    # Only 哈尔滨 stands by itself; 友好 at the far end hangs on its neighbours.
    assert names("哈尔滨、平房、香坊、道里") == ["哈尔滨", "平房", "香坊", "道里"]
    assert names("新青、友好、乌马河、伊春") == ["新青", "友好", "乌马河", "伊春"]


def test_noun_of_a_place_does_not_help_against_a_stronger_rival() -> None:
    # 龙江 before 产业园 stays the byname of the province.
    assert keys("龙江产业园") == [{"230000"}]


# --- region --------------------------------------------------------------------------------------


def test_short_name_of_a_county_needs_support_outside_the_region() -> None:
    assert names("在昆山发展电子信息", region="320000") == ["昆山"]
    assert names("在昆山发展电子信息", region=PROVINCE) == []
    assert names("江苏昆山", region=PROVINCE) == ["江苏", "昆山"]


def test_prefectures_and_provinces_stand_by_themselves_everywhere() -> None:
    assert names("与广东、深圳合作") == ["广东", "深圳"]
    assert names("大庆", region="440000") == ["大庆"]


def test_without_a_region_short_names_of_all_china_are_read() -> None:
    assert names("在昆山和肇东", region=None) == ["昆山", "肇东"]


def test_region_may_be_a_prefecture() -> None:
    assert names("肇源、肇州", region="230600") == ["肇源", "肇州"]
    assert names("在肇源发展", region="230600") == ["肇源"]
    assert names("在尚志发展", region="230600") == []


def test_unknown_region_is_an_error() -> None:
    with pytest.raises(UnknownPlaceError, match="999999"):
        names("在尚志发展", region="999999")


# --- properties ----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"、，。；：（）()和与及－-—～市县区等的在园\n\t　“”《》·/",
        *("等地", "等市", "产业园", "开发区", "新区", "大学", "有限公司", "集团", "重点项目"),
        *("哈尔滨", "大庆", "齐齐哈尔市", "双城", "阿城", "平房", "大同", "西安", "龙江", "甘南"),
        *("新兴", "友好", "兴安", "大兴安岭", "大、小兴安岭", "哈大齐", "四煤城", "哈牡", "杜蒙"),
        *("牡丹江", "东安", "龙凤", "朝阳区", "吉林", "海南", "宝山", "前进", "向阳", "黑龙江省"),
    ]
)
MIXTURES = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=14).map("".join)
REGIONS = st.sampled_from([None, "230000", "230100", "220000", "110000"])
YEARS = st.sampled_from([2006, 2011, 2019])


def check(text: str, found: list[Mention]) -> None:
    for mention in found:
        assert text[mention.start : mention.end] == mention.surface
        assert mention.candidates
        assert all(c.adcodes for c in mention.candidates)
    assert all(one.end <= other.start for one, other in pairwise(found))


@settings(deadline=None)
@given(MIXTURES, YEARS, REGIONS)
def test_mentions_are_stretches_of_the_text_in_order(
    text: str, year: int, region: str | None
) -> None:
    check(text, mentions(text, year, region))


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_text_can_be_read_lone_surrogates_too(text: str) -> None:
    check(text, mentions(text))


@settings(deadline=None)
@given(MIXTURES, REGIONS)
def test_reading_does_not_depend_on_what_was_read_before(text: str, region: str | None) -> None:
    once = mentions(text, region=region)
    mentions("哈尔滨、大庆", region=region)
    assert mentions(text, region=region) == once


@settings(deadline=None)
@given(MIXTURES, MIXTURES)
def test_paragraphs_do_not_lend_support_to_each_other(one: str, other: str) -> None:
    gap = "。\n" + "。" * 12 + "\n"
    together = names(one + gap + other)
    assert together == names(one + gap) + names(gap + other)


@settings(deadline=None)
@given(st.text(alphabet="甲乙丙丁戊己庚辛", max_size=12))
def test_text_of_no_names_has_no_mentions(text: str) -> None:
    assert mentions(text) == []


def test_astral_characters_count_as_one() -> None:
    assert [(m.start, m.end) for m in mentions("\U00020000哈尔滨\U0001f600大庆")] == [
        (1, 4),
        (5, 7),
    ]
