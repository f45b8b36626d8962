"""Sites and towns: named places below, or beside, the administrative divisions.

A *site* is a development zone, a park, a new district or another named tract that a plan
speaks of and that is no division. A *town* is a township, a state farm or the seat of a farm
bureau. Both tables are curated by hand, one source a row, in `geo/data/`; what each source is
and what was looked for in vain stands in `geo/data/SOURCES-sites.md`.

Coordinates are WGS 84 (EPSG:4326) in degrees, longitude and latitude in fields of their own,
and they are given only where a source gives them: a site without a point of its own lies at
the seat of its division and says so by its precision.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Final, NoReturn

from geo.errors import DataMissingError, TableError

DATA_DIR: Final = Path(__file__).parent / "data"
SITES_CSV: Final = DATA_DIR / "sites.csv"
TOWNS_CSV: Final = DATA_DIR / "towns.csv"

SITE_COLUMNS: Final = (
    "id",
    "name",
    "aliases",
    "level",
    "kind",
    "adcode",
    "lon",
    "lat",
    "precision",
    "valid_from",
    "valid_to",
    "source",
    "note",
)
TOWN_COLUMNS: Final = (
    "name",
    "adcode",
    "lon",
    "lat",
    "geonameid",
    "valid_from",
    "valid_to",
    "source",
    "note",
)

LEVELS: Final = ("national", "provincial", "other")
KINDS: Final = (
    "etdz",  # economic-technological development zone
    "hidz",  # high-tech industrial development zone
    "development-zone",  # economic development zone of the province or a city
    "bonded",
    "border",  # border economic cooperation zone, border trade zone, bridgehead
    "new-district",
    "industrial-district",  # one of Harbin's industrial districts of 2005 and the like
    "airport-zone",
    "science-park",  # science city, software park, university park
    "agri-park",
    "park",  # industrial park or base of one industry
    "culture-park",
    "logistics",
    "scenic",
    "farm-bureau",
)
PRECISIONS: Final = ("site", "township", "county", "prefecture")
POINT_PRECISIONS: Final = ("site", "township")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADCODE = re.compile(r"[1-9]\d{5}")
_YEAR = re.compile(r"[12]\d{3}")
_DIGITS = re.compile(r"[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Site:
    """A named tract that is no administrative division.

    `adcode` is today's division that holds it: county level, or the prefecture where the
    county is not known or where the site lies in several counties. `lon` and `lat` are WGS 84
    degrees, both None unless a source gives a point. `precision` says what a dot on a map would
    mean: `site` or `township` for the own point, `county` or `prefecture` for the seat of
    `adcode`. `valid_from` and `valid_to` are inclusive years, None where no source tells.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    level: str
    kind: str
    adcode: str
    lon: float | None
    lat: float | None
    precision: str
    valid_from: int | None
    valid_to: int | None
    source: str
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        """The official name, then the others by which texts call it."""
        return (self.name, *self.aliases)

    def valid_in(self, year: int) -> bool:
        """Whether the site may be meant by a text of `year`; an unknown bound is no bound."""
        return _valid_in(year, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class Town:
    """A township, state farm or farm-bureau seat that a text may name without its county.

    `adcode` is today's county-level division; `lon` and `lat` are WGS 84 degrees of the
    GeoNames feature `geonameid`, all three None where GeoNames has none that fits.
    """

    name: str
    adcode: str
    lon: float | None
    lat: float | None
    geonameid: int | None
    valid_from: int | None
    valid_to: int | None
    source: str
    note: str

    def valid_in(self, year: int) -> bool:
        """Whether the town may be meant by a text of `year`; an unknown bound is no bound."""
        return _valid_in(year, self.valid_from, self.valid_to)


def read_sites(path: Path | None = None) -> tuple[Site, ...]:
    """Read the table of sites in the order of the file.

    Parameters
    ----------
    path
        A CSV file with the columns `SITE_COLUMNS`, UTF-8; None for the table of the package.

    Raises
    ------
    DataMissingError
        The file is not there.
    TableError
        A row is wrong, an id or a name stands twice; the message says file, line and remedy.
    """
    file = SITES_CSV if path is None else path
    sites: list[Site] = []
    line_of_id: dict[str, int] = {}
    line_of_name: dict[str, int] = {}
    for line, row in _rows(file, SITE_COLUMNS):
        fail = partial(_fail, file, line)
        site = _site(row, fail)
        _claim(line_of_id, site.id, line, fail, "id")
        for name in site.names:
            _claim(line_of_name, name, line, fail, "name or alias")
        sites.append(site)
    return tuple(sites)


def read_towns(path: Path | None = None) -> tuple[Town, ...]:
    """Read the table of towns in the order of the file.

    A name may stand in several rows, once a county: towns of the same name are common, and the
    reader of a text decides by context.

    Parameters
    ----------
    path
        A CSV file with the columns `TOWN_COLUMNS`, UTF-8; None for the table of the package.

    Raises
    ------
    DataMissingError
        The file is not there.
    TableError
        A row is wrong, or a name stands twice in one county; the message says file, line and
        remedy.
    """
    file = TOWNS_CSV if path is None else path
    towns: list[Town] = []
    line_of_key: dict[str, int] = {}
    for line, row in _rows(file, TOWN_COLUMNS):
        fail = partial(_fail, file, line)
        town = _town(row, fail)
        _claim(line_of_key, f"{town.name} in {town.adcode}", line, fail, "town")
        towns.append(town)
    return tuple(towns)


_Fail = Callable[[str, str], NoReturn]


def _site(row: Mapping[str, str], fail: _Fail) -> Site:
    if not _SLUG.fullmatch(row["id"]):
        fail(f"id {row['id']!r} is no slug", "use lower-case ASCII words joined by '-'")
    _one_of(row, "level", LEVELS, fail)
    _one_of(row, "kind", KINDS, fail)
    _one_of(row, "precision", PRECISIONS, fail)
    adcode = _adcode(row, fail)
    lon, lat = _point(row, fail)
    precision = row["precision"]
    if (lon is not None) != (precision in POINT_PRECISIONS):
        fail(
            f"precision {precision!r} does not fit lon/lat",
            "give lon and lat with 'site' or 'township', leave both empty otherwise",
        )
    if precision == "county" and adcode.endswith("00"):
        fail(f"{adcode} is no county-level code", "set precision to 'prefecture'")
    if precision == "prefecture" and not adcode.endswith("00"):
        fail(f"{adcode} is no prefecture-level code", "set precision to 'county'")
    valid_from, valid_to = _years(row, fail)
    return Site(
        id=row["id"],
        name=_required(row, "name", fail),
        aliases=_aliases(row, fail),
        level=row["level"],
        kind=row["kind"],
        adcode=adcode,
        lon=lon,
        lat=lat,
        precision=precision,
        valid_from=valid_from,
        valid_to=valid_to,
        source=_required(row, "source", fail),
        note=row["note"],
    )


def _town(row: Mapping[str, str], fail: _Fail) -> Town:
    adcode = _adcode(row, fail)
    if adcode.endswith("00"):
        fail(f"{adcode} is no county-level code", "give the county that holds the town")
    lon, lat = _point(row, fail)
    identifier = row["geonameid"]
    if identifier and not _DIGITS.fullmatch(identifier):
        fail(f"geonameid {identifier!r} is no number", "give the GeoNames id, or leave it empty")
    if bool(identifier) != (lon is not None):
        fail("lon/lat and geonameid belong together", "give all three, or none")
    valid_from, valid_to = _years(row, fail)
    return Town(
        name=_required(row, "name", fail),
        adcode=adcode,
        lon=lon,
        lat=lat,
        geonameid=int(identifier) if identifier else None,
        valid_from=valid_from,
        valid_to=valid_to,
        source=_required(row, "source", fail),
        note=row["note"],
    )


def _valid_in(year: int, valid_from: int | None, valid_to: int | None) -> bool:
    return (valid_from is None or valid_from <= year) and (valid_to is None or year <= valid_to)


def _rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DataMissingError(f"{file} is not there: restore it from the repository") from error
    except UnicodeDecodeError as error:
        raise TableError(f"{file}: not UTF-8: save the table as UTF-8") from error
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != tuple(columns):
            _fail(file, 1, f"the columns are {','.join(header)}", f"use {','.join(columns)}")
        for cells in reader:
            if len(cells) != len(columns):
                _fail(
                    file,
                    reader.line_num,
                    f"{len(cells)} fields instead of {len(columns)}",
                    "put a field that has a comma into double quotes",
                )
            row = dict(zip(columns, cells, strict=True))
            for column, cell in row.items():
                if cell != cell.strip():
                    _fail(file, reader.line_num, f"blanks around {column}", "remove them")
            yield reader.line_num, row
    except csv.Error as error:
        raise TableError(
            f"{file}, line {reader.line_num}: {error}: mend the quotes of the line"
        ) from error


def _fail(file: Path, line: int, what: str, remedy: str) -> NoReturn:
    raise TableError(f"{file}, line {line}: {what}: {remedy}")


def _claim(taken: dict[str, int], key: str, line: int, fail: _Fail, what: str) -> None:
    if key in taken:
        fail(f"{what} {key!r} stands in line {taken[key]} already", "keep one of the two")
    taken[key] = line


def _required(row: Mapping[str, str], column: str, fail: _Fail) -> str:
    if not row[column]:
        fail(f"{column} is empty", "fill it in, or remove the row")
    return row[column]


def _one_of(row: Mapping[str, str], column: str, allowed: Sequence[str], fail: _Fail) -> None:
    if row[column] not in allowed:
        fail(f"{column} {row[column]!r} is unknown", f"use one of {', '.join(allowed)}")


def _adcode(row: Mapping[str, str], fail: _Fail) -> str:
    adcode = row["adcode"]
    if not _ADCODE.fullmatch(adcode):
        fail(f"adcode {adcode!r} is no division code", "give the six digits of GB/T 2260")
    return adcode


def _aliases(row: Mapping[str, str], fail: _Fail) -> tuple[str, ...]:
    aliases = tuple(row["aliases"].split(";")) if row["aliases"] else ()
    if any(not alias or alias != alias.strip() for alias in aliases):
        fail("an alias is empty or has blanks", "join the aliases by ';' without blanks")
    return aliases


def _point(row: Mapping[str, str], fail: _Fail) -> tuple[float | None, float | None]:
    if not row["lon"] and not row["lat"]:
        return None, None
    try:
        lon, lat = float(row["lon"]), float(row["lat"])
    except ValueError:
        fail(f"lon {row['lon']!r}, lat {row['lat']!r}", "give both in degrees, or neither")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        fail(f"lon {lon}, lat {lat} is not on the globe", "longitude first, both in degrees")
    return lon, lat


def _years(row: Mapping[str, str], fail: _Fail) -> tuple[int | None, int | None]:
    for column in ("valid_from", "valid_to"):
        if row[column] and not _YEAR.fullmatch(row[column]):
            fail(f"{column} {row[column]!r} is no year", "give four digits, or leave it empty")
    valid_from = int(row["valid_from"]) if row["valid_from"] else None
    valid_to = int(row["valid_to"]) if row["valid_to"] else None
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        fail("valid_to lies before valid_from", "swap or mend the years")
    return valid_from, valid_to
