"""Single works in running text: what somebody is to build, without a list around it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from layers.extraction import extract_features
from layers.extraction.drafts import finish
from layers.extraction.tools import Reading, read_tools
from layers.extraction.works import extract_works
from layers.model import Basis, Feature
from layers.plans import Document, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"


def works_of(
    text: str, *, region: str = "230000", taken: tuple[tuple[int, int], ...] = ()
) -> list[Feature]:
    plan = Plan(
        id="test", file="test.txt", title="test", period_start=2016, period_end=2020, region=region
    )
    reading = Reading(Document(plan, text), read_tools())
    return list(finish(extract_works(reading, taken), reading))


@cache
def projects_of_plan(plan: str) -> dict[str, Feature]:
    """All projects of a plan in the library, lists and works, by name."""
    document = next(d for d in read_library(SEEDS).documents if d.plan.id == plan)
    found = extract_features(document, read_tools()).features
    return {feature.name: feature for feature in found if feature.layer == "projects"}


@pytest.mark.parametrize(
    ("plan", "line", "name", "enterprise", "places"),
    [
        ("harbin-2006", 154, "超大规格特种铝合金板带材生产线", "东北轻合金", ("230108",)),
        ("harbin-2006", 163, "50万吨QTA装置", None, ("230100",)),
        ("harbin-2006", 163, "黑龙江涤纶厂技术改造", None, ("230100",)),
        ("innovation-2016", 95, "千吨级生物航油工程示范", None, ()),
        ("innovation-2016", 181, "“空间环境地面模拟装置”国家重大科技基础设施", None, ()),
        ("innovation-2016", 186, "宇航科学与技术国家实验室", "哈尔滨工业大学", ("230100",)),
        ("innovation-2016", 201, "太阳岛高层次创新创业人才引进平台", None, ("230109",)),
        ("emerging-2016", 60, "哈尔滨工业大学机器人检测中心", None, ("230100",)),
    ],
)
def test_single_works_of_the_library(
    plan: str, line: int, name: str, enterprise: str | None, places: tuple[str, ...]
) -> None:
    work = projects_of_plan(plan)[name]
    assert (work.evidence.line, work.enterprise, work.places) == (line, enterprise, places)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an organisation builds it
        (
            "支持哈尔滨工程大学建设船舶动力创新中心，培养人才。",
            [("船舶动力创新中心", "哈尔滨工程大学")],
        ),
        ("依托省环保厅建设全省污染源监测平台。", [("全省污染源监测平台", None)]),
        # a quantity, a quoted name, a national rank
        ("建设50万吨乙烯装置。", [("50万吨乙烯装置", None)]),
        ("建设年产2万辆新能源客车生产线。", [("年产2万辆新能源客车生产线", None)]),
        ("建设千吨级碳纤维生产线。", [("千吨级碳纤维生产线", None)]),
        ("加快“松花江二号”超级计算系统建设。", [("“松花江二号”超级计算系统", None)]),
        ("支持建设“冰雪装备测试平台”。", [("冰雪装备测试平台", None)]),
        ("在大庆市建设国家级石油装备检测中心。", [("国家级石油装备检测中心", None)]),
    ],
)
def test_a_work_is_named_by_its_builder_or_its_own_words(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert [(work.name, work.enterprise) for work in works_of(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "支持企业建设技术中心。",
        "推进全省物流公共信息平台建设。",
        "建设3个国家级实验室。",
        "支持若干高校建立各类国家重点实验室。",
        "建设一批国家级检测中心。",
        "申报国家级检测中心。",
        "哈尔滨工业大学建成了国家重点实验室。",
        "建设国家重点实验室等创新平台。",
    ],
)
def test_kinds_and_mere_mentions_are_no_works(text: str) -> None:
    assert works_of(text) == []


def test_a_builder_is_part_of_the_quote_and_places_the_work() -> None:
    text = "支持哈尔滨工程大学建设船舶动力创新中心。"
    (work,) = works_of(text)
    assert work.evidence.quote == "哈尔滨工程大学建设船舶动力创新中心"
    assert (work.places, work.basis) == (("230100",), Basis.TEXT)


def test_the_sentence_places_a_work_whose_words_do_not() -> None:
    (work,) = works_of("在大庆市建设国家级石油装备检测中心。")
    assert (work.places, work.basis) == (("230600",), Basis.CONTEXT)


def test_what_is_read_already_is_not_read_again() -> None:
    text = "建设50万吨乙烯装置。建设30万吨甲醇装置。"
    start = text.index("50万吨")
    assert [w.name for w in works_of(text, taken=((start, start + 4),))] == ["30万吨甲醇装置"]


def test_overlapping_patterns_give_one_work() -> None:
    assert len(works_of("支持建设“冰雪装备测试平台”建设。")) <= 1
    assert len(works_of("加快建设年产2万辆新能源客车生产线。")) == 1
