"""Where an item is: its own words, its organisation, sentence, heading, and the plan's scope."""

from __future__ import annotations

import pytest

from layers.extraction.placing import (
    NOWHERE,
    Location,
    heading_location,
    location_of,
    place_item,
    region_location,
)
from layers.extraction.tools import Reading, read_tools
from layers.model import Basis, Precision
from layers.plans import Document, Paragraph, Plan

HEILONGJIANG, HUNAN, CHANGSHA, ZHUZHOU = "230000", "430000", "430100", "430200"


def reading_of(text: str, region: str = HUNAN) -> Reading:
    plan = Plan(
        id="test", file="test.txt", title="test", period_start=2011, period_end=2015, region=region
    )
    return Reading(Document(plan, text), read_tools())


def paragraph_at(reading: Reading, offset: int) -> Paragraph:
    return next(p for p in reading.document.paragraphs if p.start <= offset < p.end)


def place(
    text: str,
    item: str,
    region: str = HUNAN,
    *,
    before: str | None = None,
    institution: bool = False,
) -> Location:
    """The location of the last `item` in a text; `before` are the words that place its list."""
    reading = reading_of(text, region)
    start = reading.document.text.rindex(item)
    where = None
    if before is not None:
        begin = reading.document.text.index(before)
        where = (begin, begin + len(before))
    return place_item(
        reading,
        paragraph_at(reading, start),
        start,
        start + len(item),
        before=where,
        institution=institution,
    )


@pytest.mark.parametrize(
    ("item", "places", "written", "precision"),
    [
        ("株洲硬质合金", ("430200",), ("株洲",), Precision.PREFECTURE),
        ("株洲市硬质合金", ("430200",), ("株洲市",), Precision.PREFECTURE),
        ("醴陵市陶瓷", ("430281",), ("醴陵市",), Precision.COUNTY),
        # what holds another is not meant besides
        ("长沙市岳麓区软件园", ("430104",), ("长沙市岳麓区",), Precision.COUNTY),
        ("上海宏信公司（湘潭）路面机械", ("430300",), ("湘潭",), Precision.PREFECTURE),
        # in a list all are meant, also where one holds another
        (
            "长沙市、株洲市及茶陵县特色产业",
            ("430100", "430200", "430224"),
            ("长沙市", "株洲市", "茶陵县"),
            Precision.REGION,
        ),
        ("长株潭城市群", ("430100", "430200", "430300"), ("长株潭",), Precision.REGION),
    ],
)
def test_the_items_own_words_come_first(
    item: str, places: tuple[str, ...], written: tuple[str, ...], precision: Precision
) -> None:
    expected = Location(places, written, Basis.TEXT, precision)
    assert place(f"（一）衡阳市\n推进{item}", item) == expected


@pytest.mark.parametrize(
    ("item", "region", "written", "precision"),
    [
        ("全省物流平台", HUNAN, "全省", Precision.PROVINCE),
        ("全市物流平台", CHANGSHA, "全市", Precision.PREFECTURE),
    ],
)
def test_words_for_the_whole_region(
    item: str, region: str, written: str, precision: Precision
) -> None:
    expected = Location((region,), (written,), Basis.TEXT, precision)
    assert place(f"建设{item}", item, region) == expected


@pytest.mark.parametrize(
    "item",
    [
        "深圳市比克电池",  # outside of the region
        "湖南省机械总厂铸件",  # a province in a firm's name is where it is registered
        "通用钻头",
    ],
)
def test_nothing_that_says_where(item: str) -> None:
    assert place(f"推进{item}项目", item) == NOWHERE


def test_an_institution_of_the_province_is_in_the_province() -> None:
    text = "依托湖南省农业科学院"
    assert place(text, "湖南省农业科学院") == NOWHERE
    assert place(text, "湖南省农业科学院", institution=True) == Location(
        (HUNAN,), ("湖南省",), Basis.TEXT, Precision.PROVINCE
    )


@pytest.mark.parametrize(
    ("text", "places", "basis"),
    [
        ("贝特瑞石墨", ("230307",), Basis.KNOWLEDGE),
        # a seat that the heading holds is finer than it, one elsewhere does not count
        ("（一）鸡西\n贝特瑞石墨", ("230307",), Basis.KNOWLEDGE),
        ("（一）牡丹江\n贝特瑞石墨", ("231000",), Basis.CONTEXT),
        ("（一）鸡西\n大庆贝特瑞石墨", ("230600",), Basis.TEXT),
    ],
)
def test_the_seat_of_the_organisation(text: str, places: tuple[str, ...], basis: Basis) -> None:
    found = place(text, text.rpartition("\n")[2], HEILONGJIANG)
    assert (found.places, found.basis) == (places, basis)


def test_a_seat_outside_of_the_region_is_no_location() -> None:
    assert place("贝特瑞石墨", "贝特瑞石墨", HUNAN) == NOWHERE


@pytest.mark.parametrize(
    ("text", "places", "written"),
    [
        ("（一）株洲硬质合金\n推进钻头项目", ("430200",), ("株洲",)),
        # the innermost heading that names a place
        ("（一）株洲\n1.长沙\n推进钻头项目", ("430100",), ("长沙",)),
        ("（一）株洲\n1.硬质合金\n推进钻头项目", ("430200",), ("株洲",)),
        # what its paragraph starts from
        ("（一）株洲\n依托攸县煤矿，推进钻头项目", ("430223",), ("攸县",)),
    ],
)
def test_heading_and_paragraph_are_context(
    text: str, places: tuple[str, ...], written: tuple[str, ...]
) -> None:
    found = place(text, "钻头项目")
    assert (found.places, found.as_written, found.basis) == (places, written, Basis.CONTEXT)


@pytest.mark.parametrize(
    "text",
    ["依托株洲、湘潭的优势，推进钻头项目", "依托株洲的优势，推进钻头项目"],
)
def test_prefectures_that_a_paragraph_starts_from_place_nothing(text: str) -> None:
    assert place(text, "钻头项目") == NOWHERE


def test_the_words_before_a_list_beat_the_heading() -> None:
    text = "（一）株洲\n在浏阳市、醴陵市推进钻头、锯片项目"
    assert place(text, "锯片", before="浏阳市、醴陵市") == Location(
        ("430181", "430281"), ("浏阳市", "醴陵市"), Basis.CONTEXT, Precision.REGION
    )


def test_the_scope_of_a_citys_plan() -> None:
    assert place("推进钻头项目", "钻头项目", ZHUZHOU) == Location(
        (ZHUZHOU,), (), Basis.CONTEXT, Precision.PREFECTURE
    )
    # another city's name is no location in it, a county of its own is
    assert place("推进长沙钻头", "长沙钻头", ZHUZHOU).basis is Basis.CONTEXT
    assert place("推进醴陵陶瓷", "醴陵陶瓷", ZHUZHOU).places == ("430281",)


def test_heading_location_is_what_the_paragraphs_heading_says() -> None:
    reading = reading_of("（一）株洲硬质合金\n推进长沙钻头项目")
    assert heading_location(reading, reading.document.paragraphs[1]).places == ("430200",)
    bare = reading_of("推进长沙钻头项目")
    assert heading_location(bare, bare.document.paragraphs[0]) == NOWHERE


def test_region_location() -> None:
    province = region_location(reading_of("全省"), ("全省",), Basis.TEXT)
    city = region_location(reading_of("全市", CHANGSHA), (), Basis.CONTEXT)
    assert province == Location((HUNAN,), ("全省",), Basis.TEXT, Precision.PROVINCE)
    assert city == Location((CHANGSHA,), (), Basis.CONTEXT, Precision.PREFECTURE)


@pytest.mark.parametrize(
    ("text", "places", "written", "basis"),
    [
        # the park's words name the division, or only the table of sites knows it
        ("鸡西石墨产业园", ("230300",), ("鸡西",), Basis.TEXT),
        ("利民开发区", ("230111",), ("利民开发区",), Basis.KNOWLEDGE),
    ],
)
def test_a_site_is_text_only_where_its_name_names_its_division(
    text: str, places: tuple[str, ...], written: tuple[str, ...], basis: Basis
) -> None:
    reading = reading_of(text, HEILONGJIANG)
    found = location_of(reading, reading.places, Basis.TEXT)
    assert (found.places, found.as_written, found.basis) == (places, written, basis)


def test_nothing_inside_of_the_region_is_nowhere() -> None:
    reading = reading_of("长沙发展", ZHUZHOU)
    assert len(reading.places) == 1
    assert location_of(reading, reading.places, Basis.TEXT) == NOWHERE
    assert not NOWHERE.is_fine


@pytest.mark.parametrize(
    ("text", "region", "places"),
    [
        ("醴陵、株洲、湘潭", HUNAN, ("430281", "430200", "430300")),  # an item before its holder
        ("株洲—醴陵—攸县", ZHUZHOU, ("430200", "430281", "430223")),  # the region is an item
        ("株洲市的醴陵、攸县", ZHUZHOU, ("430281", "430223")),
        ("株洲建设醴陵", HUNAN, ("430281",)),
        ("湖南、株洲", HUNAN, ("430200",)),  # a province is no item beside its cities
    ],
)
def test_an_item_of_a_list_stays_beside_what_it_holds(
    text: str, region: str, places: tuple[str, ...]
) -> None:
    reading = reading_of(text, region)
    assert location_of(reading, reading.places, Basis.TEXT).places == places


def test_only_what_says_more_than_the_province_is_fine() -> None:
    province = Location((HUNAN,), (), Basis.TEXT, Precision.PROVINCE)
    county = Location(("430281",), (), Basis.TEXT, Precision.COUNTY)
    assert (province.is_fine, county.is_fine) == (False, True)
