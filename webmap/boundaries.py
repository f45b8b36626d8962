"""What the map draws under and as areas, thinned out for a screen.

The exact shapes are what the interface and the downloads give; these serve the map page only.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geometry import read_boundaries, representative_point, simplify_for_web

LEVELS = ("province", "prefecture", "county")
# Other provinces only serve orientation and are drawn coarser.
PROVINCE_FACTOR = 8.0
METRES_PER_DEGREE = 111_320.0
DECIMALS = 4


def outlines(level: str, region: str, tolerance_m: float) -> gpd.GeoDataFrame:
    """Return the divisions of one level as the base of the map.

    Parameters
    ----------
    level
        One of `LEVELS`. Provinces are those of the whole country, the rest those of `region`.
    region
        Adcode of the province that the atlas is about.
    tolerance_m
        How much of a bend may go, in metres.

    Returns
    -------
    EPSG:4326; columns `id` (adcode), `name`, `label` (longitude and latitude of a point inside,
    where a name may stand), `geometry`.
    """
    is_province = level == "province"
    shapes = read_boundaries(level, None if is_province else region)
    thin = simplify_for_web(shapes, tolerance_m * (PROVINCE_FACTOR if is_province else 1.0))
    labels = [_label(shape) for shape in thin.geometry]
    return gpd.GeoDataFrame(
        {"id": list(thin.index), "name": list(thin["name"]), "label": labels},
        geometry=shapely.set_precision(np.asarray(thin.geometry.array), 10.0**-DECIMALS),
        crs=thin.crs,
    )


def _label(shape: BaseGeometry) -> tuple[float, float]:
    """Return the point of the largest part that is farthest from its edge: room for a name."""
    largest = max(shapely.get_parts(shape), key=lambda part: float(part.area))
    centre = shapely.get_point(shapely.maximum_inscribed_circle(largest, 0.05), 0)
    return round(float(centre.x), DECIMALS), round(float(centre.y), DECIMALS)


def thin_area(shape: BaseGeometry | None, tolerance_m: float) -> BaseGeometry | None:
    """Return an area with fewer vertices, still valid; points and None as they are."""
    if shape is None or shape.geom_type == "Point":
        return shape
    thin = shapely.simplify(shape, tolerance_m / METRES_PER_DEGREE, preserve_topology=True)
    return shapely.set_precision(thin, 10.0**-DECIMALS) if shapely.is_valid(thin) else shape


def anchor(shape: BaseGeometry) -> tuple[float, float]:
    """Return longitude and latitude where the symbol of a shape stands."""
    if shape.geom_type == "Point":
        return float(shape.x), float(shape.y)
    return representative_point(shape)
