"""Lists in annex tables: which tables hold one, what their rows are, and where."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from layers.extraction import read_tools
from layers.extraction.annex_lists import cells_of, extract_alliances, extract_annex_lists
from layers.extraction.drafts import Draft
from layers.extraction.tools import Reading, Tools
from layers.model import Basis, Precision
from layers.plans import Document, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"


@lru_cache
def tools() -> Tools:
    return read_tools()


def reading_of(text: str, region: str) -> Reading:
    plan = Plan(
        id="made-up", file="x.txt", title="", period_start=2016, period_end=2020, region=region
    )
    return Reading(Document(plan, text), tools())


def drafts_of(text: str, region: str = "410000") -> list[Draft]:
    return list(extract_annex_lists(reading_of(text, region)))


@lru_cache
def seed(plan: str) -> Reading:
    document = next(d for d in read_library(SEEDS).documents if d.plan.id == plan)
    return Reading(document, tools())


@lru_cache
def seed_drafts(plan: str) -> tuple[Draft, ...]:
    return tuple(extract_annex_lists(seed(plan)))


PROJECTS = (
    "附件1\n重大项目表\n"
    "序号\t项目名称\t建设单位\t建设地点\t所属产业\t总投资（亿元）\t建设性质\n"
    "一、装备制造\t\t\t\t\t\t\n"
    "1\t大型铸锻件\t某重机有限公司\t洛阳市涧西区\t装备制造\t12.5\t新建\n"
    "2\t盾构机二期\t某隧道公司\t新乡市、郑州市\t\t30\t续建\n"
    "3\t肉鸭加工\t\t潢川县\t食品\t5.2\t扩建\n"
    "合 计\t\t\t\t\t47.7\t\n"
)


# --- tables with a head --------------------------------------------------------------------------


def test_a_head_row_says_what_each_cell_is() -> None:
    first = drafts_of(PROJECTS)[0]
    assert (first.layer, first.name) == ("projects", "大型铸锻件")
    assert first.more == {"enterprise": "某重机有限公司", "status": "新建"}
    assert first.location.places == ("410305",)
    assert (first.location.basis, first.location.precision) == (Basis.TEXT, Precision.COUNTY)
    assert first.label.text == "装备制造"
    assert all(code.startswith("equipment") for code in first.label.codes)


def test_groups_and_sums_are_no_rows() -> None:
    assert [draft.name for draft in drafts_of(PROJECTS)] == ["大型铸锻件", "盾构机二期", "肉鸭加工"]


def test_several_places_are_a_region() -> None:
    location = drafts_of(PROJECTS)[1].location
    assert set(location.places) == {"410700", "410100"}
    assert location.precision is Precision.REGION


def test_a_merged_industry_cell_holds_for_the_rows_below() -> None:
    assert [draft.label.text for draft in drafts_of(PROJECTS)] == ["装备制造", "装备制造", "食品"]


def test_the_quote_is_the_row_from_the_name_on() -> None:
    draft = drafts_of(PROJECTS)[2]
    assert PROJECTS[draft.quote_start : draft.quote_end] == "肉鸭加工\t\t潢川县\t食品\t5.2\t扩建"


def test_a_line_that_is_an_industrys_name_labels_what_follows() -> None:
    text = "附件\n重点项目表\n序号\t项目名称\t地点\n\t食品工业\t\n1\t速冻面米\t郑州市\n"
    assert drafts_of(text)[0].label.text == "食品工业"
    assert drafts_of(text)[0].label.codes == ("green-food",)


def test_a_table_of_parks_has_parks_with_their_level() -> None:
    text = (
        "附件2\n重点园区表\n"
        "序号\t园区名称\t所在地\t主导产业\t级别\n"
        "1\t长葛市产业集聚区\t长葛市\t装备制造\t省级\n"
        "2\t洛阳高新技术产业开发区\t洛阳市\t新材料\t国家级\n"
    )
    assert [(d.layer, d.name, d.location.places, d.more) for d in drafts_of(text)] == [
        ("parks", "长葛市产业集聚区", ("411082",), {"level": "provincial"}),
        ("parks", "洛阳高新技术产业开发区", ("410300",), {"level": "national"}),
    ]


def test_a_row_without_a_place_cell_is_where_its_name_says() -> None:
    text = "附件\n重点项目\n序号\t项目名称\n1\t潢川县肉鸭加工\n2\t某某系统\n"
    assert [draft.location.places for draft in drafts_of(text)] == [("411526",), ()]


@pytest.mark.parametrize(
    "text",
    [
        "附件\n任务分工表\n序号\t重点任务\t牵头单位\n1\t建设重点项目\t省发改委\n",
        "附件\n重点项目推进表\n序号\t项目名称\t责任单位\t完成时限\n1\t某某工程\t省发改委\t2017年\n",
        "附件\n重点研发方向\n序号\t领域\t研发方向\n1\t新材料\t高性能铝合金材料制备技术\n",
        "附件\n主要指标\n序号\t指标\t单位\t2020年\n1\t园区总产值\t亿元\t500\n",
        "附件\n企业名单\n序号\t企业名称\t地点\n1\t某某公司\t郑州市\n",
    ],
)
def test_tasks_directions_and_figures_are_no_lists(text: str) -> None:
    assert drafts_of(text) == []


# --- numbered rows -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "row", "layer"),
    [
        ("重点建设的创新平台", "某某检测服务平台", "projects"),
        ("重点工程", "某某示范工程", "projects"),
        ("省级产业园区", "许昌县发制品工业园", "parks"),
        ("产业技术创新联盟", "河南省乳业产业技术创新联盟", "alliances"),
    ],
)
def test_the_title_says_what_numbered_rows_are(title: str, row: str, layer: str) -> None:
    drafts = drafts_of(f"附件3\n{title}\n1\t{row}\n2\t{row}\n")
    assert [(draft.layer, draft.name) for draft in drafts] == [(layer, row), (layer, row)]


def test_numbered_rows_under_another_title_are_nothing() -> None:
    assert drafts_of("附件3\n企业名录\n1\t某某公司\n2\t某某厂\n") == []


def test_a_platform_is_its_regions_where_its_name_says_no_place() -> None:
    first, second = drafts_of("附件\n创新平台\n1\t知识产权平台\n2\t洛阳市检测平台\n")
    assert first.location.places == ("410000",)
    assert (first.location.basis, first.location.precision) == (Basis.CONTEXT, Precision.PROVINCE)
    assert second.location.places == ("410300",)
    assert second.location.basis is Basis.TEXT


def test_an_alliance_ends_before_its_bracket_which_says_the_level() -> None:
    draft = drafts_of("附件\n产业技术创新联盟\n1\t乳业产业技术创新战略联盟（国家）\n")[0]
    assert draft.name == "乳业产业技术创新战略联盟"
    assert draft.more == {"level": "national"}
    assert draft.label.codes == ("green-food.dairy",)


def test_cells_keep_their_offsets() -> None:
    reading = reading_of("附件\n重点项目\n1\t 某项目 \t\t甲县\n", "410000")
    row = next(p for p in reading.document.paragraphs if p.kind == "row")
    cells = cells_of(row)
    assert [cell.text for cell in cells] == ["1", "某项目", "", "甲县"]
    for cell in cells:
        assert reading.document.text[cell.start : cell.end] == cell.text


# --- the plans -----------------------------------------------------------------------------------


def test_the_annexes_of_the_innovation_plan() -> None:
    layers = Counter(draft.layer for draft in seed_drafts("innovation-2016"))
    assert layers == {"alliances": 51, "projects": 7}
    assert len(list(extract_alliances(seed("innovation-2016")))) == 51


def test_the_seven_platforms_are_the_provinces() -> None:
    platforms = [d for d in seed_drafts("innovation-2016") if d.layer == "projects"]
    assert [p.name for p in platforms][:2] == [
        "高新技术成果转化平台",
        "黑龙江省科技型企业公共服务平台",
    ]
    assert {p.location.places for p in platforms} == {("230000",)}
    assert {p.location.precision for p in platforms} == {Precision.PROVINCE}
    assert [p.location.basis for p in platforms] == [
        Basis.CONTEXT,
        Basis.TEXT,
        Basis.TEXT,
        Basis.TEXT,
        Basis.CONTEXT,
        Basis.CONTEXT,
        Basis.CONTEXT,
    ]
    assert all(p.label.codes for p in platforms)


def test_an_alliance_of_a_city_is_in_it() -> None:
    alliance = next(d for d in seed_drafts("innovation-2016") if "利民" in d.name)
    assert alliance.location.places == ("230111",)
    assert alliance.label.codes == ("biomedicine",)


@pytest.mark.parametrize("plan", ["projects-2011", "emerging-2016", "industry-2019", "harbin-2006"])
def test_the_other_plans_annexes_list_no_things(plan: str) -> None:
    assert seed_drafts(plan) == ()
