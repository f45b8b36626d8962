"""Reading plans: the table, the structure of a text, its offsets, and what is refused."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import LayersError, PlanError
from layers.plans import (
    Document,
    Paragraph,
    Plan,
    read_library,
    read_text,
    sentences_of,
    style_of,
)

SEEDS = Path(__file__).parents[2] / "seeds"
LIBRARY = read_library(SEEDS)
DOCUMENTS = {document.plan.id: document for document in LIBRARY.documents}
PLAN = Plan("a-2011", "a.txt", "甲规划", 2011, 2013, "230000")

TABLE = """
[[plan]]
id = "a-2011"
file = "a.txt"
title = "甲规划"
period_start = 2011
period_end = 2013
region = "230000"
"""


def document_of(text: str) -> Document:
    return Document(PLAN, text)


def read(text: str) -> tuple[Paragraph, ...]:
    return document_of(text).paragraphs


def outline(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Kind, path and body of every paragraph."""
    return [(p.kind, p.path, p.body) for p in read(text)]


def heads(*lines: str) -> list[tuple[str, ...]]:
    """The paths of headings that each head a sentence."""
    text = "".join(f"{line}\n发展这，发展那。\n" for line in lines)
    return [p.path for p in read(text) if p.kind == "heading"]


def at_line(plan: str, line: int) -> list[Paragraph]:
    return [p for p in DOCUMENTS[plan].paragraphs if p.line == line]


# --- the plans of the library --------------------------------------------------------------------


def test_library_holds_the_five_plans_in_order() -> None:
    assert [(d.plan.id, d.plan.period, d.plan.region) for d in LIBRARY.documents] == [
        ("harbin-2006", "2006-2010", "230100"),
        ("projects-2011", "2011-2013", "230000"),
        ("emerging-2016", "2016-2018", "230000"),
        ("innovation-2016", "2016-2020", "230000"),
        ("industry-2019", "2019-2025", "230000"),
    ]
    assert LIBRARY.folder == SEEDS


def test_year_of_the_names_is_that_of_publication_else_the_first_of_the_period() -> None:
    assert {d.plan.id: d.plan.year for d in LIBRARY.documents} == {
        "harbin-2006": 2006,
        "projects-2011": 2011,
        "emerging-2016": 2016,
        "innovation-2016": 2017,
        "industry-2019": 2019,
    }
    assert DOCUMENTS["innovation-2016"].plan.published == date(2017, 6, 12)
    assert DOCUMENTS["industry-2019"].plan.published is None


@pytest.mark.parametrize("document", LIBRARY.documents, ids=lambda d: d.plan.id)
def test_paragraphs_are_stretches_of_the_file(document: Document) -> None:
    source = (SEEDS / document.plan.file).read_bytes().decode("utf-8")
    text = document.text
    assert document.source == source
    assert len(text) == len(source)
    for p in document.paragraphs:
        assert text[p.start : p.end] == p.text
        # A row keeps its empty first cells.
        assert p.text == (p.text.rstrip("\r\n ") if p.kind == "row" else p.text.strip(" 　\r\n"))
        assert p.start <= p.body_start <= p.end
        assert p.body == text[p.body_start : p.end]
        assert p.line == text.count("\n", 0, p.start) + 1 == document.line_of(p.start)


@pytest.mark.parametrize("document", LIBRARY.documents, ids=lambda d: d.plan.id)
def test_paragraphs_are_in_order_and_leave_nothing_out(document: Document) -> None:
    assert all(one.end <= other.start for one, other in pairwise(document.paragraphs))
    edges = [0, *(e for p in document.paragraphs for e in (p.start, p.end)), len(document.text)]
    gaps = [document.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    assert {gap.strip(" \t\r\n　\ufeff\u00a0\u200b") for gap in gaps} == {""}


@pytest.mark.parametrize("document", LIBRARY.documents, ids=lambda d: d.plan.id)
def test_headings_are_stretches_of_the_file(document: Document) -> None:
    for p in document.paragraphs:
        for heading in p.section:
            assert document.text[heading.start : heading.end] == heading.title
            assert heading.start <= p.end
        assert p.path == tuple(heading.title for heading in p.section)


@pytest.mark.parametrize("document", LIBRARY.documents, ids=lambda d: d.plan.id)
def test_sentences_are_stretches_of_the_file(document: Document) -> None:
    assert document.sentences
    for s in document.sentences:
        assert document.text[s.start : s.end] == s.text
        assert s.text == s.text.strip() != ""
        assert s.paragraph.start <= s.start < s.end <= s.paragraph.end
        assert s.paragraph.kind != "row"
    assert all(one.end <= other.start for one, other in pairwise(document.sentences))


@pytest.mark.parametrize("document", LIBRARY.documents, ids=lambda d: d.plan.id)
def test_sentences_hold_all_running_text(document: Document) -> None:
    for p in document.paragraphs:
        if p.kind != "row":
            joined = "".join(s.text for s in sentences_of(p) if s.start >= p.body_start)
            assert "".join(joined.split()) == "".join(p.body.split())


@pytest.mark.parametrize(
    ("plan", "line", "kind", "path"),
    [
        (
            "harbin-2006",
            50,
            "body",
            ("“十一五”发展的重点", "调整改造主要任务", "工业空间布局调整"),
        ),
        (
            "harbin-2006",
            64,
            "body",
            (
                "“十一五”发展的重点",
                "发展和改造重点",
                "机械制造业基地",
                "汽车制造",
                "汽车零部件",
            ),
        ),
        (
            "projects-2011",
            22,
            "body",
            (
                "主要任务",
                "依托“八大经济区”，引导产业项目合理布局",
                "哈大齐工业走廊建设区",
            ),
        ),
        (
            "projects-2011",
            46,
            "body",
            (
                "主要任务",
                "依托十大产业，实现产业项目重点突破",
                "以十大产业为重点，提升产业核心竞争力",
                "新材料产业",
                "重点项目",
            ),
        ),
        ("projects-2011", 227, "row", ("十大产业培育发展计划汇总表",)),
        (
            "emerging-2016",
            42,
            "body",
            ("建设新兴产业集群", "鸡西－鹤岗石墨新材料产业集群"),
        ),
        (
            "emerging-2016",
            50,
            "body",
            ("建设新兴产业集群", "鸡西－鹤岗石墨新材料产业集群", "推进重点项目建设"),
        ),
        ("innovation-2016", 11, "heading", ("准确把握科技创新形势",)),
        ("innovation-2016", 39, "heading", ("描绘科技创新蓝图", "指导思想")),
        (
            "industry-2019",
            54,
            "body",
            (
                "发展方向与重点",
                "优先发展四大战略性产业",
                "绿色食品",
                "发展重点",
                "农副产品精深加工",
                "玉米加工",
            ),
        ),
        (
            "industry-2019",
            45,
            "heading",
            ("发展方向与重点", "工业新体系构建主要思路", "工业强省建设“433”工业新体系"),
        ),
    ],
)
def test_section_of_a_known_line(plan: str, line: int, kind: str, path: tuple[str, ...]) -> None:
    (paragraph,) = at_line(plan, line)
    assert (paragraph.kind, paragraph.path) == (kind, path)


def test_paragraphs_that_the_source_ran_together_are_taken_apart() -> None:
    paragraphs = at_line("harbin-2006", 41)
    assert [p.text[:8] for p in paragraphs] == [
        "到2010年主要",
        "——工业增加值达",
        "——高技术产业增",
        "——机械制造业、",
        "——工业固定资产",
        "——培育20个全",
        "——万元工业产值",
    ]
    assert [p.kind for p in at_line("harbin-2006", 42)] == ["heading", "heading"]


def test_item_that_the_source_broke_in_mid_word_is_one() -> None:
    (metal,) = at_line("harbin-2006", 168)
    assert at_line("harbin-2006", 169) == []
    assert metal.kind == "item"
    assert metal.path[-2:] == ("其他优势特色行业重点建设项目", "冶金工业")
    assert "铝合金大\n规格无缝管材" in metal.body


def test_title_whose_colon_the_source_forgot() -> None:
    (wild,) = at_line("harbin-2006", 114)
    assert wild.path[-1] == "山特产品"
    assert wild.body.startswith("3万吨食用")


def test_annex_table_keeps_empty_cells_and_takes_the_annex_title() -> None:
    (row,) = at_line("projects-2011", 181)
    assert row.kind == "row"
    assert row.text.split("\t")[:2] == ["", "一、加强制度建设"]
    assert row.path == ("任务分工及进度安排表",)
    assert at_line("innovation-2016", 253)[0].path == ("重点研发方向",)


# --- numbering -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("附件1", "annex"),
        ("附件：", "annex"),
        ("附表2：甲", "annex"),
        ("图3-1 体系", "figure"),
        ("表3－2 体系", "figure"),
        ("专栏1先进制造业", "box"),
        ("专栏 十二：甲", "box"),
        ("第一篇　总则", "part"),
        ("第二编 总则", "part"),
        ("第三章　优先领域", "chapter"),
        ("第3章 领域", "chapter"),
        ("第一节 甲", "article"),
        ("第十二条 甲", "article"),
        ("一、指导思想", "han"),
        ("十二、指导思想", "han"),
        ("（一）目标", "han-bracket"),
        ("(三)工业", "han-bracket"),
        ("（十一）目标", "han-bracket"),
        ("1.目标", "arabic"),
        ("1．目标", "arabic"),
        ("10、目标", "arabic"),
        ("１．目标", "arabic"),
        ("（1）目标", "arabic-bracket"),
        ("(10)目标", "arabic-bracket"),
        ("（１）目标", "arabic-bracket"),
        ("①机器人", "circled"),
        ("⑳机器人", "circled"),
        ("1.1 目标", "dotted"),
        ("2.3.1 目标", "dotted"),
        ("第一部分 总则", "part"),
        ("▲汽车", "triangle"),
        ("■汽车", "triangle"),
        ("·汽车", "triangle"),
        ("• 汽车", "triangle"),
        ("◇汽车", "triangle"),
        ("○汽车", "triangle"),
        ("※汽车", "triangle"),
        ("○六年", None),
        ("■ 第二篇 布局", "part"),
        ("## 第二部分 布局", "part"),
        ("### 3.1 主城引领", "dotted"),
        ("### 主城引领", "hash-3"),
        ("★（三）园区", "han-bracket"),
        ("◆二、园区", "han"),
        ("▲1．汽车", "triangle"),
        ("▲▲汽车", "triangle"),
        ("——加快", "dash"),
        ("--加快", "dash"),
        ("---加快", "dash"),
        ("－加快", "dash"),
        ("—加快", "dash"),
        ("加快发展", None),
        ("3.5万吨", None),
        ("2011年", None),
        ("一是加快", None),
        ("-5度", None),
        ("100、甲", None),
        ("附近的园区", None),
        ("", None),
    ],
)
def test_numbering_styles(text: str, style: str | None) -> None:
    assert style_of(text) == style


@pytest.mark.parametrize(
    ("text", "style", "title"),
    [
        ("第一章　总则", "chapter", "总则"),
        ("第二节 布局", "article", "布局"),
        ("一、指导思想", "han", "指导思想"),
        ("（二）目标。", "han-bracket", "目标"),
        ("（一）钢铁产业（3项）", "han-bracket", "钢铁产业"),
        ("3．任务：", "arabic", "任务"),
        ("（4）园区", "arabic-bracket", "园区"),
        ("⑤机器人。", "circled", "机器人"),
        ("——电站成套设备", "dash", "电站成套设备"),
        ("专栏6其他项目", "box", "其他项目"),
        ("图3-1 工业体系", "figure", "工业体系"),
    ],
)
def test_heading_of_its_own(text: str, style: str, title: str) -> None:
    p, below = read(f"{text}\n发展这，发展那。")
    (heading,) = p.section
    assert (p.kind, p.body) == ("heading", "")
    assert (heading.style, heading.title) == (style, title)
    assert text[heading.start : heading.end] == title
    assert below.section == (heading,)


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("1.目标。到2020年翻番。", "目标", "到2020年翻番。"),
        ("（一）布局：建设园区。", "布局", "建设园区。"),
        ("①机器人。重点发展整机。", "机器人", "重点发展整机。"),
        ("--重点园区。推进建设。", "重点园区", "推进建设。"),
        ("一、布局。 建设园区。", "布局", "建设园区。"),
        ("乳制品。重点发展奶粉。", "乳制品", "重点发展奶粉。"),
        ("汽车零部件：加快建设。", "汽车零部件", "加快建设。"),
    ],
)
def test_run_in_heading(text: str, title: str, body: str) -> None:
    (p,) = read(text)
    assert (p.kind, p.path, p.body) == ("body", (title,), body)


def test_mark_before_a_number_only_adorns_it() -> None:
    assert outline("■ 第一篇　总则\n◆ 一、目标\n翻番，再翻番。\n■ 第二篇　布局\n在甲，在乙。") == [
        ("heading", ("总则",), ""),
        ("heading", ("总则", "目标"), ""),
        ("body", ("总则", "目标"), "翻番，再翻番。"),
        ("heading", ("布局",), ""),
        ("body", ("布局",), "在甲，在乙。"),
    ]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("【重点城市】甲、乙。", "重点城市", "甲、乙。"),
        ("【重点城市】 甲、乙。", "重点城市", "甲、乙。"),
        ("【重点城市】：甲、乙。", "重点城市", "甲、乙。"),
        ("[重点城市]甲、乙。", "重点城市", "甲、乙。"),
        ("〔重点城市〕甲、乙。", "重点城市", "甲、乙。"),
    ],
)
def test_heading_in_brackets(text: str, title: str, body: str) -> None:
    (p,) = read(text)
    assert (p.kind, p.path, p.body) == ("body", (title,), body)
    assert text[p.section[0].start : p.section[0].end] == title


@pytest.mark.parametrize(
    "text", ["〔2012〕15号文件", "[1]甲，乙", "【甲】乙", "【字体：大 中 小】", "【甲乙，丙丁】戊"]
)
def test_brackets_that_are_no_heading(text: str) -> None:
    (p,) = read(text)
    assert (p.kind, p.path, p.body) == ("body", (), text)


def test_headings_in_brackets_are_siblings() -> None:
    text = "一、甲类\n【城市】子、丑\n【项目】\n·寅；\n·卯。\n二、乙类\n辰，巳。"
    assert outline(text) == [
        ("heading", ("甲类",), ""),
        ("body", ("甲类", "城市"), "子、丑"),
        ("heading", ("甲类", "项目"), ""),
        ("item", ("甲类", "项目", ""), "寅；"),
        ("body", ("甲类", "项目"), "卯。"),
        ("heading", ("乙类",), ""),
        ("body", ("乙类",), "辰，巳。"),
    ]


def test_last_line_of_a_list_is_no_heading() -> None:
    text = "一、甲类\n重点项目：\n子厂扩建；\n丑厂扩建；\n寅厂扩建。"
    assert outline(text)[2:] == [
        ("body", ("甲类", "重点项目"), "子厂扩建；"),
        ("body", ("甲类", "重点项目"), "丑厂扩建；"),
        ("body", ("甲类", "重点项目"), "寅厂扩建。"),
    ]


def test_long_first_sentence_is_no_run_in_heading() -> None:
    sentence = "坚持" + "把对接国家战略" * 7 + "。"
    (p,) = read(f"--{sentence}其次。")
    assert (p.kind, p.path) == ("body", ("",))
    assert p.body == f"{sentence}其次。"


@pytest.mark.parametrize(
    "text",
    [
        "到2020年。全省翻番。",
        "从国际看：形势复杂。",
        "力争三年。翻番。",
        "建设园区，发展产业。其次。",
        "“十五”期间。增长。",
        "甲。乙。",  # a single character is no title
        "没有停顿的一句话",
    ],
)
def test_sentence_is_no_title_without_number(text: str) -> None:
    (p,) = read(text)
    assert (p.kind, p.path, p.body) == ("body", (), text)


@pytest.mark.parametrize("text", ["建设哈尔滨石墨产业园。", "在鸡西发展石墨产业。"])
def test_short_sentence_on_its_own_line_is_a_sentence(text: str) -> None:
    """As a heading it would never be read for parks and places."""
    assert [s.text for s in document_of(f"一、布局\n{text}\n再，建设。").sentences] == [
        text,
        "再，建设。",
    ]


def test_unnumbered_title_on_its_own_line_holds_what_follows() -> None:
    assert outline("（1）重点。\n农机装备。\n①动力机械。发展甲。\n②收获机械。发展乙。") == [
        ("heading", ("重点",), ""),
        ("heading", ("重点", "农机装备"), ""),
        ("body", ("重点", "农机装备", "动力机械"), "发展甲。"),
        ("body", ("重点", "农机装备", "收获机械"), "发展乙。"),
    ]


def test_run_in_title_without_number_holds_only_itself() -> None:
    assert outline("1.甲类\n乳制品。发展甲。\n另外，建设乙园区。") == [
        ("heading", ("甲类",), ""),
        ("body", ("甲类", "乳制品"), "发展甲。"),
        ("body", ("甲类",), "另外，建设乙园区。"),
    ]


def test_run_in_title_closes_the_plain_title_before_it() -> None:
    assert outline("一、甲\n推进措施：\n第一，努力。\n发展目标：翻番。")[-1] == (
        "body",
        ("甲", "发展目标"),
        "翻番。",
    )


def test_open_style_closes_all_below_it_and_a_new_one_opens_a_level() -> None:
    assert heads(
        "一、甲类",
        "（一）乙类",
        "1.丙类",
        "（1）丁类",
        "2.戊类",
        "（二）己类",
        "二、庚类",
        "1.辛类",
    ) == [
        ("甲类",),
        ("甲类", "乙类"),
        ("甲类", "乙类", "丙类"),
        ("甲类", "乙类", "丙类", "丁类"),
        ("甲类", "乙类", "戊类"),
        ("甲类", "己类"),
        ("庚类",),
        ("庚类", "辛类"),
    ]


def test_depth_is_not_tied_to_a_style() -> None:
    assert heads("1.甲类", "一、乙类", "（1）丙类", "2.丁类") == [
        ("甲类",),
        ("甲类", "乙类"),
        ("甲类", "乙类", "丙类"),
        ("丁类",),
    ]


def test_part_closes_everything() -> None:
    assert heads("第一章　甲类", "一、乙类", "第二篇　丙类", "第一章　丁类") == [
        ("甲类",),
        ("甲类", "乙类"),
        ("丙类",),
        ("丙类", "丁类"),
    ]


def test_numbered_line_that_heads_nothing_is_text() -> None:
    assert outline("一、布局\n1.在鸡西、鹤岗发展石墨产业。\n2.在大庆发展石化产业。") == [
        ("heading", ("布局",), ""),
        ("body", ("布局",), "在鸡西、鹤岗发展石墨产业。"),
        ("body", ("布局",), "在大庆发展石化产业。"),
    ]


# --- annexes, boxes, tables, broken lines --------------------------------------------------------


@pytest.mark.parametrize("marker", ["附件1", "附件：", "附件2：", "附表1"])
def test_title_of_an_annex_may_stand_on_the_next_line(marker: str) -> None:
    assert outline(f"一、甲\n{marker}\n\n　　任务分工表\n1\t甲\t乙") == [
        ("heading", ("甲",), ""),
        ("heading", ("",), ""),
        ("heading", ("任务分工表",), ""),
        ("row", ("任务分工表",), "1\t甲\t乙"),
    ]


def test_title_of_an_annex_on_its_own_line() -> None:
    assert outline("附件1：任务分工表\n正文。")[0] == ("heading", ("任务分工表",), "")


def test_rows_keep_their_cells() -> None:
    text = "附件1\n表\n\t一、甲\t\t\n2 \t　\t乙　　丙 \t丁"
    assert [(p.kind, p.text) for p in read(text)][2:] == [
        ("row", "\t一、甲\t\t"),
        ("row", "2 \t　\t乙　　丙 \t丁"),
    ]
    assert document_of(text).sentences == ()


def test_items_of_a_box() -> None:
    assert outline("专栏1重点项目\n▲汽车：甲、乙\n▲飞机：丙") == [
        ("heading", ("重点项目",), ""),
        ("item", ("重点项目", "汽车"), "甲、乙"),
        ("item", ("重点项目", "飞机"), "丙"),
    ]


def test_item_broken_in_mid_word_is_joined() -> None:
    text = "▲冶金：铝合金大\n规格管材、石墨电\n极、钢材项目\n▲建材：水泥"
    first, second = read(text)
    assert first.text == "▲冶金：铝合金大\n规格管材、石墨电\n极、钢材项目"
    assert (first.line, second.line) == (1, 4)
    assert text[first.start : first.end] == first.text


@pytest.mark.parametrize("end", "。；：")
def test_finished_item_is_not_joined(end: str) -> None:
    assert [p.line for p in read(f"▲冶金：铝合金{end}\n规格管材很多")] == [1, 2]


@pytest.mark.parametrize("following", ["二、下文", "▲建材：水泥", "（一）甲", "1\t甲"])
def test_item_is_not_joined_with_what_has_a_marker(following: str) -> None:
    assert [p.line for p in read(f"▲冶金：铝合金\n{following}")] == [1, 2]


def test_title_without_colon_is_known_from_a_section_before() -> None:
    text = "——山特产品\n食用菌。\n专栏2重点项目\n▲山特产品3万吨食用菌\n▲乳品：乙"
    item = read(text)[3]
    assert item.path[-1] == "山特产品"
    assert item.body == "3万吨食用菌"


def test_unknown_title_without_colon_is_left_in_the_body() -> None:
    (item,) = read("▲山特产品3万吨食用菌")
    assert (item.kind, item.path, item.body) == ("item", ("",), "山特产品3万吨食用菌")


def test_several_paragraphs_on_a_line() -> None:
    text = "指标： 　　——甲达到10%。 　　——乙达到20%。\n四、重点 　　（一）任务"
    assert [(p.line, p.text) for p in read(text)] == [
        (1, "指标："),
        (1, "——甲达到10%。"),
        (1, "——乙达到20%。"),
        (2, "四、重点"),
        (2, "（一）任务"),
    ]


def test_one_wide_space_in_a_line_is_no_break() -> None:
    (p,) = read("第一章　总则")
    assert p.path == ("总则",)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_byte_order_mark_and_line_ends_do_not_shift_offsets(newline: str, mark: str) -> None:
    text = (
        mark
        + newline.join(["　　一、甲", "", "在乙，建设。", "1\t丙", "▲丁：戊", "己、庚"])
        + newline
    )
    document = document_of(text)
    assert [(p.line, p.kind, p.path) for p in document.paragraphs] == [
        (1, "heading", ("甲",)),
        (3, "body", ("甲",)),
        (4, "row", ("甲",)),
        (5, "item", ("甲", "丁")),
    ]
    assert [p.text for p in document.paragraphs] == [
        "一、甲",
        "在乙，建设。",
        "1\t丙",
        f"▲丁：戊{newline}己、庚",
    ]
    assert document.source == text
    assert all(text[p.start : p.end] == p.text for p in document.paragraphs)


@pytest.mark.parametrize("text", ["", "\n\n", "　　 \t\n", "\ufeff"])
def test_blank_text_has_no_paragraphs(text: str) -> None:
    assert read(text) == ()


def test_half_width_punctuation_is_read_like_full_width_at_the_same_offsets() -> None:
    source = "1.目标:建设甲(乙;丙),发展丁;建设戊."
    document = document_of(source)
    (p,) = document.paragraphs
    assert document.source == source
    assert document.text == "1.目标：建设甲（乙；丙），发展丁；建设戊。"
    assert p.path == ("目标",)
    assert [source[s.start : s.end] for s in document.sentences] == [
        "建设甲(乙;丙),发展丁;",
        "建设戊.",
    ]


# --- sentences and lines -------------------------------------------------------------------------


def sentences(text: str) -> list[str]:
    return [s.text for s in document_of(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建设甲，建设乙。发展丙！好吗？", ["建设甲，建设乙。", "发展丙！", "好吗？"]),
        ("建设甲园区；发展乙产业。", ["建设甲园区；", "发展乙产业。"]),
        ("建设园区（甲；乙），发展。", ["建设园区（甲；乙），发展。"]),
        ("先，建设（甲。乙）园区。", ["先，建设（甲。", "乙）园区。"]),
        ("建设甲园区，没有句号", ["建设甲园区，没有句号"]),
        ("乳制品。 发展甲。 发展乙。", ["发展甲。", "发展乙。"]),
        ("一、甲", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_bracket_that_never_closes_ends_with_the_sentence() -> None:
    assert sentences("先，建设（甲园区。发展乙；发展丙。") == [
        "先，建设（甲园区。",
        "发展乙；",
        "发展丙。",
    ]


def test_line_of_an_offset() -> None:
    document = document_of("甲\n乙丙\n\n丁")
    assert [document.line_of(offset) for offset in range(len(document.text) + 1)] == [
        *(1, 1),
        *(2, 2, 2),
        3,
        *(4, 4),
    ]


# --- properties ----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *("\n", "\r\n", "\t", "　　", " 　　", " ", "。", "：", "；", "、", "，", "（", "）", "“"),
        *("一、", "（二）", "1.", "2．", "（3）", "①", "▲", "——", "--", "第一章　", "第二篇 "),
        *(
            "附件1",
            "附件：",
            "专栏1",
            "图3-1 ",
            "甲",
            "乙园区",
            "发展丙产业",
            "到2020年",
            "3.5万吨",
        ),
        *("\ufeff", "\u00a0", "\u200b"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=30).map("".join)


@settings(deadline=None)
@given(TEXTS)
def test_offsets_hold_for_any_text(source: str) -> None:
    document = document_of(source)
    text = document.text
    assert document.source == source
    assert len(text) == len(source)
    end = 0
    for p in document.paragraphs:
        assert text[p.start : p.end] == p.text
        assert end <= p.start <= p.body_start <= p.end
        assert p.line == document.line_of(p.start)
        for heading in p.section:
            assert text[heading.start : heading.end] == heading.title
        for sentence in sentences_of(p):
            assert text[sentence.start : sentence.end] == sentence.text
        end = p.end


@settings(deadline=None)
@given(TEXTS)
def test_no_text_is_lost(source: str) -> None:
    document = document_of(source)
    blanks = dict.fromkeys(map(ord, " \t\r\n　\ufeff\u00a0\u200b"))
    kept = "".join(p.text for p in document.paragraphs)
    assert kept.translate(blanks) == document.text.translate(blanks)


# --- what is refused -----------------------------------------------------------------------------


def library_in(folder: Path, table: str = TABLE, text: str | bytes = "一、甲\n") -> Path:
    (folder / "plans.toml").write_text(table, encoding="utf-8")
    data = text.encode() if isinstance(text, str) else text
    (folder / "a.txt").write_bytes(data)
    return folder


def test_plan_with_the_least_that_it_needs(tmp_path: Path) -> None:
    (document,) = read_library(library_in(tmp_path)).documents
    assert document.plan == PLAN
    assert document.plan.period == "2011-2013"
    assert document.plan.year == 2011
    assert document.text == "一、甲\n"


def test_optional_facts_are_read(tmp_path: Path) -> None:
    extra = """
title_en = "Plan A"
issuer = "甲办"
issuer_en = "Office A"
number = "甲发〔2011〕1号"
published = 2010-12-31
subjects = ["equipment", "materials"]
scope_note = "甲"
scope_note_en = "A"
missing = ["附件"]
"""
    (document,) = read_library(library_in(tmp_path, TABLE + extra)).documents
    plan = document.plan
    assert (plan.title_en, plan.issuer, plan.issuer_en) == ("Plan A", "甲办", "Office A")
    assert (plan.number, plan.published, plan.year) == (
        "甲发〔2011〕1号",
        date(2010, 12, 31),
        2010,
    )
    assert (plan.subjects, plan.missing) == (("equipment", "materials"), ("附件",))


def test_all_subjects_are_an_empty_tuple(tmp_path: Path) -> None:
    (document,) = read_library(library_in(tmp_path, TABLE + 'subjects = ["all"]\n')).documents
    assert document.plan.subjects == ()


@pytest.mark.parametrize("key", ["id", "file", "title", "period_start", "period_end", "region"])
def test_missing_key(key: str, tmp_path: Path) -> None:
    table = "\n".join(line for line in TABLE.splitlines() if not line.startswith(f"{key} ="))
    with pytest.raises(PlanError, match=rf"plans\.toml: plan '.*' has no {key}; add it"):
        read_library(library_in(tmp_path, table))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("period_end = 2013", "period_end = 2010", "period 2011-2010; write two years"),
        ("period_start = 2011", 'period_start = "2011"', "write two years"),
        ("period_start = 2011", "period_start = 11", "period 11-2013"),
        ("period_end = 2013", "period_end = 20130", "write two years"),
        ("period_start = 2011", "period_start = 2011.5", "write two years"),
        ('region = "230000"', 'region = "黑龙江"', "region '黑龙江'; write six digits"),
        ('region = "230000"', 'region = "2300"', "write six digits"),
        ('region = "230000"', "region = 230000", "write six digits"),
        ('region = "230000"', 'region = "２３００００"', "write six digits"),
        ('region = "230000"', 'region = "230000"\ncolour = "red"', "unknown key 'colour'"),
        ('region = "230000"', 'region = "230000"\nSubjects = []', "unknown key 'Subjects'"),
    ],
)
def test_wrong_value(old: str, new: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="a-2011") as caught:
        read_library(library_in(tmp_path, TABLE.replace(old, new)))
    assert message in str(caught.value)
    assert "plans.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('region = "230000"', 'region = "230000"\npublished = "2011-05-21"'),
        ('region = "230000"', 'region = "230000"\nsubjects = "all"'),
        ('file = "a.txt"', "file = 1"),
        ('title = "甲规划"', "title = 1"),
        ('id = "a-2011"', "id = 1"),
    ],
)
def test_value_of_the_wrong_type(old: str, new: str, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"plans\.toml"):
        read_library(library_in(tmp_path, TABLE.replace(old, new)))


def test_id_that_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="plan id 'a-2011' stands twice"):
        read_library(library_in(tmp_path, TABLE + TABLE))


def test_folder_without_a_table(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"plans\.toml: not found"):
        read_library(tmp_path)


@pytest.mark.parametrize("table", ["", "# nothing\n", 'title = "甲"\n'])
def test_table_without_a_plan(table: str, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"no \[\[plan\]\] table"):
        read_library(library_in(tmp_path, table))


def test_table_that_is_no_toml(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="line 1"):
        read_library(library_in(tmp_path, "[[plan]\n"))


def test_table_that_is_not_utf8(tmp_path: Path) -> None:
    library_in(tmp_path)
    (tmp_path / "plans.toml").write_bytes("title = '甲'".encode("gb18030"))
    with pytest.raises(PlanError, match="not UTF-8 at byte 9"):
        read_library(tmp_path)


def test_missing_text(tmp_path: Path) -> None:
    library_in(tmp_path)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(PlanError, match=r"a\.txt: not found; put the plan's text there"):
        read_library(tmp_path)


def test_text_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    data = "一、甲\n二、乙\n".encode() + "三、丙\n".encode("gb18030")
    with pytest.raises(PlanError, match=r"a\.txt, line 3: not UTF-8; convert it"):
        read_library(library_in(tmp_path, text=data))


@pytest.mark.parametrize("text", ["", " \n　\t\n"])
def test_empty_text(text: str, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"a\.txt: is empty"):
        read_library(library_in(tmp_path, text=text))


def test_text_is_read_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff一、甲\r\n乙\r丙\n".encode())
    assert read_text(path) == "\ufeff一、甲\r\n乙\r丙\n"


def test_errors_are_of_the_package_and_familiar() -> None:
    assert issubclass(PlanError, LayersError)
    assert issubclass(PlanError, ValueError)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_line_end_is_one(end: str) -> None:
    text = end.join(["一、工业", "发展钢铁。", "", "二、农业", "发展水稻。"])
    document = document_of(text)
    assert [(p.line, p.path, p.text) for p in document.paragraphs] == [
        (1, ("工业",), "一、工业"),
        (2, ("工业",), "发展钢铁。"),
        (4, ("农业",), "二、农业"),
        (5, ("农业",), "发展水稻。"),
    ]
    assert [document.line_of(p.start) for p in document.paragraphs] == [1, 2, 4, 5]
    assert [text[p.start : p.end] for p in document.paragraphs][1] == "发展钢铁。"


def test_full_width_digits_are_read_and_quoted_as_they_stand() -> None:
    document = document_of("１．到２０１５年\n增长１２．５％。")
    assert [(p.path, p.text) for p in document.paragraphs] == [
        (("到2015年",), "1．到2015年"),
        (("到2015年",), "增长12.5％。"),
    ]
    second = document.paragraphs[1]
    assert document.source[second.start : second.end] == "增长１２．５％。"


@pytest.mark.parametrize("control", ["\x00", "\x0b", "\x1b"])
def test_control_characters_are_refused(control: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"甲\r\n乙\r丙{control}丁\n".encode())
    with pytest.raises(
        PlanError, match=rf"a\.txt, line 3: holds .* U\+{ord(control):04X}; remove it"
    ):
        read_text(path)


def test_a_form_feed_is_no_control_character(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("甲\f乙\n".encode())
    assert read_text(path) == "甲\f乙\n"
