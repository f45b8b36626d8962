"""Human decisions: features added, changed or dropped by table, each with reason and line.

Three tables in `layers/data/curation/`, applied after extraction and before features get their
geometry. A row that no longer fits anything is an error, so that a table never rots unseen:

- `drop.csv`: `id,line,reason`
- `change.csv`: `id,field,value,line,reason`; lists are joined by `;`, an empty value is null
- `add.csv`: `plan,layer,name,line,quote,industry_label,industries,places,basis,precision,` and
  the columns of the layer (`enterprise`, `level`, …), `reason`; `quote` must stand on that line
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, get_type_hints

from geo.errors import UnknownPlaceError
from geo.gazetteer import Gazetteer
from layers.errors import TableError
from layers.extraction.drafts import slug_of
from layers.model import Basis, Evidence, Feature, Precision, Review
from layers.plans import Document
from layers.taxonomy import Taxonomy, UnknownIndustryError

CURATION_DIR: Final = Path(__file__).parent / "data" / "curation"
_FIXED: Final = frozenset({"id", "layer", "plan", "evidence", "review", "geometry", "place_names"})
_CHANGEABLE: Final = tuple(f.name for f in fields(Feature) if f.name not in _FIXED)
_TYPES: Final[Mapping[str, Any]] = get_type_hints(Feature)


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of a curation table: where it stands, and its cells."""

    table: str
    line: int
    cells: Mapping[str, str]

    def fail(self, message: str) -> TableError:
        """The error that names table and line."""
        return TableError(f"{self.table}, line {self.line}: {message}")


@dataclass(frozen=True, slots=True)
class Curation:
    """The decisions of the three tables, in order."""

    drops: tuple[Decision, ...] = ()
    changes: tuple[Decision, ...] = ()
    additions: tuple[Decision, ...] = ()

    def __str__(self) -> str:
        """Say how many decisions there are of each kind."""
        return (
            f"{len(self.additions)} added, {len(self.changes)} changed, {len(self.drops)} dropped"
        )


NO_CURATION: Final = Curation()


def read_curation(folder: Path = CURATION_DIR) -> Curation:
    """Read the tables of a folder; one that is not there holds no decision.

    Raises
    ------
    TableError
        When a row gives no reason or no line of the plan.
    """
    return Curation(*(_read(folder / name) for name in ("drop.csv", "change.csv", "add.csv")))


def _read(path: Path) -> tuple[Decision, ...]:
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        decisions = tuple(
            Decision(path.name, line, {k: (v or "").strip() for k, v in row.items()})
            for line, row in enumerate(csv.DictReader(stream), start=2)
        )
    for decision in decisions:
        if not decision.cells.get("reason") or not decision.cells.get("line", "").isdecimal():
            raise decision.fail("needs a reason and the line of the plan that it rests on")
    return decisions


def apply_curation(
    features: Sequence[Feature],
    curation: Curation,
    documents: Mapping[str, Document],
    gazetteer: Gazetteer,
    taxonomy: Taxonomy,
) -> tuple[Feature, ...]:
    """Return the features with the decisions applied; what was touched is marked `curated`.

    Raises
    ------
    TableError
        When a decision fits no feature or no words of the plan, or a value is not valid.
    """
    kept = {feature.id: feature for feature in features}
    for decision in curation.drops:
        _find(decision, kept)
        del kept[decision.cells["id"]]
    for decision in curation.changes:
        feature = _find(decision, kept)
        field, value = decision.cells["field"], decision.cells["value"]
        if field not in _CHANGEABLE:
            raise decision.fail(f"no field {field!r}; one of {', '.join(_CHANGEABLE)}")
        parsed = _parse(decision, field, value)
        changed = replace(feature, **{field: parsed}, review=Review.CURATED)
        kept[feature.id] = _checked(decision, changed, gazetteer, taxonomy)
    for decision in curation.additions:
        added = _addition(decision, documents)
        if added.id in kept:
            raise decision.fail(f"{added.id} is there already; change it in change.csv")
        kept[added.id] = _checked(decision, added, gazetteer, taxonomy)
    return tuple(kept.values())


def _find(decision: Decision, features: Mapping[str, Feature]) -> Feature:
    feature = features.get(decision.cells["id"])
    if feature is None:
        raise decision.fail(
            f"no feature has the id {decision.cells['id']!r}; correct it or remove the row"
        )
    if str(feature.evidence.line) != decision.cells["line"]:
        raise decision.fail(
            f"{feature.id} stands on line {feature.evidence.line}, not {decision.cells['line']}"
        )
    return feature


def _parse(decision: Decision, field: str, value: str) -> Any:
    """A cell as the type that the field has."""
    if not value:
        return () if "tuple" in str(_TYPES[field]) else None
    parsers: dict[str, Callable[[str], Any]] = {
        "basis": Basis,
        "precision": Precision,
        "value": float,
        "year": int,
        "period_start": int,
        "period_end": int,
        "existing": lambda text: {"true": True, "false": False}[text],
    }
    try:
        if "tuple" in str(_TYPES[field]):
            return tuple(part.strip() for part in value.split(";"))
        return parsers.get(field, str)(value)
    except (ValueError, KeyError) as error:
        raise decision.fail(f"{value!r} is no value for {field}") from error


def _checked(
    decision: Decision, feature: Feature, gazetteer: Gazetteer, taxonomy: Taxonomy
) -> Feature:
    """The feature with the names of its places; its codes must exist."""
    try:
        for code in feature.industries:
            taxonomy.industry(code)
        names = tuple(gazetteer.path(code) for code in feature.places)
    except (UnknownPlaceError, UnknownIndustryError) as error:
        raise decision.fail(str(error)) from error
    return replace(feature, place_names=names)


def _addition(decision: Decision, documents: Mapping[str, Document]) -> Feature:
    cells = decision.cells
    document = documents.get(cells["plan"])
    if document is None:
        raise decision.fail(f"no plan {cells['plan']!r}; one of {', '.join(documents)}")
    plan = document.plan
    more = {
        field: _parse(decision, field, cells[field])
        for field in _CHANGEABLE
        if cells.get(field) and field != "name"
    }
    return Feature(
        id=f"{plan.id}:{cells['layer']}:{slug_of(cells['name'])}",
        layer=cells["layer"],
        plan=plan.id,
        period_start=plan.period_start,
        period_end=plan.period_end,
        name=cells["name"],
        evidence=_evidence(decision, document),
        review=Review.CURATED,
        **more,
    )


def _evidence(decision: Decision, document: Document) -> Evidence:
    quote, line = decision.cells["quote"], int(decision.cells["line"])
    if not quote or line > len(document.line_starts):
        raise decision.fail(f"needs a quote from a line of {document.plan.file}")
    start = document.source.find(quote, document.line_starts[line - 1])
    if start < 0 or document.line_of(start) != line:
        raise decision.fail(f"{quote!r} does not stand on line {line} of {document.plan.file}")
    return Evidence(document.plan.file, line, start, start + len(quote), quote)
