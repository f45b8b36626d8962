"""The values that move along the line: a feature, its evidence, an issue.

Everything here is frozen and knows nothing of files, GeoPandas or the web.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from shapely.geometry.base import BaseGeometry


class Basis(StrEnum):
    """What a location rests on, from the strongest to none."""

    TEXT = "text"  # in the item's own words
    CONTEXT = "context"  # its sentence, its heading, or the plan's scope
    KNOWLEDGE = "knowledge"  # the seat of the named organisation or site, from a table
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How fine a location is; coordinates are never finer than their source."""

    SITE = "site"
    TOWNSHIP = "township"
    COUNTY = "county"
    PREFECTURE = "prefecture"
    REGION = "region"  # several places
    PROVINCE = "province"
    NONE = "none"


class Review(StrEnum):
    """Whether a human decision in the curation tables touched the feature."""

    AUTO = "auto"
    CURATED = "curated"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in a seed a statement stands.

    `start` and `end` are offsets into the file's text in Unicode code points, `line` counts
    from 1, and `quote` is `text[start:end]`, verbatim.
    """

    seed: str
    line: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that a plan says, with where it is and how we know.

    `places` are today's six-digit codes, `place_names` today's official names from the
    prefecture down (`哈尔滨市/双城区`), in the order of `places`; `places_as_written` are the
    words of the plan. `geometry` is in WGS 84 (EPSG:4326), longitude first, or None.
    """

    id: str
    layer: str
    plan: str
    period_start: int
    period_end: int
    name: str
    evidence: Evidence
    industry_label: str | None = None
    industries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    place_names: tuple[str, ...] = ()
    places_as_written: tuple[str, ...] = ()
    basis: Basis = Basis.UNKNOWN
    precision: Precision = Precision.NONE
    review: Review = Review.AUTO
    related: tuple[str, ...] = ()
    enterprise: str | None = None  # projects
    status: str | None = None  # projects
    level: str | None = None  # parks: national, provincial, or None where the plan is silent
    existing: bool | None = None  # clusters: stands already, or is planned
    target: str | None = None  # clusters: the aim in the plan's words
    group: str | None = None  # layout: the structure that it is part of
    role: str | None = None  # layout: zone belt bases corridor region node
    subject: str | None = None  # indicators
    measure: str | None = None
    value: float | None = None
    unit: str | None = None
    year: int | None = None
    geometry: BaseGeometry | None = field(default=None, compare=False)

    @property
    def period(self) -> str:
        """The plan's period as the contract writes it: `2011-2013`."""
        return f"{self.period_start}-{self.period_end}"


@dataclass(frozen=True, slots=True)
class Issue:
    """Expected trouble as data: what could not be read, placed or classified, and where.

    `feature` is the id of the feature that it concerns, or None when no feature came of it.
    """

    type: str
    plan: str
    message: str
    seed: str
    line: int
    start: int
    end: int
    value: str
    layer: str | None = None
    feature: str | None = None
