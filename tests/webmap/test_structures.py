"""The newest layout, and the zones that stand for bases without a place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import box

from geo.gazetteer import load_gazetteer
from geo.sites import Site, read_sites
from layers.model import Evidence, Feature
from webmap.structures import newest_structure, stands_for_many, zones_in


def part(plan: str, name: str, role: str | None, group: str | None, *, area: bool) -> Feature:
    """A part of a layout; the plan's id ends with its first year, it runs for five."""
    year = int(plan[-4:])
    return Feature(
        id=f"{plan}:layout:{name}",
        layer="layout",
        plan=plan,
        period_start=year,
        period_end=year + 4,
        name=name,
        evidence=Evidence("x.txt", 1, 0, len(name), name),
        places=("230100",) if area else (),
        role=role,
        group=group,
        geometry=box(126, 45, 127, 46) if area else None,
    )


LAYOUT = (
    part("old-2011", "走廊", "corridor", "八区", area=True),
    part("old-2011", "煤电化", "zone", "八区", area=True),
    part("new-2019", "基地", "bases", "一区两带", area=False),
    part("new-2019", "城市群", "region", None, area=True),
    part("new-2019", "引领区", "zone", "一区两带", area=True),
    part("new-2019", "转型带", "belt", "一区两带", area=True),
    part("new-2019", "新走廊", "corridor", None, area=True),
)


def test_the_newest_structure_is_the_largest_group_of_the_last_plan_and_its_corridors() -> None:
    structure = newest_structure(LAYOUT)

    assert structure is not None
    assert (structure.plan, structure.group) == ("new-2019", "一区两带")
    assert [feature.name for feature in structure.features] == [
        "引领区",
        "转型带",
        "新走廊",
        "基地",
    ]


def test_a_plan_that_draws_nothing_is_not_the_newest() -> None:
    later = part("later-2021", "无处", "zone", "新布局", area=False)
    structure = newest_structure((*LAYOUT, later))

    assert structure is not None
    assert structure.plan == "new-2019"
    assert newest_structure((later,)) is None


def test_without_a_group_it_is_all_that_the_plan_lays_out() -> None:
    structure = newest_structure((part("a-2006", "新区", "zone", None, area=True),))

    assert structure is not None
    assert structure.group is None
    assert [feature.name for feature in structure.features] == ["新区"]


def test_many_bases_are_one_statement_without_a_place() -> None:
    bases = LAYOUT[2]
    named = [part("old-2011", f"{n}矿产基地", "bases", "八大基地", area=n > 1) for n in range(3)]

    assert stands_for_many(bases, LAYOUT)
    assert not stands_for_many(replace(bases, places=("230100",)), LAYOUT)
    assert not stands_for_many(replace(bases, group=None), LAYOUT)
    assert not any(stands_for_many(feature, named) for feature in named)
    assert not any(stands_for_many(feature, LAYOUT) for feature in LAYOUT if feature is not bases)


def site(name: str, **changes: object) -> Site:
    """A provincial zone that was always there, without a point of its own."""
    values: dict[str, object] = {
        "id": name,
        "name": name,
        "aliases": (),
        "level": "provincial",
        "kind": "park",
        "adcode": "230113",
        "lon": None,
        "lat": None,
        "precision": "county",
        "valid_from": None,
        "valid_to": None,
        "source": "a list",
        "note": "",
    }
    return Site(**{**values, **changes})  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"level": "national"}, True),
        ({"level": "other"}, False),
        ({"adcode": "220102"}, False),
        ({"valid_from": 2025}, True),
        ({"valid_from": 2026}, False),
        ({"valid_to": 2019}, True),
        ({"valid_to": 2018}, False),
    ],
)
def test_a_zone_counts_by_level_region_and_years(changes: dict[str, object], counts: bool) -> None:
    zones = zones_in("230000", 2019, 2025, [site("甲", **changes)], load_gazetteer())

    assert bool(zones) is counts


def test_a_zone_stands_at_its_point_or_at_the_seat_of_its_division() -> None:
    gazetteer = load_gazetteer()
    own = site("甲", lon=126.5, lat=45.5, precision="site")
    zones = zones_in("230100", 2019, 2025, [own, site("乙", level="national")], gazetteer)
    seat = gazetteer.seat("230113")

    assert [(zone.name, zone.place, zone.lon, zone.lat) for zone in zones] == [
        ("乙", "哈尔滨市/双城区", seat.lon, seat.lat),
        ("甲", "哈尔滨市/双城区", 126.5, 45.5),
    ]


def test_the_table_of_sites_has_such_zones_all_over_the_province() -> None:
    zones = zones_in("230000", 2019, 2025, read_sites(), load_gazetteer())

    assert len(zones) >= 30
    assert {zone.level for zone in zones} == {"national", "provincial"}
    assert len({zone.adcode[:4] for zone in zones}) >= 8
    assert all(121 < zone.lon < 136 and 43 < zone.lat < 54 for zone in zones)
