"""Parks: their names, the lists that name them, where they are, and what is none."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from layers.extraction import extract_features, read_tools
from layers.extraction.drafts import Draft
from layers.extraction.park_names import bracket_behind, ends_with_noun, name_end, place_part
from layers.extraction.park_words import is_free, is_list_title, level_behind
from layers.extraction.parks import extract_parks
from layers.extraction.tools import Reading, Tools
from layers.model import Feature
from layers.plans import Document, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"


@lru_cache
def tools() -> Tools:
    return read_tools()


def drafts_of(text: str, region: str, year: int = 2012, taken: tuple[str, ...] = ()) -> list[Draft]:
    plan = Plan(
        id="made-up", file="x.txt", title="", period_start=year, period_end=year + 4, region=region
    )
    stretches = [(text.index(words), text.index(words) + len(words)) for words in taken]
    return list(extract_parks(Reading(Document(plan, text), tools()), stretches))


def parks_of(text: str, region: str, year: int = 2012) -> dict[str, tuple[str, ...]]:
    return {draft.name: draft.location.places for draft in drafts_of(text, region, year)}


@lru_cache
def seed_parks(plan: str) -> tuple[Feature, ...]:
    document = next(d for d in read_library(SEEDS).documents if d.plan.id == plan)
    return tuple(f for f in extract_features(document, tools()).features if f.layer == "parks")


def seed_park(plan: str, name: str) -> Feature:
    return next(park for park in seed_parks(plan) if park.name == name)


# --- the grammar of names ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "甲市经济技术开发区",
        "甲市软件谷",
        "甲市纳米城",
        "甲市现代工业港",
        "甲市空港保税港区",
        "甲市机器人小镇",
        "甲市钢铁园",
        "甲市石化区",
        "甲市高新区乙化工园区",
        "甲市研发和生产基地",
        "甲市“某某药港”",
        "甲（乙场）农机产业园",
    ],
)
def test_a_name_ends_behind_its_last_noun(name: str) -> None:
    assert name_end(name + "，延伸产业链", 0, 1) == len(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("甲市高新区和乙市高新区", "甲市高新区"),
        ("甲市船舶园转型升级", "甲市船舶园"),
        ("甲市经开区提升化工园区配套能力", "甲市经开区"),
        ("甲市软件园二期工程建设项目", "甲市软件园"),
        ("甲市工业园（一期、二期）", "甲市工业园"),
    ],
)
def test_what_follows_a_name_is_no_part_of_it(text: str, name: str) -> None:
    assert name_end(text, 0, 1) == len(name)


@pytest.mark.parametrize(
    "text",
    [
        "甲市工业园有限公司",
        "甲市开发区管委会",
        "甲市化工区环保提升工程",
        "甲市）石墨烯复合材料基地",
        "甲市建设先进制造业基地",
        "甲市植物园",
        "甲市老工业基地",
        "甲市双城",
        "甲市高新区南区",
    ],
)
def test_what_only_looks_like_a_park_has_no_end(text: str) -> None:
    assert name_end(text, 0, 1) is None


def test_a_bracket_says_where_a_park_is_up_to_what_it_includes() -> None:
    bracket = bracket_behind("某工业区（甲市乙区，含丙片区、丁镇）、某园", 4)
    assert bracket == "（甲市乙区，含丙片区、丁镇）"
    assert place_part(bracket) == "（甲市乙区"


def test_a_bracket_with_the_parts_of_a_park_says_not_where_all_of_it_is() -> None:
    assert place_part("（西陵生物产业园、伍家岗片区）") == ""
    assert place_part("（西陵区、伍家岗区）") == "（西陵区、伍家岗区）"
    text = "一、任务\n做强宜昌高新区（西陵生物产业园、伍家岗片区）。"
    assert parks_of(text, "420000") == {"宜昌高新区": ("420500",)}
    text = "一、重点园区\n宜昌高新区（西陵生物产业园、伍家岗片区）、恩施茶叶工业园等5个重点园区。"
    assert parks_of(text, "420000")["宜昌高新区"] == ("420500",)


def test_the_noun_of_a_park_needs_its_theme_where_places_end_with_it() -> None:
    assert [ends_with_noun(word) for word in ("光谷", "甘谷", "科学城", "双城", "药港")] == [
        True,
        False,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("piece", "free"),
    [
        ("", True),
        ("加快", True),
        ("依托", True),
        ("重点支持", True),
        ("长虹", False),
        ("某集团", False),
    ],
)
def test_a_name_begins_behind_a_verb_but_not_within_a_firm(piece: str, free: bool) -> None:
    assert is_free(piece) is free


@pytest.mark.parametrize(
    ("title", "is_list"),
    [
        ("重点园区", True),
        ("重点产业集聚区", True),
        ("国家级园区", True),
        ("化工园区建设", True),
        ("园区名单", True),
        ("加快科技园区建设", False),
        ("重点项目", False),
        ("打造产业集群", False),
    ],
)
def test_which_titles_head_lists_of_parks(title: str, is_list: bool) -> None:
    assert is_list_title(title) is is_list


def test_a_clause_may_raise_the_level() -> None:
    assert level_behind("甲基地和乙园区进入国家级行列", 3) == "national"
    assert level_behind("甲基地加快发展，乙园区晋升国家级", 3) is None


# --- lists ---------------------------------------------------------------------------------------


def test_a_titled_list_needs_no_count() -> None:
    text = (
        "四、重点园区\n"
        "加快合肥高新技术产业开发区、芜湖经济技术开发区（鸠江区）、蚌埠硅基新材料产业园和"
        "安庆、滁州、宣城三个工业园区建设。\n"
    )
    assert parks_of(text, "340000") == {
        "合肥高新技术产业开发区": ("340100",),
        "芜湖经济技术开发区": ("340207",),
        "蚌埠硅基新材料产业园": ("340300",),
        "安庆工业园区": ("340800",),
        "滁州工业园区": ("341100",),
        "宣城工业园区": ("341800",),
    }


def test_full_names_and_bare_places_stand_in_one_list() -> None:
    text = (
        "一、重点产业集聚区\n"
        "省重点支持长葛市产业集聚区、武陟县产业集聚区、林州市、固始县等12个产业集聚区升级改造。\n"
    )
    assert parks_of(text, "410000") == {
        "长葛市产业集聚区": ("411082",),
        "武陟县产业集聚区": ("410823",),
        "林州市产业集聚区": ("410581",),
        "固始县产业集聚区": ("411525",),
    }


def test_numbered_lines_are_a_list() -> None:
    text = (
        "三、化工园区建设\n"
        "（一）认定园区。第一批园区：\n"
        "1. 泉港石化工业区\n"
        "2. 古雷石化基地（漳浦县）；\n"
        "3. 福清江阴化工园，连江可门化工园\n"
        "4. 海西高科技化工园区（惠安县，含甲片区）\n"
    )
    assert parks_of(text, "350000", 2015) == {
        "泉港石化工业区": ("350505",),
        "古雷石化基地": ("350623",),
        "福清江阴化工园": ("350181",),
        "连江可门化工园": ("350122",),
        "海西高科技化工园区": ("350521",),
    }


def test_the_level_of_a_lists_title_is_that_of_its_items() -> None:
    text = (
        "二、重点园区\n（1）国家级园区：赣州经济技术开发区、九江出口加工区。\n"
        "（2）省级园区：瑞金工业园，龙南经济开发区。\n"
    )
    levels = {draft.name: draft.more["level"] for draft in drafts_of(text, "360000")}
    assert levels == {
        "赣州经济技术开发区": "national",
        "九江出口加工区": "national",
        "瑞金工业园": "provincial",
        "龙南经济开发区": "provincial",
    }


def test_a_page_number_in_a_word_does_not_glue_two_parks() -> None:
    text = "--重点园区。推进建设曲靖硅材料产业园-7-区和玉溪软件与服务外包基地等2个园区。\n"
    assert parks_of(text, "530000") == {
        "曲靖硅材料产业园区": ("530300",),
        "玉溪软件与服务外包基地": ("530400",),
    }


@pytest.mark.parametrize(
    ("text", "region", "parks"),
    [
        (
            "重点建设岚山、莒南两个钢铁园区。",
            "370000",
            {"岚山钢铁园区": ("371103",), "莒南钢铁园区": ("371327",)},
        ),
        (
            "在乐陵、禹城两市建设功能糖产业园。",
            "370000",
            {"乐陵功能糖产业园": ("371481",), "禹城功能糖产业园": ("371482",)},
        ),
        (
            "在安化县、桃江县分别建设一个黑茶加工示范园。",
            "430000",
            {"安化县黑茶加工示范园": ("430923",), "桃江县黑茶加工示范园": ("430922",)},
        ),
        (
            "钦州、北海两市共建林浆纸基地。",
            "450000",
            {"林浆纸基地": ("450700", "450500")},
        ),
        ("在临沭县、费县建设复合肥配套基地。", "370000", {}),
        ("在有条件的县建设一批特色园区。", "370000", {}),
    ],
)
def test_places_that_share_a_noun(
    text: str, region: str, parks: dict[str, tuple[str, ...]]
) -> None:
    assert parks_of("一、任务\n" + text, region, 2018) == parks


# --- running text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "region", "names"),
    [
        ("支持绵阳科技城、德阳装备产业园提升能力。", "510000", ["绵阳科技城", "德阳装备产业园"]),
        ("依托南京软件谷、连云港“中华药港”发展。", "320000", ["南京软件谷", "连云港“中华药港”"]),
        ("加快中国—马来西亚钦州产业园区建设。", "450000", ["中国—马来西亚钦州产业园区"]),
        ("推进闽台（福州）蓝色经济产业园建设。", "350000", ["闽台（福州）蓝色经济产业园"]),
        ("推进中韩（盐城）产业园建设。", "320000", ["中韩（盐城）产业园"]),
        (
            "依托贵阳大数据产业园、中关村贵阳科技园等载体。",
            "520000",
            ["贵阳大数据产业园", "中关村贵阳科技园"],
        ),
        ("推进安徽肥东经济开发区扩区。", "340000", ["安徽肥东经济开发区"]),
        (
            "泰兴经济开发区、扬子江国际化学工业园要控制规模。",
            "320000",
            ["泰兴经济开发区", "扬子江国际化学工业园"],
        ),
        (
            "支持通辽科尔沁工业园区/霍林郭勒工业园区。",
            "150000",
            ["通辽科尔沁工业园区", "霍林郭勒工业园区"],
        ),
        ("推动轮胎向广饶经济开发区集聚。", "370000", ["广饶经济开发区"]),
        (
            "推进宜宾泸州合作共建园区、自贡灯具产业园，以及内江装备园和川南产业共建示范区。",
            "510000",
            ["宜宾泸州合作共建园区", "自贡灯具产业园", "内江装备园", "川南产业共建示范区"],
        ),
        ("规划建设五常绿色智慧米都、双城食品园。", "230000", ["五常绿色智慧米都", "双城食品园"]),
        ("以煤为主，建鹤岗煤化工业园。", "230000", ["鹤岗煤化工业园"]),
        ("撤销信阳茶工业园，保留郑州经济技术开发区。", "410000", ["郑州经济技术开发区"]),
        ("加快合淮产业园建设。", "340000", ["合淮产业园"]),
        ("推进高竹新区（广安市邻水县、重庆市渝北区）建设。", "510000", ["高竹新区"]),
        (
            "支持云浮石材工业园申报省级示范园区。",
            "440000",
            ["云浮石材工业园"],
        ),
        (
            "建成恩施茶叶工业园、宜昌磷化工园。",
            "420000",
            ["恩施茶叶工业园", "宜昌磷化工园"],
        ),
        (
            "新设恩施国家重点开发开放试验区、神农架国际旅游度假区、襄阳余家湖工业项目区。",
            "420000",
            ["恩施国家重点开发开放试验区", "神农架国际旅游度假区", "襄阳余家湖工业项目区"],
        ),
        (
            "增设长江现代仓储物流园、宜昌磷化工园。",
            "420000",
            ["长江现代仓储物流园", "宜昌磷化工园"],
        ),
        (
            "推进宜昌保税物流中心(A型)、恩施茶叶工业园建设。",
            "420000",
            ["宜昌保税物流中心（A型）", "恩施茶叶工业园"],
        ),
        ("恩施茶叶工业园取消部分收费。", "420000", ["恩施茶叶工业园"]),
    ],
)
def test_parks_in_running_text(text: str, region: str, names: list[str]) -> None:
    assert list(parks_of("一、任务\n" + text, region)) == names


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("严禁在淄博齐鲁化工区新建焦化项目。", "370000"),
        ("学习借鉴苏州工业园区的做法。", "320000"),
        ("学习借鉴苏州工业园区的做法。", "340000"),
        ("把襄阳建成全国重要的汽车产业基地。", "420000"),
        ("打造宜昌磷化工基地。", "420000"),
        ("“十一五”期间，合肥美的冰箱基地一期竣工。", "340000"),
        ("淄博齐鲁化工区环保提升工程已经完成。", "370000"),
        ("合肥工业园有限公司扩大投资。", "340000"),
        ("支持长虹合肥工业园扩能。", "340000"),
        ("建成新型工业化产业示范基地15个。", "420000"),
        ("将恩施茶叶工业园调出园区目录。", "420000"),
        ("恩施茶叶工业园予以摘牌。", "420000"),
        ("取消恩施茶叶小镇创建资格。", "420000"),
        ("推进宜昌、恩施合作共建园区。", "420000"),
        ("将恩施茶叶工业园、宜昌磷化工园移出省级目录。", "420000"),
        ("支持黑河口岸申建跨境经济合作区。", "230000"),
        ("宜昌与恩施共建产业园区。", "420000"),
        ("打响品牌，恩施硒茶产业都要提质。", "420000"),
        ("加快武汉高新区（洪山）光电子产业集群建设。", "420000"),
        ("撤并恩施茶叶工业园、宜昌磷化工园，企业另行安置。", "420000"),
        ("宜昌磷化工园因长江保护要求予以撤销。", "420000"),
        ("原定的恩施茶叶工业园已经取消。", "420000"),
        ("恩施茶叶工业园、宜昌磷化工园均予撤销。", "420000"),
    ],
)
def test_bans_aims_reports_and_firms_are_no_parks(text: str, region: str) -> None:
    assert parks_of("一、任务\n" + text, region) == {}


def test_every_place_of_a_bracket_counts_where_the_name_has_only_initials() -> None:
    text = "一、任务\n支持广清经济特别合作区（清远市清新区、佛冈县片区，英德市片区）发展。\n"
    assert parks_of(text, "440000", 2021) == {
        "广清经济特别合作区": ("441803", "441821", "441881"),
    }


def test_a_park_that_a_city_moves_its_industry_to_lies_in_the_other() -> None:
    text = "一、任务\n支持广州（清远）产业转移工业园、东莞大朗（信宜）产业转移园扩区。\n"
    assert parks_of(text, "440000", 2012) == {
        "广州（清远）产业转移工业园": ("441800",),
        "东莞大朗（信宜）产业转移园": ("440983",),
    }


def test_a_park_of_two_cities_is_in_both() -> None:
    text = "一、任务\n推进珠海阳江合作共建园区、广梅产业园建设。\n"
    assert parks_of(text, "440000", 2021) == {
        "珠海阳江合作共建园区": ("440400", "441700"),
        "广梅产业园": ("440100", "441400"),
    }


def test_items_under_a_head_of_cities_are_theirs() -> None:
    text = (
        "一、任务\n首批名单如下：\n衢州市（2个）：江山木门小镇、开化石雕小镇\n"
        "宁波市（2个）：江北动力小镇、梅山金融小镇\n"
    )
    assert parks_of(text, "330000", 2016) == {
        "江山木门小镇": ("330881",),
        "开化石雕小镇": ("330824",),
        "江北动力小镇": ("330205",),
        "梅山金融小镇": ("330200",),
    }


def test_every_item_under_a_head_of_places_is_a_park() -> None:
    text = (
        "一、任务\n舟山市（2个）：普陀沙雕小镇、海上花小镇\n"
        "莆田市（1家）：秀屿木材加工区；龙岩市（1家）：高岭土产业园\n丽水市：农产品、竹制品园\n"
        "嘉兴市：产业园区、示范基地\n"
    )
    assert parks_of(text, "330000", 2016) == {
        "普陀沙雕小镇": ("330903",),
        "海上花小镇": ("330900",),
    }
    assert parks_of(text, "350000", 2016) == {
        "秀屿木材加工区": ("350305",),
        "高岭土产业园": ("350800",),
    }


def test_a_zone_that_a_report_mentions_stays() -> None:
    text = "一、回顾\n“十一五”期间，芜湖经济技术开发区快速发展，芜湖某某基地一期竣工。\n"
    assert list(parks_of(text, "340000")) == ["芜湖经济技术开发区"]


def test_a_heading_may_name_parks() -> None:
    text = "（一）加快衡阳松木工业园、湘潭九华示范区建设。实施4个项目。\n"
    assert list(parks_of(text, "430000")) == ["衡阳松木工业园", "湘潭九华示范区"]


def test_in_a_project_list_a_park_is_a_whole_item() -> None:
    text = "六、重点项目\n建设芜湖北城物流园（无为县）、安庆石化园储罐、铜陵钢铁园一期。\n"
    assert parks_of(text, "340000") == {"芜湖北城物流园": ("340281",), "铜陵钢铁园": ("340700",)}


def test_a_project_owns_its_words_unless_it_is_a_phase_of_the_park() -> None:
    text = "一、任务\n加快芜湖软件园二期工程项目、芜湖汽车园厂房项目建设。\n"
    taken = ("芜湖软件园二期工程项目", "芜湖汽车园厂房项目")
    assert [draft.name for draft in drafts_of(text, "340000", taken=taken)] == ["芜湖软件园"]


def test_a_description_behind_a_title_is_free_for_parks() -> None:
    text = "一、布局\n沿江产业带。串联芜湖经开区、铜陵工业园。\n"
    taken = ("沿江产业带。串联芜湖经开区、铜陵工业园",)
    assert [d.name for d in drafts_of(text, "340000", taken=taken)] == ["芜湖经开区", "铜陵工业园"]


def test_a_park_at_a_place_that_its_name_does_not_mean_is_at_the_first() -> None:
    parks = parks_of("一、任务\n支持潜江江汉盐化工业园扩区。", "420000")
    assert parks == {"潜江江汉盐化工业园": ("429005",)}


# --- one park, many mentions ---------------------------------------------------------------------


def test_the_full_name_of_a_list_wins_over_short_forms() -> None:
    text = (
        "一、布局\n依托芜湖高新区、无为县二坝经济开发区发展。\n"
        "二、重点园区\n推进芜湖高新技术产业开发区、安徽无为二坝经济开发区建设。\n"
    )
    assert list(parks_of(text, "340000")) == ["芜湖高新技术产业开发区", "安徽无为二坝经济开发区"]


def test_later_mentions_say_what_the_first_does_not() -> None:
    text = "一、现状\n芜湖高新区加快发展。\n二、任务\n依托芜湖、蚌埠等国家级高新区开展试点。\n"
    drafts = drafts_of(text, "340000")
    assert [(d.name, d.more["level"]) for d in drafts] == [
        ("芜湖高新区", "national"),
        ("蚌埠高新区", "national"),
    ]
    assert drafts[0].quote_start == text.index("芜湖高新区")
    assert drafts[0].label.codes == ("general",)


def test_two_towns_of_one_county_are_two_parks() -> None:
    parks = seed_parks("projects-2011")
    both = [p for p in parks if p.name in ("嫩江绿色食品产业园区", "九三绿色食品产业园区")]
    assert [park.places for park in both] == [("231183",), ("231183",)]


# --- the plans -----------------------------------------------------------------------------------


def test_the_parks_of_the_ten_industries_are_as_many_as_the_annex_counts() -> None:
    lines = Counter(park.evidence.line for park in seed_parks("projects-2011"))
    # Line 44 names ten parks; two of its items are pairs. Line 94 is the run of a sentence.
    assert [lines[n] for n in (44, 50, 56, 62, 68, 74, 80, 90)] == [12, 5, 4, 6, 5, 10, 9, 4]
    assert sum(lines.values()) == 56


def test_what_else_the_plans_name() -> None:
    counts = {
        plan: len(seed_parks(plan))
        for plan in ("harbin-2006", "emerging-2016", "innovation-2016", "industry-2019")
    }
    assert counts == {
        "harbin-2006": 6,
        "emerging-2016": 17,
        "innovation-2016": 8,
        "industry-2019": 8,
    }


def test_the_software_park_behind_its_second_phase() -> None:
    park = seed_park("harbin-2006", "哈尔滨软件园")
    assert park.places == ("230100",)
    assert park.industries == ("information.software",)


def test_the_first_and_shorter_name_of_a_park_in_a_heading() -> None:
    park = seed_park("emerging-2016", "哈南机器人产业园")
    assert park.industries == ("equipment.robots",)
    assert park.evidence.line == 56


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("哈尔滨高新区", "national"),
        ("大庆高新区", "national"),
        ("齐齐哈尔高新区", "national"),
        ("牡丹江高新区", "provincial"),
        ("佳木斯高新区", "provincial"),
        ("牡丹江石油钻采工具产业基地", "national"),
        ("佳木斯农业科技园区", "national"),
    ],
)
def test_levels_that_the_plan_says_in_other_sentences(name: str, level: str) -> None:
    assert seed_park("innovation-2016", name).level == level


def test_zones_without_an_industry_are_general() -> None:
    assert seed_park("innovation-2016", "大庆高新区").industries == ("general",)
    assert seed_park("innovation-2016", "哈尔滨科技创新城").industries == ("general",)


def test_proper_names_of_country_and_province_that_a_plan_starts_from() -> None:
    names = {park.name for park in seed_parks("industry-2019")}
    assert {"中国寒地新能源车辆研发制造检测应用基地", "黑龙江省电子商务总部基地"} <= names
    assert not any("原料" in name for name in names)
