"""The gazetteer: divisions of China by code and year, their names, parents and seats.

It reads `geo/built/`, which the compile step (`geo.compile`) makes, with the standard library
alone, so that a command starts fast.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, TextIO

from geo.errors import DataMissingError, UnknownPlaceError

BUILT = Path(__file__).resolve().parent / "built"
FIRST_YEAR = 1980
"""The first year of the tables: what is valid then may be older."""

Level = Literal["province", "prefecture", "county", "township", "site"]


@dataclass(frozen=True, slots=True)
class Division:
    """A code with one name and one parent, in the years `valid_from` to `valid_to`.

    `valid_to` is None while the division stands. `today` holds the codes of today's divisions
    on its ground: one for a renamed division, several for a divided one, none where not known.
    """

    adcode: str
    name: str
    level: str
    parent: str | None
    valid_from: int
    valid_to: int | None
    today: tuple[str, ...]

    def valid_in(self, year: int) -> bool:
        """Whether the division stood at the end of `year`; 1980 stands for all years before."""
        first = self.valid_from if self.valid_from > FIRST_YEAR else year
        return first <= year and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a division is governed from: WGS 84 longitude and latitude in degrees.

    `source` is `geonames`, `cpca`, `polygon` (a point within the division, no seat is known) or
    `parent` (the seat of the division above, no polygon is known either). `distance_m` is how
    far GeoNames and cpca are apart, where both know the seat.
    """

    lon: float
    lat: float
    source: str
    distance_m: float | None = None


class Gazetteer:
    """Divisions of China, 1980 to today. Immutable; `load_gazetteer` gives the shared one."""

    def __init__(self, divisions: Iterable[Division], seats: Mapping[str, Seat]) -> None:
        self._all = tuple(divisions)
        self._seats = dict(seats)
        self._today = {d.adcode: d for d in self._all if d.valid_to is None}
        self._runs: dict[str, list[Division]] = defaultdict(list)
        children: dict[str, list[str]] = defaultdict(list)
        for division in self._all:
            self._runs[division.adcode].append(division)
        for division in self._today.values():
            if division.parent:
                children[division.parent].append(division.adcode)
        self._children = {code: tuple(sorted(codes)) for code, codes in children.items()}

    @classmethod
    def load(cls, folder: Path = BUILT) -> Gazetteer:
        """Read `divisions.csv` and `seats.csv`.

        Raises
        ------
        DataMissingError
            When the files have not been built; the message says how to build them.
        """
        return cls(read_divisions(folder / "divisions.csv"), read_seats(folder / "seats.csv"))

    def divisions(self, year: int | None = None) -> Sequence[Division]:
        """All divisions that stood at the end of `year`; without a year those of today."""
        if year is None:
            return tuple(self._today.values())
        return tuple(division for division in self._all if division.valid_in(year))

    def divisions_ever(self) -> Sequence[Division]:
        """Every run of years of every code, also those that are gone."""
        return self._all

    def division(self, adcode: str) -> Division:
        """Today's division of that code.

        Raises
        ------
        UnknownPlaceError
            When no division has the code today; the message names its successors.
        """
        try:
            return self._today[adcode]
        except KeyError:
            raise UnknownPlaceError(self._unknown(adcode)) from None

    def _unknown(self, adcode: str) -> str:
        runs = self._runs.get(adcode)
        if not runs:
            return f"no division has the code {adcode!r}"
        last = runs[-1]
        successors = ", ".join(last.today) or "not known"
        return f"{adcode} ({last.name}) was valid until {last.valid_to}; today: {successors}"

    def path(self, adcode: str) -> str:
        """Today's official names from the prefecture down: `哈尔滨市/双城区`.

        A province gives its own name, a county directly under a province too: `济源市`. In a
        municipality the municipality stands first: `北京市/海淀区`.
        """
        division = self.division(adcode)
        names = [division.name]
        while division.parent:
            division = self.division(division.parent)
            if division.level == "province" and not _is_municipality(division):
                break
            names.append(division.name)
        return "/".join(reversed(names))

    def parent(self, adcode: str) -> str | None:
        """Code of the division above, today; None for a province."""
        return self.division(adcode).parent

    def children(self, adcode: str) -> tuple[str, ...]:
        """Codes of the divisions directly below, today, in order."""
        self.division(adcode)
        return self._children.get(adcode, ())

    def within(self, adcode: str, region: str) -> bool:
        """Whether a division of today is `region` or lies in it."""
        self.division(region)
        code: str | None = adcode
        while code is not None:
            if code == region:
                return True
            code = self.division(code).parent
        return False

    def seat(self, adcode: str) -> Seat:
        """The seat of a division of today, or of an old one where a source holds it.

        Raises
        ------
        UnknownPlaceError
            When neither is known.
        """
        try:
            return self._seats[adcode]
        except KeyError:
            raise UnknownPlaceError(f"no seat is known for {adcode!r}") from None

    def today(self, adcode: str, year: int) -> tuple[str, ...]:
        """Codes of today on the ground that `adcode` had at the end of `year`.

        Raises
        ------
        UnknownPlaceError
            When the code was not in use in that year.
        """
        for division in self._runs.get(adcode, ()):
            if division.valid_in(year):
                return division.today
        raise UnknownPlaceError(f"no division had the code {adcode!r} in {year}")


def _is_municipality(division: Division) -> bool:
    return division.level == "province" and division.name.endswith("市")


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the built data, read once per process."""
    return Gazetteer.load()


def read_divisions(path: Path) -> tuple[Division, ...]:
    """Read `divisions.csv`.

    Raises
    ------
    DataMissingError
        When the file has not been built.
    """
    with _open_built(path) as stream:
        rows = csv.reader(stream)
        next(rows)
        return tuple(
            Division(
                adcode,
                name,
                level,
                parent or None,
                int(valid_from),
                int(valid_to) if valid_to else None,
                tuple(today.split(";")) if today else (),
            )
            for adcode, name, level, parent, valid_from, valid_to, today in rows
        )


def read_seats(path: Path) -> dict[str, Seat]:
    """Read `seats.csv`: seats by division code.

    Raises
    ------
    DataMissingError
        When the file has not been built.
    """
    with _open_built(path) as stream:
        rows = csv.reader(stream)
        next(rows)
        return {
            adcode: Seat(float(lon), float(lat), source, float(distance_m) if distance_m else None)
            for adcode, lon, lat, source, distance_m in rows
        }


def _open_built(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8", newline="")
    except FileNotFoundError as error:
        raise DataMissingError(
            f"{path} is missing: the geographic data have not been built; run `make build` in a "
            "checkout, or reinstall the package"
        ) from error
