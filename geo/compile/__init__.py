"""The compile step: source packages in, `geo/built/` out. Runs while the package is built.

An installed planmap needs nothing of this. `python -m geo.compile NODE_MODULES` runs it by hand.
"""

from __future__ import annotations

from pathlib import Path

from geo.compile.boundaries import (
    LEVELS,
    build_boundaries,
    check_counties,
    read_codes,
    read_polygons,
    read_without_polygon,
    write_boundaries,
)
from geo.compile.divisions import (
    build_divisions,
    read_changes,
    read_extra,
    read_years,
    write_divisions,
)
from geo.compile.seats import (
    build_seats,
    polygons_by_code,
    read_choices,
    read_places,
    read_points,
    write_seats,
)
from geo.compile.sources import locate_source, read_licences, read_sources
from geo.compile.words import read_words, write_words


def compile_geodata(node_modules: Path, out: Path) -> None:
    """Make divisions, seats, boundaries, common words and the sources' licences in `out`.

    Raises
    ------
    DataMissingError
        When a source package is not installed.
    TableError
        When a source file is not the one that `sources.toml` describes, or when polygons and
        divisions do not agree.
    """
    sources = read_sources()
    files = {name: locate_source(source, node_modules) for name, source in sources.items()}
    licences = read_licences(sources, node_modules)
    runs = build_divisions(read_years(files["divisions"]), read_changes(), read_extra())
    today = {run.adcode: run for run in runs if run.valid_to is None}
    levels = [
        (level, build_boundaries(read_polygons(files[level]), read_codes(), today))
        for level in LEVELS
    ]
    check_counties(levels[-1][1], today, read_without_polygon())
    seats = build_seats(
        runs,
        polygons_by_code(frame for _, frame in levels),
        read_places(files["populated_places"]),
        read_points(files["seats"]),
        read_choices(),
    )
    out.mkdir(parents=True, exist_ok=True)
    write_divisions(runs, out / "divisions.csv")
    write_seats(seats, out / "seats.csv")
    write_boundaries(levels, out / "boundaries.gpkg")
    write_words(read_words(files["words"]), out / "common_words.csv")
    (out / "licences").mkdir(exist_ok=True)
    for package, text in licences.items():
        (out / "licences" / f"{package}.txt").write_text(text, encoding="utf-8")
