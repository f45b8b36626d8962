"""A plan that is not in the library: its period and region, and its features in one frame."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers import schema
from layers.document import describe_plan, extract_document
from layers.errors import PlanError
from layers.plans import Plan, read_text

UNSEEN = Path(__file__).parent / "unseen"
FILE = Path("folder/My Plan_2.txt")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("湖南省工业振兴规划\n（2008—2012年）", (2008, 2012)),
        ("湖南省工业振兴规划(2008-2012)", (2008, 2012)),
        ("湖南省规划\n2011至2015年", (2011, 2015)),
        ("湖南省“十五”工业发展规划", (2001, 2005)),
        ("湖南省“十一五”工业发展规划", (2006, 2010)),
        ("湖南省“十二五”工业发展规划", (2011, 2015)),
        ("湖南省工业“十三五”时期发展规划", (2016, 2020)),
        ("湖南省十四五工业规划", (2021, 2025)),
        ("湖南省“十五五”规划", (2026, 2030)),
        # years in figures are said more exactly than by a name
        ("湖南省“十二五”规划实施方案（2012-2014年）", (2012, 2014)),
        ("长沙市工业三年行动计划\n2018年5月", (2018, 2020)),
        ("湖南省五年规划\n2012年3月", (2012, 2016)),
        # a range backwards is none
        ("湖南省“十二五”规划\n2015-2011年", (2011, 2015)),
    ],
)
def test_the_period_that_a_text_says(text: str, period: tuple[int, int]) -> None:
    plan = describe_plan(text, FILE, region="430000")
    assert (plan.period_start, plan.period_end) == period


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("湖南省“十二五”工业发展规划", "430000"),
        ("长沙市“十二五”工业发展规划", "430100"),
        ("湖南省“十二五”规划\n长沙是湖南省会，湖南中部。", "430000"),
        ("合肥市规划\n合肥要发展，巢湖市要发展。", "340100"),
    ],
)
def test_the_region_that_a_text_says(text: str, region: str) -> None:
    assert describe_plan(text, FILE, period="2011-2015").region == region


@pytest.mark.parametrize(
    ("name", "period", "region"),
    [
        ("hefei-2011", "2011-2015", "340100"),
        ("shandong-2018", "2018-2022", "370000"),
    ],
)
def test_plans_that_say_both(name: str, period: str, region: str) -> None:
    file = UNSEEN / f"{name}.txt"
    plan = describe_plan(read_text(file), file)
    assert (plan.period, plan.region, plan.id, plan.file) == (period, region, name, f"{name}.txt")


def test_what_is_given_counts_more_than_what_the_text_says() -> None:
    text = "湖南省“十二五”工业发展规划"
    plan = describe_plan(text, FILE, period="2026-2030", region="430181")
    assert (plan.period, plan.region) == ("2026-2030", "430181")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("湘政发〔2011〕3号\n\n　　湖南省工业发展规划\n正文", "湖南省工业发展规划"),
        ("湖南省关于加快发展的实施意见\n正文", "湖南省关于加快发展的实施意见"),
        ("没有名称的文本", "My Plan_2"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert describe_plan(text, FILE, period="2011-2015", region="430000").title == title


@pytest.mark.parametrize(
    ("file", "plan_id"),
    [
        ("My Plan_2.txt", "my-plan-2"),
        ("规划.txt", "plan"),
        ("湖南-2008.txt", "2008"),
        ("a.b.txt", "a-b"),
    ],
)
def test_the_id_comes_from_the_files_name(file: str, plan_id: str) -> None:
    plan = describe_plan("规划", Path(file), period="2011-2015", region="430000")
    assert (plan.id, plan.file) == (plan_id, file)


@pytest.mark.parametrize("period", ["", "2011", "2015-2011", "2011-15", "2011—2015", "0-1", "x"])
def test_a_period_that_is_given_wrong(period: str) -> None:
    with pytest.raises(PlanError) as error:
        describe_plan("规划", FILE, period=period, region="430000")
    assert str(error.value) == f"period: {period!r} is not FIRST-LAST; write it as 2026-2030"


@pytest.mark.parametrize("region", ["", "43", "999999", "湖南省"])
def test_a_region_that_is_given_wrong(region: str) -> None:
    with pytest.raises(PlanError) as error:
        describe_plan("规划", FILE, period="2011-2015", region=region)
    assert str(error.value).startswith("region: ")
    assert str(error.value).endswith("; give today's six-digit code")
    assert repr(region) in str(error.value)


def test_a_text_that_does_not_say_its_period() -> None:
    with pytest.raises(PlanError) as error:
        describe_plan("湖南省工业规划", FILE)
    assert str(error.value) == f"{FILE}: does not say its period; give it with --period FIRST-LAST"


def test_a_text_that_does_not_say_its_region() -> None:
    with pytest.raises(PlanError) as error:
        describe_plan("工业规划2011-2015", FILE)
    assert str(error.value) == f"{FILE}: does not say its region; give it with --region ADCODE"


# -- features -----------------------------------------------------------------------------

PLAN = Plan(
    id="test", file="test.txt", title="test", period_start=2011, period_end=2015, region="430000"
)


def test_the_features_of_a_document_in_the_order_of_the_layers() -> None:
    text = (
        "一、新材料\n（一）重点项目\n加快株洲硬质合金刀具、衡阳市特高压变压器等重点项目。\n"
        "（二）重点园区\n推进建设长沙新材料产业园。\n支持益阳市资阳区发展船舶制造。\n"
    )
    frame = extract_document(PLAN, text)
    order = list(dict.fromkeys(frame["layer"]))
    assert order == [layer for layer in schema.FEATURE_LAYERS if layer in order]
    assert set(order) == {"parks", "projects", "focus"}
    assert frame.crs.to_epsg() == 4326
    assert frame["id"].is_unique
    tool = frame[frame["name"] == "株洲硬质合金刀具"].iloc[0]
    assert (tool["layer"], tool["places"], tool["plan"]) == ("projects", ("430200",), "test")
    assert tool.geometry.geom_type == "Point"
    assert 112.5 < tool.geometry.x < 114.5
    assert 26.0 < tool.geometry.y < 28.5
    ships = frame[frame["layer"] == "focus"].iloc[0]
    assert ships.geometry.geom_type in ("Polygon", "MultiPolygon")


def test_a_text_without_features_is_an_empty_frame_with_columns() -> None:
    frame = extract_document(PLAN, "为做好工作，制定本规划。\n")
    assert len(frame) == 0
    assert {"id", "layer", "name", "quote", "geometry"} <= set(frame.columns)
    assert frame.crs.to_epsg() == 4326
