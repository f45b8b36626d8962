"""Structures that running text names after their places: `哈大齐工业走廊`, `某新区`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
# Behind a chain of places (`甲—乙—丙冶金建材走廊`) the kind may stand between it and the noun.
_ALONG = re.compile(
    r"”?(?P<kind>[^，。；：、（）“”的—－–-]{0,14}?)(?P<noun>走廊|城市群|都市圈|城镇群|经济圈|发展轴|带)”?"
    r"(?=$|[\s，。；：、（]|[和与及等要将为是由以]|建设|布局|发展|重点|主要|包括|沿线)"
)
_KINDS = ("产业", "经济", "工业", "科创", "创新", "加工", "制造", "资源", "生态")
_JOINS = re.compile(r"\s*[—－–-]{1,2}\s*")
_TALK = re.compile(r"”?(?:问题|课题|概念|构想|之间|经验)")
_NEW_DISTRICT = re.compile(r"[一-鿿]{2,5}(?<!高)(?<!工业)新区")


def named_structures(reading: Reading) -> Iterator[Draft]:
    """Corridors, belts, city clusters and new districts that carry the names of places."""
    text = reading.document.text
    for chain in _chains(reading):
        last = chain[-1]
        end = _end_of_name(reading, chain)
        if end is None or _TALK.match(text, end):
            continue
        # A corridor may lead beyond a city whose plan names it; a far-off one is a mention.
        if not any(reading.in_region(code) for place in chain for code in place.adcodes):
            continue
        yield _name_draft(reading, chain[0].start, last.end, end)


def _chains(reading: Reading) -> Iterator[list[Resolved]]:
    """The places that stand free, with those that dashes join to them: `甲—乙—丙`."""
    chain: list[Resolved] = []
    for place in reading.places:
        if place.within is not None or place.level == "province":
            continue
        if chain and not _JOINS.fullmatch(reading.document.text, chain[-1].end, place.start):
            yield chain
            chain = []
        chain.append(place)
    if chain:
        yield chain


def _end_of_name(reading: Reading, chain: Sequence[Resolved]) -> int | None:
    """Where the name ends that a chain of places begins, or None where it begins none."""
    text, last = reading.document.text, chain[-1]
    named = _NAMED.match(text, last.end)
    if named is not None:
        return named.end()
    along = _ALONG.match(text, last.end) if len(chain) > 1 else None
    # A belt of an industry, not of a railway, a river or a hillside.
    if along is not None and _of_industry(reading, along["kind"]):
        return along.end()
    return last.end if _NEW_DISTRICT.fullmatch(last.surface) and len(chain) == 1 else None


def _of_industry(reading: Reading, kind: str) -> bool:
    return kind.endswith(_KINDS) or bool(reading.tools.taxonomy.classify(None, kind))


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
    kind = text[place_end:end]
    return Draft(
        "layout",
        name,
        start,
        end,
        location,
        Label(None, reading.tools.taxonomy.classify(None, kind)),
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
