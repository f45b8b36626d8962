"""What to take from a layer: parameters parsed once, then applied by a pure function.

The command line and the HTTP interface share this, so that a filter means the same in both.
Values of one parameter are alternatives, different parameters must all hold.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeVar

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import FilterError

T = TypeVar("T")

PARAMETERS: Final = ("layer", "industry", "plan", "period", "year", "place", "bbox", "q")

SEARCHED_COLUMNS: Final = ("name", "enterprise", "quote", "path")
"""Where `q` looks, as far as a layer has the column."""

MAX_VALUES: Final = 50
"""Values of one parameter; more is a mistake or an attack."""

MAX_CHARACTERS: Final = 200
"""Length of one value."""

_SHOWN: Final = 30  # existing values that a message lists
_YEAR: Final = re.compile(r"[0-9]{4}")
_NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A division that a filter can name: today's code, name, and path from the prefecture."""

    adcode: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What exists in an atlas, for a filter to be held against.

    `industries` maps each code to itself and its second level; `periods` holds the first and
    the last year of every plan.
    """

    layers: tuple[str, ...]
    industries: Mapping[str, tuple[str, ...]]
    plans: tuple[str, ...]
    periods: tuple[tuple[int, int], ...]
    places: tuple[PlaceFact, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box in WGS 84 degrees; `west` above `east` crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def polygons(self) -> tuple[BaseGeometry, ...]:
        """Return it as one rectangle, or as two at the antimeridian (RFC 7946, 5.2)."""
        if self.west <= self.east:
            return (_rectangle(self.west, self.south, self.east, self.north),)
        return (
            _rectangle(self.west, self.south, 180.0, self.north),
            _rectangle(-180.0, self.south, self.east, self.north),
        )


def _rectangle(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """Return the rectangle, or a line or a point when it has no width or no height."""
    return shapely.envelope(shapely.MultiPoint([(west, south), (east, north)]))


@dataclass(frozen=True, slots=True)
class Filter:
    """A checked filter; an empty field asks for nothing.

    `industries` are the codes as asked for, `industry_codes` those with their second level.
    `places` are today's division codes, and a code takes what lies within it.
    """

    layers: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    industry_codes: frozenset[str] = field(default=frozenset())
    plans: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return self != Filter()

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return it as parameters again, in the order of `PARAMETERS`: the state of a page."""
        boxes = [f"{b.west!r},{b.south!r},{b.east!r},{b.north!r}" for b in self.boxes]
        values: tuple[Iterable[object], ...] = (
            self.layers,
            self.industries,
            self.plans,
            self.periods,
            self.years,
            self.places,
            boxes,
            self.words,
        )
        return tuple(
            (name, str(value))
            for name, chosen in zip(PARAMETERS, values, strict=True)
            for value in chosen
        )


def parse_filter(
    parameters: Mapping[str, Sequence[str]],
    facts: Facts,
    *,
    allowed: Collection[str] = PARAMETERS,
    blank_is_absent: bool = False,
) -> Filter:
    """Check parameters against what exists.

    Parameters
    ----------
    parameters
        Name to values, as in a query string.
    facts
        What exists in the atlas.
    allowed
        The parameters that make sense here; any other is an error.
    blank_is_absent
        Whether an empty value counts as not given, as an HTML form sends it.

    Raises
    ------
    FilterError
        With the parameter, the value and what exists, for anything unknown or malformed.
    """
    unknown = sorted(set(parameters) - set(allowed))
    if unknown:
        raise FilterError(f"unknown parameter {_shown(unknown[0])}; there are {_listed(allowed)}")
    given = {name: _values(name, parameters[name], blank_is_absent) for name in parameters}
    industries = _parsed(given, "industry", lambda value: _industry(value, facts))
    return Filter(
        layers=_parsed(given, "layer", lambda value: _layer(value, facts)),
        industries=industries,
        industry_codes=frozenset(code for asked in industries for code in facts.industries[asked]),
        plans=_parsed(given, "plan", lambda value: _plan(value, facts)),
        periods=_parsed(given, "period", lambda value: _period(value, facts)),
        years=_parsed(given, "year", lambda value: _year(value, facts)),
        places=_parsed(given, "place", lambda value: _place(value, facts)),
        boxes=_parsed(given, "bbox", parse_box),
        words=_parsed(given, "q", str),
    )


def parse_box(value: str) -> Box:
    """Parse `minlon,minlat,maxlon,maxlat` in WGS 84 degrees.

    A first longitude above the second one crosses the antimeridian.

    Raises
    ------
    FilterError
        When it is not four finite numbers in range, the latitudes in order.
    """
    form = "bbox is minlon,minlat,maxlon,maxlat in degrees, for example 121,43,136,54"
    parts = [part.strip() for part in value.split(",")]
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise FilterError(f"bbox: {_shown(value)} is not four numbers; {form}")
    west, south, east, north = map(float, parts)
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise FilterError(f"bbox: a longitude of {_shown(value)} is not within -180 to 180; {form}")
    if not (-90 <= south <= 90 and -90 <= north <= 90):
        raise FilterError(f"bbox: a latitude of {_shown(value)} is not within -90 to 90; {form}")
    if south > north:
        raise FilterError(f"bbox: {_shown(value)} has its minlat above its maxlat; {form}")
    return Box(west, south, east, north)


def is_within(adcode: str, region: str) -> bool:
    """Say whether a division is another one or lies within it, by their six-digit codes.

    The first two digits are the province, the next two the prefecture (GB/T 2260).

    Examples
    --------
    >>> is_within("230113", "230100"), is_within("230100", "230113")
    (True, False)
    """
    if region.endswith("0000"):
        return adcode.startswith(region[:2])
    if region.endswith("00"):
        return adcode.startswith(region[:4])
    return adcode == region


def select(frame: gpd.GeoDataFrame, chosen: Filter) -> gpd.GeoDataFrame:
    """Return the rows of a layer that a filter takes, in their order.

    A row of the layer `places` is taken when some feature that names it could be: by its counts
    for industry and period, by its plans for the plan.
    """
    is_places = "adcode" in frame.columns
    conditions = _place_conditions(chosen) if is_places else _feature_conditions(chosen)
    rows = frame
    for columns, holds in conditions:
        values = [rows[name] for name in columns]
        keep = [holds(*row) for row in zip(*values, strict=True)]
        rows = rows[np.array(keep, dtype=bool)]
    return _inside(_searched(rows, chosen.words), chosen.boxes)


# -- conditions ---------------------------------------------------------------------------

Condition = tuple[tuple[str, ...], Callable[..., bool]]


def _feature_conditions(chosen: Filter) -> list[Condition]:
    """List each asked-for condition on a feature: the columns that it reads, and the test."""
    every: list[tuple[bool, Condition]] = [
        (bool(chosen.layers), (("layer",), lambda layer: layer in chosen.layers)),
        (
            bool(chosen.industries),
            (("industries",), lambda codes: not chosen.industry_codes.isdisjoint(codes)),
        ),
        (bool(chosen.plans), (("plan",), lambda plan: plan in chosen.plans)),
        (bool(chosen.periods), (("period",), lambda period: period in chosen.periods)),
        (
            bool(chosen.years),
            (
                ("period_start", "period_end"),
                lambda first, last: any(first <= year <= last for year in chosen.years),
            ),
        ),
        (
            bool(chosen.places),
            (("places",), lambda codes: any(_is_in(code, chosen.places) for code in codes)),
        ),
    ]
    return [condition for asked, condition in every if asked]


def _place_conditions(chosen: Filter) -> list[Condition]:
    every: list[tuple[bool, Condition]] = [
        (bool(chosen.layers), (("layer",), lambda layer: layer in chosen.layers)),
        (
            bool(chosen.plans),
            (("plans",), lambda plans: not set(chosen.plans).isdisjoint(plans)),
        ),
        (
            bool(chosen.industries or chosen.periods or chosen.years),
            (("counts",), lambda counts: _is_counted(json.loads(counts), chosen)),
        ),
        (bool(chosen.places), (("adcode",), lambda code: _is_in(code, chosen.places))),
    ]
    return [condition for asked, condition in every if asked]


def _is_counted(counts: Mapping[str, Mapping[str, int]], chosen: Filter) -> bool:
    """Say whether one period that is asked for counts one industry that is asked for."""
    return any(
        (not chosen.periods or period in chosen.periods)
        and (not chosen.years or any(_in_force(period, year) for year in chosen.years))
        and (not chosen.industries or not chosen.industry_codes.isdisjoint(by_industry))
        for period, by_industry in counts.items()
    )


def _in_force(period: str, year: int) -> bool:
    first, last = period.split("-")
    return int(first) <= year <= int(last)


def _is_in(adcode: str, regions: Iterable[str]) -> bool:
    return any(is_within(adcode, region) for region in regions)


def _searched(rows: gpd.GeoDataFrame, words: Sequence[str]) -> gpd.GeoDataFrame:
    if not words:
        return rows
    needles = [fold(word) for word in words]
    columns = [rows[name] for name in SEARCHED_COLUMNS if name in rows.columns]
    keep = [
        any(needle in fold(value) for value in row if value for needle in needles)
        for row in zip(*columns, strict=True)
    ]
    return rows[np.array(keep, dtype=bool)]


def _inside(rows: gpd.GeoDataFrame, boxes: Sequence[Box]) -> gpd.GeoDataFrame:
    """Return the rows whose geometry meets a box; a row without geometry meets none."""
    if not boxes:
        return rows
    area = shapely.union_all([polygon for box in boxes for polygon in box.polygons()])
    return rows[rows.geometry.notna() & rows.geometry.intersects(area)]


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return text as it is compared in a search: NFKC, without case."""
    return unicodedata.normalize("NFKC", text).casefold()


# -- single parameters --------------------------------------------------------------------


def _values(name: str, values: Sequence[str], blank_is_absent: bool) -> tuple[str, ...]:
    if len(values) > MAX_VALUES:
        raise FilterError(f"{name}: {len(values)} values; at most {MAX_VALUES}")
    stripped = [_clean(name, value) for value in values]
    if blank_is_absent:
        return tuple(value for value in stripped if value)
    if not all(stripped):
        raise FilterError(f"{name}: an empty value; leave the parameter out instead")
    return tuple(stripped)


def _clean(name: str, value: str) -> str:
    if len(value) > MAX_CHARACTERS:
        raise FilterError(f"{name}: a value of {len(value)} characters; at most {MAX_CHARACTERS}")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in value):
        raise FilterError(f"{name}: {_shown(value)} holds a control character or a lone surrogate")
    return value.strip()


def _parsed(
    given: Mapping[str, Sequence[str]], name: str, parse: Callable[[str], T]
) -> tuple[T, ...]:
    """Return the values of one parameter, each parsed, each once."""
    return tuple(dict.fromkeys(parse(value) for value in given.get(name, ())))


def _layer(value: str, facts: Facts) -> str:
    return _one_of("layer", value, facts.layers)


def _industry(value: str, facts: Facts) -> str:
    return _one_of("industry", value, facts.industries)


def _plan(value: str, facts: Facts) -> str:
    return _one_of("plan", value, facts.plans)


def _period(value: str, facts: Facts) -> str:
    return _one_of("period", value, dict.fromkeys(f"{a}-{b}" for a, b in sorted(facts.periods)))


def _year(value: str, facts: Facts) -> int:
    if not _YEAR.fullmatch(value):
        raise FilterError(f"year: {_shown(value)} is not a year of four digits")
    year = int(value)
    first = min((start for start, _ in facts.periods), default=year)
    last = max((end for _, end in facts.periods), default=year)
    if not first <= year <= last:
        raise FilterError(f"year: no plan reaches {year}; the plans cover {first} to {last}")
    return year


def _place(value: str, facts: Facts) -> str:
    """Return the code of the division that the value names by its code, name or path."""
    wanted = unicodedata.normalize("NFKC", value)
    found = [fact for fact in facts.places if wanted in (fact.adcode, fact.name, fact.path)]
    if len(found) == 1:
        return found[0].adcode
    if found:
        choices = ", ".join(f"{fact.path} ({fact.adcode})" for fact in found)
        raise FilterError(f"place: {_shown(value)} is the name of several: {choices}")
    names = [f"{fact.name} ({fact.adcode})" for fact in facts.places]
    raise FilterError(
        f"place: there is no {_shown(value)}; give a six-digit code or an official name of"
        f" today: {_listed(names)}"
    )


def _one_of(name: str, value: str, existing: Collection[str]) -> str:
    if value not in existing:
        raise FilterError(f"{name}: there is no {_shown(value)}; there are {_listed(existing)}")
    return value


def _listed(existing: Collection[str]) -> str:
    shown = ", ".join(list(existing)[:_SHOWN])
    rest = len(existing) - _SHOWN
    return f"{shown} and {rest} more" if rest > 0 else shown


def _shown(value: str) -> str:
    """Return the value as a message shows it: quoted, in one line, cut to a bearable length."""
    cut = value if len(value) <= 60 else f"{value[:60]}…"
    return ascii(cut) if not cut.isprintable() else repr(cut)
