"""Structures that running text names after their places: `哈大齐工业走廊`, `某新区`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geo.locate import locator_for
from geo.resolution import Resolved
from layers.extraction.drafts import Draft
from layers.extraction.labels import Label
from layers.extraction.lists import clean_name
from layers.extraction.placing import Location, location_of
from layers.extraction.structures import role_of
from layers.extraction.tools import Reading
from layers.model import Basis, Precision

_NAMED = re.compile(
    r"”?(?P<noun>工业走廊|经济走廊|产业走廊|科创走廊|经济带|产业带|城市群|都市圈|城镇群|经济圈|工业带|创新带)"
)
_TALK = re.compile(r"”?(?:问题|课题|概念|构想|之间|经验)")
_NEW_DISTRICT = re.compile(r"[一-鿿]{2,5}(?<!高)(?<!工业)新区")


def named_structures(reading: Reading) -> Iterator[Draft]:
    """Corridors, belts, city clusters and new districts that carry a place's name."""
    text = reading.document.text
    for place in reading.places:
        named = _NAMED.match(text, place.end)
        if place.within is not None or place.level == "province":
            continue
        if named is None and not _NEW_DISTRICT.fullmatch(place.surface):
            continue
        if _TALK.match(text, place.end if named is None else named.end()):
            continue
        # A corridor may lead beyond a city whose plan names it; a far-off one is a mention.
        if not any(map(reading.in_region, place.adcodes)):
            continue
        yield _name_draft(reading, place.start, place.end, named.end() if named else place.end)


def _name_draft(reading: Reading, start: int, place_end: int, end: int) -> Draft:
    text = reading.document.text
    if text[start - 1 : start] == "“" and "”" in text[place_end:end]:
        start -= 1
    name = clean_name(text[start:end]).replace("“", "").replace("”", "")
    mentions = reading.places_between(start, end)
    if len(mentions) == 1 and _NEW_DISTRICT.fullmatch(mentions[0].surface):
        return _new_district_draft(reading, mentions[0])
    known = tuple(dict.fromkeys(code for p in mentions for code in p.adcodes))
    location = location_of(reading, mentions, Basis.TEXT)
    if not location.places and known:  # a city's plan names the corridor that it lies on
        location = Location(known, (mentions[0].surface,), Basis.TEXT, Precision.REGION)
    return Draft(
        "layout",
        name,
        start,
        end,
        location,
        Label(None, ()),
        {"group": None, "role": role_of(name)},
    )


def _new_district_draft(reading: Reading, place: Resolved) -> Draft:
    """A new district by the table of names: its words name the city, not the districts."""
    location = location_of(reading, [place], Basis.TEXT)
    stem = place.surface.removesuffix("新区")
    words = locator_for(reading.plan.year, sites=False).resolve(stem, place.adcodes[0])
    named = tuple(word.surface for word in words)
    if named and {code for word in words for code in word.adcodes} != set(location.places):
        location = replace(location, as_written=named, basis=Basis.KNOWLEDGE)
    more = {"group": None, "role": "zone"}
    return Draft("layout", place.surface, place.start, place.end, location, Label(None, ()), more)
