"""What a plan says of itself: title, period and region."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.description import describe_plan
from layers.errors import PlanError
from layers.plans import Plan, read_library, read_text

UNSEEN = Path(__file__).parent / "unseen"
SEEDS = Path(__file__).parents[2] / "seeds"
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
        (
            "湖南省工业规划\n一、“十五”发展回顾\n“十五”期间，工业加快。“十一五”时期要再加快。",
            (2006, 2010),
        ),
        ("湖南省工业规划\n2006年至2010年，工业加快。规划期限为2013年到2017年。", (2013, 2017)),
        ("湖南省项目建设活动方案\n从2011年起，连续3年推进项目。", (2011, 2013)),
        ("湖南省工业规划\n（二○○六—二○一○年）", (2006, 2010)),
        ("湖南省“十三五”规划\n“十二五”期间工业加快，展望“十四五”。", (2016, 2020)),
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
        ("湖南省工业规划\n株洲、株洲、株洲、湘潭、湘潭。", "430000"),
        ("岳麓区“十二五”工业规划\n长沙市、长沙市。", "430104"),
        ("为加快工业发展\n株洲、湘潭、衡阳、衡阳要加快。", "430000"),
        ("为加快工业发展\n株洲要加快，株洲市各区要加快。", "430200"),
    ],
)
def test_the_region_that_a_text_says(text: str, region: str) -> None:
    assert describe_plan(text, FILE, period="2011-2015").region == region


@pytest.mark.parametrize(
    ("name", "period", "region"),
    [
        ("hefei-2011", "2011-2015", "340100"),
        ("shandong-2018", "2018-2022", "370000"),
        ("gansu-2009", "2009-2012", "620000"),
        ("guangxi-2016", "2016-2020", "450000"),
        ("henan-2010", "2010-2012", "410000"),
        ("hunan-2008", "2008-2012", "430000"),
        ("jiangsu-2021", "2021-2025", "320000"),
        ("sichuan-2013", "2013-2017", "510000"),
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
        (
            "各市人民政府：\n《湖南省产业方案》已经省政府同意。\n附件\n湖南省产业方案",
            "湖南省产业方案",
        ),
        ("湖南省“十二五”\n工业发展规划\n正文", "湖南省“十二五”工业发展规划"),
        ("湖南省规划（2016—2020年）\n正文", "湖南省规划（2016—2020年）"),
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


@pytest.mark.parametrize(
    "plan", [d.plan for d in read_library(SEEDS).documents], ids=lambda plan: plan.id
)
def test_the_seeds_say_what_the_library_says_of_them(plan: Plan) -> None:
    file = SEEDS / plan.file
    described = describe_plan(read_text(file), file)
    assert (described.period, described.region) == (plan.period, plan.region)
