"""Structures of the layout in lists: `甲基地、乙基地等8大基地`, `形成甲新区、乙新区…布局`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from layers.extraction.drafts import Draft
from layers.extraction.labels import Label
from layers.extraction.lists import Span, clean_name, split_at, split_pairs
from layers.extraction.placing import heading_location, location_of, named_places
from layers.extraction.structures import role_of
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Sentence

COUNTED = re.compile(
    r"等?(?P<count>[0-9一二两三四五六七八九十]+)[大个](?P<noun>基地|经济区|板块|片区|组团|产业带|功能区|经济圈|增长极|工业新区|产业区)(?![一-鿿]*项目)"
)
_TAKES_SHAPE = re.compile(
    r"(?:形成|构建|打造|构筑)(?P<list>[^，。；]+?)(?:等)?(?P<head>(?:的)?(?:工业|产业|经济|空间|区域|发展)*(?:布局|格局))"
)
_ITEM_NOUN = re.compile(r"(?:新区|经济区|工业区|开发区|园区|基地|组团|片区|产业带|经济带|走廊)")
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


def number_of(text: str) -> int:
    """Return the value of a count up to ninety-nine in figures or characters, 0 for another."""
    if text.isdecimal():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" in text:
        return (_NUMERALS.get(tens, 1) if tens else 1) * 10 + (_NUMERALS.get(ones, 0))
    return _NUMERALS.get(text, 0)


def counted_structures(reading: Reading) -> Iterator[Draft]:
    """`甲基地、乙基地等8大基地`: the count must fit the list, else it is another list."""
    for sentence in reading.document.sentences:
        for head in COUNTED.finditer(sentence.text):
            items = _items_before(sentence, head.start(), number_of(head.group("count")))
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


def shaped_structures(reading: Reading) -> Iterator[Draft]:
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
    location = location_of(reading, named_places(reading, item.start, item.end), Basis.TEXT)
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
