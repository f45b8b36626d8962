"""Half-width punctuation between Chinese, exchanged one for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.punctuation import widen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲,乙", "甲，乙"),
        ("甲;乙", "甲；乙"),
        ("甲:乙", "甲：乙"),
        ("目标:\n", "目标：\n"),
        ("甲(乙)", "甲（乙）"),
        ("甲.乙", "甲。乙"),
        ("甲.", "甲。"),
        ("增长5%.", "增长5%."),
        ("甲?乙!", "甲？乙！"),
        ('"甲"', "“甲”"),
        ('"甲"和"乙"', "“甲”和“乙”"),
        # numbers and Latin text keep theirs
        ("5,000件", "5,000件"),
        ("1,2件", "1，2件"),
        ("2.5万吨", "2.5万吨"),
        ("Node.js", "Node.js"),
        ("http://a.b", "http://a.b"),
        ("10:30", "10:30"),
        ("２０１５年增长１２．５％，表５，１．重点", "2015年增长12.5％，表5，1．重点"),
        ("ＧＤＰ占１，２００", "ＧＤＰ占1，200"),
        # a quotation mark without its other half
        ('长12"管', '长12"管'),
        ("已是，全角。", "已是，全角。"),
        ("", ""),
    ],
)
def test_widen(text: str, expected: str) -> None:
    assert widen(text) == expected


SIGNS = st.text(alphabet=st.sampled_from('甲乙丙A1１．,.;:()!?"“”（），。 \n'), max_size=60)


@given(SIGNS)
def test_every_character_keeps_its_place(text: str) -> None:
    wide = widen(text)
    assert len(wide) == len(text)
    for before, after in zip(text, wide, strict=True):
        assert before == after or before in ',.;:()!?"１．'


@given(SIGNS)
def test_nothing_full_width_is_made_half_width(text: str) -> None:
    assert not [a for b, a in zip(text, widen(text), strict=True) if b in "（），。“”" and a != b]
