"""Where a plan contradicts itself: one thing measured twice, with different results.

Two figures speak of the same thing when subject and measure together have the same words once the
region and the nouns of counting are dropped, whatever the order: a text's `重点推进产业项目` is a
table's `产业｜重点推进项目个数`. A threshold (`亿元以上`) may stand in one of them only. Only dated
figures are compared: without a year two numbers may be of two years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from layers.model import Feature, Issue

_REGION = re.compile(r"^(?:全省|全市|全区|全县|我省|我市|我区|省|市|[一-鿿]{2,8}(?:省|市|自治区))")
_DROPS = re.compile(
    r"[\s　、，的了“”（）()]+|个数|户数|家数|数量|总数|"
    r"(?:[0-9]+|[一二三四五六七八九十百千两]+)[大个]"
)
_THRESHOLD = re.compile(r"[0-9.]*(?:万亿|亿|万)?元以上")
_COUNT_UNITS = frozenset({"项", "个", "家", "户", "户（次）", "户次", "所"})
_SCALES = {"万亿": 1e12, "千亿": 1e11, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4}
_SCALE = re.compile(rf"^(?:{'|'.join(_SCALES)})")
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class _Statement:
    """Features that give one thing one value; `name` and `loose` are its words in order of code."""

    name: str
    loose: str
    threshold: bool
    unit: str
    year: int
    value: float
    features: tuple[Feature, ...]


def contradictions(features: Iterable[Feature]) -> tuple[Issue, ...]:
    """Issues of type `contradiction`, one for each pair of values that cannot both hold.

    `features` may be of any layers and plans; only dated indicators of one plan are compared.
    The issue points at the first of the two figures and names both values and all their lines.
    """
    statements = _statements(features)
    return tuple(
        _issue(one, other)
        for one, other in combinations(statements, 2)
        if _same_thing(one, other) and _differ(one.value, other.value)
    )


def _statements(features: Iterable[Feature]) -> list[_Statement]:
    """The dated figures in the order of the text, those that agree as one."""
    found: dict[tuple[str, str, str, int, float], list[Feature]] = {}
    for feature in features:
        if feature.layer != "indicators" or feature.year is None or feature.value is None:
            continue
        unit, factor = _unit(feature.unit or "")
        words = _words(feature)
        key = (feature.plan, words, unit, feature.year, feature.value * factor)
        found.setdefault(key, []).append(feature)
    return [
        _Statement(
            _sorted(words),
            _sorted(_THRESHOLD.sub("", words)),
            _THRESHOLD.search(words) is not None,
            unit,
            year,
            value,
            tuple(group),
        )
        for (_, words, unit, year, value), group in found.items()
    ]


def _words(feature: Feature) -> str:
    subject = _REGION.sub("", feature.subject or "")
    measure = _REGION.sub("", feature.measure or "")
    return _DROPS.sub("", subject + measure)


def _sorted(words: str) -> str:
    """The words as a bag of characters: subject and measure may be cut differently."""
    return "".join(sorted(words))


def _unit(unit: str) -> tuple[str, float]:
    """The unit without its scale, nouns of counting as one, and the scale as a factor."""
    if unit in _COUNT_UNITS:
        return "项", 1.0
    scale = _SCALE.match(unit)
    if scale is None:
        return unit, 1.0
    bare = unit[scale.end() :]
    return ("项" if bare in _COUNT_UNITS else bare), _SCALES[scale.group()]


def _same_thing(one: _Statement, other: _Statement) -> bool:
    if (one.features[0].plan, one.unit, one.year) != (
        other.features[0].plan,
        other.unit,
        other.year,
    ):
        return False
    if one.name == other.name:
        return True
    return one.threshold != other.threshold and one.loose == other.loose


def _differ(one: float, other: float) -> bool:
    return abs(one - other) > _TOLERANCE * max(abs(one), abs(other))


def _issue(one: _Statement, other: _Statement) -> Issue:
    first, second = one.features[0], other.features[0]
    evidence = first.evidence
    message = (
        f"{first.subject}{first.measure}（{one.year}年）: "
        f"{_said(one.features)}; {_said(other.features)}"
    )
    return Issue(
        type="contradiction",
        plan=first.plan,
        message=message,
        seed=evidence.seed,
        line=evidence.line,
        start=evidence.start,
        end=evidence.end,
        value=f"{_figure(first)} ≠ {_figure(second)}",
        layer="indicators",
        feature=first.id,
    )


def _said(features: Sequence[Feature]) -> str:
    lines = ", ".join(str(line) for line in sorted({f.evidence.line for f in features}))
    noun = "lines" if "," in lines else "line"
    return f"{_figure(features[0])} ({noun} {lines})"


def _figure(feature: Feature) -> str:
    return f"{feature.value:g}{feature.unit or ''}"
