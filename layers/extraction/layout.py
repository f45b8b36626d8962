"""Named spatial structures: zones, belts, bases, corridors and new districts.

Plans set them out as headings under a section on layout (`--工业支撑带。主要包括…`), as a
counted list (`甲基地、乙基地等8大基地`), in a sentence that says what layout takes shape
(`形成甲、乙和丙…布局`), or by name in running text (`哈大齐工业走廊`, `哈尔滨新区`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from geo.locate import locator_for
from geo.resolution import Resolved
from layers.extraction.drafts import Draft
from layers.extraction.labels import Label, label_in
from layers.extraction.lists import Span, clean_name, split_at, split_pairs
from layers.extraction.members import Members, developed, free_places
from layers.extraction.placing import NOWHERE, Location, heading_location, location_of
from layers.extraction.structures import (
    ENDS_AS_LAYOUT,
    PULL,
    Structure,
    announces,
    body_structures,
    title_names,
    titled_structure,
)
from layers.extraction.tools import Reading
from layers.model import Basis, Precision
from layers.plans import Heading, Paragraph, Sentence

_LAYOUT_TITLE = re.compile(r"布局|格局|空间结构|功能分区|功能区划|经济区”")
_NUMBER = "一二两三四五六七八九十多0-9"
_GROUPS = (
    re.compile(rf"“(?P<name>(?:[{_NUMBER}]+[一-鿿]{{1,5}}?、?){{2,}})”"),
    re.compile(rf"“(?P<name>[{_NUMBER}]+[大个][一-鿿]{{1,6}})”"),
)
_ANNOUNCED = re.compile(
    rf"(?:打造|构建|构筑|形成|按照|推进|实施|优化|完善)[^。；“]*“(?P<name>(?:[{_NUMBER}]+[一-鿿]{{1,4}}?、?){{2,}})”"
)
_COUNTED = re.compile(
    r"等?(?P<count>[0-9一二三四五六七八九十]+)[大个](?P<noun>基地|经济区|板块|片区|组团|产业带|功能区|经济圈|增长极|工业新区|产业区)(?![一-鿿]*项目)"
)
_TAKES_SHAPE = re.compile(
    r"(?:形成|构建|打造|构筑)(?P<list>[^，。；]+?)(?:等)?(?P<head>(?:的)?(?:工业|产业|经济|空间|区域|发展)*(?:布局|格局))"
)
_NAMED = re.compile(
    r"”?(?P<noun>工业走廊|经济走廊|产业走廊|科创走廊|经济带|产业带|城市群|都市圈|城镇群|经济圈|工业带|创新带)"
)
_ROUTE = re.compile(
    r"(?P<route>(?:从|自)[^。；]{2,40}?[到至][^。；]{2,40}?)，[^。；]*?(?:打造|形成|建设|构建)[^，。；]{0,16}?的?"
    r"(?P<name>[^，。；、的]{2,12}(?:走廊|产业带|经济带|发展轴|发展带|创新带))"
)
_TALK = re.compile(r"”?(?:问题|课题|概念|构想|之间|经验)")
_NEW_DISTRICT = re.compile(r"[一-鿿]{2,5}(?<!高)(?<!工业)新区")
_ITEM_NOUN = re.compile(r"(?:新区|经济区|工业区|开发区|园区|基地|组团|片区|产业带|经济带|走廊)")
_STOP = re.compile("[。；]")
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_PULL = re.compile(f"(?:{PULL})$")
_ROLE = (
    ("corridor", re.compile(r"走廊|大通道")),
    ("belt", re.compile(r"(?:带|轴|轴线|环)$")),
    ("bases", re.compile(r"基地$")),
    ("node", re.compile(r"(?:核|核心|极|中心|点|枢纽)$")),
    ("region", re.compile(r"(?:城市群|都市圈|圈|城镇群|板块)$")),
)


def extract_layout(reading: Reading) -> Iterator[Draft]:
    """Every spatial structure that the plan names, each once."""
    found: list[Draft] = []
    for draft in (
        *_from_scopes(reading),
        *_from_counted_headings(reading),
        *_from_counts(reading),
        *_from_shape(reading),
        *_from_routes(reading),
        *_from_names(reading),
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


def role_of(name: str) -> str:
    """Tell zone, belt, bases, corridor, region and node apart by the noun that ends a name."""
    name = _PULL.sub("", name)
    return next((role for role, pattern in _ROLE if pattern.search(name)), "zone")


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
    for section in _sections(reading):
        named = [pair for pair in section.children if ENDS_AS_LAYOUT.search(pair[0].title)]
        group = _count_of(reading, named) if len(named) > 1 else None
        if group is not None:
            for heading, paragraph in named:
                name = Span(heading.start, heading.end, heading.title)
                structure = titled_structure(reading, paragraph, name, alone=True)
                yield _draft(reading, paragraph, structure, paragraph.end, group)


def _count_of(reading: Reading, named: Sequence[tuple[Heading, Paragraph]]) -> str | None:
    """What the plan counts: `四大基地` for four headings of bases."""
    for counted in _COUNTED.finditer(reading.document.text):
        same = [h for h, _ in named if h.title.endswith(counted.group("noun"))]
        if len(same) == len(named) == _number(counted.group("count")):
            return counted.group().removeprefix("等")
    return None


def _from_scopes(reading: Reading) -> Iterator[Draft]:
    """The structures of the sections that speak of layout, in headings and in running text."""
    for group, paragraphs in _scopes(reading):
        titled = [
            (paragraph, name) for paragraph in paragraphs for name in _titled(reading, paragraph)
        ]
        for paragraph in paragraphs:
            yield from _read_paragraph(reading, paragraph, group, siblings=len(titled))


def _titled(reading: Reading, paragraph: Paragraph) -> list[Span]:
    own = _own_heading(paragraph)
    if own is None or _LAYOUT_TITLE.search(own.title):
        return []
    return title_names(reading, own.start, own.end)


def _read_paragraph(
    reading: Reading, paragraph: Paragraph, group: str, *, siblings: int
) -> Iterator[Draft]:
    names = _titled(reading, paragraph)
    own = _own_heading(paragraph)
    for name in names:
        structure = titled_structure(reading, paragraph, name, alone=len(names) == 1)
        until = paragraph.end
        if len(names) > 1:
            until = _statement_end(paragraph, structure.end)
        told = structure.members is not None or (own is not None and announces(own.title))
        # One title alone may be any heading; several of the kind are a list of structures.
        if told or siblings > 1:
            yield _draft(reading, paragraph, structure, until, group)
    known = {clean_name(name.text) for name in names}
    for structure in body_structures(reading, paragraph):
        if clean_name(structure.name.text) not in known:
            until = _statement_end(paragraph, structure.end)
            yield _draft(reading, paragraph, structure, until, group)


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
        named = reading.places_between(name.start, name.end)
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
    text = label_in(reading, name.start, name.end)
    codes = taxonomy.classify(text, name.text)
    if text is None:
        codes = (*codes, *developed(reading, structure.start, until))
    elif taxonomy.codes_of(text.removesuffix("基地")) is not None:
        text = text.removesuffix("基地")
    return Label(text, tuple(dict.fromkeys(codes)))


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
            group = _shared_noun(items) or match.group("head").lstrip("的")
            for item in items:
                yield _item_draft(reading, sentence, item, group)


def _shared_noun(items: Sequence[Span]) -> str | None:
    """The longest ending that most items share: 工业新区 of 甲工业新区, 乙工业新区, 丙经济区."""
    endings = Counter(item.text[-length:] for item in items for length in range(2, len(item.text)))
    shared = [ending for ending, count in endings.items() if 2 * count > len(items)]
    return max(shared, key=len, default=None)


def _item_draft(reading: Reading, sentence: Sentence, item: Span, group: str) -> Draft:
    name = clean_name(item.text)
    location = location_of(reading, reading.places_between(item.start, item.end), Basis.TEXT)
    if not location.places:
        location = heading_location(reading, sentence.paragraph)
    return Draft(
        "layout",
        name,
        item.start,
        item.end,
        location,
        Label(None, reading.tools.taxonomy.classify(None, name)),
        {"group": group, "role": role_of(name)},
    )


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


def _from_names(reading: Reading) -> Iterator[Draft]:
    """Corridors, belts, city clusters and new districts that carry a place's name."""
    text = reading.document.text
    for place in reading.places:
        named = _NAMED.match(text, place.end)
        if place.within is not None or place.level == "province":
            continue
        if named is None and not _NEW_DISTRICT.fullmatch(place.surface):
            continue
        if _TALK.match(text, place.end if named is None else named.end()):
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
    if len(mentions) == 1 and _NEW_DISTRICT.fullmatch(mentions[0].surface):
        return _new_district_draft(reading, mentions[0])
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


def _new_district_draft(reading: Reading, place: Resolved) -> Draft:
    """A new district by the table of names: its words name the city, not the districts."""
    location = location_of(reading, [place], Basis.TEXT)
    stem = place.surface.removesuffix("新区")
    words = locator_for(reading.plan.year, sites=False).resolve(stem, place.adcodes[0])
    named = tuple(word.surface for word in words)
    if named and {code for word in words for code in word.adcodes} != set(location.places):
        location = replace(location, as_written=named, basis=Basis.KNOWLEDGE)
    more = {"group": None, "role": "zone"}
    return Draft("layout", place.surface, place.start, place.end, location, Label(None, ()), more)
