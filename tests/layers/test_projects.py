"""Key projects: every list of the five plans, and the rules on sentences of other plans."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from layers.extraction.drafts import finish
from layers.extraction.projects import extract_projects
from layers.extraction.tools import Reading, read_tools
from layers.model import Basis, Feature, Precision
from layers.plans import Document, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"
HUNAN = "430000"


@cache
def of_plan(plan: str) -> dict[int, list[Feature]]:
    """The projects of a plan in the library by line, in the order of the text."""
    document = next(d for d in read_library(SEEDS).documents if d.plan.id == plan)
    reading = Reading(document, read_tools())
    lines: dict[int, list[Feature]] = {}
    for feature in finish(extract_projects(reading), reading):
        lines.setdefault(feature.evidence.line, []).append(feature)
    return lines


def projects_of(
    text: str, *, region: str = HUNAN, period: tuple[int, int] = (2011, 2015)
) -> list[Feature]:
    """The projects of a text that is read as a plan of its own."""
    plan = Plan(
        id="test",
        file="test.txt",
        title="test",
        period_start=period[0],
        period_end=period[1],
        region=region,
    )
    reading = Reading(Document(plan, text), read_tools())
    return list(finish(extract_projects(reading), reading))


def names_of(text: str) -> list[str]:
    return [feature.name for feature in projects_of(text)]


def placed(features: list[Feature]) -> list[tuple[str, tuple[str, ...], str]]:
    """Name, places and basis of each."""
    return [(f.name, f.places, f.basis.value) for f in features]


# -- projects-2011: ten lists that close with 等重点项目 ----------------------------------

COUNTS_2011 = {46: 20, 52: 13, 58: 8, 64: 9, 70: 5, 76: 11, 82: 11, 86: 11, 92: 10, 96: 21}


def test_the_ten_lists_of_2011_are_complete() -> None:
    found = {line: len(features) for line, features in of_plan("projects-2011").items()}
    assert {line: found.get(line) for line in COUNTS_2011} == COUNTS_2011
    assert sum(COUNTS_2011.values()) == 119


def test_nothing_but_lists_gives_projects_in_2011() -> None:
    assert set(of_plan("projects-2011")) - {98} == set(COUNTS_2011)


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        (
            46,
            "东北轻合金有限责任公司超大规格铝合金板带材",
            "鸡西浩市新能源材料有限公司高纯石墨及制品深加工",
        ),
        (
            52,
            "哈药集团生物疫苗公司瑞倍适等猪用疫苗",
            "黑龙江华本生物能源股份有限公司生物质（垃圾）资源化",
        ),
        (
            58,
            "哈尔滨动力设备股份有限公司核电基地",
            "黑龙江天华风电设备制造有限公司风电零部件",
        ),
        (
            64,
            "一拖（黑龙江）东方红工业园有限公司现代农业装备基地",
            "佳木斯丰途农机科技公司农机具",
        ),
        (
            70,
            "哈飞汽车股份有限公司汽车生产基地",
            "齐齐哈尔轨道交通装备有限责任公司提升铁路货车水平",
        ),
        (
            76,
            "黑龙江万源粮油食品有限公司200万吨稻谷及副产品综合加工",
            "肇东汇源食品饮料有限公司果蔬饮料和纯净水",
        ),
        (82, "大庆石化公司120万吨乙烯改扩建", "鹤岗天富能源有限公司焦炉气制液化天然气"),
        (86, "龙煤集团双鸭山分公司东荣一矿", "齐齐哈尔依安陶瓷产业基地"),
        (92, "绥穆木材集散交易中心和加工基地", "东宁县雨润集团黑木耳山产品进出口产业集群"),
        (
            96,
            "哈尔滨国裕数据技术服务有限公司金融行业数据中心",
            "大庆圣地置业有限公司北国之春梦幻城",
        ),
    ],
)
def test_first_and_last_of_each_list_of_2011(line: int, first: str, last: str) -> None:
    found = of_plan("projects-2011")[line]
    assert (found[0].name, found[-1].name) == (first, last)


def test_the_list_of_new_materials_of_2011_with_firms_and_places() -> None:
    assert [
        (f.enterprise, f.places, f.basis.value, f.precision.value)
        for f in of_plan("projects-2011")[46]
    ] == [
        ("东北轻合金有限责任公司", ("230108",), "knowledge", "county"),
        ("大庆市中旺集团有限公司", ("230600",), "text", "prefecture"),
        ("哈尔滨焊接研究所", ("230100",), "text", "prefecture"),
        ("哈尔滨玻璃钢研究院", ("230100",), "text", "prefecture"),
        ("哈飞空客", ("230108",), "knowledge", "county"),
        ("哈尔滨天顺化工科技开发有限公司", ("230100",), "text", "prefecture"),
        ("哈尔滨海格科技公司", ("230100",), "text", "prefecture"),
        ("哈工大奥瑞德光电技术有限公司", ("230109",), "knowledge", "county"),
        ("哈尔滨晟通工程塑料公司", ("230100",), "text", "prefecture"),
        ("黑龙江金源仑特种纤维有限公司", (), "unknown", "none"),
        ("大庆市江苏兴达泡沫新材料股份有限公司", ("230600",), "text", "prefecture"),
        ("黑龙江省润特科技有限公司", (), "unknown", "none"),
        ("黑河合盛光伏科技有限公司", ("231100",), "text", "prefecture"),
        ("绥化宝利光伏材料科技有限公司", ("231200",), "text", "prefecture"),
        ("金跃集团有限公司", (), "unknown", "none"),
        ("牡丹江旭阳太阳能科技公司", ("231000",), "text", "prefecture"),
        ("黑龙江汉能薄膜太阳能有限公司", (), "unknown", "none"),
        ("鸡西市贝特瑞石墨产业园有限公司", ("230300",), "text", "prefecture"),
        ("鹤岗市南海石墨有限公司", ("230400",), "text", "prefecture"),
        ("鸡西浩市新能源材料有限公司", ("230300",), "text", "prefecture"),
    ]


@pytest.mark.parametrize(
    ("line", "name", "enterprise", "places", "written", "basis", "precision"),
    [
        # a place in the bracket of a firm's name
        (
            76,
            "飞鹤（甘南）乳品有限公司乳品加工",
            "飞鹤（甘南）乳品有限公司",
            ("230225",),
            ("甘南",),
            Basis.TEXT,
            Precision.COUNTY,
        ),
        (
            76,
            "中粮生化能源（龙江）有限公司玉米深加工",
            "中粮生化能源（龙江）有限公司",
            ("230221",),
            ("龙江",),
            Basis.TEXT,
            Precision.COUNTY,
        ),
        # the finest of nested places
        (
            92,
            "大庆市林甸海达纸业有限公司纸浆及制品改扩建",
            "大庆市林甸海达纸业有限公司",
            ("230623",),
            ("大庆市林甸",),
            Basis.TEXT,
            Precision.COUNTY,
        ),
        (
            86,
            "大兴安岭新林区云岭矿业开发有限公司塔源二支线铅锌铜矿",
            "大兴安岭新林区云岭矿业开发有限公司",
            ("232721",),
            ("塔源",),
            Basis.TEXT,
            Precision.TOWNSHIP,
        ),
        # the site that the text names, not the firm's own seat
        (
            82,
            "大唐黑龙江发电公司鸡西永庆褐煤提质利用",
            "大唐黑龙江发电公司",
            ("230300",),
            ("鸡西",),
            Basis.TEXT,
            Precision.PREFECTURE,
        ),
        (
            96,
            "黑龙江省华洋集团大兴安岭漠河北极村文化景区",
            "黑龙江省华洋集团",
            ("232701",),
            ("大兴安岭漠河北极村",),
            Basis.TEXT,
            Precision.COUNTY,
        ),
        # a firm whose name names no place
        (
            58,
            "中国第一重型机械集团公司大型铸锻件生产流程专业化自动化技术升级改造",
            "中国第一重型机械集团公司",
            ("230206",),
            (),
            Basis.KNOWLEDGE,
            Precision.COUNTY,
        ),
        # what is not known stays unknown
        (
            92,
            "圣象集团高档实木地板",
            "圣象集团",
            (),
            (),
            Basis.UNKNOWN,
            Precision.NONE,
        ),
        # a joint form of two places
        (
            92,
            "绥穆木材集散交易中心和加工基地",
            None,
            ("231081", "231085"),
            ("绥穆",),
            Basis.TEXT,
            Precision.REGION,
        ),
        # a name that the source masks
        (
            96,
            "哈牡***国际物流园",
            None,
            ("230100", "231000"),
            ("哈牡",),
            Basis.TEXT,
            Precision.REGION,
        ),
        (96, "全省旅游名镇建设", None, ("230000",), ("全省",), Basis.TEXT, Precision.PROVINCE),
    ],
)
def test_awkward_items_of_2011(
    line: int,
    name: str,
    enterprise: str | None,
    places: tuple[str, ...],
    written: tuple[str, ...],
    basis: Basis,
    precision: Precision,
) -> None:
    feature = next(f for f in of_plan("projects-2011")[line] if f.name == name)
    assert feature.enterprise == enterprise
    assert feature.places == places
    assert feature.places_as_written == written
    assert (feature.basis, feature.precision) == (basis, precision)
    assert feature.status is None


def test_brackets_commas_and_latin_letters_stay_in_a_name_of_2011() -> None:
    names = [f.name for features in of_plan("projects-2011").values() for f in features]
    assert "大庆市江苏兴达泡沫新材料股份有限公司ＥＰＳ（可发性聚苯乙烯）" in names
    assert "约翰•迪尔公司农业机械" in names
    assert "703研究所和哈尔滨汽轮机有限责任公司30兆瓦级天然气压缩燃气轮机研制基地" in names
    assert "黑龙江建龙钢铁有限公司提钒工程和无缝钢管" in names


# -- harbin-2006: boxes -------------------------------------------------------------------

COUNTS_2006 = {
    85: 24,
    86: 26,
    87: 6,
    88: 8,
    89: 12,
    90: 17,
    109: 5,
    110: 17,
    111: 7,
    112: 8,
    113: 2,
    114: 8,
    125: 9,
    126: 15,
    127: 8,
    128: 5,
    141: 19,
    142: 13,
    143: 11,
    150: 22,
    151: 5,
    168: 2,
    169: 5,
    170: 2,
    171: 5,
    172: 8,
    173: 15,
}


def test_every_item_of_the_boxes_of_2006() -> None:
    found = of_plan("harbin-2006")
    assert {line: len(found.get(line, ())) for line in COUNTS_2006} == COUNTS_2006
    assert sum(COUNTS_2006.values()) == 284


@pytest.mark.parametrize(
    ("line", "first", "last", "label"),
    [
        (85, "大型燃气轮机技术改造", "电站辅机", "电站成套设备"),
        (86, "HF5系列乘用车", "流量传感器", "汽车制造"),
        (87, "中型多用途直升机国际合作联合研制", "轻型水陆两栖多用途飞机生产基地", "飞机制造"),
        # the colon behind the label is missing
        (88, "SKJA型系列数控多功能工业机器人", "锅炉膜式壁数控焊接生产线", "焊接技术与设备"),
        (89, "航空航天轴承技术改造", "电池级双电层超级电容器", "基础功能部件"),
        (90, "火电配套辅机散料机械技术改造", "正反向分层燃烧环保锅炉", "专用机械"),
        (109, "33万吨乳制品加工", "功能型液体奶", "乳制品加工"),
        (110, "大豆活性蛋白肽", "龙谷金米", "粮食加工"),
        (112, "10万吨精品酒", "冰露水扩产", "啤酒、饮料制造"),
        (113, "哈卷烟厂异地搬迁改造", "制丝线的提质改造", "卷烟制品"),
        (114, "3万吨食用菌", "刺玫果综合开发", "山特产品"),
        (125, "7ACA及头孢系列产品", "盐酸氯克罗孟", "抗生素药品"),
        (128, "50亿粒药用胶囊", "医用多功能组合监视系统", "医药用包装材料及制药设备"),
        (141, "大功率半导体集成电路芯片", "电热膜供暖系统", "电子信息产品制造业"),
        (143, "无性繁育东北红豆杉", "脉注射用人乙型肝炎免疫球蛋白", "生物工程"),
        (150, "连续重整--加氢裂化联合装置", "缓释肥", "化学工业"),
        (173, "10万立方米高密度纤维板项目", "彩色软包装印刷生产线", "轻工制品"),
    ],
)
def test_first_and_last_of_the_boxes_of_2006(line: int, first: str, last: str, label: str) -> None:
    found = of_plan("harbin-2006")[line]
    assert (found[0].name, found[-1].name) == (first, last)
    assert {feature.industry_label for feature in found} == {label}


def test_an_item_of_a_box_is_placed_by_the_scope_of_the_citys_plan() -> None:
    plain = of_plan("harbin-2006")[85][0]
    assert (plain.places, plain.places_as_written) == (("230100",), ())
    assert (plain.basis, plain.precision) == (Basis.CONTEXT, Precision.PREFECTURE)


def test_a_line_broken_in_mid_word_is_one_item() -> None:
    broken = of_plan("harbin-2006")[168][-1]
    assert broken.name == "铝合金大规格无缝管材型材技改"
    assert broken.evidence.quote == "铝合金大\n规格无缝管材型材技改"


@pytest.mark.parametrize(
    ("line", "left", "right"),
    [
        # a stray number where the separator should be, and a blank before a quotation mark
        (86, "电控电动式汽车自动变速器", "哈尔滨飞翔汽车零部件公司"),
        (112, "20万吨啤酒酿造生产线", "“三梅”葡萄酒"),
    ],
)
def test_separators_that_the_source_forgot(line: int, left: str, right: str) -> None:
    names = [feature.name for feature in of_plan("harbin-2006")[line]]
    assert names.index(right) == names.index(left) + 1


def test_misprints_of_the_source_stay() -> None:
    names = [f.name for features in of_plan("harbin-2006").values() for f in features]
    assert "全液压港口起重运输输设备" in names
    assert "速溶层状偏硅酸纳项目" in names
    assert "25吨甲醇" in names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (67, [("与巴西合作生产ERJ145型支线客机项目", ("230100",), "context")]),
        (
            146,
            [
                ("20万吨/年苯酚丙酮扩建", ("230100",), "context"),
                ("80万吨/年蜡油加氢裂化装置", ("230100",), "context"),
            ],
        ),
        # 依托依兰煤矿 places what follows in its paragraph
        (
            148,
            [
                ("25万吨/年甲醇及煤矿伴生废弃物综合利用项目", ("230123",), "context"),
                ("依兰露天矿改扩建工程", ("230123",), "text"),
                ("年产300万吨煤炭矿井", ("230123",), "context"),
            ],
        ),
        (
            158,
            [
                ("宾州水泥二期", ("230125",), "text"),
                ("宾州水泥三期", ("230125",), "text"),
                ("哈尔滨水泥厂重组扩产项目", ("230100",), "text"),
            ],
        ),
        (
            188,
            [
                ("超大规格铝合金板带", ("230100",), "context"),
                ("航天航空轴承", ("230100",), "context"),
                ("25万吨甲醇", ("230100",), "context"),
                ("内高压成型轻体构件", ("230100",), "context"),
                ("绿色乳品加工基地", ("230100",), "context"),
                ("星轮减速器", ("230100",), "context"),
                ("强自吸系列泵生产基地", ("230100",), "context"),
            ],
        ),
    ],
)
def test_projects_in_running_text_of_2006(
    line: int, expected: list[tuple[str, tuple[str, ...], str]]
) -> None:
    assert placed(of_plan("harbin-2006")[line]) == expected


def test_what_harbin_built_before_2006_is_no_project() -> None:
    assert min(of_plan("harbin-2006")) > 41


# -- emerging-2016 ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            28,
            [
                ("人凝血酶原复合物等凝血因子类产品产业化", None, ("230100", "230600"), "在建"),
                ("三联药业创业型新药开发平台", "三联药业", ("230111",), "在建"),
                ("再生医学工程技术研究中心", None, ("230100", "230600"), "在建"),
            ],
        ),
        (
            34,
            [
                ("哈尔滨云计算中心", None, ("230100",), None),
                ("中国移动哈尔滨数据中心", "中国移动", ("230100",), None),
                ("中国联通哈尔滨数据中心", "中国联通", ("230100",), None),
                ("名气通云数据中心", None, ("230100",), None),
            ],
        ),
        (
            50,
            [
                ("石墨烯复合材料散热片", None, ("230300", "230400"), "在建"),
                ("普莱德锂离子电池负极材料及石墨深加工", "普莱德", ("230303",), "在建"),
                ("贝特瑞石墨深加工", "贝特瑞", ("230307",), "在建"),
                ("浩市金刚石项目", "浩市", ("230303",), "在建"),
            ],
        ),
        (
            70,
            [
                (
                    "哈尔滨汽轮机厂核电汽轮机核心能力建设技术改造工程",
                    "哈尔滨汽轮机厂",
                    ("230100",),
                    None,
                ),
                (
                    "哈尔滨电气动力装备有限公司核主泵机组制造基地能力完善项目",
                    "哈尔滨电气动力装备有限公司",
                    ("230100",),
                    None,
                ),
                (
                    "哈尔滨朗格斯特节能科技有限公司节能科技产业园项目",
                    "哈尔滨朗格斯特节能科技有限公司",
                    ("230100",),
                    "储备",
                ),
                ("703所太阳能光热热电联供", "703所", ("230100",), "储备"),
                ("大型工业压缩热泵余热回收", None, ("230100", "230200"), "储备"),
                ("低温发电装置", None, ("230100", "230200"), "储备"),
                ("特种节能汽轮机", None, ("230100", "230200"), "储备"),
            ],
        ),
    ],
)
def test_projects_of_the_clusters_of_2016(
    line: int, expected: list[tuple[str, str | None, tuple[str, ...], str | None]]
) -> None:
    found = of_plan("emerging-2016")[line]
    assert [(f.name, f.enterprise, f.places, f.status) for f in found] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            38,
            [
                ("民生服务公共信息平台", ("230100",), "context"),
                ("智慧管网系统", ("230100",), "context"),
                ("城市空间地理信息系统", ("230100",), "context"),
                ("医疗健康大数据管理与服务云平台", ("230100",), "context"),
                ("大庆市软件开发", ("230600",), "text"),
                ("金融外包服务", ("230600",), "context"),
                ("资讯服务", ("230600",), "context"),
                ("七台河市政务云平台项目", ("230900",), "text"),
            ],
        ),
        (
            94,
            [
                (
                    "俄速通电子商务跨境电商供应链平台",
                    ("230100", "231000", "231100", "231081"),
                    "context",
                ),
                (
                    "ＣＯＭＥ365“中国站”跨境电子商务交易试点示范平台",
                    ("230100", "231000", "231100", "231081"),
                    "context",
                ),
                (
                    "中机网跨境电子商务交易试点示范平台",
                    ("230100", "231000", "231100", "231081"),
                    "context",
                ),
                (
                    "绥易通跨境电子商务交易试点示范平台",
                    ("230100", "231000", "231100", "231081"),
                    "context",
                ),
            ],
        ),
        # 以…于一体的 holds a list in one item
        (96, [("研发、生产、销售、技术服务于一体的智能工厂产业化平台", (), "unknown")]),
        (
            105,
            [
                ("哈尔滨市精准基因医学检验项目", ("230100",), "text"),
                ("齐齐哈尔市精准基因医学检验项目", ("230200",), "text"),
            ],
        ),
        (107, [("哈尔滨城市精细化管理应用示范项目", ("230100",), "text")]),
    ],
)
def test_projects_for_people_and_trade_of_2016(
    line: int, expected: list[tuple[str, tuple[str, ...], str]]
) -> None:
    assert placed(of_plan("emerging-2016")[line]) == expected


def test_three_projects_for_three_cities_of_2016() -> None:
    assert placed(of_plan("emerging-2016")[103])[-3:] == [
        ("哈尔滨人口健康服务与管理信息云平台", ("230100",), "text"),
        ("大庆市居民就医一卡通", ("230600",), "text"),
        ("七台河惠民一卡通工程", ("230900",), "text"),
    ]


# -- industry-2019: `，` separates where items hold `、` -----------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            60,
            [
                ("龙江阜丰生物玉米深加工及其配套", None),
                ("伊品生物基尼龙盐", "伊品"),
                ("伊利大庆液态奶", "伊利"),
                ("飞鹤乳业乳制品智能产业园", "飞鹤乳业"),
                ("天之草、云天、金达汉麻农业产业化", None),
                ("益海嘉里（富裕）粮食综合体加工", None),
                ("新和成生物发酵产业园", "新和成"),
            ],
        ),
        (
            111,
            [
                ("豫港龙泉铝合金加工材项目", "豫港龙泉"),
                ("建龙西林钢铁焦化项目", "建龙西林钢铁"),
                ("唯大新材料（鸡西）石墨烯产业园项目", "唯大新材料（鸡西）"),
                ("建龙北满特钢升级改造项目", "建龙北满特钢"),
                ("紫金铜业铜冶炼项目", "紫金铜业"),
                ("多宝山同业铜矿开发项目", "多宝山同业"),
            ],
        ),
        (
            174,
            [
                ("星云化工环氧乙烷、苯酚/丙酮、聚碳酸酯项目", "星云化工"),
                ("华夏一统100万吨复合肥项目", None),
                ("大庆石化炼油结构调整升级优化项目", "大庆石化"),
                ("龙油重油催化热裂解及聚烯烃项目", "龙油"),
                ("泓泰兴焦化升级改造生产清洁化学品项目", None),
            ],
        ),
        (
            181,
            [
                ("沃尔沃生产平台改造升级", "沃尔沃"),
                ("长安福特汽车有限公司哈尔滨乘用车生产基地", "长安福特汽车有限公司"),
                ("东安中高端发动机（变速器）基地", "东安"),
                ("天有为电子汽车仪表智能显示终端", "天有为电子"),
            ],
        ),
    ],
)
def test_comma_lists_of_2019(line: int, expected: list[tuple[str, str | None]]) -> None:
    found = of_plan("industry-2019")[line]
    assert [(f.name, f.enterprise) for f in found] == expected


def test_a_project_for_several_towns_is_one_feature_per_town() -> None:
    assert placed(of_plan("industry-2019")[155]) == [
        ("国投生物能源北安燃料乙醇项目", ("231181",), "text"),
        ("国投生物能源海伦燃料乙醇项目", ("231283",), "text"),
        ("国投生物能源大庆燃料乙醇项目", ("230600",), "text"),
        ("国投生物能源富锦燃料乙醇项目", ("230882",), "text"),
        ("国投生物能源鸡东燃料乙醇项目", ("230321",), "text"),
        ("中粮生化燃料乙醇项目", (), "unknown"),
        ("鸿展生物桦南燃料乙醇项目", ("230822",), "text"),
        ("鸿展生物双鸭山燃料乙醇项目", ("230500",), "text"),
        ("万里润达燃料乙醇项目", ("230523",), "knowledge"),
        ("国信通新能源与通信产业基地项目", ("230400",), "knowledge"),
    ]


def test_where_a_project_of_2019_is_by_its_words_before_its_firms_seat() -> None:
    found = {f.name: f for f in of_plan("industry-2019")[111]}
    graphene = found["唯大新材料（鸡西）石墨烯产业园项目"]
    copper = found["紫金铜业铜冶炼项目"]
    assert (graphene.places, graphene.basis) == (("230300",), Basis.TEXT)
    assert (copper.places, copper.basis) == (("230206",), Basis.KNOWLEDGE)
    ford = of_plan("industry-2019")[181][1]
    assert (ford.places, ford.places_as_written) == (("230100",), ("哈尔滨",))


# -- rules: how a list opens and closes ---------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "加快实施长沙市工程机械总装、衡阳市特高压变压器、株洲市城轨车辆等重点项目。",
            ["长沙市工程机械总装", "衡阳市特高压变压器", "株洲市城轨车辆"],
        ),
        (
            "重点推进湘潭钢铁集团宽厚板、岳阳石化己内酰胺等3个项目建设。",
            ["湘潭钢铁集团宽厚板", "岳阳石化己内酰胺"],
        ),
        # `，` separates where items hold `、`
        (
            "加快推进蓝思科技玻璃、触摸屏生产，永州长丰汽车扩能，郴州柿竹园钨加工等项目。",
            ["蓝思科技玻璃、触摸屏生产", "永州长丰汽车扩能", "郴州柿竹园钨加工"],
        ),
        # no 等, the noun closes
        (
            "加快建设长沙比亚迪动力电池项目和株洲北汽整车扩能项目。",
            ["长沙比亚迪动力电池项目", "株洲北汽整车扩能项目"],
        ),
        # half-width punctuation
        (
            "加快实施长沙市工程机械总装,株洲市城轨车辆(B型车),衡阳市变压器等重点项目.",
            ["长沙市工程机械总装", "株洲市城轨车辆（B型车）", "衡阳市变压器"],
        ),
        # brackets hold their `、` and `，`
        (
            "加快三一重工（含履带、轮式）起重机、山河智能旋挖钻机（年产500台，配套车间）等重点项目。",
            ["三一重工（含履带、轮式）起重机", "山河智能旋挖钻机（年产500台，配套车间）"],
        ),
        # quoted names need no sign between them
        (
            "建设长沙“湘江云”“岳麓云”“星沙云”等重点项目。",
            ["长沙“湘江云”", "“岳麓云”", "“星沙云”"],
        ),
        # a subject stands before the verb
        (
            "长沙高新区重点推进中联重科智慧产业城、铁建重工第二产业园等项目。",
            ["中联重科智慧产业城", "铁建重工第二产业园"],
        ),
        # 以…为基础
        (
            "以长沙机场扩建工程、湘江航运枢纽工程为基础，推动物流业升级。",
            ["长沙机场扩建工程", "湘江航运枢纽工程"],
        ),
        # the list is put into another
        (
            "长沙磁浮快线、株洲航空发动机、湘潭海泡石列入省重点项目库。",
            ["长沙磁浮快线", "株洲航空发动机", "湘潭海泡石"],
        ),
        (
            "长沙磁浮快线、株洲航空发动机等纳入国家重大项目清单。",
            ["长沙磁浮快线", "株洲航空发动机"],
        ),
    ],
)
def test_how_a_list_opens_and_closes(text: str, expected: list[str]) -> None:
    assert names_of(text) == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("加快湘潭电机集团风电整机、衡阳华菱钢管石油管等在建项目建设。", "在建"),
        ("推进邵阳纺机成套设备、常德烟机高速卷接机组等储备项目的前期工作。", "储备"),
        ("开展邵阳纺机成套设备、常德烟机高速卷接机组等前期工作。", "前期工作"),
        ("加快湘潭电机集团风电整机、衡阳华菱钢管石油管等新开工项目建设。", "新开工"),
        ("加快湘潭电机集团风电整机、衡阳华菱钢管石油管等重点项目建设。", None),
    ],
)
def test_the_head_of_a_list_says_its_status(text: str, status: str | None) -> None:
    found = projects_of(text)
    assert [feature.status for feature in found] == [status, status]


# -- rules: a heading that says that a list follows ---------------------------------------


def test_a_heading_makes_a_list_of_what_has_no_closing_words() -> None:
    text = "（一）装备制造业\n1.重点项目\n长沙重型卡车生产线、衡阳石油套管、株洲动车组牵引系统。"
    found = projects_of(text)
    assert [(f.name, f.places, f.industry_label) for f in found] == [
        ("长沙重型卡车生产线", ("430100",), "装备制造业"),
        ("衡阳石油套管", ("430400",), "装备制造业"),
        ("株洲动车组牵引系统", ("430200",), "装备制造业"),
    ]


def test_a_box_lists_whatever_its_pieces_look_like() -> None:
    text = (
        "二、重点建设项目\n▲装备：株洲动力机车扩能、衡阳变压器技改、10万台电机\n"
        "▲食品：常德卷烟技改、饲料\n"
    )
    found = projects_of(text)
    assert [(f.name, f.industry_label, f.evidence.line) for f in found] == [
        ("株洲动力机车扩能", "装备", 2),
        ("衡阳变压器技改", "装备", 2),
        ("10万台电机", "装备", 2),
        ("常德卷烟技改", "食品", 3),
        ("饲料", "食品", 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "（一）装备制造业\n1.重点项目\n建立项目管理制度，完善考核办法。",
        "（一）装备制造业\n1.重点项目\n具体名单如下：",
        "六、重大项目\n完善项目协调机制，对长沙、株洲等地的项目给予支持。",
        "六、重大项目\n各地要抓紧谋划一批大项目，推动长沙、株洲一体化发展。",
        "六、重大项目\n围绕整机带动配套，长沙重点发展手机，衡阳重点发展笔记本。",
        "六、招商项目\n组织赴德国、日本招商，引进外资10亿美元。",
        "重点项目：各市要明确责任单位，落实包保责任制，建立台账，按月调度。",
    ],
)
def test_sentences_under_such_a_heading_that_list_nothing(text: str) -> None:
    assert names_of(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the chapter joins projects to another subject: its prose is no list, `国债项目N项：` is
        (
            "三、重点领域和国债项目\n（一）轻纺\n以长沙为龙头，围绕株洲做文章。衡阳市发展麻纺、棉纺。\n"
            "国债项目2项：1．株洲湘火炬公司火花塞项目。总投资4亿元。2．衡阳油脂公司茶油扩建项目。",
            ["株洲湘火炬公司火花塞项目", "衡阳油脂公司茶油扩建项目"],
        ),
        # a nearer heading that says how to go about it ends the list
        ("二、重大项目\n（二）招商要求\n长沙引进电子整机，株洲引进德国机床。", []),
        ("二、重大项目\n专栏2 招商方向\n长沙电子整机、株洲数控机床。", []),
        # a branch below does not
        ("二、重大项目\n（二）钢铁\n湘潭宽厚板、衡阳无缝钢管。", ["湘潭宽厚板", "衡阳无缝钢管"]),
        # how a branch is to go names nothing that is built
        (
            "二、重大项目\n（二）农业\n粮食加工向常德、益阳集中，长沙向沿海引进电子，岳阳饲料扩建，"
            "怀化木材深加工，永州烟叶复烤。",
            ["岳阳饲料扩建", "怀化木材深加工", "永州烟叶复烤"],
        ),
        # who builds it, what it costs and when it runs is no second item
        (
            "二、重点项目\n长沙甲车零部件项目，由湖南某某公司承担，总投资3亿元，2012年达产。",
            ["长沙甲车零部件项目"],
        ),
        # a named project that ends like a head of a list
        ("二、重点项目\n株洲电力机车公司轮对技改项目。", ["株洲电力机车公司轮对技改项目"]),
        ("二、重点项目\n抓好一批重点产业化项目。", []),
    ],
)
def test_the_nearest_heading_says_what_is_a_list(text: str, expected: list[str]) -> None:
    assert names_of(text) == expected


@pytest.mark.parametrize(
    "head",
    [
        "国债项目2项：",
        "国债项目有：",
        "另安排食品项目2个：",
        "拟新开工以下承接项目：",
        "重点项目包括：",
        "抓好产业链。续建项目如下：",
    ],
)
def test_words_before_a_colon_open_a_list(head: str) -> None:
    text = f"（一）食品\n{head}常德市德山大米精深加工、怀化正大饲料二期。"
    assert names_of(text) == ["常德市德山大米精深加工", "怀化正大饲料二期"]


@pytest.mark.parametrize(
    "text",
    [
        "重点项目：①岳阳石化己内酰胺；②株洲化工钛白粉；③衡阳建滔烧碱。",
        "重点项目：1．岳阳石化己内酰胺，2．株洲化工钛白粉，3．衡阳建滔烧碱。",
        "重点项目：（1）岳阳石化己内酰胺；（2）株洲化工钛白粉；（3）衡阳建滔烧碱。",
        "重点项目：1.岳阳石化己内酰胺。2.株洲化工钛白粉。3.衡阳建滔烧碱。",
        "重点项目：1、岳阳石化己内酰胺　2、株洲化工钛白粉　3、衡阳建滔烧碱",
        "五、重点项目\n1．岳阳石化己内酰胺　2．株洲化工钛白粉 3．衡阳建滔烧碱\n",
        "五、重点项目\n▲①岳阳石化己内酰胺　②株洲化工钛白粉　③衡阳建滔烧碱\n",
    ],
)
def test_numbers_of_a_list_that_runs_on_are_no_part_of_names(text: str) -> None:
    assert names_of(text) == ["岳阳石化己内酰胺", "株洲化工钛白粉", "衡阳建滔烧碱"]


@pytest.mark.parametrize(
    "text",
    [
        "重大项目：\n岳阳石化己内酰胺；\n株洲化工钛白粉；\n衡阳建滔烧碱。",
        "【重大项目】\n·岳阳石化己内酰胺；\n·株洲化工钛白粉；\n·衡阳建滔烧碱。",
        "【重大项目】岳阳石化己内酰胺、株洲化工钛白粉、衡阳建滔烧碱。",
        "◆ 三、重大项目\n○岳阳石化己内酰胺\n○株洲化工钛白粉\n○衡阳建滔烧碱",
    ],
)
def test_forms_of_a_list_of_lines(text: str) -> None:
    assert names_of(f"二、石化产业\n{text}") == [
        "岳阳石化己内酰胺",
        "株洲化工钛白粉",
        "衡阳建滔烧碱",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what is done this year and that
        (
            "2.分年度安排\n2011年开工项目：长沙上海大众整车、岳阳林纸搬迁。\n"
            "2012年竣工项目：湘潭三菱发动机、郴州外延片。",
            ["长沙上海大众整车", "岳阳林纸搬迁", "湘潭三菱发动机", "郴州外延片"],
        ),
        (
            "建成投产长沙蓝思科技二期、浏阳基伍手机项目；新开工衡阳富士康扩建、永州猎豹扩能项目。",
            ["长沙蓝思科技二期", "浏阳基伍手机项目", "衡阳富士康扩建", "永州猎豹扩能项目"],
        ),
        # a count, then the items
        (
            "重大项目3项，包括长沙惠科面板、株洲风电叶片、湘潭桑顿电池。",
            ["长沙惠科面板", "株洲风电叶片", "湘潭桑顿电池"],
        ),
        (
            "重点推进以下项目：一是长沙桑顿电池；二是株洲风电叶片；三是岳阳烧碱搬迁。",
            ["长沙桑顿电池", "株洲风电叶片", "岳阳烧碱搬迁"],
        ),
        # the cost is no part of a name
        (
            "抓好总投资120亿元的娄底薄板深加工、投资30亿元的郴州冶炼渣回收项目建设。",
            ["娄底薄板深加工", "郴州冶炼渣回收项目"],
        ),
        # a list that ends with when it is to run
        (
            "确保湘潭汽车板二期、株洲特种玻璃等重点项目按期投产。",
            ["湘潭汽车板二期", "株洲特种玻璃"],
        ),
        # nor is what the bracket leaves out
        (
            "重点项目：娄底薄板深加工（不含码头）、郴州锡矿扩能（二期）。",
            ["娄底薄板深加工", "郴州锡矿扩能（二期）"],
        ),
        # nor is what is hoped for it
        (
            "另外，抓好一批前期项目：娄底薄板深加工、郴州锡矿扩能，争取怀化核电、"
            "永州风电装备纳入国家规划。",
            ["娄底薄板深加工", "郴州锡矿扩能", "怀化核电", "永州风电装备"],
        ),
        # nor is the word that joins the last item
        (
            "六、重点项目\n长沙冷链物流二期、株洲服装城扩建、和“菜篮子”配送中心。",
            ["长沙冷链物流二期", "株洲服装城扩建", "“菜篮子”配送中心"],
        ),
    ],
)
def test_other_forms_of_a_list(text: str, expected: list[str]) -> None:
    assert names_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "坚持整车带动。国债项目有：长沙整车扩能；株洲车桥搬迁；衡阳气门扩产。要抓好落实；健全机制。",
            ["长沙整车扩能", "株洲车桥搬迁", "衡阳气门扩产"],
        ),
        (
            "坚持整车带动。国债项目2项：1.长沙整车扩能。2.株洲车桥搬迁。长沙要走在前面。",
            ["长沙整车扩能", "株洲车桥搬迁"],
        ),
    ],
)
def test_a_head_in_mid_paragraph_holds_to_the_end_of_its_list(
    text: str, expected: list[str]
) -> None:
    assert names_of(text) == expected


def test_a_numbered_title_may_be_the_item() -> None:
    text = (
        "附件2：重点项目清单\n一、装备制造\n1.长沙工程机械城二期。\n"
        "2.株洲半导体产线扩建。总投资20亿元，建设两条生产线。\n"
        "3.衡阳变压器项目，建设单位：特变电工。\n4.湘潭风电整机扩产。建设内容：厂房、试验台。\n"
        "5.轨道交通。总投资30亿元，加快株洲动车组检修基地、衡阳道岔等项目建设。"
    )
    found = projects_of(text)
    assert [(f.name, f.places, f.evidence.line, f.evidence.quote) for f in found] == [
        ("长沙工程机械城二期", ("430100",), 3, "长沙工程机械城二期"),
        ("株洲半导体产线扩建", ("430200",), 4, "株洲半导体产线扩建"),
        ("衡阳变压器项目", ("430400",), 5, "衡阳变压器项目"),
        ("湘潭风电整机扩产", ("430300",), 6, "湘潭风电整机扩产"),
        ("株洲动车组检修基地", ("430200",), 7, "株洲动车组检修基地"),
        ("衡阳道岔", ("430400",), 7, "衡阳道岔"),
    ]


def test_a_name_may_begin_with_what_joins() -> None:
    found = projects_of("六、重点项目\n和龙市木材加工、延吉市啤酒扩建。", region="220000")
    assert [(f.name, f.places) for f in found] == [
        ("和龙市木材加工", ("222406",)),
        ("延吉市啤酒扩建", ("222401",)),
    ]


def test_numbers_in_a_box_are_no_part_of_names() -> None:
    text = "专栏2 重点项目\n★装备：①株洲机车扩能；②衡阳变压器技改；③10万台电机\n"
    assert names_of(text) == ["株洲机车扩能", "衡阳变压器技改", "10万台电机"]


def test_counted_branches_of_a_list_are_headings() -> None:
    text = (
        "附表：重点项目一览表\n（一）钢铁产业（2项）\n1.娄底薄板深加工\n2.湘潭宽厚板三期\n"
        "（二）有色金属产业（1项）\n3.郴州稀贵金属回收\n"
    )
    assert [(f.name, f.industry_label) for f in projects_of(text)] == [
        ("娄底薄板深加工", "钢铁产业"),
        ("湘潭宽厚板三期", "钢铁产业"),
        ("郴州稀贵金属回收", "有色金属产业"),
    ]


@pytest.mark.parametrize("heading", ["二、“十一五”回顾", "二、发展基础", "二、面临的形势"])
def test_what_looks_back_lists_nothing(heading: str) -> None:
    text = f"{heading}\n1.重点项目\n加快株洲动力机车扩能、衡阳变压器技改等项目。"
    assert names_of(text) == []


# -- rules: where, which, whose -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "加快推进华能新能源在郴州、永州、怀化等地风力发电项目。",
            [
                "华能新能源郴州风力发电项目",
                "华能新能源永州风力发电项目",
                "华能新能源怀化风力发电项目",
            ],
        ),
        (
            "加快推进郴州、永州、怀化等地风力发电项目。",
            ["郴州风力发电项目", "永州风力发电项目", "怀化风力发电项目"],
        ),
        (
            "加快推进大唐在郴州和永州的热电联产项目，衡阳石油管项目。",
            ["大唐郴州热电联产项目", "大唐永州热电联产项目", "衡阳石油管项目"],
        ),
        (
            "在浏阳市、醴陵市、宁乡市分别建设一个烟花爆竹检测中心。",
            ["浏阳市烟花爆竹检测中心", "醴陵市烟花爆竹检测中心", "宁乡市烟花爆竹检测中心"],
        ),
    ],
)
def test_towns(text: str, expected: list[str]) -> None:
    found = projects_of(text)
    assert [feature.name for feature in found] == expected
    assert all(len(feature.places) == 1 for feature in found)
    assert {feature.basis for feature in found} == {Basis.TEXT}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "浏阳市、醴陵市各建一座花炮原料厂。",
            [("浏阳市花炮原料厂", "430181"), ("醴陵市花炮原料厂", "430281")],
        ),
        (  # a list with an item for two towns
            "重点项目：岳阳饲料扩建，浏阳市、醴陵市各建一个花炮原料厂，常德卷烟技改。",
            [
                ("岳阳饲料扩建", "430600"),
                ("浏阳市花炮原料厂", "430181"),
                ("醴陵市花炮原料厂", "430281"),
                ("常德卷烟技改", "430700"),
            ],
        ),
        (  # towns that no table holds
            "在浏阳市某某镇、醴陵市丙丁镇各建一处花炮检测中心。",
            [("浏阳市某某镇花炮检测中心", "430181"), ("醴陵市丙丁镇花炮检测中心", "430281")],
        ),
        (  # as many works as towns: each its own
            "重点在浏阳市、醴陵市分别建设花炮、陶瓷检测中心。",
            [("浏阳市花炮检测中心", "430181"), ("醴陵市陶瓷检测中心", "430281")],
        ),
        (  # not as many: all of them in each
            "在浏阳市、醴陵市、宁乡县分别建设花炮、陶瓷检测中心。",
            [
                ("浏阳市花炮、陶瓷检测中心", "430181"),
                ("醴陵市花炮、陶瓷检测中心", "430281"),
                ("宁乡县花炮、陶瓷检测中心", "430182"),
            ],
        ),
    ],
)
def test_one_work_for_each_town(text: str, expected: list[tuple[str, str]]) -> None:
    found = projects_of(text)
    assert [(f.name, *f.places) for f in found] == expected


def test_two_places_side_by_side_are_no_list_of_towns() -> None:
    found = projects_of("加快浏阳醴陵至攸县输气管道、岳阳石化己内酰胺等重点项目建设。")
    assert found[0].name == "浏阳醴陵至攸县输气管道"


def test_towns_before_a_list_place_all_of_it() -> None:
    found = projects_of("在浏阳市、醴陵市建设烟花爆竹集散中心、陶瓷检测中心等项目。")
    assert placed(found) == [
        ("烟花爆竹集散中心", ("430181", "430281"), "context"),
        ("陶瓷检测中心", ("430181", "430281"), "context"),
    ]
    assert {feature.precision for feature in found} == {Precision.REGION}


def test_a_place_in_full_that_opens_a_list_of_kinds_places_all_of_it() -> None:
    text = "同时推动长沙市软件开发、服务外包、动漫制作等特色服务项目和株洲市数据中心项目。"
    assert placed(projects_of(text)) == [
        ("长沙市软件开发", ("430100",), "text"),
        ("服务外包", ("430100",), "context"),
        ("动漫制作", ("430100",), "context"),
        ("株洲市数据中心项目", ("430200",), "text"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a phase belongs to what stands before it
        (
            "支持韶峰水泥二期、三期和湘潭钢铁厂重组扩产项目。",
            ["韶峰水泥二期", "韶峰水泥三期", "湘潭钢铁厂重组扩产项目"],
        ),
        (
            "加快建设长沙广汽菲亚特整车二期、三期等项目。",
            ["长沙广汽菲亚特整车二期", "长沙广汽菲亚特整车三期"],
        ),
        # 和 before no new owner joins two products of one
        (
            "加快建设恒安纸业生活用纸和卫生巾加工项目。",
            ["恒安纸业生活用纸和卫生巾加工项目"],
        ),
        (
            "加快中联重科股份有限公司和长沙市轨道公司磁浮列车、衡阳市变压器等项目。",
            ["中联重科股份有限公司和长沙市轨道公司磁浮列车", "衡阳市变压器"],
        ),
    ],
)
def test_phases_and_new_owners(text: str, expected: list[str]) -> None:
    assert names_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a firm by its form, a known one by its short name, one called 股份
            "加快三一集团、东北轻合金、湘电股份等一批企业信息化工程建设。",
            ["三一集团企业信息化工程", "东北轻合金企业信息化工程", "湘电股份企业信息化工程"],
        ),
        (
            "加快三一集团、中联重科泵车扩产等一批企业技术改造工程建设。",
            ["三一集团企业技术改造工程", "中联重科泵车扩产"],
        ),
        ("推进三一集团、中联重科、湘电股份建设。", []),
    ],
)
def test_what_a_list_of_bare_firms_is_to_do(text: str, expected: list[str]) -> None:
    assert names_of(text) == expected


def test_a_phase_stands_where_its_owner_does() -> None:
    third = projects_of("加快建设长沙广汽菲亚特整车二期、三期等项目。")[1]
    assert (third.places, third.basis) == (("430100",), Basis.TEXT)
    assert third.evidence.quote.endswith("三期")


@pytest.mark.parametrize(
    ("item", "enterprise"),
    [
        ("湘潭市江麓机电集团有限公司变速箱", "湘潭市江麓机电集团有限公司"),
        ("衡阳变压器股份有限公司特高压", "衡阳变压器股份有限公司"),
        ("北汽福田（长沙）有限公司重型机械", "北汽福田（长沙）有限公司"),
        ("湖南大学先进制造创新平台", "湖南大学"),
        ("长沙矿冶研究院电池材料", "长沙矿冶研究院"),
        ("蒙牛长沙液态奶", "蒙牛"),
        ("长沙市液态奶生产线", None),
    ],
)
def test_the_firm_that_an_item_begins_with(item: str, enterprise: str | None) -> None:
    found = projects_of(f"加快{item}、郴州市风电叶片等重点项目建设。")
    assert (found[0].name, found[0].enterprise) == (item, enterprise)


def test_places_outside_the_region_are_no_location() -> None:
    found = projects_of(
        "加快深圳市比克电池股份有限公司锂电池、上海宏信公司（湘潭）路面机械、"
        "湖南省有色集团硬质合金等重点项目建设。"
    )
    assert placed(found) == [
        ("深圳市比克电池股份有限公司锂电池", (), "unknown"),
        ("上海宏信公司（湘潭）路面机械", ("430300",), "text"),
        ("湖南省有色集团硬质合金", (), "unknown"),
    ]


@pytest.mark.parametrize(
    ("period", "written", "adcode"),
    [
        ((2008, 2010), "望城县", "430112"),
        ((2011, 2015), "望城区", "430112"),
        ((2011, 2015), "宁乡县", "430182"),
        ((2021, 2025), "宁乡市", "430182"),
        ((2011, 2015), "株洲县", "430212"),
        ((2021, 2025), "渌口区", "430212"),
    ],
)
def test_names_of_the_plans_own_time(period: tuple[int, int], written: str, adcode: str) -> None:
    found = projects_of(f"加快{written}铜官陶瓷、岳阳市己内酰胺等重点项目建设。", period=period)
    assert (found[0].places_as_written, found[0].places) == ((written,), (adcode,))


def test_a_heading_places_and_labels_what_names_neither() -> None:
    found = projects_of("（一）株洲市轨道交通产业\n加快动车组检修基地、10万吨铝材等重点项目建设。")
    assert [(f.name, f.places, f.basis, f.industry_label) for f in found] == [
        ("动车组检修基地", ("430200",), Basis.CONTEXT, "轨道交通产业"),
        ("10万吨铝材", ("430200",), Basis.CONTEXT, "轨道交通产业"),
    ]


def test_a_citys_plan_places_what_names_no_place_a_provinces_does_not() -> None:
    text = "加快动车组检修基地、10万吨铝材等重点项目建设。"
    in_city = projects_of(text, region="430200")
    in_province = projects_of(text)
    assert [(f.places, f.precision) for f in in_city] == [(("430200",), Precision.PREFECTURE)] * 2
    assert [(f.places, f.precision) for f in in_province] == [((), Precision.NONE)] * 2


# -- rules: what gives nothing ------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "加快推进重点项目建设。",
        "建设一批重点项目，形成新的增长点。",
        "谋划储备一批投资亿元以上的重大项目。",
        "建立项目库，完善项目管理等工作。",
        "推动新能源、新材料、节能环保等产业项目。",
        "推进10个重点项目、20个重大工程等项目。",
        "已建成长沙地铁一号线、株洲电厂等项目。",
        "严禁新建钢铁、电解铝等项目。",
        "不再审批长沙、株洲等地的冶炼项目。",
        "按照项目建设要求，推进土地、环评等前期工作。",
        "加强对长沙、株洲等地重点项目的督查。",
        "鼓励企业申报国家项目。",
        "支持列入国家计划的重点项目。",
        "重点项目是指投资5亿元以上的工业项目，包括新建、扩建、技术改造等类型。",
        "到2015年，建成10个投资超百亿元的重大项目，其中长沙3个、株洲2个。",
        "全省新开工项目500个，竣工项目300个，完成投资2000亿元。",
        "重点项目有望在年内开工，长沙整车项目将提前投产。",
        "长沙、株洲、湘潭分别建立园区协调机制，各出台一个支持政策。",
        # parks, for whose ground something is done
        "加快长沙高新区、株洲高新区、湘潭高新区等园区基础设施项目建设。",
    ],
)
def test_generic_statements_give_nothing(text: str) -> None:
    assert names_of(text) == []


def test_every_quote_is_the_words_at_its_offsets() -> None:
    text = "一、任务\n\n　　加快长沙市起重机(履带)、“株洲”机车等重点项目建设。\n"
    for feature in projects_of(text):
        spot = feature.evidence
        assert text[spot.start : spot.end] == spot.quote
        assert spot.line == 3
    assert len(projects_of(text)) == 2


def collect(read: Callable[[str], dict[int, list[Feature]]]) -> list[Feature]:
    plans = [document.plan.id for document in read_library(SEEDS).documents]
    return [feature for plan in plans for found in read(plan).values() for feature in found]


def test_no_name_of_the_library_holds_the_words_around_its_list() -> None:
    outside = ("加快", "推进", "等重点项目", "等项目", "重点建设", "，")
    held = [f.name for f in collect(of_plan) if f.name.startswith(outside) or "等项目" in f.name]
    assert held == []
