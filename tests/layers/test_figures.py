"""Figures in running text: what is measured, how much, for when; in the seeds and elsewhere."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from layers.extraction import read_tools
from layers.extraction.annex import extract_annex_figures
from layers.extraction.contradictions import contradictions
from layers.extraction.drafts import finish
from layers.extraction.figures import extract_figures
from layers.extraction.tools import Reading
from layers.model import Feature
from layers.plans import Document, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"
HUNAN = "430000"

Said = tuple[str, str, float, str | None, int | None]


@cache
def seed_figures(plan: str) -> tuple[Feature, ...]:
    """The figures of a seed, in text and annex, without regard to the words of projects."""
    documents = {d.plan.id: d for d in read_library(SEEDS).documents}
    reading = Reading(documents[plan], read_tools())
    drafts = (*extract_figures(reading, ()), *extract_annex_figures(reading))
    return finish(drafts, reading)


def figures_of(
    text: str, *, published: date | None = None, taken: tuple[tuple[int, int], ...] = ()
) -> list[Feature]:
    """The figures of a text that is read as a plan of Hunan for 2011-2015."""
    plan = Plan(
        id="test",
        file="test.txt",
        title="test",
        published=published,
        period_start=2011,
        period_end=2015,
        region=HUNAN,
    )
    reading = Reading(Document(plan, text), read_tools())
    return list(finish(extract_figures(reading, taken), reading))


def said(feature: Feature) -> Said:
    """What a figure says, without where it stands."""
    assert feature.subject is not None
    assert feature.measure is not None
    assert feature.value is not None
    return feature.subject, feature.measure, feature.value, feature.unit, feature.year


def all_said(text: str) -> list[Said]:
    """What the figures of a text say, in its order."""
    return [said(feature) for feature in figures_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2010年，粗钢、水泥、平板玻璃产量分别达到1200万吨、9800万吨和1500万重量箱，"
            "分别比2005年增长12%、30%和8.5%。",
            [
                ("粗钢", "产量", 1200.0, "万吨", 2010),
                ("水泥", "产量", 9800.0, "万吨", 2010),
                ("平板玻璃", "产量", 1500.0, "万重量箱", 2010),
                ("粗钢", "产量比2005年增长", 12.0, "%", 2010),
                ("水泥", "产量比2005年增长", 30.0, "%", 2010),
                ("平板玻璃", "产量比2005年增长", 8.5, "%", 2010),
            ],
        ),
        (
            "粮食产量由2010年的280万吨提高到2015年的350万吨。",
            [
                ("粮食", "产量", 280.0, "万吨", 2010),
                ("粮食", "产量", 350.0, "万吨", 2015),
            ],
        ),
        (
            "到2015年，全省规模以上工业总产值达到1.2万亿元，年均增长18％以上，工业投资五年累计8000亿元。",
            [
                ("全省规模以上工业", "总产值", 1.2, "万亿元", 2015),
                ("全省规模以上工业", "总产值年均增长", 18.0, "%", 2015),
                ("全省规模以上工业", "累计工业投资", 8000.0, "亿元", 2015),
            ],
        ),
        (
            "到2015年，培育6个综合实力国际先进的集群和10个国内领先的集群，建成千亿园区10个。",
            [
                ("湖南省", "综合实力国际先进的集群", 6.0, "个", 2015),
                ("湖南省", "国内领先的集群", 10.0, "个", 2015),
                ("湖南省", "千亿园区", 10.0, "个", 2015),
            ],
        ),
        (
            "2014年制造业增加值、出口额年均增长9%和12%。",
            [
                ("制造业", "增加值年均增长", 9.0, "%", 2014),
                ("制造业", "出口额年均增长", 12.0, "%", 2014),
            ],
        ),
        (
            "长株潭地区高新技术产业增加值占全省的60%以上，单位工业增加值能耗比2010年下降16%。",
            [
                ("长株潭地区高新技术产业", "增加值占全省", 60.0, "%", None),
                ("长株潭地区高新技术产业", "单位工业增加值能耗比2010年下降", 16.0, "%", None),
            ],
        ),
        (
            "2015年甲产业与乙产业的比例为3∶7，质量综合指数达到91.5。",
            [
                ("甲产业与乙产业", "比例", 3.0, "∶7", 2015),
                ("甲产业与乙产业", "质量综合指数", 91.5, None, 2015),
            ],
        ),
        (
            "2013年株洲高新区在全省9个国家级高新区中排名第2位。",
            [
                ("湖南省", "国家级高新区", 9.0, "个", 2013),
                ("株洲高新区", "排名", 2.0, "位", 2013),
            ],
        ),
        (
            "到2015年形成年产6000台工程机械的生产能力，新增500万亩高标准农田。",
            [
                ("工程机械", "生产能力", 6000.0, "台", 2015),
                ("湖南省", "高标准农田", 500.0, "万亩", 2015),
            ],
        ),
        (  # 年产 is a measure, the first half of 年产值 is none; 有 is a verb
            "年产值五亿元以上的企业有86家，到2015年年产专用车2万辆。",
            [
                ("湖南省", "年产值五亿元以上的企业", 86.0, "家", None),
                ("专用车", "年产", 2.0, "万辆", 2015),
            ],
        ),
        (  # a rate brings its own subject
            "2015年全省工业增加值达到900亿元；城镇居民失业率控制在4%以内。",
            [
                ("全省工业", "增加值", 900.0, "亿元", 2015),
                ("城镇居民", "失业率", 4.0, "%", 2015),
            ],
        ),
        (  # what is said of a year, or of whom a rate counts, is no subject
            "2012年年产能50万吨，城镇登记失业率控制在4.5%以内。",
            [
                ("湖南省", "年产能", 50.0, "万吨", 2012),
                ("湖南省", "城镇登记失业率", 4.5, "%", 2012),
            ],
        ),
        (  # a comma of half width ends a clause also before a year
            "甲园区已建成,2012年全市工业总产值达到1,260亿元。",
            [("全市工业", "总产值", 1260.0, "亿元", 2012)],
        ),
        (
            "2012年我省粮食总产连续保持在600亿斤以上。",
            [("湖南省", "粮食总产", 600.0, "亿斤", 2012)],
        ),
        (
            "打造长沙汽车产业基地、衡阳钢管产业基地，力争2015年销售收入均突破300亿元。",
            [("各产业基地", "销售收入", 300.0, "亿元", 2015)],
        ),
        (  # what is done to a thing is not counted
            "推进12个省级工业园区升级改造，支持3个物流园建设。",
            [
                ("湖南省", "省级工业园区", 12.0, "个", None),
                ("湖南省", "物流园", 3.0, "个", None),
            ],
        ),
        (  # a list of what exists is counted, a list of tasks is not
            "现有3个国家级园区：甲区、乙区、丙区。技改项目2项：甲厂二期、乙厂三期。",
            [("湖南省", "国家级园区", 3.0, "个", None)],
        ),
    ],
)
def test_reads_figures_of_another_province(text: str, expected: list[Said]) -> None:
    assert all_said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "重点开发5兆瓦、15兆瓦级母型机，制造65万千瓦核电机组。",  # products
        "对总投资5亿元以上的项目，由市政府指定专人服务。",  # a condition
        "以703所燃气轮机产业园为依托，加强与中电科49所的合作。",  # names of institutes
        "世界前20名跨国制药公司都在办厂，第3个五年规划开始。",  # ordinals
        "制定全省64个县（市）的工业发展考评办法。",  # whose method it is
        "围绕梳理成果、成立公司等5个环节，在4个方面下功夫。",  # parts of speech, not of a plan
        "年均增长7%-8%，建设5－7个园区。",  # ranges
        "近百家机构入驻，形成一批百亿级企业、千亿级园区。",  # words
        "根据《发展规划（2016-2020年）》（国发〔2016〕43号）编制。",  # titles
        "另安排建材项目5项：甲厂节能改造、乙厂水泥四线。",  # leads in a list of features
        "抓好甲厂扩建、乙厂搬迁、丙厂技改3个项目。",  # closes one
        "实施20万吨/年苯酚丙酮扩建，建设50万吨QTA装置。",  # sizes of plants
    ],
)
def test_leaves_out_what_is_no_figure_of_the_plan(text: str) -> None:
    assert all_said(text) == []


def test_years_of_comparison_and_beginning_do_not_count() -> None:
    text = "2005年甲产业利润32亿元，比2000年增加10亿元。自2003年投产以来，乙产业产值达到9亿元。"
    assert [(f.measure, f.value, f.year) for f in figures_of(text)] == [
        ("利润", 32.0, 2005),
        ("利润比2000年增加", 10.0, 2005),
        ("产值", 9.0, 2005),
    ]


def test_a_line_that_leads_in_a_list_gives_the_year() -> None:
    text = "到2015年主要预期指标：\n——工业增加值达到1050亿元。\n——培育20个全国性品牌产品。\n"
    assert all_said(text) == [
        ("工业", "增加值", 1050.0, "亿元", 2015),
        ("湖南省", "全国性品牌产品", 20.0, "个", 2015),
    ]


def test_status_of_target_actual_and_present() -> None:
    text = (
        "2010年产值达到5亿元。到2015年产值达到9亿元。截至2011年底，企业达到30家。"
        "目前，全省拥有国家级开发区16个。"
    )
    found = [(f.value, f.year, f.status) for f in figures_of(text)]
    assert found == [
        (5.0, 2010, "actual"),
        (9.0, 2015, "target"),
        (30.0, 2011, "actual"),
        (16.0, None, "actual"),
    ]
    dated = figures_of(text, published=date(2012, 3, 1))
    assert [(f.year, f.status) for f in dated][-1] == (2012, "actual")


def test_without_year_neither_target_nor_actual_but_under_aims() -> None:
    plain = figures_of("建设7个技术服务平台。")
    aims = figures_of("一、发展目标\n建设7个技术服务平台。\n")
    assert [(f.measure, f.year, f.status) for f in plain] == [("技术服务平台", None, None)]
    assert [(f.measure, f.year, f.status) for f in aims] == [("技术服务平台", 2015, "target")]


def test_paragraphs_on_the_world_around_are_no_figures_of_the_plan() -> None:
    text = "（一）面临的挑战\n2011年汽车关税下降到25%。\n（二）工业基础\n2010年产值达到5亿元。\n"
    assert [f.value for f in figures_of(text)] == [5.0]


def test_words_of_a_project_are_taken() -> None:
    text = "实施甲公司利润10亿元产业化，2012年产值达到8亿元。"
    assert [f.value for f in figures_of(text)] == [8.0]
    text = "实施年产6000台工程机械的生产能力，2012年产值达到8亿元。"
    assert [f.value for f in figures_of(text)] == [6000.0, 8.0]
    assert [f.value for f in figures_of(text, taken=((0, text.index("，")),))] == [8.0]


def test_what_is_invested_in_a_project_is_a_figure_of_that_project() -> None:
    text = "重点实施株洲甲厂电机项目。总投资42亿元，2012年投产。全省工业总投资900亿元。"
    name = "株洲甲厂电机"
    start = text.index(name)
    found = figures_of(text, taken=((start, start + len(name)),))
    assert [said(figure)[:4] for figure in found] == [
        (name, "总投资", 42.0, "亿元"),
        ("湖南省", "工业总投资", 900.0, "亿元"),
    ]


def test_evidence_is_the_figure_in_the_text() -> None:
    text = "　　2010年，工业增加值490.9亿元。"
    (figure,) = figures_of(text)
    assert figure.evidence.quote == "490.9亿元"
    assert text[figure.evidence.start : figure.evidence.end] == "490.9亿元"


# --- the seeds -----------------------------------------------------------------------------------

SEED_FIGURES = [
    ("harbin-2006", 6, ("重工业", "增加值", 228.7, "亿元", 2005), "actual"),
    ("harbin-2006", 7, ("全市规模以上工业", "经济效益综合指数", 128.4, None, 2005), "actual"),
    (
        "harbin-2006",
        7,
        ("全市规模以上工业", "经济效益综合指数比2000年提高", 54.2, "个百分点", 2005),
        "actual",
    ),
    ("harbin-2006", 41, ("工业", "增加值", 1050.0, "亿元", 2010), "target"),
    (
        "harbin-2006",
        47,
        ("哈尔滨市", "销售收入100亿元以上的大型企业集团", 2.0, "户", 2010),
        "target",
    ),
    ("harbin-2006", 59, ("汽车发动机", "生产能力", 90.0, "万台", 2010), "target"),
    ("harbin-2006", 130, ("高新技术产业基地", "专利申请量", 5000.0, "件", 2010), "target"),
    ("projects-2011", 15, ("黑龙江省", "累计工业固定资产投资", 1.5, "万亿元", 2013), "target"),
    ("projects-2011", 15, ("十大产业", "主营业务收入", 8500.0, "亿元", 2013), "target"),
    (
        "projects-2011",
        84,
        ("矿产经济产业", "主营业务（不含石油和天然气）收入", 1000.0, "亿元", 2013),
        "target",
    ),
    ("projects-2011", 94, ("服务业", "增加值占地区生产总值比重", 40.0, "%", 2013), "target"),
    ("projects-2011", 127, ("黑龙江省", "省级企业技术中心", 20.0, "户", 2011), "target"),
    ("emerging-2016", 18, ("5个集群", "主营业务收入", 1310.0, "亿元", 2018), "target"),
    ("emerging-2016", 92, ("精准农业生产基地", "大田精准农业生产基地", 5.0, "个", None), None),
    ("innovation-2016", 20, ("高新技术企业", "总数", 476.0, "家", 2010), "actual"),
    ("innovation-2016", 20, ("高新技术企业", "总数", 693.0, "家", 2015), "actual"),
    (
        "innovation-2016",
        22,
        ("全省高新技术产业", "增加值占ＧＤＰ比重", 12.2, "%", 2015),
        "actual",
    ),
    ("innovation-2016", 61, ("研究与试验发展经费", "投入强度", 2.0, "%", 2020), "target"),
    (
        "industry-2019",
        7,
        ("规模以上“原字号”企业", "主营业务收入增长", 11.8, "%", 2018),
        "actual",
    ),
    ("industry-2019", 8, ("轻工业与重工业", "比例", 27.0, "∶73", 2018), "actual"),
    ("industry-2019", 36, ("工业", "占全省GDP比重", 30.0, "%", 2025), "target"),
    (
        "industry-2019",
        37,
        ("黑龙江省", "万元工业增加值能耗比2018年累计下降", 10.0, "%", 2025),
        "target",
    ),
]


@pytest.mark.parametrize(("plan", "line", "expected", "status"), SEED_FIGURES)
def test_figures_of_the_seeds(plan: str, line: int, expected: Said, status: str | None) -> None:
    found = [(said(f), f.status) for f in seed_figures(plan) if f.evidence.line == line]
    assert (expected, status) in found


def test_no_verb_of_doing_opens_a_subject_or_measure() -> None:
    opening = ("力争", "完成", "实现", "重点扶持", "预期", "达到", "确保")
    for plan in ("harbin-2006", "projects-2011", "emerging-2016", "innovation-2016"):
        for feature in seed_figures(plan):
            name, _, value, unit, _ = said(feature)
            assert not name.startswith(opening), (plan, feature.evidence.line, name)
            measure = feature.measure or ""
            of_plan = measure.startswith("完成计划") and unit == "%"  # 完成计划总投资的45.8%
            assert of_plan or not measure.startswith(opening), (plan, measure, value)


# --- contradictions ------------------------------------------------------------------------------


def test_two_contradictions_in_the_seeds_and_no_other() -> None:
    plans = ("harbin-2006", "projects-2011", "emerging-2016", "innovation-2016", "industry-2019")
    issues = contradictions(f for plan in plans for f in seed_figures(plan))
    assert [(i.type, i.plan, i.line, i.value) for i in issues] == [
        ("contradiction", "projects-2011", 15, "8500亿元 ≠ 10173亿元"),
        ("contradiction", "projects-2011", 127, "445项 ≠ 397个"),
    ]
    assert "8500亿元 (lines 15, 151); 10173亿元 (line 226)" in issues[0].message
    assert "445项 (line 127); 397个 (line 226)" in issues[1].message


def test_a_threshold_and_the_order_of_words_do_not_hide_a_contradiction() -> None:
    text = "到2015年，省重点推进亿元以上产业项目445项。到2015年，产业重点推进项目总数达到397个。"
    (issue,) = contradictions(figures_of(text))
    assert issue.value == "445项 ≠ 397个"


@pytest.mark.parametrize(
    "text",
    [
        "到2015年，甲产业产值达到5亿元。到2014年，甲产业产值达到4亿元。",  # two years
        "到2015年，甲产业产值达到5亿元。到2015年，乙产业产值达到4亿元。",  # two things
        "到2015年，甲产业产值达到1.2万亿元。到2015年，甲产业产值达到12000亿元。",  # one value
        "到2015年，培育2户销售收入200亿元以上，5户销售收入50亿元以上的企业集团。",  # thresholds
        "到2015年，甲产业投资达到5亿元。到2015年，甲产业投资累计达到20亿元。",  # over years
    ],
)
def test_no_contradiction_where_both_can_hold(text: str) -> None:
    assert contradictions(figures_of(text)) == ()
