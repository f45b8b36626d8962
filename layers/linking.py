"""The same thing in several plans: `related` ids by what a feature is, conservatively.

Two features of one layer in different plans are the same thing when they share a key. A park's
key is the site that its name belongs to, or its name without the words that plans vary; a
project's key is the known organisation that it begins with, or the core of its firm's name; a
cluster's key is its places and industries; a structure of the layout goes by its name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geo.sites import Site
from layers.model import Feature
from layers.organisations import OrganisationIndex

_MIN_CORE = 2  # code points that a firm's core name must keep
_MIN_BRAND = 3  # code points of a firm's core that say, inside a park's name, whose park it is

_DASH = re.compile(r"[－—–~～·•-]+")
_COMPANY = re.compile(
    r"(?:集团|股份|有限|责任|总)*公司|集团|[（(][^）)]*[）)]|科技开发|科技|生物工程|生物科技|生物|"
    r"新能源材料|石墨产业园|石油化工|石化|实业|工业|药业|制药|乳业|乳品|纸业|矿业|食品|铜业"
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
    provinces: Iterable[str],
    is_trade: Callable[[str], bool],
) -> tuple[Feature, ...]:
    """Return the features, in order, with the ids of the same thing in other plans.

    Symmetric: when a names b, b names a. A feature is never related to one of its own plan.
    `provinces` are names that say nothing of whose a thing is (黑龙江省, 黑龙江); `is_trade` says
    of the core of a firm's name that it is but a word for what firms do (电气).
    """
    common = tuple(provinces)
    cores = {feature.id: _core(feature, common) for feature in features if feature.enterprise}
    cores = {key: core for key, core in cores.items() if not is_trade(core)}
    site_of = {name: site.id for site in sites for name in site.names}
    by_key: dict[str, list[Feature]] = defaultdict(list)
    for feature in features:
        for key in _keys(feature, organisations, site_of, cores):
            by_key[key].append(feature)
    for park, project in _parks_of_firms(features, cores):
        by_key[f"{park.id}|{project.id}"] += [park, project]
    related: dict[str, set[str]] = defaultdict(set)
    for group in by_key.values():
        for one in group:
            related[one.id] |= {other.id for other in group if other.plan != one.plan}
    for one, other in _grown_clusters(features):
        related[one.id].add(other.id)
        related[other.id].add(one.id)
    order = {feature.id: number for number, feature in enumerate(features)}
    return tuple(
        replace(feature, related=tuple(sorted(related[feature.id], key=order.__getitem__)))
        for feature in features
    )


def linked_pairs(
    records: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield every pair of an atlas' records that are `related`, once, the earlier plan first."""
    by_id = {record["id"]: record for record in records}
    for one in records:
        for other in (by_id[related] for related in one["related"]):
            if (one["period_start"], one["plan"]) < (other["period_start"], other["plan"]):
                yield one, other


def _grown_clusters(features: Sequence[Feature]) -> Iterator[tuple[Feature, Feature]]:
    """Yield clusters of one industry in two plans, one with all the members of the other.

    哈尔滨－大庆生物医药 grew to 哈尔滨-大庆-牡丹江.
    """
    clusters = [f for f in features if f.layer == "clusters" and len(f.places) > 1]
    for one in clusters:
        for other in clusters:
            if (
                one.plan != other.plan
                and set(one.places) < set(other.places)
                and set(one.industries) & set(other.industries)
                and set(_first_level(one)) == set(_first_level(other))
            ):
                yield one, other


def _parks_of_firms(
    features: Sequence[Feature], cores: Mapping[str, str]
) -> Iterator[tuple[Feature, Feature]]:
    """Yield a park that carries a firm's name, with the firm's project in another plan."""
    projects = [(f, cores.get(f.id, "")) for f in features if f.layer == "projects"]
    for park in features:
        if park.layer != "parks":
            continue
        for project, core in projects:
            if len(core) >= _MIN_BRAND and core in park.name and park.plan != project.plan:
                yield park, project


def _first_level(feature: Feature) -> list[str]:
    return [code.partition(".")[0] for code in feature.industries]


def _keys(
    feature: Feature,
    organisations: OrganisationIndex,
    site_of: Mapping[str, str],
    cores: Mapping[str, str],
) -> Iterator[str]:
    if feature.layer == "projects":
        yield from _project_keys(feature, organisations, cores)
    elif feature.layer == "parks":
        yield f"parks:{site_of.get(feature.name) or _plain_park(feature)}"
        for match in organisations.find(feature.name):
            yield f"park of:{match.organisation.organisation}"
    elif feature.layer == "clusters" and feature.places:
        yield f"clusters:{sorted(feature.places)}:{sorted(feature.industries)}"
    elif feature.layer == "layout":
        yield f"layout:{_LAYOUT_VARIANTS.sub('', feature.name)}"


def _project_keys(
    feature: Feature, organisations: OrganisationIndex, cores: Mapping[str, str]
) -> Iterator[str]:
    initial = organisations.find_at(feature.name, 0, len(feature.name))
    for match in organisations.find(feature.name):
        if match.start == 0 or match.end <= len(feature.enterprise or ""):
            yield f"organisation:{match.organisation.organisation}"
    if initial is not None:
        yield f"organisation:{initial.organisation.organisation}"
    core = cores.get(feature.id, "")
    if len(core) >= _MIN_CORE:
        # Firms of one short name in unlike trades are not one firm.
        for code in sorted(set(_first_level(feature))):
            yield f"firm:{core}:{code}"


def _core(feature: Feature, common: Sequence[str]) -> str:
    """A firm's name without places and company words: `大庆福瑞邦生物科技…` → 福瑞邦."""
    name = _without_places(feature.enterprise or "", feature, common)
    return _COMPANY.sub("", name)


def _plain_park(feature: Feature) -> str:
    name = _DASH.sub("-", feature.name)
    for pattern, plain in _PARK_VARIANTS:
        name = pattern.sub(plain, name)
    return f"{name.replace('市', '')}@{','.join(feature.places)}"


def _without_places(name: str, feature: Feature, common: Sequence[str]) -> str:
    words = {word for path in feature.place_names for word in path.split("/")}
    words |= {*feature.places_as_written, *common}
    stems = {re.sub(r"(?:省|市|县|区|地区)$", "", word) for word in words}
    for word in sorted(words | stems, key=len, reverse=True):
        name = name.replace(word, "")
    return name
