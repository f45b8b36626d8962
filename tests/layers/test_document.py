"""A plan that is not in the library: its features in one frame."""

from __future__ import annotations

from layers import schema
from layers.document import extract_document
from layers.plans import Plan

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
