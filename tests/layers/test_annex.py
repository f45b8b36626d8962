"""Figures in annex tables: the cells of the seeds, their totals, and tables of other plans."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from layers.extraction import read_tools
from layers.extraction.annex import extract_annex_figures
from layers.extraction.drafts import finish
from layers.extraction.tools import Reading
from layers.model import Feature
from layers.plans import Document, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"
TOTAL = "十大产业"
INDUSTRIES = (
    "新材料产业",
    "生物产业",
    "新能源装备产业",
    "新型农机装备产业",
    "交通运输装备产业",
    "绿色食品产业",
    "煤化石化产业",
    "矿产经济产业",
    "林产品加工业",
    "现代服务业",
)

Column = tuple[str | None, int | None, str | None]


@cache
def annex_of(plan: str) -> tuple[Feature, ...]:
    """The figures in the tables of a seed."""
    documents = {d.plan.id: d for d in read_library(SEEDS).documents}
    reading = Reading(documents[plan], read_tools())
    return finish(extract_annex_figures(reading), reading)


@cache
def columns() -> dict[Column, dict[str, float]]:
    """The 2011 annex: measure, year and unit of a column, then its values by subject."""
    found: dict[Column, dict[str, float]] = defaultdict(dict)
    for figure in annex_of("projects-2011"):
        column = figure.measure, figure.year, figure.unit
        assert figure.subject is not None
        assert figure.value is not None
        assert figure.subject not in found[column], (column, figure.subject)
        found[column][figure.subject] = figure.value
    return found


def test_every_cell_of_the_annex_of_2011_is_a_figure() -> None:
    figures = annex_of("projects-2011")
    assert len(figures) == 132
    assert Counter(f.evidence.line for f in figures) == {
        **dict.fromkeys(range(226, 234), 13),  # 合计 and the first seven industries
        234: 10,  # 矿产经济 has no parks
        235: 13,
        236: 5,  # 现代服务业 has projects only
    }
    assert {f.subject for f in figures} == {TOTAL, *INDUSTRIES}


def test_thirteen_columns_with_year_and_unit() -> None:
    assert set(columns()) == {
        ("主营业务收入", 2011, "亿元"),
        ("主营业务收入", 2013, "亿元"),
        ("重点发展园区个数", None, "个"),
        ("重点发展园区销售收入", 2011, "亿元"),
        ("重点发展园区销售收入", 2013, "亿元"),
        ("重点培育龙头企业个数", None, "个"),
        ("重点培育龙头企业主营业务收入", 2011, "亿元"),
        ("重点培育龙头企业主营业务收入", 2013, "亿元"),
        ("重点推进项目个数", 2011, "个"),
        ("重点推进项目总投资", 2011, "亿元"),
        ("重点推进项目计划投资", 2011, "亿元"),
        ("重点推进项目达产后销售收入", None, "亿元"),
        ("重点推进项目达产后利税", None, "亿元"),
    }


def test_each_column_adds_up_to_its_total() -> None:
    for column, values in columns().items():
        parts = [value for subject, value in values.items() if subject != TOTAL]
        assert sum(parts) == values[TOTAL], column


def test_parks_by_industry_are_the_plan_s_own_counts() -> None:
    parks = columns()["重点发展园区个数", None, "个"]
    assert [parks.get(industry) for industry in INDUSTRIES] == [
        10,
        5,
        4,
        6,
        5,
        10,
        9,
        None,
        4,
        None,
    ]
    assert parks[TOTAL] == 53


@pytest.mark.parametrize(
    ("subject", "column", "value"),
    [
        (TOTAL, ("主营业务收入", 2013, "亿元"), 10173),
        (TOTAL, ("重点推进项目个数", 2011, "个"), 397),
        ("绿色食品产业", ("主营业务收入", 2011, "亿元"), 2000),
        ("矿产经济产业", ("重点推进项目达产后利税", None, "亿元"), 175),
        ("现代服务业", ("重点推进项目计划投资", 2011, "亿元"), 227),
    ],
)
def test_cells_stand_where_they_belong(subject: str, column: Column, value: float) -> None:
    assert columns()[column][subject] == value


def test_cells_carry_industry_status_and_evidence() -> None:
    by_name = {(f.subject, f.measure, f.year): f for f in annex_of("projects-2011")}
    cell = by_name["新材料产业", "主营业务收入", 2013]
    assert (cell.industry_label, cell.industries) == ("新材料产业", ("materials",))
    assert (cell.status, cell.evidence.line, cell.evidence.quote) == ("target", 227, "750")
    assert by_name["新材料产业", "重点发展园区个数", None].status is None
    assert by_name[TOTAL, "主营业务收入", 2011].industry_label is None


def test_tables_without_figures_give_none() -> None:
    for plan in ("emerging-2016", "innovation-2016", "harbin-2006", "industry-2019"):
        assert annex_of(plan) == ()


def figures_of(table: str) -> list[tuple[str | None, ...]]:
    """The cells of a table in a plan of Hunan, as text without `.0`."""
    plan = Plan(
        id="test",
        file="test.txt",
        title="test",
        period_start=2016,
        period_end=2020,
        region="430000",
    )
    reading = Reading(Document(plan, table), read_tools())
    return [
        (f.subject, f.measure, f"{f.value:g}", f.unit, str(f.year))
        for f in finish(extract_annex_figures(reading), reading)
    ]


def test_one_line_of_headings() -> None:
    table = (
        "附件1\n五大产业发展目标表\n单位：亿元\n"
        "序号\t产业名称\t2015年产值\t2020年产值\t2020年利税\n"
        "\t合计\t300\t600\t60.5\n"
        "1\t工程机械\t200\t400\t40\n"
        "2\t轨道交通\t100\t200\t20.5\n"
    )
    assert figures_of(table) == [
        ("五大产业", "产值", "300", "亿元", "2015"),
        ("五大产业", "产值", "600", "亿元", "2020"),
        ("五大产业", "利税", "60.5", "亿元", "2020"),
        ("工程机械", "产值", "200", "亿元", "2015"),
        ("工程机械", "产值", "400", "亿元", "2020"),
        ("工程机械", "利税", "40", "亿元", "2020"),
        ("轨道交通", "产值", "100", "亿元", "2015"),
        ("轨道交通", "产值", "200", "亿元", "2020"),
        ("轨道交通", "利税", "20.5", "亿元", "2020"),
    ]


def test_a_row_that_does_not_fit_the_headings_is_left_out() -> None:
    table = (
        "附件1\n五大产业发展目标表\n单位：亿元\n"
        "序号\t产业名称\t2015年产值\t2020年产值\t2020年利税\n"
        "1\t工程机械\t200\t400\t40\n"
        "2\t轨道交通\t100\t200\n"
    )
    assert {cells[0] for cells in figures_of(table)} == {"工程机械"}
