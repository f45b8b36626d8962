"""Institutions that a plan names as the anchor of a direction of research.

`依托甲研究所加强…技术研究`, `发挥乙大学的优势，开展…研发`: the institution stands for the place,
the clause for what is to be developed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from layers.extraction.drafts import Draft
from layers.extraction.labels import label_for
from layers.extraction.lists import Span, clean_name, split_at
from layers.extraction.placing import place_item
from layers.extraction.tools import Reading
from layers.plans import Sentence

_ANCHORED = re.compile(
    r"(?:依托|发挥)(?P<who>[^，。；]{3,60}?)(?:等[^，。；]{0,16}?)?"
    r"(?P<merit>(?:的?(?:研发|研究|技术|领域|科研|基础|资源|人才|信息技术|研究基础|在[^，。；]{2,24}?)*(?:优势|基础|平台))?)，?"
    r"(?P<what>(?:加强|开展)[^。；]{2,120}?(?:研究|研发|研制|攻关|研究开发|设计|开发))"
)
_INSTITUTION = re.compile(
    r"大学|学院|研究所|研究院|科学院|实验室|研究中心|技术中心|有限公司|集团|[0-9○〇零一二三四五六七八九]{3}所"
)
_MERIT = re.compile(r"(?:研究)?(?:基础)?优势$|研究基础$|(?:信息技术)?领域$|基础$")


def extract_anchors(reading: Reading) -> Iterator[Draft]:
    """Yield an anchor for every institution that is named with its direction of research."""
    for sentence in reading.document.sentences:
        start = 0
        while (match := _ANCHORED.search(sentence.text, start)) is not None:
            yield from _anchors(reading, sentence, match)
            start = match.end()


def _anchors(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Iterator[Draft]:
    whole = Span(sentence.start, sentence.end, sentence.text)
    who = whole.sub(sentence.start + match.start("who"), sentence.start + match.end("who"))
    end = sentence.start + match.end()
    label = label_for(reading, sentence.paragraph, match.group("what"))
    for item in split_at(who, "、"):
        name = _MERIT.sub("", clean_name(item.text))
        if not _INSTITUTION.search(name) or not label.codes:
            continue
        location = place_item(reading, sentence.paragraph, item.start, item.end, institution=True)
        yield Draft("focus", name, item.start, end, location, label)
