"""The tables of hues and glyphs, row by row, and what a feature looks like."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import layers
from webmap.errors import TableError
from webmap.symbols import DATA, Family, Symbol, certainty, load_symbols, read_symbols


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("family", load_symbols().families.values(), ids=lambda f: f.family)
def test_a_glyph_can_be_read_on_its_hue(family: Family) -> None:
    assert contrast(family.colour, family.ink) >= 4.5


def test_every_industry_of_the_first_level_has_a_symbol_of_its_own() -> None:
    table = Path(layers.__file__).parent / "data" / "industries.csv"
    with table.open(encoding="utf-8", newline="") as file:
        heads = {row["code"] for row in csv.DictReader(file) if not row["parent"]}
    symbols = load_symbols().symbols

    assert set(symbols) == heads
    assert len({symbol.glyph for symbol in symbols.values()}) == len(heads)
    assert all(len(symbol.glyph) == 1 for symbol in symbols.values())


def test_the_second_level_looks_like_its_parent() -> None:
    table = load_symbols()

    assert table.symbol(["materials.graphite", "equipment"]) == Symbol("materials", "材")
    assert table.symbol([]) == Symbol("general", "")


def test_the_style_sheet_has_every_family() -> None:
    lines = load_symbols().style_sheet.splitlines()

    assert lines[0] == ".f-food{--hue:#117733;--ink:#ffffff}"
    assert len(lines) == len(load_symbols().families) == 9


@pytest.mark.parametrize(
    ("basis", "precision", "expected"),
    [
        ("text", "site", "firm"),
        ("text", "township", "firm"),
        ("text", "county", "firm"),
        ("text", "prefecture", "coarse"),
        ("text", "region", "coarse"),
        ("text", "province", "coarse"),
        ("context", "county", "inferred"),
        ("knowledge", "site", "inferred"),
        ("unknown", "none", "inferred"),
    ],
)
def test_the_outline_says_how_sure(basis: str, precision: str, expected: str) -> None:
    assert certainty(basis, precision) == expected


@pytest.mark.parametrize(
    ("families", "symbols", "words"),
    [
        ("a,#000000,#ffffff,甲,\n", "", ["families.csv", "line 2", "en"]),
        ("a,#000000,#ffffff,甲,A\n" * 2, "", ["families.csv", "line 3", "'a'"]),
        ("a,black,#ffffff,甲,A\n", "", ["families.csv", "line 2", "#rrggbb"]),
        ("a,#000000,#ffffff,甲,A\n", "x,b,字\n", ["symbols.csv", "line 2", "'b'"]),
        ("a,#000000,#ffffff,甲,A\n", "x,a,字\n" * 2, ["symbols.csv", "line 3", "'x'"]),
    ],
)
def test_a_wrong_row_is_named(
    tmp_path: Path, families: str, symbols: str, words: list[str]
) -> None:
    (tmp_path / "families.csv").write_text("family,colour,ink,zh,en\n" + families, "utf-8")
    (tmp_path / "symbols.csv").write_text("industry,family,glyph\n" + symbols, "utf-8")

    with pytest.raises(TableError) as error:
        read_symbols(tmp_path)
    for word in words:
        assert word in str(error.value)


def test_the_sources_name_every_table() -> None:
    sources = (DATA / "SOURCES.md").read_text("utf-8")

    for path in DATA.glob("*.csv"):
        assert f"## {path.name}" in sources
