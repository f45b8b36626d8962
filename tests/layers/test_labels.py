"""The industry of an item: the label of its heading in the plan's words, or its own words."""

from __future__ import annotations

import pytest

from layers.extraction.labels import UNLABELLED, Label, heading_label, label_for, label_in
from layers.extraction.tools import Reading, read_tools
from layers.plans import Document, Plan


def reading_of(text: str) -> Reading:
    plan = Plan(
        id="test",
        file="test.txt",
        title="test",
        period_start=2011,
        period_end=2015,
        region="230000",
    )
    return Reading(Document(plan, text), read_tools())


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("新材料", "新材料"),
        ("食品工业", "食品工业"),
        ("电站成套设备", "电站成套设备"),
        # words of doing before it, generic words behind it
        ("加快发展新材料产业", "新材料产业"),
        ("大力发展煤化工", "煤化工"),
        ("推进机器人产业基地重点项目", "机器人"),
        ("培育壮大新能源汽车产业集群", "新能源汽车"),
        # places before it
        ("哈尔滨－大庆生物医药产业集群", "生物医药"),
        ("鸡西、鹤岗石墨新材料产业集群", "石墨新材料"),
        ("牡丹江轨道交通装备产业链", "轨道交通装备"),
        # no industry
        ("哈尔滨市", None),
        ("组织领导", None),
        ("指导思想", None),
        ("建设", None),
    ],
)
def test_the_label_in_a_title(title: str, label: str | None) -> None:
    reading = reading_of(f"前文。{title}")
    assert label_in(reading, 3, 3 + len(title)) == label


def test_a_heading_carries_its_label_wherever_it_stands() -> None:
    reading = reading_of("一、发展目标\n（一）哈尔滨机器人产业集群\n1.加快建设。发展某物。\n")
    section = reading.document.paragraphs[-1].section
    assert [heading_label(reading, heading) for heading in section] == [None, "机器人", None]


TEXT = "一、新材料\n（一）组织领导\n发展某物。\n（二）石墨产业\n发展某物。\n二、保障\n发展某物。\n"


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        # the innermost heading that is an industry, though others stand between
        (3, "某物", Label("新材料", ("materials",))),
        (5, "某物", Label("石墨产业", ("materials.graphite",))),
        # the words of the item make the label's code finer, not another
        (3, "石墨烯散热片", Label("新材料", ("materials.graphite",))),
        # without such a heading the words speak for themselves
        (7, "石墨烯散热片", Label(None, ("materials.graphite",))),
        (7, "某物", UNLABELLED),
    ],
)
def test_the_label_for_an_item(line: int, name: str, expected: Label) -> None:
    reading = reading_of(TEXT)
    paragraph = next(p for p in reading.document.paragraphs if p.line == line)
    assert label_for(reading, paragraph, name) == expected
