"""Who belongs to a spatial structure: the phrase behind its name that says which places it holds.

`包括甲、乙`, `由甲、乙组成`, `串联甲、乙`, `自甲向乙`, `以甲为中心，带动乙`: the phrase runs on to
the clause that says what is to be done there (`重点发展…`), or to the end of the statement. A list
of places directly behind the name needs no verb: `某核心区：甲、乙、丙3市，对标…`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.resolution import Resolved
from layers.extraction.lists import Span, split_at
from layers.extraction.placing import Location, location_of
from layers.extraction.tools import Reading
from layers.model import Basis, Precision
from layers.taxonomy import GENERAL, Taxonomy

_HOLDS = (
    r"主要(?:是|为)|包括|包含|涵盖|涉及|覆盖|范围|串联|连接|贯穿|横跨|组成|构成|依托|位于|"
    r"以[^，。]{1,40}为[^，。]{0,4}(?:中心|核心|龙头|主体|支点|节点|主轴|重点|窗口|"
    r"腹地|先导|依托|门户|前沿|主|引领|支撑|枢纽|引擎)|[自从由][^。；]{1,60}?[向到至]|"
    r"[东西南北][起接]|起[自于]"
)
_REACHES = r"辐射|带动"
_SAYS = re.compile(f"{_HOLDS}|{_REACHES}")
_HOLDS_ITSELF = re.compile(_HOLDS)
_ACT = re.compile(
    r"(?:要|将|重点|着力|大力|主要|积极|优先|加快|共同|率先)*"
    r"(?:发展|建设|布局|打造|培育|聚焦|承接|推进|推动|形成|做[强大优]|壮大|突出|坚持|作为|定位|"
    r"主攻|侧重|开展|对标)"
)
_DEVELOPED = (
    re.compile(r"重点(?:发展|建设|布局|打造|培育)(?P<list>[^，。；]+)"),
    re.compile(r"(?<![^，。；])(?:主要|大力|优先|着力|因地制宜|错位)*发展(?P<list>[^，。；]+)"),
    re.compile(r"(?<![^，。；])(?:重点|主要)*(?:主攻|侧重于?|主打|布局|聚焦)(?P<list>[^，。；]+)"),
    re.compile(
        r"(?<![^，。；])以(?P<list>[^，。；]+)为(?:主导|主|重点|特色|支柱)(?:产业)?(?![^，。；])"
    ),
)
_PARK = re.compile(r"(?:高新|经开|经济开发|经济技术开发)区")
# What a list of places leaves without them: signs and their number, `、、等3个县（市）`. A park of
# a city may follow its districts (`甲区、乙区和丙高新区`); a list of parks is none of places.
_LIST_REST = re.compile(
    rf"(?:[\s：—－–、和与及]|(?<=[、和与及]){_PARK.pattern})*等?(?:[0-9一二两三四五六七八九十]+[个大]?)?(?:省辖|设区)?(?:县（市）|[县市州盟旗区地])*"
    r"(?:（[^）]*）)?(?:(?:及其?)?(?:周边|沿线|所辖|全域)*(?:地区|区域)?)(?:(?:协同|联动|一体化?)(?:发展)?)?"
)
_GENERIC_TAIL = re.compile(r"(?:等|产业|重点|大)*(?:项目|产业|领域)$|等$|(?:谋划|加快)?布局$")
_OWNER_GAP = frozenset(("", "的"))


@dataclass(frozen=True, slots=True)
class Members:
    """Where a structure is by the places that it holds; `end` is where the phrase ends."""

    location: Location
    end: int


def members_between(
    reading: Reading, start: int, end: int, named: Sequence[Resolved] = ()
) -> Members | None:
    """The members that the statement `text[start:end]` gives, or None.

    `named` are the places in the structure's own name: what it only radiates to (`辐射乙县`)
    comes to them, what it is said to hold takes their place.
    """
    bare = _bare_list(reading, start, end)
    phrase = bare or member_phrase(reading, start, end)
    if phrase is None or not (bare or _SAYS.search(phrase.text)):
        return None
    mentions = free_places(reading, phrase.start, phrase.end)
    # A city's park among its districts is not the whole of the city.
    finer = [
        m
        for m in mentions
        if m.level != "prefecture" or not _PARK.match(reading.document.text, m.end)
    ]
    location = location_of(reading, finer or mentions, Basis.TEXT)
    if not location.places:
        return None
    if not (bare or _HOLDS_ITSELF.search(phrase.text)):
        location = joined(location_of(reading, named, Basis.TEXT), location)
    return Members(location, phrase.end)


def _bare_list(reading: Reading, start: int, end: int) -> Span | None:
    """The clauses that are nothing but places and their number: `甲市、乙市，丙县等3市县`."""
    whole = Span(start, end, reading.document.text[start:end])
    listed: Span | None = None
    for clause in split_at(whole, "，"):
        if not only_places(reading, clause):
            listed = listed or _before_colon(reading, clause)
            break
        listed = whole.sub(start, clause.end)
    return listed


def _before_colon(reading: Reading, clause: Span) -> Span | None:
    """`——甲市、乙市：丙产业、丁产业`: a colon parts the places from what is made there."""
    head, colon, _ = clause.text.rpartition("：")
    places = clause.sub(clause.start, clause.start + len(head))
    return places if colon and only_places(reading, places) else None


def only_places(reading: Reading, span: Span) -> bool:
    """Whether a stretch is places, the signs between them and their number, and nothing else."""
    rest = span.text
    for place in reading.places_between(span.start, span.end):  # owners and provinces too
        rest = rest.replace(place.surface, "", 1)
    found = free_places(reading, span.start, span.end)
    return bool(found) and _LIST_REST.fullmatch(rest) is not None


def joined(one: Location, other: Location) -> Location:
    """Both locations; a city stays beside a county of its own that it radiates to."""
    if not one.places:
        return other
    places = tuple(dict.fromkeys((*one.places, *other.places)))
    written = tuple(dict.fromkeys((*one.as_written, *other.as_written)))
    precision = Precision.REGION if len(places) > 1 else one.precision
    return Location(places, written, one.basis, precision)


def member_phrase(reading: Reading, start: int, end: int) -> Span | None:
    """The clauses up to the one that says what is to be done, the last one with a place."""
    text = reading.document.text[start:end]
    last: Span | None = None
    for clause in split_at(Span(start, end, text), "，"):
        if _ACT.match(clause.text):
            break
        if last is None or free_places(reading, clause.start, clause.end):
            last = clause
    if last is None:
        return None
    phrase = Span(start, end, text).sub(start, last.end)
    return phrase.sub(phrase.start, phrase.start + len(phrase.text.rstrip("。；，")))


def free_places(reading: Reading, start: int, end: int) -> list[Resolved]:
    """The places named for themselves, without provinces and without owners.

    In `甲市的乙县` the city only says whose county it is, of its time or of today.
    """
    found = [
        place
        for place in reading.places_between(start, end)
        if place.within is None and place.level != "province"
    ]
    text = reading.document.text
    owners = {
        one
        for one, other in pairwise(found)
        if one.level == "prefecture"
        and other.level in ("county", "township", "site")
        and text[one.end : other.start] in _OWNER_GAP
    }
    return [place for place in found if place not in owners]


def developed(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    """The codes of what is to be developed: `重点发展甲、乙和丙等产业`, item by item."""
    text = reading.document.text[start:end]
    lists = next(filter(None, ([m["list"] for m in p.finditer(text)] for p in _DEVELOPED)), [])
    items = [item for listed in lists for item in re.split("[、和与及]|以及", listed)]
    codes = [code for item in items for code in _codes_of(reading.tools.taxonomy, item)]
    return tuple(dict.fromkeys(code for code in codes if code != GENERAL))


def _codes_of(taxonomy: Taxonomy, item: str) -> tuple[str, ...]:
    known = taxonomy.codes_of(_GENERIC_TAIL.sub("", item))
    return taxonomy.classify(None, item) if known is None else known
