"""Industry clusters: those that stand, those that are planned, and where an industry gathers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.resolution import Resolved
from layers.extraction.drafts import Draft
from layers.extraction.labels import Label, label_in
from layers.extraction.lists import Span, clean_name, split_at
from layers.extraction.placing import Location, heading_location, location_of
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Heading, Sentence

_CLUSTER_TITLE = re.compile(r"(?:产业集群|集群)$")
_TARGET = re.compile(
    r"(?:预期)?到[0-9]{4}年[^。；]*?(?:收入|产值|增加值|规模)[^。；]*?[0-9.]+(?:万|千)?亿元"
)
_DASH = re.compile("[－—–~～]+")
_SCOPED = re.compile(
    r"(?:建设|建立|打造|形成|培育|推进)[^，。；]{0,24}?(?P<what>以[^，。；]{2,16}为主的|[^，。；、的等]{2,8})(?P<noun>产业集群)"
)
_STANDING = re.compile(r"(?:已经?|初步|现已|目前)+[^，。；]{0,4}形成|形成了")
_LIST = re.compile(r"形成了?(?P<list>[^。；]+?)等?(?P<head>[^，。；、]{0,40}?集群)")
_PAIR = re.compile(r"(?P<places>.+?)的(?P<what>.+)", re.S)
_GATHER = re.compile(
    r"(?:推动|引导|促进|支持)(?P<what>[^，。；]+?)向(?P<where>[^，。；]+?)(?:等地|等市|地区)?(?P<verb>集聚|集中|聚集)"
)
_OF_PLACES = re.compile(
    r"(?:等地|等市|等县|地区|等)?(?P<what>[^，。；、的等]{2,16}?)(?P<noun>产业集群化?|集群化?)(?P<end>发展)?"
)
_QUOTED = re.compile(r"“(?P<name>[^”]{2,20}产业集群)”")
_WITH_CENTRE = re.compile(
    r"(?:以(?P<centre>[^，。；、]+?)为(?:主|中心|核心|重点|龙头)(?P<more>[^，。；]*?)|(?P<along>[^，。；、和与]{2,12}?)沿线)"
    r"的(?P<what>[^，。；、和与]{2,16}?(?:基地|产业带|集聚区))"
)
_SET_UP = re.compile(
    r"在(?P<where>[^，。；]{2,40}?)(?:等[^，。；、]{0,4})?布局(?P<what>[^，。；、]{2,20}?基地)"
)


def extract_clusters(reading: Reading) -> Iterator[Draft]:
    """Every cluster that the plan names with its places, or under a heading of its own."""
    seen: set[str] = set()
    for draft in (*_from_headings(reading), *_from_sentences(reading)):
        name = _DASH.sub("-", draft.name)
        if name not in seen:
            seen.add(name)
            yield draft


def _from_headings(reading: Reading) -> Iterator[Draft]:
    """`（一）哈尔滨－大庆生物医药产业集群。` with the aim that its section states."""
    done: set[Heading] = set()
    for paragraph in reading.document.paragraphs:
        for heading in paragraph.section:
            if heading in done or not _CLUSTER_TITLE.search(heading.title):
                continue
            done.add(heading)
            named = _named_in(reading, heading.start, heading.end)
            if not named.places and heading.style not in ("arabic", "han-bracket"):
                continue
            location = named if named.places else heading_location(reading, paragraph)
            label = label_in(reading, heading.start, heading.end)
            if label is None or not location.places:
                continue
            yield _draft(
                clean_name(heading.title),
                heading.start,
                heading.end,
                location,
                Label(label, reading.tools.taxonomy.classify(label, heading.title)),
                existing=False,
                target=_target(reading, heading),
            )


def _target(reading: Reading, heading: Heading) -> str | None:
    """The aim of a cluster, in the plan's words, from the paragraphs under its heading."""
    for paragraph in reading.document.paragraphs:
        if heading in paragraph.section:
            match = _TARGET.search(paragraph.text, paragraph.body_start - paragraph.start)
            if match is not None:
                return clean_name(match.group())
    return None


def _from_sentences(reading: Reading) -> Iterator[Draft]:
    for sentence in reading.document.sentences:
        yield from _standing(reading, sentence)
        yield from _gathering(reading, sentence)
        yield from _of_places(reading, sentence)
        yield from _quoted(reading, sentence)
        yield from _centred(reading, sentence)
        yield from _scoped(reading, sentence)


def _standing(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`已形成甲－乙的某业、丙的某业和某业等…产业集群`: one cluster for each place and industry."""
    if not _STANDING.search(sentence.text):
        return
    for match in _LIST.finditer(sentence.text):
        body = _span(sentence, match.start("list"), match.end("list"))
        for item in split_at(body, "、"):
            pair = _PAIR.fullmatch(item.text)
            if pair is None:
                continue
            location = _named_in(reading, item.start, item.start + pair.end("places"))
            if not location.places:
                continue
            what = item.sub(item.start + pair.start("what"), item.end)
            for part in _industries(reading, what):
                label = _label(reading, part)
                name = clean_name(pair.group("places") + part.text) + "产业集群"
                yield _draft(name, item.start, item.end, location, label, existing=True)


def _industries(reading: Reading, what: Span) -> list[Span]:
    """`机器人和绿色食品` is two industries where both sides are one."""
    taxonomy = reading.tools.taxonomy
    if taxonomy.codes_of(what.text) is None:
        for cut in (m.start() for m in re.finditer("和|与|及", what.text)):
            left, right = what.text[:cut], what.text[cut + 1 :]
            if taxonomy.codes_of(left) is not None and taxonomy.codes_of(right) is not None:
                middle = what.start + cut
                return [what.sub(what.start, middle), what.sub(middle + 1, what.end)]
    return [what]


def _gathering(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`推动农机装备向哈尔滨、佳木斯等地集聚`."""
    for match in _GATHER.finditer(sentence.text):
        where = _span(sentence, match.start("where"), match.end("where"))
        location = _named_in(reading, where.start, where.end)
        what = _span(sentence, match.start("what"), match.end("what"))
        label = _label(reading, what)
        if location.places and label.codes:
            span = _span(sentence, match.start("what"), match.end())
            yield _draft(clean_name(span.text), span.start, span.end, location, label)


def _of_places(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`大庆、哈尔滨等地化工产业集群`: a list of places and the cluster that is theirs."""
    for run in _runs(reading, sentence):
        match = _OF_PLACES.match(reading.document.text, run[-1].end, sentence.end)
        if match is None or match.group("what").startswith(("的", "和")):
            continue
        what = Span(match.start("what"), match.end("what"), match.group("what"))
        label = _label(reading, what)
        if not label.codes:
            continue
        span = Span(
            run[0].start, match.end("noun"), reading.document.text[run[0].start : match.end("noun")]
        )
        name = clean_name(span.text).removesuffix("化")
        location = location_of(reading, run, Basis.TEXT)
        if location.places:
            yield _draft(name, span.start, span.end, location, label)


def _quoted(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`齐齐哈尔高新区“重型数控机床产业集群”`."""
    for match in _QUOTED.finditer(sentence.text):
        start = sentence.start + match.start()
        holders = [p for p in reading.places_between(sentence.start, start) if p.end == start]
        span = _span(sentence, match.start("name"), match.end("name"))
        location = location_of(reading, holders, Basis.TEXT)
        if location.places:
            existing = bool(re.search(r"晋升|已|获批|认定|入选", sentence.text))
            yield _draft(
                span.text, span.start, span.end, location, _label(reading, span), existing=existing
            )


def _centred(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`以东部四煤城为主…的现代煤化工基地`, `哈大齐沿线的石油化工基地`, `在甲、乙布局某基地`."""
    for match in (*_WITH_CENTRE.finditer(sentence.text), *_SET_UP.finditer(sentence.text)):
        groups = match.groupdict()
        key = next(k for k in ("where", "centre", "along") if groups.get(k))
        location = _named_in(
            reading, sentence.start + match.start(key), sentence.start + match.end(key)
        )
        what = _span(sentence, match.start("what"), match.end("what"))
        label = _label(reading, what)
        if location.places and label.codes:
            span = _span(sentence, match.start(), match.end())
            name = what.text if key != "along" else span.text
            yield _draft(clean_name(name), span.start, span.end, location, label)


def _scoped(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`建设…乳品产业集群` in the plan of a city, whose scope says where it is."""
    location = heading_location(reading, sentence.paragraph)
    if not location.places or reading.places_between(sentence.start, sentence.end):
        return
    for match in _SCOPED.finditer(sentence.text):
        what = _span(sentence, match.start("what"), match.end("what"))
        label = _label(reading, what)
        if label.codes:
            span = _span(sentence, match.start("what"), match.end("noun"))
            yield _draft(clean_name(span.text), span.start, span.end, location, label)


def _runs(reading: Reading, sentence: Sentence) -> Iterator[list[Resolved]]:
    """Runs of two and more places joined by list signs or dashes."""
    run: list[Resolved] = []
    for place in reading.places_between(sentence.start, sentence.end):
        if run and reading.document.text[run[-1].end : place.start] in tuple("、和与及－-—–"):
            run.append(place)
            continue
        if len(run) > 1:
            yield run
        run = [place] if place.within is None else []
    if len(run) > 1:
        yield run


def _named_in(reading: Reading, start: int, end: int) -> Location:
    mentions = [p for p in reading.places_between(start, end) if p.level != "province"]
    return location_of(reading, mentions, Basis.TEXT)


def _label(reading: Reading, span: Span) -> Label:
    label = label_in(reading, span.start, span.end)
    return Label(label or span.text, reading.tools.taxonomy.classify(label, span.text))


def _span(sentence: Sentence, start: int, end: int) -> Span:
    whole = Span(sentence.start, sentence.end, sentence.text)
    return whole.sub(sentence.start + start, sentence.start + end)


def _draft(
    name: str,
    start: int,
    end: int,
    location: Location,
    label: Label,
    *,
    existing: bool = False,
    target: str | None = None,
) -> Draft:
    more = {"existing": existing, "target": target}
    return Draft("clusters", name, start, end, location, label, more)
