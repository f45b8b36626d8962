"""Parks, zones and bases with a name of their own.

Lists of parks (`park_lists`) come first; what they leave is read as running text: names that
begin with a place, a known organisation or a known site and end with the noun of a park
(`park_names`), their neighbours in the same list, items whose bracket says where they are, and
proper names of the whole country or province.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geo.resolution import Resolved
from layers.extraction.drafts import Draft
from layers.extraction.lists import Span, clean_name, split_at, split_pairs
from layers.extraction.park_lists import headed_list, in_towns, joint, spread, under_places
from layers.extraction.park_mentions import Mention, mention_of, merge_mentions
from layers.extraction.park_names import (
    PARK_NOUN,
    bracket_behind,
    has_phase,
    is_bare_noun,
    last_piece,
    name_end,
    place_part,
)
from layers.extraction.park_words import (
    LEAD_IN,
    PROJECT_TITLE,
    is_aim,
    is_banned,
    is_free,
    is_list_title,
    is_report,
    is_withdrawn,
    level_behind,
    level_of,
)
from layers.extraction.tools import Reading
from layers.plans import Paragraph, Sentence, sentences_of

_SOME_ZONE = re.compile(r"[^，。；、等和与及为在向以]{2,16}区(?=$|等|为|建设|和|与|及)")
_FOREIGN = re.compile(
    r"(?:中国?[—–－-]{1,2}[一-鿿]{2,8}|中[德俄日韩新意法美英澳白哈以荷瑞印泰马越老蒙古]{1,2}[（(]?)$"
)
_SHORT_PAIR = re.compile(r"(?<![一-鿿])[一-鿿]{2}（$|(?<=推进|加快|支持|建设|依托)[一-鿿]{2}（$")
_START_FROM = re.compile(r"依托[^。；]{0,40}$")
_NATIONAL = re.compile(r"中国|国家(?!级|重要|重点)")
_KIND_OF_BASE = re.compile(r"原料|标准化|种植|养殖|商品|生产基地$|级")
_PROPER_LENGTH = 11  # code points: 国家农业基地 is a kind of base, a longer name is one base
_ITEM_END = re.compile(r"$|[，。；、等和与及（]|建设")
_DESCRIPTION = re.compile(r"。|向(?=.*(?:集聚|集中|布局)$)", re.S)
_JOINED_PLACES = re.compile(r"[—–－~～（(-]")
# 甲市高新区（乙）某产业集群: the zone is the beginning of the cluster's name.
_CLUSTER_BEHIND = re.compile(r"（[^（）]*）[^，。；、和与及（]{1,16}?(?:集群|产业带|产业链)")
_MOVED = re.compile("[^（）]{0,4}(?P<other>（[^（）]{2,8}）)(?:承接)?产业转移")
_SHARED = re.compile("共建")
_PARTNER = frozenset("和与同及、")
_CUTS = "，。；"


def extract_parks(reading: Reading, taken: Sequence[tuple[int, int]] = ()) -> Iterator[Draft]:
    """Every park of the plan; `taken` are stretches that belong to something else (projects)."""
    owned = [_without_description(reading, stretch) for stretch in taken]
    mentions = [
        mention
        for paragraph in reading.document.paragraphs
        if paragraph.kind != "row"
        for mention in _in_paragraph(reading, paragraph, owned)
    ]
    yield from merge_mentions(reading, mentions)


def _without_description(reading: Reading, stretch: tuple[int, int]) -> tuple[int, int]:
    """The part of a stretch that is its own: a title without its description behind a full stop.

    What a statement gathers in parks (`推动某产业向甲园、乙园集聚`) does not own them either.
    """
    text = reading.document.text[slice(*stretch)]
    cut = _DESCRIPTION.search(text)
    return stretch if cut is None else (stretch[0], stretch[0] + cut.start())


def _in_paragraph(
    reading: Reading, paragraph: Paragraph, taken: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    titled = any(map(is_list_title, paragraph.path))
    level = level_of(paragraph.path[-1]) if titled else None
    for sentence in _sentences(paragraph):
        for mention in _in_sentence(reading, sentence, taken, titled=titled):
            yield _with_level(mention, level)


def _sentences(paragraph: Paragraph) -> Iterator[Sentence]:
    """The paragraph's own heading, which may say something itself, and the sentences behind it."""
    own = [h for h in paragraph.section if paragraph.start <= h.start < paragraph.end]
    for heading in own:
        yield Sentence(heading.start, heading.end, heading.title, paragraph)
    yield from sentences_of(paragraph)


def _with_level(mention: Mention, level: str | None) -> Mention:
    """`国家级园区：甲园、乙园`: the level of a list's title is that of its items."""
    if level is None or mention.draft.more["level"]:
        return mention
    return replace(mention, draft=replace(mention.draft, more={"level": level}))


def _in_sentence(
    reading: Reading, sentence: Sentence, taken: Sequence[tuple[int, int]], *, titled: bool
) -> Iterator[Mention]:
    found = headed_list(reading, sentence, titled=titled)
    if not found:
        lists = (
            *in_towns(reading, sentence),
            *joint(reading, sentence),
            *under_places(reading, sentence),
            *spread(reading, sentence, titled=titled),
        )
        found = [m for m in lists if not _touches(m.draft, taken)]
        covered = [*taken, *((m.draft.quote_start, m.draft.quote_end) for m in found)]
        named = list(_in_text(reading, sentence, covered, titled=titled))
        named += _with_place_behind(reading, sentence, [*found, *named], covered, titled=titled)
        found += named
        found += _beside(reading, sentence, named, covered, titled=titled)
        found += _proper(reading, sentence, covered)
    yield from found


def _touches(draft: Draft, stretches: Sequence[tuple[int, int]]) -> bool:
    return _overlaps((draft.quote_start, draft.quote_end), stretches)


def _in_text(
    reading: Reading, sentence: Sentence, taken: Sequence[tuple[int, int]], *, titled: bool
) -> Iterator[Mention]:
    last = sentence.start
    for start, end in _beginnings(reading, sentence):
        if start < last or not _is_open(sentence, start, end, taken):
            continue
        if _is_spread(reading, start, end) or not _is_meant(reading, sentence, start, end):
            continue
        # The bracket behind a name says where the park is; it names no other one.
        last = end + len(bracket_behind(sentence.text, end - sentence.start))
        yield _named(reading, sentence, start, end, titled=titled)


def _named(reading: Reading, sentence: Sentence, start: int, end: int, *, titled: bool) -> Mention:
    """A mention of the name `[start, end)`, with what the bracket behind it says of its place."""
    offset = end - sentence.start
    bracket = place_part(bracket_behind(sentence.text, offset))
    name = clean_name(reading.document.text[start:end])
    return mention_of(
        reading,
        sentence.paragraph,
        name,
        (start, end),
        place=_place_words(reading, start, end, end + len(bracket)),
        level=level_behind(sentence.text, offset),
        listed=titled,
    )


def _place_words(reading: Reading, start: int, stop: int, end: int) -> Span:
    """The words of a name `[start, stop)`, with its bracket up to `end`, that say where it is.

    Where the name has but the initials of several cities (`广清合作区（清城区、英德市）`), the
    bracket says it.

    A place further on that is no part of the first one belongs to the name: the name of a plain in
    `某市某原盐化工业园`. Behind a dash or in a bracket it counts; a park that one city moves its
    industry to, `甲（乙）产业转移工业园`, lies in the other.
    """
    text = reading.document.text
    within = reading.tools.gazetteer.within
    places = reading.places_between(start, end)
    if any(place.start >= stop for place in places) and all(
        place.level == "region" for place in places if place.end <= stop
    ):
        return Span(stop, end, text[stop:end])
    first = places[0] if places else None
    moved = _MOVED.match(text, first.end, stop) if first is not None else None
    if moved is not None:
        return Span(*moved.span("other"), moved["other"])
    for other in places[1:]:
        if first is None or first.level not in ("prefecture", "county"):
            break
        is_part = all(within(code, holder) for code in other.adcodes for holder in first.adcodes)
        beside = other.start == first.end and other.level == first.level  # 珠海|阳江
        if not (is_part or beside or _JOINED_PLACES.search(text, first.end, other.start)):
            end = other.start
            break
    return Span(start, end, text[start:end])


def _beginnings(reading: Reading, sentence: Sentence) -> list[tuple[int, int]]:
    """Where a park's name may begin, and where it then ends."""
    text, base = sentence.text, sentence.start
    found: list[tuple[int, int]] = []
    for place in reading.places_between(sentence.start, sentence.end):
        if not all(map(reading.in_region, place.adcodes)):
            continue
        if place.level == "region" and not _are_initials(place):
            continue
        is_site = place.level == "site" and PARK_NOUN.search(place.surface) is not None
        if place.level == "province" and not is_site:
            continue
        start = _with_prefix(reading, sentence, place.start)
        end = name_end(text, start - base, place.end - base)
        if is_site:
            end = max(place.end - base, end or 0)
        if end is None or (is_bare_noun(text[place.end - base : end]) and not is_site):
            continue
        found.append((start, base + end))
    for match in reading.organisations_between(sentence.start, sentence.end):
        end = name_end(text, match.start - base, match.start - base + 1)
        if end is not None and base + end > match.end:
            found.append((match.start, base + end))
    return sorted(found)


def _are_initials(place: Resolved) -> bool:
    """`合淮产业园`: the initials of as many cities, which begin the names of what they share."""
    cities = [code for code in place.adcodes if not code.endswith("0000")]
    return len(place.surface) == len(cities) == 2


def _with_prefix(reading: Reading, sentence: Sentence, start: int) -> int:
    """`某省某县经济开发区` begins with the province, `中国—某国某市产业园区` with the pair."""
    for place in reading.places_between(sentence.start, start):
        if place.level == "province" and place.end == start:
            return place.start
    before = sentence.text[: start - sentence.start]
    pair = _FOREIGN.search(before) or _SHORT_PAIR.search(before)
    return start if pair is None else sentence.start + pair.start()


def _is_open(sentence: Sentence, start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing else owns the words, but a project that is a phase of the park itself."""
    for a, b in taken:
        if a <= start < b and not (start == a and has_phase(sentence.text, end - sentence.start)):
            return False
    return True


def _is_spread(reading: Reading, start: int, end: int) -> bool:
    """`甲和乙的某基地` is no park's name but an aim for both."""
    return len({p.adcodes for p in reading.places_between(start, end)}) > 1 and bool(
        re.search("[、和与及]", reading.document.text[start:end])
    )


def _is_meant(reading: Reading, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the plan speaks of the park itself, not of an aim, a ban, a project or a report."""
    text = sentence.text
    before, behind = text[: start - sentence.start], end - sentence.start
    if is_aim(before, text, behind) or is_banned(before):
        return False
    if not is_free(last_piece(text, len(before))):
        return False
    if is_withdrawn(before, text, behind) or _CLUSTER_BEHIND.match(text, behind):
        return False
    if _SHARED.search(text, len(before), behind) and _has_partner(reading, sentence, start):
        return False
    phase = has_phase(text, behind)
    in_projects = any(PROJECT_TITLE.search(title) for title in sentence.paragraph.path)
    if in_projects and not phase and not _ITEM_END.match(text, behind):
        return False
    return not is_report(text, behind, reading.document.text[start:end], phase=phase)


def _has_partner(reading: Reading, sentence: Sentence, start: int) -> bool:
    """`甲与乙共建园区`, `甲、乙合作共建园区`: no name begins with the second place."""
    places = reading.places_between(sentence.start, start)
    joined = reading.document.text[start - 1 : start] in _PARTNER
    return joined and any(place.end == start - 1 for place in places)


def _with_place_behind(
    reading: Reading,
    sentence: Sentence,
    named: Sequence[Mention],
    taken: Sequence[tuple[int, int]],
    *,
    titled: bool,
) -> Iterator[Mention]:
    """`某高科技化工园区（某市）`: items whose bracket says where they are."""
    whole = Span(sentence.start, sentence.end, sentence.text)
    for item in split_at(whole, "、，；：。"):
        begin = _after_verb(item)
        end = name_end(sentence.text, begin - sentence.start, begin - sentence.start)
        if end is None or not bracket_behind(sentence.text, end):
            continue
        if _CLUSTER_BEHIND.match(sentence.text, end):
            continue
        mention = _named(reading, sentence, begin, sentence.start + end, titled=titled)
        bracket = place_part(bracket_behind(sentence.text, end))
        stop = sentence.start + end + len(bracket)
        inside = reading.places_between(sentence.start + end, stop)
        if not any(reading.in_region(code) for place in inside for code in place.adcodes):
            continue
        if not _touches(mention.draft, [*_quotes(named), *taken]):
            yield mention


def _quotes(mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    return [(m.draft.quote_start, m.draft.quote_end) for m in mentions]


def _beside(
    reading: Reading,
    sentence: Sentence,
    named: Sequence[Mention],
    taken: Sequence[tuple[int, int]],
    *,
    titled: bool,
) -> Iterator[Mention]:
    """Parks without a place in their name that stand in one list with parks that have one."""
    quotes = _quotes(named)
    span = Span(sentence.start, sentence.end, sentence.text)
    for clause in [span] if titled else _clauses(span):
        inside = [a for a, _ in quotes if clause.start <= a < clause.end]
        entries = split_at(clause, "、，；" if titled or "，以及" in clause.text else "、")
        items = [piece for entry in entries for piece in split_pairs(entry, PARK_NOUN)]
        if not inside or len(items) < 2:
            continue
        for item in items:
            end = _unplaced(reading, sentence, item)
            if end is None or _overlaps((item.start, item.end), [*quotes, *taken]):
                continue
            start = _after_verb(item)
            before = sentence.text[: start - sentence.start]
            if is_withdrawn(before, sentence.text, end - sentence.start):
                continue
            name = clean_name(reading.document.text[start:end])
            yield mention_of(reading, sentence.paragraph, name, (start, end), listed=titled)


def _clauses(span: Span) -> list[Span]:
    """The clauses of a sentence; one that begins with 以及 ends the list of the one before."""
    found: list[Span] = []
    for clause in split_at(span, _CUTS):
        if found and clause.text.startswith("以及"):
            clause = span.sub(found.pop().start, clause.end)
        found.append(clause)
    return found


def _unplaced(reading: Reading, sentence: Sentence, item: Span) -> int | None:
    """Where the name of a park ends that an item without a place of its own begins with."""
    start = _after_verb(item) - sentence.start
    # A name that begins with a place has been looked at; one that begins otherwise is free.
    begins = [
        p for p in reading.places_between(item.start, item.end) if p.start == sentence.start + start
    ]
    if any(p.level in ("prefecture", "county") and reading.in_region(p.adcodes[0]) for p in begins):
        return None
    end = name_end(sentence.text, start, start)
    if end is None:
        some_zone = _SOME_ZONE.match(sentence.text, start)
        end = some_zone.end() if some_zone is not None else None
    return None if end is None else sentence.start + end


def _after_verb(item: Span) -> int:
    lead = LEAD_IN.match(item.text)
    return item.start + (lead.end() if lead is not None else 0)


def _overlaps(span: tuple[int, int], stretches: Iterable[tuple[int, int]]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in stretches)


def _proper(
    reading: Reading, sentence: Sentence, taken: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    """`依托中国某某应用基地`: names of the whole country or province, where a plan starts from."""
    for item in split_at(Span(sentence.start, sentence.end, sentence.text), "、，；。"):
        start = _after_verb(item)
        if _START_FROM.search(sentence.text[: start - sentence.start]) is None:
            continue
        offset = start - sentence.start
        known = _whole_country_or_province(reading, item.sub(start, item.end))
        end = name_end(sentence.text, offset, offset + known) if known else None
        if end is None or end - offset < _PROPER_LENGTH:
            continue
        name, quote = clean_name(sentence.text[offset:end]), (start, sentence.start + end)
        if not _KIND_OF_BASE.search(name) and not _overlaps(quote, taken):
            yield mention_of(reading, sentence.paragraph, name, quote)


def _whole_country_or_province(reading: Reading, item: Span) -> int:
    """Length of the 中国, 国家 or province that an item begins with, or 0."""
    national = _NATIONAL.match(item.text)
    if national is not None:
        return national.end()
    places = reading.places_between(item.start, item.end)
    first = places[0] if places and places[0].start == item.start else None
    return first.end - first.start if first is not None and first.level == "province" else 0
