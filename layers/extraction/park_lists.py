"""Parks that a list names in one breath, some of them only by their places.

`甲、乙等10个绿色食品产业园区`, `甲、乙两个钢铁园区`, `在甲县、乙县建设某产业园`,
`甲、乙两市共建某基地`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.resolution import Resolved
from layers.extraction.lists import PAGE_NUMBER, Span, clean_name, split_at, split_pairs
from layers.extraction.park_mentions import Mention, mention_of
from layers.extraction.park_names import PARK_NOUN, ends_with_noun, place_part, without_bracket
from layers.extraction.park_words import LEAD_IN, NUMBER, is_banned, level_of
from layers.extraction.placing import location_of
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Sentence

_TAIL = r"(?:建设|加快|发展|升级|改造|提升|转型|做大|做强|扩区|提质|增效|和|、|，)*"
_HEAD = re.compile(rf"等(?P<count>{NUMBER})[个大处家](?P<noun>[^，。；、]{{1,24}}?){_TAIL}$")
_GENERIC_HEAD = re.compile(r"^(?:重点|特色|主要|专业|省级|国家级)*(?:产业)*园区?$")
_LEVEL_WORD = re.compile(r"^(?:国家级|省级|市级)")
_KIND = rf"[^，。；、等的]{{0,12}}?(?:{PARK_NOUN.pattern})"
_SPREAD = re.compile(
    rf"(?P<places>[^，。；]{{2,60}}?)(?:等?{NUMBER}个|等)(?P<noun>(?:国家级|省级|市级)?{_KIND})"
)
_ZONE = re.compile(r"(?:国家级|省级|市级)?(?:[^，。；、]*开发区|高新区|经开区|农业科技园区)$")
_TOWNS = re.compile(
    rf"在(?P<towns>[^，。；]{{2,80}}?)(?:等地|等[市县区]|{NUMBER}[市县区地]|等)?(?:各自?|分别|重点|集中|规划)*"
    rf"(?:建设|布局|新建|打造|创建|兴建)(?P<count>{NUMBER}[个处])?"
    rf"(?P<noun>[^，。；、]{{2,30}}?(?:{PARK_NOUN.pattern}|加工中心))(?=$|[，。；、])"
)
_JOINT = re.compile(
    rf"(?P<towns>[^，。；]{{2,60}}?)(?:(?:{NUMBER}[市县区地]|等地)?(?:共同建设|合作建设|共建)|{NUMBER}大)"
    rf"(?P<noun>[^，。；、]{{2,24}}?(?:{PARK_NOUN.pattern}))(?=$|[，。；、])"
)
_NO_NAME = re.compile(r"一批|若干|各类|有条件|的|重要|有影响|全国|全省|现代化")
# The name of no park, where no town stands before it.
_ANY_PARK = re.compile(r"(?:产业|工业|科技|经济|特色|飞地|合作|转移|示范|特别)*(?:园区?|区|基地)")
_PLACES_HEAD = re.compile(r"(?P<head>[^，。；：]{2,40})：(?P<items>[^。；：]+)")
_NO_WORDS = re.compile(r"[\s0-9一二三四五六七八九十（）.．、和与及共个家项处市州地区县—·-]*")
_JOINER = "\u2060"  # a word joiner, which no plan holds
_BRACKET = re.compile(r"（[^（）]*）$")
_CUT_WORD = re.compile(rf"([一-鿿])({PAGE_NUMBER.pattern})")
_LIST_SIGNS = ("", "、", "和", "与", "及", "以及")


def headed_list(reading: Reading, sentence: Sentence, *, titled: bool) -> list[Mention]:
    """`甲园、乙园等10个重点园区`: the head completes items that are bare places.

    Without a title that says that it lists parks, all of its items must look like parks.
    """
    text = sentence.text.rstrip("。；")
    tidy = _whole_words(text)
    head = _HEAD.search(tidy)
    if head is None:
        return []
    noun = head.group("noun").replace(_JOINER, "")
    body = _body(sentence, tidy[: head.start()], titled=titled)
    parts = _parts(body)
    if not titled and not (
        ends_with_noun(noun)
        and len(parts) > 1
        and all(is_bare(reading, part) or _is_park(part) for part, _ in parts)
    ):
        return []
    stop = sentence.start + len(text)
    return [_item(reading, sentence, part, first, noun, stop, titled) for part, first in parts]


def _whole_words(text: str) -> str:
    """`产业园-7-区和…` with its page number before the word that it cuts, at the same length."""
    return _CUT_WORD.sub(lambda m: _JOINER * len(m.group(2)) + m.group(1), text)


def _body(sentence: Sentence, text: str, *, titled: bool) -> Span:
    """The items without the verb before them; without a title they stand in one clause."""
    span = Span(sentence.start, sentence.start + len(text), text)
    if not titled:
        span = next(reversed(split_at(span, "，；：")), span)
    lead = LEAD_IN.match(span.text)
    return span if lead is None else span.sub(span.start + lead.end(), span.end)


def _parts(body: Span) -> list[tuple[Span, Span]]:
    """Every item, and the first of the pair that it is the second of (`甲园和乙园`)."""
    found = []
    for entry in split_at(body, "、，；"):
        pieces = split_pairs(entry, PARK_NOUN)
        found += [(piece, pieces[0]) for piece in pieces]
    return found


def _is_park(part: Span) -> bool:
    return ends_with_noun(without_bracket(part.text))


def _item(
    reading: Reading,
    sentence: Sentence,
    part: Span,
    first: Span,
    noun: str,
    stop: int,
    titled: bool,
) -> Mention:
    name, quote_end = clean_name(without_bracket(part.text.replace(_JOINER, ""))), part.end
    own = bool(reading.places_between(part.start, part.end))
    if is_bare(reading, part) and not _GENERIC_HEAD.match(noun):
        name, quote_end = name + clean_name(_LEVEL_WORD.sub("", noun)), stop
    elif part is not first and not own:
        name = _shared_place(reading, first) + name
    return mention_of(
        reading,
        sentence.paragraph,
        name,
        (part.start, quote_end),
        place=_without_parts(part if part is first or own else first),
        level=level_of(noun),
        listed=titled,
    )


def _without_parts(part: Span) -> Span:
    """An item without a bracket that only says which parts the park has."""
    bracket = _BRACKET.search(part.text)
    if bracket is None or place_part(bracket.group()):
        return part
    return part.sub(part.start, part.start + bracket.start())


def _shared_place(reading: Reading, first: Span) -> str:
    """`牡丹江甲基地和乙基地`: what the second shares with the first."""
    places = [p for p in reading.places_between(first.start, first.end) if p.start == first.start]
    return places[0].surface if places else ""


def is_bare(reading: Reading, part: Span) -> bool:
    """Whether an item is a place and nothing else (`哈尔滨市`, `农垦（松花江农场）`)."""
    if PARK_NOUN.search(part.text):
        return False
    rest = part.text
    for place in reading.places_between(part.start, part.end):
        rest = rest.replace(place.surface, "")
    return len(rest.strip("（）()")) <= 2


def spread(reading: Reading, sentence: Sentence, *, titled: bool) -> Iterator[Mention]:
    """`牡丹江和佳木斯两个省级高新区`: one park for each place."""
    for match in _SPREAD.finditer(sentence.text):
        noun = match.group("noun")
        is_counted = sentence.text[match.end("places") : match.start("noun")] != "等"
        if not is_counted and not _ZONE.match(noun):
            continue
        begin, stop = sentence.start + match.start("places"), sentence.start + match.end("places")
        places = _trailing_list(reading, begin, stop)
        if len(places) < 2 or is_banned(sentence.text[: match.start()]):
            continue
        for place in places:
            yield mention_of(
                reading,
                sentence.paragraph,
                place.surface + _LEVEL_WORD.sub("", noun),
                (place.start, sentence.start + match.end()),
                location=location_of(reading, [place], Basis.TEXT),
                level=level_of(noun),
                listed=titled,
            )


def _trailing_list(reading: Reading, start: int, stop: int) -> list[Resolved]:
    """The places joined by list signs that end at `stop`."""
    found: list[Resolved] = []
    for place in reversed(reading.places_between(start, stop)):
        if reading.document.text[place.end : stop] not in _LIST_SIGNS:
            break
        found.insert(0, place)
        stop = place.start
    return found


def in_towns(reading: Reading, sentence: Sentence) -> Iterator[Mention]:
    """`在甲县、乙县建设某产业园`: one park for each town.

    A base that several towns are to build, and no number says that each has its own, is an aim
    for all of them and no park.
    """
    for match in _TOWNS.finditer(sentence.text):
        noun, counted = match.group("noun"), match.group("count") is not None
        start = sentence.start + match.start("towns")
        span = Span(start, sentence.start + match.end("towns"), match.group("towns"))
        pieces = [p for part in split_at(span, "、") for p in _split_words(part)]
        each = counted or "各" in match.group() or "分别" in match.group()
        if not each and ((len(pieces) > 1 and noun.endswith("基地")) or not _name(noun)):
            continue
        if not each and not all(_is_place(reading, piece) for piece in pieces):
            continue
        if not all(_in_region(reading, piece) for piece in pieces):
            continue
        for piece in pieces:
            mentions = reading.places_between(piece.start, piece.end)
            yield mention_of(
                reading,
                sentence.paragraph,
                clean_name(piece.text + _LEVEL_WORD.sub("", noun)),
                (piece.start, sentence.start + match.end()),
                location=location_of(reading, mentions, Basis.TEXT),
                level=level_of(noun),
            )


def under_places(reading: Reading, sentence: Sentence) -> Iterator[Mention]:
    """`甲市（2个）：某某小镇、某某产业园`: every item is a park, of its own place or the head's."""
    for head, items in _headed_items(sentence):
        places = _only_places(reading, head)
        whole = location_of(reading, places, Basis.CONTEXT)
        named = not any(_ANY_PARK.fullmatch(item.text) for item in items)
        if not (whole.places and items and named and all(map(_is_park, items))):
            continue
        for item in items:
            own = location_of(reading, reading.places_between(item.start, item.end), Basis.TEXT)
            yield mention_of(
                reading,
                sentence.paragraph,
                clean_name(without_bracket(item.text)),
                (item.start, item.end),
                location=own if own.is_fine else whole,
                listed=True,
            )


def _headed_items(sentence: Sentence) -> Iterator[tuple[Span, list[Span]]]:
    """The heads of a sentence with their items; a line's own head is a heading of its paragraph."""
    begin, text = sentence.start, sentence.text
    for heading in sentence.paragraph.section:
        if sentence.paragraph.start <= heading.start < begin and "：" not in text:
            head = Span(heading.start, heading.end, heading.title)
            yield head, split_at(Span(begin, begin + len(text), text.rstrip("。；")), "、，；")
    for match in _PLACES_HEAD.finditer(text):
        (a, b), (c, d) = match.span("head"), match.span("items")
        yield (
            Span(begin + a, begin + b, text[a:b]),
            split_at(Span(begin + c, begin + d, text[c:d]), "、，"),
        )


def _only_places(reading: Reading, head: Span) -> list[Resolved]:
    """The places that a head names when it names nothing else but how many there are."""
    places, rest = reading.places_between(head.start, head.end), head.text
    for place in places:
        rest = rest.replace(place.surface, "", 1)
    return places if _NO_WORDS.fullmatch(rest) else []


def _name(noun: str) -> bool:
    """Whether a noun phrase says which park, not that there are to be parks."""
    return _NO_NAME.search(noun) is None and PARK_NOUN.fullmatch(noun) is None


def _is_place(reading: Reading, piece: Span) -> bool:
    places = reading.places_between(piece.start, piece.end)
    return bool(places) and places[-1].end == piece.end and places[0].start == piece.start


def _in_region(reading: Reading, piece: Span) -> bool:
    places = reading.places_between(piece.start, piece.end)
    return all(reading.in_region(code) for place in places for code in place.adcodes)


def _split_words(span: Span) -> list[Span]:
    cut = re.search(r"以及|及|和|与", span.text)
    if cut is None:
        return [span]
    return [
        span.sub(span.start, span.start + cut.start()),
        span.sub(span.start + cut.end(), span.end),
    ]


def joint(reading: Reading, sentence: Sentence) -> Iterator[Mention]:
    """`甲、乙两市共建某基地`, `甲、乙两大某基地`: one of several towns."""
    for match in _JOINT.finditer(sentence.text):
        begin, stop = sentence.start + match.start("towns"), sentence.start + match.end("towns")
        towns = _trailing_list(reading, begin, stop)
        noun = match.group("noun")
        if len(towns) < 2 or not _name(noun) or _ANY_PARK.fullmatch(noun):
            continue
        yield mention_of(
            reading,
            sentence.paragraph,
            clean_name(noun),
            (towns[0].start, sentence.start + match.end()),
            location=location_of(reading, towns, Basis.TEXT),
        )
