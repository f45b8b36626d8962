"""Things that an annex lists in a table: projects, parks, platforms, alliances, a row for each.

A table says by its head row which cell is what (`序号 项目名称 建设单位 建设地点 …`), or it has
no head and numbers its rows; then its title says what they are. Tables that share out tasks,
give figures or list directions of research hold no such things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from layers.extraction.drafts import Draft
from layers.extraction.enterprises import enterprise_of
from layers.extraction.labels import Label, label_for
from layers.extraction.lists import Span, clean_name
from layers.extraction.park_words import level_of
from layers.extraction.placing import Location, location_of, place_item, region_location
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Paragraph

Column = Literal["number", "name", "enterprise", "place", "industry", "status", "level"]

_HEADS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("number", re.compile(r"序号|编号|号")),
    ("enterprise", re.compile(r".*(?:单位|企业|业主|法人|主体)(?:名称)?")),
    (
        "place",
        re.compile(r".*(?:地点|所在地|地址|地区|位置|所在[市县区州])|[市州县区地]+"),
    ),
    ("industry", re.compile(r".*(?:产业|行业|领域|类别|门类|产业名称)(?:类别)?")),
    ("status", re.compile(r".*(?:性质|阶段|进展|状态)(?:情况)?")),
    ("level", re.compile(r"级别|等级")),
    ("name", re.compile(r".*(?:项目|工程|平台|园区|开发区|基地|集聚区|联盟)(?:名称)?|名称")),
)
_NOT_A_LIST = re.compile(r"任务|责任|牵头|分工|配合|方向|指标|目标值|完成时[间限]|措施|进度")
_KINDS = (
    ("alliances", re.compile(r"联盟")),
    ("projects", re.compile(r"项目|工程|平台")),
    ("parks", re.compile(r"园区?|开发区|高新区|基地|集聚区|集中区|示范区")),
)
_SUM = re.compile(r"[合总小共]计|其中|注|备注")
_NUMBER = re.compile(r"[（(]?[0-9]{1,4}[.．、）)]?")
_GROUP_NUMBER = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[）)]?[、.．]?|[0-9]+[、.．])\s*")
_WORDS = re.compile(r"[一-鿿]{2}")
_ALLIANCE = re.compile(r"(?P<name>.*?联盟)(?:[（(](?P<note>[^）)]*)[）)])?$")
_WRAPPING = re.compile(
    r"产业技术创新战略联盟|产业技术创新联盟|技术创新战略联盟|服务创新联盟|产业技术联盟|产业联盟|联盟"
)
_LEVEL = {"国家": "national", "国家级": "national", "省级": "provincial"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list: its name, the cells that its table's head names, the label above it."""

    paragraph: Paragraph
    name: Span
    cells: Mapping[Column, Span]
    group: str | None = None


def extract_annex_lists(reading: Reading) -> Iterator[Draft]:
    """Every row of every annex table that lists alliances, projects or parks."""
    rows = [p for p in reading.document.paragraphs if p.kind == "row"]
    for _, group in groupby(rows, key=lambda paragraph: paragraph.section):
        yield from _table(reading, list(group))


def extract_alliances(reading: Reading) -> Iterator[Draft]:
    """Only the alliances among what `extract_annex_lists` finds."""
    return (draft for draft in extract_annex_lists(reading) if draft.layer == "alliances")


def _table(reading: Reading, rows: Sequence[Paragraph]) -> Iterator[Draft]:
    titles = " ".join(rows[0].path[-1:])
    if _NOT_A_LIST.search(titles):
        return
    lines = [cells_of(row) for row in rows]
    found = next((n for n, cells in enumerate(lines) if len(_columns(cells)) > 1), None)
    if found is None:
        kind, entries = _kind(titles), _numbered(rows, lines)
    else:
        head = lines[found]
        if any(_NOT_A_LIST.search(cell.text) for cell in head):
            return
        columns = _columns(head)
        if "name" not in columns:
            return
        kind = _kind(head[columns["name"]].text) or _kind(titles)
        entries = _headed(reading, rows[found + 1 :], lines[found + 1 :], columns)
    if kind is not None:
        for entry in entries:
            yield from _drafts(reading, kind, entry)


def cells_of(row: Paragraph) -> list[Span]:
    """The cells of a row, empty ones too, with their offsets into the plan's text."""
    whole = Span(row.start, row.start + len(row.text), row.text)
    cells, start = [], row.start
    for text in row.text.split("\t"):
        cells.append(whole.sub(start, start + len(text)))
        start += len(text) + 1
    return cells


def _columns(cells: Sequence[Span]) -> dict[Column, int]:
    """Which column is what, by a head row; empty for a row that is no head."""
    columns: dict[Column, int] = {}
    for number, cell in enumerate(cells):
        words = re.sub(r"[\s　]|（[^）]*）|\([^)]*\)", "", cell.text)
        for column, pattern in _HEADS:
            if column not in columns and pattern.fullmatch(words):
                columns[column] = number
                break
    return columns if "number" in columns or "name" in columns else {}


def _kind(title: str) -> str | None:
    return next((layer for layer, pattern in _KINDS if pattern.search(title)), None)


def _numbered(rows: Sequence[Paragraph], lines: Sequence[Sequence[Span]]) -> Iterator[Entry]:
    """Rows of a number and a name, and nothing else."""
    for row, cells in zip(rows, lines, strict=True):
        filled = [cell for cell in cells if cell.text]
        if len(filled) == 2 and _NUMBER.fullmatch(filled[0].text) and _is_name(filled[1]):
            yield Entry(row, filled[1], {})


def _headed(
    reading: Reading,
    rows: Sequence[Paragraph],
    lines: Sequence[Sequence[Span]],
    columns: Mapping[Column, int],
) -> Iterator[Entry]:
    """Rows under a head; a row of one cell that is an industry's name heads those behind it."""
    group: str | None = None
    industry: Span | None = None
    for row, cells in zip(rows, lines, strict=True):
        filled = [cell for cell in cells if cell.text]
        if len(filled) == 1 or any(_is_sum(cell) for cell in filled[:2]):
            group = _group(reading, filled) or group
            continue
        values = {c: cells[n] for c, n in columns.items() if n < len(cells) and cells[n].text}
        # A merged cell stands in the first of its rows only.
        industry = values.get("industry", industry)
        name = values.get("name")
        number = values.get("number")
        has_number = number is not None and _NUMBER.fullmatch(number.text) is not None
        if name is None or not _is_name(name) or ("number" in columns and not has_number):
            continue
        if industry is not None:
            values["industry"] = industry
        yield Entry(row, name, values, group)


def _is_sum(cell: Span) -> bool:
    return _SUM.match(re.sub(r"[\s　]", "", cell.text)) is not None


def _is_name(cell: Span) -> bool:
    return _WORDS.search(cell.text) is not None and not _is_sum(cell)


def _group(reading: Reading, filled: Sequence[Span]) -> str | None:
    text = _GROUP_NUMBER.sub("", filled[0].text) if len(filled) == 1 else ""
    return text if text and reading.tools.taxonomy.codes_of(text) is not None else None


def _drafts(reading: Reading, kind: str, entry: Entry) -> Iterator[Draft]:
    if kind == "alliances":
        yield from _alliance(reading, entry)
        return
    name = clean_name(entry.name.text)
    status, level = entry.cells.get("status"), entry.cells.get("level")
    if kind == "parks":
        more = {"level": level_of(level.text if level is not None else name)}
    else:
        firm = entry.cells.get("enterprise")
        more = {
            "enterprise": firm.text if firm is not None else enterprise_of(reading, entry.name),
            "status": status.text if status is not None else None,
        }
    quote = entry.name.start, entry.paragraph.start + len(entry.paragraph.text.rstrip())
    yield Draft(kind, name, *quote, _location(reading, entry), _label(reading, entry, name), more)


def _location(reading: Reading, entry: Entry) -> Location:
    """The cell that says where; else the words of the name; a platform is its region's."""
    cell = entry.cells.get("place")
    if cell is not None:
        named = location_of(reading, reading.places_between(cell.start, cell.end), Basis.TEXT)
        if named.places:
            return named
    is_platform = entry.name.text.endswith("平台")
    own = place_item(
        reading, entry.paragraph, entry.name.start, entry.name.end, institution=is_platform
    )
    if own.places or not is_platform:
        return own
    return region_location(reading, (), Basis.CONTEXT)


def _label(reading: Reading, entry: Entry, name: str) -> Label:
    cell = entry.cells.get("industry")
    text = cell.text if cell is not None else entry.group
    taxonomy = reading.tools.taxonomy
    if text is None:
        label = label_for(reading, entry.paragraph, name)
        # Where neither heading nor name is an industry's, the title may still speak of one.
        title = " ".join(entry.paragraph.path[-1:])
        return label if label.codes else Label(label.text, taxonomy.classify(None, title))
    return Label(text, taxonomy.classify(text, name) or taxonomy.classify(None, name))


def _alliance(reading: Reading, entry: Entry) -> Iterator[Draft]:
    match = _ALLIANCE.match(entry.name.text)
    if match is None:
        return
    start, end = entry.name.start, entry.name.start + match.end("name")
    yield Draft(
        "alliances",
        match.group("name"),
        start,
        entry.name.end,
        place_item(reading, entry.paragraph, start, end, institution=True),
        Label(None, _codes(reading, start, end)),
        {"level": _LEVEL.get(match.group("note") or "")},
    )


def _codes(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    """The codes of what is left of a name without its places and the words for an alliance."""
    taxonomy = reading.tools.taxonomy
    core = reading.document.text[start:end]
    for place in reading.places_between(start, end):
        core = core.replace(place.surface, "")
    core = _WRAPPING.sub("", core)
    return taxonomy.codes_of(core) or taxonomy.classify(None, core)
