"""One plan that is not in the library: the features that it holds."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from layers import schema
from layers.extraction import extract_features, read_tools
from layers.placement import place_features, read_ground
from layers.plans import Document, Plan


def extract_document(plan: Plan, text: str) -> gpd.GeoDataFrame:
    """Return the features of one plan, all layers in one frame (EPSG:4326), in layer order."""
    tools = read_tools()
    extraction = extract_features(Document(plan, text), tools)
    placed = place_features(extraction.features, read_ground(tools.gazetteer))
    frames = [
        schema.layer_from_features([f for f in placed if f.layer == layer], layer)
        for layer in schema.FEATURE_LAYERS
    ]
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    return gpd.GeoDataFrame(pd.concat(filled, ignore_index=True), crs="EPSG:4326")
