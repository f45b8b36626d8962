"""The taxonomy, the crosswalk and the plan table, row by row."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.errors import TableError
from layers.plans import Library, read_library
from layers.taxonomy import (
    Taxonomy,
    UnknownIndustryError,
    normalise_label,
    read_taxonomy,
)

ROOT = Path(__file__).parents[2]
DATA = ROOT / "layers" / "data"

FIRST_LEVEL = {
    "green-food": "绿色食品",
    "equipment": "高端装备",
    "materials": "新材料",
    "biomedicine": "生物医药",
    "information": "新一代信息技术",
    "new-energy": "新能源",
    "environment": "节能环保",
    "chemicals": "化工",
    "automotive": "汽车",
    "conventional-energy": "传统能源",
    "mining-metals": "矿产冶金建材",
    "forest-light": "林产轻工纺织",
    "agriculture": "现代农业",
    "services": "现代服务业",
    "livelihood": "民生科技",
    "general": "综合",
}

# Headings, list headings and table rows that the five plans use for industries.
LABELS_IN_USE = {
    "harbin-2006": """
        机械制造业 机械制造业基地 先进制造业 食品工业 食品工业基地 绿色食品 绿色食品工业 医药工业
        医药工业基地 高技术产业 高新技术产业 高新技术产业基地 高技术产业化 石化工业
        石化工业产业集群 化工产业集群 电站成套设备 电站辅机及配套产品 汽车制造 轻型汽车 客车
        专用车 汽车零部件 飞机制造 支线飞机 多用途飞机 系列直升飞机 水陆两栖多用途飞机
        焊接技术与设备 基础功能部件 精密、高速、低噪音轴承 精密量仪 精密、复杂刀具 新型电池
        直线电机 专用机械 农业机械 系列全液压港口起重机械 大型散料装卸机械 节能环保锅炉
        微型、经济型乘用车、中高级轿车 乳制品加工 粮食加工 大豆加工 玉米加工 大米加工 肉制品加工
        啤酒、饮料制造 卷烟制品 山特产品 山产品和食用菌加工 抗生素药品 化学药品 现代中药 保健药品
        新型药物制剂 动物疫苗及兽药 医药用包装材料及制药设备 电子信息 电子信息产品制造业 软件业
        企业信息化 新材料 生物技术 生物工程 光机电一体化 石油化工及精细化工 煤化工 化学工业
        化学工业、煤化工 其他优势特色行业 冶金工业 铝合金加工 稀有金属加工 钢铁冶炼 建材工业
        环保产业 纺织工业 亚麻制品 化学纤维制品 轻工制品 木材精深加工 塑胶制品 包装印刷
        先进制造业重点建设项目 食品工业重点建设项目 医药工业重点建设项目 高技术产业化重点项目
        化学工业、煤化工重点建设项目 其他优势特色行业重点建设项目
    """,
    "projects-2011": """
        新材料产业 生物产业 新能源装备产业 新型农机装备产业 交通运输装备产业 绿色食品产业
        煤化石化产业 矿产经济产业 林产品加工业 现代服务业 合计 现代农业 农业产业化 高新技术产业
        新能源 电子信息 生物 高端装备 节能环保 服务外包 现代煤化工 石油化工 煤电化产业
        接续替代产业 林区特色旅游 现代物流 商贸 会展 旅游 物流 加工制造 高性能金属材料
        高性能纤维及复合材料 半导体照明材料 精细化工材料 改性通用塑料及专用料 新型陶瓷材料
        硅基及光伏新材料 石墨新材料 生物医药 生物农业 生物制造 生物环保 生物能源 核电装备产业链
        燃气轮机产业链 风电产业集群 动力装备 风电装备 动力机械 新型农机具 联合收获机械
        畜牧机械和农副产品加工机械 飞机 汽车 轨道交通 粮油加工 畜产品加工 特色食品加工 玉米 水稻
        大豆 乳品 生猪 肉牛 蔬菜 煤化工 其他化工 Ｃ4深加工 煤制烯烃 煤制化肥 煤制乙二醇 有机硅
        电石化工 能源矿产 贵金属矿产 有色金属矿产 黑色金属矿产 非金属矿产 钢铁 有色金属 水泥 低碳
        林浆纸 林果 森林食品 北药 木材加工 对俄合作开发 文化产业
    """,
    "emerging-2016": """
        生物医药 云计算 石墨新材料 机器人 清洁能源装备 新兴产业 精准农业 跨境电子商务 协同制造
        智慧能源 信息惠民工程 新型健康技术惠民工程 卫星应用工程 生物基材料替代工程
    """,
    "innovation-2016": """
        新材料 新能源 生物 高端装备 新一代信息技术 节能环保 现代农业 民生科技 新材料技术
        新能源技术 高端装备技术 节能环保技术 现代农业技术 科技服务业
    """,
    "industry-2019": """
        绿色食品 高端装备 新材料 生物医药 新一代信息技术 新能源 节能环保 化工 汽车 传统能源 乳制品
        肉制品 酒水饮料 农副产品精深加工 大米及大米加工 玉米加工 大豆加工 休闲保健食品
        机器人及智能装备 机器人 高档数控机床 增材制造 核心零部件 航空航天装备 飞机整机 航天装备
        轨道交通装备 重载快捷铁路货车 轨道交通配套装备 海洋工程装备 舰船动力装置 海洋工程配套装备
        卫星应用设备及服务 北斗通信及应用 卫星激光通信产业 农机装备 大马力动力机械
        播种、插秧、植保、整地、收获机械 秸秆处理机械 石油石化装备 钻井完井装备 采油采气装备
        油气集输装备 石墨及精深加工材料 石墨 石墨烯 钢铁新材料 有色金属新材料 铝/镁合金 钛合金
        铜及铜合金 钼加工材料 新型复合材料 现代中药 中药饮片 中成药 中药保健品及延伸产品
        化学药品制剂 检测试剂 特效仿制药 生物制药 新型生物药物 基因工程药物 疫苗 人工智能
        工业互联网及信息服务 云计算与大数据服务 半导体材料及生产设备 传感器 工业软件 核能 风能
        太阳能 地热能 生物质能 氢能 智能电网 节能装备 环保装备 农林废弃物资源化利用 节能环保服务
        石油化工 煤化工 整车 火电 水电 煤炭开发及发电 石油 天然气 能源装备 精细化工 先进制造业
        生产性服务业 军民融合
    """,
}

# Words that the plans of other provinces use; none may fall through.
LABELS_ELSEWHERE = """
    集成电路 新能源汽车 稀土 锂电池 纺织服装 造船 数字经济 装备制造 现代物流 文化旅游 有色金属
    建材 陶瓷 家具 食品加工 茶叶 白酒 先进装备制造业 现代种业 绿色石化 新型储能 船舶与海洋工程
    新型显示 大健康 半导体与集成电路 节能与新能源汽车 高原特色农业 现代金融 纺织鞋服 绿色建材产业
    新一代信息技术产业集群 医药制造业 软件和信息服务业 低空经济 人工智能产业 钢铁工业 旅游业
"""


@cache
def _shared() -> Taxonomy:
    """Return one taxonomy for all tests, those with generated input among them."""
    return read_taxonomy()


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return _shared()


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT / "seeds")


def _rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


# --- industries.csv ---


def test_first_level_is_that_of_the_design(taxonomy: Taxonomy) -> None:
    assert {i.code: i.zh for i in taxonomy.industries if i.parent is None} == FIRST_LEVEL


def test_names_are_unique_in_both_languages(taxonomy: Taxonomy) -> None:
    second_level = [i for i in taxonomy.industries if i.parent is not None]
    assert len({i.zh for i in taxonomy.industries}) == len(taxonomy.industries)
    assert len({(i.parent, i.en) for i in second_level}) == len(second_level)


@pytest.mark.parametrize(
    ("column", "table"), [("gbt4754", "gbt4754.csv"), ("emerging2018", "emerging2018.csv")]
)
def test_every_outer_code_is_in_its_table(column: str, table: str) -> None:
    valid = {row["code"] for _, row in _rows(table)}
    wrong = {
        (line, code)
        for line, row in _rows("industries.csv")
        for code in filter(None, row[column].split(";"))
        if code not in valid
    }
    assert wrong == set()


@pytest.mark.parametrize("table", ["gbt4754.csv", "emerging2018.csv"])
def test_outer_tables_hold_each_code_once_and_named(table: str) -> None:
    rows = [row for _, row in _rows(table)]
    assert len({row["code"] for row in rows}) == len(rows)
    assert all(row["name"] == row["name"].strip() != "" for row in rows)


def test_outer_codes_of_a_second_level_lie_where_they_are_expected(taxonomy: Taxonomy) -> None:
    assert taxonomy.industry("green-food.dairy").gbt4754 == ("144",)
    assert taxonomy.industry("equipment.robots").emerging2018 == ("2.1",)
    assert taxonomy.industry("materials.graphite").gbt4754 == ("109", "309")
    assert taxonomy.industry("general").gbt4754 == ()


def test_expand_includes_the_second_level_only_of_the_code(taxonomy: Taxonomy) -> None:
    assert taxonomy.expand("automotive") == (
        "automotive",
        "automotive.vehicles",
        "automotive.special",
        "automotive.new-energy",
        "automotive.parts",
    )
    assert taxonomy.expand("materials.graphite") == ("materials.graphite",)
    assert taxonomy.expand("general") == ("general",)


def test_unknown_code_names_the_first_level(taxonomy: Taxonomy) -> None:
    with pytest.raises(UnknownIndustryError, match=r"no industry 'textiles'.*green-food") as caught:
        taxonomy.industry("textiles")
    assert isinstance(caught.value, LookupError)
    with pytest.raises(UnknownIndustryError):
        taxonomy.expand("textiles")


# --- industry_terms.csv ---


def test_every_term_has_codes_that_exist(taxonomy: Taxonomy) -> None:
    codes = {industry.code for industry in taxonomy.industries}
    assert [t.term for t in taxonomy.terms if not t.codes or not set(t.codes) <= codes] == []


def test_no_term_has_a_code_beside_its_own_parent(taxonomy: Taxonomy) -> None:
    parents = {i.code: i.parent for i in taxonomy.industries}
    assert [t for t in taxonomy.terms if {parents[c] for c in t.codes} & set(t.codes)] == []


def test_only_labels_that_name_no_industry_are_general(taxonomy: Taxonomy) -> None:
    general = [term for term in taxonomy.terms if "general" in term.codes]
    # A term of no industry is only there to keep a shorter one from being found inside a word.
    assert {term.kind for term in general if not term.note.startswith("Keeps ")} == {"label"}
    assert {"合计", "战略性新兴产业"} <= {term.term for term in general}


def test_umbrella_rows_gather_several_codes_and_say_why(taxonomy: Taxonomy) -> None:
    umbrellas = [term for term in taxonomy.terms if term.kind == "umbrella"]
    assert "交通运输装备产业" in {term.term for term in umbrellas}
    assert [term.term for term in umbrellas if len(term.codes) < 2 or not term.note] == []


@pytest.mark.parametrize("plan", LABELS_IN_USE)
def test_every_label_of_the_plans_maps(taxonomy: Taxonomy, plan: str) -> None:
    unmapped = [label for label in LABELS_IN_USE[plan].split() if not taxonomy.codes_of(label)]
    assert unmapped == []


def test_labels_of_other_provinces_map(taxonomy: Taxonomy) -> None:
    assert [x for x in LABELS_ELSEWHERE.split() if not taxonomy.codes_of(x)] == []


def test_every_heading_listed_here_stands_in_its_plan(library: Library) -> None:
    # Guards the list above against words that no plan uses.
    for document in library.documents:
        text = "".join(document.text.split())
        absent = [
            label
            for label in LABELS_IN_USE[document.plan.id].split()
            if label not in text and label not in {"合计", "新材料技术", "新能源技术"}
        ]
        assert absent == [], document.plan.id


@pytest.mark.parametrize(
    ("label", "codes"),
    [
        ("新材料产业", ("materials",)),
        ("新能源装备产业", ("equipment", "new-energy")),
        ("交通运输装备产业", ("equipment", "automotive")),
        ("煤化石化产业", ("chemicals",)),
        ("民生科技", ("livelihood",)),
        ("石墨及精深加工材料", ("materials.graphite",)),
        ("医药用包装材料及制药设备", ("biomedicine.devices",)),
        # Exact rows win over what is left without the ending.
        ("林产品加工业", ("forest-light", "green-food.forest-food")),
        ("信息技术", ("information",)),
        # Endings come and go.
        ("石墨产业集群", ("materials.graphite",)),
        ("机器人行业", ("equipment.robots",)),
        ("新材料领域", ("materials",)),
        ("环保", ("environment",)),
        ("交通运输装备制造业", ("equipment", "automotive")),
        # What the county economies of other provinces make.
        ("袜业", ("forest-light.textiles",)),
        ("领带", ("forest-light.garments",)),
        ("制笔", ("forest-light.household",)),
        ("低压电器", ("equipment.power",)),
        ("泵业", ("equipment.special",)),
        ("信息经济", ("information",)),
        ("硅藻土", ("mining-metals.nonmetallic",)),
        ("鲟鳇鱼", ("agriculture.fishery",)),
        # Forms of writing.
        ("　新 材料产业：", ("materials",)),
        ("Ｃ4深加工。", ("chemicals.petro",)),
        ("３D打印", ("equipment.additive",)),
    ],
)
def test_codes_of(taxonomy: Taxonomy, label: str, codes: tuple[str, ...]) -> None:
    assert taxonomy.codes_of(label) == codes


@pytest.mark.parametrize(
    "label", ["", "产业", "重点项目", "保障措施", "农", "指导思想", "实施路径"]
)
def test_a_label_without_a_row_is_none_never_general(taxonomy: Taxonomy, label: str) -> None:
    assert taxonomy.codes_of(label) is None
    assert taxonomy.classify(label, "石墨深加工") == ()


def test_normalise_label() -> None:
    assert normalise_label("　合　 计 ：") == "合计"
    assert normalise_label("ＬＥＤ产业。") == "led产业"


# --- finding terms ---


def test_the_longest_term_wins(taxonomy: Taxonomy) -> None:
    found = taxonomy.find_terms("建设石墨新材料、新能源汽车和太阳能电池产业园")
    assert [(m.start, m.end, m.label, m.codes) for m in found] == [
        (2, 7, "石墨新材料", ("materials.graphite",)),
        (8, 13, "新能源汽车", ("automotive.new-energy",)),
        (14, 19, "太阳能电池", ("new-energy.solar", "materials.silicon")),
    ]


def test_full_width_letters_and_case_do_not_matter(taxonomy: Taxonomy) -> None:
    (found,) = taxonomy.find_terms("白光ＬＥＤ")
    assert (found.label, found.codes) == ("白光ＬＥＤ", ("materials.semiconductor",))
    assert [m.label for m in taxonomy.find_terms("３Ｄ打印")] == ["３Ｄ打印"]


def test_offsets_stay_true_behind_characters_that_fold_to_several(taxonomy: Taxonomy) -> None:
    text = "508-Ⅳ钢、㎡石墨"
    (found,) = [m for m in taxonomy.find_terms(text) if m.label == "石墨"]
    assert text[found.start : found.end] == "石墨"


def test_words_that_hold_other_words_do_not_mislead(taxonomy: Taxonomy) -> None:
    assert taxonomy.classify(None, "冶金矿山轴承") == ("mining-metals", "equipment.components")
    assert taxonomy.classify(None, "文化用纸") == ("forest-light.paper",)
    assert taxonomy.classify(None, "企业兼并重组") == ()
    assert taxonomy.classify(None, "引领带动作用") == ()
    assert taxonomy.classify(None, "摸清家底盘活存量") == ()
    assert taxonomy.classify(None, "建设企业文化，加强知识产权保护") == ()
    assert taxonomy.classify(None, "石油石化装备") == ("equipment.petroleum",)


_ALPHABET = "石墨新材料生物质制药能源汽车电池装备油化工Ｃc4、产业 Ⅳ\n"


@given(st.text(alphabet=_ALPHABET, max_size=40))
def test_find_terms_agrees_with_a_slow_search(text: str) -> None:
    taxonomy = _shared()
    words = {t.term: t.codes for t in taxonomy.terms if t.kind == "term"}
    expected: list[tuple[int, int, tuple[str, ...]]] = []
    position = 0
    while position < len(text):
        for end in range(len(text), position, -1):
            word = unicodedata.normalize("NFKC", text[position:end]).lower()
            if word in words:
                expected.append((position, end, words[word]))
                position = end
                break
        else:
            position += 1
    assert [(m.start, m.end, m.codes) for m in taxonomy.find_terms(text)] == expected


@given(st.text(max_size=60))
def test_matches_are_verbatim_ordered_and_apart(text: str) -> None:
    reached = 0
    for match in _shared().find_terms(text):
        assert reached <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.label
        reached = match.end


# --- classifying ---


@pytest.mark.parametrize(
    ("label", "name", "codes"),
    [
        ("新材料产业", "鸡西石墨产业园", ("materials.graphite",)),
        ("新材料产业", "黑河合盛光伏科技有限公司太阳能级多晶硅", ("materials.silicon",)),
        ("新材料产业", "外贸转型升级示范基地", ("materials",)),
        # The label has the last word: a firm's name does not carry the item elsewhere.
        ("新材料产业", "哈尔滨天顺化工科技开发有限公司高性能碳纤维", ("materials.composites",)),
        ("煤化石化产业", "双鸭山龙煤航天煤化工公司煤制甲醇", ("chemicals.coal",)),
        # All codes of a label hold together, each refined.
        ("新能源装备产业", "703所产业园", ("equipment", "new-energy")),
        ("新能源装备产业", "风电设备制造", ("equipment.power", "new-energy.wind")),
        ("新能源装备产业", "燃气轮机研制基地", ("equipment.power", "new-energy")),
        # Of an umbrella the name picks.
        ("交通运输装备产业", "哈尔滨平房汽车园", ("automotive",)),
        ("交通运输装备产业", "哈尔滨飞机产业园", ("equipment.aviation",)),
        ("交通运输装备产业", "齐齐哈尔交通运输装备产业园", ("equipment", "automotive")),
        (
            "矿产经济产业",
            "松嫩平原石油天然气开发基地",
            ("conventional-energy.oil", "conventional-energy.gas"),
        ),
        ("矿产经济产业", "多宝山铜矿开发", ("mining-metals.nonferrous-ore",)),
        ("矿产经济产业", "地热资源勘查开发利用基地", ("mining-metals",)),
        ("林产品加工业", "蓝莓饮品产业化", ("green-food.forest-food",)),
        ("林产品加工业", "特种纸扩建", ("forest-light.paper",)),
        ("林产品加工业", "伊春光明工业园", ("forest-light", "green-food.forest-food")),
        # A second-level label is as fine as it gets.
        ("乳制品加工", "玉米糊乳制品", ("green-food.dairy",)),
        # A label that names no industry leaves it to the name.
        ("战略性新兴产业", "石墨深加工", ("materials.graphite",)),
        ("战略性新兴产业", "重点园区", ("general",)),
        # Without a label the name decides.
        (None, "哈南机器人产业园", ("equipment.robots",)),
        (None, "石墨新材料和新材料产品", ("materials.graphite",)),
        (None, "奥宇石墨、石墨烯", ("materials.graphite",)),
        (
            None,
            "煤电化基地",
            ("conventional-energy.coal", "conventional-energy.thermal", "chemicals.coal"),
        ),
        (None, "宾西经济技术开发区", ()),
    ],
)
def test_classify(taxonomy: Taxonomy, label: str | None, name: str, codes: tuple[str, ...]) -> None:
    assert taxonomy.classify(label, name) == codes


@given(st.sampled_from([None, "新材料产业", "交通运输装备产业", "乳制品"]), st.text(max_size=30))
def test_classify_stays_within_the_label(label: str | None, name: str) -> None:
    taxonomy = _shared()
    codes = taxonomy.classify(label, name)
    assert len(set(codes)) == len(codes)
    if label is not None:
        allowed = {c for code in taxonomy.codes_of(label) or () for c in taxonomy.expand(code)}
        assert codes
        assert set(codes) <= allowed


def test_every_alliance_of_2016_is_classified(taxonomy: Taxonomy, library: Library) -> None:
    (document,) = [d for d in library.documents if d.plan.id == "innovation-2016"]
    annex = document.text.rsplit("重点建设的产业技术创新战略联盟", 1)[1]
    names = [line.split("\t")[1].strip() for line in annex.splitlines() if "\t" in line]
    assert len(names) == 51
    assert [name for name in names if not taxonomy.classify(None, name)] == []


# --- wrong tables ---

_INDUSTRIES = (
    "code,parent,zh,en,gbt4754,emerging2018,note\n"
    "materials,,新材料,New materials,,3,\n"
    "materials.graphite,materials,石墨,Graphite,109;309,3.4,\n"
)
_TERMS = "term,codes,kind,note\n石墨,materials.graphite,term,\n"


def _write(folder: Path, industries: str = _INDUSTRIES, terms: str = _TERMS) -> Path:
    (folder / "industries.csv").write_text(industries, encoding="utf-8")
    (folder / "industry_terms.csv").write_text(terms, encoding="utf-8")
    return folder


def test_read_taxonomy_of_another_folder(tmp_path: Path) -> None:
    taxonomy = read_taxonomy(_write(tmp_path))
    assert [i.code for i in taxonomy.industries] == ["materials", "materials.graphite"]
    assert taxonomy.industry("materials.graphite").gbt4754 == ("109", "309")
    assert taxonomy.codes_of("石墨产业") == ("materials.graphite",)


def test_a_crosswalk_of_labels_alone_finds_nothing_in_texts(tmp_path: Path) -> None:
    terms = "term,codes,kind,note\n石墨,materials.graphite,label,\n"
    taxonomy = read_taxonomy(_write(tmp_path, terms=terms))
    assert taxonomy.find_terms("石墨") == []
    assert taxonomy.codes_of("石墨") == ("materials.graphite",)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Graphite,,石墨,Graphite,,,", "'Graphite' is no code"),
        ("materials,,新材料,New materials,,,", "'materials' stands twice"),
        ("materials.steel,,钢,Steel,,,", "parent of 'materials.steel' must be 'materials'"),
        ("steel.tubes,steel,管,Tubes,,,", "the parent 'steel' must have a row above"),
        ("steel,,,Steel,,,", "needs a Chinese and an English name"),
        ("steel,,钢,Steel,C31,,", "gbt4754 holds 'C31'"),
        ("steel,,钢,Steel,31;31,,", "gbt4754 has a code twice"),
        ("steel,,钢,Steel,,3.1.1,", "emerging2018 holds '3.1.1'"),
        ("steel,,钢", "3 cells instead of 7"),
    ],
)
def test_a_wrong_industry_names_file_and_line(tmp_path: Path, row: str, message: str) -> None:
    _write(tmp_path, industries=f"{_INDUSTRIES}{row}\n")
    with pytest.raises(TableError, match=rf"industries\.csv, line 4: .*{message}"):
        read_taxonomy(tmp_path)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",materials,term,", "the term is empty"),
        ("钢,materials,word,", "kind 'word' must be one of label, umbrella, term"),
        ("钢,,term,", "'钢' has no codes"),
        ("钢,steel,term,", "codes that industries.csv lacks: steel"),
        ("钢,materials;materials,term,", "'钢' has a code twice"),
        ("石 墨。,materials,label,", "'石墨' stands twice"),
    ],
)
def test_a_wrong_term_names_file_and_line(tmp_path: Path, row: str, message: str) -> None:
    _write(tmp_path, terms=f"{_TERMS}{row}\n")
    with pytest.raises(TableError, match=rf"industry_terms\.csv, line 3: .*{message}"):
        read_taxonomy(tmp_path)


def test_a_table_that_is_missing_garbled_or_of_other_columns(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"industries\.csv: the table is missing"):
        read_taxonomy(tmp_path)
    _write(tmp_path, terms="word,codes\n")
    with pytest.raises(TableError, match=r"industry_terms\.csv, line 1: the columns must be term,"):
        read_taxonomy(tmp_path)
    (tmp_path / "industries.csv").write_bytes("code\n新".encode("gb18030"))
    with pytest.raises(TableError, match=r"industries\.csv: not UTF-8 at byte 5"):
        read_taxonomy(tmp_path)


# --- plans.toml ---


def test_the_five_plans(library: Library) -> None:
    table = [(d.plan.id, d.plan.file, d.plan.period, d.plan.region) for d in library.documents]
    assert table == [
        ("harbin-2006", "002_44a763815b18d53e.txt", "2006-2010", "230100"),
        ("projects-2011", "003_b8fc224b635fbf9e.txt", "2011-2013", "230000"),
        ("emerging-2016", "001_673f5facfc9806a9.txt", "2016-2018", "230000"),
        ("innovation-2016", "004_9aa0736d916b8022.txt", "2016-2020", "230000"),
        ("industry-2019", "000_4c9ec24d8b27ae19.txt", "2019-2025", "230000"),
    ]


def test_dates_and_issuers_are_the_seeds_own(library: Library) -> None:
    plans = {d.plan.id: (d.plan, d.text) for d in library.documents}
    assert {i: p.published for i, (p, _) in plans.items()} == {
        "harbin-2006": None,
        "projects-2011": date(2011, 5, 21),
        "emerging-2016": date(2016, 1, 13),
        "innovation-2016": date(2017, 6, 12),
        "industry-2019": None,
    }
    assert "二○一一年五月二十一日" in plans["projects-2011"][1]
    assert "\n2016年1月13日\n" in plans["emerging-2016"][1]
    assert "\n2017年6月12日\n" in plans["innovation-2016"][1]
    for plan, text in plans.values():
        assert plan.number is None
        assert (plan.issuer is None) == (plan.issuer_en is None)
        assert plan.issuer is None or f"\n{plan.issuer}\n" in text


def test_titles_stand_in_the_seeds_but_for_2019(library: Library) -> None:
    without = [d.plan.id for d in library.documents if d.plan.title not in d.text]
    assert without == ["industry-2019"]


def test_subjects_are_first_level_industries(taxonomy: Taxonomy, library: Library) -> None:
    for document in library.documents:
        subjects = document.plan.subjects
        assert subjects
        assert len(set(subjects)) == len(subjects)
        assert [code for code in subjects if taxonomy.industry(code).parent is not None] == []
        assert document.plan.scope_note
        assert document.plan.scope_note_en


def test_what_the_seeds_lack_is_said_and_true(library: Library) -> None:
    missing = {d.plan.id: "\n".join(d.plan.missing) for d in library.documents}
    texts = {d.plan.id: d.text for d in library.documents}
    assert all(missing.values())
    for annex in ("附件1", "附件2"):
        assert annex in missing["industry-2019"]
        assert texts["industry-2019"].count(annex) == 1  # the reference, no annex
    assert "图3-1" in missing["industry-2019"]
    assert texts["projects-2011"].count("***") == 3
    assert texts["projects-2011"].count("哈牡***对俄贸易加工区") == 2
    assert texts["projects-2011"].count("哈牡***国际物流园") == 1
    assert "哈牡***对俄贸易加工区" in missing["projects-2011"]
    assert "哈牡***国际物流园" in missing["projects-2011"]
