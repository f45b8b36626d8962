"""Where the firms, institutes and universities sit that the plans name without a place.

The table `layers/data/organisations.csv` is curated by hand, one source a row; what was looked
for and not found with certainty stands in `layers/data/SOURCES-organisations.md`. A location
that rests on it is `knowledge`, never `text`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Final, NoReturn

import ahocorasick

from layers.errors import TableError

ORGANISATIONS_CSV: Final = Path(__file__).parent / "data" / "organisations.csv"
COLUMNS: Final = (
    "organisation",
    "aliases",
    "adcode",
    "valid_from",
    "valid_to",
    "confidence",
    "source",
    "note",
)
CONFIDENCES: Final = ("high", "medium")
# A single character is never a name, and would match inside every other word.
SHORTEST_NAME: Final = 2

_ADCODE = re.compile(r"[1-9]\d{5}")
_YEAR = re.compile(r"[12]\d{3}")


INITIAL: Final = "^"
"""Before an alias: it means the organisation only where an item of a list begins with it."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A firm, institute or university and the division in which it works.

    `adcode` is today's division: county level where that is certain, else the prefecture.
    `valid_from` and `valid_to` are inclusive years between which it sat there, None where no
    source tells. `confidence` is `high` when the source states the seat itself, `medium` when
    the seat follows from it.
    """

    organisation: str
    aliases: tuple[str, ...]
    adcode: str
    valid_from: int | None
    valid_to: int | None
    confidence: str
    source: str
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        """The name of the row, then the others by which plans call it."""
        return (self.organisation, *self.aliases)

    def valid_in(self, year: int) -> bool:
        """Whether the seat holds in `year`; an unknown bound is no bound."""
        return (self.valid_from is None or self.valid_from <= year) and (
            self.valid_to is None or year <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class OrganisationMatch:
    """A name in a text: `text[start:end]` is one of the names of `organisation`."""

    start: int
    end: int
    organisation: Organisation


class OrganisationIndex:
    """Finds the names of a table of organisations in texts, all in one pass.

    Parameters
    ----------
    organisations
        The rows; no name or alias may belong to two of them.
    """

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._automaton = ahocorasick.Automaton()
        self._initial: dict[str, Organisation] = {}
        for organisation in organisations:
            for name in organisation.names:
                if name.startswith(INITIAL):
                    self._initial[name.removeprefix(INITIAL)] = organisation
                else:
                    self._automaton.add_word(name, (len(name), organisation))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[OrganisationMatch]:
        """Return the leftmost longest matches, in order and without overlap.

        Offsets count Unicode code points. The names are matched as they are written: a text
        with full-width letters or digits must be normalised before, at equal length.
        """
        if not len(self._automaton):
            return []
        # Not `iter_long`: it drops a match that stands inside the beginning of a longer name
        # when the text ends, or goes on otherwise, before that name is complete.
        found = sorted(
            (
                (last + 1 - length, last + 1, organisation)
                for last, (length, organisation) in self._automaton.iter(text)
            ),
            key=lambda match: (match[0], -match[1]),
        )
        matches: list[OrganisationMatch] = []
        for start, end, organisation in found:
            if not matches or start >= matches[-1].end:
                matches.append(OrganisationMatch(start, end, organisation))
        return matches

    def find_at(self, text: str, start: int, end: int) -> OrganisationMatch | None:
        """Return the short name that an item `text[start:end]` begins with, the longest, or None.

        Short names (`^东安` in the table) are words elsewhere, so they count only where an item
        of a list begins, and are not among what `find` returns.
        """
        names = [name for name in self._initial if text.startswith(name, start, end)]
        if not names:
            return None
        name = max(names, key=len)
        return OrganisationMatch(start, start + len(name), self._initial[name])


def read_organisations(path: Path | None = None) -> tuple[Organisation, ...]:
    """Read the table of organisations in the order of the file.

    Parameters
    ----------
    path
        A CSV file with the columns `COLUMNS`, UTF-8; None for the table of the package.

    Raises
    ------
    TableError
        The file is missing, a row is wrong, or a name stands twice; the message says file,
        line and remedy.
    """
    file = ORGANISATIONS_CSV if path is None else path
    organisations: list[Organisation] = []
    line_of_name: dict[str, int] = {}
    for line, row in _rows(file):
        fail = partial(_fail, file, line)
        organisation = _organisation(row, fail)
        for name in organisation.names:
            if name in line_of_name:
                fail(
                    f"name or alias {name!r} stands in line {line_of_name[name]} already",
                    "keep one of the two",
                )
            line_of_name[name] = line
        organisations.append(organisation)
    return tuple(organisations)


_Fail = Callable[[str, str], NoReturn]


def _organisation(row: Mapping[str, str], fail: _Fail) -> Organisation:
    for column in ("organisation", "source"):
        if not row[column]:
            fail(f"{column} is empty", "fill it in, or remove the row")
    aliases = tuple(row["aliases"].split(";")) if row["aliases"] else ()
    for name in (row["organisation"], *aliases):
        if name != name.strip() or len(name) < SHORTEST_NAME:
            fail(
                f"name or alias {name!r} is too short or has blanks",
                "join the aliases by ';' without blanks, two characters or more each",
            )
    if not _ADCODE.fullmatch(row["adcode"]):
        fail(f"adcode {row['adcode']!r} is no division code", "give the six digits of GB/T 2260")
    if row["confidence"] not in CONFIDENCES:
        fail(
            f"confidence {row['confidence']!r} is unknown",
            f"use one of {', '.join(CONFIDENCES)}, or leave the row out",
        )
    valid_from, valid_to = _year(row, "valid_from", fail), _year(row, "valid_to", fail)
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        fail("valid_to lies before valid_from", "swap or mend the years")
    return Organisation(
        organisation=row["organisation"],
        aliases=aliases,
        adcode=row["adcode"],
        valid_from=valid_from,
        valid_to=valid_to,
        confidence=row["confidence"],
        source=row["source"],
        note=row["note"],
    )


def _year(row: Mapping[str, str], column: str, fail: _Fail) -> int | None:
    if not row[column]:
        return None
    if not _YEAR.fullmatch(row[column]):
        fail(f"{column} {row[column]!r} is no year", "give four digits, or leave it empty")
    return int(row[column])


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise TableError(f"{file} is not there: restore it from the repository") from error
    except UnicodeDecodeError as error:
        raise TableError(f"{file}: not UTF-8: save the table as UTF-8") from error
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            _fail(file, 1, f"the columns are {','.join(header)}", f"use {','.join(COLUMNS)}")
        for cells in reader:
            if len(cells) != len(COLUMNS):
                _fail(
                    file,
                    reader.line_num,
                    f"{len(cells)} fields instead of {len(COLUMNS)}",
                    "put a field that has a comma into double quotes",
                )
            yield reader.line_num, dict(zip(COLUMNS, cells, strict=True))
    except csv.Error as error:
        raise TableError(
            f"{file}, line {reader.line_num}: {error}: mend the quotes of the line"
        ) from error


def _fail(file: Path, line: int, what: str, remedy: str) -> NoReturn:
    raise TableError(f"{file}, line {line}: {what}: {remedy}")
