"""Where an industry gathers: `推动甲产业向A、B集聚，乙产业向C集中`, `以A为主的甲基地`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from layers.extraction.lists import Span, split_at
from layers.extraction.members import free_places
from layers.extraction.placing import Location, location_of
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Sentence

_GATHER = re.compile(
    r"(?P<what>.{2,60}?)(?:重点|主要|逐步|加快|进一步|优先)*"
    r"(?:[向往](?P<where>.{2,60}?)(?:集聚|集中|聚集|汇聚)(?:布局|发展)?"
    r"|在(?P<place>.{2,60}?)(?:(?:集聚|集中|聚集)(?:布局|发展)?|布局$)"
    r"|(?:布局|集聚|聚集)(?:在|于|到)(?P<ground>.{2,60}?)$)"
)
_NEGATED = re.compile(r"不再|不得|严禁|禁止|限制|控制|避免|退出|搬离")
_VERB = re.compile(r"推[动进]|引导|促进|支持|鼓励|加快|带动|吸引|优化")
_HOLDERS = re.compile(r"(?:领域|行业|类)?(?:相关|骨干|龙头|重点|配套)*(?:企业|项目|要素|资源)$")
_INDUSTRY_TAIL = re.compile(r"(?:业|加工|制造|修造|装备|材料|部件|配套|食品|产品|机械|化工|医药)$")
_WITH_CENTRE = re.compile(
    r"(?:以(?P<centre>[^，。；]+?)为(?:主体|主|中心|核心|重点|龙头)(?P<more>[^，。；]*?)|(?P<along>[^，。；、和与]{2,12}?)沿线)"
    r"的(?P<what>[^，。；、和与]{2,16}?(?:基地|产业带|集聚区|生产区|加工区))"
)


@dataclass(frozen=True, slots=True)
class Gathering:
    """An industry and the places where it is to gather, with the words that say so."""

    name: str
    what: Span
    start: int
    end: int
    location: Location


def gatherings(reading: Reading, sentence: Sentence) -> Iterator[Gathering]:
    """Each clause that lets an industry gather; a second one needs no verb of its own."""
    whole = Span(sentence.start, sentence.end, sentence.text)
    for clause in split_at(whole, "，；：。"):
        match = _GATHER.match(clause.text)
        if match is None or _NEGATED.search(clause.text):
            continue
        what = _industry(clause, match)
        group = next(name for name, text in match.groupdict().items() if text and name != "what")
        start, stop = match.span(group)
        location = _located(reading, clause.start + start, clause.start + stop)
        if location.places and _is_industry(reading, what):
            end = clause.start + match.end()
            yield Gathering(what.text, what, what.start, end, location)


def _industry(clause: Span, match: re.Match[str]) -> Span:
    verbs = [m.end() for m in _VERB.finditer(match["what"])]
    what = clause.sub(clause.start + (verbs[-1] if verbs else 0), clause.start + match.end("what"))
    return what.sub(what.start, what.start + len(_HOLDERS.sub("", what.text)))


def _is_industry(reading: Reading, what: Span) -> bool:
    """Talents and factors of production gather too, but they are no industry."""
    if len(what.text) < 2:
        return False
    return bool(reading.tools.taxonomy.find_terms(what.text) or _INDUSTRY_TAIL.search(what.text))


def centred(reading: Reading, sentence: Sentence) -> Iterator[Gathering]:
    """`以甲为主…的某基地`, `甲沿线的某基地`: an industry's base with the places it lies around."""
    whole = Span(sentence.start, sentence.end, sentence.text)
    for match in _WITH_CENTRE.finditer(sentence.text):
        key = "centre" if match["centre"] is not None else "along"
        location = _located(
            reading, sentence.start + match.start(key), sentence.start + match.end(key)
        )
        what = whole.sub(sentence.start + match.start("what"), sentence.start + match.end("what"))
        if location.places and reading.tools.taxonomy.find_terms(what.text):
            name = match["centre"] + what.text if key == "centre" else match.group()
            start, end = sentence.start + match.start(), sentence.start + match.end()
            yield Gathering(name, what, start, end, location)


def _located(reading: Reading, start: int, end: int) -> Location:
    return location_of(reading, free_places(reading, start, end), Basis.TEXT)
