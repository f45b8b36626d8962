"""Named spatial structures: zones, belts, bases, corridors and new districts.

Plans set them out as headings under a section on layout (`--工业支撑带。主要包括…`), as a
counted list (`甲基地、乙基地等8大基地`), in a sentence that says what layout takes shape
(`形成甲、乙和丙…布局`), or by name in running text (`哈大齐工业走廊`, `哈尔滨新区`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from layers.extraction.drafts import Draft
from layers.extraction.labels import Label, label_in
from layers.extraction.layout_lists import (
    COUNTED,
    counted_structures,
    number_of,
    shaped_structures,
)
from layers.extraction.layout_names import named_structures
from layers.extraction.lists import Span, clean_name
from layers.extraction.members import Members, developed, free_places
from layers.extraction.placing import NOWHERE, heading_location, location_of, named_places
from layers.extraction.structures import (
    ENDS_AS_LAYOUT,
    Structure,
    announces,
    body_structures,
    extent_below,
    role_of,
    title_names,
    titled_structure,
)
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Heading, Paragraph

_LAYOUT_TITLE = re.compile(r"布局|格局|空间结构|功能分区|功能区划|经济区”")
_NUMBER = "一二两三四五六七八九十多0-9"
_COUNTS = rf"(?:[{_NUMBER}]+[^{_NUMBER}“”、，。；\s]{{1,5}}、?){{2,}}"  # 一核两带多点
_OWN = r"(?<!全省)(?<!省委)(?<!全国)(?<!国家)"  # `落实全省“一圈三群”部署` is not the plan's own
_GROUPS = (
    re.compile(rf"{_OWN}“(?P<name>{_COUNTS})”"),
    re.compile(rf"{_OWN}“(?P<name>[{_NUMBER}]+[大个][一-鿿]{{1,6}})”"),
    re.compile(rf"{_OWN}“(?P<name>[{_NUMBER}]+[一-鿿]{{1,3}})”[^，。；：“]{{0,8}}(?:布局|格局)"),
)
_ANNOUNCED = re.compile(
    rf"(?:打造|构建|构筑|形成|按照|推进|实施|优化|完善)[^。；“]*“(?P<name>{_COUNTS})”"
)
_ROUTE = re.compile(
    r"(?P<route>(?:从|自)[^。；]{2,40}?[到至][^。；]{2,40}?)，[^。；]*?(?:打造|形成|建设|构建)[^，。；]{0,16}?的?"
    r"(?P<name>[^，。；、的]{2,12}(?:走廊|产业带|经济带|发展轴|发展带|创新带))"
)
_AXIS = re.compile(r"[主副次中]?轴线?$")  # 主轴 is a machine's part as well
_DIVISIONS = frozenset({"part", "chapter", "article"})
_STOP = re.compile("[。；]")


def extract_layout(reading: Reading) -> Iterator[Draft]:
    """Every spatial structure that the plan names, each once."""
    found: list[Draft] = []
    for draft in (
        *_from_scopes(reading),
        *_from_counted_headings(reading),
        *counted_structures(reading),
        *shaped_structures(reading),
        *_from_routes(reading),
        *named_structures(reading),
    ):
        if not any(_same(draft, other) for other in found):
            found.append(draft)
            yield draft


def _same(one: Draft, other: Draft) -> bool:
    """Of one name, or read from overlapping words (`哈大齐工业走廊` in `哈大齐工业走廊建设区`)."""
    apart = _name_end(one) <= other.quote_start or _name_end(other) <= one.quote_start
    return one.name == other.name or not apart


def _name_end(draft: Draft) -> int:
    """Where the name ends with which a quote begins; members that follow it are not the name."""
    return min(draft.quote_end, draft.quote_start + len(draft.name))


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with the headings directly below it and the paragraphs that they open."""

    heading: Heading
    children: tuple[tuple[Heading, Paragraph], ...]


def _sections(reading: Reading) -> list[_Section]:
    below: dict[Heading, list[tuple[Heading, Paragraph]]] = {}
    for paragraph in reading.document.paragraphs:
        own = _own_heading(paragraph)
        if own is not None and own.title and len(paragraph.section) > 1:
            below.setdefault(paragraph.section[-2], []).append((own, paragraph))
    return [_Section(heading, tuple(children)) for heading, children in below.items()]


def _own_heading(paragraph: Paragraph) -> Heading | None:
    """The heading that the paragraph itself carries."""
    own = paragraph.section[-1] if paragraph.section else None
    return own if own is not None and own.start >= paragraph.start else None


def _from_counted_headings(reading: Reading) -> Iterator[Draft]:
    """`1、甲基地`, `2、乙基地` … where the plan counts `四大基地`."""
    counts = _counts(reading)
    for section in _sections(reading):
        named = [pair for pair in section.children if ENDS_AS_LAYOUT.search(pair[0].title)]
        group = _count_of(counts, named) if len(named) > 1 else None
        if group is not None:
            for heading, paragraph in named:
                name = Span(heading.start, heading.end, heading.title)
                structure = titled_structure(reading, paragraph, name, alone=True)
                yield _draft(reading, paragraph, structure, paragraph.end, group)


def _counts(reading: Reading) -> dict[tuple[int, str], str]:
    """What the plan counts, by number and noun, as it says so first: `四大基地`.

    Long plans repeat the same few counts, so that a heading has few of them to look through.
    """
    counts: dict[tuple[int, str], str] = {}
    for counted in COUNTED.finditer(reading.document.text):
        key = (number_of(counted["count"]), counted["noun"])
        counts.setdefault(key, counted.group().removeprefix("等"))
    return counts


def _count_of(
    counts: Mapping[tuple[int, str], str], named: Sequence[tuple[Heading, Paragraph]]
) -> str | None:
    """What the plan counts: `四大基地` for four headings of bases."""
    for (number, noun), phrase in counts.items():
        if number == len(named) and all(heading.title.endswith(noun) for heading, _ in named):
            return phrase
    return None


def _from_scopes(reading: Reading) -> Iterator[Draft]:
    """The structures of the sections that speak of layout, in headings and in running text."""
    for group, paragraphs in _scopes(reading):
        titled = [
            (paragraph, name) for paragraph in paragraphs for name in _titled(reading, paragraph)
        ]
        for paragraph, below in zip_longest(paragraphs, paragraphs[1:]):
            yield from _read_paragraph(reading, paragraph, below, group, siblings=len(titled))


def _titled(reading: Reading, paragraph: Paragraph) -> list[Span]:
    own = _own_heading(paragraph)
    if own is None or _LAYOUT_TITLE.search(own.title):
        return []
    return title_names(reading, own.start, own.end)


def _read_paragraph(
    reading: Reading,
    paragraph: Paragraph,
    following: Paragraph | None,
    group: str,
    *,
    siblings: int,
) -> Iterator[Draft]:
    names = _titled(reading, paragraph)
    own = _own_heading(paragraph)
    below = extent_below(own, following) if own is not None and following is not None else None
    for name in names:
        structure = titled_structure(reading, paragraph, name, alone=len(names) == 1, below=below)
        until = paragraph.end
        if following is not None and structure.end > until:
            until = following.end
        if len(names) > 1:
            until = _statement_end(paragraph, structure.end)
        told = structure.members is not None or (own is not None and announces(own.title))
        # One title alone may be any heading; several of the kind are a list of structures.
        if told or (siblings > 1 and not _is_division(reading, own, name)):
            yield _draft(reading, paragraph, structure, until, group)
    known = {clean_name(name.text) for name in names}
    for structure in body_structures(reading, paragraph):
        if clean_name(structure.name.text) not in known:
            until = _statement_end(paragraph, structure.end)
            yield _draft(reading, paragraph, structure, until, group)


def _is_division(reading: Reading, own: Heading | None, name: Span) -> bool:
    """Whether a title of a chapter names a kind: `第二章 特色产业带`, `第一章 四大集聚区`.

    A chapter is about its structures; to be one, it has to say where it is.
    """
    chapter = own is not None and own.style in _DIVISIONS
    return chapter and not named_places(reading, name.start, name.end)


def _scopes(reading: Reading) -> Iterator[tuple[str, list[Paragraph]]]:
    """Stretches of the plan that speak of layout, with what they call the whole."""
    for key, stretch in groupby(reading.document.paragraphs, key=_layout_heading):
        paragraphs = list(stretch)
        if key is not None:
            yield _group_of(key.title, paragraphs), paragraphs
            continue
        for paragraph in paragraphs:
            quoted = _ANNOUNCED.search(paragraph.text)
            if quoted is not None:
                yield quoted.group("name"), [paragraph]


def _layout_heading(paragraph: Paragraph) -> Heading | None:
    return next((h for h in paragraph.section if _LAYOUT_TITLE.search(h.title)), None)


def _group_of(title: str, paragraphs: Sequence[Paragraph]) -> str:
    """The quoted name of the whole (`“一核两带多点”`), else the section's title."""
    texts = (title, *(paragraph.text for paragraph in paragraphs))
    quoted = (pattern.search(text) for pattern in _GROUPS for text in texts)
    return next((match["name"] for match in quoted if match is not None), title)


def _statement_end(paragraph: Paragraph, start: int) -> int:
    stop = _STOP.search(paragraph.text, start - paragraph.start)
    return paragraph.end if stop is None else paragraph.start + stop.start()


def _draft(
    reading: Reading, paragraph: Paragraph, structure: Structure, until: int, group: str | None
) -> Draft:
    """A structure; its members say where it is, else its name, else the headings above it."""
    name = structure.name
    location = NOWHERE if structure.members is None else structure.members.location
    if not location.places:
        named = named_places(reading, name.start, name.end)
        location = location_of(reading, named, Basis.TEXT)
    if not location.places:
        location = heading_location(reading, paragraph)
    text = clean_name(name.text)
    return Draft(
        "layout",
        text,
        structure.start,
        structure.end,
        location,
        _label(reading, structure, until),
        {"group": group, "role": role_of(text)},
    )


def _label(reading: Reading, structure: Structure, until: int) -> Label:
    """The industries of a name, and of what is to be developed there (`重点发展甲、乙等产业`)."""
    taxonomy, name = reading.tools.taxonomy, structure.name
    own = _AXIS.sub("", name.text)
    text = label_in(reading, name.start, name.start + len(own))
    codes = taxonomy.classify(text, own)
    if text is None:
        codes = (*codes, *developed(reading, structure.start, until))
    elif taxonomy.codes_of(text.removesuffix("基地")) is not None:
        text = text.removesuffix("基地")
    return Label(text, tuple(dict.fromkeys(codes)))


def _from_routes(reading: Reading) -> Iterator[Draft]:
    """`从甲到乙、丙，打造…丁走廊`: a line, and the places along it."""
    for sentence in reading.document.sentences:
        for match in _ROUTE.finditer(sentence.text):
            whole = Span(sentence.start, sentence.end, sentence.text)
            start = sentence.start + match.start("route")
            name = whole.sub(sentence.start + match.start("name"), sentence.start + match.end())
            mentions = free_places(reading, start, sentence.start + match.end("route"))
            location = location_of(reading, mentions, Basis.TEXT)
            if len(location.places) > 1:
                structure = Structure(name, Members(location, name.end), start, name.end)
                yield _draft(reading, sentence.paragraph, structure, name.end, None)
