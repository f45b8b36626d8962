"""From offsets to sentences and marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webmap.evidence import Span, mark_segments, sentence_around

TEXT = "一、目标。建设哈尔滨农机产业园和若干配套的物流设施，推进贝特瑞项目；其他。\n　　下一段"


@pytest.mark.parametrize(
    ("quote", "before", "after"),
    [
        ("贝特瑞项目", "建设哈尔滨农机产业园和若干配套的物流设施，推进", "；"),
        ("建设", "", "哈尔滨农机产业园和若干配套的物流设施，推进贝特瑞项目；"),
        ("其他", "", "。"),
        ("目标", "一、", "。建设哈尔滨农机产业园和若干配套的物流设施，推进贝特瑞项目；"),
        ("下一段", "", ""),
    ],
)
def test_the_sentence_of_a_quote(quote: str, before: str, after: str) -> None:
    start = TEXT.index(quote)
    excerpt = sentence_around(TEXT, start, start + len(quote))

    assert (excerpt.before, excerpt.quote, excerpt.after) == (before, quote, after)
    assert (excerpt.cut_before, excerpt.cut_after) == (False, False)


def test_a_heading_takes_the_paragraph_below_but_a_line_of_a_table_does_not() -> None:
    text = "（三）石墨产业集群。\n　　依托鸡西的资源，建设深加工基地。其后。\n石墨联盟\n医药联盟\n"
    start = text.index("石墨产业集群")
    heading = sentence_around(text, start, start + 6)
    start = text.index("石墨联盟")
    row = sentence_around(text, start, start + 4)

    assert heading.before == "（三）"
    assert heading.after == "。\n　　依托鸡西的资源，建设深加工基地。"
    assert (row.before, row.after) == ("", "")


def test_a_long_list_is_cut_at_its_commas() -> None:
    text = "、".join(f"项目{number}" for number in range(100)) + "。"
    start = text.index("项目50")
    excerpt = sentence_around(text, start, start + 4, reach=12)

    assert excerpt.before == "项目48、项目49、"
    assert excerpt.after == "、项目51、项目52、"
    assert (excerpt.cut_before, excerpt.cut_after) == (True, True)


@given(st.text("甲乙，、。；\n　", max_size=60), st.data())
def test_an_excerpt_stands_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reach = data.draw(st.integers(1, 20))
    excerpt = sentence_around(text, start, end, reach=reach)

    assert excerpt.quote == text[start:end]
    assert text[:start].endswith(excerpt.before)
    assert text[end:].startswith(excerpt.after)
    assert len(excerpt.before) <= reach
    assert len(excerpt.after) <= reach + 1


def test_marks_nest_and_overlap() -> None:
    spans = [Span(12, 18, "outer"), Span(14, 16, "inner"), Span(17, 20, "other")]
    segments = list(mark_segments("零一二三四五六七八九", 10, spans))

    assert [(s.text, s.ids, s.starts) for s in segments] == [
        ("零一", (), ()),
        ("二三", ("outer",), ("outer",)),
        ("四五", ("inner", "outer"), ("inner",)),
        ("六", ("outer",), ()),
        ("七", ("other", "outer"), ("other",)),
        ("八九", ("other",), ()),
    ]


def test_a_mark_over_two_lines_is_cut_at_the_line() -> None:
    [one] = mark_segments("甲乙", 0, [Span(0, 5, "a")])
    [two] = mark_segments("丙丁", 3, [Span(0, 5, "a")])

    assert (one.text, one.ids, two.text, two.ids) == ("甲乙", ("a",), "丙丁", ("a",))


@given(
    st.text("甲乙丙", min_size=1, max_size=20),
    st.integers(0, 50),
    st.lists(st.tuples(st.integers(0, 70), st.integers(1, 20)), max_size=8),
)
def test_segments_add_up_to_the_text(text: str, offset: int, raw: list[tuple[int, int]]) -> None:
    spans = [Span(start, start + size, f"s{n}") for n, (start, size) in enumerate(raw)]
    segments = list(mark_segments(text, offset, spans))

    assert "".join(segment.text for segment in segments) == text
    position = offset
    for segment in segments:
        for span in spans:
            covers = span.start <= position < span.end
            assert (span.id in segment.ids) == covers
        position += len(segment.text)


def test_issues_are_marked_apart_from_features() -> None:
    spans = [Span(0, 4, "a"), Span(2, 6, "issue-1", is_issue=True)]
    segments = list(mark_segments("一二三四五六七", 0, spans))

    assert [(s.text, s.ids, s.starts, s.issues) for s in segments] == [
        ("一二", ("a",), ("a",), ()),
        ("三四", ("a",), (), ("issue-1",)),
        ("五六", (), (), ("issue-1",)),
        ("七", (), (), ()),
    ]
