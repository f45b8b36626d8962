"""Structures of the layout: on the five plans, and on sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.extraction import read_tools
from layers.extraction.drafts import Draft
from layers.extraction.layout import extract_layout
from layers.extraction.structures import role_of
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Document, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"
TOOLS = read_tools()
LIBRARY = {document.plan.id: document for document in read_library(SEEDS).documents}


def reading_of(text: str, region: str) -> Reading:
    plan = Plan("p", "p.txt", "p", 2016, 2020, region)
    return Reading(Document(plan, text), TOOLS)


def read(text: str, region: str) -> dict[str, Draft]:
    return {draft.name: draft for draft in extract_layout(reading_of(text, region))}


def members(drafts: dict[str, Draft]) -> dict[str, tuple[str, ...]]:
    return {name: draft.location.as_written for name, draft in drafts.items()}


def quote(draft: Draft, text: str) -> str:
    return text[draft.quote_start : draft.quote_end]


def seed(plan: str) -> dict[str, Draft]:
    return {draft.name: draft for draft in extract_layout(Reading(LIBRARY[plan], TOOLS))}


# --- the five plans ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "group", "count"),
    [
        ("harbin-2006", "四大基地", 4),
        ("harbin-2006", "工业新区", 4),
        ("projects-2011", "八大经济区", 8),
        ("projects-2011", "8大基地", 8),
        ("industry-2019", "一区两带多基地", 4),
    ],
)
def test_each_group_of_the_library_is_whole(plan: str, group: str, count: int) -> None:
    assert [d.more["group"] for d in seed(plan).values()].count(group) == count


def test_plan_without_a_layout_has_none() -> None:
    assert seed("emerging-2016") == {}


def test_zone_by_what_it_is_to_develop() -> None:
    zones = seed("projects-2011")
    assert zones["高新科技产业集中开发区"].label.text is None
    assert zones["高新科技产业集中开发区"].label.codes == (
        "materials",
        "new-energy",
        "information",
        "biomedicine",
        "equipment",
        "environment",
        "services.outsourcing",
    )


def test_heading_that_is_an_industry_is_the_label() -> None:
    base = seed("harbin-2006")["医药工业基地"]
    assert (base.label.text, base.label.codes) == ("医药工业", ("biomedicine",))


def test_quote_proves_the_members() -> None:
    belt = seed("industry-2019")["工业支撑带"]
    text = LIBRARY["industry-2019"].text
    assert quote(belt, text).startswith("工业支撑带。主要包括大庆、齐齐哈尔、绥化、牡丹江")
    assert belt.location.as_written == ("大庆", "齐齐哈尔", "绥化", "牡丹江")


def test_bases_without_a_place_stay_without() -> None:
    bases = seed("industry-2019")["各类特色产业基地"]
    assert (bases.location.places, bases.location.basis) == ((), Basis.UNKNOWN)


@pytest.mark.parametrize("plan", ["innovation-2016", "industry-2019"])
def test_new_district_by_the_table_of_names(plan: str) -> None:
    district = seed(plan)["哈尔滨新区"]
    assert set(district.location.places) == {"230109", "230111", "230108"}
    assert district.location.as_written == ("哈尔滨",)
    assert district.location.basis is Basis.KNOWLEDGE
    assert district.more == {"group": None, "role": "zone"}


# --- forms ---------------------------------------------------------------------------------------


def test_enumeration_in_running_text() -> None:
    text = (
        "二、空间布局\n打造“两核引领、一轴支撑”格局。两核：长沙装备核，包括长沙县、浏阳市；"
        "株洲轨道核，由醴陵市、攸县组成。一轴：湘江产业轴，连接衡阳市、岳阳市。\n"
    )
    drafts = read(text, "430000")
    assert members(drafts) == {
        "长沙装备核": ("长沙县", "浏阳市"),
        "株洲轨道核": ("醴陵市", "攸县"),
        "湘江产业轴": ("衡阳市", "岳阳市"),
    }
    assert {d.more["group"] for d in drafts.values()} == {"两核引领、一轴支撑"}
    assert [d.more["role"] for d in drafts.values()] == ["node", "node", "belt"]
    assert quote(drafts["株洲轨道核"], text) == "株洲轨道核，由醴陵市、攸县组成"


def test_ordinals_and_members_before_the_name() -> None:
    text = (
        "第一节 总体格局\n“两带”，一是沿海产业带，由大连市、丹东市构成；"
        "二是沿河产业带，串联铁岭市、盘锦市。\n"
        "“多点”，是指凤城市、东港市、瓦房店市等特色配件基地。\n"
    )
    drafts = read(text, "210000")
    assert members(drafts) == {
        "沿海产业带": ("大连市", "丹东市"),
        "沿河产业带": ("铁岭市", "盘锦市"),
        "特色配件基地": ("凤城市", "东港市", "瓦房店市"),
    }
    assert quote(drafts["特色配件基地"], text) == "凤城市、东港市、瓦房店市等特色配件基地"


def test_members_in_brackets() -> None:
    text = (
        "三、功能分区\n两组团 —— 城北组团（六合区）、城南组团（江宁区、溧水区）。\n"
        "“两带”指沿江产业带（包括浦口区、栖霞区）和滨江商务带（包括鼓楼区、建邺区）。\n"
    )
    assert members(read(text, "320100")) == {
        "城北组团": ("六合区",),
        "城南组团": ("江宁区", "溧水区"),
        "沿江产业带": ("浦口区", "栖霞区"),
        "滨江商务带": ("鼓楼区", "建邺区"),
    }


def test_heading_with_verb_and_two_names() -> None:
    text = (
        "二、优化区域布局\n（一）做强沿海产业带。沿海产业带由烟台市、威海市构成，重点发展海工装备。\n"
        "（二）做特东部经济区和西部生态经济区。东部经济区以青岛市为中心，带动日照市；"
        "西部生态经济区包括聊城市、菏泽市，重点发展绿色食品。\n"
    )
    drafts = read(text, "370000")
    assert members(drafts) == {
        "沿海产业带": ("烟台市", "威海市"),
        "东部经济区": ("青岛市", "日照市"),
        "西部生态经济区": ("聊城市", "菏泽市"),
    }
    assert drafts["西部生态经济区"].label.codes == ("green-food",)
    assert drafts["东部经济区"].label.codes == ()
    assert quote(drafts["西部生态经济区"], text) == "西部生态经济区包括聊城市、菏泽市"
    assert {d.more["group"] for d in drafts.values()} == {"优化区域布局"}


def test_members_beat_the_places_of_the_title() -> None:
    text = (
        "二、区域布局\n——甘南特色产业区。范围为甘南州合作市、夏河县，发展藏药。\n"
        "——天水装备区。包括秦州区和麦积区。\n"
    )
    drafts = read(text, "620000")
    assert drafts["甘南特色产业区"].location.places == ("623001", "623027")
    assert drafts["天水装备区"].location.places == ("620502", "620503")


def test_what_a_zone_radiates_to_comes_to_its_own_places() -> None:
    text = (
        "二、总体布局\n两区：百色有色金属产业区，辐射田东县；桂东产业区，范围为梧州市、贺州市。\n"
    )
    drafts = read(text, "450000")
    assert drafts["百色有色金属产业区"].location.places == ("451000", "451022")
    assert drafts["桂东产业区"].location.places == ("450400", "451100")


def test_owner_of_a_county_is_no_member() -> None:
    text = "二、空间布局\n1.某某增长极。涉及资阳市的简阳市和眉山市的仁寿县，重点发展汽车。\n"
    draft = read(text, "510000")["某某增长极"]
    assert draft.location.places == ("510185", "511421")
    assert draft.more["role"] == "node"


def test_counted_noun_is_the_name_where_there_is_no_other() -> None:
    text = (
        "三、空间布局\n构建“一核两带”空间格局。一核：以长春市为核心，建设汽车城。\n"
        "（一）一核引领。以吉林市为中心，发展化工。\n"
    )
    assert members(read(text, "220000")) == {"一核": ("长春市",), "一核引领": ("吉林市",)}
    assert role_of("一核引领") == "node"


def test_route_with_its_places() -> None:
    text = "从盐城到常州、溧阳，打造贯穿南北的动力电池走廊。"
    draft = read(text, "320000")["动力电池走廊"]
    assert draft.location.as_written == ("盐城", "常州", "溧阳")
    assert quote(draft, text) == text[:-1]
    assert draft.more == {"group": None, "role": "corridor"}


def test_industries_to_be_developed_are_not_members() -> None:
    text = "二、产业布局\n——东部产业带，包括大连市、丹东市，重点建设营口港配套项目。\n"
    assert members(read(text, "210000")) == {"东部产业带": ("大连市", "丹东市")}


def test_list_of_places_behind_the_name_is_the_membership() -> None:
    text = (
        "二、空间布局\n（1）环湖先行区：岳阳、常德、益阳3市，面向全国做示范。\n"
        "（2）湘南承接区。衡阳市、郴州市，永州市零陵区等市区（含园区），主攻电子信息。\n"
        "（3）沿边山区：坚持绿色发展，对口帮扶怀化市。\n"
    )
    drafts = read(text, "430000")
    assert members(drafts) == {
        "环湖先行区": ("岳阳", "常德", "益阳"),
        "湘南承接区": ("衡阳市", "郴州市", "永州市零陵区"),
        "沿边山区": (),
    }
    assert quote(drafts["环湖先行区"], text) == "环湖先行区：岳阳、常德、益阳3市"
    assert drafts["湘南承接区"].label.codes == ("information",)


def test_parts_of_a_whole_hold_its_places() -> None:
    text = (
        "二、空间布局\n（一）沿江产业带：北段以岳阳市为龙头，发展石化；南段以衡阳市、"
        "湘潭市为支点，发展钢铁。永州市也要跟上。\n（二）西部山区：包括怀化市。\n"
    )
    drafts = read(text, "430000")
    assert drafts["沿江产业带"].location.as_written == ("岳阳市", "衡阳市", "湘潭市")


def test_window_and_hinterland_are_members() -> None:
    text = "二、区域布局\n1、沿边开放带。以绥芬河市为窗口，东宁市、穆棱市为腹地，开展木材加工。\n"
    drafts = read(text, "230000")
    assert members(drafts) == {"沿边开放带": ("绥芬河市", "东宁市", "穆棱市")}


def test_layout_announced_in_the_same_statement() -> None:
    text = "三、空间布局\n构建“三区”联动格局：环湖先行区，包括岳阳、常德；湘中区，包括娄底。\n"
    drafts = read(text, "430000")
    assert members(drafts) == {"环湖先行区": ("岳阳", "常德"), "湘中区": ("娄底",)}
    assert {draft.more["group"] for draft in drafts.values()} == {"三区"}


def test_names_with_a_colon_under_a_counted_noun() -> None:
    text = (
        "二、总体布局\n1.一核。即长沙中心城区，包括岳麓区、开福区。\n"
        "2.两轴。沿江发展轴：串联岳阳市、长沙市；沿路发展轴：西起怀化，东至株洲。\n"
    )
    assert members(read(text, "430000")) == {
        "长沙中心城区": ("岳麓区", "开福区"),
        "沿江发展轴": ("岳阳市", "长沙市"),
        "沿路发展轴": ("怀化", "株洲"),
    }


def test_members_in_brackets_clause_by_clause() -> None:
    text = "四、产业布局\n坚持集群化，打造湘东装备区（长沙、株洲），湘西旅游圈（张家界）。\n"
    drafts = read(text, "430000")
    assert members(drafts) == {"湘东装备区": ("长沙", "株洲"), "湘西旅游圈": ("张家界",)}
    parks = "四、产业布局\n坚持集群化，打造甲工业园区（株洲）、乙开发区（衡阳）。\n"
    assert read(parks, "430000") == {}


@pytest.mark.parametrize("head", ["范围：", "布局范围：", "包括", ""])
def test_extent_in_the_line_below_the_heading(head: str) -> None:
    text = (
        f"三、优化布局\n（一）湘西生态经济带\n{head}怀化市、张家界市。主攻钢铁。\n"
        "（二）洞庭湖经济区\n坚持绿色发展。\n涵盖岳阳市。\n"
    )
    drafts = read(text, "430000")
    assert members(drafts) == {"湘西生态经济带": ("怀化市", "张家界市"), "洞庭湖经济区": ()}
    assert drafts["湘西生态经济带"].label.codes == ("mining-metals.steel",)
    assert quote(drafts["湘西生态经济带"], text).endswith("张家界市")


def test_places_and_what_lies_around_them() -> None:
    text = (
        "二、空间布局\n（1）沿路产业带：衡阳、郴州两市沿线地区，重点发展钢铁。\n"
        "（2）湘江主轴。以长沙、湘潭为支撑，发展软件。\n"
        "（3）环城产业圈：包括株洲市区、湘潭市区及醴陵、韶山等县市。\n"
        "湘南承接区（永州市、郴州市）限制采矿。湘西示范园区（怀化市）也是。\n"
    )
    drafts = read(text, "430000")
    assert members(drafts) == {
        "沿路产业带": ("衡阳", "郴州"),
        "湘江主轴": ("长沙", "湘潭"),
        "环城产业圈": ("株洲市", "湘潭市", "醴陵", "韶山"),
        "湘南承接区": ("永州市", "郴州市"),
    }
    assert drafts["湘江主轴"].label.text is None  # 主轴 is no part of a machine here
    assert drafts["湘江主轴"].label.codes == ("information.software",)


def test_counted_structures_that_are_no_places_are_not_the_members_of_one() -> None:
    text = "二、空间布局\n重点建设长沙甲新城、株洲乙科技城两大板块。\n"
    assert "两大板块" not in read(text, "430000")


def test_counted_members_before_the_name() -> None:
    text = "二、空间格局\n三极，即长沙、株洲—湘潭、衡阳三大都市区，承担创新功能。\n"
    assert members(read(text, "430000")) == {"三大都市区": ("长沙", "株洲", "湘潭", "衡阳")}


def test_group_is_the_plans_own() -> None:
    text = (
        "二、空间布局\n落实全省“一核三区”部署，实施“一心引领、两翼齐飞”。\n"
        "东翼由浏阳市组成；西翼由宁乡县组成。\n"
    )
    drafts = read(text, "430100")
    assert {name: draft.more["group"] for name, draft in drafts.items()} == {
        "东翼": "一心引领、两翼齐飞",
        "西翼": "一心引领、两翼齐飞",
    }


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("鄱阳湖经济区", ()),  # 鄱阳 is a county on the lake
        ("鄱阳经济区", ("361128",)),
        ("上饶江北经济区", ("361100",)),  # the ground north of the river
        ("鄱阳湖—余干经济区", ("361127",)),
    ],
)
def test_a_river_or_lake_is_not_the_place_it_is_called_after(
    name: str, places: tuple[str, ...]
) -> None:
    text = f"二、区域布局\n1、{name}。发展农产品加工。\n2、南昌经济区。发展汽车。\n"
    assert read(text, "360000")[name].location.places == places


@pytest.mark.parametrize(
    ("verb", "codes"),
    [
        ("主攻生物医药、软件", ("biomedicine", "information.software")),
        ("重点布局钢铁和化工", ("mining-metals.steel", "chemicals")),
        ("因地制宜发展石墨", ("materials.graphite",)),
        ("侧重于石墨", ("materials.graphite",)),
        ("聚焦软件和石墨谋划布局", ("information.software", "materials.graphite")),
        ("以钢铁、软件为主导产业", ("mining-metals.steel", "information.software")),
        ("以怀化为依托，不再新上钢铁", ()),
    ],
)
def test_what_a_zone_is_to_do(verb: str, codes: tuple[str, ...]) -> None:
    text = f"二、空间布局\n东翼由衡阳市、郴州市组成，{verb}；西翼由怀化市组成。\n"
    assert read(text, "430000")["东翼"].label.codes == codes


@pytest.mark.parametrize(
    "text",
    [
        "二、空间布局\n坚持集中布局，重点建设面向全国的产业集聚区。\n",
        "三、重点任务\n建设特色产业带，包括若干园区。\n",
        "二、空间布局\n1.发展重点。包括大连市的造船。\n",
        "组织研究“沈大经济带”问题。\n",
        "二、空间布局\n（一）开发区。对大连高新区、营口开发区实行封闭管理。\n",
        "二、空间布局\n（一）重点园区。做强大连高新区。\n（二）产业园区。做强营口高新区。\n",
    ],
)
def test_no_structure(text: str) -> None:
    assert read(text, "210000") == {}


@pytest.mark.parametrize(
    ("words", "name", "codes"),
    [
        ("建设长沙—湘潭－娄底钢铁走廊，", "长沙—湘潭－娄底钢铁走廊", ("mining-metals.steel",)),
        ("沿国道形成长沙—娄底产业带。", "长沙—娄底产业带", ()),
        ("打造“长沙—娄底软件产业带”。", "长沙—娄底软件产业带", ("information.software",)),
    ],
)
def test_a_corridor_is_named_by_the_chain_of_its_places(
    words: str, name: str, codes: tuple[str, ...]
) -> None:
    drafts = read(f"三、任务\n{words}\n", "430000")
    assert list(drafts) == [name]
    assert drafts[name].location.as_written[0] == "长沙"
    assert drafts[name].location.as_written[-1] == "娄底"
    assert drafts[name].label.codes == codes


def test_a_chain_of_places_before_a_railway_is_no_corridor() -> None:
    assert read("三、任务\n建设长沙—娄底高铁沿线地带和长沙—湘潭钢铁走廊道路。\n", "430000") == {}


def test_a_colon_or_a_count_ends_the_places_behind_a_name() -> None:
    text = (
        "三、构建“省会引领、两翼支撑”格局\n（一）主城引领\n长沙市、湘潭市协同，主攻软件。\n"
        "（二）两翼支撑\n西翼——怀化、湘西两市州：中药、旅游；\n南部支点——郴州市：石墨、钢铁。\n"
    )
    drafts = read(text, "430000")
    assert members(drafts) == {
        "主城引领": ("长沙市", "湘潭市"),
        "西翼": ("怀化", "湘西"),
        "南部支点": ("郴州市",),
    }
    assert quote(drafts["西翼"], text) == "西翼——怀化、湘西两市州"
    assert drafts["南部支点"].more["role"] == "node"


def test_leagues_and_cities_are_counted_together() -> None:
    text = "二、布局\n（一）东部产业集聚区。兴安、通辽、赤峰三盟市，有序发展风电。\n"
    assert members(read(text, "150000")) == {"东部产业集聚区": ("兴安", "通辽", "赤峰")}


def test_a_chapter_that_counts_or_names_a_kind_is_none_of_its_structures() -> None:
    text = (
        "第二篇 战略布局\n第一章 两大产业集聚区\n（一）湘中集聚区。包括长沙市、娄底市，发展钢铁。\n"
        "（二）湘南集聚区。包括郴州市、永州市，发展石墨。\n第二章 山地特色产业带\n坚持生态优先。\n"
        "第三章 怀化生态产业带\n发展中药。\n"
    )
    assert members(read(text, "430000")) == {
        "湘中集聚区": ("长沙市", "娄底市"),
        "湘南集聚区": ("郴州市", "永州市"),
        "怀化生态产业带": ("怀化",),
    }


def test_headings_take_the_count_of_their_number_and_noun() -> None:
    text = (
        "一、产业\n推进三大基地、等两大基地和两大板块建设。\n二、基地\n"
        "1、长沙钢铁基地\n发展钢铁。\n2、郴州石墨基地\n发展石墨。\n"
    )
    groups = {name: draft.more["group"] for name, draft in read(text, "430000").items()}
    assert groups == {"长沙钢铁基地": "两大基地", "郴州石墨基地": "两大基地"}


def test_a_park_may_close_the_list_of_the_districts_that_a_core_holds() -> None:
    text = "二、空间布局\n（一）主城引领\n岳麓区、雨花区和长沙高新区协同，主攻软件。\n"
    assert members(read(text, "430100")) == {"主城引领": ("岳麓区", "雨花区")}


def test_the_sign_of_a_list_is_no_part_of_a_name() -> None:
    text = "二、空间布局\n- 东翼——浏阳市：软件。\n- 西翼，由宁乡市组成。\n"
    assert members(read(text, "430100")) == {"东翼": ("浏阳市",), "西翼": ("宁乡市",)}
