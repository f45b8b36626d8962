"""GeoJSON as RFC 7946 has it, and as other programs read it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, shape

from layers import schema
from layers.atlas import AtlasContent
from layers.export import to_geojson, to_json_lines


def exported(frame: gpd.GeoDataFrame) -> Any:
    return json.loads(to_geojson(frame))


def test_a_feature_in_full(content: AtlasContent) -> None:
    assert exported(content.layers["clusters"]) == {
        "type": "FeatureCollection",
        "bbox": [130.0, 45.0, 131.0, 46.0],
        "features": [
            {
                "type": "Feature",
                "id": "sample-2011:clusters:石墨产业集群",
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[[[130, 45], [131, 45], [131, 46], [130, 46], [130, 45]]]],
                },
                "properties": {
                    "id": "sample-2011:clusters:石墨产业集群",
                    "layer": "clusters",
                    "plan": "sample-2011",
                    "period": "2011-2013",
                    "period_start": 2011,
                    "period_end": 2013,
                    "name": "石墨产业集群",
                    "industry_label": "石墨",
                    "industries": ["materials.graphite"],
                    "places": ["230300"],
                    "place_names": ["鸡西市"],
                    "places_as_written": ["鸡西"],
                    "basis": "context",
                    "precision": "prefecture",
                    "seed": "sample.txt",
                    "line": 4,
                    "start": 58,
                    "end": 64,
                    "quote": "石墨产业集群",
                    "review": "auto",
                    "related": [],
                    "existing": False,
                    "target": "发展鸡西石墨",
                },
            }
        ],
    }


def test_the_members_come_in_one_order(content: AtlasContent) -> None:
    collection = json.loads(to_geojson(content.layers["parks"], name="parks"))
    assert list(collection) == ["type", "name", "bbox", "features"]
    (park,) = collection["features"]
    assert list(park) == ["type", "id", "geometry", "properties"]
    assert list(park["properties"]) == [c.name for c in schema.columns_of("parks")]


@pytest.mark.parametrize("layer", schema.LAYERS)
def test_no_crs_and_ids_everywhere(content: AtlasContent, layer: str) -> None:
    frame = content.layers[layer]
    collection = exported(frame)
    assert "crs" not in collection
    assert [f["id"] for f in collection["features"]] == frame["id"].tolist()
    assert [f["properties"]["id"] for f in collection["features"]] == frame["id"].tolist()


def test_an_unlocated_feature_has_a_null_geometry(content: AtlasContent) -> None:
    located, unlocated = exported(content.layers["projects"])["features"]
    assert located["geometry"] == {"type": "Point", "coordinates": [130.97, 45.3]}
    assert "geometry" in unlocated
    assert unlocated["geometry"] is None
    assert unlocated["properties"]["enterprise"] is None
    assert unlocated["properties"]["places"] == []


def test_no_bbox_where_nothing_is_located(content: AtlasContent) -> None:
    assert exported(schema.empty_layer("parks")) == {"type": "FeatureCollection", "features": []}
    assert "bbox" not in exported(content.layers["projects"].iloc[1:])


def test_chinese_is_not_escaped(content: AtlasContent) -> None:
    assert "哈尔滨市/双城区".encode() in to_geojson(content.layers["parks"])


def polygons(frame: gpd.GeoDataFrame) -> list[Polygon]:
    return [
        polygon
        for feature in exported(frame)["features"]
        for polygon in shape(feature["geometry"]).geoms
    ]


def test_rings_run_as_the_standard_says_whatever_they_came_as(content: AtlasContent) -> None:
    ring = [(1, 1), (1, 5), (5, 5), (5, 1)]
    hole = [(2, 2), (3, 2), (3, 3), (2, 3)]
    for exterior in (ring, ring[::-1]):
        shaped = MultiPolygon([Polygon(exterior, [hole])])
        frame = content.layers["clusters"].set_geometry([shaped], crs="EPSG:4326")
        (polygon,) = polygons(frame)
        assert polygon.exterior.is_ccw
        assert not polygon.interiors[0].is_ccw
        assert polygon.area == 15


@given(st.floats(73, 135), st.floats(18, 54))
def test_at_most_seven_decimals(lon: float, lat: float) -> None:
    frame = gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point(lon, lat)], crs="EPSG:4326")
    collection = json.loads(to_geojson(frame), parse_float=str)
    written = [*collection["features"][0]["geometry"]["coordinates"], *collection["bbox"]]
    assert all(len(number.partition(".")[2]) <= 7 for number in written)
    assert abs(float(written[0]) - lon) <= 5.1e-8
    assert abs(float(written[1]) - lat) <= 5.1e-8


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(TEXT, st.none() | TEXT, st.lists(TEXT, max_size=3).map(tuple))))
def test_any_value_survives(rows: list[tuple[str, str | None, tuple[str, ...]]]) -> None:
    frame = gpd.GeoDataFrame(
        {
            "id": [str(number) for number in range(len(rows))],
            "name": [row[0] for row in rows],
            "target": [row[1] for row in rows],
            "places": [row[2] for row in rows],
        },
        geometry=[None] * len(rows),
        crs="EPSG:4326",
        dtype=object,
    )
    properties = [feature["properties"] for feature in exported(frame)["features"]]
    back = [(p["name"], p["target"], tuple(p["places"])) for p in properties]
    assert back == rows


@pytest.mark.parametrize("layer", ["layout", "parks", "projects", "places"])
def test_geopandas_reads_it_back(content: AtlasContent, tmp_path: Path, layer: str) -> None:
    frame = content.layers[layer]
    path = tmp_path / f"{layer}.geojson"
    path.write_bytes(to_geojson(frame, name=layer))
    back = gpd.read_file(path)
    assert back.crs == "EPSG:4326"
    assert back["id"].tolist() == frame["id"].tolist()
    assert back["name"].tolist() == frame["name"].tolist()
    assert [list(codes) for codes in back["industries"]] == [list(c) for c in frame["industries"]]
    for read, built in zip(back.geometry, frame.geometry, strict=True):
        assert read is built is None or shapely.normalize(read) == shapely.normalize(built)


def test_gdal_reads_it_and_knows_the_lists(content: AtlasContent, tmp_path: Path) -> None:
    ogr2ogr = shutil.which("ogr2ogr")
    assert ogr2ogr, "ogr2ogr is missing; install gdal-bin"
    source, target = tmp_path / "projects.geojson", tmp_path / "projects.csv"
    source.write_bytes(to_geojson(content.layers["projects"], name="projects"))
    subprocess.run(
        [ogr2ogr, "-lco", "GEOMETRY=AS_XY", str(target), str(source), "projects"],
        check=True,
        capture_output=True,
    )
    header, located, unlocated = target.read_text(encoding="utf-8").splitlines()
    assert header.startswith("X,Y,id,layer,plan,period,")
    assert located.startswith("130.97,45.3,sample-2011:projects:贝特瑞石墨项目,projects,")
    assert '"[ ""materials.graphite"" ]"' in located
    assert unlocated.startswith(",,sample-2011:projects:某项目,")


def test_features_with_one_geometry_are_rounded_and_written_each(content: AtlasContent) -> None:
    clusters = content.layers["clusters"]
    twice = clusters.loc[[*clusters.index, *clusters.index]]
    features = exported(twice)["features"]
    assert features == [*exported(clusters)["features"]] * 2
    assert [json.loads(line) for line in to_json_lines(twice).splitlines()] == features
