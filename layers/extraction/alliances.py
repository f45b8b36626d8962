"""Technology alliances: the rows of an annex table whose title speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from layers.extraction.drafts import Draft
from layers.extraction.labels import Label
from layers.extraction.placing import place_item
from layers.extraction.tools import Reading

_ROW = re.compile(
    r"\s*(?P<number>[0-9]{1,3})\s*\t+\s*(?P<name>[^\t]*?联盟)(?:[（(](?P<note>[^）)]*)[）)])?\s*$"
)
_WRAPPING = re.compile(
    r"产业技术创新战略联盟|产业技术创新联盟|技术创新战略联盟|服务创新联盟|产业技术联盟|产业联盟|联盟"
)
_LEVEL = {"国家": "national"}


def extract_alliances(reading: Reading) -> Iterator[Draft]:
    """One draft for each numbered row `1<tab>…联盟（国家）` under a title that names alliances."""
    for paragraph in reading.document.paragraphs:
        if paragraph.kind != "row" or not any("联盟" in title for title in paragraph.path):
            continue
        row = _ROW.match(paragraph.text)
        if row is None:
            continue
        start, end = paragraph.start + row.start("name"), paragraph.start + row.end("name")
        name = row.group("name")
        yield Draft(
            "alliances",
            name,
            start,
            paragraph.start + row.end(),
            place_item(reading, paragraph, start, end, institution=True),
            Label(None, _codes(reading, start, end)),
            {"level": _LEVEL.get(row.group("note") or "")},
        )


def _codes(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    """The codes of what is left of a name without its places and the words for an alliance."""
    taxonomy = reading.tools.taxonomy
    core = reading.document.text[start:end]
    for place in reading.places_between(start, end):
        core = core.replace(place.surface, "")
    core = _WRAPPING.sub("", core)
    return taxonomy.codes_of(core) or taxonomy.classify(None, core)
