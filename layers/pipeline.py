"""The line from plans to an atlas: `build_atlas` is the one readable list of its steps."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

import geo
import layers as package
from geo.gazetteer import Gazetteer
from geo.recognition import short_name
from layers import schema
from layers.atlas import AtlasContent, planmap_version
from layers.curation import NO_CURATION, Curation, apply_curation
from layers.errors import TableError
from layers.extraction import Extraction, extract_features
from layers.extraction.tools import Tools, read_tools
from layers.linking import link_features
from layers.model import Feature, Issue
from layers.placement import Ground, place_features, read_ground, why_unlocated
from layers.plans import Document, Library
from layers.query import is_within
from layers.taxonomy import Taxonomy

Progress = Callable[[str], None]
"""Called with a word on what has been done, once a step."""

UNLOCATED: Final = "unlocated"
"""Type of the issue that says why a feature is not on the map."""

UNCLASSIFIED: Final = "unclassified"
"""Type of the issue about a label, or a name without label, that the crosswalk knows nothing of."""

_OF_AN_INDUSTRY: Final = ("projects", "clusters", "focus")
"""Layers whose features are each about an industry; parks and structures need not be."""


def build_atlas(
    library: Library,
    tools: Tools,
    *,
    jobs: int = 1,
    strict: bool = False,
    curation: Curation = NO_CURATION,
    progress: Progress | None = None,
) -> AtlasContent:
    """Turn plans into everything that an atlas holds.

    Parameters
    ----------
    library
        The plans and their texts.
    tools
        The tables that extraction reads with.
    jobs
        Processes among which the plans are divided.
    strict
        Whether a label that the crosswalk has no row for fails the build, as it should for the
        plans that planmap comes with; else it is an issue.
    curation
        Human decisions, applied to what was extracted.
    progress
        Called after each plan and after each later step; see `count_steps`.

    Raises
    ------
    TableError
        When `strict`, and a label has no row; when a decision of the curation fits nothing.
    SchemaError
        When a layer that was built breaks the schema.
    """
    done = progress or (lambda _: None)
    extractions = extract_library(library, tools, jobs, done)
    features = [feature for extraction in extractions for feature in extraction.features]
    issues = [issue for extraction in extractions for issue in extraction.issues]

    ground = read_ground(tools.gazetteer)
    documents = {document.plan.id: document for document in library.documents}
    curated = apply_curation(features, curation, documents, tools.gazetteer, tools.taxonomy)
    placed = place_features(curated, ground)
    done("places")
    provinces = names_of_provinces(library, tools.gazetteer)
    linked = link_features(
        placed, tools.organisations, ground.sites, provinces, tools.taxonomy.is_term
    )
    done("links")
    unclassified = unclassified_issues(linked)
    if strict:
        labelled = [feature for feature in linked if feature.industry_label is not None]
        refuse_unclassified(unclassified_issues(labelled))
    issues += [*unclassified, *unlocated_issues(linked)]
    content = assemble(library, linked, issues, tools.taxonomy, ground)
    content.validate()
    done("check")
    return content


def count_steps(library: Library) -> int:
    """Return how often `build_atlas` calls its `progress`."""
    return len(library.documents) + 3


def extract_library(library: Library, tools: Tools, jobs: int, done: Progress) -> list[Extraction]:
    """Extract every plan, in the order of the library, in this process or in several."""
    documents = library.documents
    if jobs <= 1 or len(documents) <= 1:
        return list(_reporting((extract_features(d, tools) for d in documents), documents, done))
    workers = min(jobs, len(documents))
    # Spawned, not forked: a fork would copy the locks of a parent that runs threads.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(_reporting(pool.map(_extract_in_worker, documents), documents, done))


def _reporting(
    extractions: Iterable[Extraction], documents: Sequence[Document], done: Progress
) -> Iterator[Extraction]:
    for document, extraction in zip(documents, extractions, strict=True):
        done(document.plan.id)
        yield extraction


@cache
def _worker_tools() -> Tools:
    return read_tools()


def _extract_in_worker(document: Document) -> Extraction:
    return extract_features(document, _worker_tools())


def unlocated_issues(features: Iterable[Feature]) -> list[Issue]:
    """Return an issue, with the reason in words, for each feature that no map can show."""
    return [
        _issue_of(feature, UNLOCATED, feature.name, reason)
        for feature in features
        if (reason := why_unlocated(feature)) is not None
    ]


def unclassified_issues(features: Iterable[Feature]) -> list[Issue]:
    """Return an issue for each feature whose industry the crosswalk does not know.

    It is about the label, in the plan's words; a project, cluster or statement of focus without
    a label is one by its name.
    """
    return [
        _unclassified(feature)
        for feature in features
        if not feature.industries
        and (feature.industry_label is not None or feature.layer in _OF_AN_INDUSTRY)
    ]


def _unclassified(feature: Feature) -> Issue:
    label = feature.industry_label
    if label is None:
        message = "no word of its name is in industry_terms.csv"
        return _issue_of(feature, UNCLASSIFIED, feature.name, message)
    message = f"the label {label} has no row in industry_terms.csv"
    return _issue_of(feature, UNCLASSIFIED, label, message)


def refuse_unclassified(issues: Sequence[Issue]) -> None:
    """Fail on labels without a row.

    Raises
    ------
    TableError
        With each label and where it stands first.
    """
    if issues:
        spots: dict[str, str] = {}
        for issue in issues:
            spots.setdefault(issue.value, f"{issue.value} ({issue.seed}, line {issue.line})")
        raise TableError(f"industry_terms.csv: add a row for {', '.join(spots.values())}")


def _issue_of(feature: Feature, kind: str, value: str, message: str) -> Issue:
    evidence = feature.evidence
    return Issue(
        type=kind,
        plan=feature.plan,
        message=message,
        seed=evidence.seed,
        line=evidence.line,
        start=evidence.start,
        end=evidence.end,
        value=value,
        layer=feature.layer,
        feature=feature.id,
    )


def assemble(
    library: Library,
    features: Sequence[Feature],
    issues: Sequence[Issue],
    taxonomy: Taxonomy,
    ground: Ground,
) -> AtlasContent:
    """Lay features, issues, plans and industries out as the tables of an atlas."""
    by_layer: dict[str, list[Feature]] = {name: [] for name in schema.FEATURE_LAYERS}
    for feature in features:
        by_layer[feature.layer].append(feature)
    regions = regions_of(library, ground.gazetteer)
    layers = {name: schema.layer_from_features(chosen, name) for name, chosen in by_layer.items()}
    layers["places"] = build_places(features, regions, ground)
    return AtlasContent(
        layers=layers,
        issues=schema.issues_table(issues),
        plans=schema.table_from_records(map(_plan_row, library.documents), "plans"),
        paragraphs=schema.table_from_records(
            (row for document in library.documents for row in _paragraph_rows(document)),
            "paragraphs",
        ),
        industries=schema.table_from_records(
            (
                {column.name: getattr(industry, column.name) for column in _INDUSTRY_COLUMNS}
                for industry in taxonomy.industries
            ),
            "industries",
        ),
        inputs=input_hashes(library.folder),
        regions=regions,
        folder=library.folder,
    )


_INDUSTRY_COLUMNS: Final = schema.TABLES["industries"]


def names_of_provinces(library: Library, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the full and short names of the provinces that the plans speak of."""
    codes = sorted({f"{document.plan.region[:2]}0000" for document in library.documents})
    names = [gazetteer.division(code).name for code in codes]
    return tuple(form for name in names for form in (name, short_name(name)) if form)


def regions_of(library: Library, gazetteer: Gazetteer) -> dict[str, str]:
    """Return code and name of the regions of the plans and of the provinces that hold them."""
    codes = {document.plan.region for document in library.documents}
    codes |= {f"{code[:2]}0000" for code in codes}
    return {code: gazetteer.division(code).name for code in sorted(codes)}


def build_places(
    features: Iterable[Feature], regions: Iterable[str], ground: Ground
) -> gpd.GeoDataFrame:
    """Return the prefectures and counties of the regions with what the plans say of each.

    A feature counts for each division that it names and for the prefecture that holds it, once.
    `counts` has, by period, the number of features of each industry code, and of the first
    level of each code.
    """
    gazetteer = ground.gazetteer
    divisions = sorted(
        (
            division
            for division in gazetteer.divisions()
            if division.level in ("prefecture", "county")
            and any(is_within(division.adcode, region) for region in regions)
        ),
        key=lambda division: division.adcode,
    )
    naming: dict[str, list[Feature]] = defaultdict(list)
    for feature in features:
        for code in _with_prefectures(feature.places):
            naming[code].append(feature)
    records = [
        {
            "id": division.adcode,
            "layer": "places",
            "adcode": division.adcode,
            "name": division.name,
            "level": division.level,
            "path": gazetteer.path(division.adcode),
            **_tally(naming[division.adcode]),
        }
        for division in divisions
    ]
    shapes = ground.polygons.geometry
    return schema.places_layer(records, [shapes.get(d.adcode) for d in divisions])


def _with_prefectures(places: Iterable[str]) -> set[str]:
    """Return the divisions and the prefectures that hold them (digits 3 and 4 of the code)."""
    return {code for place in places for code in (place, f"{place[:4]}00")}


def _tally(features: Sequence[Feature]) -> dict[str, Any]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for feature in features:
        counts[feature.period].update(_with_first_level(feature.industries))
    codes = sorted({code for counter in counts.values() for code in counter})
    return {
        "industries": tuple(codes),
        "plans": tuple(dict.fromkeys(feature.plan for feature in features)),
        "periods": tuple(sorted(counts)),
        "n_features": len(features),
        "counts": json.dumps(
            {period: dict(sorted(counts[period].items())) for period in sorted(counts)}
        ),
    }


def _with_first_level(codes: Iterable[str]) -> set[str]:
    return {part for code in codes for part in (code, code.partition(".")[0])}


def _plan_row(document: Document) -> dict[str, Any]:
    plan = document.plan
    own = {
        column.name: getattr(plan, column.name)
        for column in schema.TABLES["plans"]
        if column.name != "text"
    }
    published = None if plan.published is None else plan.published.isoformat()
    return {**own, "published": published, "text": document.source}


def _paragraph_rows(document: Document) -> Iterator[dict[str, Any]]:
    for paragraph in document.paragraphs:
        yield {
            "plan": document.plan.id,
            "line": paragraph.line,
            "start": paragraph.start,
            "end": paragraph.end,
            "kind": paragraph.kind,
            # For display only, so that a separator in a title may be exchanged.
            "section": tuple(title.replace(";", "；") for title in paragraph.path if title),
            "text": document.source[paragraph.start : paragraph.end],
        }


# -- inputs -------------------------------------------------------------------------------


def input_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of everything that a build depends on, by name.

    The plans' folder, the data tables, the built geographic data, and the code of `geo` and
    `layers` as one entry: an atlas of an older planmap is stale as well.
    """
    plans = [f for f in sorted(folder.iterdir()) if f.suffix in (".txt", ".toml")]
    decisions = sorted((folder / "curation").glob("*.csv"))
    hashes = {
        f"plans/{file.relative_to(folder).as_posix()}": _digest([file])
        for file in [*plans, *decisions]
    }
    for module in (geo, package):
        root = Path(module.__path__[0])
        files = [f for f in sorted(root.rglob("*")) if f.suffix in (".csv", ".toml", ".gpkg")]
        hashes |= {f"{root.name}/{f.relative_to(root).as_posix()}": _digest([f]) for f in files}
        hashes[f"{root.name}/code"] = _digest(sorted(root.rglob("*.py")))
    return {**hashes, "planmap": planmap_version()}


def _digest(files: Iterable[Path]) -> str:
    """Return the SHA-256 of the files' content, one after another."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


# -- the summary of a build ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """What a build found in one layer of one plan."""

    plan: str
    layer: str
    features: int
    located: int
    issues: int

    @property
    def not_located(self) -> int:
        """Features without a geometry; of a layer that has none, without a place."""
        return self.features - self.located


def summarise(content: AtlasContent) -> tuple[SummaryRow, ...]:
    """Return what there is by plan and layer, where there is anything, in their order.

    Issues that concern no layer are counted under the layer `-`.
    """
    issues = Counter(
        (plan, layer or "-")
        for plan, layer in zip(content.issues["plan"], content.issues["layer"], strict=True)
    )
    rows = (
        _summary_row(content, plan, layer, issues[plan, layer])
        for plan in content.plans["id"]
        for layer in (*schema.FEATURE_LAYERS, "-")
    )
    return tuple(row for row in rows if row.features or row.issues)


def _summary_row(content: AtlasContent, plan: str, layer: str, issues: int) -> SummaryRow:
    if layer == "-":
        return SummaryRow(plan, layer, 0, 0, issues)
    frame = content.layers[layer]
    own = frame[frame["plan"] == plan]
    if schema.GEOMETRY_KINDS[layer] == "none":
        located = sum(1 for places in own["places"] if places)
    else:
        located = int(own.geometry.notna().sum())
    return SummaryRow(plan, layer, len(own), located, issues)
