"""Institutions that a plan names as the anchor of a direction of research."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from layers.extraction.anchors import extract_anchors
from layers.extraction.drafts import finish
from layers.extraction.tools import Reading, read_tools
from layers.model import Basis, Feature, Precision
from layers.plans import Document, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"


@cache
def of_plan(plan: str) -> tuple[Feature, ...]:
    document = next(d for d in read_library(SEEDS).documents if d.plan.id == plan)
    reading = Reading(document, read_tools())
    return finish(extract_anchors(reading), reading)


def anchors_of(text: str, region: str = "430000") -> list[Feature]:
    plan = Plan(
        id="test", file="test.txt", title="test", period_start=2016, period_end=2020, region=region
    )
    reading = Reading(Document(plan, text), read_tools())
    return list(finish(extract_anchors(reading), reading))


def test_the_anchors_of_the_innovation_plan() -> None:
    assert [(f.evidence.line, f.name, f.places) for f in of_plan("innovation-2016")] == [
        (95, "中科良大生物燃料科技有限公司", ()),
        (107, "哈尔滨东安发动机（集团）有限公司", ("230100",)),
        (107, "中船重工集团第七○三研究所", ("230100",)),
        (107, "哈电集团", ("230100",)),
        (107, "哈尔滨工程大学", ("230100",)),
        (107, "哈尔滨工业大学机器人技术与系统国家重点实验室", ("230100",)),
        (113, "哈尔滨工业大学", ("230100",)),
        (113, "安天科技股份有限公司", ()),
        (113, "哈尔滨工业大学", ("230100",)),
        (119, "哈电集团", ("230100",)),
        (119, "哈尔滨工业大学燃煤污染物减排国家工程实验室", ("230100",)),
        (131, "哈尔滨医科大学", ("230100",)),
        (131, "黑龙江中医药大学", ("230000",)),
        (131, "哈尔滨工业大学", ("230100",)),
    ]
    assert {feature.layer for feature in of_plan("innovation-2016")} == {"focus"}
    assert all(feature.industries for feature in of_plan("innovation-2016"))


@pytest.mark.parametrize("plan", ["projects-2011", "emerging-2016"])
def test_plans_without_directions_of_research(plan: str) -> None:
    assert of_plan(plan) == ()


@pytest.mark.parametrize(
    ("text", "names", "industries"),
    [
        ("依托中南大学加强新材料技术研究。", ["中南大学"], ("materials",)),
        (
            "发挥国防科学技术大学的优势，开展超级计算机研发。",
            ["国防科学技术大学"],
            ("information.electronics",),
        ),
        (
            "依托中联重科股份有限公司等企业的技术优势，加强工程机械研发。",
            ["中联重科股份有限公司"],
            ("equipment.special",),
        ),
        (
            "发挥长沙第四十八研究所、湖南大学的技术优势，开展太阳能技术攻关。",
            ["长沙第四十八研究所", "湖南大学"],
            ("new-energy.solar",),
        ),
    ],
)
def test_who_and_what(text: str, names: list[str], industries: tuple[str, ...]) -> None:
    found = anchors_of(text)
    assert [feature.name for feature in found] == names
    assert {feature.industries for feature in found} == {industries}


def test_the_quote_runs_from_the_institution_to_the_end_of_its_direction() -> None:
    (anchor,) = anchors_of("“十三五”期间，依托中南大学加强新材料技术研究，服务产业。")
    assert anchor.evidence.quote == "中南大学加强新材料技术研究"


@pytest.mark.parametrize(
    ("text", "places", "basis", "precision"),
    [
        (
            "依托长沙矿冶研究院有限责任公司加强锂离子电池正极材料研究。",
            ("430100",),
            Basis.TEXT,
            Precision.PREFECTURE,
        ),
        (
            "依托湖南省农业科学院开展杂交水稻育种技术研究。",
            ("430000",),
            Basis.TEXT,
            Precision.PROVINCE,
        ),
        ("依托清华大学加强集成电路研究。", (), Basis.UNKNOWN, Precision.NONE),
    ],
)
def test_where_an_institution_is(
    text: str, places: tuple[str, ...], basis: Basis, precision: Precision
) -> None:
    (anchor,) = anchors_of(text)
    assert (anchor.places, anchor.basis, anchor.precision) == (places, basis, precision)


@pytest.mark.parametrize(
    "text",
    [
        "依托本省资源优势，开展新材料研究。",  # no institution
        "依托中南大学加强研究。",  # no industry
        "依托中南大学，培养人才。",  # no research
        "中南大学开展新材料研究。",  # a mere mention
    ],
)
def test_what_is_no_anchor(text: str) -> None:
    assert anchors_of(text) == []
