"""Named spatial structures: zones, belts, bases, corridors and new districts.

Plans set them out as headings under a section on layout (`--工业支撑带。主要包括…`), as a
counted list (`甲基地、乙基地等8大基地`), in a sentence that says what layout takes shape
(`形成甲、乙和丙…布局`), or by name in running text (`哈大齐工业走廊`, `哈尔滨新区`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layers.extraction.drafts import Draft
from layers.extraction.labels import Label, label_for
from layers.extraction.lists import Span, clean_name, split_at, split_pairs
from layers.extraction.placing import NOWHERE, Location, heading_location, location_of
from layers.extraction.tools import Reading
from layers.model import Basis, Precision
from layers.plans import Heading, Paragraph, Sentence, sentences_of

_ENDS_AS_LAYOUT = re.compile(r"(?:走廊|带|轴|核心?|极|组团|板块|圈|基地|区|中心|点|翼)$")
_LAYOUT_TITLE = re.compile(
    r"空间布局|总体布局|区域布局|产业布局|合理布局|发展布局|发展格局|空间格局|空间结构|经济区”"
)
_GROUP = re.compile(r"“(?P<name>(?:[一二两三四五六七八九十多0-9]+[一-鿿]{1,6})+)”")
_COUNTED = re.compile(
    r"等?(?P<count>[0-9一二三四五六七八九十]+)[大个](?P<noun>基地|经济区|板块|片区|组团|产业带|功能区|经济圈|增长极|工业新区|产业区)(?![一-鿿]*项目)"
)
_TAKES_SHAPE = re.compile(
    r"(?:形成|构建|打造|构筑)(?P<list>[^，。；]+?)(?:等)?(?P<head>(?:的)?(?:工业|产业|经济|空间|区域|发展)*(?:布局|格局))"
)
_NAMED = re.compile(
    r"”?(?P<noun>工业走廊|经济走廊|产业走廊|科创走廊|经济带|产业带|城市群|都市圈|城镇群|经济圈|工业带|创新带)"
)
_NEW_DISTRICT = re.compile(r"[一-鿿]{2,5}(?<!高)(?<!工业)新区")
_ITEM_NOUN = re.compile(r"(?:新区|经济区|工业区|开发区|园区|基地|组团|片区|产业带|经济带|走廊)")
_MEMBERS = re.compile(
    r"主要(?:是|包括|涵盖|涉及)|包括|涵盖|覆盖|范围|以[^，。]{1,20}为(?:中心|核心|龙头|主体|支点)|依托|位于"
)
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ROLE = (
    ("corridor", re.compile(r"走廊|大通道")),
    ("belt", re.compile(r"带$|轴$")),
    ("bases", re.compile(r"基地$")),
    ("node", re.compile(r"核心?$|极$|中心$|节点$|点$")),
    ("region", re.compile(r"城市群$|都市圈$|圈$|城镇群$|板块$")),
)


def extract_layout(reading: Reading) -> Iterator[Draft]:
    """Every spatial structure that the plan names, each once."""
    found: list[Draft] = []
    for draft in (
        *_from_headings(reading),
        *_from_counts(reading),
        *_from_shape(reading),
        *_from_names(reading),
    ):
        if not any(_same(draft, other) for other in found):
            found.append(draft)
            yield draft


def _same(one: Draft, other: Draft) -> bool:
    """Of one name, or read from overlapping words (`哈大齐工业走廊` in `哈大齐工业走廊建设区`)."""
    apart = one.quote_end <= other.quote_start or other.quote_end <= one.quote_start
    return one.name == other.name or not apart


def role_of(name: str) -> str:
    """Tell zone, belt, bases, corridor, region and node apart by the noun that ends a name."""
    return next((role for role, pattern in _ROLE if pattern.search(name)), "zone")


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with the headings directly below it and the paragraphs that they open."""

    heading: Heading
    intro: str
    children: tuple[tuple[Heading, Paragraph], ...]


def _sections(reading: Reading) -> list[_Section]:
    below: dict[Heading, list[tuple[Heading, Paragraph]]] = {}
    intro: dict[Heading, str] = {}
    for paragraph in reading.document.paragraphs:
        if not paragraph.section:
            continue
        own = paragraph.section[-1]
        if len(paragraph.section) > 1 and own.start >= paragraph.start and own.title:
            parent = paragraph.section[-2]
            below.setdefault(parent, []).append((own, paragraph))
        intro.setdefault(own, paragraph.text)
        intro[own] += "" if paragraph.section[-1].start >= paragraph.start else paragraph.text
    return [
        _Section(heading, heading.title + intro.get(heading, ""), tuple(children))
        for heading, children in below.items()
    ]


def _from_headings(reading: Reading) -> Iterator[Draft]:
    for section in _sections(reading):
        named = [
            (heading, paragraph)
            for heading, paragraph in section.children
            if _ENDS_AS_LAYOUT.search(heading.title)
        ]
        if len(named) < 2:
            continue
        group = _group_of(reading, section, named)
        if group is None:
            continue
        for heading, paragraph in named:
            yield _heading_draft(reading, heading, paragraph, group)


def _group_of(
    reading: Reading, section: _Section, named: Sequence[tuple[Heading, Paragraph]]
) -> str | None:
    """What the plan calls the whole: the quoted name, or `四大基地` for four headings of bases."""
    if _LAYOUT_TITLE.search(section.heading.title):
        quoted = _GROUP.search(section.heading.title) or _GROUP.search(section.intro)
        return quoted.group("name") if quoted is not None else section.heading.title
    for counted in _COUNTED.finditer(reading.document.text):
        same = [h for h, _ in named if h.title.endswith(counted.group("noun"))]
        if len(same) == len(named) == _number(counted.group("count")):
            return counted.group().removeprefix("等")
    return None


def _heading_draft(reading: Reading, heading: Heading, paragraph: Paragraph, group: str) -> Draft:
    location = _title_location(reading, heading) or _members(reading, paragraph)
    if not location.places:
        location = heading_location(reading, paragraph)
    return Draft(
        "layout",
        clean_name(heading.title),
        heading.start,
        heading.end,
        location,
        label_for(reading, paragraph, heading.title) if paragraph.body else Label(None, ()),
        {"group": group, "role": role_of(heading.title)},
    )


def _title_location(reading: Reading, heading: Heading) -> Location | None:
    named = location_of(reading, reading.places_between(heading.start, heading.end), Basis.TEXT)
    return named if named.places else None


def _members(reading: Reading, paragraph: Paragraph) -> Location:
    """The places of the sentence that says who belongs to it."""
    for sentence in sentences_of(paragraph):
        if not _MEMBERS.search(sentence.text):
            continue
        mentions = [
            place
            for place in reading.places_between(sentence.start, sentence.end)
            if place.within is None and place.level != "province"
        ]
        named = location_of(reading, mentions, Basis.TEXT)
        if named.places:
            return named
    return NOWHERE


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" in text:
        return (_NUMERALS.get(tens, 1) if tens else 1) * 10 + (_NUMERALS.get(ones, 0))
    return _NUMERALS.get(text, 0)


def _from_counts(reading: Reading) -> Iterator[Draft]:
    """`甲基地、乙基地等8大基地`: the count must fit the list, else it is another list."""
    for sentence in reading.document.sentences:
        for head in _COUNTED.finditer(sentence.text):
            items = _items_before(sentence, head.start(), _number(head.group("count")))
            noun = head.group("noun")
            if not items or not all(item.text.endswith(noun) for item in items):
                continue
            for item in items:
                yield _item_draft(reading, sentence, item, head.group().removeprefix("等"))


def _items_before(sentence: Sentence, stop: int, count: int) -> list[Span]:
    clause_start = max(sentence.text.rfind(mark, 0, stop) for mark in "，。；：") + 1
    verb = re.compile(r"(?:重点|加快|着力|大力)*(?:发展|建设|打造|形成|构建|推进)").match(
        sentence.text, clause_start
    )
    begin = verb.end() if verb is not None else clause_start
    body = Span(sentence.start, sentence.end, sentence.text).sub(
        sentence.start + begin, sentence.start + stop
    )
    items = split_at(body, "、")
    if len(items) == count:
        return items
    items = [part for item in items for part in split_pairs(item, _ITEM_NOUN)]
    return items if len(items) == count else []


def _from_shape(reading: Reading) -> Iterator[Draft]:
    """`形成甲新区、乙新区和丙经济区工业产业布局`: the layout that is to take shape."""
    for sentence in reading.document.sentences:
        for match in _TAKES_SHAPE.finditer(sentence.text):
            span = Span(sentence.start, sentence.end, sentence.text).sub(
                sentence.start + match.start("list"), sentence.start + match.end("list")
            )
            items = [p for i in split_at(span, "、") for p in split_pairs(i, _ITEM_NOUN)]
            named = [i for i in items if _ITEM_NOUN.search(i.text)]
            if len(items) < 2 or len(named) < len(items):
                continue
            if not any(reading.places_between(i.start, i.end) for i in items):
                continue
            for item in items:
                yield _item_draft(reading, sentence, item, match.group("head").lstrip("的"))


def _item_draft(reading: Reading, sentence: Sentence, item: Span, group: str) -> Draft:
    name = clean_name(item.text)
    location = location_of(reading, reading.places_between(item.start, item.end), Basis.TEXT)
    if not location.places:
        location = heading_location(reading, sentence.paragraph)
    label = label_for(reading, sentence.paragraph, name)
    return Draft(
        "layout",
        name,
        item.start,
        item.end,
        location,
        label,
        {"group": group, "role": role_of(name)},
    )


def _from_names(reading: Reading) -> Iterator[Draft]:
    """Corridors, belts, city clusters and new districts that carry a place's name."""
    text = reading.document.text
    for place in reading.places:
        named = _NAMED.match(text, place.end)
        if place.within is not None or place.level == "province":
            continue
        if named is None and not _NEW_DISTRICT.fullmatch(place.surface):
            continue
        # A corridor may lead beyond a city whose plan names it; a far-off one is a mention.
        if not any(map(reading.in_region, place.adcodes)):
            continue
        yield _name_draft(reading, place.start, place.end, named.end() if named else place.end)


def _name_draft(reading: Reading, start: int, place_end: int, end: int) -> Draft:
    text = reading.document.text
    if text[start - 1 : start] == "“" and "”" in text[place_end:end]:
        start -= 1
    name = clean_name(text[start:end]).replace("“", "").replace("”", "")
    mentions = reading.places_between(start, end)
    known = tuple(dict.fromkeys(code for p in mentions for code in p.adcodes))
    location = location_of(reading, mentions, Basis.TEXT)
    if not location.places and known:  # a city's plan names the corridor that it lies on
        location = Location(known, (mentions[0].surface,), Basis.TEXT, Precision.REGION)
    return Draft(
        "layout",
        name,
        start,
        end,
        location,
        Label(None, ()),
        {"group": None, "role": role_of(name)},
    )
