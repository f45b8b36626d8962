"""What a feature looks like: family of hue and glyph by industry, outline by certainty.

Colour means industry and nothing else, shape means layer, the outline says how sure the
location is. The tables are `data/families.csv` and `data/symbols.csv`.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from layers.model import Basis, Precision
from webmap.errors import TableError

DATA = Path(__file__).parent / "data"
GENERAL = "general"

_COLOUR = re.compile(r"#[0-9a-f]{6}")
COARSE = frozenset({Precision.PREFECTURE, Precision.REGION, Precision.PROVINCE})


@dataclass(frozen=True, slots=True)
class Family:
    """Industries that share a hue. `ink` is the colour of a glyph on `colour` (both `#rrggbb`)."""

    family: str
    colour: str
    ink: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """The hue and the one-character glyph of an industry."""

    family: str
    glyph: str


@dataclass(frozen=True)
class SymbolTable:
    """Families and symbols; industries of the second level look like their parent."""

    families: dict[str, Family]
    symbols: dict[str, Symbol]

    @property
    def tag(self) -> str:
        """A short text that changes with the hues."""
        return hashlib.sha256(self.style_sheet.encode()).hexdigest()[:12]

    @property
    def style_sheet(self) -> str:
        """The hues as CSS: one class `f-<family>` for each, which sets `--hue` and `--ink`."""
        return "".join(
            f".f-{name}{{--hue:{family.colour};--ink:{family.ink}}}\n"
            for name, family in self.families.items()
        )

    def symbol(self, industries: Sequence[str]) -> Symbol:
        """Return the symbol of a feature's first industry; without one, the unclassified symbol."""
        first = industries[0].split(".", 1)[0] if industries else ""
        return self.symbols.get(first) or Symbol(GENERAL, "")


def certainty(basis: str, precision: str) -> str:
    """Return `firm`, `coarse` or `inferred`: the outline that a location gets.

    `inferred` is what the item's own words do not say, `coarse` what they say no finer than a
    prefecture.
    """
    if basis != Basis.TEXT:
        return "inferred"
    return "coarse" if precision in COARSE else "firm"


@functools.cache
def load_symbols() -> SymbolTable:
    """Read the two tables of this package, once."""
    return read_symbols(DATA)


def read_symbols(folder: Path) -> SymbolTable:
    """Read `families.csv` and `symbols.csv` in `folder`.

    Raises
    ------
    TableError
        A row has an empty field, a code twice, or a family that does not exist.
    """
    families: dict[str, Family] = {}
    for line, row in _rows(folder / "families.csv"):
        if row["family"] in families:
            raise TableError(f"families.csv, line {line}: {row['family']!r} stands there twice")
        if not (_COLOUR.fullmatch(row["colour"]) and _COLOUR.fullmatch(row["ink"])):
            raise TableError(f"families.csv, line {line}: a colour is written #rrggbb")
        families[row["family"]] = Family(**row)
    symbols: dict[str, Symbol] = {}
    for line, row in _rows(folder / "symbols.csv"):
        if row["family"] not in families:
            raise TableError(
                f"symbols.csv, line {line}: no family {row['family']!r}; add it to families.csv"
            )
        if row["industry"] in symbols:
            raise TableError(f"symbols.csv, line {line}: {row['industry']!r} stands there twice")
        symbols[row["industry"]] = Symbol(row["family"], row["glyph"])
    return SymbolTable(families, symbols)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and row of a CSV table whose every field is filled."""
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            empty = [key for key, value in row.items() if not value]
            if empty:
                raise TableError(f"{path.name}, line {line}: {empty[0]} is empty; fill it in")
            yield line, row
