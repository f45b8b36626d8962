"""From places and precision to a shape on the map.

What a feature says decides what is drawn: a point for a park or a project that stands in one
place, the union of its divisions for an area, a band for a corridor. Where nothing honest can be
drawn the geometry stays None, and `why_unlocated` says in words why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import geopandas as gpd
import pandas as pd
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.errors import UnknownPlaceError
from geo.gazetteer import Gazetteer
from geo.geometry import LEVELS, corridor, read_boundaries, union_of
from geo.sites import Site, Town, read_sites, read_towns
from layers.model import Basis, Feature, Precision
from layers.schema import GEOMETRY_KINDS

CORRIDOR_RADIUS_M: Final = 15_000.0
"""Half-width of a corridor. No plan states one: it is schematic, wide enough to take in the
county seats on the line (肇东, 安达 lie within 6 km of the line from 哈尔滨 to 大庆)."""

_FINE: Final = (Precision.SITE, Precision.TOWNSHIP)
_PRECISION_OF_LEVEL: Final[Mapping[str, Precision]] = {
    "county": Precision.COUNTY,
    "prefecture": Precision.PREFECTURE,
    "province": Precision.PROVINCE,
}

# The shapes of one build by what they depend on: many features have the same places.
_Areas = dict[tuple[bool, tuple[str, ...]], BaseGeometry | None]


@dataclass(frozen=True)
class Ground:
    """What shapes are made of: the gazetteer, the polygons and the known points.

    `polygons` has the divisions of all levels in EPSG:4326 with the code as index.
    """

    gazetteer: Gazetteer
    polygons: gpd.GeoDataFrame
    sites: tuple[Site, ...] = ()
    towns: tuple[Town, ...] = ()

    @cached_property
    def points(self) -> dict[tuple[str, str], tuple[Point, Precision]]:
        """The point and its precision by division code and name, of sites and towns with one."""
        found: dict[tuple[str, str], tuple[Point, Precision]] = {}
        for town in self.towns:
            if town.lon is not None and town.lat is not None:
                point = Point(town.lon, town.lat)
                found[town.adcode, town.name] = (point, Precision.TOWNSHIP)
        for site in self.sites:
            if site.lon is not None and site.lat is not None:
                for name in site.names:
                    point = Point(site.lon, site.lat)
                    found[site.adcode, name] = (point, Precision(site.precision))
        return found


def read_ground(gazetteer: Gazetteer) -> Ground:
    """Read the polygons of the country, the sites and the towns.

    Raises
    ------
    DataMissingError
        When the geographic data have not been built.
    """
    every = gpd.GeoDataFrame(pd.concat([read_boundaries(level) for level in LEVELS]))
    # A division without a middle level is in two of the files under one code.
    polygons = every[~every.index.duplicated()]
    return Ground(gazetteer, polygons, read_sites(), read_towns())


def place_features(features: Iterable[Feature], ground: Ground) -> tuple[Feature, ...]:
    """Return the features with their geometry (EPSG:4326), in order.

    A geometry that is there already stays. A precision that nothing bears out becomes that of
    the division at whose seat the point lies.
    """
    areas: _Areas = {}
    return tuple(_placed(feature, ground, areas) for feature in features)


def why_unlocated(feature: Feature) -> str | None:
    """Say why a feature has no geometry; None when it has one or its layer knows none."""
    if feature.geometry is not None or GEOMETRY_KINDS[feature.layer] == "none":
        return None
    if not feature.places:
        return "the plan names no place for it, and no table knows where it is"
    if _is_vague(feature):
        return f"the plan places it in {'、'.join(feature.place_names)} as a whole"
    if len(feature.places) > 1 and GEOMETRY_KINDS[feature.layer] == "point":
        return f"it stands in several places: {'、'.join(feature.place_names)}"
    return f"no coordinates are known for {'、'.join(feature.place_names)}"


def _placed(feature: Feature, ground: Ground, areas: _Areas) -> Feature:
    if feature.geometry is not None or not feature.places:
        return feature
    if GEOMETRY_KINDS[feature.layer] == "none" or _is_vague(feature):
        return feature
    if GEOMETRY_KINDS[feature.layer] == "polygon":
        key = (feature.role == "corridor", feature.places)
        if key not in areas:
            areas[key] = _area(feature, ground)
        return replace(feature, geometry=areas[key])
    return _at_point(feature, ground) if len(feature.places) == 1 else feature


def _is_vague(feature: Feature) -> bool:
    """Whether only the province is known; an area is vague only if the text does not say so."""
    if feature.precision == Precision.NONE:
        return True
    is_point = GEOMETRY_KINDS[feature.layer] == "point"
    return feature.precision == Precision.PROVINCE and (is_point or feature.basis != Basis.TEXT)


def _area(feature: Feature, ground: Ground) -> BaseGeometry | None:
    """Return the union of the divisions that have a polygon, or the band through their seats."""
    if feature.role == "corridor" and len(feature.places) > 1:
        seats = [ground.gazetteer.seat(code) for code in feature.places]
        return corridor([(seat.lon, seat.lat) for seat in seats], CORRIDOR_RADIUS_M)
    known = [code for code in feature.places if code in ground.polygons.index]
    return union_of(ground.polygons, known) if known else None


def _at_point(feature: Feature, ground: Ground) -> Feature:
    """Return the feature at its site or town, else at the seat of its one division."""
    (adcode,) = feature.places
    if feature.precision in _FINE:
        for word in (feature.name, *feature.places_as_written):
            if (adcode, word) in ground.points:
                point, precision = ground.points[adcode, word]
                return replace(feature, geometry=point, precision=precision)
    try:
        seat = ground.gazetteer.seat(adcode)
    except UnknownPlaceError:
        return feature
    level = ground.gazetteer.division(adcode).level
    precision = _PRECISION_OF_LEVEL[level] if feature.precision in _FINE else feature.precision
    return replace(feature, geometry=Point(seat.lon, seat.lat), precision=precision)
