"""Where an item is: its own words, then its organisation, its sentence, its heading, the scope.

The words of the item come first: where they name a place inside the plan's region, that is it,
even when the organisation that they name sits elsewhere. A known organisation's seat comes next,
unless the sentence or heading says another place; then sentence, heading, and the scope of the
plan when that is finer than a province.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.resolution import Resolved
from layers.extraction.tools import Reading
from layers.model import Basis, Precision
from layers.plans import Paragraph

PRECISION_OF_LEVEL = {
    "site": Precision.SITE,
    "township": Precision.TOWNSHIP,
    "county": Precision.COUNTY,
    "prefecture": Precision.PREFECTURE,
    "province": Precision.PROVINCE,
}
_RANK = {"province": 0, "region": 1, "prefecture": 1, "county": 2, "township": 3, "site": 3}
_PROVINCE_SUFFIX = "0000"
_LIST_SIGNS = frozenset("、和与及以－—–-~～至")
_WHOLE_REGION = re.compile(r"全省|全市|全区|全州|全县")
_WATER = re.compile(r"[江河湖湾](?![东南西北岸口区县市镇乡])")
_PROPER = re.compile(r"(?:市|城|中心城|主城)*区(?=[、和与及以])")  # `甲市区、乙县`: the city proper
_ANCHOR = re.compile(r"依托[^，。；]*")


@dataclass(frozen=True, slots=True)
class Location:
    """Today's codes in the order of the text, the words that name them, and how we know."""

    places: tuple[str, ...] = ()
    as_written: tuple[str, ...] = ()
    basis: Basis = Basis.UNKNOWN
    precision: Precision = Precision.NONE

    @property
    def is_fine(self) -> bool:
        """Whether it says more than the province."""
        return bool(self.places) and self.precision is not Precision.PROVINCE


NOWHERE = Location()


def location_of(reading: Reading, mentions: Sequence[Resolved], basis: Basis) -> Location:
    """The location that mentions inside the plan's region amount to, or `NOWHERE`.

    The region itself and what holds it say nothing where something finer is named too, but for a
    list that it is an item of (`甲市—乙县走廊` in the plan of 甲市). Where a
    park's division stands in the table of sites and not in its words, the basis is `knowledge`.
    """
    inside = [m for m in mentions if all(reading.in_region(code) for code in m.adcodes)]
    region = reading.plan.region
    finer = [m for m in inside if m.adcodes != (region,) or _is_item(reading, inside, m)]
    chosen = _finest(reading, finer or inside)
    if not chosen:
        return NOWHERE
    places = tuple(dict.fromkeys(code for m in chosen for code in m.adcodes))
    written: list[str] = []
    for mention in chosen:
        words = reading.words_of(mention)
        written += [word.surface for word in words] or [mention.surface]
        if basis is Basis.TEXT and not _say(words, mention):
            basis = Basis.KNOWLEDGE
    precision = _precision(reading, chosen, places)
    return Location(places, tuple(dict.fromkeys(written)), basis, precision)


def named_places(reading: Reading, start: int, end: int) -> list[Resolved]:
    """The places in a name, without those that only a river, lake or bay is called after.

    `鄱阳湖经济区` lies around a lake, not in the county of 鄱阳.
    """
    text = reading.document.text
    return [
        place
        for place in reading.places_between(start, end)
        if place.level == "site" or not _WATER.match(text, place.end)
    ]


def _say(words: Iterable[Resolved], mention: Resolved) -> bool:
    """Whether the words themselves name the divisions that are meant."""
    return set(mention.adcodes) <= {code for word in words for code in word.adcodes}


def place_item(
    reading: Reading,
    paragraph: Paragraph,
    start: int,
    end: int,
    *,
    before: tuple[int, int] | None = None,
    institution: bool = False,
) -> Location:
    """The location of the item `text[start:end]` of a paragraph.

    Parameters
    ----------
    reading, paragraph
        The plan, and the paragraph that holds the item.
    start, end
        Offsets of the item into the plan's text.
    before
        The part of its sentence that says where all of its list is
        (`在哈尔滨市、牡丹江市建设…`).
    institution
        Whether the item is an institution of the province, which its name then locates. For
        anything else a province in a firm's name says only where the firm is registered.
    """
    own = _own(reading, start, end, institution=institution)
    if own.is_fine:
        return own
    around = _context(reading, paragraph, start, before)
    seat = _seat(reading, start, end)
    if seat.places and _fits(reading, seat, around):
        return seat
    return around if around.places else own


def heading_location(reading: Reading, paragraph: Paragraph) -> Location:
    """What the innermost heading that names a place says, else the scope of a city's plan."""
    return _context(reading, paragraph, paragraph.start, None)


def region_location(reading: Reading, words: tuple[str, ...], basis: Basis) -> Location:
    """The plan's region as a whole."""
    level = reading.tools.gazetteer.division(reading.plan.region).level
    return Location((reading.plan.region,), words, basis, PRECISION_OF_LEVEL[level])


def _own(reading: Reading, start: int, end: int, *, institution: bool) -> Location:
    mentions = _free_first(reading.places_between(start, end))
    own = location_of(reading, mentions, Basis.TEXT)
    if own.is_fine:
        return own
    if own.places and (institution or any(mention.within is None for mention in mentions)):
        return own
    whole = _WHOLE_REGION.match(reading.document.text, start, end)
    return NOWHERE if whole is None else region_location(reading, (whole.group(),), Basis.TEXT)


def _context(
    reading: Reading, paragraph: Paragraph, start: int, before: tuple[int, int] | None
) -> Location:
    if before is not None:
        named = location_of(reading, _standing_free(reading.places_between(*before)), Basis.CONTEXT)
        if named.is_fine:
            return named
    anchor = _anchor(reading, paragraph, start)
    if anchor.is_fine:
        return anchor
    for heading in reversed(paragraph.section):
        mentions = _standing_free(reading.places_between(heading.start, heading.end))
        named = location_of(reading, mentions, Basis.CONTEXT)
        if named.is_fine:
            return named
    region = reading.plan.region
    if region.endswith(_PROVINCE_SUFFIX):
        return NOWHERE  # that a province's plan is about the province says nothing
    return region_location(reading, (), Basis.CONTEXT)


def _anchor(reading: Reading, paragraph: Paragraph, start: int) -> Location:
    """`依托依兰煤矿…，…重点实施…`: what the paragraph starts from, where that is one place."""
    offset = paragraph.start
    found: list[Resolved] = []
    for match in _ANCHOR.finditer(paragraph.text, 0, max(start - offset, 0)):
        inside = reading.places_between(offset + match.start(), offset + match.end())
        found += [m for m in inside if m.level != "province"]
    named = location_of(reading, found, Basis.CONTEXT)
    is_one = len(named.places) == 1 and named.places != (reading.plan.region,)
    return named if is_one and named.precision is not Precision.PREFECTURE else NOWHERE


def _seat(reading: Reading, start: int, end: int) -> Location:
    seats = [
        match.organisation.adcode
        for match in reading.organisations_between(start, end)
        if reading.in_region(match.organisation.adcode)
    ]
    if not seats:
        return NOWHERE
    division = reading.tools.gazetteer.division(seats[0])
    return Location((seats[0],), (), Basis.KNOWLEDGE, PRECISION_OF_LEVEL[division.level])


def _fits(reading: Reading, seat: Location, around: Location) -> bool:
    """A seat counts unless the words around it place the item elsewhere."""
    within = reading.tools.gazetteer.within
    return not around.places or any(within(seat.places[0], place) for place in around.places)


def _standing_free(mentions: Iterable[Resolved]) -> list[Resolved]:
    return [mention for mention in mentions if mention.within is None]


def _free_first(mentions: list[Resolved]) -> list[Resolved]:
    """Places that stand free beat those inside the name of an organisation."""
    free = [m for m in _standing_free(mentions) if m.level != "province"]
    return free or mentions


def _finest(reading: Reading, mentions: Sequence[Resolved]) -> list[Resolved]:
    """Without those that hold another one of them: 大兴安岭 … 塔源 is 塔源."""
    within = reading.tools.gazetteer.within

    def holds_another(mention: Resolved) -> bool:
        return any(
            _RANK[other.level] > _RANK[mention.level]
            and len(mention.adcodes) == 1
            and all(within(code, mention.adcodes[0]) for code in other.adcodes)
            # In `牡丹江－东宁` and `哈尔滨市、大庆市及肇州县` all are meant.
            and not _is_list(reading, mentions, mention, other)
            for other in mentions
        )

    return [mention for mention in mentions if not holds_another(mention)]


def _is_item(reading: Reading, mentions: Sequence[Resolved], one: Resolved) -> bool:
    """Whether a place is an item of a list of places; a province is none beside its cities."""
    return one.level != "province" and any(
        other != one and _is_list(reading, mentions, one, other) for other in mentions
    )


def _is_list(
    reading: Reading, mentions: Sequence[Resolved], one: Resolved, other: Resolved
) -> bool:
    """Whether only list signs and other places stand between two places, whichever is first."""
    first, last = (one, other) if one.start < other.start else (other, one)
    gap = reading.document.text[first.end : last.start]
    for mention in mentions:
        if first.end <= mention.start and mention.end <= last.start:
            gap = gap.replace(mention.surface, "")
    gap = _PROPER.sub("", gap)
    return bool(gap) and set(gap) <= _LIST_SIGNS


def _precision(reading: Reading, mentions: Sequence[Resolved], places: Sequence[str]) -> Precision:
    if len(places) > 1:
        return Precision.REGION
    mention = mentions[0]
    if mention.level in ("site", "township") and mention.within is None:
        _, _, precision = reading.locator.point(mention.key, places[0])
        return PRECISION_OF_LEVEL[precision]
    return PRECISION_OF_LEVEL[reading.tools.gazetteer.division(places[0]).level]
