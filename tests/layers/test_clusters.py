"""Clusters: on the five plans, and on sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.extraction import read_tools
from layers.extraction.clusters import extract_clusters
from layers.extraction.drafts import Draft
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Document, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"
TOOLS = read_tools()
LIBRARY = {document.plan.id: document for document in read_library(SEEDS).documents}


def drafts_of(text: str, region: str) -> list[Draft]:
    plan = Plan("p", "p.txt", "p", 2016, 2020, region)
    return list(extract_clusters(Reading(Document(plan, text), TOOLS)))


def read(text: str, region: str) -> dict[str, tuple[str, ...]]:
    return {draft.name: draft.location.places for draft in drafts_of(text, region)}


def existing(text: str, region: str) -> dict[str, bool]:
    return {draft.name: draft.more["existing"] for draft in drafts_of(text, region)}


def seed(plan: str) -> dict[str, Draft]:
    return {draft.name: draft for draft in extract_clusters(Reading(LIBRARY[plan], TOOLS))}


# --- the five plans ------------------------------------------------------------------------------


def test_standing_clusters_with_the_last_of_the_list() -> None:
    standing = {n: d for n, d in seed("industry-2019").items() if d.more["existing"]}
    assert {name: draft.label.text for name, draft in standing.items()} == {
        "哈尔滨-大庆-牡丹江生物医药产业集群": "生物医药",
        "鸡西-鹤岗石墨新材料产业集群": "石墨新材料",
        "哈尔滨-齐齐哈尔能源装备产业集群": "能源装备",
        "哈尔滨机器人产业集群": "机器人",
        "哈尔滨绿色食品产业集群": "绿色食品",
        "大庆精细化工产业集群": "精细化工",
        "大庆、哈尔滨、牡丹江、绥化化工产业集群": "化工",
    }


def test_planned_clusters_and_gatherings_of_the_library() -> None:
    planned = {n: d for n, d in seed("industry-2019").items() if not d.more["existing"]}
    assert {name: draft.location.as_written for name, draft in planned.items()} == {
        "机器人及智能装备、航空装备、海洋工程装备": ("哈大齐",),
        "石油石化装备": ("大庆", "牡丹江"),
        "农机装备": ("哈尔滨", "佳木斯"),
        "牡丹江、绥化、鸡西、大庆生物医药产业集群": ("牡丹江", "绥化", "鸡西", "大庆"),
    }


def test_clusters_with_targets() -> None:
    clusters = seed("emerging-2016")
    assert len(clusters) == 5
    assert clusters["哈尔滨云计算产业集群"].more == {
        "existing": False,
        "target": "预期到2018年，哈尔滨云计算产业集群销售收入达到500亿元",
    }


def test_clusters_by_the_scope_of_a_plan() -> None:
    clusters = seed("harbin-2006")
    assert {name: draft.label.text for name, draft in clusters.items()} == {
        "化工产业集群": "化工",
        "石化工业产业集群": "石化工业",
        "农作区乳品产业集群": "乳品",
        "高新技术产业集群": "高新技术",
        "以人造板、家具为主的产业集群": "人造板、家具",
    }
    assert {draft.location.places for draft in clusters.values()} == {("230100",)}
    assert {draft.location.basis for draft in clusters.values()} == {Basis.CONTEXT}


def test_bases_around_a_centre() -> None:
    clusters = seed("projects-2011")
    assert list(clusters) == ["东部四煤城现代煤化工基地", "西部哈大齐沿线的石油化工基地"]
    assert len(clusters["东部四煤城现代煤化工基地"].location.places) == 4


def test_a_heading_is_placed_by_the_lines_that_list_its_cities() -> None:
    text = (
        "一、新型显示产业集群\n核心城市：武汉、鄂州。\n支撑城市：荆州。\n重点项目：甲。\n"
        "二、蜡染产业集群\n主要承载地：恩施市、利川市。\n"
        "三、特色优势产业集群\n重点城市：黄石。\n"
        "四、磷化工产业集群\n围绕强链补链，推动武汉研发。"
    )
    drafts = drafts_of(text, "420000")
    assert {d.name: (d.location.places, d.label.codes) for d in drafts} == {
        "新型显示产业集群": (("420100", "420700", "421000"), ("information.electronics",)),
        # The crosswalk does not know it; 特色优势 is no industry at all.
        "蜡染产业集群": (("422801", "422802"), ()),
    }
    assert drafts[0].location.basis is Basis.TEXT
    assert drafts[1].label.text == "蜡染"


def test_a_production_area_with_several_places_as_its_body() -> None:
    (draft,) = drafts_of("建设以恩施市、利川市为主体的茶叶生产区。", "420000")
    assert draft.name == "恩施市、利川市茶叶生产区"
    assert draft.location.places == ("422801", "422802")
    assert (draft.label.text, draft.label.codes) == ("茶叶", ("green-food.beverages",))


def test_cluster_of_a_park_in_quotation_marks() -> None:
    cluster = seed("innovation-2016")["重型数控机床产业集群"]
    assert cluster.location.places == ("230200",)
    assert cluster.more["existing"] is True


# --- clusters by name ----------------------------------------------------------------------------


def test_one_place_lists_and_joined_industries() -> None:
    text = (
        "培育长沙工程机械产业集群、株洲—湘潭轨道交通装备产业集群和常德烟草机械产业集群，"
        "衡阳、郴州等地有色金属产业集群。发展益阳船舶装备和农机装备产业集群。"
    )
    assert read(text, "430000") == {
        "长沙工程机械产业集群": ("430100",),
        "株洲—湘潭轨道交通装备产业集群": ("430200", "430300"),
        "常德烟草机械产业集群": ("430700",),
        "衡阳、郴州有色金属产业集群": ("430400", "431000"),
        "益阳船舶装备和农机装备产业集群": ("430900",),
    }


def test_items_that_share_a_noun() -> None:
    text = "建设武汉光电子、宜昌磷化工、襄阳汽车产业集群。建设武汉软件园、荆州家电产业集群。"
    assert read(text, "420000") == {
        "武汉光电子产业集群": ("420100",),
        "宜昌磷化工产业集群": ("420500",),
        "襄阳汽车产业集群": ("420600",),
        "荆州家电产业集群": ("421000",),
    }


def test_the_shared_noun_proves_items_that_no_table_knows() -> None:
    drafts = drafts_of("培育晋江鞋业、德化蜡染、安溪茶叶等产业集群。", "350000")
    assert {d.name: (d.location.places, d.label.text, d.label.codes) for d in drafts} == {
        "晋江鞋业产业集群": (("350582",), "鞋业", ("forest-light.garments",)),
        # Unknown to the crosswalk: the plan's words as its label, and no industry.
        "德化蜡染产业集群": (("350526",), "蜡染", ()),
        "安溪茶叶产业集群": (("350524",), "茶叶", ("green-food.beverages",)),
    }


def test_nouns_that_say_cluster() -> None:
    text = "推动晋江鞋业、南安水暖、德化日用陶瓷等块状经济转型升级，建设福州—莆田电子信息产业群。"
    drafts = drafts_of(text, "350000")
    assert {d.name: (d.location.places, d.label.codes) for d in drafts} == {
        "晋江鞋业": (("350582",), ("forest-light.garments",)),
        "南安水暖": (("350583",), ("mining-metals.metal-products",)),
        "德化日用陶瓷": (("350526",), ("mining-metals.ceramics",)),
        "福州—莆田电子信息产业群": (("350100", "350300"), ("information",)),
    }
    assert existing(text, "350000")["南安水暖"]
    assert drafts_of("年产值五十亿元以上的块状经济有20个。", "350000") == []


def test_a_head_that_names_no_industry_leaves_the_last_item() -> None:
    text = "一、打造特色产业集群\n提升沙县小吃、永春竹编、福鼎锂电等一批特色产业集群。"
    drafts = drafts_of(text, "350000")
    assert {d.name: d.label.codes for d in drafts} == {
        "沙县小吃产业集群": (),  # nothing of it in the crosswalk or in the heading
        "永春竹编产业集群": ("forest-light.household",),
        "福鼎锂电产业集群": ("new-energy.storage",),
    }


def test_a_heading_with_those_that_carry_it() -> None:
    text = (
        "（一）核电装备产业集群。以福清市、霞浦县为主要承载区，打造千亿级集群。\n"
        "（二）海洋工程集群。主要布局在福州、宁德等地。\n"
        "（三）节能环保集群，重点在龙岩布局。\n"
        "（四）氟新材料产业集群（三明、南平）\n"
        "（五）前沿材料集群：厦门石墨烯、泉州碳纤维。"
    )
    assert read(text, "350000") == {
        "核电装备产业集群": ("350181", "350921"),
        "海洋工程集群": ("350100", "350900"),
        "节能环保集群": ("350800",),
        "氟新材料产业集群": ("350400", "350700"),
        "前沿材料集群": ("350200", "350500"),
    }


def test_an_item_without_a_known_place_does_not_end_the_list() -> None:
    names = read("打造晋江鞋业、大洋陶瓷、福清食品等产业集群。", "350000")
    assert set(names) == {"晋江鞋业产业集群", "福清食品产业集群"}


def test_the_number_of_clusters_is_not_part_of_a_name() -> None:
    names = read("形成泉州鞋业、厦门平板显示、福清食品三个产业集群。", "350000")
    assert set(names) == {"泉州鞋业产业集群", "厦门平板显示产业集群", "福清食品产业集群"}


def test_a_bracket_of_the_place_belongs_to_the_name() -> None:
    text = "打造青岛市（胶州、莱西）机器人产业集群。"
    (draft,) = drafts_of(text, "370000")
    assert draft.name == "青岛市（胶州、莱西）机器人产业集群"
    assert draft.location.places == ("370281", "370285")
    assert draft.label.text == "机器人"


def test_places_that_govern_a_verb_are_context() -> None:
    text = "在黄石市、大冶市建设特种钢产业集群。打造生物医药产业集群（武汉、宜昌）。"
    steel, medicine = drafts_of(text, "420000")
    assert (steel.name, steel.location.basis) == ("特种钢产业集群", Basis.CONTEXT)
    assert steel.location.places == ("420200", "420281")
    assert (medicine.name, medicine.location.basis) == ("生物医药产业集群", Basis.TEXT)
    assert medicine.location.places == ("420100", "420500")


def test_name_begins_behind_another_thing() -> None:
    text = "打造医药、食品、电子信息三大基地和汽车工业产业集群，发展机器人和清洁能源装备产业集群。"
    assert list(read(text, "320100")) == ["汽车工业产业集群", "机器人和清洁能源装备产业集群"]


def test_list_of_industries_is_one_each() -> None:
    text = "梯次推进电子信息、新材料等高新技术产业集群建设，培育软件、生物医药产业集群。"
    assert list(read(text, "320100")) == [
        "高新技术产业集群",
        "软件产业集群",
        "生物医药产业集群",
    ]


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("推动南京钢铁产业集群向高端化、绿色化方向转型。", True),
        ("做大做强南京钢铁产业集群。", True),
        ("南京已形成钢铁产业集群。", True),
        ("打造南京钢铁产业集群。", False),
        ("推动南京、镇江钢铁产业集群化发展。", False),
    ],
)
def test_what_stands_and_what_is_planned(sentence: str, stands: bool) -> None:
    assert list(existing(sentence, "320000").values()) == [stands]


def test_heading_without_place_by_what_carries_it() -> None:
    text = (
        "三、产业集群\n（一）石化产业集群。以连云港市徐圩新区、南通市如东县为载体，延伸产业链。\n"
        "（二）航空产业集群。提高研发能力。\n"
    )
    (cluster,) = drafts_of(text, "320000")
    assert cluster.name == "石化产业集群"
    assert cluster.location.basis is Basis.CONTEXT
    assert set(cluster.location.places) >= {"320623"}


@pytest.mark.parametrize(
    "text",
    [
        "培育一批特色产业集群。",
        "到2020年，形成3个千亿级产业集群。",
        "有条件的地区可培育特色产业集群。",
        "学习借鉴苏州生物医药产业集群的经验。",
        "不再布局荆门磷化工产业集群。",
        "提高产业集群化程度。",
        "武汉某某有限公司木材加工产业集群。",
        "打造软件产业集群。",
    ],
)
def test_no_cluster_of_a_province(text: str) -> None:
    assert read(text, "420000") == {}


# --- gatherings ----------------------------------------------------------------------------------


def test_second_clause_needs_no_verb() -> None:
    text = (
        "引导轮胎产业向广饶县、寿光市集聚；推动纺织服装在烟台、淄博集聚发展，"
        "盐化工企业向昌邑市集中，粮油食品重点在平度市、莱西市布局。"
    )
    assert read(text, "370000") == {
        "轮胎产业": ("370523", "370783"),
        "纺织服装": ("370600", "370300"),
        "盐化工": ("370786",),
        "粮油食品": ("370283", "370285"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "推动人才向济南集聚。",
        "不得将化工项目向济南集中。",
        "在临沂市布局钢铁基地。",
        "推动产业向园区集聚。",
        "推动上海纺织企业向苏州集聚。",
    ],
)
def test_no_gathering(text: str) -> None:
    assert read(text, "370000") == {}


def test_quote_is_verbatim() -> None:
    text = "加快推动家具制造企业向潜江市、仙桃市集聚。"
    (draft,) = drafts_of(text, "420000")
    assert (draft.name, draft.label.text) == ("家具制造", "家具制造")
    assert text[draft.quote_start : draft.quote_end] == "家具制造企业向潜江市、仙桃市集聚"


def test_a_heading_that_only_says_to_raise_clusters_names_none() -> None:
    assert read("（一）着力培育一批百亿级特色集群。加强服务。\n", "430700") == {}
    assert list(read("（一）着力培育氟化工集群。加强服务。\n", "430700")) == ["氟化工集群"]


def test_the_count_and_size_of_a_list_are_no_part_of_its_last_name() -> None:
    text = "打造桃源县电子陶瓷产业链、石门县纸制品、澧县氟化工三个百亿级特色产业集群。"
    assert read(text, "430000") == {
        "桃源县电子陶瓷产业集群": ("430725",),
        "石门县纸制品产业集群": ("430726",),
        "澧县氟化工产业集群": ("430723",),
    }


def test_a_list_that_is_summed_up_as_clusters_is_one_of_each() -> None:
    assert read("桃源县茶叶、石门县柑橘，形成两大专业化产业集群。", "430000") == {
        "桃源县茶叶产业集群": ("430725",),
        "石门县柑橘产业集群": ("430726",),
    }
    assert read("推动桃源县、石门县发展，形成两大专业化产业集群。", "430000") == {}
