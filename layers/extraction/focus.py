"""Statements that a place is to develop an industry, where no cluster, park or project is named.

A statement is the stretch of a sentence that a group of places governs: from the clause that
names them to the next group or the sentence's end. It counts when it says in words of doing that
something is to come, names an industry, and is not already read as another feature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo.resolution import Resolved
from layers.extraction.drafts import Draft
from layers.extraction.labels import Label, label_for
from layers.extraction.lists import Span, clean_name, split_at
from layers.extraction.placing import Location, location_of
from layers.extraction.tools import Reading
from layers.model import Basis, Precision
from layers.plans import Sentence

_ACT = re.compile(
    r"发展|建设|打造|培育|推进|布局|加快|做大|做强|壮大|建成|构建|形成|开展|勘探|勘查|开发|开采|提升|延伸|扩大|"
    r"引进|支持|推动|加强|完善|承接|试点|示范"
)
_LOOKING_BACK = re.compile(r"回顾|发展基础|现状|面临|形势|成就|存在的?.{0,4}问题")
_MENTION = re.compile(
    r"博览会|洽谈会|展洽会|交易会|考察|学习|借鉴|经验|签署|签约|挂牌|列为|入选|获批|成功|已[^，。；]|排名|"
    r"办法|条例|通知|意见"
)
_NEGATED = re.compile(r"不再|不得|严禁|禁止|严格控制|限制|淘汰|停止|除[^，。；]{0,12}以外")
_FIRMS = re.compile(r"(?:依托|围绕|发挥)[^，。；]*(?:企业|公司|院所|高校|中心)")
_MAX_NAME = 60  # code points: what a table row can show


def extract_focus(
    reading: Reading, taken: Sequence[tuple[int, int]], named: Sequence[Draft]
) -> Iterator[Draft]:
    """Yield the plan's statements.

    `taken` are the words of other features and their sections; a statement that repeats one of
    the `named` structures or clusters is about that and no other.
    """
    names = [draft.name for draft in named if draft.layer == "layout"]
    clusters = [draft for draft in named if draft.layer == "clusters"]
    for sentence in reading.document.sentences:
        path = sentence.paragraph.path
        if any(_LOOKING_BACK.search(title) for title in path):
            continue
        for places, segment in _segments(reading, sentence):
            if any(a < segment.end and segment.start < b for a, b in taken):
                continue
            if "产业集群" in segment.text or any(name in segment.text for name in names):
                continue
            for draft in _statement(reading, sentence, places, segment):
                if not _repeats(draft, sentence, clusters):
                    yield draft


def _repeats(draft: Draft, sentence: Sentence, clusters: Sequence[Draft]) -> bool:
    """Whether a statement only says again where the cluster of its heading is."""
    heads = {heading.start for heading in sentence.paragraph.section}
    return any(
        cluster.quote_start in heads and set(draft.location.places) <= set(cluster.location.places)
        for cluster in clusters
    )


def _segments(reading: Reading, sentence: Sentence) -> Iterator[tuple[list[Resolved], Span]]:
    """Groups of places with the clauses that they govern."""
    whole = Span(sentence.start, sentence.end, sentence.text.rstrip("。；"))
    groups: list[tuple[list[Resolved], int, int]] = []
    for clause in split_at(whole, "，；："):
        places = [
            place
            for place in reading.places_between(clause.start, clause.end)
            if place.within is None
            and place.level not in ("province", "site")
            and all(map(reading.in_region, place.adcodes))
        ]
        if _FIRMS.search(clause.text):
            places = []
        if places and groups and not _ACT.search(whole.sub(groups[-1][1], groups[-1][2]).text):
            before = groups.pop()  # `在甲、乙周边，丙、丁主产区，建设…` is one statement
            groups.append((before[0] + places, before[1], clause.end))
        elif places:
            groups.append((places, clause.start, clause.end))
        elif groups:
            groups[-1] = (groups[-1][0], groups[-1][1], clause.end)
    for places, start, end in groups:
        yield places, whole.sub(start, end)


def _statement(
    reading: Reading, sentence: Sentence, places: Sequence[Resolved], segment: Span
) -> Iterator[Draft]:
    text = segment.text
    if not _ACT.search(text) or _NEGATED.search(text) or _MENTION.search(text):
        return
    label = _label(reading, sentence, segment)
    location = location_of(reading, places, Basis.TEXT)
    if not label.codes or not location.places:
        return
    name = clean_name(segment.text)
    if len(name) > _MAX_NAME:
        name = name[: max(name.rfind("，", 0, _MAX_NAME), _MAX_NAME // 2)]
    yield Draft("focus", name, segment.start, segment.end, location, label)


def _label(reading: Reading, sentence: Sentence, segment: Span) -> Label:
    """The industries that the words name; the heading's where they name none."""
    found = reading.tools.taxonomy.find_terms(segment.text)
    codes = tuple(dict.fromkeys(code for term in found for code in term.codes))
    label = label_for(reading, sentence.paragraph, segment.text)
    if label.text is not None and label.codes:
        return label
    return Label(found[0].label if found else None, codes)


def focus_of_spread(projects: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a direction for a project that one item spreads over several towns.

    `甲在A、B、C等地燃料乙醇项目` is a project in each town, and says besides that these towns are
    to have that industry.
    """
    by_item: dict[tuple[int, int], list[Draft]] = {}
    for project in projects:
        by_item.setdefault((project.quote_start, project.quote_end), []).append(project)
    for (start, end), towns in by_item.items():
        places = tuple(dict.fromkeys(code for t in towns for code in t.location.places))
        if len(places) < 2 or len(towns) < 2:
            continue
        written = tuple(word for t in towns for word in t.location.as_written)
        location = Location(places, written, towns[0].location.basis, Precision.REGION)
        what = towns[0].name.partition(towns[0].location.as_written[0])[2].removesuffix("项目")
        name = "、".join(written) + (what or towns[0].label.text or "")
        yield Draft("focus", name, start, end, location, towns[0].label)
