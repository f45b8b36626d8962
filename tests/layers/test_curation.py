"""Human decisions: what they change, and one clear error for each that fits nothing."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import schema
from layers.atlas import AtlasContent
from layers.curation import (
    CURATION_DIR,
    NO_CURATION,
    Curation,
    apply_curation,
    read_curation,
)
from layers.errors import TableError
from layers.extraction import extract_features, read_tools
from layers.model import Basis, Feature, Precision, Review
from layers.pipeline import build_atlas
from layers.plans import Document, Library, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = (
    "一、新材料\n加快建设鸡西石墨产业园、鹤岗石墨深加工厂。\n"
    "加快鸡西市碳素、鹤岗市电极等重点项目。\n"
)
PLAN = Plan(
    id="test", file="test.txt", title="test", period_start=2016, period_end=2020, region="230000"
)
PROJECT = "test:projects:鸡西市碳素"


@cache
def features() -> tuple[Feature, ...]:
    return extract_features(Document(PLAN, TEXT), read_tools()).features


@cache
def library() -> Library:
    return Library((Document(PLAN, TEXT),), SEEDS)


def write(folder: Path, table: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Write a curation table as an expert would, with its header."""
    with (folder / table).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)


def apply(curation: Curation) -> dict[str, Feature]:
    """The features of the small plan with decisions applied, by id."""
    tools = read_tools()
    documents = {"test": library().documents[0]}
    applied = apply_curation(features(), curation, documents, tools.gazetteer, tools.taxonomy)
    return {feature.id: feature for feature in applied}


def decided(folder: Path, table: str, row: Mapping[str, str]) -> dict[str, Feature]:
    write(folder, table, [row])
    return apply(read_curation(folder))


DROP = {"id": PROJECT, "line": "3", "reason": "sold in 2017"}
CHANGE = {
    "id": PROJECT,
    "field": "enterprise",
    "value": "鸡西碳素厂",
    "line": "3",
    "reason": "its name",
}
ADD = {
    "plan": "test",
    "layer": "projects",
    "name": "鹤岗石墨深加工厂",
    "line": "2",
    "quote": "鹤岗石墨深加工厂",
    "industry_label": "石墨",
    "industries": "materials.graphite",
    "places": "230400",
    "basis": "text",
    "precision": "prefecture",
    "enterprise": "",
    "status": "在建",
    "reason": "a plant, not a park",
}


def test_the_small_plan_is_what_the_decisions_are_about() -> None:
    assert PROJECT in {feature.id for feature in features()}
    assert {f.evidence.line for f in features() if f.layer == "projects"} >= {3}


# -- what decisions do --------------------------------------------------------------------


def test_no_decision_changes_nothing() -> None:
    assert tuple(apply(NO_CURATION).values()) == features()


@given(st.lists(st.integers(min_value=0, max_value=len(features()) - 1), unique=True))
def test_no_decision_changes_nothing_whatever_the_features(chosen: list[int]) -> None:
    some = tuple(features()[number] for number in chosen)
    tools = read_tools()
    assert apply_curation(some, NO_CURATION, {}, tools.gazetteer, tools.taxonomy) == some


def test_a_folder_without_tables_holds_no_decision(tmp_path: Path) -> None:
    assert read_curation(tmp_path) == NO_CURATION
    assert read_curation(tmp_path / "missing") == NO_CURATION
    assert str(NO_CURATION) == "0 added, 0 changed, 0 dropped"


def test_drop(tmp_path: Path) -> None:
    found = decided(tmp_path, "drop.csv", DROP)
    assert set(found) == {f.id for f in features()} - {PROJECT}
    assert all(feature.review is Review.AUTO for feature in found.values())


def test_change_touches_one_field_of_one_feature(tmp_path: Path) -> None:
    found = decided(tmp_path, "change.csv", CHANGE)
    assert found[PROJECT].enterprise == "鸡西碳素厂"
    assert found[PROJECT].review is Review.CURATED
    assert [f for f in found.values() if f.id != PROJECT] == [
        f for f in features() if f.id != PROJECT
    ]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("name", "鸡西碳素厂", "鸡西碳素厂"),
        ("industries", "materials.graphite;chemicals", ("materials.graphite", "chemicals")),
        ("industries", "materials ; chemicals", ("materials", "chemicals")),
        ("industries", "", ()),
        ("industry_label", "", None),
        ("places_as_written", "鸡西;麻山", ("鸡西", "麻山")),
        ("basis", "knowledge", Basis.KNOWLEDGE),
        ("precision", "county", Precision.COUNTY),
        ("period_end", "2018", 2018),
        ("existing", "true", True),
        ("existing", "false", False),
        ("value", "12.5", 12.5),
        ("year", "2018", 2018),
        ("status", "在建", "在建"),
        (
            "related",
            "other:projects:甲;other:projects:乙",
            ("other:projects:甲", "other:projects:乙"),
        ),
    ],
)
def test_a_cell_is_read_as_what_its_field_is(
    tmp_path: Path, field: str, value: str, expected: object
) -> None:
    row = {**CHANGE, "field": field, "value": value}
    assert getattr(decided(tmp_path, "change.csv", row)[PROJECT], field) == expected


def test_changed_places_get_their_names(tmp_path: Path) -> None:
    row = {**CHANGE, "field": "places", "value": "230307;230303"}
    changed = decided(tmp_path, "change.csv", row)[PROJECT]
    assert changed.places == ("230307", "230303")
    assert changed.place_names == ("鸡西市/麻山区", "鸡西市/恒山区")


def test_several_changes_of_one_feature_add_up(tmp_path: Path) -> None:
    rows = [CHANGE, {**CHANGE, "field": "status", "value": "在建"}]
    write(tmp_path, "change.csv", rows)
    curation = read_curation(tmp_path)
    changed = apply(curation)[PROJECT]
    assert (changed.enterprise, changed.status) == ("鸡西碳素厂", "在建")
    assert str(curation) == "0 added, 2 changed, 0 dropped"


def test_add(tmp_path: Path) -> None:
    found = decided(tmp_path, "add.csv", ADD)
    added = found["test:projects:鹤岗石墨深加工厂"]
    assert len(found) == len(features()) + 1
    assert (added.plan, added.layer, added.period) == ("test", "projects", "2016-2020")
    assert (added.places, added.place_names) == (("230400",), ("鹤岗市",))
    assert (added.basis, added.precision) == (Basis.TEXT, Precision.PREFECTURE)
    assert (added.industry_label, added.industries) == ("石墨", ("materials.graphite",))
    assert (added.enterprise, added.status) == (None, "在建")
    assert added.review is Review.CURATED
    spot = added.evidence
    assert (spot.seed, spot.line, spot.quote) == ("test.txt", 2, "鹤岗石墨深加工厂")
    assert TEXT[spot.start : spot.end] == spot.quote


def test_what_is_dropped_can_be_added_again(tmp_path: Path) -> None:
    write(tmp_path, "drop.csv", [DROP])
    row = {**ADD, "name": "鸡西市碳素", "quote": "鸡西市碳素", "line": "3", "places": "230307"}
    write(tmp_path, "add.csv", [row])
    assert apply(read_curation(tmp_path))[PROJECT].places == ("230307",)


# -- what is wrong with a decision --------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        (
            "drop.csv",
            {**DROP, "id": "test:projects:某项目"},
            "drop.csv, line 2: no feature has the id 'test:projects:某项目'; "
            "correct it or remove the row",
        ),
        (
            "change.csv",
            {**CHANGE, "id": "test:projects:某项目"},
            "change.csv, line 2: no feature has the id 'test:projects:某项目'; "
            "correct it or remove the row",
        ),
        (
            "drop.csv",
            {**DROP, "line": "2"},
            f"drop.csv, line 2: {PROJECT} stands on line 3, not 2",
        ),
        (
            "change.csv",
            {**CHANGE, "line": "4"},
            f"change.csv, line 2: {PROJECT} stands on line 3, not 4",
        ),
        (
            "change.csv",
            {**CHANGE, "field": "colour"},
            "change.csv, line 2: no field 'colour'; one of period_start, period_end, name,",
        ),
        # what follows from other things is not for decisions
        *(
            (
                "change.csv",
                {**CHANGE, "field": field},
                f"change.csv, line 2: no field '{field}'; one of period_start",
            )
            for field in ("id", "layer", "plan", "evidence", "review", "geometry", "place_names")
        ),
        (
            "change.csv",
            {**CHANGE, "field": "basis", "value": "guess"},
            "change.csv, line 2: 'guess' is no value for basis",
        ),
        (
            "change.csv",
            {**CHANGE, "field": "precision", "value": "street"},
            "change.csv, line 2: 'street' is no value for precision",
        ),
        (
            "change.csv",
            {**CHANGE, "field": "year", "value": "soon"},
            "change.csv, line 2: 'soon' is no value for year",
        ),
        (
            "change.csv",
            {**CHANGE, "field": "existing", "value": "yes"},
            "change.csv, line 2: 'yes' is no value for existing",
        ),
        (
            "change.csv",
            {**CHANGE, "field": "value", "value": "many"},
            "change.csv, line 2: 'many' is no value for value",
        ),
        ("change.csv", {**CHANGE, "field": "places", "value": "999999"}, "change.csv, line 2: "),
        ("change.csv", {**CHANGE, "field": "industries", "value": "magic"}, "change.csv, line 2: "),
        (
            "add.csv",
            {**ADD, "plan": "other"},
            "add.csv, line 2: no plan 'other'; one of test",
        ),
        (
            "add.csv",
            {**ADD, "line": "3"},
            "add.csv, line 2: '鹤岗石墨深加工厂' does not stand on line 3 of test.txt",
        ),
        (
            "add.csv",
            {**ADD, "quote": "鹤岗某厂"},
            "add.csv, line 2: '鹤岗某厂' does not stand on line 2 of test.txt",
        ),
        ("add.csv", {**ADD, "quote": ""}, "add.csv, line 2: needs a quote from a line of test.txt"),
        (
            "add.csv",
            {**ADD, "line": "99"},
            "add.csv, line 2: needs a quote from a line of test.txt",
        ),
        (
            "add.csv",
            {**ADD, "name": "鸡西市碳素", "quote": "鸡西市碳素", "line": "3"},
            f"add.csv, line 2: {PROJECT} is there already; change it in change.csv",
        ),
        ("add.csv", {**ADD, "places": "999999"}, "add.csv, line 2: "),
        ("add.csv", {**ADD, "industries": "magic"}, "add.csv, line 2: "),
        ("add.csv", {**ADD, "basis": "guess"}, "add.csv, line 2: 'guess' is no value for basis"),
    ],
)
def test_a_decision_that_fits_nothing_is_an_error(
    tmp_path: Path, table: str, row: dict[str, str], message: str
) -> None:
    with pytest.raises(TableError) as error:
        decided(tmp_path, table, row)
    assert str(error.value).startswith(message)
    assert len(str(error.value)) > len("add.csv, line 2: ")


@pytest.mark.parametrize("value", ["999999", "23040"])
def test_an_unknown_place_is_named(tmp_path: Path, value: str) -> None:
    with pytest.raises(TableError, match=value):
        decided(tmp_path, "add.csv", {**ADD, "places": value})


@pytest.mark.parametrize("value", ["magic", "materials.magic"])
def test_an_unknown_industry_is_named(tmp_path: Path, value: str) -> None:
    with pytest.raises(TableError, match=value):
        decided(tmp_path, "add.csv", {**ADD, "industries": value})


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("drop.csv", {**DROP, "reason": ""}),
        ("drop.csv", {**DROP, "reason": "  "}),
        ("drop.csv", {**DROP, "line": ""}),
        ("change.csv", {**CHANGE, "line": "three"}),
        ("add.csv", {**ADD, "reason": ""}),
    ],
)
def test_a_decision_needs_a_reason_and_a_line(
    tmp_path: Path, table: str, row: dict[str, str]
) -> None:
    write(tmp_path, table, [row])
    with pytest.raises(TableError) as error:
        read_curation(tmp_path)
    assert str(error.value) == (
        f"{table}, line 2: needs a reason and the line of the plan that it rests on"
    )


def test_the_error_names_the_row_that_is_wrong(tmp_path: Path) -> None:
    write(tmp_path, "drop.csv", [DROP, {**DROP, "id": "test:projects:某项目"}])
    with pytest.raises(TableError, match=r"^drop\.csv, line 3: "):
        apply(read_curation(tmp_path))


# -- through the line ---------------------------------------------------------------------


def built(curation: Curation) -> AtlasContent:
    return build_atlas(library(), read_tools(), curation=curation)


def projects(content: AtlasContent) -> dict[str, Feature]:
    return {f.id: f for f in schema.features_from_layer(content.layers["projects"])}


def test_decisions_reach_the_atlas(tmp_path: Path) -> None:
    write(tmp_path, "drop.csv", [{**DROP, "id": "test:projects:鹤岗市电极"}])
    place = {**CHANGE, "field": "places", "value": "230307"}
    write(tmp_path, "change.csv", [CHANGE, place])
    write(tmp_path, "add.csv", [ADD])
    curation = read_curation(tmp_path)
    assert str(curation) == "1 added, 2 changed, 1 dropped"
    before, after = projects(built(NO_CURATION)), projects(built(curation))
    assert set(before) - set(after) == {"test:projects:鹤岗市电极"}
    assert set(after) - set(before) == {"test:projects:鹤岗石墨深加工厂"}
    changed, added = after[PROJECT], after["test:projects:鹤岗石墨深加工厂"]
    assert (changed.review, added.review) == (Review.CURATED, Review.CURATED)
    assert (changed.enterprise, changed.place_names) == ("鸡西碳素厂", ("鸡西市/麻山区",))
    # geometry follows the place, so a decision comes before it
    assert changed.geometry is not None
    assert before[PROJECT].geometry is not None
    assert not changed.geometry.equals(before[PROJECT].geometry)
    assert added.geometry is not None


def test_a_build_with_a_row_that_rotted_fails(tmp_path: Path) -> None:
    write(tmp_path, "drop.csv", [{**DROP, "id": "test:projects:某项目"}])
    with pytest.raises(TableError, match="no feature has the id"):
        built(read_curation(tmp_path))


def test_the_packages_own_decisions_fit_the_five_plans() -> None:
    tools, plans = read_tools(), read_library(SEEDS)
    extracted = [f for d in plans.documents for f in extract_features(d, tools).features]
    documents = {document.plan.id: document for document in plans.documents}
    curation = read_curation(CURATION_DIR)
    applied = apply_curation(extracted, curation, documents, tools.gazetteer, tools.taxonomy)
    assert len(applied) == len(extracted) + len(curation.additions) - len(curation.drops)
    touched = {decision.cells["id"] for decision in curation.changes}
    curated = {feature.id for feature in applied if feature.review is Review.CURATED}
    assert touched <= curated
    assert len(curated) == len(touched) + len(curation.additions)
    by_id = {feature.id: feature for feature in applied}
    hemp = by_id["industry-2019:projects:天之草-云天-金达汉麻农业产业化"]
    assert hemp.industries == ("forest-light.flax",)
    cloud = by_id["emerging-2016:projects:食品安全云"]
    assert (cloud.places, cloud.basis, cloud.evidence.line) == (("230100",), Basis.CONTEXT, 38)
    assert str(curation) == "6 added, 13 changed, 0 dropped"


def test_a_quote_is_looked_for_in_the_text_as_it_is_printed(tmp_path: Path) -> None:
    document = Document(PLAN, "新建鹤岗石墨深加工厂,产能５万吨\n")
    write(tmp_path, "add.csv", [{**ADD, "quote": "石墨深加工厂,产能５万吨", "line": "1"}])
    tools = read_tools()
    (added,) = apply_curation(
        [], read_curation(tmp_path), {"test": document}, tools.gazetteer, tools.taxonomy
    )
    assert (added.evidence.start, added.evidence.quote) == (4, "石墨深加工厂,产能５万吨")
