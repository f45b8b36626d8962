"""What an application holds between requests: its atlas, its settings, and what was computed."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from flask import current_app
from shapely.geometry import Point

from geo.gazetteer import load_gazetteer
from geo.geometry import read_boundaries
from geo.sites import read_sites
from webmap.maps import Box, TileSource
from webmap.reading import Shelf
from webmap.settings import SettingValue
from webmap.structures import Zone, zones_in

Value = TypeVar("Value")

CACHED_VALUES = 64


@dataclass
class State:
    """One application's atlas, settings and cache. Safe to use from several threads."""

    shelf: Shelf
    settings: Mapping[str, SettingValue]
    tiles: tuple[TileSource, ...]
    _cache: dict[Hashable, object] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def cached(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value under `key`; make it once, and let the oldest go when there are many."""
        with self._lock:
            if key not in self._cache:
                value = make()
                while len(self._cache) >= CACHED_VALUES:
                    self._cache.pop(next(iter(self._cache)))
                self._cache[key] = value
            return cast("Value", self._cache[key])

    def extent(self, region: str) -> Box:
        """Return the rectangle around a province, in degrees, WGS 84."""
        return self.cached(("extent", region), lambda: _extent(region))

    def region_name(self, region: str) -> str:
        """Return the official name of a province."""
        return self.cached(
            ("region-name", region),
            lambda: str(read_boundaries("province", region)["name"].iloc[0]),
        )

    def foreign_province(self, region: str, point: tuple[float, float]) -> str | None:
        """Return the name of the province other than `region` that holds a point, if one does.

        `point` is longitude and latitude, WGS 84.
        """
        provinces = self.cached(("provinces",), lambda: read_boundaries("province"))
        holders = provinces[provinces.contains(Point(point))]
        return None if holders.empty or region in holders.index else str(holders["name"].iloc[0])

    def zones(self, region: str, first: int, last: int) -> tuple[Zone, ...]:
        """Return the development zones of `region` from `first` to `last` (years)."""
        return self.cached(
            ("zones", region, first, last),
            lambda: zones_in(region, first, last, read_sites(), load_gazetteer()),
        )

    @property
    def tolerance_m(self) -> float:
        """How much outlines are simplified for the map page, in metres."""
        return float(self.settings["tolerance_m"])

    @property
    def base_tag(self) -> str:
        """A short text that changes when the base of the map would look different."""
        known = f"outlines-2-{self.tolerance_m}"
        return hashlib.sha256(known.encode()).hexdigest()[:12]


def _extent(region: str) -> Box:
    west, south, east, north = read_boundaries("province", region).total_bounds
    return Box(float(west), float(south), float(east), float(north))


def current_state() -> State:
    """Return the state of the application that answers this request."""
    return cast("State", current_app.extensions["planmap"])
