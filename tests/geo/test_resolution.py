"""Which of several places of one name is meant, and in whose name a toponym stands."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import load_gazetteer
from geo.recognition import Candidate, Mention, NameIndex, Strength, recognise_toponyms
from geo.resolution import Resolved, organisation_at, resolve_mentions

GAZETTEER = load_gazetteer()
PROVINCE = "230000"


@lru_cache(maxsize=2)
def index_of(year: int) -> NameIndex:
    return NameIndex(GAZETTEER, year)


def resolve(text: str, region: str | None = PROVINCE, year: int = 2011) -> list[Resolved]:
    mentions = recognise_toponyms(text, index_of(year), region)
    return resolve_mentions(text, mentions, GAZETTEER, region)


def places(text: str, region: str | None = PROVINCE) -> list[tuple[str, str]]:
    return [
        (place.surface, GAZETTEER.path(code))
        for place in resolve(text, region)
        for code in place.adcodes
    ]


def candidate(adcode: str, strength: Strength = Strength.FULL) -> Candidate:
    return Candidate(adcode, GAZETTEER.division(adcode).level, (adcode,), strength)


def mention(text: str, surface: str, *candidates: Candidate) -> Mention:
    start = text.index(surface)
    return Mention(start, start + len(surface), surface, candidates)


# --- one reading of several ----------------------------------------------------------------------

CHAOYANG = (candidate("110105"), candidate("220104"))


def test_single_reading_is_taken() -> None:
    text = "建设大庆"
    (found,) = resolve_mentions(
        text, [mention(text, "大庆", candidate("230600"))], GAZETTEER, PROVINCE
    )
    assert found == Resolved(2, 4, "大庆", "230600", "prefecture", ("230600",), None)


def test_two_readings_that_nothing_tells_apart_stay_unresolved() -> None:
    text = "在朝阳区发展"
    assert resolve_mentions(text, [mention(text, "朝阳区", *CHAOYANG)], GAZETTEER) == []


@pytest.mark.parametrize(("region", "adcode"), [("110000", "110105"), ("220000", "220104")])
def test_reading_in_the_region_is_meant(region: str, adcode: str) -> None:
    text = "在朝阳区发展"
    (found,) = resolve_mentions(text, [mention(text, "朝阳区", *CHAOYANG)], GAZETTEER, region)
    assert found.adcodes == (adcode,)


def test_parent_directly_to_the_left_beats_the_region() -> None:
    text = "长春市朝阳区"
    mentions = [
        mention(text, "长春市", candidate("220100")),
        mention(text, "朝阳区", *CHAOYANG),
    ]
    (found,) = resolve_mentions(text, mentions, GAZETTEER, "110000")
    assert (found.surface, found.adcodes) == ("长春市朝阳区", ("220104",))


def test_parent_nearby_helps() -> None:
    text = "长春的高新区、汽车厂都在朝阳区"
    mentions = [
        mention(text, "长春", candidate("220100")),
        mention(text, "朝阳区", *CHAOYANG),
    ]
    found = resolve_mentions(text, mentions, GAZETTEER)
    assert [place.adcodes for place in found] == [("220100",), ("220104",)]


def test_parent_far_away_does_not() -> None:
    text = "长春" + "甲" * 80 + "朝阳区"
    mentions = [
        mention(text, "长春", candidate("220100")),
        mention(text, "朝阳区", *CHAOYANG),
    ]
    found = resolve_mentions(text, mentions, GAZETTEER)
    assert [place.adcodes for place in found] == [("220100",)]


def test_readings_that_are_the_same_ground_are_no_ambiguity() -> None:
    text = "甲地"
    twin = Candidate("old", "county", ("230113",), Strength.FULL)
    (found,) = resolve_mentions(text, [mention(text, "甲地", twin, candidate("230113"))], GAZETTEER)
    assert found.adcodes == ("230113",)


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("吉林", None, [("吉林", "吉林省")]),
        ("吉林市", None, [("吉林市", "吉林市")]),
        ("吉林省吉林市", None, [("吉林省吉林市", "吉林市")]),
        ("吉林经济技术开发区", None, [("吉林", "吉林市")]),  # zones of that kind are a city's
        ("吉林精细化工产业园", None, [("吉林", "吉林市")]),
        ("吉林各产业园区", None, [("吉林", "吉林省")]),
        ("吉林东丰经济开发区", None, [("吉林东丰", "辽源市/东丰县")]),
        ("吉林船营", None, [("吉林船营", "吉林市/船营区")]),
        ("海南", None, [("海南", "海南省")]),
        ("青海海南", None, [("青海海南", "海南藏族自治州")]),
        ("沈阳、和平区", None, [("沈阳", "沈阳市"), ("和平区", "沈阳市/和平区")]),
        ("和平区", "210000", [("和平区", "沈阳市/和平区")]),
        ("和平区", None, []),
        ("朝阳区", None, []),
        ("鼓楼区", "320000", []),  # 南京 and 徐州
        ("南京市鼓楼区", "320000", [("南京市鼓楼区", "南京市/鼓楼区")]),
        ("向阳区", PROVINCE, []),  # 佳木斯 and 鹤岗
        ("佳木斯向阳区", PROVINCE, [("佳木斯向阳区", "佳木斯市/向阳区")]),
        ("鹤岗市向阳区", PROVINCE, [("鹤岗市向阳区", "鹤岗市/向阳区")]),
    ],
)
def test_places_of_one_name(text: str, region: str | None, expected: list[tuple[str, str]]) -> None:
    assert places(text, region) == expected


@pytest.mark.parametrize(
    ("text", "prefecture"),
    [("前进、东风、向阳", "佳木斯市"), ("兴安、东山、向阳", "鹤岗市")],
)
def test_list_tells_where_its_members_are(text: str, prefecture: str) -> None:
    assert [path for _, path in places(text)] == [
        f"{prefecture}/{name}区" for name in text.split("、")
    ]


@pytest.mark.parametrize(
    ("text", "region", "city"),
    [
        ("伊春、铁力", PROVINCE, "伊春市"),  # until 2019 it had a 伊春区
        ("绥化、伊春、铁力等地", PROVINCE, "伊春市"),
        ("长沙、浏阳", "430000", "长沙市"),  # there is a 长沙县
    ],
)
def test_city_beside_its_county_is_not_the_county_of_its_own_name(
    text: str, region: str, city: str
) -> None:
    assert city in [path for _, path in places(text, region)]


# --- a parent and its child are one place --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("哈尔滨市双城区", [("哈尔滨市双城区", "哈尔滨市/双城区")]),
        ("黑龙江省哈尔滨市双城区", [("黑龙江省哈尔滨市双城区", "哈尔滨市/双城区")]),
        ("牡丹江东安", [("牡丹江东安", "牡丹江市/东安区")]),
        ("哈尔滨大庆", [("哈尔滨", "哈尔滨市"), ("大庆", "大庆市")]),
        ("哈尔滨、双城", [("哈尔滨", "哈尔滨市"), ("双城", "哈尔滨市/双城区")]),
        ("大庆市齐齐哈尔市", [("大庆市", "大庆市"), ("齐齐哈尔市", "齐齐哈尔市")]),
    ],
)
def test_parent_is_merged_with_the_child_right_behind_it(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert places(text) == expected


def test_merged_place_spans_both() -> None:
    (found,) = resolve("建在哈尔滨市双城区。")
    assert (found.start, found.end, found.surface) == (2, 9, "哈尔滨市双城区")
    assert (found.key, found.level, found.within) == ("230113", "county", None)


def test_repeated_name_is_not_merged_with_itself() -> None:
    assert [surface for surface, _ in places("哈尔滨哈尔滨")] == ["哈尔滨", "哈尔滨"]


# --- organisations -------------------------------------------------------------------------------


def organisation(text: str, toponym: str) -> str | None:
    start = text.index(toponym)
    return organisation_at(text, start, start + len(toponym))


@pytest.mark.parametrize(
    ("text", "toponym", "expected"),
    [
        ("依托哈尔滨工业大学建设", "哈尔滨", "哈尔滨工业大学"),
        ("大庆油田增产", "大庆", "大庆油田"),
        ("大庆油田有限责任公司", "大庆", "大庆油田有限责任公司"),
        ("大庆石化120万吨乙烯", "大庆", "大庆石化"),
        ("牡丹江医学院", "牡丹江", "牡丹江医学院"),
        ("齐齐哈尔第一机床厂", "齐齐哈尔", "齐齐哈尔第一机床厂"),
        ("哈尔滨飞机工业集团", "哈尔滨", "哈尔滨飞机工业集团"),
        ("哈尔滨703所", "哈尔滨", "哈尔滨703所"),
        ("绥芬河海关", "绥芬河", "绥芬河海关"),
        ("龙江银行", "龙江", "龙江银行"),
        ("深圳市贝特瑞新能源材料股份有限公司", "深圳市", "深圳市贝特瑞新能源材料股份有限公司"),
        (
            "支持哈尔滨东安发动机（集团）有限公司扩能",
            "哈尔滨",
            "哈尔滨东安发动机（集团）有限公司",
        ),
        ("飞鹤（甘南）乳品有限公司", "甘南", "飞鹤（甘南）乳品有限公司"),
        ("、完达山（哈尔滨）乳品有限公司", "哈尔滨", "完达山（哈尔滨）乳品有限公司"),
        # 具有 is no verb inside 工具有限公司.
        ("哈尔滨第一工具有限公司", "哈尔滨", "哈尔滨第一工具有限公司"),
        ("伊春光明家具有限公司", "伊春", "伊春光明家具有限公司"),
    ],
)
def test_toponym_in_the_name_of_an_organisation(text: str, toponym: str, expected: str) -> None:
    assert organisation(text, toponym) == expected


@pytest.mark.parametrize(
    ("text", "toponym"),
    [
        ("大庆、哈尔滨工业大学", "大庆"),
        ("哈尔滨依托大庆油田", "哈尔滨"),
        ("哈尔滨的大学", "哈尔滨"),
        ("在哈尔滨建设甲集团", "哈尔滨"),
        ("牡丹江等地的公司", "牡丹江"),
        ("哈尔滨，大学", "哈尔滨"),
        ("大庆：油田", "大庆"),
        ("哈尔滨与某公司", "哈尔滨"),
        ("大庆", "大庆"),
        ("石墨产业园（萝北）", "萝北"),
        ("鸡西石墨产业集群", "鸡西"),
    ],
)
def test_free_toponym(text: str, toponym: str) -> None:
    assert organisation(text, toponym) is None


def test_place_in_a_name_is_still_resolved() -> None:
    (found,) = resolve("哈尔滨工业大学")
    assert (found.surface, found.adcodes, found.within) == (
        "哈尔滨",
        ("230100",),
        "哈尔滨工业大学",
    )


# --- properties ----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"、，。（）(与的在\n",
        *("大学", "有限公司", "集团", "油田", "703所", "产业园", "发动机", "飞鹤", "乳品", "工业"),
        *("哈尔滨", "大庆", "双城", "东安", "甘南", "牡丹江市", "朝阳区", "吉林", "哈大齐", "向阳"),
    ]
)
MIXTURES = st.lists(PIECES, max_size=12).map("".join)


@settings(deadline=None)
@given(MIXTURES, st.sampled_from([None, PROVINCE, "220000"]))
def test_resolved_places_are_stretches_of_the_text(text: str, region: str | None) -> None:
    end = 0
    for place in resolve(text, region):
        assert text[place.start : place.end] == place.surface
        assert place.start >= end
        assert all(GAZETTEER.division(code).adcode == code for code in place.adcodes)
        end = place.end


@settings(deadline=None)
@given(MIXTURES)
def test_organisation_holds_the_toponym_and_stands_in_the_text(text: str) -> None:
    for place in resolve(text):
        if place.within is not None:
            assert place.surface in place.within
            assert place.within in text
            assert len(place.within) > len(place.surface)


@settings(deadline=None)
@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 5))
def test_organisation_of_any_stretch_of_any_text(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    start = min(start, end)
    found = organisation_at(text, start, end)
    assert found is None or (text[start:end] in found and found in text)
