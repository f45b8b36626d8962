"""The spatial structure that the map shows at first, and the zones that stand for its bases.

A plan's layout such as 一区两带多基地 names zones and belts by their places, and its many bases by
none. The map draws such bases as the development zones of the table of sites; that is our
knowledge and said to be, and the feature itself keeps its empty places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.gazetteer import Gazetteer
from geo.sites import Site
from layers.model import Feature
from layers.query import is_within

BASES = "bases"
CORRIDOR = "corridor"
ZONE_LEVELS = ("national", "provincial")


@dataclass(frozen=True, slots=True)
class Structure:
    """A plan's layout: its name in the plan (None where its parts have no common one), its parts.

    `features` holds those with an area first, in the order of the plan, then the others.
    """

    plan: str
    group: str | None
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """A development zone of the table of sites, with where its mark stands (WGS 84 degrees).

    `place` is today's path of the division `adcode` that holds it. `precision` says what the
    point is: the zone's own, or the seat of that division.
    """

    name: str
    level: str
    adcode: str
    place: str
    precision: str
    lon: float
    lat: float


def newest_structure(layout: Iterable[Feature]) -> Structure | None:
    """Return the structure of the plan whose period ends last, None where nothing has an area.

    Its parts are the members of the plan's largest group and its corridors; all of its layout
    where it groups nothing.
    """
    features = list(layout)
    drawn = [feature for feature in features if feature.geometry is not None]
    if not drawn:
        return None
    newest = max(drawn, key=lambda feature: (feature.period_end, feature.period_start)).plan
    own = [feature for feature in features if feature.plan == newest]
    groups = Counter(feature.group for feature in own if feature.group is not None)
    group = groups.most_common(1)[0][0] if groups else None
    parts = [f for f in own if group is None or f.group == group or f.role == CORRIDOR]
    parts.sort(key=lambda feature: feature.geometry is None)
    return Structure(newest, group, tuple(parts))


def stands_for_many(feature: Feature, layout: Iterable[Feature]) -> bool:
    """Say whether a feature means many bases at once and names no place for them.

    It is the only one of its role in its group: a structure that names its bases one by one
    (八大基地) means each of them and no other.
    """
    if feature.role != BASES or feature.group is None or feature.places:
        return False
    return not any(
        other.id != feature.id
        and (other.plan, other.group, other.role) == (feature.plan, feature.group, BASES)
        for other in layout
    )


def zones_in(
    region: str, first: int, last: int, sites: Sequence[Site], gazetteer: Gazetteer
) -> tuple[Zone, ...]:
    """Return the zones of national and provincial level within `region` from `first` to `last`.

    A zone counts when it existed in one of these years; an unknown bound is no bound. National
    zones come first, each level in the order of the divisions' codes.
    """
    found = [
        _zone(site, gazetteer)
        for site in sites
        if site.level in ZONE_LEVELS
        and is_within(site.adcode, region)
        and any(site.valid_in(year) for year in range(first, last + 1))
    ]
    return tuple(sorted(found, key=lambda zone: (ZONE_LEVELS.index(zone.level), zone.adcode)))


def _zone(site: Site, gazetteer: Gazetteer) -> Zone:
    if site.lon is not None and site.lat is not None:
        lon, lat = site.lon, site.lat
    else:
        seat = gazetteer.seat(site.adcode)
        lon, lat = seat.lon, seat.lat
    return Zone(
        site.name, site.level, site.adcode, gazetteer.path(site.adcode), site.precision, lon, lat
    )
