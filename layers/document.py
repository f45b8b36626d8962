"""One plan that is not in the library: what it is, and the features that it holds."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.errors import UnknownPlaceError
from geo.locate import locator_for
from layers import schema
from layers.errors import PlanError
from layers.extraction import extract_features, read_tools
from layers.placement import place_features, read_ground
from layers.plans import Document, Plan

_PERIOD = re.compile(r"((?:19|20)[0-9]{2})\s*[-－—–~～至]\s*((?:19|20)[0-9]{2})\s*年?")
_FIVE_YEARS: Final = {
    "十五": 2001,
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
}
_NAMED_PERIOD = re.compile(
    r"“?(十[一二三四五]?五)”?(?:时期|期间)?[^。\n]{0,30}(?:规划|计划|方案|纲要)"
)
_SOME_YEARS = re.compile(r"([一二三四五六七八九十])年[^。，\n]{0,8}(?:规划|计划|方案)")
_DATE = re.compile(r"((?:19|20)[0-9]{2})年[0-9]{1,2}月")
_TITLE_REACH: Final = 2_000  # code points from the beginning in which a plan says what it is
_TITLE = re.compile(r"(?:规划|计划|方案|纲要|意见|行动)$")


def describe_plan(
    text: str, file: Path, *, period: str | None = None, region: str | None = None
) -> Plan:
    """Say what a text is a plan of; what is not given is read off its beginning.

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
    first, last = _given_period(period) if period is not None else _own_period(text, file)
    code = region if region is not None else _own_region(text, file)
    _check_region(code)
    title = next((line.strip() for line in text.split("\n") if _TITLE.search(line.strip())), "")
    return Plan(
        id=re.sub(r"[^0-9A-Za-z]+", "-", file.stem).strip("-").lower() or "plan",
        file=file.name,
        title=title or file.stem,
        period_start=first,
        period_end=last,
        region=code,
    )


def extract_document(plan: Plan, text: str) -> gpd.GeoDataFrame:
    """Return the features of one plan, all layers in one frame (EPSG:4326), in layer order."""
    tools = read_tools()
    extraction = extract_features(Document(plan, text), tools)
    placed = place_features(extraction.features, read_ground(tools.gazetteer))
    frames = [
        schema.layer_from_features([f for f in placed if f.layer == layer], layer)
        for layer in schema.FEATURE_LAYERS
    ]
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    return gpd.GeoDataFrame(pd.concat(filled, ignore_index=True), crs="EPSG:4326")


def _given_period(period: str) -> tuple[int, int]:
    match = re.fullmatch(r"([12][0-9]{3})-([12][0-9]{3})", period)
    if match is None or int(match[1]) > int(match[2]):
        raise PlanError(f"period: {period!r} is not FIRST-LAST; write it as 2026-2030")
    return int(match[1]), int(match[2])


def _own_period(text: str, file: Path) -> tuple[int, int]:
    head = text[:_TITLE_REACH]
    years = _PERIOD.search(head)
    if years is not None and int(years[1]) <= int(years[2]):
        return int(years[1]), int(years[2])
    named = _NAMED_PERIOD.search(head)
    if named is not None:
        first = _FIVE_YEARS[named[1]]
        return first, first + 4
    some, date = _SOME_YEARS.search(head), _DATE.search(head)
    if some is not None and date is not None:
        first = int(date[1])
        return first, first + "一二三四五六七八九十".index(some[1])
    raise PlanError(f"{file}: does not say its period; give it with --period FIRST-LAST")


def _own_region(text: str, file: Path) -> str:
    """The province or prefecture that the beginning names most."""
    named = Counter(
        place.adcodes[0]
        for place in locator_for(None).resolve(text[:_TITLE_REACH])
        if place.level in ("province", "prefecture") and len(place.adcodes) == 1
    )
    if not named:
        raise PlanError(f"{file}: does not say its region; give it with --region ADCODE")
    return named.most_common(1)[0][0]


def _check_region(code: str) -> None:
    try:
        locator_for(None).gazetteer.division(code)
    except UnknownPlaceError as error:
        raise PlanError(f"region: {error}; give today's six-digit code") from error
