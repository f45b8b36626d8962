"""The atlas as the pages need it: read once, held in memory, read anew when the file changes."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from flask import current_app
from geopandas import GeoDataFrame
from pandas import DataFrame

from layers.atlas import Atlas
from layers.errors import AtlasError
from layers.model import Feature
from layers.query import Facts, Filter, select
from layers.schema import FEATURE_LAYERS, GEOMETRY_KINDS, LAYERS, features_from_layer, plain_values
from webmap.structures import Structure, newest_structure, stands_for_many
from webmap.symbols import Symbol, SymbolTable, load_symbols

MAP_LAYERS = ("layout", "clusters", "parks", "projects")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan of the library, as its table tells it; None where the table is silent."""

    id: str
    file: str
    title: str
    title_en: str | None
    issuer: str | None
    issuer_en: str | None
    number: str | None
    published: str | None
    period: str
    period_start: int
    period_end: int
    region: str
    subjects: tuple[str, ...]
    scope_note: str | None
    scope_note_en: str | None
    missing: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class IndustryRow:
    """An industry of the taxonomy; `parent` is None on the first level."""

    code: str
    parent: str | None
    zh: str
    en: str
    gbt4754: tuple[str, ...]
    emerging2018: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A paragraph of a plan: its line in the file from 1, its offsets, its headings."""

    plan: str
    line: int
    start: int
    end: int
    section: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class IssueRow:
    """Something that could not be read, placed or classified, and where in the plan."""

    type: str
    plan: str
    layer: str | None
    feature: str | None
    message: str
    line: int
    start: int
    end: int
    value: str


Row = TypeVar("Row", PlanRow, IndustryRow, ParagraphRow, IssueRow)


@dataclass(frozen=True)
class Reading:
    """One version of the atlas, in memory. `tag` changes with the file."""

    atlas: Atlas
    tag: str
    layers: Mapping[str, GeoDataFrame]
    features: Mapping[str, Feature]
    plans: Mapping[str, PlanRow]
    industries: Mapping[str, IndustryRow]
    facts: Facts
    symbols: SymbolTable

    def selected(self, layer: str, chosen: Filter) -> tuple[Feature, ...]:
        """Return the features of one layer that a filter takes."""
        return tuple(self.features[id_] for id_ in select(self.layers[layer], chosen)["id"])

    def symbol(self, feature: Feature) -> Symbol:
        """Return what the feature looks like."""
        return self.symbols.symbol(feature.industries)

    def features_of(self, plan: str) -> tuple[Feature, ...]:
        """Return the features that a plan states, in the order of its text."""
        found = (feature for feature in self.features.values() if feature.plan == plan)
        return tuple(sorted(found, key=lambda feature: feature.evidence.start))

    def paragraphs(self, plan: str) -> tuple[ParagraphRow, ...]:
        """Return the paragraphs of a plan in the order of its text."""
        return _rows(ParagraphRow, self.atlas.paragraphs(plan))

    @cached_property
    def issues(self) -> tuple[IssueRow, ...]:
        """Everything that could not be read, placed or classified."""
        return _rows(IssueRow, self.atlas.issues())

    @cached_property
    def layout(self) -> tuple[Feature, ...]:
        """The features of the layer `layout`."""
        return tuple(f for f in self.features.values() if f.layer == "layout")

    @cached_property
    def structure(self) -> Structure | None:
        """The spatial structure that the map shows at first."""
        return newest_structure(self.layout)

    @cached_property
    def many_bases(self) -> tuple[Feature, ...]:
        """The features that mean many bases at once and name no place for them."""
        return tuple(f for f in self.layout if stands_for_many(f, self.layout))

    @cached_property
    def children(self) -> Mapping[str, tuple[IndustryRow, ...]]:
        """The industries of the second level, by their parent."""
        found: dict[str, list[IndustryRow]] = {}
        for row in self.industries.values():
            if row.parent is not None:
                found.setdefault(row.parent, []).append(row)
        return {code: tuple(rows) for code, rows in found.items()}

    @property
    def listed_layers(self) -> tuple[str, ...]:
        """The layers of features that the map page can list: those drawn, and the figures."""
        return FEATURE_LAYERS

    @property
    def drawn_layers(self) -> tuple[str, ...]:
        """The layers of features that have a shape and so a place on the map."""
        return tuple(name for name in FEATURE_LAYERS if GEOMETRY_KINDS[name] != "none")

    @property
    def region(self) -> str:
        """Adcode of the province that the plans are for, the most frequent one."""
        codes = [f"{plan.region[:2]}0000" for plan in self.plans.values()]
        return max(sorted(set(codes)), key=codes.count)


def open_reading(path: Path) -> Reading:
    """Read the whole atlas.

    Raises
    ------
    AtlasError
        It is missing, damaged, of another version, or holds no plan.
    """
    atlas = Atlas.open(path)
    layers = {name: atlas.layer(name) for name in LAYERS}
    features = {
        feature.id: feature
        for name in FEATURE_LAYERS
        for feature in features_from_layer(layers[name])
    }
    plans = _rows(PlanRow, atlas.plans())
    if not plans:
        raise AtlasError(f"{path} holds no plan; build it with `planmap build`")
    return Reading(
        atlas=atlas,
        tag=_tag(path),
        layers=layers,
        features=features,
        plans={plan.id: plan for plan in plans},
        industries={row.code: row for row in _rows(IndustryRow, atlas.industries())},
        facts=atlas.facts(),
        symbols=load_symbols(),
    )


def _rows(kind: type[Row], table: DataFrame) -> tuple[Row, ...]:
    """Return the rows of a table as values of a dataclass whose fields are its columns."""
    columns = [plain_values(table[field.name]) for field in fields(kind)]
    return tuple(kind(*values) for values in zip(*columns, strict=True))


class Shelf:
    """Holds the current reading of an atlas file; safe to use from several threads."""

    def __init__(self, path: Path, read: Callable[[Path], Reading] = open_reading) -> None:
        self._path = path
        self._read = read
        self._lock = threading.Lock()
        self._tag = _tag(path)
        self._reading = read(path)

    def reading(self) -> Reading:
        """Return the atlas; read anew when another file has been put in its place.

        A file that cannot be read leaves the last good reading in use.
        """
        tag = _tag(self._path)
        if tag != self._tag:
            with self._lock:
                if tag != self._tag:
                    self._tag = tag
                    self._reading = self._read_or_keep()
        return self._reading

    def _read_or_keep(self) -> Reading:
        try:
            return self._read(self._path)
        except AtlasError as error:
            current_app.logger.warning("keeping the last atlas: %s", error)
            return self._reading


def current_reading() -> Reading:
    """Return the atlas of the application that answers this request."""
    return cast("Shelf", current_app.extensions["planmap"].shelf).reading()


def _tag(path: Path) -> str:
    """Return a short text that changes whenever the file is replaced."""
    try:
        status = path.stat()
    except OSError:
        return "missing"
    known = f"{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"
    return hashlib.sha256(known.encode()).hexdigest()[:12]
