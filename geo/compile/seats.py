"""`seats.csv`: one point per division, from GeoNames, else cpca, else its polygon."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pyproj
import shapely

from geo.compile.history import Run, stem
from geo.datums import gcj02_to_wgs84
from geo.errors import TableError

DATA = Path(__file__).resolve().parent.parent / "data"
COLUMNS = ("adcode", "lon", "lat", "source", "distance_m")

# GeoNames does not say which of its places is a seat, and gives some to the minute of arc only
# (大庆 lies 7 km west of its government there). Farther than this from cpca's point a place of
# the division's name is not taken for the seat.
NAMESAKE_M = 5_000.0

_GEOD = pyproj.Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place of GeoNames: its Chinese names, WGS 84 degrees, population."""

    geonameid: int
    names: frozenset[str]
    lon: float
    lat: float
    population: int


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A row of `seats.csv`; WGS 84 degrees, metres."""

    adcode: str
    lon: float
    lat: float
    source: str
    distance_m: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision: the seat of `adcode` is the point `key` (code or geonameid) of `source`."""

    adcode: str
    source: str
    key: str


Point = tuple[float, float]  # longitude, latitude in WGS 84 degrees


def read_places(path: Path) -> list[Place]:
    """Read China's populated places with the names that are written in Chinese characters."""
    places = []
    for row in json.loads(path.read_text(encoding="utf-8")).values():
        if row["countrycode"] in {"CN", "TW", "HK", "MO"}:
            names = frozenset(n for n in row["alternatenames"] if n and "一" <= n[0] <= "鿿")
            if names:
                places.append(
                    Place(
                        int(row["geonameid"]),
                        names,
                        float(row["longitude"]),
                        float(row["latitude"]),
                        int(row["population"]),
                    )
                )
    return places


def read_points(path: Path) -> dict[str, Point]:
    """Read cpca's points, converted from GCJ-02 to WGS 84; rows without a point are left out."""
    points: dict[str, Point] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["longitude"]:
                lon, lat = gcj02_to_wgs84(float(row["longitude"]), float(row["latitude"]))
                points[row["adcode"][:6]] = (float(lon), float(lat))
    return points


def read_choices(path: Path = DATA / "seat_choices.csv") -> list[Choice]:
    """Read the seats that a human decided on.

    Raises
    ------
    TableError
        When a row names a source that is neither `cpca` nor `geonames`.
    """
    choices = []
    with path.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            if row["source"] not in {"cpca", "geonames"}:
                raise TableError(f"{path}:{line}: source {row['source']!r} is not cpca or geonames")
            choices.append(Choice(row["adcode"], row["source"], row["key"]))
    return choices


def build_seats(
    runs: Sequence[Run],
    polygons: Mapping[str, shapely.MultiPolygon],
    places: Sequence[Place],
    points: Mapping[str, Point],
    choices: Iterable[Choice],
) -> list[SeatRow]:
    """One seat for each division of today, and one for each old one that cpca holds.

    Parameters
    ----------
    runs
        All runs of divisions.
    polygons
        Polygons of today's divisions by code, EPSG:4326.
    places, points
        GeoNames' places and cpca's points, both WGS 84.
    choices
        Seats that were decided on; they come before everything else.

    Returns
    -------
    list of SeatRow
        By code. GeoNames comes before cpca, unless the two are more than `NAMESAKE_M` apart.
    """
    today = {run.adcode: run for run in runs if run.valid_to is None}
    second = {code: points[code] for code in today if code in points}
    second |= {code: points[old] for code, old in _predecessors(runs, points).items()}
    inside = _places_inside(today, polygons, places)
    rows = {
        code: row
        for code, run in today.items()
        if (row := _seat(run, inside.get(code, ()), second.get(code), polygons.get(code)))
    }
    rows |= _chosen(choices, places, points)
    for code in today.keys() - rows.keys():
        above = rows[today[code].parent]
        rows[code] = SeatRow(code, above.lon, above.lat, "parent")
    for run in runs:
        if run.adcode not in rows and run.adcode in points:
            rows[run.adcode] = SeatRow(run.adcode, *points[run.adcode], "cpca")
    return [rows[code] for code in sorted(rows)]


def _chosen(
    choices: Iterable[Choice], places: Sequence[Place], points: Mapping[str, Point]
) -> dict[str, SeatRow]:
    known = {("cpca", code): point for code, point in points.items()}
    known |= {("geonames", str(place.geonameid)): (place.lon, place.lat) for place in places}
    return {
        choice.adcode: SeatRow(choice.adcode, *known[choice.source, choice.key], choice.source)
        for choice in choices
    }


def _predecessors(runs: Sequence[Run], points: Mapping[str, Point]) -> dict[str, str]:
    """For each of today's codes that cpca lacks the one old code that it holds in its stead.

    Of several that were joined it is the one whose name lives on: 崇川区, not 港闸区.
    """
    names = {run.adcode: stem(run.name) for run in runs if run.valid_to is None}
    old: dict[str, dict[str, str]] = defaultdict(dict)
    for run in runs:
        if len(run.today) == 1 and run.adcode in points and run.valid_to is not None:
            old[run.today[0]][run.adcode] = stem(run.name)
    found: dict[str, str] = {}
    for code, olds in old.items():
        named = [adcode for adcode, name in olds.items() if name == names[code]]
        candidates = named if named else list(olds)
        if len(candidates) == 1 and code not in points:
            found[code] = candidates[0]
    return found


def _places_inside(
    today: Mapping[str, Run],
    polygons: Mapping[str, shapely.MultiPolygon],
    places: Sequence[Place],
) -> dict[str, list[Place]]:
    """The places that bear a division's name and lie in it, by its code."""
    codes = [code for code in today if code in polygons and today[code].level != "province"]
    tree = shapely.STRtree(shapely.points([(place.lon, place.lat) for place in places]))
    found = tree.query([polygons[code] for code in codes], predicate="intersects")
    inside: dict[str, list[Place]] = defaultdict(list)
    for division, place in zip(*found, strict=True):
        code = codes[int(division)]
        if _names(today[code].name) & places[int(place)].names:
            inside[code].append(places[int(place)])
    return inside


def _names(name: str) -> set[str]:
    return {name, stem(name)}


def _seat(
    run: Run,
    candidates: Iterable[Place],
    second: Point | None,
    polygon: shapely.MultiPolygon | None,
) -> SeatRow | None:
    best = max(candidates, key=lambda place: (place.population, -place.geonameid), default=None)
    if best is not None:
        distance = _distance_m((best.lon, best.lat), second) if second else None
        if distance is None or distance <= NAMESAKE_M or not _within(second, polygon):
            return SeatRow(run.adcode, best.lon, best.lat, "geonames", distance)
        assert second is not None
        return SeatRow(run.adcode, *second, "cpca", distance)
    if second is not None and (polygon is None or _within(second, polygon)):
        return SeatRow(run.adcode, *second, "cpca")
    if polygon is not None:
        point = polygon.representative_point()
        return SeatRow(run.adcode, point.x, point.y, "polygon")
    return None


def _within(point: Point | None, polygon: shapely.MultiPolygon | None) -> bool:
    return (
        point is not None and polygon is not None and bool(polygon.intersects(shapely.Point(point)))
    )


def _distance_m(a: Point, b: Point) -> float:
    _, _, metres = _GEOD.inv(*a, *b)
    return float(metres)


def write_seats(rows: Iterable[SeatRow], path: Path) -> None:
    """Write `seats.csv`; degrees with six decimals, metres without."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            distance = "" if row.distance_m is None else f"{row.distance_m:.0f}"
            writer.writerow((row.adcode, f"{row.lon:.6f}", f"{row.lat:.6f}", row.source, distance))


def polygons_by_code(
    levels: Iterable[gpd.GeoDataFrame],
) -> dict[str, shapely.MultiPolygon]:
    """All polygons by code; where a code stands in several levels, the last level's."""
    return {
        code: shape
        for frame in levels
        for code, shape in zip(frame["adcode"], frame.geometry, strict=True)
    }
