"""What a layer looks like: its columns, their types and their meaning, and the check of it.

`COLUMNS` is the one table. `validate_layer` holds a layer against it, once when the layer is
built and once when it is read, so that nothing between the two has to doubt it.

In memory a column of kind `text` holds `str` or None, `integer` an `Int64`, `number` a
`float64`, `flag` a nullable `boolean`, and `list` a tuple of strings. A geometry is in WGS 84
(EPSG:4326), longitude first, or None where the plan gives no place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from layers.errors import SchemaError
from layers.model import Basis, Evidence, Feature, Issue, Precision, Review

SCHEMA_VERSION: Final = 1
"""Raised whenever a column changes; an atlas of another version is refused."""

CRS: Final = "EPSG:4326"

LIST_SEPARATOR: Final = ";"
"""What joins a list in the atlas and in flat formats; so no item may hold it."""

Kind = Literal["text", "integer", "number", "flag", "list"]
GeometryKind = Literal["point", "polygon", "none"]

FEATURE_LAYERS: Final = (
    "layout",
    "clusters",
    "parks",
    "projects",
    "focus",
    "indicators",
    "alliances",
)
"""The layers whose rows are statements of a plan."""

LAYERS: Final = (*FEATURE_LAYERS, "places")

GEOMETRY_KINDS: Final[Mapping[str, GeometryKind]] = {
    "layout": "polygon",
    "clusters": "polygon",
    "parks": "point",
    "projects": "point",
    "focus": "polygon",
    "indicators": "none",
    "alliances": "point",
    "places": "polygon",
}

ROLES: Final = ("zone", "belt", "bases", "corridor", "region", "node")
"""The parts that a spatial structure of a plan can have (layer `layout`)."""

_GEOMETRY_TYPES: Final[Mapping[GeometryKind, frozenset[str]]] = {
    "point": frozenset({"Point"}),
    "polygon": frozenset({"Polygon", "MultiPolygon"}),
    "none": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it belongs, what it holds and what that means."""

    name: str
    kind: Kind
    nullable: bool
    layers: tuple[str, ...]
    meaning: str
    choices: tuple[str, ...] = ()


def _every(name: str, kind: Kind, meaning: str, *, choices: Iterable[str] = ()) -> Column:
    return Column(name, kind, False, FEATURE_LAYERS, meaning, tuple(choices))


def _some(
    name: str, kind: Kind, layers: tuple[str, ...], meaning: str, choices: Iterable[str] = ()
) -> Column:
    return Column(name, kind, True, layers, meaning, tuple(choices))


def _places(name: str, kind: Kind, meaning: str, choices: Iterable[str] = ()) -> Column:
    return Column(name, kind, False, ("places",), meaning, tuple(choices))


COLUMNS: Final[tuple[Column, ...]] = (
    Column("id", "text", False, LAYERS, "`<plan>:<layer>:<slug>`; of a place its adcode"),
    Column("layer", "text", False, LAYERS, "the layer's own name"),
    _every("plan", "text", "id of the plan that says it"),
    _every("period", "text", "first and last year of the plan, `2011-2013`"),
    _every("period_start", "integer", "first year of the plan"),
    _every("period_end", "integer", "last year of the plan"),
    _places("adcode", "text", "today's six-digit code of the division"),
    Column("name", "text", False, LAYERS, "verbatim from the plan, the shortest full form"),
    _places("level", "text", "level of the division", ("prefecture", "county")),
    _places("path", "text", "official names from the prefecture down"),
    _some("industry_label", "text", FEATURE_LAYERS, "the plan's own label, verbatim"),
    Column("industries", "list", False, LAYERS, "codes of the industry taxonomy"),
    _places("plans", "list", "ids of the plans that name the division"),
    _places("periods", "list", "periods of the plans that name the division"),
    _places("n_features", "integer", "features of all layers that name the division"),
    _places("counts", "text", "JSON: features by period, then by industry (both levels)"),
    _every("places", "list", "today's six-digit division codes"),
    _every("place_names", "list", "today's official names from the prefecture down"),
    _every("places_as_written", "list", "the places in the plan's words"),
    _every("basis", "text", "what the location rests on", choices=[b.value for b in Basis]),
    _every("precision", "text", "how fine the location is", choices=[p.value for p in Precision]),
    _every("seed", "text", "file name of the plan's text"),
    _every("line", "integer", "line of the quote in the file, from 1"),
    _every("start", "integer", "offset of the quote in the file, Unicode code points"),
    _every("end", "integer", "offset behind the quote, Unicode code points"),
    _every("quote", "text", "the sentence of the plan, verbatim"),
    _every("review", "text", "as extracted, or decided by hand", choices=[r.value for r in Review]),
    _every("related", "list", "ids of the same thing in other plans"),
    _some("enterprise", "text", ("projects",), "the firm that the plan names"),
    _some(
        "status",
        "text",
        ("projects", "indicators"),
        "state of the project in the plan's words; actual or target of a figure",
    ),
    _some("level", "text", ("parks", "alliances"), "national or provincial, if said"),
    _some("existing", "flag", ("clusters",), "stands already (true) or is planned (false)"),
    _some("target", "text", ("clusters",), "the aim in the plan's words"),
    _some("group", "text", ("layout",), "the spatial structure that it is part of"),
    _some("role", "text", ("layout",), "its part in that structure", ROLES),
    _some("subject", "text", ("indicators",), "what the figure is about"),
    _some("measure", "text", ("indicators",), "what is measured"),
    _some("value", "number", ("indicators",), "the figure"),
    _some("unit", "text", ("indicators",), "unit of the figure"),
    _some("year", "integer", ("indicators",), "the year that the figure is for"),
)


def _table(name: str, *columns: tuple[str, Kind, bool, str]) -> tuple[Column, ...]:
    return tuple(Column(c, kind, nullable, (name,), text) for c, kind, nullable, text in columns)


TABLES: Final[Mapping[str, tuple[Column, ...]]] = {
    "issues": _table(
        "issues",
        ("type", "text", False, "kind of trouble"),
        ("plan", "text", False, "id of the plan"),
        ("layer", "text", True, "the layer concerned"),
        ("feature", "text", True, "id of the feature concerned"),
        ("message", "text", False, "what is the matter, in words"),
        ("seed", "text", False, "file name of the plan's text"),
        ("line", "integer", False, "line in the file, from 1"),
        ("start", "integer", False, "offset in the file, Unicode code points"),
        ("end", "integer", False, "offset behind the words, Unicode code points"),
        ("value", "text", False, "the words that it is about"),
    ),
    "plans": _table(
        "plans",
        ("id", "text", False, "id of the plan"),
        ("file", "text", False, "file name of its text"),
        ("title", "text", False, "title, Chinese"),
        ("title_en", "text", True, "title, English"),
        ("issuer", "text", True, "who issued it, Chinese"),
        ("issuer_en", "text", True, "who issued it, English"),
        ("number", "text", True, "document number, where the text states it"),
        ("published", "text", True, "date of publication, as far as it is known"),
        ("period", "text", False, "first and last year, `2011-2013`"),
        ("period_start", "integer", False, "first year"),
        ("period_end", "integer", False, "last year"),
        ("region", "text", False, "adcode of the region that it is for"),
        ("subjects", "list", False, "first-level industries it speaks of; none: all"),
        ("scope_note", "text", True, "what it speaks of, Chinese"),
        ("scope_note_en", "text", True, "what it speaks of, English"),
        ("missing", "list", False, "what the published text lacks"),
        ("text", "text", False, "the plan's whole text"),
    ),
    "paragraphs": _table(
        "paragraphs",
        ("plan", "text", False, "id of the plan"),
        ("line", "integer", False, "line in the file, from 1"),
        ("start", "integer", False, "offset in the file, Unicode code points"),
        ("end", "integer", False, "offset behind it, Unicode code points"),
        ("kind", "text", False, "heading, body, item of a list, or row of a table"),
        ("section", "list", False, "headings above it, the outermost first"),
        ("text", "text", False, "the paragraph, verbatim"),
    ),
    "industries": _table(
        "industries",
        ("code", "text", False, "code of the taxonomy"),
        ("parent", "text", True, "code of the first level, None there"),
        ("zh", "text", False, "name, Chinese"),
        ("en", "text", False, "name, English"),
        ("gbt4754", "list", False, "divisions and groups of GB/T 4754-2017"),
        ("emerging2018", "list", False, "codes of the strategic emerging industries, 2018"),
    ),
}
"""Tables of the atlas that are no layers: name to columns."""

_ID = re.compile(r"[^\s:;/?#%\x00-\x1f\x7f]+")
_ADCODE = re.compile(r"[1-9][0-9]{5}")
_INDUSTRY = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)?")


def columns_of(layer: str) -> tuple[Column, ...]:
    """Return the columns of a layer in their order, without the geometry.

    Raises
    ------
    SchemaError
        When there is no such layer; the message lists those that exist.
    """
    if layer not in LAYERS:
        raise SchemaError(f"there is no layer {layer!r}; the layers are {', '.join(LAYERS)}")
    return tuple(column for column in COLUMNS if layer in column.layers)


def empty_layer(layer: str) -> gpd.GeoDataFrame:
    """Return the layer with every column and no row."""
    return _frame([], layer, [])


def layer_from_features(features: Iterable[Feature], layer: str) -> gpd.GeoDataFrame:
    """Return features as a layer, in the order given.

    A polygon becomes a multipolygon, as in the atlas, so that what is built equals what is read.

    Raises
    ------
    SchemaError
        When a feature is of another layer or breaks the schema.
    """
    chosen = tuple(features)
    records = [_record(feature) for feature in chosen]
    frame = _frame(records, layer, [_as_multi(feature.geometry) for feature in chosen])
    validate_layer(frame, layer)
    return frame


def places_layer(
    records: Sequence[Mapping[str, Any]], geometries: Sequence[BaseGeometry | None]
) -> gpd.GeoDataFrame:
    """Return the layer `places` from rows keyed by column and their polygons."""
    frame = _frame(records, "places", [_as_multi(geometry) for geometry in geometries])
    validate_layer(frame, "places")
    return frame


def features_from_layer(frame: gpd.GeoDataFrame) -> tuple[Feature, ...]:
    """Return the rows of a valid layer as features: the inverse of `layer_from_features`."""
    names = [name for name in frame.columns if name != "geometry"]
    columns = [plain_values(frame[name]) for name in names]
    rows = zip(*columns, strict=True) if columns else iter(())
    return tuple(
        _feature(dict(zip(names, row, strict=True)), geometry)
        for row, geometry in zip(rows, frame.geometry, strict=True)
    )


def table_from_records(records: Iterable[Mapping[str, Any]], table: str) -> pd.DataFrame:
    """Return rows keyed by column as one of `TABLES`, checked.

    Raises
    ------
    SchemaError
        When a row breaks the schema.
    """
    frame = conform(pd.DataFrame(_columns(list(records), TABLES[table])), TABLES[table])
    validate_table(frame, table)
    return frame


def issues_table(issues: Iterable[Issue]) -> pd.DataFrame:
    """Return issues as the table `issues`, in the order given."""
    names = [column.name for column in TABLES["issues"]]
    return table_from_records(
        ({name: getattr(issue, name) for name in names} for issue in issues), "issues"
    )


def conform(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Return the frame with each column in the type of its kind, lists split into tuples."""
    out = frame.copy()
    for column in columns:
        out[column.name] = _CONFORM[column.kind](out[column.name])
    return out


def flatten(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Return the frame with each list joined by `;`: the form in which files hold it."""
    out = frame.copy()
    for column in columns:
        if column.kind == "list":
            joined = [LIST_SEPARATOR.join(items) for items in out[column.name]]
            out[column.name] = pd.Series(joined, index=out.index, dtype=object)
    return out


def validate_table(frame: pd.DataFrame, table: str) -> None:
    """Check the columns, types and nulls of one of `TABLES`.

    Raises
    ------
    SchemaError
        With the table, the row, the column and what is wrong.
    """
    columns = TABLES[table]
    _check_columns(list(frame.columns), columns, table)
    labels = [f"row {number}" for number in range(len(frame))]
    for column in columns:
        _check_values(frame[column.name], column, table, labels)


def validate_layer(frame: gpd.GeoDataFrame, layer: str) -> None:
    """Check a layer: columns, types, enumerations, ids, evidence, places, CRS and geometry.

    Raises
    ------
    SchemaError
        With the layer, the id of the row, the column and what is wrong.
    """
    columns = columns_of(layer)
    if not isinstance(frame, gpd.GeoDataFrame):
        raise SchemaError(f"layer {layer}: is a {type(frame).__name__}, not a GeoDataFrame")
    _check_columns([name for name in frame.columns if name != "geometry"], columns, layer)
    _check_crs(frame, layer)
    ids = [str(value) for value in frame["id"]]
    for column in columns:
        _check_values(frame[column.name], column, layer, ids)
    _check_ids(frame, layer)
    _check_codes(frame, layer, ids)
    if layer != "places":
        _check_period(frame, layer, ids)
        _check_evidence(frame, layer, ids)
        _check_places(frame, layer, ids)
    _check_geometry(frame, layer, ids)


# -- from and to rows ---------------------------------------------------------------------


def _record(feature: Feature) -> dict[str, Any]:
    """Return the feature as values by column; the evidence is flat, the period is a column."""
    evidence = feature.evidence
    own = {name: getattr(feature, name) for name in _OWN}
    return {
        **own,
        "period": feature.period,
        "basis": feature.basis.value,
        "precision": feature.precision.value,
        "review": feature.review.value,
        **{name: getattr(evidence, name) for name in _EVIDENCE},
    }


_EVIDENCE: Final = ("seed", "line", "start", "end", "quote")
_ENUMS: Final = ("basis", "precision", "review")
_OWN: Final = tuple(
    dict.fromkeys(
        column.name
        for column in COLUMNS
        if set(column.layers) & set(FEATURE_LAYERS)
        and column.name not in (*_EVIDENCE, *_ENUMS, "period")
    )
)


def _feature(values: dict[str, Any], geometry: BaseGeometry | None) -> Feature:
    own = {name: values[name] for name in _OWN if name in values}
    return Feature(
        **own,
        basis=Basis(values["basis"]),
        precision=Precision(values["precision"]),
        review=Review(values["review"]),
        evidence=Evidence(**{name: values[name] for name in _EVIDENCE}),
        geometry=geometry,
    )


def _as_multi(geometry: BaseGeometry | None) -> BaseGeometry | None:
    return MultiPolygon([geometry]) if isinstance(geometry, Polygon) else geometry


def _columns(
    records: Sequence[Mapping[str, Any]], columns: Sequence[Column]
) -> dict[str, list[Any]]:
    return {column.name: [row.get(column.name) for row in records] for column in columns}


def _frame(
    records: Sequence[Mapping[str, Any]], layer: str, geometries: Sequence[BaseGeometry | None]
) -> gpd.GeoDataFrame:
    columns = columns_of(layer)
    data = conform(pd.DataFrame(_columns(records, columns), dtype=object), columns)
    return gpd.GeoDataFrame(data, geometry=gpd.GeoSeries(list(geometries), crs=CRS), crs=CRS)


# -- types --------------------------------------------------------------------------------


def _to_text(values: pd.Series) -> pd.Series:
    return pd.Series(
        [None if _is_null(value) else value for value in values], index=values.index, dtype=object
    )


def _to_list(values: pd.Series) -> pd.Series:
    items = np.empty(len(values), dtype=object)
    for row, value in enumerate(values):
        if isinstance(value, str):
            items[row] = tuple(value.split(LIST_SEPARATOR)) if value else ()
        else:
            items[row] = None if _is_null(value) else tuple(value)
    return pd.Series(items, index=values.index, dtype=object)


def _to_nullable(dtype: str) -> Callable[[pd.Series], pd.Series]:
    def convert(values: pd.Series) -> pd.Series:
        plain = [None if _is_null(value) else value for value in values]
        try:
            return pd.Series(plain, index=values.index, dtype=dtype)
        except (TypeError, ValueError):
            # Kept as it is: the check names the row that is wrong.
            return pd.Series(plain, index=values.index, dtype=object)

    return convert


_CONFORM: Final[Mapping[Kind, Callable[[pd.Series], pd.Series]]] = {
    "text": _to_text,
    "list": _to_list,
    "integer": _to_nullable("Int64"),
    "number": _to_nullable("float64"),
    "flag": _to_nullable("boolean"),
}


def _is_null(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def plain_values(values: pd.Series) -> list[Any]:
    """Return a column as plain Python values, with None for null: what JSON needs."""
    return [None if _is_null(value) else value for value in values.astype(object).tolist()]


_TYPES: Final[Mapping[Kind, tuple[type, ...]]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, float),
    "flag": (bool,),
    "list": (tuple,),
}
_TYPE_NAMES: Final[Mapping[Kind, str]] = {
    "text": "text",
    "integer": "a whole number",
    "number": "a number",
    "flag": "true or false",
    "list": "a tuple of texts",
}


# -- checks -------------------------------------------------------------------------------


def _fail(layer: str, row: str, column: str, what: str) -> SchemaError:
    return SchemaError(f"layer {layer}, {row}, column {column}: {what}")


def _check_columns(names: list[str], columns: Sequence[Column], layer: str) -> None:
    expected = [column.name for column in columns]
    missing = [name for name in expected if name not in names]
    unknown = [name for name in names if name not in expected]
    if missing:
        raise SchemaError(f"layer {layer}: lacks the column(s) {', '.join(missing)}")
    if unknown:
        raise SchemaError(f"layer {layer}: has the unknown column(s) {', '.join(unknown)}")
    if names != expected:
        raise SchemaError(f"layer {layer}: columns out of order; expected {', '.join(expected)}")


def _check_values(values: pd.Series, column: Column, layer: str, labels: Sequence[str]) -> None:
    for label, value in zip(labels, plain_values(values), strict=True):
        problem = _problem(value, column)
        if problem:
            raise _fail(layer, label, column.name, problem)


def _problem(value: object, column: Column) -> str | None:
    """Say what is wrong with one value, or return None."""
    if value is None:
        return None if column.nullable else "is empty"
    is_flag = isinstance(value, bool)
    if not isinstance(value, _TYPES[column.kind]) or is_flag != (column.kind == "flag"):
        return f"{value!r} is not {_TYPE_NAMES[column.kind]}"
    if column.choices and value not in column.choices:
        return f"{value!r} is none of {', '.join(column.choices)}"
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return f"{value!r} is not finite"
    if isinstance(value, str):
        return _text_problem(value)
    if isinstance(value, tuple):
        return next(filter(None, map(_item_problem, value)), None)
    return None


def _text_problem(value: str) -> str | None:
    if "\x00" in value:
        return "holds a NUL character"
    if any("\ud800" <= character <= "\udfff" for character in value):
        return "holds half of a surrogate pair, which UTF-8 cannot carry"
    return None


def _item_problem(value: object) -> str | None:
    if not isinstance(value, str):
        return f"the item {value!r} is not text"
    if not value:
        return "holds an empty item"
    if LIST_SEPARATOR in value:
        return f"the item {value!r} holds {LIST_SEPARATOR!r}, which joins lists in files"
    return _text_problem(value)


def _check_ids(frame: gpd.GeoDataFrame, layer: str) -> None:
    seen: set[str] = set()
    owners = frame["adcode"] if layer == "places" else frame["plan"]
    for key, named, owner in zip(frame["id"], frame["layer"], owners, strict=True):
        if named != layer:
            raise _fail(layer, key, "layer", f"is {named!r}")
        if key in seen:
            raise _fail(layer, key, "id", "occurs more than once")
        seen.add(key)
        prefix = "" if layer == "places" else f"{owner}:{layer}:"
        if not key.startswith(prefix) or not _ID.fullmatch(key[len(prefix) :]):
            raise _fail(layer, key, "id", f"is not of the form {prefix}<slug>")
        if layer == "places" and key != owner:
            raise _fail(layer, key, "adcode", f"is {owner!r}, not the id")


def _check_codes(frame: gpd.GeoDataFrame, layer: str, ids: Sequence[str]) -> None:
    for key, codes in zip(ids, frame["industries"], strict=True):
        for code in codes:
            if not _INDUSTRY.fullmatch(code):
                raise _fail(layer, key, "industries", f"{code!r} is not an industry code")
    adcodes = [(code,) for code in frame["adcode"]] if layer == "places" else frame["places"]
    column = "adcode" if layer == "places" else "places"
    for key, codes in zip(ids, adcodes, strict=True):
        for code in codes:
            if not _ADCODE.fullmatch(code):
                raise _fail(layer, key, column, f"{code!r} is not a six-digit code")


def _check_period(frame: gpd.GeoDataFrame, layer: str, ids: Sequence[str]) -> None:
    columns = (frame["period"], frame["period_start"], frame["period_end"])
    for key, period, first, last in zip(ids, *columns, strict=True):
        if first > last:
            raise _fail(layer, key, "period_end", f"{last} is before {first}")
        if period != f"{first}-{last}":
            raise _fail(layer, key, "period", f"{period!r} is not {first}-{last}")


def _check_evidence(frame: gpd.GeoDataFrame, layer: str, ids: Sequence[str]) -> None:
    columns = (frame["line"], frame["start"], frame["end"], frame["quote"])
    for key, line, start, end, quote in zip(ids, *columns, strict=True):
        if line < 1:
            raise _fail(layer, key, "line", f"{line} is not a line; lines count from 1")
        if start < 0:
            raise _fail(layer, key, "start", f"{start} is before the text")
        if not quote:
            raise _fail(layer, key, "quote", "is empty")
        if len(quote) != end - start:
            what = f"is {len(quote)} characters long, but {start} to {end} are {end - start}"
            raise _fail(layer, key, "quote", what)


def _check_places(frame: gpd.GeoDataFrame, layer: str, ids: Sequence[str]) -> None:
    columns = (frame["places"], frame["place_names"], frame["precision"])
    for key, places, names, precision in zip(ids, *columns, strict=True):
        if len(places) != len(names):
            raise _fail(layer, key, "place_names", f"{len(names)} for {len(places)} places")
        if len(set(places)) != len(places):
            raise _fail(layer, key, "places", "names a division twice")
        if places and precision == Precision.NONE:
            raise _fail(layer, key, "precision", "is none, but there are places")


def _check_crs(frame: gpd.GeoDataFrame, layer: str) -> None:
    if frame.geometry.name != "geometry":
        raise SchemaError(f"layer {layer}: the geometry column is {frame.geometry.name!r}")
    if frame.crs is None or frame.crs != CRS:
        raise SchemaError(f"layer {layer}: its CRS is {frame.crs}, not {CRS}")


def _check_geometry(frame: gpd.GeoDataFrame, layer: str, ids: Sequence[str]) -> None:
    allowed = _GEOMETRY_TYPES[GEOMETRY_KINDS[layer]]
    located = [True] * len(frame) if layer == "places" else [bool(p) for p in frame["places"]]
    for key, geometry, has_place in zip(ids, frame.geometry, located, strict=True):
        if geometry is None:
            continue
        if not has_place:
            raise _fail(layer, key, "geometry", "is there, but no place is named")
        problem = _geometry_problem(geometry, allowed)
        if problem:
            raise _fail(layer, key, "geometry", problem)


def _geometry_problem(geometry: BaseGeometry, allowed: frozenset[str]) -> str | None:
    if geometry.geom_type not in allowed:
        kinds = " or ".join(sorted(allowed)) or "nothing"
        return f"is a {geometry.geom_type}; the layer holds {kinds}"
    if geometry.is_empty:
        return "is empty; None says that nothing is known"
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return f"{geometry.bounds} is not longitude and latitude in degrees"
    if (west, south, east, north) == (0, 0, 0, 0):
        return "is 0,0"
    return None if shapely.is_valid(geometry) else "is not valid"
