"""Statements that a place is to develop an industry, and what is none."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from layers.extraction import extract_features
from layers.extraction.drafts import Draft, finish
from layers.extraction.focus import extract_focus, focus_of_spread
from layers.extraction.placing import Location
from layers.extraction.projects import extract_projects
from layers.extraction.tools import Reading, read_tools
from layers.model import Basis, Feature, Precision
from layers.plans import Document, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"


def reading_of(text: str, region: str = "430000") -> Reading:
    plan = Plan(
        id="test", file="test.txt", title="test", period_start=2011, period_end=2015, region=region
    )
    return Reading(Document(plan, text), read_tools())


def focus_of(
    text: str,
    *,
    region: str = "430000",
    taken: tuple[tuple[int, int], ...] = (),
    named: tuple[Draft, ...] = (),
) -> list[Feature]:
    reading = reading_of(text, region)
    return list(finish(extract_focus(reading, taken, named), reading))


@cache
def of_plan(plan: str) -> dict[int, list[Feature]]:
    """The statements of a plan in the library by line."""
    document = next(d for d in read_library(SEEDS).documents if d.plan.id == plan)
    lines: dict[int, list[Feature]] = {}
    for feature in extract_features(document, read_tools()).features:
        if feature.layer == "focus":
            lines.setdefault(feature.evidence.line, []).append(feature)
    return lines


@pytest.mark.parametrize(
    ("plan", "line", "places", "industry"),
    [
        ("harbin-2006", 148, ("230123",), "chemicals.coal"),
        ("emerging-2016", 32, ("230600", "230900"), "information.cloud"),
        ("industry-2019", 111, ("230300", "230400", "231000"), "materials.graphite"),
        (
            "industry-2019",
            148,
            ("230200", "230600", "231200", "230300", "230400", "230500", "230900"),
            "new-energy.solar",
        ),
        (
            "industry-2019",
            165,
            (
                *("230100", "230200", "230800", "230600", "230300"),
                *("230500", "230400", "231200", "231100"),
            ),
            "environment.recycling",
        ),
        (
            "industry-2019",
            188,
            ("230300", "230500", "230900", "230400"),
            "conventional-energy.coal",
        ),
    ],
)
def test_directions_of_the_library(
    plan: str, line: int, places: tuple[str, ...], industry: str
) -> None:
    found = of_plan(plan)[line]
    assert places in [feature.places for feature in found]
    feature = next(f for f in found if f.places == places)
    assert industry in feature.industries
    assert feature.basis is Basis.TEXT


def test_ethanol_is_a_direction_of_its_towns_besides_the_projects() -> None:
    assert [(f.name, f.places, f.industries) for f in of_plan("industry-2019")[155]] == [
        (
            "北安、海伦、大庆、富锦、鸡东燃料乙醇",
            ("231181", "231283", "230600", "230882", "230321"),
            ("new-energy.biomass",),
        ),
        ("桦南、双鸭山燃料乙醇", ("230822", "230500"), ("new-energy.biomass",)),
    ]


def test_the_plan_of_2011_names_projects_and_parks_but_no_directions() -> None:
    assert of_plan("projects-2011") == {}


@pytest.mark.parametrize(
    ("text", "places", "label", "industries"),
    [
        ("支持益阳市资阳区发展船舶制造。", ("430902",), "船舶制造", ("equipment.marine",)),
        (
            "在郴州、永州发展有色金属加工。",
            ("431000", "431100"),
            "有色金属",
            ("mining-metals.nonferrous",),
        ),
        ("将长沙建成工程机械之都。", ("430100",), "工程机械", ("equipment.special",)),
        (
            "发挥湘潭锰矿资源优势，加快发展电解锰。",
            ("430300",),
            "锰矿",
            ("mining-metals.ferrous-ore",),
        ),
    ],
)
def test_a_place_and_what_it_is_to_develop(
    text: str, places: tuple[str, ...], label: str, industries: tuple[str, ...]
) -> None:
    (feature,) = focus_of(text)
    assert feature.places == places
    assert (feature.industry_label, feature.industries) == (label, industries)
    assert feature.name == text.rstrip("。")
    assert feature.basis is Basis.TEXT


def test_each_group_of_places_governs_its_clauses() -> None:
    found = focus_of("支持益阳发展船舶制造，做强龙头，常德发展食品工业；怀化发展中药材。")
    assert [(f.name, f.places) for f in found] == [
        ("支持益阳发展船舶制造，做强龙头", ("430900",)),
        ("常德发展食品工业", ("430700",)),
        ("怀化发展中药材", ("431200",)),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "株洲、湘潭侧重轨道交通，衡阳侧重输变电，邵阳市新邵县布局锑加工。",
            {
                "株洲、湘潭侧重轨道交通": ("430200", "430300"),
                "衡阳侧重输变电": ("430400",),
                "邵阳市新邵县布局锑加工": ("430522",),
            },
        ),
        ("浏阳市主攻烟花，宁乡市主攻食品。", ["浏阳市主攻烟花", "宁乡市主攻食品"]),
        ("安化县要把茶叶做成大产业。", ["安化县要把茶叶做成大产业"]),
        ("桃江县以竹材加工为特色。", ["桃江县以竹材加工为特色"]),
        ("永州市围绕柑橘，怀化市围绕中药材做文章。", ["永州市围绕柑橘", "怀化市围绕中药材做文章"]),
        (
            "郴州市突出有色金属，娄底市聚焦钢铁，怀化市转向中药材。",
            ["郴州市突出有色金属", "娄底市聚焦钢铁", "怀化市转向中药材"],
        ),
        (
            "桂阳县以有色金属、烟叶为主；安乡县以纺织为主导。",
            ["桂阳县以有色金属、烟叶为主", "安乡县以纺织为主导"],
        ),
        ("临武县则以宝石加工见长。", ["临武县则以宝石加工见长"]),
        # A new place with its own verb begins anew behind 、 too.
        ("祁东县主攻黄花菜、常宁市侧重铜冶炼。", ["祁东县主攻黄花菜", "常宁市侧重铜冶炼"]),
        ("支持长沙、株洲发展机器人。", ["支持长沙、株洲发展机器人"]),
        # Places are no industry that something is built on.
        ("以长沙、岳阳为重点。", []),
    ],
)
def test_verbs_that_say_what_a_place_is_for(text: str, named: object) -> None:
    found = {f.name: f.places for f in focus_of(text)}
    assert (found if isinstance(named, dict) else list(found)) == named


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("支持江永县发展女书织品。", "女书织品"),
        ("鼓励通道县、靖州县做强雁鹅养护等特色产业。", "雁鹅养护"),
        ("辰溪县以龟甲贴面为特色。", "龟甲贴面"),
        ("江华县要把瑶绣做成大产业。", "瑶绣"),
    ],
)
def test_an_industry_that_no_table_knows_keeps_the_plans_words(text: str, label: str) -> None:
    (feature,) = focus_of(text)
    assert (feature.industry_label, feature.industries) == (label, ())
    assert feature.places


@pytest.mark.parametrize(
    "text",
    [
        "做强岳阳省域副中心。",
        "支持怀化发展开放型经济。",
        "推动郴州、永州协同发展。",
        "在衡阳发展各项社会事业。",
        "长沙市“十二五”发展规划",
        "娄底市发展势头良好。",
        "支持长沙、湘潭龙头企业做大做强。",
        # Under a heading of an industry these say nothing of it either.
        "（一）环保\n衡阳市突出重围，邵阳市聚焦主责主业。",
        "（一）环保\n平江县以脱贫攻坚为重点。",
        "（一）环保\n娄底市：加强组织领导，落实责任。",
        "（一）环保\n永州市：大力培育特色优势产业。",
    ],
)
def test_what_is_developed_but_no_industry(text: str) -> None:
    assert focus_of(text) == []


# -- headings that are nothing but places --------------------------------------------------


def test_a_place_as_head_governs_a_mere_list_of_industries() -> None:
    text = "第三章 县域主导产业\n石门县：柑橘、茶叶及矿泉水。\n永兴县：女书织品、雁鹅养护。\n"
    first, second = focus_of(text + "江华县：稀土、风电，兼顾瑶药。")[:2]
    assert (first.name, first.places, first.basis) == (
        "柑橘、茶叶及矿泉水",
        ("430726",),
        Basis.TEXT,
    )
    assert first.evidence.quote == "石门县：柑橘、茶叶及矿泉水"
    assert first.industries == ("green-food.produce", "green-food.beverages")
    # Nothing of the second is in the crosswalk; the chapter says that industries are meant.
    assert (second.places, second.industry_label, second.industries) == (
        ("431023",),
        "女书织品、雁鹅养护",
        (),
    )


@pytest.mark.parametrize("mark", ["：", "——", "　"])
def test_a_place_as_head_within_a_paragraph(mark: str) -> None:
    text = f"（一）湘南。郴州市{mark}有色金属、咖啡。永州市{mark}柑橘、女书织品。"
    first, second = focus_of(text)
    assert (first.name, first.places) == ("有色金属、咖啡", ("431000",))
    assert first.industries == ("mining-metals.nonferrous", "green-food.beverages")
    assert second.evidence.quote == f"永州市{mark}柑橘、女书织品"
    assert (second.places, second.basis) == (("431100",), Basis.TEXT)


def test_places_with_an_industry_each_are_one_each() -> None:
    text = "支持浏阳市烟花、醴陵市陶瓷，邵东县打火机等特色产业做大做强。"
    assert [(f.name, f.places, f.industries) for f in focus_of(text)] == [
        ("浏阳市烟花", ("430181",), ("forest-light.household",)),
        ("醴陵市陶瓷", ("430281",), ("mining-metals.ceramics",)),
        ("邵东县打火机", ("430582",), ("forest-light.household",)),
    ]
    # 南山 stands for many places and is none here: its item is lost, not the list.
    text = "培育浏阳烟花、醴陵陶瓷、南山水晶、安化茶叶等百亿级特色产业。"
    assert [f.name for f in focus_of(text)] == ["浏阳烟花", "醴陵陶瓷", "安化茶叶"]
    assert [f.places for f in focus_of("支持株洲机器人、航空装备产业发展。")] == [("430200",)]
    (one,) = focus_of("支持浏阳市、醴陵市烟花产业发展。")
    assert one.places == ("430181", "430281")


def test_a_city_with_its_county_in_brackets_is_the_city() -> None:
    (feature,) = focus_of("常德市（含石门县）：柑橘、茶叶。")
    assert feature.places == ("430700",)


def test_several_places_as_head_and_a_verb() -> None:
    (feature,) = focus_of("衡阳、郴州两市：重点发展有色金属加工，延伸铜铝深加工。")
    assert feature.places == ("430400", "431000")
    assert feature.name == "重点发展有色金属加工，延伸铜铝深加工"


def test_a_heading_of_its_own_line_is_context() -> None:
    (feature,) = focus_of("（一）石门县。\n重点发展柑橘加工。\n（二）保障。\n加强领导。")
    assert (feature.places, feature.basis) == (("430726",), Basis.CONTEXT)
    assert feature.evidence.quote == "重点发展柑橘加工"


def test_a_place_as_head_is_nearer_than_the_industry_of_a_heading() -> None:
    (feature,) = focus_of("（一）环保\n湘西州：推动锰锌、白酒高质量发展。")
    assert feature.industries[-1] == "green-food.beverages"
    assert not any(code.startswith("environment") for code in feature.industries)


def test_places_in_the_words_come_before_those_of_the_head() -> None:
    found = focus_of("常德市：支持石门县发展柑橘加工。")
    assert [(f.name, f.places) for f in found] == [("支持石门县发展柑橘加工", ("430726",))]


@pytest.mark.parametrize(
    "text",
    [
        "石门县：县发改局、工信局。",
        "石门县：石门县柑橘公司。",
        "石门县：25亿元。",
        "石门县：张三、李四。",
        "责任单位：石门县、柑橘办。",
    ],
)
def test_a_place_as_head_of_something_else(text: str) -> None:
    assert focus_of(text) == []


def test_places_in_clauses_without_a_verb_are_one_group() -> None:
    (feature,) = focus_of("在长沙、株洲等城市周边，岳阳、常德等粮食主产区，建设秸秆发电体系。")
    assert feature.places == ("430100", "430200", "430600", "430700")
    assert feature.precision is Precision.REGION


def test_the_heading_says_the_industry_where_the_words_do_not() -> None:
    (feature,) = focus_of("（一）工程机械\n支持长沙、常德做大做强。")
    assert (feature.industry_label, feature.industries) == ("工程机械", ("equipment.special",))


@pytest.mark.parametrize(
    "text",
    [
        # nothing to be done, or nothing said of an industry
        "2010年，长沙市工程机械产值达到1000亿元。",
        "长沙市要加快发展。",
        # negations
        "长沙、株洲、湘潭不再新建钢铁项目。",
        "严格控制岳阳、常德造纸产能。",
        "除长沙市以外，各地限制发展玻璃。",
        "淘汰娄底落后炼焦产能，发展精细化工。",
        "岳阳市严禁建设化工装置。",
        # mere mentions
        "组团赴沈阳、大连考察装备制造业发展经验。",
        "举办长沙国际工程机械博览会，推动工程机械发展。",
        "衡阳市已建成输变电装备基地，加快发展。",
        "长沙市列为国家云计算试点，发展云计算。",
        "支持岳阳市申报综合保税区，发展物流。",
        # the region as a whole, another region
        "全省大力发展新材料。",
        "湖南要大力发展新材料。",
        "支持广东深圳发展电子信息。",
        # the places of firms
        "依托长沙、株洲的骨干企业，发展新材料。",
        # a cluster, which is a layer of its own
        "支持长沙工程机械产业集群发展。",
    ],
)
def test_what_is_no_direction(text: str) -> None:
    assert focus_of(text) == []


@pytest.mark.parametrize("title", ["“十一五”回顾", "发展基础", "发展现状", "面临的形势"])
def test_what_looks_back_is_no_direction(title: str) -> None:
    sentence = "长沙市加快发展工程机械。"
    assert focus_of(f"一、{title}\n{sentence}") == []
    assert len(focus_of(f"一、主要任务\n{sentence}")) == 1


def test_a_citys_plan_speaks_of_its_counties_not_of_other_cities() -> None:
    found = focus_of("支持湘潭发展电机，浏阳市发展生物医药。", region="430100")
    assert [(f.name, f.places) for f in found] == [("浏阳市发展生物医药", ("430181",))]


def test_words_that_are_taken_are_not_read_again() -> None:
    text = "支持益阳发展船舶制造；怀化发展中药材。"
    assert [f.name for f in focus_of(text, taken=((2, 4),))] == ["怀化发展中药材"]


def test_a_structure_that_is_named_is_not_a_direction_besides() -> None:
    text = "益阳加快建设环湖船舶带，发展船舶制造。"
    assert len(focus_of(text)) == 1
    assert focus_of(text, named=(Draft("layout", "环湖船舶带", 6, 11),)) == []


@pytest.mark.parametrize("head", ["一、基础条件", "第一篇　基本情况"])
def test_a_chapter_on_how_things_stand_says_no_direction(head: str) -> None:
    assert focus_of(f"{head}\n益阳发展船舶制造。\n") == []


def test_works_that_were_finished_are_no_direction() -> None:
    assert focus_of("益阳船舶制造、怀化中药材加工相继建成。") == []
    assert focus_of("益阳船舶制造扩能等一批项目建成达效。") == []


@pytest.mark.parametrize("verb", ["兼顾", "兼营", "要兼顾", "分别承担"])
def test_a_place_may_do_something_besides(verb: str) -> None:
    (feature,) = focus_of(f"桃源县{verb}铅锌采选。")
    assert feature.name == f"桃源县{verb}铅锌采选"
    assert feature.places == ("430725",)


def test_a_branch_has_its_sites_at_places() -> None:
    (feature,) = focus_of("石化业在岳阳市、常德市布点。")
    assert feature.places == ("430600", "430700")
    assert feature.industries


def test_a_part_of_a_town_takes_over_a_link_of_the_chain() -> None:
    (feature,) = focus_of("桃源县漳江片区、石门县宝峰片区分别承担前驱体、磷酸铁环节。")
    assert feature.places == ("430725", "430726")
    assert feature.evidence.quote == "桃源县漳江片区、石门县宝峰片区分别承担前驱体、磷酸铁环节"


def test_stretches_that_hold_others_are_taken_as_a_whole() -> None:
    text = "支持益阳发展船舶制造；怀化发展中药材。"
    assert focus_of(text, taken=((0, len(text)), (1, 2), (3, 4))) == []
    assert len(focus_of(text, taken=((11, 12),))) == 1


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("常德市突出船舶制造，益阳市突出中药材", [("430700",), ("430900",)]),
        ("常德市、益阳市重点发展船舶制造", []),
    ],
)
def test_behind_the_name_of_a_structure_each_place_has_its_own(
    said: str, places: list[tuple[str, ...]]
) -> None:
    text = f"（一）环湖发展区。{said}。"
    located = Location(("430700", "430900"), ("常德市", "益阳市"), Basis.TEXT, Precision.REGION)
    named = Draft("layout", "环湖发展区", 3, 8, located)
    assert [f.places for f in focus_of(text, taken=((3, 8),), named=(named,))] == places


def told(text: str) -> dict[str, tuple[str, ...]]:
    return {feature.name: feature.places for feature in focus_of(text)}


def test_behind_a_branch_and_a_colon_each_item_is_a_direction() -> None:
    text = "三、任务\n{}：湘北桃源县、石门县啤酒饮料；湘中新化县水产罐头。\n"
    expected = {
        "湘北桃源县、石门县啤酒饮料": ("430725", "430726"),
        "湘中新化县水产罐头": ("431322",),
    }
    assert told(text.format("乙、食品")) == expected
    assert told(text.format("食品")) == expected
    assert told(text.format("乙、组织")) == {}


def test_a_list_of_places_that_is_singled_out_is_a_direction_of_each() -> None:
    text = "桃源县、石门县稀土材料，新化县新能源电池，均列为省级扶持对象。"
    assert told(text) == {
        "桃源县、石门县稀土材料": ("430725", "430726"),
        "新化县新能源电池": ("431322",),
    }
    assert told("桃源县稀土材料，新化县新能源电池，获批省级基地。") == {}


def test_the_branches_of_places_that_are_to_grow_are_one_for_each() -> None:
    text = "桃源县和石门县的茶叶加工、新化县的肉牛屠宰也要形成规模。"
    assert told(text) == {
        "桃源县和石门县的茶叶加工": ("430725", "430726"),
        "新化县的肉牛屠宰": ("431322",),
    }


def test_a_long_statement_is_cut_at_a_comma_and_quoted_in_full() -> None:
    sentence = "在桃源、石门等山区县，加快发展茶叶加工，" + "推广标准化种植，" * 8 + "完善体系"
    (feature,) = focus_of(sentence + "。")
    assert feature.evidence.quote == sentence
    assert len(feature.name) <= 60
    assert sentence.startswith(feature.name + "，")


# -- directions of projects that are spread over towns ------------------------------------


def spread(text: str) -> list[Feature]:
    reading = reading_of(text)
    return list(finish(focus_of_spread(list(extract_projects(reading))), reading))


def test_a_project_in_several_towns_is_a_direction_of_them() -> None:
    (feature,) = spread("加快推进华能新能源在郴州、永州、怀化等地风力发电项目。")
    assert feature.name == "郴州、永州、怀化风力发电"
    assert feature.places == ("431000", "431100", "431200")
    assert feature.places_as_written == ("郴州", "永州", "怀化")
    assert (feature.basis, feature.precision) == (Basis.TEXT, Precision.REGION)
    assert feature.evidence.quote == "华能新能源在郴州、永州、怀化等地风力发电项目"


def test_projects_of_a_town_each_are_none() -> None:
    assert spread("加快推进郴州风力发电、永州水电等重点项目。") == []
