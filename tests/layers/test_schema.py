"""The schema: what a good layer is, and which row and column a bad one is told by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from layers import schema
from layers.atlas import AtlasContent
from layers.errors import SchemaError
from layers.model import Basis, Feature

PARK = "sample-2011:parks:哈尔滨市农机产业园"

Change = Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]


def set_value(column: str, value: Any) -> Change:
    """Return a change that puts a value into the first row."""

    def change(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        frame[column] = frame[column].astype(object)
        frame.at[0, column] = value
        return frame

    return change


def set_geometry(geometry: Any) -> Change:
    return lambda frame: frame.set_geometry([geometry], crs=frame.crs)


def twice(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(pd.concat([frame, frame], ignore_index=True))


@pytest.mark.parametrize("layer", schema.LAYERS)
def test_an_empty_layer_is_valid_and_has_every_column(layer: str) -> None:
    frame = schema.empty_layer(layer)
    schema.validate_layer(frame, layer)
    assert len(frame) == 0
    assert list(frame.columns) == [*(c.name for c in schema.columns_of(layer)), "geometry"]
    assert frame.crs == "EPSG:4326"


def test_the_columns_that_every_feature_has() -> None:
    names = (
        "id layer plan period period_start period_end name industry_label industries places"
        " place_names places_as_written basis precision seed line start end quote review related"
    )
    expected = names.split()
    for layer in schema.FEATURE_LAYERS:
        assert [c.name for c in schema.columns_of(layer)][: len(expected)] == expected


@pytest.mark.parametrize(
    ("layer", "extra"),
    [
        ("layout", ["group", "role"]),
        ("clusters", ["existing", "target"]),
        ("parks", ["level"]),
        ("projects", ["enterprise", "status"]),
        ("focus", []),
        ("indicators", ["status", "subject", "measure", "value", "unit", "year"]),
        ("alliances", ["level"]),
    ],
)
def test_the_columns_of_one_layer_alone(layer: str, extra: list[str]) -> None:
    assert [c.name for c in schema.columns_of(layer)][21:] == extra


def test_every_column_says_what_it_means() -> None:
    columns = [*schema.COLUMNS, *(c for table in schema.TABLES.values() for c in table)]
    assert [c.name for c in columns if not c.meaning] == []


def test_features_survive_the_way_through_a_layer(
    features: dict[str, tuple[Feature, ...]],
) -> None:
    for layer, chosen in features.items():
        back = schema.features_from_layer(schema.layer_from_features(chosen, layer))
        assert back == chosen
        assert [f.geometry for f in back] == [f.geometry for f in chosen]


def test_a_feature_becomes_flat_values(content: AtlasContent) -> None:
    row = content.layers["parks"].iloc[0]
    assert row["period"] == "2011-2013"
    assert row["place_names"] == ("哈尔滨市/双城区",)
    assert row["basis"] == "text"
    assert (row["line"], row["start"], row["end"]) == (3, 22, 35)
    assert row["quote"] == "哈尔滨市农机产业园（双城）"


def test_missing_values_are_none_or_na(content: AtlasContent) -> None:
    clusters = schema.layer_from_features([], "clusters")
    assert str(clusters["existing"].dtype) == "boolean"
    assert content.layers["projects"]["enterprise"].tolist() == ["贝特瑞", None]
    assert schema.plain_values(content.layers["clusters"]["existing"]) == [False]


def test_a_polygon_becomes_a_multipolygon(features: dict[str, tuple[Feature, ...]]) -> None:
    (cluster,) = features["clusters"]
    shape = box(0.5, 0.5, 1, 1)
    (back,) = schema.features_from_layer(
        schema.layer_from_features([replace(cluster, geometry=shape)], "clusters")
    )
    assert back.geometry == MultiPolygon([shape])


@pytest.mark.parametrize(
    ("change", "column", "problem"),
    [
        (set_value("basis", "guess"), "basis", "'guess' is none of text, context"),
        (set_value("precision", "exact"), "precision", "'exact' is none of site"),
        (set_value("review", "seen"), "review", "'seen' is none of auto, curated"),
        (set_value("name", None), "name", "is empty"),
        (set_value("name", 7), "name", "7 is not text"),
        (set_value("name", "园\x00区"), "name", "NUL"),
        (set_value("name", "园\ud800"), "name", "surrogate"),
        (set_value("line", "3"), "line", "'3' is not a whole number"),
        (set_value("line", True), "line", "True is not a whole number"),
        (set_value("line", 0), "line", "lines count from 1"),
        (set_value("start", -1), "start", "before the text"),
        (set_value("end", 36), "quote", "is 13 characters long, but 22 to 36 are 14"),
        (set_value("quote", ""), "quote", "is empty"),
        (set_value("period", "2011-2014"), "period", "'2011-2014' is not 2011-2013"),
        (set_value("period_end", 2010), "period_end", "2010 is before 2011"),
        (set_value("places", ("2301",)), "places", "'2301' is not a six-digit code"),
        (set_value("places", ("230113", "230100")), "place_names", "1 for 2 places"),
        (set_value("places", ["230113"]), "places", "is not a tuple of texts"),
        (set_value("industries", ("Equipment",)), "industries", "'Equipment' is not an industry"),
        (set_value("places_as_written", ("双;城",)), "places_as_written", "joins lists"),
        (set_value("places_as_written", ("",)), "places_as_written", "empty item"),
        (set_value("precision", "none"), "precision", "but there are places"),
        (set_value("layer", "projects"), "layer", "is 'projects'"),
        (set_geometry(Point(0, 0)), "geometry", "is 0,0"),
        (set_geometry(Point(45.38, 126.31)), "geometry", "is not longitude and latitude"),
        (set_geometry(Point()), "geometry", "is empty"),
        (set_geometry(LineString([(1, 1), (2, 2)])), "geometry", "is a LineString"),
        (set_geometry(box(1, 1, 2, 2)), "geometry", "is a Polygon; the layer holds Point"),
        (twice, "id", "occurs more than once"),
    ],
)
def test_a_wrong_row_is_named(
    content: AtlasContent, change: Change, column: str, problem: str
) -> None:
    frame = change(content.layers["parks"].copy())
    with pytest.raises(SchemaError) as caught:
        schema.validate_layer(frame, "parks")
    assert str(caught.value).startswith(f"layer parks, {PARK}, column {column}: ")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    "key", ["parks:x", "sample-2011:projects:x", "sample-2011:parks:", "sample-2011:parks:a b"]
)
def test_an_id_has_the_form_of_the_contract(content: AtlasContent, key: str) -> None:
    frame = set_value("id", key)(content.layers["parks"].copy())
    with pytest.raises(
        SchemaError, match=r"column id: is not of the form sample-2011:parks:<slug>"
    ):
        schema.validate_layer(frame, "parks")


def test_a_role_of_a_layout_is_one_of_the_list(content: AtlasContent) -> None:
    frame = set_value("role", "axis")(content.layers["layout"].copy())
    with pytest.raises(SchemaError, match="'axis' is none of zone, belt, bases"):
        schema.validate_layer(frame, "layout")


def test_a_shape_without_a_place_is_refused(content: AtlasContent) -> None:
    frame = content.layers["projects"].copy()
    frame = frame.set_geometry([Point(126, 45), Point(127, 46)], crs=frame.crs)
    with pytest.raises(SchemaError, match="某项目, column geometry: is there, but no place"):
        schema.validate_layer(frame, "projects")


def test_a_crossed_polygon_is_refused(content: AtlasContent) -> None:
    crossed = Polygon([(1, 1), (2, 2), (2, 1), (1, 2)])
    frame = set_geometry(crossed)(content.layers["clusters"].copy())
    with pytest.raises(SchemaError, match="column geometry: is not valid"):
        schema.validate_layer(frame, "clusters")


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:4490", None])
def test_another_crs_is_refused(content: AtlasContent, crs: str | None) -> None:
    frame = content.layers["parks"].set_crs(crs, allow_override=True)
    with pytest.raises(SchemaError, match=r"layer parks: its CRS is .*, not EPSG:4326"):
        schema.validate_layer(frame, "parks")


def test_columns_that_lack_or_are_too_many_are_named(content: AtlasContent) -> None:
    parks = content.layers["parks"]
    with pytest.raises(SchemaError, match=r"lacks the column\(s\) quote, level"):
        schema.validate_layer(parks.drop(columns=["quote", "level"]), "parks")
    with pytest.raises(SchemaError, match=r"unknown column\(s\) colour"):
        schema.validate_layer(parks.assign(colour="red"), "parks")
    with pytest.raises(SchemaError, match="out of order"):
        schema.validate_layer(parks[[*reversed(parks.columns)]], "parks")


def test_an_unknown_layer_is_told_with_those_that_exist() -> None:
    with pytest.raises(SchemaError, match=re.escape("'park'; the layers are layout, clusters")):
        schema.columns_of("park")


def test_a_table_without_geometry_is_no_layer(content: AtlasContent) -> None:
    with pytest.raises(SchemaError, match="is a DataFrame, not a GeoDataFrame"):
        schema.validate_layer(pd.DataFrame(content.layers["parks"]), "parks")


def test_a_wrong_row_of_a_table_is_named() -> None:
    row = {"code": "equipment", "zh": "高端装备", "gbt4754": (), "emerging2018": ()}
    with pytest.raises(SchemaError, match="layer industries, row 0, column en: is empty"):
        schema.table_from_records([row], "industries")


def test_the_enumerations_are_those_of_the_model() -> None:
    (basis,) = [c for c in schema.COLUMNS if c.name == "basis"]
    assert basis.choices == tuple(Basis)
