"""One work for each of several towns: `在甲县、乙县分别建设某中心`, `甲县、乙县各建一个某厂`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo.resolution import Resolved
from layers.extraction.drafts import Draft
from layers.extraction.labels import label_for
from layers.extraction.lists import Span, clean_name, split_at
from layers.extraction.placing import location_of
from layers.extraction.project_lists import TOWN, only_places
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Sentence

_END = r"(?=$|[，。；])"
_MANY = r"(?:等地|等[市县区]|[两三四五六七八九十]+[市县区地])?"
_BUILD = r"(?:建设|建成|实施|布局|新建|开展|建)"
_NUMBER = r"(?:[一二两三四五六七八九十0-9]*[个批座条处家项])?"
_WORK = r"(?:项目|工程|平台|生产线|中心|示范|加工厂|工厂)"
_WORKS = rf"(?:{_WORK}|[厂园站场库]|园区|基地)"
_PATTERNS = (
    re.compile(  # 各 and 分别 say that there is one for each, whatever it is
        rf"(?:[^，。；：]{{0,8}}在|^|(?<=[，。；：]))(?P<towns>[^，。；：]{{3,80}}?){_MANY}(?:各自?|分别)"
        rf"{_BUILD}{_NUMBER}(?P<what>[^，。；]{{2,30}}?{_WORKS}){_END}"
    ),
    re.compile(
        rf"在(?P<towns>[^，。；]{{3,80}}?){_MANY}(?:共同|同步)?"
        rf"{_BUILD}{_NUMBER}(?P<what>[^，。；、]{{3,24}}?{_WORK}){_END}"
    ),
)
_SHARED = re.compile(
    r"(?:精深|深)?(?:加工|制造|生产|种植|养殖|检测|检验|研发|仓储|物流|集散|产业|科技|工业|示范)*"
    rf"{_WORKS}$"
)
_PARK = re.compile(r"(?:加工|产业|科技|工业|物流|创业|农业|示范)园区?$")


def spread_works(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """The work once for each town; where as many works as towns are named, each its own."""
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(sentence.text):
            start, end = sentence.start + match.start("towns"), sentence.start + match.end("what")
            if any(a < end and start < b for a, b in taken):
                continue
            drafts = list(_of_match(reading, sentence, match))
            if drafts:
                taken.append((start, end))
                yield from drafts


def _of_match(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Iterator[Draft]:
    whole = Span(sentence.start, sentence.end, sentence.text)
    listed = whole.sub(sentence.start + match.start("towns"), sentence.start + match.end("towns"))
    towns = reading.places_between(listed.start, listed.end)
    if not only_places(listed, towns):
        return
    towns = [t for t, after in zip(towns, [*towns[1:], None], strict=True) if not _holds(t, after)]
    if len(towns) < 2:
        return
    what = whole.sub(sentence.start + match.start("what"), sentence.start + match.end("what"))
    for town, work in zip(towns, _works_of(what, len(towns)), strict=True):
        yield Draft(
            "parks" if _PARK.search(work) else "projects",
            clean_name(_written(reading, town) + work),
            town.start,
            what.end,
            location_of(reading, [town], Basis.TEXT),
            label_for(reading, sentence.paragraph, work),
        )


def _holds(town: Resolved, after: Resolved | None) -> bool:
    """Whether a place is only written before the part of it that is meant: `富锦市锦山镇`."""
    return after is not None and after.start == town.end


def _written(reading: Reading, town: Resolved) -> str:
    """The town as written, with a township of it that no table holds: `富锦市长安镇`."""
    township = TOWN.match(reading.document.text[town.end : town.end + 8])
    return town.surface + (township.group() if township is not None else "")


def _works_of(what: Span, towns: int) -> Sequence[str]:
    """What each town gets: `分别建设兰花、茶叶加工园` names two works that share their noun."""
    works = [piece.text for piece in split_at(what, "、")]
    noun = _SHARED.search(what.text)
    if len(works) != towns or noun is None:
        return [what.text] * towns
    return [work if _SHARED.search(work) else work + noun.group() for work in works]
