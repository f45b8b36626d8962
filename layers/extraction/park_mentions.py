"""Mentions of parks as drafts, and how mentions of one park become one feature."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from geo.resolution import Resolved
from layers.extraction.drafts import Draft
from layers.extraction.labels import Label, label_for
from layers.extraction.lists import Span
from layers.extraction.park_words import level_of
from layers.extraction.placing import Location, place_item
from layers.extraction.tools import Reading
from layers.plans import Paragraph

_SHORT_FORMS = (
    (re.compile(r"高新技术产业(?:开发区|园区|园)"), "高新区"),
    (re.compile(r"经济技术开发区|经济开发区"), "经开区"),
    (re.compile(r"园区"), "园"),
)
_ABBREVIATED = re.compile(r"高新区|经开区")
_SHORTEST_KIND = 2  # code points of 新区, the shortest noun that the crosswalk may know


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of the text that names a park; `listed` where a list of parks does."""

    draft: Draft
    listed: bool = False


def mention_of(
    reading: Reading,
    paragraph: Paragraph,
    name: str,
    quote: tuple[int, int],
    *,
    place: Span | None = None,
    location: Location | None = None,
    level: str | None = None,
    listed: bool = False,
) -> Mention:
    """A mention with its location (given, or that of the words `place`), label and level."""
    if location is None:
        start, end = (place.start, place.end) if place is not None else quote
        location = place_item(reading, paragraph, start, end)
    label = _label(reading, paragraph, name)
    more = {"level": level_of(name) or level}
    return Mention(Draft("parks", name, quote[0], quote[1], location, label, more), listed)


def _label(reading: Reading, paragraph: Paragraph, name: str) -> Label:
    """The heading's industry, else that of the park's name, else that of its kind of zone."""
    label = label_for(reading, paragraph, name)
    if label.codes:
        return label
    codes = reading.tools.taxonomy.classify(None, name)
    return Label(None, codes or _codes_of_kind(reading, name))


def _codes_of_kind(reading: Reading, name: str) -> tuple[str, ...]:
    """What the crosswalk says of the kind of zone that a name ends with (`高新区`: general)."""
    for begin in range(1, len(name) - _SHORTEST_KIND + 1):
        codes = reading.tools.taxonomy.codes_of(name[begin:])
        if codes is not None:
            return codes
    return ()


def merge_mentions(reading: Reading, mentions: Iterable[Mention]) -> list[Draft]:
    """One draft for each park, in the order of the text.

    A list of parks gives the name; else the shortest full form does, the first of equals. What
    that mention does not say of level and industry is taken from the others.
    """
    groups: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.draft.quote_start, m.draft.quote_end)):
        groups.setdefault(_key(reading, mention.draft), []).append(mention)
    drafts = [_merged(group) for group in groups.values()]
    return sorted(drafts, key=lambda d: (d.quote_start, d.quote_end))


def _merged(group: list[Mention]) -> Draft:
    best = min(group, key=_preference).draft
    drafts = [best, *(mention.draft for mention in group)]
    level = next((d.more["level"] for d in drafts if d.more["level"]), None)
    label = next((d.label for d in drafts if d.label.codes), best.label)
    placed = next((d.location for d in drafts if d.location.is_fine), best.location)
    return replace(best, label=label, location=placed, more={**best.more, "level": level})


def _preference(mention: Mention) -> tuple[bool, bool, int, int]:
    draft = mention.draft
    is_short = _ABBREVIATED.search(draft.name) is not None
    return not mention.listed, is_short, len(draft.name), draft.quote_start


def _key(reading: Reading, draft: Draft) -> str:
    """What is the same in all names of a park: divisions as codes, kinds in their short form.

    The plan's region, a province and the division that holds the next one add nothing.
    """
    name = draft.name
    words = [
        word
        for place in reading.places_between(draft.quote_start, draft.quote_end)
        for word in reading.words_of(place)
        if word.surface in name
    ]
    for number, word in enumerate(words):
        after = words[number + 1] if number + 1 < len(words) else None
        name = name.replace(word.surface, _code(reading, draft.name, word, after), 1)
    for pattern, short in _SHORT_FORMS:
        name = pattern.sub(short, name)
    return name


def _code(reading: Reading, name: str, word: Resolved, after: Resolved | None) -> str:
    if word.level == "province" or word.adcodes == (reading.plan.region,):
        return ""
    if word.level not in ("prefecture", "county"):  # two towns may lie in one county
        return word.surface
    if after is not None and word.surface + after.surface in name:
        within = reading.tools.gazetteer.within
        holder = word.adcodes[0]
        if after.adcodes != word.adcodes and all(within(code, holder) for code in after.adcodes):
            return ""
    return f"<{'+'.join(word.adcodes)}>"
