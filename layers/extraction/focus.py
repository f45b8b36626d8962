"""Statements that a place is to develop an industry, where no cluster, park or project is named.

A statement is the stretch of a sentence that a group of places governs: from the clause that
names them to the next group or the sentence's end. It counts when it says in words of doing that
something is to come, names an industry, and is not already read as another feature. A heading
that is nothing but places (`甲县：稻米、酒精。`) governs what stands behind it, and there a mere
list of industries counts too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from geo.resolution import Resolved
from layers.extraction.drafts import Draft
from layers.extraction.labels import Label, label_for, label_in
from layers.extraction.lists import Span, clean_name, split_at, top_level
from layers.extraction.placing import Location, location_of
from layers.extraction.tools import Reading
from layers.model import Basis, Precision
from layers.plans import Paragraph, Sentence
from layers.taxonomy import GENERAL

_ACT = re.compile(
    r"发展|建设|打造|培育|推进|布局|加快|做[大强优精]|壮大|建成|构建|形成|开展|勘探|勘查|开发|开采|提升|延伸|扩大|"
    r"引进|支持|推动|加强|完善|承接|试点|示范|侧重|主攻|主推|做成|做文章|布点"
)
# `以甲产业为重点`; where places stand in it (`以甲市为重点`) it does not say what is done.
_MAINLY = re.compile(
    r"以(?P<what>[^，。；]{2,40}?)(?:为(?:重点|特色|主导|主攻|方向|主(?![体要]))|见长)"
)
_LOOKING_BACK = re.compile(
    r"回顾|发展基础|基础条件|基本情况|发展环境|现状|面临|形势|成就|存在的?.{0,4}问题"
)
_MENTION = re.compile(
    r"博览会|洽谈会|展洽会|交易会|考察|学习|借鉴|经验|签署|签约|挂牌|列为|入选|获批|成功|已[^，。；]|排名|"
    r"(?:先后|相继|陆续)(?:全部|全面)?(?:建成|投产|竣工)|建成达效|"
    r"办法|条例|通知|意见|申[建报请]|争创"
)
_NEGATED = re.compile(r"不再|不得|严禁|禁止|严格控制|限制|淘汰|停止|除[^，。；]{0,12}以外")
_FIRMS = re.compile(r"(?:依托|围绕|发挥)[^，。；]*(?:企业|公司|院所|高校|中心)")
# Right behind a place: `甲市围绕乙，丙市突出丁`; elsewhere these words say nothing of the kind. A
# part of a town that no table knows may stand between (`甲市某某片区承担乙`).
_TURNS_TO = re.compile(
    r"(?:[一-鿿]{0,4}片区)?(?:要|将|应|则|重点|着力|主要|分别)*"
    r"(?:围绕|突出|聚焦|转向|承担|专注|着重|瞄准|定位(?:为|于)|兼[顾营])"
)
_SUBJECTS_VERB = re.compile(
    rf"(?:{_TURNS_TO.pattern})|(?:要|将|应|则|重点|着力|主要)*(?:{_ACT.pattern})"
)
# `支持甲石化、乙医药等产业做大做强`: what stands around a list of places with an industry each.
_PAIRS_LEAD = re.compile(
    r"(?:支持|推动|推进|带动|引导|鼓励|加快|促进|重点|积极|着力|大力|培育|发展|做[大强优精])*"
)
_PAIRS_TAIL = re.compile(
    r"(?:等(?:[一多]?批|地|[0-9一二两三四五六七八九十几]+[大个类])?)?(?:[十百千万]+亿级)?(?:特色|优势|重点|传统|主导)*(?:产业|行业|产品)?"
    r"(?:[也都均]?(?:要|加快|进一步|聚集|集聚|集中|发展|壮大|做大|做强|做优|提升|转型|升级|形成规模))*$"
)
# `甲稀土，乙电池，均列为扶持对象`: the clause that says what is done with all of a list.
_SINGLED_OUT = re.compile(
    r"，(?:[均都]|一并)(?:列[为入]|纳入|作为)[^，。；]{0,12}(?:对象|重点|方向|范围|产业)$"
)
# `闽北浦城`, `的`: what an item of such a list may have before and behind its places.
_QUARTER = re.compile(r"[一-鿿]?[东南西北中](?:部|片)?")
_STEM = re.compile("[甲乙丙丁戊己庚辛壬癸][、．.]")  # `乙、食品：`: they count like numbers
_JOINS = frozenset(("", "、", "，", "和", "与", "及"))
_PAIR_LENGTH = 12  # code points: what a place is named with
_HEAD_MARK = re.compile(r"[：:]|—{1,2}|[　 ]+")
_HEAD_REST = re.compile(
    r"(?:等|及?其?周[边围]|一带|各?(?:地区?|[县市区州]+)|[两二三四五六七八九十0-9]+[县市区州]+|（[^）]*）|[、和与及和\s])*"
)
_PARTS = re.compile(r"（[含辖][^）]*）")  # `甲市（含乙县）` is 甲市
_ABOUT_INDUSTRY = re.compile(r"产业|工业|特色|分工|定位|方向|重点发展")
_LISTED = re.compile("[、，和与及]|兼顾|以及")
_NO_INDUSTRY = re.compile(
    r"[0-9]|局|委|厅|办公室|政府|公司|集团|小镇|园区?$|项目|中心|[车工总分]?厂|生产线|大学|学院|医院|学校|"
    r"道路|公路|铁路|水库|同志|单位|牵头|有(?![色机])|应(?![急用])|[是为将]"
)
_MAX_ITEM = 16  # code points: an industry's name, not a clause
_OBJECT = re.compile(
    r"(?:发展|培育|做[强大优精]|壮大|主攻|主推|侧重|转向|突出|聚焦|兼[顾营])(?P<what>[^，。；]{2,24})|把(?P<made>[^，。；]{2,24})做成|"
    r"承担(?P<link>[^，。；]{2,24})环节|"
    r"(?:布局|建设|推进|开展|承接)(?P<trade>[^，。；]{1,20}(?:加工|制造|养殖|种植|采选|冶炼))"
)
_AROUND_OBJECT = re.compile(r"^[好了]|(?:等?(?:特色|优势|主导)?(?:产业|行业|产品)|等)+$")
_ABSTRACT = re.compile(
    r"[0-9]|经济|能力|水平|体系|机制|环境|优势|作用|合作|城市|城镇|县城|中心|平台|战略|规模|品牌|企业|项目|园|区|"
    r"集群|链|人才|队伍|服务|改革|开放|工作|质量|效益|格局|空间|力度|引擎|协同|一体|增长|市场|模式|功能|主体|资源|"
    r"技术|创新|设施|网络|交通|通道|腹地|联动|协调|转型|规划|计划|方案|纲要|做[大强优精]|势头|良好|迅速|较快|态势|攻坚|[脱扶]贫|试点|任务|主责|重围|示范|建设|发展|导向|领域|结构|组织|领导|责任|民生|教育|事业|文化|社会|潜力|特点|特色|产业|工业|实体|新兴|支柱"
)
_MAX_NAME = 60  # code points: what a table row can show


def extract_focus(
    reading: Reading, taken: Sequence[tuple[int, int]], named: Sequence[Draft]
) -> Iterator[Draft]:
    """Yield the plan's statements.

    `taken` are the words of other features and their sections; a statement that repeats one of
    the `named` structures or clusters is about that and no other.
    """
    layout = {draft.quote_start: draft for draft in named if draft.layer == "layout"}
    names = [draft.name for draft in named if draft.layer == "layout"]
    clusters = [draft for draft in named if draft.layer == "clusters"]
    others = _Taken(taken)
    for sentence in reading.document.sentences:
        path = sentence.paragraph.path
        if any(_LOOKING_BACK.search(title) for title in path):
            continue
        for group in _groups(reading, sentence):
            segment = group.words
            if others.overlap(segment.start, segment.end):
                continue
            if "产业集群" in segment.text or any(name in segment.text for name in names):
                continue
            for draft in _statement(reading, sentence, group):
                if _repeats(draft, sentence, clusters) or (
                    group.head in layout or _defines(draft, sentence, layout)
                ):
                    continue
                yield draft


class _Taken:
    """Stretches that are asked for overlaps many times, so that each answer is a bisection."""

    def __init__(self, stretches: Sequence[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def overlap(self, start: int, end: int) -> bool:
        """Whether one of the stretches begins before `end` and reaches beyond `start`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start


def _repeats(draft: Draft, sentence: Sentence, clusters: Sequence[Draft]) -> bool:
    """Whether a statement only says again where the cluster of its heading is."""
    heads = {heading.start for heading in sentence.paragraph.section}
    return any(
        cluster.quote_start in heads and set(draft.location.places) <= set(cluster.location.places)
        for cluster in clusters
    )


def _defines(draft: Draft, sentence: Sentence, layout: Mapping[int, Draft]) -> bool:
    """Whether a statement behind a run-in heading is about all of the structure named there.

    `某区。甲、乙，发展某业` says what the structure is for; `某区。甲突出某业，乙突出某业` says
    something of each place besides.
    """
    paragraph = sentence.paragraph
    head = paragraph.section[-1] if paragraph.section else None
    if head is None or head.start < paragraph.start or head.start not in layout:
        return False
    return set(layout[head.start].location.places) <= set(draft.location.places)


@dataclass(frozen=True, slots=True)
class _Group:
    """Places and the words that they govern.

    `head` is where the head that is nothing but these places begins: the paragraph's heading, or
    the beginning of the sentence. Without one the words name the places themselves.
    """

    places: tuple[Resolved, ...]
    words: Span
    head: int | None = None


def _groups(reading: Reading, sentence: Sentence) -> Iterator[_Group]:
    """Groups of places with the clauses that they govern."""
    said = sentence.text.rstrip("。；")
    whole = Span(sentence.start, sentence.start + len(said), said)
    head, words = _own_head(reading, whole)
    groups = _told(reading, words)
    if groups or head:
        yield from groups or [_Group(head, words, whole.start)]
    else:
        yield from _headed(reading, sentence, whole)


def _told(reading: Reading, whole: Span) -> list[_Group]:
    """The groups of the places that the clauses themselves name."""
    groups: list[_Group] = []
    for clause in _clauses(reading, whole):
        places = _places_of(reading, clause)
        if places and groups and not _acts(reading, groups[-1].words):
            before = groups.pop()  # `在甲、乙周边，丙、丁主产区，建设…` is one statement
            words = whole.sub(before.words.start, clause.end)
            groups.append(_Group((*before.places, *places), words))
        elif places:
            groups.append(_Group(places, clause))
        elif groups:
            last = groups.pop()
            groups.append(_Group(last.places, whole.sub(last.words.start, clause.end)))
    return groups


def _clauses(reading: Reading, whole: Span) -> Iterator[Span]:
    """The clauses of a sentence; `甲县主攻某、乙县侧重某` are two."""
    for clause in split_at(whole, "，；："):
        start = clause.start
        for offset, char in top_level(clause.text):
            cut = clause.start + offset
            if (
                char == "、"
                and _begins_anew(reading, clause.sub(cut + 1, clause.end))
                and _is_told(reading, left := clause.sub(start, cut))
            ):
                yield left
                start = cut + 1
        yield clause.sub(start, clause.end)


def _is_told(reading: Reading, words: Span) -> bool:
    """Whether words name a place and, behind it, what it does: not `支持甲`, but `甲发展某`."""
    places = _governing(reading, words.start, words.end)
    if not places:
        return False
    behind = words.sub(places[-1].end, words.end)
    return bool(_ACT.search(behind.text) or _TURNS_TO.match(behind.text))


def _begins_anew(reading: Reading, words: Span) -> bool:
    """Whether words begin with a place and its verb."""
    return any(
        place.start == words.start and _SUBJECTS_VERB.match(words.text, place.end - words.start)
        for place in _governing(reading, words.start, words.end)
    )


def _own_head(reading: Reading, whole: Span) -> tuple[tuple[Resolved, ...], Span]:
    """The places that a sentence begins with as a head (`甲县：某业、某业`), and what follows."""
    for mark in _HEAD_MARK.finditer(whole.text):
        places = _mere_places(reading, whole.start, whole.start + mark.start())
        if places and mark.end() < len(whole.text):
            return places, whole.sub(whole.start + mark.end(), whole.end)
    return (), whole


def _places_of(reading: Reading, clause: Span) -> tuple[Resolved, ...]:
    """The places of a clause that can govern it; those of firms and institutes do not."""
    if _FIRMS.search(clause.text):
        return ()
    return _governing(reading, clause.start, clause.end)


def _governing(reading: Reading, start: int, end: int) -> tuple[Resolved, ...]:
    return tuple(
        place
        for place in reading.places_between(start, end)
        if place.within is None
        and place.level not in ("province", "site")
        and all(map(reading.in_region, place.adcodes))
    )


def _headed(reading: Reading, sentence: Sentence, whole: Span) -> Iterator[_Group]:
    """The group of the innermost heading, where that is nothing but places."""
    section = sentence.paragraph.section
    if not section or sentence.start < section[-1].end:
        return
    head = section[-1]
    places = _mere_places(reading, head.start, head.end)
    if places:
        yield _Group(places, whole, head.start)


def _mere_places(reading: Reading, start: int, end: int) -> tuple[Resolved, ...]:
    """The places of a stretch that holds nothing but places."""
    places = _governing(reading, start, end)
    rest = reading.document.text[start:end]
    parts = [(start + m.start(), start + m.end()) for m in _PARTS.finditer(rest)]
    for place in places:
        rest = rest.replace(place.surface, "", 1)
    places = tuple(p for p in places if not any(a < p.start < b for a, b in parts))
    return places if _HEAD_REST.fullmatch(rest) else ()


def _acts(reading: Reading, words: Span) -> bool:
    """Whether the words say that something is to be done."""
    if _ACT.search(words.text):
        return True
    subjects = {place.end for place in _governing(reading, words.start, words.end)}
    return any(
        not _governing(reading, words.start + m.start(), words.start + m.end())
        for m in _MAINLY.finditer(words.text)
    ) or any(_TURNS_TO.match(words.text, end - words.start) for end in subjects)


def _statement(reading: Reading, sentence: Sentence, group: _Group) -> Iterator[Draft]:
    words = group.words
    listed = words.sub(words.start, words.start + len(_SINGLED_OUT.sub("", words.text)))
    if _NEGATED.search(words.text) or _MENTION.search(listed.text):
        return
    branch = _under_branch(reading, sentence)
    named = _Group(group.places, listed, group.head)
    pairs = _pairs(reading, named, single=branch and not _acts(reading, listed))
    if not (
        _acts(reading, words)
        or _is_list(reading, sentence.paragraph, group)
        or (pairs and (branch or listed.end < words.end))
    ):
        return
    if pairs:
        for pair in pairs:
            yield from _pair(reading, sentence, pair)
        return
    label = _label(reading, sentence, group)
    beside = group.head is None or sentence.paragraph.start <= group.head
    basis = Basis.TEXT if beside else Basis.CONTEXT
    location = location_of(reading, group.places, basis)
    if label is None or not location.places:
        return
    name = clean_name(words.text)
    if len(name) > _MAX_NAME:
        name = name[: max(name.rfind("，", 0, _MAX_NAME), _MAX_NAME // 2)]
    yield Draft("focus", name, _quote_start(sentence, group), words.end, location, label)


def _pairs(reading: Reading, group: _Group, *, single: bool = False) -> list[_Group]:
    """`甲石化、乙医药等产业`: the items, where each one is a place and an industry; else none.

    `single` says that one item alone is a list as well.
    """
    if group.head is not None:
        return []
    words = group.words
    lead, tail = _PAIRS_LEAD.match(words.text), _PAIRS_TAIL.search(words.text)
    start = words.start + (lead.end() if lead else 0)
    end = words.start + (tail.start() if tail else len(words.text))
    if start >= end:
        return []
    items = list(_items(reading, words.sub(start, end)))
    placed = [item for item in items if item.places]
    # A place that is not recognised costs its own item; `支持甲机器人、航空装备` is no such list.
    if len(placed) < len(items) and (len(placed) < 3 or 3 * len(placed) < 2 * len(items)):
        return []
    names = [_behind(item) for item in placed]
    is_last = tail is not None and tail.group().startswith("等")  # of a list that began before
    if (len(placed) < 2 and not is_last and not single) or not all(
        2 <= len(n) <= _PAIR_LENGTH for n in names
    ):
        return []
    taxonomy = reading.tools.taxonomy
    known = [name for name in names if taxonomy.find_terms(name) or taxonomy.codes_of(name)]
    odd = any(_acts(reading, item.words) or _NO_INDUSTRY.search(_behind(item)) for item in placed)
    return [] if odd or 2 * len(known) < len(placed) else placed


def _items(reading: Reading, words: Span) -> Iterator[_Group]:
    """The items of a list of places with an industry each; `甲、乙石化` is one of two places."""
    start = words.start
    for piece in split_at(words, "、，"):
        item = words.sub(start, piece.end)
        places = _leading(reading, item)
        if places and places[-1].end == item.end < words.end:
            continue  # nothing but places so far: what they have in common follows
        yield _Group(places, item)
        start = min(piece.end + 1, words.end)


def _leading(reading: Reading, item: Span) -> tuple[Resolved, ...]:
    """The places that an item begins with (`甲市乙县`, `甲和乙`), if it names no other."""
    places = _governing(reading, item.start, item.end)
    quarter = _QUARTER.match(item.text)
    reached = item.start
    if places and quarter is not None and places[0].start == item.start + quarter.end():
        reached = places[0].start
    for place in places:
        if item.text[reached - item.start : place.start - item.start] not in _JOINS:
            return ()
        reached = place.end
    return places


def _behind(item: _Group) -> str:
    """What stands behind the places of an item; nothing where it has none."""
    if not item.places:
        return ""
    return item.words.text[item.places[-1].end - item.words.start :].removeprefix("的")


def _under_branch(reading: Reading, sentence: Sentence) -> bool:
    """Whether the paragraph begins with a branch and a colon (`食品：甲县某业；乙县某业`)."""
    section, text = sentence.paragraph.section, reading.document.text
    head = section[-1] if section else None
    if head is None or head.start < sentence.paragraph.start:
        return False
    numbered = _STEM.match(text, head.start)
    start = numbered.end() if numbered else head.start
    return text[head.end : head.end + 1] in ("：", ":") and (
        label_in(reading, start, head.end) is not None
    )


def _pair(reading: Reading, sentence: Sentence, item: _Group) -> Iterator[Draft]:
    location = location_of(reading, item.places, Basis.TEXT)
    if location.places:
        what = _behind(item)
        label = _label(reading, sentence, item) or Label(what, ())
        words = item.words
        yield Draft("focus", clean_name(words.text), words.start, words.end, location, label)


def _quote_start(sentence: Sentence, group: _Group) -> int:
    """From the head on where it stands right before the words."""
    head, paragraph = group.head, sentence.paragraph
    if head is None or head < paragraph.start:
        return group.words.start
    is_beside = head == sentence.start or sentence.start == paragraph.body_start
    return head if is_beside else group.words.start


def _is_list(reading: Reading, paragraph: Paragraph, group: _Group) -> bool:
    """`甲县：稻米、酒精及玉米加工`: whether a heading of places is followed by mere industries.

    One of them must be known, or a heading above must say that industries are spoken of.
    """
    if group.head is None:
        return False
    items = [item for item in _LISTED.split(group.words.text) if item]
    if any(len(item) > _MAX_ITEM or _NO_INDUSTRY.search(item) for item in items):
        return False
    said = any(_ABOUT_INDUSTRY.search(title) for title in paragraph.path[:-1])
    return said or any(reading.tools.taxonomy.find_terms(item) for item in items)


def _label(reading: Reading, sentence: Sentence, group: _Group) -> Label | None:
    """The industries that the words name; the heading's where they name none.

    What is to be developed is a label as well where the crosswalk knows no word of it: then it
    has no codes, and becomes an issue.
    """
    words = group.words
    taxonomy = reading.tools.taxonomy
    # The items of a mere list are labels; within a clause only the terms can be told.
    items = _LISTED.split(words.text) if group.head and not _acts(reading, words) else []
    whole = [(item, taxonomy.codes_of(item) or ()) for item in items]
    found = [(term.label, term.codes) for term in taxonomy.find_terms(words.text)]
    codes = tuple(dict.fromkeys(code for _, some in (*whole, *found) for code in some))
    label = label_for(reading, sentence.paragraph, words.text)
    # A heading of places is nearer than that of an industry. Verbs that do not say by themselves
    # that something is to be done need an industry among the words.
    by_heading = group.head is None and bool(codes or _ACT.search(words.text))
    is_general = label.text is not None and (taxonomy.codes_of(label.text) == (GENERAL,))
    if by_heading and label.text is not None and label.codes and not (is_general and codes):
        return label
    if codes:
        return Label(next(text for text, some in (*whole, *found) if some), codes)
    if group.head is not None and not _acts(reading, words):
        return Label(clean_name(words.text), ())
    what = _object(reading, words)
    return None if what is None else Label(what, ())


def _object(reading: Reading, words: Span) -> str | None:
    """What a place is to develop, in the plan's words, where that can be an industry."""
    clause = split_at(words, "，；：")[0]
    match = _OBJECT.search(clause.text) or _MAINLY.search(clause.text)
    if match is None:
        return None
    group = next(name for name, text in match.groupdict().items() if text)
    start, end = match.span(group)
    if reading.places_between(clause.start + start, clause.start + end):
        return None
    what = _AROUND_OBJECT.sub("", clean_name(match[group]))
    return None if len(what) < 2 or _ABSTRACT.search(what) else what


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
