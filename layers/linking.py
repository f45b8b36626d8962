"""The same thing in several plans: `related` ids by what a feature is, conservatively.

Two features of one layer in different plans are the same thing when they share a key. A park's
key is the site that its name belongs to, or its name without the words that plans vary; a
project's key is the known organisation that it begins with, or the core of its firm's name; a
cluster's key is its places and industries; a structure of the layout goes by its name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from geo.sites import Site
from layers.model import Feature
from layers.organisations import OrganisationIndex

_MIN_CORE = 2  # code points that a firm's core name must keep

_DASH = re.compile(r"[－—–~～·•-]+")
_COMPANY = re.compile(
    r"(?:集团|股份|有限|责任|总)*公司|集团|[（(][^）)]*[）)]|科技开发|科技|生物工程|生物科技|"
    r"新能源材料|石墨产业园|石油化工|实业|工业"
)
_PARK_VARIANTS = (
    (re.compile(r"产业园区|工业园区|园区"), "园"),
    (re.compile(r"产业园|工业园"), "园"),
    (re.compile(r"国家级|国家|省级"), ""),
)
_LAYOUT_VARIANTS = re.compile(r"建设区$|[“”\"]")


def link_features(
    features: Sequence[Feature],
    organisations: OrganisationIndex,
    sites: Iterable[Site],
) -> tuple[Feature, ...]:
    """Return the features, in order, with the ids of the same thing in other plans.

    Symmetric: when a names b, b names a. A feature is never related to one of its own plan.
    """
    site_of = {name: site.id for site in sites for name in site.names}
    by_key: dict[str, list[Feature]] = defaultdict(list)
    for feature in features:
        for key in _keys(feature, organisations, site_of):
            by_key[key].append(feature)
    related: dict[str, set[str]] = defaultdict(set)
    for group in by_key.values():
        for one in group:
            related[one.id] |= {other.id for other in group if other.plan != one.plan}
    order = {feature.id: number for number, feature in enumerate(features)}
    return tuple(
        replace(feature, related=tuple(sorted(related[feature.id], key=order.__getitem__)))
        for feature in features
    )


def _keys(
    feature: Feature, organisations: OrganisationIndex, site_of: Mapping[str, str]
) -> Iterator[str]:
    if feature.layer == "projects":
        yield from _project_keys(feature, organisations)
    elif feature.layer == "parks":
        name = feature.name
        yield f"parks:{site_of.get(name) or _plain_park(feature)}"
    elif feature.layer == "clusters" and feature.places:
        yield f"clusters:{sorted(feature.places)}:{sorted(feature.industries)}"
    elif feature.layer == "layout":
        yield f"layout:{_LAYOUT_VARIANTS.sub('', feature.name)}"


def _project_keys(feature: Feature, organisations: OrganisationIndex) -> Iterator[str]:
    for match in organisations.find(feature.name):
        if match.start == 0 or match.end <= len(feature.enterprise or ""):
            yield f"organisation:{match.organisation.organisation}"
    if feature.enterprise is not None:
        core = _core(feature)
        if len(core) >= _MIN_CORE:
            yield f"firm:{core}"


def _core(feature: Feature) -> str:
    """A firm's name without places and company words: `大庆福瑞邦生物科技…` → 福瑞邦."""
    name = _without_places(feature.enterprise or "", feature)
    return _COMPANY.sub("", name)


def _plain_park(feature: Feature) -> str:
    name = _DASH.sub("-", feature.name)
    for pattern, plain in _PARK_VARIANTS:
        name = pattern.sub(plain, name)
    return f"{name.replace('市', '')}@{','.join(feature.places)}"


def _without_places(name: str, feature: Feature) -> str:
    words = {word for path in feature.place_names for word in path.split("/")}
    words |= set(feature.places_as_written)
    stems = {re.sub(r"(?:省|市|县|区|地区)$", "", word) for word in words}
    for word in sorted(words | stems, key=len, reverse=True):
        name = name.replace(word, "")
    return name
