"""Names that are cut out of words, cities beside counties of their name, and names of other years.

The texts are of other provinces than the library's, for the rules are for plans of all China.
"""

from __future__ import annotations

import pytest

from geo.gazetteer import load_gazetteer
from geo.locate import locate, locator_for
from geo.recognition import Strength, read_common_words

GAZETTEER = load_gazetteer()


def found(text: str, region: str | None, year: int = 2012) -> list[tuple[str, str]]:
    return [(place.name, place.path) for place in locate(text, region=region, year=year)]


def paths(text: str, region: str | None, year: int = 2012) -> list[str]:
    return [path for _, path in found(text, region, year)]


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("提升县域经济，形成县域特色", "620000"),  # 成县
        ("繁荣人文县域", "620000"),  # 文县
        ("提高县域竞争力", "510000"),  # 高县
        ("设立新县级市", "410000"),  # 新县
        ("辐射国内乡镇市场", "410000"),  # 内乡
        ("靠技术创新化解矛盾", "430000"),  # 新化
        ("中方企业参股", "430000"),
        ("会同有关部门", "430000"),
        ("振兴化工产业", "320000"),  # 兴化
        ("加强古县城保护", "140000"),
        ("完善街道县城设施", "430000"),  # 道县
        ("扩大新能源应用", "450000"),  # 大新
        ("建设特色小镇和田园综合体", "650000"),  # 和田
        ("开展平安达标活动", "230000"),  # 安达
        ("招商引资中介服务", "510000"),  # 资中
        ("资源综合利用基地", "450000"),  # the noun of a place is no support for such a word
        ("新建工业园区", "360000"),
        ("各市和县（区）", "340000"),
        ("产城融合的新市区", "650000"),
        ("促进信息惠民", "370000"),
        ("延长产业链条", "610000"),
        ("南部沿海", "510000"),
        ("拿出高明的办法", "440000"),
        ("落实第四会议室方案", "440000"),
        ("布局面向临海工业的服务", "330000"),
        ("推广普洱茶饮", "530000"),
        ("弘扬延安精神", "610000"),
        ("在城市郊区建设仓储基地", "230000"),
        ("改造近郊区：先行先试", "230000"),
    ],
)
def test_name_inside_of_words_is_no_place(text: str, region: str) -> None:
    assert found(text, region) == []


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("支持成县、文县发展", "620000", ["陇南市/成县", "陇南市/文县"]),
        ("在新化建设", "430000", ["娄底市/新化县"]),
        ("中方县", "430000", ["怀化市/中方县"]),
        ("怀化市中方、会同", "430000", ["怀化市/中方县", "怀化市/会同县"]),
        ("兴化、高邮", "320000", ["泰州市/兴化市", "扬州市/高邮市"]),
        ("敦化工业园", "220000", ["延边朝鲜族自治州/敦化市"]),  # 工业 is a word as well
        ("黑河流域", "230000", ["黑河市"]),
        ("绥化工业园", "230000", ["绥化市"]),
        ("佛山市高明陶瓷园", "440000", ["佛山市/高明区"]),
        ("辉南、柳河山葡萄", "220000", ["通化市/辉南县", "通化市/柳河县"]),
        ("阳泉市城区、矿区、郊区", "140000", ["阳泉市/城区", "阳泉市/矿区", "阳泉市/郊区"]),
        # The districts of 大同 were divided in 2018 and share some of today's.
        ("大同市新荣区、矿区", "140000", ["大同市/新荣区", "大同市/云冈区"]),
        ("临海工业园", "330000", ["台州市/临海市"]),
        ("普洱市茶叶", "530000", ["普洱市"]),
        ("在郊区长青镇建设温室", "230000", ["佳木斯市/郊区"]),  # 区长 is a word as well
        ("宁波镇海石化", "330000", ["宁波市/镇海区"]),  # no town
        ("五常山河屯林场", "230000", ["哈尔滨市/五常市"]),  # no hill
        ("杭州西湖茶小镇", "330000", ["杭州市/西湖区"]),
        ("、九三等地", "230000", ["黑河市/嫩江市"]),  # 三等 is a word, but not in a list
        ("桂林市资源县", "450000", ["桂林市/资源县"]),
        ("白银市、金昌市", "620000", ["白银市", "金昌市"]),
        ("白银循环经济示范区", "620000", ["白银市"]),  # a word, but not at home
        ("和田地区", "650000", ["和田地区"]),
        ("焦作风神轮胎", "410000", ["焦作市"]),
    ],
)
def test_name_beside_words_is_a_place(text: str, region: str, expected: list[str]) -> None:
    assert paths(text, region) == expected


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("溧阳江苏时代项目", "320000", ["溧阳", "江苏"]),  # not 阳江
        ("与江苏南京合作", "370000", ["江苏南京"]),
        ("在山西安泽", "140000", ["山西安泽"]),  # not 西安
    ],
)
def test_two_names_go_before_the_one_between_them(
    text: str, region: str, expected: list[str]
) -> None:
    assert [name for name, _ in found(text, region)] == expected


@pytest.mark.parametrize(
    "text", ["讷河市唐山镇", "大庆路", "杭州湾新区", "东平湖", "首都北京路", "德州仪器"]
)
def test_name_of_something_smaller_or_elsewhere(text: str) -> None:
    names = {name for name, _ in found(text, None)}
    assert names & {"唐山", "大庆", "杭州", "东平", "平湖", "德州"} == set()


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        (
            "衢州市（2个）：江山木门小镇、开化石雕小镇",
            "330000",
            ["衢州市", "衢州市/江山市", "衢州市/开化县"],
        ),
        (
            "2．毕节、遵义市：大方漆器园、赤水竹园",
            "520000",
            ["毕节市", "遵义市", "毕节市/大方县", "遵义市/赤水市"],
        ),
        # No other item begins with a part of the city.
        ("桂林市：资源综合利用基地、米粉园", "450000", ["桂林市"]),
        ("南昌市：新建、扩建厂房，进贤药园", "360000", ["南昌市", "南昌市/进贤县"]),
        ("依兰县：煤化工。\n平房：飞机制造。", "230000", ["哈尔滨市/依兰县", "哈尔滨市/平房区"]),
        ("郊区：蔬菜。\n\n汤原县：大米。", "230000", ["佳木斯市/郊区", "佳木斯市/汤原县"]),
    ],
)
def test_head_of_a_list_says_what_its_items_begin_with(
    text: str, region: str, expected: list[str]
) -> None:
    assert paths(text, region) == expected


@pytest.mark.parametrize("text", ["大庆乡村振兴", "大庆路网", "吉林山区", "大庆河北部", "深圳湾区"])
def test_beginning_of_another_word_leaves_the_place(text: str) -> None:
    assert found(text, "230000")[0][0] == text[:2]


def test_county_is_never_called_a_district() -> None:
    assert paths("潍坊滨海区", "370000") == ["潍坊市"]
    assert paths("绥化北林区", "230000") == ["绥化市/北林区"]


def test_district_behind_another_city_is_not_ours() -> None:
    assert paths("南京江北新区", "500000") == ["南京市"]


def test_common_words_are_no_strong_names() -> None:
    index = locator_for(2012, sites=False).index
    words = index.words
    assert {"振兴", "创新", "县域", "化工"} <= words
    assert read_common_words() - words >= {"北京", "宜兴", "大同"}
    for mention in index.matches("、".join(sorted(words))):
        if mention.surface in words:
            assert max(c.strength for c in mention.candidates) <= Strength.WORD


# --- a city and a county of one name -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("由岳阳、衡阳、郴州三市组成", "430000", ["岳阳市", "衡阳市", "郴州市"]),
        ("株洲、湘潭等市", "430000", ["株洲市", "湘潭市"]),
        ("株洲—湘潭轨道交通装备产业集群", "430000", ["株洲市", "湘潭市"]),
        ("在衡阳、祁东布局", "430000", ["衡阳市", "衡阳市/祁东县"]),
        ("宜宾和翠屏区", "510000", ["宜宾市", "宜宾市/翠屏区"]),
        ("新乡、辉县市", "410000", ["新乡市", "新乡市/辉县市"]),
        ("衡阳县", "430000", ["衡阳市/衡阳县"]),
        ("长沙、湘潭两县", "430000", ["长沙市/长沙县", "湘潭市/湘潭县"]),
        ("长春、吉林、四平、辽源等市", "220000", ["长春市", "吉林市", "四平市", "辽源市"]),
        ("辽宁、吉林、黑龙江", "220000", ["辽宁省", "吉林省", "黑龙江省"]),
        ("四川成都、西安", "510000", ["成都市", "西安市"]),
    ],
)
def test_bare_name_is_the_city(text: str, region: str, expected: list[str]) -> None:
    assert paths(text, region) == expected


# --- parents and names of the text's date --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "year", "region", "expected"),
    [
        ("资阳市的简阳市", 2013, "510000", [("资阳市的简阳市", "成都市/简阳市")]),
        ("资阳市简阳市", 2013, "510000", [("资阳市简阳市", "成都市/简阳市")]),
        ("四平公主岭", 2012, "220000", [("四平公主岭", "长春市/公主岭市")]),
        ("六安市寿县", 2010, "340000", [("六安市寿县", "淮南市/寿县")]),
        ("哈尔滨市的双城区", 2016, "230000", [("哈尔滨市的双城区", "哈尔滨市/双城区")]),
    ],
)
def test_parent_of_the_date_holds_its_county(
    text: str, year: int, region: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text, region, year) == expected


@pytest.mark.parametrize(
    ("text", "year", "region", "expected"),
    [
        ("居巢经济开发区", 2011, "340000", ["合肥市/巢湖市"]),  # ended in that year
        ("达县机械工业园", 2013, "510000", ["达州市/达川区"]),
        ("开封县、陕县", 2012, "410000", ["开封市/祥符区", "三门峡市/陕州区"]),
        ("崇文区、宣武区", 2008, "110000", ["北京市/东城区", "北京市/西城区"]),
        ("莱芜市", 2016, "370000", ["济南市/莱芜区", "济南市/钢城区"]),
        ("济南、莱芜", 2018, "370000", ["济南市", "济南市/莱芜区", "济南市/钢城区"]),
        ("合肥、巢湖", 2012, "340000", ["合肥市", "合肥市/巢湖市"]),  # a city of counties till 2010
        ("胶南市", 2010, "370000", ["青岛市/黄岛区"]),
    ],
)
def test_name_that_ended(text: str, year: int, region: str, expected: list[str]) -> None:
    assert sorted(paths(text, region, year)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("前郭县", "220000", ["松原市/前郭尔罗斯蒙古族自治县"]),
        ("喀左县", "210000", ["朝阳市/喀喇沁左翼蒙古族自治县"]),
        ("通道县", "430000", ["怀化市/通道侗族自治县"]),
        ("恩施州", "420000", ["恩施土家族苗族自治州"]),
        ("鄂温克旗", "150000", ["呼伦贝尔市/鄂温克族自治旗"]),
        ("察布查尔县", "650000", ["伊犁哈萨克自治州/察布查尔锡伯自治县"]),
        ("营口鲅鱼圈", "230000", ["营口市/鲅鱼圈区"]),
        ("鲅鱼圈港", "230000", ["营口市/鲅鱼圈区"]),  # three characters are a name anywhere
        ("黑河-长岭", "230000", ["黑河市", "松原市/长岭县"]),  # the list holds a known place
    ],
)
def test_usual_short_forms(text: str, region: str, expected: list[str]) -> None:
    assert paths(text, region) == expected


# --- joint forms ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("长吉一体化", "220000", ["长春市", "吉林市"]),
        ("昌九一体化", "360000", ["南昌市", "九江市"]),
        ("成长吉他", "220000", []),
        ("校长吉林", "220000", ["吉林省"]),
        ("港澳台", None, ["香港特别行政区", "澳门特别行政区", "台湾省"]),
        ("龙广合作", "230000", ["黑龙江省", "广东省"]),
        ("东部地区", "230000", []),
        ("两大平原", "230000", []),
        ("松嫩平原、三江平原", "230000", []),
        ("东北亚", "230000", []),
    ],
)
def test_joint_forms_of_two_characters_need_a_noun(
    text: str, region: str | None, expected: list[str]
) -> None:
    assert paths(text, region) == expected


# --- organisations -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("加快实施一拖（黑龙江）工业装备有限公司基地", "一拖（黑龙江）工业装备有限公司"),
        ("1.三和（安达）乳品有限公司", "三和（安达）乳品有限公司"),
        ("推进哈尔滨天顺科技发展有限公司项目", "哈尔滨天顺科技发展有限公司"),
        ("哈尔滨东安发动机（集团）有限公司", "哈尔滨东安发动机（集团）有限公司"),
        ("哈尔滨第一工具有限公司", "哈尔滨第一工具有限公司"),
        ("哈尔滨建设大学城", None),
    ],
)
def test_name_of_the_firm_is_whole_and_holds_no_verb(text: str, within: str | None) -> None:
    (place,) = locate(text, region="230000", year=2012)
    assert place.within == within
