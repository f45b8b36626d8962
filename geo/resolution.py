"""Mentions to places: which of several places of one name is meant, as of today.

The evidence, strongest first: the parent stands directly to the left (`牡丹江市东安区`); a bare
name that a city shares with its own county is the city's, unless the list that it stands in says
otherwise (`长沙、湘潭两县`); a parent, child or sibling is named nearby; the reading lies in the
region that the text speaks of; the higher level wins (`吉林` is the province, but the city in a
list of cities). Two readings that nothing tells apart stay unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.recognition import Candidate, Mention, nests

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_LEVEL_RANK = {"region": 5, "province": 4, "prefecture": 3, "site": 2, "county": 1, "township": 0}
_NEARBY = 60  # code points to either side in which a named parent or sibling counts

_ORGANISATION = re.compile(
    r"[^，。；、：:“”《》<>\s]{0,26}?"
    r"(?:大学|学院|科学院|研究院|研究所|设计院|林科院|农科院|实验室|医院|银行|公司|集团|总厂|药厂|厂|矿务局|"
    r"林业局|农垦总局|[0-9一二三四五六七八九○〇零]+所|油田|石化|炼化|中学|日报社|电视台|海关|商会|协会|联盟|工作站|"
    r"(?:技术|研究|检验|检测|开发|工程)中心)"
)
_COMPANY_TAIL = re.compile(r"[）)]?(?:股份|有限|责任)+公司")
_NAME_LEFT = re.compile(r"[^，。；、：:（）()“”《》\s]*$")
_NUMBER = re.compile(r"^[0-9０-９]+[.．、]?")
# Words that end a name: what stands behind them is no longer the same organisation. A firm may
# be one for development or for tools (工具有限公司) all the same.
_NOT_IN_NAME = re.compile(
    r"(?:建设|发展|引进)(?!有限|股份|集团|公司|总|投资|控股|银行|实业|研究)|具有(?!限)|"
    r"推进|打造|支持|加快|鼓励|依托|推动|促进|实施|形成|构建|扩大|培育|等|[与和及或的向在把将为以]"
)
# What a sentence says before it comes to the name of a firm: 加快实施|一拖（黑龙江）…公司.
_BEFORE_NAME = re.compile(
    r"实施|推进|推动|加快|支持|建设|建成|发展|依托|引进|鼓励|促进|组织|重点|抓好|扶持|培育|打造|利用|通过|联合|"
    r"做大|做强|做优|启动|开展|推广|围绕|发挥|包括|以及|等|[与和及或由在向把将对为以的]"
)
# 岳阳、衡阳、郴州三市: what the end of a list says of its members.
_LIST_END = re.compile(
    r"(?:[、和及与][^，。；：、（）\n]{2,6}?){0,12}?(?:等?[一二两三四五六七八九十0-9]+个?|等)"
    r"(?P<kind>[市县])(?![市县区场域级辖政])"
)
# 吉林高新技术产业开发区: zones of that kind are a city's, not a province's.
_CITY_ZONE = re.compile(
    r"(?:国家级?)?(?:(?!各|等|国家|省级|特色|重点|全|农业|现代|的)[^，。；、：（）“”\s]){0,6}?"
    r"(?:开发区|工业园区?|产业园区?|示范园区|高新区|经开区|综合保税区)"
)
_BETWEEN = ("", "的", "所辖", "下辖", "所辖的", "下辖的", "所属")
_LIST_SIGNS = frozenset("、和及与－—–-")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention with the reading that is meant.

    `adcodes` are today's codes (several for a joint form), `within` is the name of the
    organisation that the toponym is a part of (`哈尔滨工业大学`), or None when it stands free.
    """

    start: int
    end: int
    surface: str
    key: str
    level: str
    adcodes: tuple[str, ...]
    within: str | None


def resolve_mentions(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, region: str | None = None
) -> list[Resolved]:
    """One place for each mention; a mention that stays ambiguous is left out.

    A parent followed by its child is one place: `哈尔滨市双城区` and `哈尔滨市的双城区` are 双城区.
    """
    chosen: list[tuple[Mention, Candidate]] = []
    for number, mention in enumerate(mentions):
        best = _best(text, mentions, number, gazetteer, region)
        if best is not None:
            chosen.append((mention, best))
    merged = _merge_parents(text, chosen, gazetteer)
    return [
        Resolved(
            start,
            end,
            text[start:end],
            c.key,
            c.level,
            c.adcodes,
            organisation_at(text, start, end),
        )
        for start, end, c in merged
    ]


def organisation_at(text: str, start: int, end: int) -> str | None:
    """The name of the organisation that begins with or runs on from `text[start:end]`, or None."""
    match = _ORGANISATION.match(text, end)
    if match is None or _NOT_IN_NAME.search(text, end, match.end()):
        return None
    if text[start - 1 : start] in ("（", "("):  # 飞鹤（甘南）乳品有限公司
        start = _name_start(text, start)
    tail = _COMPANY_TAIL.match(text, match.end())  # 东安发动机（集团）有限公司
    return text[start : tail.end() if tail is not None else match.end()]


def _name_start(text: str, start: int) -> int:
    """Where the name of the firm begins that has a place in brackets at `start`."""
    left = _NAME_LEFT.search(text, max(0, start - 16), start - 1)
    if left is None:
        return start
    first = left.start()
    for word in _BEFORE_NAME.finditer(text, first, start - 1):
        if start - 1 - word.end() >= 2:  # 三和（安达）: a name has two characters at least
            first = word.end()
    number = _NUMBER.match(text[first : start - 1])
    return first + number.end() if number is not None else first


def _best(
    text: str,
    mentions: Sequence[Mention],
    number: int,
    gazetteer: Gazetteer,
    region: str | None,
) -> Candidate | None:
    mention = mentions[number]
    if len(mention.candidates) == 1:
        return mention.candidates[0]
    candidates = _of_the_list(text, mentions, number, gazetteer)
    if len(candidates) == 1:
        return candidates[0]
    scored = sorted(
        ((_score(c, mention, mentions, number, gazetteer, region), c) for c in candidates),
        key=lambda pair: -pair[0],
    )
    (first, best), (second, other) = scored[0], scored[1]
    if first == second and set(best.adcodes) != set(other.adcodes):
        return None
    return best


def _of_the_list(
    text: str, mentions: Sequence[Mention], number: int, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """The readings without those that share their name with a division around them.

    Of 衡阳市 and 衡阳县 the bare name is the city's, but the county's in a list of counties. Of
    吉林省 and 吉林市 it is the province's, but the city's in a list of cities of that province and
    in the name of a zone.
    """
    mention = mentions[number]
    end = _LIST_END.match(text, mention.end)
    kind = end["kind"] if end is not None else ""
    out: set[str] = set()
    for inner in mention.candidates:
        for outer in mention.candidates:
            if inner.level == outer.level or not nests(inner, outer, gazetteer):
                continue
            if outer.level == "prefecture":
                doubled = number > 0 and _ends_before(mentions[number - 1], mention, outer)
                out.add(outer.key if kind == "县" or doubled else inner.key)
            elif outer.level == "province" and inner.level == "prefecture":
                cities = (
                    kind == "市"
                    or _names_zone(text, mentions, number)
                    or _beside_sibling(text, inner, mentions, number, gazetteer)
                )
                out.add(outer.key if cities else inner.key)
    return tuple(c for c in mention.candidates if c.key not in out) or mention.candidates


def _names_zone(text: str, mentions: Sequence[Mention], number: int) -> bool:
    """Whether the mention begins the name of a zone, and no other place stands in that name."""
    zone = _CITY_ZONE.match(text, mentions[number].end)
    after = mentions[number + 1].start if number + 1 < len(mentions) else len(text)
    return zone is not None and after >= zone.end()


def _ends_before(left: Mention, mention: Mention, outer: Candidate) -> bool:
    """Whether the city itself stands right before the name: 伊春市|伊春."""
    return left.end == mention.start and outer.key in {c.key for c in left.candidates}


def _beside_sibling(
    text: str, city: Candidate, mentions: Sequence[Mention], number: int, gazetteer: Gazetteer
) -> bool:
    """Whether a list sign joins the mention to another prefecture of the same province."""
    mention = mentions[number]
    neighbours = []
    if number and text[mentions[number - 1].end : mention.start] in _LIST_SIGNS:
        neighbours.append(mentions[number - 1])
    if number + 1 < len(mentions) and text[mention.end : mentions[number + 1].start] in _LIST_SIGNS:
        neighbours.append(mentions[number + 1])
    parents = {gazetteer.parent(code) for code in city.adcodes}
    return any(
        reading.level == "prefecture" and gazetteer.parent(code) in parents
        for neighbour in neighbours
        for reading in neighbour.candidates
        for code in reading.adcodes
    )


def _score(
    candidate: Candidate,
    mention: Mention,
    mentions: Sequence[Mention],
    number: int,
    gazetteer: Gazetteer,
    region: str | None,
) -> int:
    score = 10 * int(candidate.strength) + _LEVEL_RANK[candidate.level] + 5 * candidate.of_year
    if region is not None and any(gazetteer.within(code, region) for code in candidate.adcodes):
        score += 40
    if number and mentions[number - 1].end == mention.start:
        score += 200 * _related(candidate, mentions[number - 1], gazetteer)
    relatives = sum(_related(candidate, other, gazetteer) for other in _near(mentions, number))
    # One relative says where we are; more decide between readings that have one each.
    return score + 60 * bool(relatives) + 2 * min(relatives, 4)


def _near(mentions: Sequence[Mention], number: int) -> Iterator[Mention]:
    """The other mentions that begin or end within reach, nearest first on either side."""
    mention = mentions[number]
    for other in reversed(mentions[max(0, number - _NEARBY) : number]):
        if other.start <= mention.end - _NEARBY:
            break
        yield other
    for other in mentions[number + 1 : number + _NEARBY]:
        if other.end >= mention.end + _NEARBY:
            break
        yield other


def _related(candidate: Candidate, other: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a reading of `other` holds the candidate, shares its prefecture or lies in it."""
    return any(_is_relative(candidate, reading, gazetteer) for reading in other.candidates)


def _is_relative(candidate: Candidate, reading: Candidate, gazetteer: Gazetteer) -> bool:
    if candidate.level == reading.level == "county":
        parents = {gazetteer.parent(code) for code in candidate.adcodes}
        # Districts that were divided since share some of today's (城区 and 矿区 of 大同).
        return set(candidate.adcodes) != set(reading.adcodes) and any(
            gazetteer.parent(code) in parents for code in reading.adcodes
        )
    return nests(candidate, reading, gazetteer) or (
        candidate.level == "prefecture" and nests(reading, candidate, gazetteer)
    )


def _merge_parents(
    text: str, chosen: Sequence[tuple[Mention, Candidate]], gazetteer: Gazetteer
) -> list[tuple[int, int, Candidate]]:
    merged: list[tuple[int, int, Candidate]] = []
    for mention, candidate in chosen:
        start = mention.start
        while (
            merged
            and text[merged[-1][1] : start] in _BETWEEN
            and (
                _holds(merged[-1][2], candidate, gazetteer)
                # 大兴安岭|新林区, which is no division of its own
                or (
                    candidate.key == merged[-1][2].key
                    and mention.surface != text[merged[-1][0] : merged[-1][1]]
                )
            )
        ):
            start = merged.pop()[0]
        merged.append((start, mention.end, candidate))
    return merged


def _holds(parent: Candidate, child: Candidate, gazetteer: Gazetteer) -> bool:
    if child.parent is not None and child.parent == parent.key:
        return True
    return all(
        any(gazetteer.within(code, holder) for holder in parent.adcodes) for code in child.adcodes
    ) and (parent.adcodes != child.adcodes or _LEVEL_RANK[parent.level] > _LEVEL_RANK[child.level])
