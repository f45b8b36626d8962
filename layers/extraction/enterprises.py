"""The organisation that an item of a list begins with, in the item's words."""

from __future__ import annotations

import re

from layers.extraction.lists import Span, clean_name
from layers.extraction.tools import Reading

ORGANISATION_END = (
    r"集团(?:股份)?有限责任公司|集团(?:股份)?有限公司|集团公司|股份有限公司|有限责任公司|有限公司|分公司|公司|集团|"
    r"股份(?!有限|公司|制|合作)|研究所|研究院|科学院|大学|学院|总厂|制药厂|水泥厂|卷烟厂|涤纶厂|汽轮机厂|锅炉厂|机器厂|[0-9]{3}所|油田|药业|乳业|纸业|"
    r"铜业|矿业|米业|铝业|钢铁|特钢|制药|书店|石化公司|石化|酒业|化工(?=[一-鿿0-9])"
)
_ENTERPRISE = re.compile(
    rf"[^，。；]{{1,34}}?(?:{ORGANISATION_END})(?:[一-鿿（）()]{{0,16}}?(?:有限责任公司|有限公司|分公司|公司))?"
)
_BRAND = re.compile(r"[一-鿿]{2,6}")


def enterprise_of(reading: Reading, item: Span) -> str | None:
    """The organisation that an item begins with, in the item's words, or None."""
    known = [
        m for m in reading.organisations_between(item.start, item.end) if m.start == item.start
    ]
    match = _ENTERPRISE.match(item.text)
    written = match.end() if match is not None else 0
    length = written or max((m.end - m.start for m in known), default=0)
    return clean_name(item.text[: length or _brand(reading, item)]) or None


def _brand(reading: Reading, item: Span) -> int:
    """Length of the firm's name that stands before the item's place: `伊利大庆液态奶` → 2."""
    for place in reading.places_between(item.start, item.end):
        left = item.text[: place.start - item.start].removesuffix("在")
        return len(left) if _BRAND.fullmatch(left) else 0
    return 0


def is_bare(reading: Reading, item: Span) -> bool:
    """Whether an item is the name of an organisation, or its known short form, and no more."""
    match = _ENTERPRISE.match(item.text)
    if match is not None and match.end() == len(item.text):
        return True
    known = reading.organisations_between(item.start, item.end)
    return any((m.start, m.end) == (item.start, item.end) for m in known)


def is_titled(reading: Reading, item: Span) -> bool:
    """Whether the item begins with a firm, and not with an industry that sounds like one."""
    match = _ENTERPRISE.match(item.text)
    if match is None or match.end() <= 3:
        return False
    return reading.tools.taxonomy.codes_of(match.group().removeprefix("现代")) is None
