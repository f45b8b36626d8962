"""Industry clusters: those that stand, those that are planned, and where an industry gathers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from layers.extraction.cluster_names import NOUN, is_industry, named_clusters
from layers.extraction.drafts import Draft
from layers.extraction.gathering import centred, gatherings
from layers.extraction.labels import Label, heading_label, label_in
from layers.extraction.lists import Span, clean_name, split_at
from layers.extraction.members import free_places
from layers.extraction.placing import NOWHERE, Location, heading_location, location_of
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Heading, Paragraph, Sentence, sentences_of
from layers.taxonomy import GENERAL

# A bracket or a clause behind the noun says where it is: `某集群（甲、乙）`, `某集群，在甲布局`.
_CLUSTER_TITLE = re.compile(r"集群(?=(?:（[^）]*）|，.*)?$)")
_TARGET = re.compile(
    r"(?:预期)?到[0-9]{4}年[^。；]*?(?:收入|产值|增加值|规模)[^。；]*?[0-9.]+(?:万|千)?亿元"
)
_DASH = re.compile("[－—–~～-]+")
_STANDING = re.compile(r"(?:已经?|初步|现已|目前)+[^，。；]{0,4}形成|形成了")
_PAIRS = re.compile(
    r"(?:形成了?|打造|建设|培育|发展)(?P<list>[^。；]+)等(?P<head>[^，。；、]{0,40}?集群)|"
    r"(?:形成了?|打造|建设|培育|发展)(?P<whole>[^。；，]+?)(?P<noun>产业集群)"
)
_PAIR = re.compile(r"(?P<places>.+?)的(?P<what>.+)", re.S)
_CARRIERS = re.compile(
    r"(?:以[^。；]*?为[^，。；]{0,6}(?:载体|承载[区地]|集聚[区地]|核心|中心|龙头|依托|支撑|重点|主体)|依托[^。；，]*|发挥[^。；，]*优势|"
    r"(?:布局|分布|集中|集聚)[在于][^。；，]*|在[^。；，]*(?:布局|分布|集中|集聚))"
)
# `核心城市：甲、乙`, `【重点布局】甲`: a line under a cluster's heading that says where it is.
_WHERE_LINE = re.compile(
    r"[【\[〔]?(?:(?:核心|重点|主要|支撑|配套|拓展|承载|布局|分布)*"
    r"(?:城市|地区|区域|县市|市县|布局|承载地|集聚地|所在地)|(?:空间|区域|产业)布局)[】\]〕]?[：:]?"
)
_AROUND = re.compile(
    r"^以|为主的$|^[一-鿿]{1,4}区(?=[一-鿿]{2})|(?:领域|行业)?(?:企业|产品)?$|产业$"
)
_DOING = re.compile(r"^(?:加快|大力|积极|着力|重点|培育|打造|建设|发展|形成|壮大|做[大强优精])+")
_LABEL_WRAPPING = re.compile(
    r"(?:产业集群|集群|产业群|块状经济|(?:示范|生产|产业)?基地|产业带|集聚区|(?:生产|加工)区)$"
)


def extract_clusters(reading: Reading) -> Iterator[Draft]:
    """Every cluster that the plan names with its places, or under a heading of its own."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for draft in chain(_from_headings(reading), _from_sentences(reading)):
        key = (_DASH.sub("-", draft.name), draft.location.places)
        if key not in seen:
            seen.add(key)
            yield draft


def _from_headings(reading: Reading) -> Iterator[Draft]:
    """`（一）哈尔滨－大庆生物医药产业集群。` with the aim that its section states."""
    done: set[Heading] = set()
    for paragraph in reading.document.paragraphs:
        for heading in paragraph.section:
            if heading in done or not _CLUSTER_TITLE.search(heading.title):
                continue
            done.add(heading)
            location = _heading_location(reading, heading, paragraph)
            span = _named_part(heading)
            label = _label(reading, span)
            named = _DOING.sub("", label.text or "")
            if location.places and (label.codes or is_industry(named)):
                name = _DOING.sub("", clean_name(span.text))
                draft = _draft(name, span, location, label)
                draft.more["target"] = _target(reading, heading)
                yield draft


def _named_part(heading: Heading) -> Span:
    """A heading's title up to its noun."""
    noun = _CLUSTER_TITLE.search(heading.title)
    end = len(heading.title) if noun is None else noun.end()
    return Span(heading.start, heading.start + end, heading.title[:end])


def _heading_location(reading: Reading, heading: Heading, paragraph: Paragraph) -> Location:
    """The places of the title; else of what carries the cluster; else of the headings above."""
    named = location_of(reading, free_places(reading, heading.start, heading.end), Basis.TEXT)
    if named.places:
        return named
    first = next(sentences_of(paragraph), None)
    carriers = None if first is None else _CARRIERS.search(first.text)
    if first is not None and carriers is not None:
        start, end = first.start + carriers.start(), first.start + carriers.end()
        carried = location_of(reading, free_places(reading, start, end), Basis.CONTEXT)
        if carried.places:
            return carried
    behind = reading.document.text[heading.end : heading.end + 1]
    if first is not None and behind in ("：", ":"):  # `某集群：甲碳纤维、乙石墨烯。`
        listed = location_of(reading, free_places(reading, first.start, first.end), Basis.TEXT)
        if listed.places:
            return listed
    listed = _listed_places(reading, heading)
    if listed.places:
        return listed
    if heading.style not in ("arabic", "han-bracket"):
        return NOWHERE
    return heading_location(reading, paragraph)


def _listed_places(reading: Reading, heading: Heading) -> Location:
    """The places of the lines under a heading that are a list of them: `核心城市：甲、乙`."""
    mentions = []
    for paragraph in reading.document.paragraphs:
        if heading not in (*paragraph.section[-1:], *_above(paragraph)):
            continue
        match = _WHERE_LINE.match(paragraph.text)
        if match is not None and match.end() < len(paragraph.text):
            first = paragraph.start + match.end()
            mentions += free_places(reading, first, paragraph.end)
    return location_of(reading, mentions, Basis.TEXT)


def _above(paragraph: Paragraph) -> tuple[Heading, ...]:
    """The heading above a paragraph that has a run-in head of its own."""
    own = paragraph.section[-1:]
    return paragraph.section[-2:-1] if own and own[0].start >= paragraph.start else ()


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
        yield from _paired(reading, sentence)
        for gathering in chain(gatherings(reading, sentence), centred(reading, sentence)):
            span = Span(gathering.start, gathering.end, "")
            label = _label(reading, gathering.what)
            yield _draft(clean_name(gathering.name), span, gathering.location, label)
        yield from _named(reading, sentence)


def _named(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    headed = _headed_industries(reading, sentence.paragraph)
    for cluster in named_clusters(reading, sentence):
        label = _label(reading, cluster.what)
        by_name = cluster.location.basis is not Basis.CONTEXT
        # Without places in its name it may be the cluster of its heading, spoken of again.
        if not by_name and (headed & set(label.codes) or not (label.codes or cluster.is_full)):
            continue
        if not label.codes:
            label = Label(label.text, _codes_of_section(reading, sentence.paragraph))
        span = Span(cluster.start, cluster.end, "")
        yield _draft(cluster.name, span, cluster.location, label, existing=cluster.existing)


def _headed_industries(reading: Reading, paragraph: Paragraph) -> set[str]:
    """The industries of the cluster whose section the paragraph belongs to."""
    spans = [_named_part(h) for h in paragraph.section if _CLUSTER_TITLE.search(h.title)]
    return {code for span in spans for code in _label(reading, span).codes}


def _codes_of_section(reading: Reading, paragraph: Paragraph) -> tuple[str, ...]:
    """The industry of the innermost heading that names one: of 川酒 under 饮料食品产业."""
    classify = reading.tools.taxonomy.classify
    codes = (classify(heading_label(reading, h), h.title) for h in reversed(paragraph.section))
    return next((found for found in codes if found and found != (GENERAL,)), ())


def _paired(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`已形成甲－乙的某业、丙的某业和某业等…产业集群`: one cluster for each place and industry."""
    existing = _STANDING.search(sentence.text) is not None
    whole = Span(sentence.start, sentence.end, sentence.text)
    for match in _PAIRS.finditer(sentence.text):
        key = "list" if match["list"] is not None else "whole"
        body = whole.sub(sentence.start + match.start(key), sentence.start + match.end(key))
        for item in split_at(body, "、"):
            pair = _PAIR.fullmatch(item.text)
            if pair is None:
                continue
            mentions = free_places(reading, item.start, item.start + pair.end("places"))
            if not mentions or mentions[0].start != item.start:
                continue
            location = location_of(reading, mentions, Basis.TEXT)
            what = item.sub(item.start + pair.start("what"), item.end)
            for part in _industries(reading, what) if location.places else ():
                name = clean_name(pair["places"] + part.text) + NOUN
                yield _draft(name, item, location, _label(reading, part), existing=existing)


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


def _label(reading: Reading, span: Span) -> Label:
    """The industry in the plan's words, without place, cluster and what else stands around it."""
    taxonomy = reading.tools.taxonomy
    label = label_in(reading, span.start, span.end)
    if label is not None:
        codes = taxonomy.classify(label, span.text)
        plain = _LABEL_WRAPPING.sub("", label)
        return Label(label if taxonomy.codes_of(plain) is None else plain, codes)
    places = reading.places_between(span.start, span.end)
    start = places[-1].end if places else span.start
    words = _LABEL_WRAPPING.sub("", span.sub(start, span.end).text)
    for _ in range(2):
        words = _AROUND.sub("", words)
    return Label(clean_name(words) or None, taxonomy.classify(None, span.text))


def _draft(
    name: str,
    span: Span,
    location: Location,
    label: Label,
    *,
    existing: bool = False,
) -> Draft:
    more = {"existing": existing, "target": None}
    return Draft("clusters", name, span.start, span.end, location, label, more)
