"""Figures in annex tables: a row for each subject, columns under one or two lines of headings.

The seeds keep tables as tab-separated lines. A heading cell that spanned columns stands once, so
where the second line of headings begins anew (`个数 … 个数 …`), the next spanning cell begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from layers.extraction.drafts import Draft
from layers.extraction.figures import Figure, indicator
from layers.extraction.labels import Label
from layers.extraction.tools import Reading
from layers.plans import Heading, Paragraph

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计")
_YEAR = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年")
_UNIT = re.compile(r"单位[：:]\s*(?P<unit>[^\s，。]+)")
_ABOVE = 200  # code points above a table in which its unit stands
_COUNT = re.compile(r"个数|户数|数量|家数")
_SUBJECT_OF_TITLE = re.compile(
    r"^(?P<subject>[^\s，。]+?)(?:培育|发展|重点|目标|计划|规划|汇总|一览|指标|表)+"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its offsets in the plan's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: the spanning heading (or ''), its own, the year and the unit."""

    group: str
    measure: str
    year: int | None
    unit: str


def extract_annex_figures(reading: Reading) -> Iterator[Draft]:
    """Yield an indicator for every cell of a table that is a number under headings."""
    rows = [p for p in reading.document.paragraphs if p.kind == "row"]
    for _, group in groupby(rows, key=lambda paragraph: paragraph.section):
        yield from _table(reading, list(group))


def _table(reading: Reading, rows: Sequence[Paragraph]) -> Iterator[Draft]:
    lines = [_cells(row) for row in rows]
    first = next((n for n, cells in enumerate(lines) if _figures_in(cells) >= 3), None)
    if first is None or first == 0:
        return
    columns = _columns(lines[:first], _unit(reading, rows[0]))
    section = rows[0].section
    for paragraph, cells in zip(rows[first:], lines[first:], strict=True):
        if len(cells) != len(columns) + 2:
            continue
        subject, label = _subject(reading, cells[1], section)
        for cell, column in zip(cells[2:], columns, strict=True):
            if _NUMBER.fullmatch(cell.text):
                yield _figure(reading, paragraph, cell, column, subject, label)


def _figure(
    reading: Reading,
    paragraph: Paragraph,
    cell: Cell,
    column: Column,
    subject: str,
    label: Label,
) -> Draft:
    figure = Figure(
        cell.start,
        cell.end,
        subject,
        column.group + column.measure,
        float(cell.text),
        column.unit,
        column.year,
    )
    return indicator(reading, paragraph, figure, label)


def _cells(row: Paragraph) -> list[Cell]:
    cells = []
    start = row.start
    for raw in row.text.split("\t"):
        text = re.sub(r"[\s　]+", "", raw)
        lead = len(raw) - len(raw.lstrip(" 　"))
        cells.append(Cell(start + lead, start + lead + len(raw.strip(" 　")), text))
        start += len(raw) + 1
    return cells


def _figures_in(cells: Sequence[Cell]) -> int:
    return sum(_NUMBER.fullmatch(cell.text) is not None for cell in cells[2:])


def _columns(head: Sequence[Sequence[Cell]], unit: str) -> list[Column]:
    upper = [cell.text for cell in head[-2 if len(head) > 1 else -1]][2:]
    lower = [cell.text for cell in head[-1]] if len(head) > 1 else []
    blank = next((n for n, text in enumerate(lower) if text), len(lower))
    single = upper[: max(blank - 2, 0)] if lower else upper
    spans = upper[len(single) :]
    columns = [_column("", text, unit) for text in single]
    if not lower:
        return columns
    group = -1
    for text in lower[blank:]:
        # The headings under a spanning cell begin anew where the first of them comes back.
        group += text == lower[blank]
        columns.append(_column(spans[min(group, len(spans) - 1)] if spans else "", text, unit))
    return columns


def _column(group: str, text: str, unit: str) -> Column:
    year = _YEAR.search(text) or _YEAR.search(group)
    after = "达产" in text  # `达产后实现销售收入` is of no year that the plan names
    return Column(
        _YEAR.sub("", group),
        _YEAR.sub("", text).replace("实现", ""),  # a verb of doing measures nothing
        None if year is None or after else int(year.group("year")),
        "个" if _COUNT.search(text) else unit,
    )


def _unit(reading: Reading, row: Paragraph) -> str:
    """The unit that stands above a table: `单位：亿元`."""
    above = _UNIT.findall(reading.document.text, max(0, row.start - _ABOVE), row.start)
    return str(above[-1]) if above else ""


def _subject(reading: Reading, cell: Cell, section: Sequence[Heading]) -> tuple[str, Label]:
    """A row's subject; a total is about what the table's title is about."""
    taxonomy = reading.tools.taxonomy
    if not _TOTAL.fullmatch(cell.text):
        codes = taxonomy.codes_of(cell.text)
        return cell.text, Label(cell.text if codes else None, codes or ())
    for heading in reversed(section):
        title = _SUBJECT_OF_TITLE.match(heading.title)
        if title is not None:
            return title.group("subject"), Label(None, ())
    return cell.text, Label(None, ())
