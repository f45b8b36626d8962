"""Text in, places out: the one function that runs recognition and resolution together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypedDict

from geo.errors import UnknownPlaceError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.recognition import NameIndex, recognise_toponyms
from geo.resolution import Resolved, resolve_mentions
from geo.sites import Site, Town, read_sites, read_towns

_LAST_YEAR = 2024  # of the register; later texts are read with its names


class LocatedJSON(TypedDict):
    """A place as `planmap locate` prints it."""

    name: str
    start: int
    end: int
    adcode: str
    path: str
    lon: float | None
    lat: float | None
    precision: str
    within: str | None


@dataclass(frozen=True, slots=True)
class LocatedPlace:
    """A place that a text names.

    `text[start:end] == name`, as written; `adcode` and `path` are as of today; `lon`, `lat` are
    WGS 84 degrees of the site, the town or the division's seat; `precision` says which.
    `within` is the organisation whose name the toponym is a part of, or None.
    """

    name: str
    start: int
    end: int
    adcode: str
    path: str
    lon: float | None
    lat: float | None
    precision: str
    within: str | None = None
    key: str = ""

    def to_json(self) -> LocatedJSON:
        """The contract's members, plus `within`; coordinates to seven decimals."""
        return {
            "name": self.name,
            "start": self.start,
            "end": self.end,
            "adcode": self.adcode,
            "path": self.path,
            "lon": None if self.lon is None else round(self.lon, 7),
            "lat": None if self.lat is None else round(self.lat, 7),
            "precision": self.precision,
            "within": self.within,
        }


class Locator:
    """Recognition and resolution with the names of one year.

    Building one costs some tens of milliseconds; `locator_for` keeps them.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        year: int | None,
        sites: tuple[Site, ...],
        towns: tuple[Town, ...],
    ) -> None:
        self.gazetteer = gazetteer
        self.index = NameIndex(gazetteer, year, sites, towns)
        self._points: dict[str, tuple[float | None, float | None, str, str]] = {}
        for site in sites:
            self._points[site.id] = (site.lon, site.lat, site.precision, site.adcode)
        for town in towns:
            self._points[f"{town.adcode}:{town.name}"] = (
                town.lon,
                town.lat,
                "township",
                town.adcode,
            )

    def resolve(self, text: str, region: str | None = None) -> list[Resolved]:
        """The places that `text` names, one for each mention, in order."""
        mentions = recognise_toponyms(text, self.index, region)
        return resolve_mentions(text, mentions, self.gazetteer, region)

    def locate(self, text: str, region: str | None = None) -> list[LocatedPlace]:
        """As `resolve`, one row for each place with coordinates; a joint form gives several."""
        return [
            self._place(resolved, adcode)
            for resolved in self.resolve(text, region)
            for adcode in resolved.adcodes
        ]

    def _place(self, resolved: Resolved, adcode: str) -> LocatedPlace:
        lon, lat, precision = self.point(resolved.key, adcode)
        return LocatedPlace(
            resolved.surface,
            resolved.start,
            resolved.end,
            adcode,
            self.gazetteer.path(adcode),
            lon,
            lat,
            precision,
            resolved.within,
            resolved.key,
        )

    def point(self, key: str, adcode: str) -> tuple[float | None, float | None, str]:
        """Longitude, latitude (WGS 84) and precision of a site, a town or a division.

        Without a point of its own a site or town is put at the seat of its division, and the
        precision says so.
        """
        lon, lat, precision, _ = self._points.get(key, (None, None, "", ""))
        if lon is not None and lat is not None:
            return lon, lat, precision
        seat = self.gazetteer.seat(adcode)
        return seat.lon, seat.lat, self.gazetteer.division(adcode).level


@lru_cache(maxsize=16)
def locator_for(year: int | None = None, *, sites: bool = True) -> Locator:
    """The locator for a text of `year` (None: today); without `sites` it knows no parks."""
    known = None if year is None or year >= _LAST_YEAR else year
    return Locator(load_gazetteer(), known, read_sites() if sites else (), read_towns())


def locate(text: str, *, year: int | None = None, region: str | None = None) -> list[LocatedPlace]:
    """The places that a text names, as of today.

    Parameters
    ----------
    text
        Any text; offsets count Unicode code points.
    year
        Year of the text, whose names are used; None for today.
    region
        Today's code of the province or prefecture that the text speaks of; None for all China.

    Returns
    -------
    list of LocatedPlace
        In the order of the text; WGS 84, longitude and latitude in degrees.

    Raises
    ------
    UnknownPlaceError
        When `region` is not a division of today.
    """
    locator = locator_for(year)
    if region is not None:
        locator.gazetteer.division(region)
    return locator.locate(text, region)


__all__ = ["LocatedPlace", "Locator", "UnknownPlaceError", "locate", "locator_for"]
