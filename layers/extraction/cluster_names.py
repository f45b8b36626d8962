"""Clusters by name in running text: `甲、乙等地某产业集群`, `做强某产业集群`, `甲“某产业集群”`.

A name ends with 集群, or with a noun that says the same: 产业群, 块状经济. It begins with the
places that stand directly before its industry, or else behind the last list sign or verb: then
the sentence, its headings or the plan's scope place it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.resolution import Resolved
from layers.extraction.lists import Span, clean_name, split_at
from layers.extraction.members import free_places
from layers.extraction.placing import Location, heading_location, location_of
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Sentence

NOUN = "产业集群"
_NOUNS = r"(?:(?:产业)?集群|产业群(?!体)|块状经济)"
_CLUSTER = re.compile(rf"{_NOUNS}(?P<become>化发展|化|式)?")
_BOUNDARY = re.compile(rf"[。；，：（）“”]|{_NOUNS}[、和与及]?")
_VERB = re.compile(
    r"建设|建立|打造|形成|培育|推[进动]|发展|做[大强优]|壮大|构[建筑]|支持|促进|引导|带动|提[升高]|加快|巩固|扩大|"
    r"拓展|创建|引进|依托|围绕|发挥|重点|成为|建成|以及|实施|通过|抓好|加强|集聚|是|在|向"
)
_THING_NOUN = r"(?:基地|园区?|区|链|中心|平台|体系|企业|项目|工程|(?<![领胶磁履])带|走廊)"
_OTHER_THING = re.compile(rf"{_THING_NOUN}[、和与及]")
_THING = re.compile(rf"{_THING_NOUN}$|公司|集团")
_BEHIND_PLACES = re.compile(
    r"等(?:地区?|[县市区]+|城市)?|地区|[两三四五六七八九十0-9]+[县市地区]|的"
)
_HEADED = re.compile(r"等(?P<count>[0-9一二三四五六七八九十几多]*[大个批类种]?)(?P<head>.*)$")
# `甲、乙两个百亿级特色产业集群`: how many there are and of what size says nothing of the industry.
_COUNTED = re.compile(
    r"[二两三四五六七八九十0-9]+[大个](?:[十百千万]+亿元?级|专业化?|特色|优势|重点|主导|新型|现代)*$"
)
_SUMMED_UP = re.compile(
    rf"(?:^|[；：])(?P<list>[^，；：。]*、[^，；：。]*)，(?:已|将|初步|共同?)*(?:形成|构成|组成)了?{_COUNTED.pattern}"
)
_MAINLY = re.compile(r"以(?P<what>[^，。；]{2,20})为主的$")
_GENERIC = re.compile(
    r"(?:若干|一批|一些|各|类|个|大|以下|特色|优势|重点|主导|支柱|专业化?|新兴|战略性|先进|高端|现代|传统|地方|县域|区域|国家|省|市|级|"
    r"创新型|世界|[千百万]亿|国内|国际|领先|中小企业|企业|军民融合|制造业?|工业|产业|城镇|[0-9一二三四五六七八九十]+)*"
)
_NOT_PLANNED = re.compile(r"不再|不得|严禁|禁止|学习|借鉴|考察|承接")
_ALREADY = re.compile(
    r"已经?|初步形成|现有|目前|形成了|做[大强优]|壮大|巩固|提升|晋升|获批|认定|入选"
)
_CHANGED = re.compile(r"转型|升级|提升|改造|优化|晋升|获批|认定|入选|已")
_BEFORE = re.compile(f"；|{_NOUNS}")
_BRACKET = re.compile(r"（[^）]+）")
_WHERE_BEHIND = re.compile(r"（[^）]+）|，(?:重点|主要)*(?:布局|分布|集中)?[在于][^，。；]+")
_FIRM = re.compile(r"公司|集团|总厂|厂(?!房)")
_MAX_ITEM = 12  # code points: a place and its industry
_KIND = "等块状经济"
_LINKS = frozenset("、和与及－-—–~～（")


@dataclass(frozen=True, slots=True)
class NamedCluster:
    """A cluster by name: its industry, where it is, the words that prove it, whether it stands."""

    name: str
    what: Span
    start: int
    end: int
    location: Location
    existing: bool

    @property
    def is_full(self) -> bool:
        """Whether the noun is 产业集群 in full; a mere 集群 may be one of anything."""
        return self.name.endswith(NOUN)


def named_clusters(reading: Reading, sentence: Sentence) -> Iterator[NamedCluster]:
    """The clusters that a sentence names and that a place can be given to."""
    for match in _CLUSTER.finditer(sentence.text):
        segment = _segment(reading, sentence, match.start())
        if segment.text and not _NOT_PLANNED.search(_clause(sentence, match.start(), match.end())):
            yield from _read(reading, sentence, segment, match)
            yield from _summed_up(reading, sentence, match)


def _segment(reading: Reading, sentence: Sentence, noun: int) -> Span:
    """What stands between the last boundary and the noun."""
    inside = _placing_brackets(reading, sentence, noun)
    cuts = [
        m.end()
        for m in _BOUNDARY.finditer(sentence.text, 0, noun)
        if not any(start <= m.start() < end for start, end in inside)
    ]
    whole = Span(sentence.start, sentence.end, sentence.text)
    return whole.sub(sentence.start + (cuts[-1] if cuts else 0), sentence.start + noun)


def _placing_brackets(reading: Reading, sentence: Sentence, noun: int) -> list[tuple[int, int]]:
    """`甲区（乙）某产业集群`: brackets behind a place that hold nothing but a place of its own.

    They belong to the name. Behind a cluster's noun a bracket places what stands before it.
    """
    places = reading.places_between(sentence.start, sentence.start + noun)
    ends = {place.end - sentence.start for place in places}
    starts = {place.start - sentence.start for place in places}
    return [
        match.span()
        for match in _BRACKET.finditer(sentence.text, 0, noun)
        if match.start() in ends and match.start() + 1 in starts and match.end() - 1 in ends
    ]


def _read(
    reading: Reading, sentence: Sentence, segment: Span, match: re.Match[str]
) -> Iterator[NamedCluster]:
    run = _last_run(reading, segment)
    behind = _behind(segment, run)
    what = _cut(behind)
    if what.start > behind.start:
        run = []  # the places govern a verb or another thing, not the name
    becomes = match["become"] is not None
    if not what.text or _FIRM.search(what.text):
        return
    if becomes and (match["become"] != "化发展" or not run):
        return
    end = sentence.start + match.end() - len(match["become"] or "")
    location = _location(reading, sentence, segment, run, what)
    if not run:
        location, end = _behind_name(reading, sentence, end) or (location, end)
    if not location.places:
        return
    existing = not becomes and _stands(sentence, match.start(), match.end())
    if run:
        yield from _listed_before(reading, segment, run[0].start, match, existing=existing)
    places = segment.sub(run[0].start, _end_of(segment, run)).text if run else ""
    for item in _industries(what):
        if is_industry(item.text):
            name = clean_name(places + item.text.removesuffix("产业") + _noun(match))
            start = run[0].start if run else item.start
            yield NamedCluster(name, item, start, end, location, existing)


def _summed_up(
    reading: Reading, sentence: Sentence, match: re.Match[str]
) -> Iterator[NamedCluster]:
    """`甲某业、乙某业，形成两大产业集群`: the items of the list before are those clusters."""
    listed = _SUMMED_UP.search(sentence.text[: match.start()])
    if listed is None:
        return
    start, stop = (sentence.start + offset for offset in listed.span("list"))
    items = Span(start, stop, listed["list"])
    existing = _stands(sentence, match.start(), match.end())
    found = list(_listed_before(reading, items, stop, match, existing=existing))
    if len(found) > 1:  # one alone is no list of them, but something that a place does
        yield from found


def _listed_before(
    reading: Reading, segment: Span, stop: int, match: re.Match[str], *, existing: bool
) -> Iterator[NamedCluster]:
    """`甲某业、乙某业产业集群`: the items before the last share its noun."""
    # Only where all of a list are counted as clusters may one of them be called a chain.
    chains = "产业链" if _COUNTED.search(match.string[: match.start()]) else ""
    for item in reversed(split_at(segment.sub(segment.start, stop), "、")):
        run = _last_run(reading, item)
        what = _behind(item, run)
        lead = item.sub(item.start, run[0].start) if run else item
        location = location_of(reading, run, Basis.TEXT)
        if not run and _cut(item).text == item.text and len(item.text) <= _MAX_ITEM:
            continue  # its place is not recognised, but the list goes on before it
        if not location.places or _cut(what).start > what.start or _cut(lead).text:
            return
        # The shared noun says that it is an industry, whether the crosswalk knows it or not.
        plain = what.text.removesuffix(chains)
        if len(plain) < 2 or _THING.search(plain) or _FIRM.search(plain):
            return
        places = item.sub(run[0].start, _end_of(item, run)).text
        name = clean_name(places + plain + _noun(match))
        yield NamedCluster(name, what, run[0].start, item.end, location, existing)


def _behind_name(reading: Reading, sentence: Sentence, end: int) -> tuple[Location, int] | None:
    """`某产业集群（甲、乙）`, `某集群，重点在甲布局`: the places behind a name, and their end."""
    bracket = _WHERE_BEHIND.match(sentence.text, end - sentence.start)
    if bracket is None:
        return None
    stop = sentence.start + bracket.end()
    location = location_of(reading, free_places(reading, end, stop), Basis.TEXT)
    return (location, stop) if location.places else None


def _noun(match: re.Match[str]) -> str:
    """What an item takes over from the head; `甲袜业等块状经济` only says what kind 甲袜业 is."""
    if match.string.startswith(_KIND, max(match.start() - 1, 0)):
        return ""
    return match.group().removesuffix(match["become"] or "")


def is_industry(words: str) -> bool:
    """Whether words before 集群 may name an industry, and are not mere 特色, 优势, 重点."""
    return not _GENERIC.fullmatch(words)


def _last_run(reading: Reading, segment: Span) -> list[Resolved]:
    """The last places of the segment that only list signs and dashes join."""
    run: list[Resolved] = []
    for place in reading.places_between(segment.start, segment.end):
        gap = segment.text[run[-1].end - segment.start : place.start - segment.start] if run else ""
        if place.within is not None:
            continue
        run = [*run, place] if gap in _LINKS else [place]
    return run


def _behind(segment: Span, run: list[Resolved]) -> Span:
    """What follows the places, without `等地` and 的."""
    if not run:
        return segment
    start = _end_of(segment, run) - segment.start
    skipped = _BEHIND_PLACES.match(segment.text, start)
    return segment.sub(segment.start + (skipped.end() if skipped else start), segment.end)


def _end_of(segment: Span, run: list[Resolved]) -> int:
    """Where the places end, with the bracket that the last of them may stand in."""
    end = run[-1].end
    return end + segment.text.startswith("）", end - segment.start)


def _cut(what: Span) -> Span:
    """The industry alone: behind the last verb, another list item, and what describes it."""
    verbs = [m.end() for m in _VERB.finditer(what.text)]
    begin = verbs[-1] if verbs else 0
    things = [m.end() for m in _OTHER_THING.finditer(what.text, begin)]
    begin = things[-1] if things else begin
    if not _MAINLY.search(what.text, begin):
        begin = max(begin, what.text.rfind("的") + 1)
    rest = what.sub(what.start + begin, what.end)
    return rest.sub(rest.start + len(rest.text) - len(rest.text.lstrip("、和与及了着")), rest.end)


def _industries(what: Span) -> list[Span]:
    """`甲、乙等丙` is 丙; `甲、乙`, `甲、乙等`, `甲、乙等3个` and `甲、乙等特色` are one each."""
    headed = _HEADED.search(what.text)
    if headed is None:  # `甲、乙四个产业集群`
        what = what.sub(what.start, what.start + len(_COUNTED.sub("", what.text)))
    if headed is not None and is_industry(headed["head"]):
        return [what.sub(what.start + headed.start("head"), what.end)]
    if headed is not None:
        what = what.sub(what.start, what.start + headed.start())
    if "、" not in what.text or _MAINLY.search(what.text):
        return [what]
    return [part for item in split_at(what, "、") for part in split_at(item, "和与及")]


def _location(
    reading: Reading, sentence: Sentence, segment: Span, run: list[Resolved], what: Span
) -> Location:
    if run:
        return location_of(reading, run, Basis.TEXT)
    held = _holder(reading, sentence, segment)
    if held:
        return location_of(reading, held, Basis.TEXT)
    # What stands before another cluster of the list is where that one is.
    begin = max(
        (m.end() for m in _BEFORE.finditer(sentence.text[: what.start - sentence.start])), default=0
    )
    around = [
        place
        for place in free_places(reading, sentence.start + begin, what.start)
        if place.level != "site"
    ]
    named = location_of(reading, around, Basis.CONTEXT)
    if around:
        return named
    return heading_location(reading, sentence.paragraph)


def _holder(reading: Reading, sentence: Sentence, segment: Span) -> list[Resolved]:
    """`甲“某产业集群”`: the place or park right before the quotation."""
    mark = segment.start - 1
    if reading.document.text[mark : mark + 1] != "“":
        return []
    return [p for p in reading.places_between(sentence.start, mark) if p.end == mark]


def _stands(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the clause speaks of the cluster as standing, or of what it is to become."""
    clause_start, clause_end = _clause_edges(sentence, start, end)
    before = sentence.text[clause_start:start]
    return bool(_ALREADY.search(before) or _CHANGED.search(sentence.text, end, clause_end))


def _clause(sentence: Sentence, start: int, end: int) -> str:
    left, right = _clause_edges(sentence, start, end)
    return sentence.text[left:right]


def _clause_edges(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    left = max(sentence.text.rfind(mark, 0, start) for mark in "，；。") + 1
    right = re.search("[，；。]", sentence.text[end:])
    return left, len(sentence.text) if right is None else end + right.start()
