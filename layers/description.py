"""What a plan says of itself: its title, the years that it is for, the area that it covers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from geo.errors import UnknownPlaceError
from geo.locate import locator_for
from layers.errors import PlanError
from layers.plans import Plan

_FIVE_YEARS: Final = {
    "十五": 2001,
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
}
_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = r"((?:19|20|[一二][九○〇零])[0-9○〇零一二三四五六七八九]{2})"
_PERIOD = re.compile(rf"{_YEAR}\s*年?\s*[-－—–~～至到]{{1,2}}\s*{_YEAR}")
_TERM = re.compile(
    rf"(?:规划|实施|计划|行动|执行)?(?:期限?|时限)(?:为|是|：|，)?\s*{_PERIOD.pattern}"
)
_NAMED = re.compile(r"(?<!十)(十[一二三四五]?五)(?![年个])")
_FROM = re.compile(
    rf"从?{_YEAR}年(?:开始|起)[^。\n]{{0,6}}?(?:连续|用|利用)([一二三四五六七八九3-9])年"
)
_SOME_YEARS = re.compile(r"([一二三四五六七八九十])年[^。，\n]{0,8}(?:规划|计划|方案)")
_DATE = re.compile(rf"{_YEAR}年[0-9一二三四五六七八九十]{{1,3}}月")
_REACH: Final = 2_000  # code points from the beginning in which a plan says what it is
_NUMBERS: Final = "一二三四五六七八九十"

_TITLE_END = r"(?:规划|计划|方案|纲要|意见|行动)"
_TITLE = re.compile(rf"[^。；：《》]*{_TITLE_END}(?=$|[（(])")
_TRANSMITTED = re.compile(rf"《([^《》]{{4,60}}{_TITLE_END})》(?:已|印发|经)")
_BROKEN = re.compile(r"[^。；：，、？！0-9]{2,40}")


def describe_plan(
    text: str, file: Path, *, period: str | None = None, region: str | None = None
) -> Plan:
    """Say what a text is a plan of; what is not given is read off its title and beginning.

    Parameters
    ----------
    text
        The plan.
    file
        Its file, for its id and title.
    period
        `2026-2030`, or None.
    region
        Today's code of a province, prefecture or county, or None.

    Raises
    ------
    PlanError
        When period or region is not given right, or the text does not say.
    """
    head = text[:_REACH]
    title = title_of(head)
    first, last = _given_period(period) if period is not None else _own_period(title, head, file)
    code = region if region is not None else _own_region(title, head, file)
    _check_region(code)
    return Plan(
        id=re.sub(r"[^0-9A-Za-z]+", "-", file.stem).strip("-").lower() or "plan",
        file=file.name,
        title=title or file.stem,
        period_start=first,
        period_end=last,
        region=code,
    )


def title_of(head: str) -> str:
    """The title that stands in a plan's first lines, whole when it is broken; `""` for none."""
    lines = [line for line in map(str.strip, head.split("\n")) if line]
    titles = (number for number, line in enumerate(lines) if _TITLE.match(line))
    number = next(titles, None)
    sent = _TRANSMITTED.search(head)
    if number is None:
        return sent[1] if sent is not None else ""
    title = lines[number]
    if sent is not None and not title.startswith(sent[1]):
        return sent[1]
    before = lines[number - 1] if number else ""
    if number == 1 and _BROKEN.fullmatch(before):
        return before + title
    return title


def _given_period(period: str) -> tuple[int, int]:
    match = re.fullmatch(r"([12][0-9]{3})-([12][0-9]{3})", period)
    if match is None or int(match[1]) > int(match[2]):
        raise PlanError(f"period: {period!r} is not FIRST-LAST; write it as 2026-2030")
    return int(match[1]), int(match[2])


def _own_period(title: str, head: str, file: Path) -> tuple[int, int]:
    """The years of the title, else those of its line in brackets, else those of the beginning."""
    below = head.partition(title)[2].lstrip()[:40] if title else ""
    under = below if below[:1] in "（(" else ""
    found = (
        _years(_PERIOD, title)
        or _years(_PERIOD, under)
        or _named_years(title)
        or _years(_TERM, head)
        or _counted_years(head)
        or _years(_PERIOD, head)
        or _named_years(head)
    )
    if found is None:
        raise PlanError(f"{file}: does not say its period; give it with --period FIRST-LAST")
    return found


def _years(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    for match in pattern.finditer(text):
        first, last = _year(match[1]), _year(match[2])
        if first <= last:
            return first, last
    return None


def _year(digits: str) -> int:
    return int(digits.translate(_DIGITS))


def _named_years(text: str) -> tuple[int, int] | None:
    """The latest five-year plan that is named: a plan looks back at the one before its own."""
    starts = [_FIVE_YEARS[name] for name in _NAMED.findall(text)]
    return (max(starts), max(starts) + 4) if starts else None


def _counted_years(head: str) -> tuple[int, int] | None:
    """`从2011年起，连续3年`, or `三年行动计划` with the date of its issue."""
    start = _FROM.search(head)
    if start is not None:
        count = _NUMBERS.find(start[2]) + 1 or int(start[2])
        return _year(start[1]), _year(start[1]) + count - 1
    some, date = _SOME_YEARS.search(head), _DATE.search(head)
    if some is None or date is None:
        return None
    return _year(date[1]), _year(date[1]) + _NUMBERS.index(some[1])


def _own_region(title: str, head: str, file: Path) -> str:
    """The place that the title begins with; else the province or prefecture named most."""
    locator = locator_for(None)
    places = (p for p in locator.resolve(title) if p.level in ("province", "prefecture", "county"))
    first = next((p for p in places if len(p.adcodes) == 1), None)
    if first is not None:
        return first.adcodes[0]
    code = _most_named(
        place.adcodes[0]
        for place in locator.resolve(head)
        if place.level in ("province", "prefecture") and len(place.adcodes) == 1
    )
    if code is None:
        raise PlanError(f"{file}: does not say its region; give it with --region ADCODE")
    return code


def _most_named(codes: Iterable[str]) -> str | None:
    """The code named most, a province also by the prefectures in it when they are several."""
    named = Counter(codes)
    provinces = Counter({code: n for code, n in named.items() if code.endswith("0000")})
    for code, n in named.items():
        inside = [other for other in named if other[:2] == code[:2] and other != code]
        if len(inside) > 1 and not code.endswith("0000"):
            provinces[f"{code[:2]}0000"] += n
    counted = provinces | named
    return max(counted, key=lambda code: counted[code]) if counted else None


def _check_region(code: str) -> None:
    try:
        locator_for(None).gazetteer.division(code)
    except UnknownPlaceError as error:
        raise PlanError(f"region: {error}; give today's six-digit code") from error
