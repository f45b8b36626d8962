"""Parks, zones and bases with a name of their own.

Three ways in which plans name them: a list under a heading of its own (`重点园区`), whose items
may be bare places that the list's head completes (`肇东、双城等10个绿色食品产业园区`); towns in
which a base is to be built (`在A县、B县等地建设5个…基地`); and names in running text, which begin
with a place, a known organisation or a known site and end with the noun of a park.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo.resolution import Resolved
from layers.extraction.drafts import Draft
from layers.extraction.labels import Label, label_for
from layers.extraction.lists import PAGE_NUMBER, Span, clean_name, split_at, split_pairs
from layers.extraction.placing import location_of, place_item
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Paragraph, Sentence, sentences_of

PARK_NOUN = re.compile(
    r"(?:产业|工业|科技|物流|创业|汽车|农机|软件|化工|医药|食品|生物|新能源|机电|加工|合作|示范|开发|农业|循环经济|现代|文化)?"
    r"(?:园区|(?:产业|工业|科技|软件|物流|汽车|创业|示范|加工|孵化|科学|农机|机电)园区?|产业城|科技城|创新城|"
    r"开发区|高新区|经开区|工业新区|新区|工业区|化工区|经济区|保税区|自贸区|合作区|贸易区|示范区|试验区|集聚区|集中区|加工区|"
    r"物流中心|保税物流中心|产业化基地|产业基地|生产基地|加工基地|研发基地|创新基地|装备基地|化工基地|种植基地|养殖基地|示范基地|基地|园)"
)
_END = re.compile(
    r"(?=$|[，。；、：）)”》\s]|[和与及等为中内的以在向]|建设|发展|做|核心|依托|升级|集聚|成为|入驻|配套|启动|加快|争取|"
    r"进入|获批|列入|晋升|入围|[一二三四]期)"
)
_LIST_TITLE = re.compile(r"(?:重点|特色|专业|产业)[^，。]{0,4}(?:园区|开发区|基地)$|^园区")
_HEAD = re.compile(
    r"等(?P<count>[0-9一二三四五六七八九十两]+)[个大处家](?P<noun>[^，。；、]{1,24})$"
)
_GENERIC_HEAD = re.compile(r"^(?:重点|特色|主要|专业)*(?:产业)*园区?$|^重点园区$")
_VERB = re.compile(
    r"^(?:加快|推进|推动|规划|重点|抓好|建设|打造|培育|支持|实施|发展|提升|做强|做大|扶持)+"
)
_TOWNS = re.compile(
    r"在(?P<towns>[^，。；]{2,80}?)(?:等地)?(?:建设|布局|新建|打造|创建)(?P<count>[0-9一二三四五六七八九十两]+)[个处]"
    r"(?P<noun>[^，。；、]{2,30}?(?:基地|园区|产业园|示范区))"
)
_NOT_IN_NAME = re.compile(
    r"[，。；、：！？]|推进|加快|依托|打造|成为|建成|建设成|支持|鼓励|作为|以及|促进|推动|形成|实现|围绕|发挥|培育|聚焦|位于|构建|"
    r"具有|拥有|集聚|国内|全国|全省|我省|地区$|等|在|向|把|将|对接|提高|发展(?!示范)|入选|入围|成功|列入|晋升|已|是|为|辐射|[0-9]{4}年"
)
_AIM = re.compile(
    r"(?:打造|建成|建设成为?|成为|形成|构建|作为|争创|申报|争取建设|列为)(?:[^，。；、]{0,12})$"
)
_SPREAD = re.compile(
    r"(?P<places>[^，。；]{2,40})(?:[两二三四五六七八九十]+个|[0-9]+个|等)(?P<noun>(?:国家级|省级|市级)?(?:高新区|高新技术产业开发区|"
    r"经开区|经济技术开发区|开发区|农业科技园区))"
)
_LEAD = re.compile(rf"(?:以|依托|建好|办好|用好|{_VERB.pattern.removeprefix('^')})+")
_BESIDE = re.compile(
    rf"[^，。；、等和与及为在向以]{{2,16}}(?:{PARK_NOUN.pattern}|区)(?=$|等|为|建设|和|与|及)"
)
_LEVEL = (("national", re.compile(r"国家级|国家")), ("provincial", re.compile(r"省级")))


def extract_parks(reading: Reading, taken: Sequence[tuple[int, int]] = ()) -> Iterator[Draft]:
    """Every park of the plan; `taken` are stretches that belong to something else (projects)."""
    seen: set[str] = set()
    for draft in sorted(_all_parks(reading, taken), key=lambda d: d.quote_start):
        # A park is one thing, however often a plan speaks of it.
        if draft.name not in seen:
            seen.add(draft.name)
            yield draft


def _all_parks(reading: Reading, taken: Sequence[tuple[int, int]]) -> Iterator[Draft]:
    for paragraph in reading.document.paragraphs:
        if paragraph.kind == "row":
            continue
        if paragraph.path and _LIST_TITLE.search(paragraph.path[-1]):
            for sentence in sentences_of(paragraph):
                yield from _listed(reading, sentence)
            continue
        for sentence in sentences_of(paragraph):
            covered = list(taken)
            for draft in _in_towns(reading, sentence):
                covered.append((draft.quote_start, draft.quote_end))
                yield draft
            for draft in _spread(reading, sentence):
                covered.append((draft.quote_start, draft.quote_end))
                yield draft
            named = list(_in_text(reading, sentence, covered))
            yield from named
            yield from _beside(reading, sentence, named)


def _listed(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`推进建设甲园、乙园等10个重点园区`: the head completes items that are bare places."""
    text = sentence.text.rstrip("。；")
    tidy = PAGE_NUMBER.sub(lambda m: "\u2060" * len(m.group()), text)
    head = _HEAD.search(tidy)
    if head is None:
        return
    verb = _VERB.match(text)
    begin = verb.end() if verb is not None else 0
    noun = head.group("noun").replace("\u2060", "")
    body = Span(sentence.start, sentence.start + len(text), text).sub(
        sentence.start + begin, sentence.start + head.start()
    )
    for entry in split_at(body, "、"):
        parts = split_pairs(entry, PARK_NOUN)
        for part in parts:
            name = clean_name(part.text)
            quote_end = part.end
            if _is_bare(reading, part) and not _GENERIC_HEAD.match(noun):
                name, quote_end = name + clean_name(noun), sentence.start + len(text)
            elif part is not parts[0] and not reading.places_between(part.start, part.end):
                name = _shared_place(reading, parts[0]) + name
            place = part if part is parts[0] or _own_place(reading, part) else parts[0]
            yield _park(reading, sentence.paragraph, name, part.start, quote_end, place)


def _own_place(reading: Reading, part: Span) -> bool:
    return bool(reading.places_between(part.start, part.end))


def _shared_place(reading: Reading, first: Span) -> str:
    """`牡丹江甲基地和乙基地`: what the second shares with the first."""
    places = [p for p in reading.places_between(first.start, first.end) if p.start == first.start]
    return places[0].surface if places else ""


def _is_bare(reading: Reading, part: Span) -> bool:
    """Whether an item is a place and nothing else (`哈尔滨市`, `农垦（松花江农场）`)."""
    if PARK_NOUN.search(part.text):
        return False
    rest = part.text
    for place in reading.places_between(part.start, part.end):
        rest = rest.replace(place.surface, "")
    return len(rest.strip("（）()")) <= 2


def _in_towns(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    for match in _TOWNS.finditer(sentence.text):
        start = sentence.start + match.start("towns")
        stop = sentence.start + match.end("towns")
        noun, end = match.group("noun"), sentence.start + match.end()
        span = Span(start, stop, match.group("towns"))
        for piece in (p for part in split_at(span, "、") for p in _split_words(part)):
            location = location_of(
                reading, reading.places_between(piece.start, piece.end), Basis.TEXT
            )
            yield Draft(
                "parks",
                clean_name(piece.text + noun),
                piece.start,
                end,
                location,
                label_for(reading, sentence.paragraph, noun),
                {"level": None},
            )


def _split_words(span: Span) -> list[Span]:
    cut = re.search(r"以及|及|和", span.text)
    if cut is None:
        return [span]
    return [
        span.sub(span.start, span.start + cut.start()),
        span.sub(span.start + cut.end(), span.end),
    ]


def _spread(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`牡丹江和佳木斯两个省级高新区`: one park for each place."""
    for match in _SPREAD.finditer(sentence.text):
        stop = sentence.start + match.end("places")
        places = _trailing_list(reading, sentence.start + match.start("places"), stop)
        if len(places) < 2:
            continue
        noun = re.sub(r"^(?:国家级|省级|市级)", "", match.group("noun"))
        for place in places:
            yield Draft(
                "parks",
                place.surface + noun,
                place.start,
                sentence.start + match.end(),
                location_of(reading, [place], Basis.TEXT),
                label_for(reading, sentence.paragraph, noun),
                {"level": _level(match.group("noun"))},
            )


def _trailing_list(reading: Reading, start: int, stop: int) -> list[Resolved]:
    """The places joined by list signs that end at `stop`."""
    found: list[Resolved] = []
    for place in reversed(reading.places_between(start, stop)):
        gap = reading.document.text[place.end : stop]
        if gap not in ("", "、", "和", "与", "及"):
            break
        found.insert(0, place)
        stop = place.start
    return found


def _in_text(
    reading: Reading, sentence: Sentence, taken: Sequence[tuple[int, int]]
) -> Iterator[Draft]:
    last = sentence.start
    for start, fixed in _beginnings(reading, sentence):
        if start < last or any(a <= start < b for a, b in taken):
            continue
        end = fixed if fixed is not None else _name_end(sentence, start)
        if end is not None and _is_spread(reading, start, end):
            continue
        if end is None or _AIM.search(sentence.text[: start - sentence.start]):
            continue
        last = end
        name = clean_name(reading.document.text[start:end])
        yield _park(reading, sentence.paragraph, name, start, end, Span(start, end, name))


def _is_spread(reading: Reading, start: int, end: int) -> bool:
    """`甲和乙的某基地` is no park's name but an aim for both."""
    return len({p.adcodes for p in reading.places_between(start, end)}) > 1 and bool(
        re.search("[、和与及]", reading.document.text[start:end])
    )


def _beside(reading: Reading, sentence: Sentence, named: Sequence[Draft]) -> Iterator[Draft]:
    """Parks without a place in their name that stand in one list with parks that have one."""
    for clause in split_at(Span(sentence.start, sentence.end, sentence.text), "，。；"):
        inside = [d for d in named if clause.start <= d.quote_start < clause.end]
        items = [p for item in split_at(clause, "、") for p in split_pairs(item, PARK_NOUN)]
        if not inside or len(items) < 2:
            continue
        for item in items:
            begin = _LEAD.match(item.text)
            match = _BESIDE.match(item.text, begin.end() if begin is not None else 0)
            if match is None or any(
                d.quote_start < item.end and item.start < d.quote_end for d in named
            ):
                continue
            span = item.sub(item.start + match.start(), item.start + match.end())
            name = clean_name(span.text)
            yield _park(reading, sentence.paragraph, name, span.start, span.end, span)


def _beginnings(reading: Reading, sentence: Sentence) -> list[tuple[int, int | None]]:
    """Where a park's name may begin; for a known site also where it ends."""
    found: list[tuple[int, int | None]] = []
    for place in reading.places_between(sentence.start, sentence.end):
        if place.level == "region" or not all(map(reading.in_region, place.adcodes)):
            continue
        is_site = place.level == "site" and PARK_NOUN.search(place.surface)
        longer = _name_end(sentence, place.start)
        end = max(place.end, longer or 0) if is_site else None
        if place.level != "province" or is_site:
            found.append((place.start, end))
    organisations = reading.organisations_between(sentence.start, sentence.end)
    found.extend((match.start, None) for match in organisations)
    return sorted(found, key=lambda pair: pair[0])


def _name_end(sentence: Sentence, start: int) -> int | None:
    """Where a name that begins at `start` ends with the noun of a park, or None."""
    text = sentence.text
    offset = start - sentence.start
    best = None
    for noun in PARK_NOUN.finditer(text, offset + 1, min(len(text), offset + 40)):
        if _NOT_IN_NAME.search(text, offset, noun.end()):
            break
        if _END.match(text, noun.end()) and noun.end() - offset > 3:
            best = noun.end()
            break
    return None if best is None else sentence.start + best


def _park(
    reading: Reading, paragraph: Paragraph, name: str, start: int, end: int, place: Span
) -> Draft:
    location = place_item(reading, paragraph, place.start, place.end)
    return Draft(
        "parks",
        name,
        start,
        end,
        location,
        _label(reading, paragraph, name),
        {"level": _level(name)},
    )


def _label(reading: Reading, paragraph: Paragraph, name: str) -> Label:
    """A park's name says more of its industry than a heading that speaks of something else."""
    label = label_for(reading, paragraph, name)
    if label.codes:
        return label
    return Label(None, reading.tools.taxonomy.classify(None, name))


def _level(text: str) -> str | None:
    return next((level for level, pattern in _LEVEL if pattern.search(text)), None)
