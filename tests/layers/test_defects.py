"""What a source lacks or garbles: issues with type, place and the words, never a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.extraction.defects import find_defects
from layers.extraction.tools import Reading, read_tools
from layers.model import Issue
from layers.plans import Document, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"


def defects_of(text: str) -> list[Issue]:
    plan = Plan(
        id="test",
        file="test.txt",
        title="test",
        period_start=2011,
        period_end=2015,
        region="430000",
    )
    return list(find_defects(Reading(Document(plan, text), read_tools())))


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (
            "harbin-2006",
            [("separator", 86, "式汽车自动变速器22")],
        ),
        (
            "projects-2011",
            [
                ("masked", 34, "哈牡***对俄贸易加工区"),
                ("masked", 94, "哈牡***对俄贸易加工区"),
                ("masked", 96, "哈牡***国际物流园"),
                ("page-number", 44, "-5-"),
                ("page-number", 147, "-23-"),
            ],
        ),
        ("emerging-2016", []),
        ("innovation-2016", []),
        ("industry-2019", []),
    ],
)
def test_the_defects_of_the_library(plan: str, expected: list[tuple[str, int, str]]) -> None:
    document = next(d for d in read_library(SEEDS).documents if d.plan.id == plan)
    found = list(find_defects(Reading(document, read_tools())))
    assert [(issue.type, issue.line, issue.value) for issue in found] == expected
    for issue in found:
        assert document.source[issue.start : issue.end] == issue.value
        assert (issue.seed, issue.plan) == (document.plan.file, plan)
        assert (issue.layer, issue.feature) == (None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持某某×公司", []),
        ("支持某某××公司。", [("masked", "支持某某××公司")]),
        ("支持＊＊公司。", [("masked", "支持＊＊公司")]),
        ("支持，**公司。", [("masked", "**公司")]),
        ("推进机-23-制建设", [("page-number", "-23-")]),
        ("2011-2013年", []),
        ("哈尔滨-大庆集群", []),
        ("Y15-2000型飞机", []),
        # a number before a name in a box, not one that counts
        ("专栏1重点项目\n▲汽车：自动变速器22长沙某厂、喇叭\n", [("separator", "自动变速器22")]),
        ("专栏1重点项目\n▲汽车：变速箱3型、喇叭\n", []),
        ("专栏1重点项目\n▲汽车：约20长沙某厂、喇叭\n", []),
        ("专栏1重点项目\n▲汽车：共建成22长沙某厂、喇叭\n", [("separator", "共建成22")]),
        # only in a box: running text counts things
        ("推进自动变速器22长沙某厂。", []),
    ],
)
def test_what_is_a_defect(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(issue.type, issue.value) for issue in defects_of(text)] == expected


def test_every_defect_says_what_it_is_in_words() -> None:
    found = defects_of("某**某。\n机-2-制\n专栏1重点项目\n▲汽车：变速器22长沙某厂、喇叭\n")
    assert [(issue.line, issue.message) for issue in found] == [
        (1, "the source masks a part of this name"),
        (2, "a page number stands inside a word"),
        (4, "a stray number stands where a separator should"),
    ]
