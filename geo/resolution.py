"""Mentions to places: which of several places of one name is meant, as of today.

The evidence, strongest first: the parent stands directly to the left (`牡丹江市东安区`); the
reading lies in the region that the text speaks of; a parent or sibling is named nearby; the
higher level wins (`吉林` is the province). Two readings that nothing tells apart stay unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.recognition import Candidate, Mention

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
# Words that end a name: what stands behind them is no longer the same organisation.
_NOT_IN_NAME = re.compile(
    r"建设|推进|发展|打造|支持|加快|鼓励|依托|推动|促进|实施|形成|构建|扩大|培育|引进|具有|等|[与和及或的向在把将为以]"
)


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

    A parent directly followed by its child is one place: `哈尔滨市双城区` is 双城区.
    """
    chosen: list[tuple[Mention, Candidate]] = []
    for number, mention in enumerate(mentions):
        best = _best(mention, mentions, number, gazetteer, region)
        if best is not None:
            chosen.append((mention, best))
    merged = _merge_parents(chosen, gazetteer)
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
        left = _NAME_LEFT.search(text, max(0, start - 16), start - 1)
        start = left.start() if left is not None else start
    tail = _COMPANY_TAIL.match(text, match.end())  # 东安发动机（集团）有限公司
    return text[start : tail.end() if tail is not None else match.end()]


def _best(
    mention: Mention,
    mentions: Sequence[Mention],
    number: int,
    gazetteer: Gazetteer,
    region: str | None,
) -> Candidate | None:
    if len(mention.candidates) == 1:
        return mention.candidates[0]
    scored = sorted(
        ((_score(c, mention, mentions, number, gazetteer, region), c) for c in mention.candidates),
        key=lambda pair: -pair[0],
    )
    (first, best), (second, other) = scored[0], scored[1]
    if first == second and set(best.adcodes) != set(other.adcodes):
        return None
    return best


def _score(
    candidate: Candidate,
    mention: Mention,
    mentions: Sequence[Mention],
    number: int,
    gazetteer: Gazetteer,
    region: str | None,
) -> int:
    score = 10 * int(candidate.strength) + _LEVEL_RANK[candidate.level]
    if region is not None and any(gazetteer.within(code, region) for code in candidate.adcodes):
        score += 40
    if number and mentions[number - 1].end == mention.start:
        score += 200 * _related(candidate, mentions[number - 1], gazetteer)
    score += 60 * any(
        _related(candidate, other, gazetteer)
        for other in mentions
        if other is not mention
        and other.start - mention.end > -_NEARBY
        and other.end - mention.start < _NEARBY + len(mention.surface)
    )
    return score


def _related(candidate: Candidate, other: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a reading of `other` holds the candidate or shares its prefecture."""
    return any(
        _is_relative(candidate, ours, reading, theirs, gazetteer)
        for reading in other.candidates
        for theirs in reading.adcodes
        for ours in candidate.adcodes
        if ours != theirs
    )


def _is_relative(
    candidate: Candidate, ours: str, reading: Candidate, theirs: str, gazetteer: Gazetteer
) -> bool:
    siblings = candidate.level == reading.level == "county"
    return gazetteer.within(ours, theirs) or (
        siblings and gazetteer.parent(ours) == gazetteer.parent(theirs)
    )


def _merge_parents(
    chosen: Sequence[tuple[Mention, Candidate]], gazetteer: Gazetteer
) -> list[tuple[int, int, Candidate]]:
    merged: list[tuple[int, int, Candidate]] = []
    for mention, candidate in chosen:
        start = mention.start
        while merged and merged[-1][1] == start and _holds(merged[-1][2], candidate, gazetteer):
            start = merged.pop()[0]
        merged.append((start, mention.end, candidate))
    return merged


def _holds(parent: Candidate, child: Candidate, gazetteer: Gazetteer) -> bool:
    return all(
        any(gazetteer.within(code, holder) for holder in parent.adcodes) for code in child.adcodes
    ) and (parent.adcodes != child.adcodes or _LEVEL_RANK[parent.level] > _LEVEL_RANK[child.level])
