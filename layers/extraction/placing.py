"""Where an item is: its own words, then its organisation, its sentence, its heading, the scope.

The words of the item come first: where they name a place inside the plan's region, that is it,
even when the organisation that they name sits elsewhere. A known organisation's seat comes next,
unless the sentence or heading says another place; then sentence, heading, and the scope of the
plan when that is finer than a province.
"""

from __future__ import annotations

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
_PROVINCE_SUFFIX = "0000"
_LIST_SIGNS = frozenset("、和与及－—–-~～至")


@dataclass(frozen=True, slots=True)
class Location:
    """Today's codes in the order of the text, the words that name them, and how we know.

    `key` is the site or town whose point is meant, or None.
    """

    places: tuple[str, ...] = ()
    as_written: tuple[str, ...] = ()
    basis: Basis = Basis.UNKNOWN
    precision: Precision = Precision.NONE


NOWHERE = Location()


def location_of(reading: Reading, mentions: Sequence[Resolved], basis: Basis) -> Location:
    """The location that mentions inside the plan's region amount to, or `NOWHERE`.

    The region itself and what holds it say nothing where something finer is named too.
    """
    inside = [m for m in mentions if all(reading.in_region(code) for code in m.adcodes)]
    finer = [m for m in inside if m.adcodes != (reading.plan.region,)]
    chosen = _finest(reading, finer or inside)
    if not chosen:
        return NOWHERE
    places = tuple(dict.fromkeys(code for m in chosen for code in m.adcodes))
    written = tuple(dict.fromkeys(m.surface for m in chosen))
    return Location(places, written, basis, _precision(reading, chosen, places))


def place_item(
    reading: Reading,
    paragraph: Paragraph,
    start: int,
    end: int,
    *,
    before: tuple[int, int] | None = None,
) -> Location:
    """The location of the item `text[start:end]` of a paragraph.

    `before` is the part of its sentence that says where all of its list is
    (`在哈尔滨市、牡丹江市建设…`).
    """
    own = location_of(reading, _free_first(reading.places_between(start, end)), Basis.TEXT)
    if own.places and own.precision is not Precision.PROVINCE:
        return own
    around = _context(reading, paragraph, before)
    seat = _seat(reading, start, end)
    if seat.places and _fits(reading, seat, around):
        return seat
    if around.places:
        return around
    return own


def heading_location(reading: Reading, paragraph: Paragraph) -> Location:
    """What the innermost heading that names a place says, else the scope of a city's plan."""
    return _context(reading, paragraph, None)


def _context(reading: Reading, paragraph: Paragraph, before: tuple[int, int] | None) -> Location:
    if before is not None:
        named = location_of(reading, _standing_free(reading.places_between(*before)), Basis.CONTEXT)
        if named.places and named.precision is not Precision.PROVINCE:
            return named
    for heading in reversed(paragraph.section):
        mentions = _standing_free(reading.places_between(heading.start, heading.end))
        named = location_of(reading, mentions, Basis.CONTEXT)
        if named.places and named.precision is not Precision.PROVINCE:
            return named
    return _scope(reading)


def _scope(reading: Reading) -> Location:
    """A city's plan is about the city; the scope of a province's plan says nothing."""
    region = reading.plan.region
    if region.endswith(_PROVINCE_SUFFIX):
        return NOWHERE
    division = reading.tools.gazetteer.division(region)
    return Location((region,), (), Basis.CONTEXT, PRECISION_OF_LEVEL[division.level])


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
    free = [m for m in _standing_free(mentions) if not _is_province(m)]
    return free or mentions


def _is_province(mention: Resolved) -> bool:
    return mention.level == "province"


def _finest(reading: Reading, mentions: Sequence[Resolved]) -> list[Resolved]:
    """Without those that hold another one of them: 大兴安岭 … 塔源 is 塔源."""
    within = reading.tools.gazetteer.within
    rank = {"province": 0, "region": 1, "prefecture": 1, "county": 2, "township": 3, "site": 3}

    def holds_another(mention: Resolved) -> bool:
        return any(
            rank[other.level] > rank[mention.level]
            and len(mention.adcodes) == 1
            and all(within(code, mention.adcodes[0]) for code in other.adcodes)
            # In `牡丹江－东宁` and `大庆、肇州` both are meant.
            and reading.document.text[mention.end : other.start] not in _LIST_SIGNS
            for other in mentions
        )

    return [mention for mention in mentions if not holds_another(mention)]


def _precision(reading: Reading, mentions: Sequence[Resolved], places: Sequence[str]) -> Precision:
    if len(places) > 1:
        return Precision.REGION
    mention = mentions[0]
    if mention.level in ("site", "township"):
        _, _, precision = reading.locator.point(mention.key, places[0])
        return PRECISION_OF_LEVEL[precision]
    return PRECISION_OF_LEVEL[reading.tools.gazetteer.division(places[0]).level]
