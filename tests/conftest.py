"""A small atlas, known value by value, for the tests of `layers` and `webmap`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from shapely.geometry import MultiPolygon, Point, box

from layers import schema
from layers.atlas import AtlasContent, write_atlas
from layers.model import Basis, Evidence, Feature, Issue, Precision, Review

# Text of the made-up plan; the offsets of every sample feature are into it.
SAMPLE_TEXT = (
    "产业布局\n"
    "　　建设哈大齐工业走廊。\n"
    "　　建设哈尔滨市农机产业园（双城），贝特瑞石墨项目（鸡西）等重点项目。\n"
    "　　培育石墨产业集群，发展鸡西石墨；支持“某项目”落地。\n"
)
SAMPLE_PLAN = "sample-2011"
SAMPLE_SEED = "sample.txt"


def evidence(quote: str) -> Evidence:
    """The evidence for words of `SAMPLE_TEXT`."""
    start = SAMPLE_TEXT.index(quote)
    line = SAMPLE_TEXT.count("\n", 0, start) + 1
    return Evidence(SAMPLE_SEED, line, start, start + len(quote), quote)


def sample_features() -> dict[str, tuple[Feature, ...]]:
    """Features by layer: located, unlocated, with lists and with every optional value."""

    def feature(layer: str, name: str, quote: str) -> Feature:
        return Feature(
            id=f"{SAMPLE_PLAN}:{layer}:{name}",
            layer=layer,
            plan=SAMPLE_PLAN,
            period_start=2011,
            period_end=2013,
            name=name,
            evidence=evidence(quote),
        )

    harbin = MultiPolygon([box(126.0, 45.0, 127.0, 46.0)])
    layout = replace(
        feature("layout", "哈大齐工业走廊", "哈大齐工业走廊"),
        industries=("equipment", "chemicals"),
        places=("230100", "230600", "230200"),
        place_names=("哈尔滨市", "大庆市", "齐齐哈尔市"),
        places_as_written=("哈大齐",),
        basis=Basis.TEXT,
        precision=Precision.REGION,
        group="工业布局",
        role="corridor",
        geometry=harbin,
    )
    cluster = replace(
        feature("clusters", "石墨产业集群", "石墨产业集群"),
        industry_label="石墨",
        industries=("materials.graphite",),
        places=("230300",),
        place_names=("鸡西市",),
        places_as_written=("鸡西",),
        basis=Basis.CONTEXT,
        precision=Precision.PREFECTURE,
        existing=False,
        target="发展鸡西石墨",
        geometry=MultiPolygon([box(130.0, 45.0, 131.0, 46.0)]),
    )
    park = replace(
        feature("parks", "哈尔滨市农机产业园", "哈尔滨市农机产业园（双城）"),
        industry_label="农机",
        industries=("equipment.farm-machinery",),
        places=("230113",),
        place_names=("哈尔滨市/双城区",),
        places_as_written=("双城",),
        basis=Basis.TEXT,
        precision=Precision.COUNTY,
        level="provincial",
        geometry=Point(126.3125, 45.3833),
    )
    project = replace(
        feature("projects", "贝特瑞石墨项目", "贝特瑞石墨项目（鸡西）"),
        industries=("materials.graphite",),
        places=("230300",),
        place_names=("鸡西市",),
        places_as_written=("鸡西",),
        basis=Basis.TEXT,
        precision=Precision.PREFECTURE,
        review=Review.CURATED,
        related=("other-2016:projects:贝特瑞",),
        enterprise="贝特瑞",
        status="在建",
        geometry=Point(130.97, 45.3),
    )
    unlocated = feature("projects", "某项目", "“某项目”")
    return {
        "layout": (layout,),
        "clusters": (cluster,),
        "parks": (park,),
        "projects": (project, unlocated),
    }


def sample_content() -> AtlasContent:
    """The whole atlas that `atlas_path` holds."""
    features = sample_features()
    places = [
        (
            "230100",
            "哈尔滨市",
            "prefecture",
            "哈尔滨市",
            box(126.0, 45.0, 127.0, 46.0),
            "equipment",
            2,
        ),
        (
            "230113",
            "双城区",
            "county",
            "哈尔滨市/双城区",
            box(126.0, 45.0, 126.5, 45.5),
            "equipment",
            1,
        ),
        ("230300", "鸡西市", "prefecture", "鸡西市", box(130.0, 45.0, 131.0, 46.0), "materials", 2),
    ]
    records = [
        {
            "id": adcode,
            "layer": "places",
            "adcode": adcode,
            "name": name,
            "level": level,
            "path": path,
            "industries": (industry,),
            "plans": (SAMPLE_PLAN,),
            "periods": ("2011-2013",),
            "n_features": count,
            "counts": json.dumps({"2011-2013": {industry: count}}),
        }
        for adcode, name, level, path, _, industry, count in places
    ]
    layers = {
        name: schema.layer_from_features(features.get(name, ()), name)
        for name in schema.FEATURE_LAYERS
    }
    layers["places"] = schema.places_layer(records, [place[4] for place in places])
    plan = {
        "id": SAMPLE_PLAN,
        "file": SAMPLE_SEED,
        "title": "样例实施方案",
        "title_en": "A sample programme",
        "period": "2011-2013",
        "period_start": 2011,
        "period_end": 2013,
        "region": "230000",
        "subjects": (),
        "missing": (),
        "text": SAMPLE_TEXT,
    }
    paragraphs = [
        {
            "plan": SAMPLE_PLAN,
            "line": number,
            "start": SAMPLE_TEXT.index(line),
            "end": SAMPLE_TEXT.index(line) + len(line),
            "kind": "heading" if number == 1 else "body",
            "section": ("产业布局",),
            "text": line,
        }
        for number, line in enumerate(SAMPLE_TEXT.splitlines(), start=1)
    ]
    industries = [
        ("equipment", None, "高端装备", "Equipment"),
        ("equipment.farm-machinery", "equipment", "农机装备", "Farm machinery"),
        ("materials", None, "新材料", "New materials"),
        ("materials.graphite", "materials", "石墨", "Graphite"),
        ("chemicals", None, "化工", "Chemicals"),
    ]
    spot = evidence("“某项目”")
    issue = Issue(
        type="unlocated",
        plan=SAMPLE_PLAN,
        message="the plan names no place for it",
        seed=spot.seed,
        line=spot.line,
        start=spot.start,
        end=spot.end,
        value="某项目",
        layer="projects",
        feature=f"{SAMPLE_PLAN}:projects:某项目",
    )
    return AtlasContent(
        layers=layers,
        issues=schema.issues_table([issue]),
        plans=schema.table_from_records([plan], "plans"),
        paragraphs=schema.table_from_records(paragraphs, "paragraphs"),
        industries=schema.table_from_records(
            (
                {"code": c, "parent": p, "zh": zh, "en": en, "gbt4754": (), "emerging2018": ()}
                for c, p, zh, en in industries
            ),
            "industries",
        ),
        inputs={"sample.txt": "0" * 64},
        regions={"230000": "黑龙江省"},
    )


@pytest.fixture(scope="session")
def content() -> AtlasContent:
    """The sample atlas before it is a file; shared, so not to be changed."""
    return sample_content()


@pytest.fixture(scope="session")
def features() -> dict[str, tuple[Feature, ...]]:
    """The sample features by layer."""
    return sample_features()


@pytest.fixture
def atlas_path(content: AtlasContent, tmp_path: Path) -> Path:
    """The sample atlas as a file of the test's own."""
    path = tmp_path / "atlas.gpkg"
    write_atlas(content, path)
    return path
