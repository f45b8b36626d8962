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
# Other provinces only serve orientation: drawn coarser, and without their small islands.
PROVINCE_FACTOR = 15.0
SMALLEST_ISLAND_DEG2 = 0.003  # about 25 km²
# A part of an area that is smaller than this share of the largest one carries no name.
NAMED_SHARE = 0.3
METRES_PER_DEGREE = 111_320.0
DECIMALS = 4


def outlines(region: str, tolerance_m: float) -> dict[str, gpd.GeoDataFrame]:
    """Return the divisions that the map draws as its base.

    Parameters
    ----------
    region
        Adcode of the province that the atlas is about.
    tolerance_m
        How much of a bend may go, in metres.

    Returns
    -------
    A frame for each of `LEVELS`, EPSG:4326: the provinces of the whole country, the prefectures
    and counties of `region`. Columns `id` (adcode), `name`, `label` (longitude and latitude of a
    point inside, where a name may stand), `geometry`. Prefectures and the region itself are put
    together from the thinned counties, so that their lines coincide.
    """
    counties = simplify_for_web(read_boundaries("county", region), tolerance_m)
    counties = counties.set_geometry(_rounded(counties))
    members = counties.geometry.groupby(counties["parent"])
    dissolved = members.apply(lambda shapes: shapely.coverage_union_all(shapes.array))
    prefectures = read_boundaries("prefecture", region)
    prefectures = prefectures[prefectures.index.isin(dissolved.index)]
    prefectures = prefectures.set_geometry(
        gpd.GeoSeries(dissolved[prefectures.index], crs=counties.crs)
    )
    provinces = simplify_for_web(read_boundaries("province"), tolerance_m * PROVINCE_FACTOR)
    shapes = [_without_islands(shape) for shape in _rounded(provinces)]
    provinces = provinces.set_geometry(gpd.GeoSeries(shapes, provinces.index, crs=provinces.crs))
    provinces.loc[[region], "geometry"] = gpd.GeoSeries(
        [shapely.coverage_union_all(counties.geometry.array)], [region], crs=counties.crs
    )
    return {
        "province": _with_labels(provinces),
        "prefecture": _with_labels(prefectures),
        "county": _with_labels(counties),
    }


def _rounded(frame: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Return the shapes with as many decimals as a screen can show; borders stay shared."""
    shapes = shapely.set_precision(np.asarray(frame.geometry.array), 10.0**-DECIMALS)
    return gpd.GeoSeries(shapes, frame.index, crs=frame.crs)


def _without_islands(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape without its small parts; the largest always stays."""
    parts = shapely.get_parts(shape)
    areas = shapely.area(parts)
    return shapely.multipolygons(parts[areas >= min(SMALLEST_ISLAND_DEG2, areas.max())])


def _with_labels(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the columns that the map needs."""
    labels = [_label(shape) for shape in frame.geometry]
    return gpd.GeoDataFrame(
        {"id": list(frame.index), "name": list(frame["name"]), "label": labels},
        geometry=list(frame.geometry),
        crs=frame.crs,
    )


def _label(shape: BaseGeometry) -> tuple[float, float]:
    """Return the point of the largest part that is farthest from its edge: room for a name."""
    largest = max(shapely.get_parts(shape), key=lambda part: float(part.area))
    centre = shapely.get_point(shapely.maximum_inscribed_circle(largest, 0.05), 0)
    return round(float(centre.x), DECIMALS), round(float(centre.y), DECIMALS)


def label_points(shape: BaseGeometry) -> list[tuple[float, float]]:
    """Return where the name of an area may stand: one point in each of its larger parts."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -float(part.area))
    return [_label(part) for part in parts if part.area >= NAMED_SHARE * parts[0].area]


def thin_area(shape: BaseGeometry, tolerance_m: float) -> BaseGeometry:
    """Return an area with fewer vertices, still valid."""
    thin = shapely.simplify(shape, tolerance_m / METRES_PER_DEGREE, preserve_topology=True)
    rounded = shapely.set_precision(thin, 10.0**-DECIMALS)
    return shape if rounded.is_empty else rounded


def anchor(shape: BaseGeometry) -> tuple[float, float]:
    """Return longitude and latitude where the symbol of a shape stands."""
    point = (shape.x, shape.y) if shape.geom_type == "Point" else representative_point(shape)
    return round(float(point[0]), DECIMALS), round(float(point[1]), DECIMALS)
