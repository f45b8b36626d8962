"""The industry of an item: the plan's own label, from its heading or its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from layers.extraction.tools import Reading
from layers.plans import Heading, Paragraph

_WRAPPING = re.compile(
    r"^(?:加快|大力|积极|着力|发展|推进|推动|打造|建设|培育|壮大|优先|重点|实施|构建|促进|振兴|做强|做优|做大|做精|提升|改造|优化|升级|巩固|延伸|支持)+|"
    r"(?:产业技术|技术|产业集群|集群|产业基地|工业基地|基地|产业链|产业园区?|园区|重点建设项目|重点项目|产业化)$"
)
_JOINERS = "、和与及－—–-~ 的"


@dataclass(frozen=True, slots=True)
class Label:
    """A label in the plan's words (or None) and the codes that it stands for."""

    text: str | None
    codes: tuple[str, ...]


UNLABELLED = Label(None, ())


def label_for(reading: Reading, paragraph: Paragraph, name: str) -> Label:
    """The innermost heading that is an industry's name; else what the item's words say."""
    for heading in reversed(paragraph.section):
        text = heading_label(reading, heading)
        if text is not None:
            return Label(text, reading.tools.taxonomy.classify(text, name))
    return Label(None, reading.tools.taxonomy.classify(None, name))


def heading_label(reading: Reading, heading: Heading) -> str | None:
    """Return a heading's label: its title, or the industry that its title is about.

    `哈尔滨－大庆生物医药产业集群` carries `生物医药`, without places and generic words.
    """
    return label_in(reading, heading.start, heading.end)


def label_in(reading: Reading, start: int, end: int) -> str | None:
    """Return the label in `text[start:end]`, in the plan's words, or None without industry."""
    taxonomy = reading.tools.taxonomy
    text = reading.document.text[start:end].strip()
    if taxonomy.codes_of(text) is not None:
        return text
    for place in reading.places_between(start, end):
        if not reading.document.text[start : place.start].strip(_JOINERS):
            start = place.end
    text = reading.document.text[start:end].strip(_JOINERS).removesuffix("产业集群")
    while text and taxonomy.codes_of(text) is None:
        shorter = _WRAPPING.sub("", text, count=1).strip(_JOINERS)
        if shorter == text:
            return None
        text = shorter
    return text or None
