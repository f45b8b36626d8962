"""Single works in running text: one thing that somebody is to build, without a list around it.

`依托甲厂建设某生产线`, `支持乙大学建设某国家实验室`, `加快“丙装置”…建设`, `建设50万吨某装置`. A
work counts as named when its builder is an organisation, or when it carries a quantity, a quoted
name or a national rank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from layers.extraction.drafts import Draft
from layers.extraction.labels import label_for
from layers.extraction.lists import Span, clean_name
from layers.extraction.placing import place_item
from layers.extraction.tools import Reading
from layers.plans import Sentence

_END = r"(?=$|[，。；])"
_FACILITY = r"(?:平台|系统|中心|实验室|工程示范|示范工程|生产线|装置|设施)"
_WORKS = (
    re.compile(
        rf"(?:依托|支持|在)(?P<by>[^，。；、]{{2,24}}?)(?:建设|建立|创建)"
        rf"(?P<what>[^，。；、]{{4,30}}?{_FACILITY}){_END}"
    ),
    re.compile(
        rf"(?:支持|加快|推进|推动)(?P<by>)(?P<what>[^，。；、]{{4,34}}?{_FACILITY})(?:加快)?建设{_END}"
    ),
    re.compile(
        rf"(?:支持|创建|新建)(?:建立|建设)?(?P<by>)(?P<what>[^，。；、]{{4,34}}?{_FACILITY}”?){_END}"
    ),
    re.compile(
        r"(?:建设|推进|实施|加快)(?P<by>)"
        rf"(?P<what>[^，。；、]{{3,30}}?(?:生产线|装置|技术改造|改扩建|搬迁改造)){_END}"
    ),
)
_QUANTITY = re.compile(
    r"[0-9０-９]+(?:\.[0-9]+)?万?(?:吨|千瓦|兆瓦|辆|台|套|件|立方米|平方米|头|锭)"
)
_RANK = re.compile(r"“[^”]{3,}”|国家(?:级|重大)?[^，。]{2,}|全国性|[千百万]吨级")
_QUOTED = re.compile("^“([^”]*)”$")
_AGENCY = re.compile(r"^[省市州区县][^，。；、]{1,10}(?:委|局|厅|办|院|中心|公司)$")
_KINDS = re.compile(r"有条件|申报|一批|各类|若干|多个|[0-9]+[个家座]|等$|等[^级]")


def extract_works(reading: Reading, taken: Sequence[tuple[int, int]]) -> Iterator[Draft]:
    """Yield the single works of the plan; `taken` are the words of what is read already."""
    for sentence in reading.document.sentences:
        found: list[tuple[int, int]] = list(taken)
        for pattern in _WORKS:
            for match in pattern.finditer(sentence.text):
                start = sentence.start + match.start("what")
                end = sentence.start + match.end("what")
                if any(a < end and start < b for a, b in found):
                    continue
                draft = _work(reading, sentence, match)
                if draft is not None:
                    found.append((start, end))
                    yield draft


def _work(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Draft | None:
    whole = Span(sentence.start, sentence.end, sentence.text)
    what = whole.sub(sentence.start + match.start("what"), sentence.start + match.end("what"))
    by = whole.sub(sentence.start + match.start("by"), sentence.start + match.end("by"))
    if _KINDS.search(what.text) or not _is_named(reading, by, what):
        return None
    builder = _organisation(reading, by)
    name = _QUOTED.sub(r"\1", clean_name(what.text))
    return Draft(
        "projects",
        name,
        by.start if builder else what.start,
        what.end,
        place_item(
            reading,
            sentence.paragraph,
            by.start if builder else what.start,
            what.end,
            before=(sentence.start, sentence.end),
        ),
        label_for(reading, sentence.paragraph, name),
        {"enterprise": builder},
    )


def _is_named(reading: Reading, by: Span, what: Span) -> bool:
    if _organisation(reading, by) or _organisation(reading, what) or _AGENCY.match(by.text):
        return True
    return bool(_QUANTITY.search(what.text) or _RANK.search(what.text))


def _organisation(reading: Reading, span: Span) -> str | None:
    """The organisation that a stretch begins with, in its words."""
    if not span.text:
        return None
    for match in reading.organisations_between(span.start, span.end):
        if match.start == span.start:
            return clean_name(span.text[: match.end - match.start])
    for place in reading.places_between(span.start, span.end):
        if place.start == span.start and place.within is not None:
            return place.within
    return None
