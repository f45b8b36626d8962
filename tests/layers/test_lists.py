"""Lists in running text: brackets, quotation marks, pairs, and names with the source's litter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.extraction.lists import (
    PAGE_NUMBER,
    Span,
    clean_name,
    split_at,
    split_pairs,
    top_level,
    without_number,
)

SEEDS = Path(__file__).parents[2] / "seeds"
PARK = re.compile(r"(?:产业园|园区|工业园|基地)")


def span(text: str, start: int = 0) -> Span:
    return Span(start, start + len(text), text)


def texts(spans: list[Span]) -> list[str]:
    return [piece.text for piece in spans]


# --- spans ---------------------------------------------------------------------------------------


def test_sub_counts_in_the_text_that_the_span_is_of() -> None:
    assert span("甲、乙园", 10).sub(12, 14) == Span(12, 14, "乙园")


def test_sub_drops_blanks_at_its_ends() -> None:
    assert span("甲、 乙园　、丙", 10).sub(12, 16) == Span(13, 15, "乙园")


def test_sub_of_nothing_is_empty() -> None:
    assert span("甲、、乙", 5).sub(7, 7) == Span(7, 7, "")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("①甲厂扩建", "甲厂扩建"),
        ("⑫ 甲厂扩建", "甲厂扩建"),
        ("③10万吨甲", "10万吨甲"),
        ("二是甲厂扩建", "甲厂扩建"),
        ("3．甲厂扩建", "甲厂扩建"),
        ("3.甲厂扩建", "甲厂扩建"),
        ("10、甲厂扩建", "甲厂扩建"),
        ("（2）甲厂扩建", "甲厂扩建"),
        ("3.5万吨甲", "3.5万吨甲"),
        ("20万吨甲", "20万吨甲"),
        ("（甲）厂", "（甲）厂"),
        ("①", "①"),
    ],
)
def test_number_of_a_list_that_runs_on(text: str, rest: str) -> None:
    assert without_number(span(text, 7)) == Span(7 + text.index(rest), 7 + len(text), rest)


# --- outside of brackets -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("甲乙", "甲乙"),
        ("甲（乙）丙", "甲丙"),
        ("甲(乙)丙", "甲丙"),
        ("甲“乙”丙", "甲丙"),
        ("甲《乙》丙", "甲丙"),
        ("甲「乙」丙【丁】戊", "甲丙戊"),
        ("甲（乙“丙）丁”戊）己", "甲己"),
        ("甲（乙（丙）丁）戊", "甲戊"),
        ("甲）乙", "甲）乙"),
        ("甲（乙", "甲（乙"),
        ("甲（乙、丙（丁）、戊", "甲（乙、丙、戊"),
        ("甲（乙“丙）、丁", "甲、丁"),
        ("“甲（乙", "“甲（乙"),
        ("甲（乙]丙）丁", "甲丁"),
        ("", ""),
    ],
)
def test_characters_outside_of_brackets(text: str, outside: str) -> None:
    assert "".join(char for _, char in top_level(text)) == outside


def test_offsets_outside_of_brackets() -> None:
    assert list(top_level("甲（乙）丙")) == [(0, "甲"), (4, "丙")]


# --- lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "separators", "expected"),
    [
        ("甲、乙、丙", "、", ["甲", "乙", "丙"]),
        ("甲、乙，丙", "、", ["甲", "乙，丙"]),
        ("甲、乙，丙", "、，", ["甲", "乙", "丙"]),
        ("甲（乙、丙）、丁", "、", ["甲（乙、丙）", "丁"]),
        ("“甲、乙”、丙", "、", ["“甲、乙”", "丙"]),
        ("哈尔滨（双城、阿城）园区、大庆园区", "、", ["哈尔滨（双城、阿城）园区", "大庆园区"]),
        ("甲、、乙", "、", ["甲", "乙"]),
        ("、甲、", "、", ["甲"]),
        ("甲 、 乙", "、", ["甲", "乙"]),
        ("甲　2、乙 3．丙", "，", ["甲", "乙", "丙"]),
        ("甲　2.5亿元、乙（一期　2．丙）", "、", ["甲　2.5亿元", "乙（一期　2．丙）"]),
        ("甲", "、", ["甲"]),
        ("、", "、", []),
        ("", "、", []),
    ],
)
def test_items_of_a_list(text: str, separators: str, expected: list[str]) -> None:
    assert texts(split_at(span(text), separators)) == expected


def test_items_keep_their_offsets() -> None:
    assert split_at(span("甲园、 乙园", 100), "、") == [
        Span(100, 102, "甲园"),
        Span(104, 106, "乙园"),
    ]


# --- two in one breath ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("鸡西石墨产业园和鹤岗石墨产业园", ["鸡西石墨产业园", "鹤岗石墨产业园"]),
        ("甲产业园与乙基地", ["甲产业园", "乙基地"]),
        ("甲产业园及乙园区", ["甲产业园", "乙园区"]),
        ("甲园区和乙园区和丙园区", ["甲园区", "乙园区", "丙园区"]),
        ("研发和生产基地", ["研发和生产基地"]),
        ("甲产业园和配套设施", ["甲产业园和配套设施"]),
        ("和平产业园", ["和平产业园"]),
        ("甲（乙园区和丙园区）基地", ["甲（乙园区和丙园区）基地"]),
        ("研发和甲产业园和乙产业园", ["研发和甲产业园", "乙产业园"]),
        ("产业园", ["产业园"]),
        ("", [""]),
    ],
)
def test_pairs_are_cut_where_both_sides_are_things(text: str, expected: list[str]) -> None:
    assert texts(split_pairs(span(text), PARK)) == expected


def test_pair_of_products_stays_whole() -> None:
    project = re.compile("项目")
    whole = "恒丰纸业食品包装纸和汉麻加工项目"
    assert texts(split_pairs(span(whole), project)) == [whole]


def test_pairs_keep_their_offsets() -> None:
    assert split_pairs(span("甲园区和乙园区", 50), PARK) == [
        Span(50, 53, "甲园区"),
        Span(54, 57, "乙园区"),
    ]


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("哈尔滨市农机产业园", "哈尔滨市农机产业园"),
        ("石墨产业园。", "石墨产业园"),
        ("　石墨产业园；", "石墨产业园"),
        ("铝合金大\n规格管材", "铝合金大规格管材"),
        ("铝合金大\r\n　　规格管材", "铝合金大规格管材"),
        ("重点园-5-区", "重点园区"),
        ("日产 5000吨熟料", "日产5000吨熟料"),
        ("“北药” 园区", "“北药”园区"),
        ("HF5 系列", "HF5系列"),
        ("MW LED", "MW LED"),
        ("Y15-2000型飞机", "Y15-2000型飞机"),
        ("2011-2013年", "2011-2013年"),
        ("、：，", ""),
        ("", ""),
    ],
)
def test_clean_name(text: str, name: str) -> None:
    assert clean_name(text) == name


def test_page_numbers_of_the_seeds_are_few_and_found() -> None:
    found = {
        path.name: PAGE_NUMBER.findall(path.read_text(encoding="utf-8"))
        for path in sorted(SEEDS.glob("*.txt"))
    }
    assert {name: numbers for name, numbers in found.items() if numbers} == {
        "003_b8fc224b635fbf9e.txt": ["-5-", "-23-"]
    }


# --- properties ----------------------------------------------------------------------------------

TEXTS = st.text(alphabet="甲乙园区基地、，（）()“”《》和与及 　\n", max_size=40)


@given(TEXTS, st.integers(0, 1000))
def test_pieces_are_stretches_of_the_text(text: str, start: int) -> None:
    whole = span(text, start)
    pieces = split_at(whole, "、，") + split_pairs(whole, PARK)
    for piece in pieces:
        assert text[piece.start - start : piece.end - start] == piece.text
    assert all(piece.text == piece.text.strip() != "" for piece in split_at(whole, "、，"))


@given(TEXTS)
def test_only_separators_and_blanks_are_lost(text: str) -> None:
    kept = "".join(texts(split_at(span(text), "、")))
    cuts = sum(char == "、" for _, char in top_level(text))
    assert sum(char == "、" for char in kept) == text.count("、") - cuts
    assert "".join(kept.split()).replace("、", "") == "".join(text.split()).replace("、", "")


@given(st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=4), max_size=6))
def test_split_undoes_join(items: list[str]) -> None:
    assert texts(split_at(span("、".join(items)), "、")) == items


@given(TEXTS)
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
