"""The line from plans to an atlas, on the five plans and on small ones."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest

from geo.gazetteer import load_gazetteer
from layers import schema
from layers.atlas import AtlasContent
from layers.errors import TableError
from layers.extraction.tools import Tools, read_tools
from layers.model import Feature
from layers.pipeline import (
    UNLOCATED,
    SummaryRow,
    build_atlas,
    build_places,
    count_steps,
    extract_library,
    input_hashes,
    refuse_unclassified,
    regions_of,
    summarise,
    unclassified_issues,
    unlocated_issues,
)
from layers.placement import read_ground
from layers.plans import Library, read_library

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def tools() -> Tools:
    return read_tools()


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(SEEDS)


@pytest.fixture(scope="module")
def built(library: Library, tools: Tools) -> AtlasContent:
    """The atlas of the five plans, before it is a file."""
    return build_atlas(library, tools, strict=True)


# -- the five plans -----------------------------------------------------------------------


def test_every_layer_and_table_of_the_five_plans_is_valid(built: AtlasContent) -> None:
    built.validate()
    assert list(built.layers) == list(schema.LAYERS)
    assert built.plans["id"].tolist() == [
        "harbin-2006",
        "projects-2011",
        "emerging-2016",
        "innovation-2016",
        "industry-2019",
    ]
    assert built.regions == {"230000": "黑龙江省", "230100": "哈尔滨市"}


def test_every_quote_stands_where_its_feature_says(built: AtlasContent, library: Library) -> None:
    documents = {document.plan.id: document for document in library.documents}
    wrong = []
    for layer in schema.FEATURE_LAYERS:
        for feature in schema.features_from_layer(built.layers[layer]):
            document, evidence = documents[feature.plan], feature.evidence
            found = document.text[evidence.start : evidence.end]
            line = document.text.count("\n", 0, evidence.start) + 1
            if (found, line, document.plan.file) != (evidence.quote, evidence.line, evidence.seed):
                wrong.append(feature.id)
    assert wrong == []


def test_every_feature_without_a_shape_has_an_issue_that_says_why(built: AtlasContent) -> None:
    lost = [
        key
        for layer in schema.FEATURE_LAYERS
        if schema.GEOMETRY_KINDS[layer] != "none"
        for key, shape in zip(built.layers[layer]["id"], built.layers[layer].geometry, strict=True)
        if shape is None
    ]
    told = built.issues[built.issues["type"] == UNLOCATED]
    assert sorted(told["feature"]) == sorted(lost)
    assert told["message"].str.len().min() > 10


def test_places_are_the_provinces_divisions_with_what_is_said_of_them(
    built: AtlasContent,
) -> None:
    places = built.layers["places"].set_index("adcode")
    assert (places["level"] == "prefecture").sum() == 13
    assert (places["level"] == "county").sum() == 121
    assert places.geometry.notna().all()
    assert places.loc["230113", "path"] == "哈尔滨市/双城区"
    naming = [
        set(feature.industries)
        for layer in schema.FEATURE_LAYERS
        for feature in schema.features_from_layer(built.layers[layer])
        if "230113" in feature.places
    ]
    assert places.loc["230113", "n_features"] == len(naming)


def test_links_go_both_ways_between_plans(built: AtlasContent) -> None:
    every = {
        feature.id: feature
        for layer in schema.FEATURE_LAYERS
        for feature in schema.features_from_layer(built.layers[layer])
    }
    one_way = [
        (feature.id, other)
        for feature in every.values()
        for other in feature.related
        if other not in every or feature.id not in every[other].related
    ]
    assert one_way == []


def test_paragraphs_are_cut_from_the_texts(built: AtlasContent, library: Library) -> None:
    texts = {document.plan.id: document.source for document in library.documents}
    for row in built.paragraphs.to_dict("records"):
        assert texts[row["plan"]][row["start"] : row["end"]] == row["text"]


def test_progress_is_told_as_often_as_announced(library: Library, tools: Tools) -> None:
    steps: list[str] = []
    build_atlas(Library(library.documents[2:3], library.folder), tools, progress=steps.append)
    assert steps == ["emerging-2016", "places", "links", "check"]
    assert count_steps(Library(library.documents[2:3], library.folder)) == len(steps)


@pytest.mark.slow
def test_several_processes_give_the_same(library: Library, tools: Tools) -> None:
    alone: list[str] = []
    together: list[str] = []
    one = extract_library(library, tools, 1, alone.append)
    two = extract_library(library, tools, 2, together.append)
    assert one == two
    assert alone == together == [document.plan.id for document in library.documents]


# -- single steps -------------------------------------------------------------------------


def test_an_unlocated_feature_yields_an_issue(features: dict[str, tuple[Feature, ...]]) -> None:
    (issue,) = unlocated_issues(features["projects"])
    unlocated = features["projects"][1]
    assert issue.type == "unlocated"
    assert issue.feature == unlocated.id
    assert issue.layer == "projects"
    assert issue.value == "某项目"
    assert issue.message == "the plan names no place for it, and no table knows where it is"
    assert (issue.seed, issue.line, issue.start, issue.end) == ("sample.txt", 4, 74, 79)


def test_a_label_without_a_row_is_an_issue_and_fails_the_own_plans(
    features: dict[str, tuple[Feature, ...]],
) -> None:
    (park,) = features["parks"]
    assert unclassified_issues([park]) == []
    strange = replace(park, industry_label="奇异产业", industries=())
    (issue,) = unclassified_issues([strange])
    assert (issue.type, issue.value, issue.feature) == ("unclassified", "奇异产业", park.id)
    refuse_unclassified([])
    nameless = replace(strange, industry_label=None)
    assert unclassified_issues([nameless]) == []  # a park need not be of an industry
    project = features["projects"][0]
    unlabelled = replace(project, name="贺兰砚雕", industry_label=None, industries=())
    (silent,) = unclassified_issues([unlabelled])
    assert (silent.type, silent.value, silent.layer) == ("unclassified", "贺兰砚雕", "projects")
    assert silent.message == "no word of its name is in industry_terms.csv"
    with pytest.raises(TableError, match=r"add a row for 奇异产业 \(sample.txt, line 3\)$"):
        refuse_unclassified([issue, replace(issue, line=9)])


@pytest.fixture(scope="module")
def counted(features: dict[str, tuple[Feature, ...]]) -> gpd.GeoDataFrame:
    every = [feature for chosen in features.values() for feature in chosen]
    places = build_places(every, ["230000"], read_ground(load_gazetteer()))
    return places.set_index("adcode")


def test_a_feature_counts_for_its_county_and_the_prefecture(counted: gpd.GeoDataFrame) -> None:
    # 哈尔滨: the corridor names it, the park stands in its district 双城.
    assert counted.loc["230100", "n_features"] == 2
    assert counted.loc["230113", "n_features"] == 1
    assert counted.loc["230300", "n_features"] == 2
    assert counted.loc["231000", "n_features"] == 0


def test_counts_by_period_and_industry_with_the_first_level(counted: gpd.GeoDataFrame) -> None:
    assert json.loads(counted.loc["230100", "counts"]) == {
        "2011-2013": {"chemicals": 1, "equipment": 2, "equipment.farm-machinery": 1}
    }
    assert json.loads(counted.loc["230300", "counts"]) == {
        "2011-2013": {"materials": 2, "materials.graphite": 2}
    }
    assert counted.loc["230300", "industries"] == ("materials", "materials.graphite")
    assert counted.loc["230300", "plans"] == ("sample-2011",)
    assert counted.loc["230300", "periods"] == ("2011-2013",)
    assert json.loads(counted.loc["231000", "counts"]) == {}
    assert counted.loc["231000", "plans"] == ()


def test_the_regions_of_a_citys_plan_are_the_city_and_its_province(library: Library) -> None:
    only = Library(library.documents[:1], library.folder)
    assert regions_of(only, load_gazetteer()) == {"230000": "黑龙江省", "230100": "哈尔滨市"}


def test_the_summary_of_a_build(content: AtlasContent) -> None:
    rows = summarise(content)
    assert rows == (
        SummaryRow("sample-2011", "layout", 1, 1, 0),
        SummaryRow("sample-2011", "clusters", 1, 1, 0),
        SummaryRow("sample-2011", "parks", 1, 1, 0),
        SummaryRow("sample-2011", "projects", 2, 1, 1),
    )
    assert rows[-1].not_located == 1


def test_the_hashes_change_with_the_inputs(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    before = input_hashes(folder)
    assert before == input_hashes(SEEDS)
    assert {"plans/plans.toml", "geo/built/boundaries.gpkg", "geo/code", "layers/code"} <= set(
        before
    )
    (folder / "notes.md").write_text("not an input", encoding="utf-8")
    assert input_hashes(folder) == before
    (folder / "plans.toml").write_text("# changed", encoding="utf-8")
    after = input_hashes(folder)
    assert {name for name in before if before[name] != after[name]} == {"plans/plans.toml"}


def test_the_decisions_beside_the_plans_are_inputs(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    before = input_hashes(folder)
    (folder / "curation").mkdir()
    (folder / "curation" / "drop.csv").write_text("id,line,reason\n", encoding="utf-8")
    assert set(input_hashes(folder)) - set(before) == {"plans/curation/drop.csv"}
