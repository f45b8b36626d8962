"""The atlas: one GeoPackage that holds every layer, the issues, the plans and their text.

A GeoPackage (OGC 12-128) is an SQLite file, so QGIS and GDAL open it as it is. Layers with a
geometry are feature tables, the rest are attribute tables; lists are joined by `;`.

`write_atlas` writes beside the old file and replaces it in one step: a failed build leaves the
old atlas as it was. `Atlas.open` refuses what is not a whole atlas of this version.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import RLock
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyogrio

from layers import schema
from layers.errors import AtlasError, SchemaError
from layers.model import Feature
from layers.query import Facts, PlaceFact

_REMEDY: Final = "run `planmap build`"
_SQLITE_MAGIC: Final = b"SQLite format 3\x00"
_APPLICATION_ID: Final = 0x47504B47  # "GPKG", GeoPackage 1.2 and later
_OGR_GEOMETRY: Final[Mapping[schema.GeometryKind, str]] = {
    "point": "Point",
    "polygon": "MultiPolygon",
}
_SQL_TYPES: Final[Mapping[schema.Kind, str]] = {
    "text": "TEXT",
    "list": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "flag": "BOOLEAN",
}


@dataclass(frozen=True)
class AtlasContent:
    """Everything that an atlas holds, before it is a file.

    `layers` has one valid frame per name of `schema.LAYERS`, the tables are those of
    `schema.TABLES`, `inputs` maps the name of each input of the build to its SHA-256, `regions`
    the code of each region that a plan is for to its name, `folder` is where the plans are.
    """

    layers: Mapping[str, gpd.GeoDataFrame]
    issues: pd.DataFrame
    plans: pd.DataFrame
    paragraphs: pd.DataFrame
    industries: pd.DataFrame
    inputs: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None

    def validate(self) -> None:
        """Check every layer and table.

        Raises
        ------
        SchemaError
            When one is missing or breaks the schema.
        """
        missing = [name for name in schema.LAYERS if name not in self.layers]
        if missing:
            raise SchemaError(f"the atlas lacks the layer(s) {', '.join(missing)}")
        for name in schema.LAYERS:
            schema.validate_layer(self.layers[name], name)
        for name in schema.TABLES:
            schema.validate_table(getattr(self, name), name)
        _check_unique([self.layers[name]["id"] for name in schema.LAYERS])


def planmap_version() -> str:
    """Return the version of the installed package, `0` in a tree that is not installed."""
    try:
        return version("planmap")
    except PackageNotFoundError:
        return "0"


def write_atlas(content: AtlasContent, path: Path) -> None:
    """Write an atlas, whole or not at all.

    Parameters
    ----------
    content
        Checked here against the schema.
    path
        The GeoPackage; its folder is made when it is not there. An atlas that is there already
        stays as it is until the new one is complete.

    Raises
    ------
    SchemaError
        When the content breaks the schema.
    AtlasError
        When the file cannot be written.
    """
    content.validate()
    try:
        with _replacing(path) as temporary:
            _write_layers(content, temporary)
            _write_tables(content, temporary, _meta(content, path.parent))
    except (OSError, sqlite3.Error, pyogrio.errors.DataSourceError) as error:
        raise AtlasError(f"{path}: the atlas cannot be written: {error}") from error


def is_stale(path: Path, inputs: Mapping[str, str]) -> bool:
    """Say whether an atlas has to be built: it is not there, not usable, or of other inputs."""
    try:
        return _read_meta(path)["inputs"] != _dump(inputs)
    except AtlasError:
        return True


class Atlas:
    """An atlas that is open for reading.

    A layer is read when it is first asked for, checked, and kept. The frames are shared: a
    caller takes from them and does not change them. May be used from several threads.
    """

    def __init__(self, path: Path, meta: Mapping[str, str]) -> None:
        self.path = path
        self._meta = meta
        self._lock = RLock()
        self._layers: dict[str, gpd.GeoDataFrame] = {}
        self._tables: dict[str, pd.DataFrame] = {}
        self._rows: dict[str, tuple[str, int]] | None = None

    @classmethod
    def open(cls, path: Path) -> Atlas:
        """Open an atlas.

        Raises
        ------
        AtlasError
            When it is missing, not a GeoPackage, truncated, or of another version; one line
            with the remedy.
        """
        return cls(path, _read_meta(path))

    @property
    def version(self) -> str:
        """Version of planmap that built it."""
        return self._meta["planmap_version"]

    @property
    def built_at(self) -> datetime:
        """When it was built, UTC."""
        return datetime.fromisoformat(self._meta["built_at"])

    @property
    def regions(self) -> dict[str, str]:
        """Code and name of each region that a plan is for."""
        regions: dict[str, str] = json.loads(self._meta["regions"])
        return regions

    @property
    def folder(self) -> Path | None:
        """The folder of the plans that it was built from; None when it is not there (any more)."""
        recorded = self._meta["folder"]
        folder = self.path.parent / recorded
        return folder if recorded and (folder / "plans.toml").is_file() else None

    def layer(self, name: str) -> gpd.GeoDataFrame:
        """Return a layer (see `layers.schema`), in the order of the plans, EPSG:4326.

        Raises
        ------
        SchemaError
            When there is no such layer.
        AtlasError
            When the file cannot be read or breaks the schema.
        """
        columns = schema.columns_of(name)
        with self._lock:
            if name not in self._layers:
                self._layers[name] = _read_layer(self.path, name, columns)
            return self._layers[name]

    def issues(self) -> pd.DataFrame:
        """Return what could not be read, placed or classified."""
        return self._table("issues")

    def plans(self) -> pd.DataFrame:
        """Return the plans with their whole text."""
        return self._table("plans")

    def paragraphs(self, plan: str | None = None) -> pd.DataFrame:
        """Return the paragraphs of one plan, or of all, in the order of the text."""
        table = self._table("paragraphs")
        return table if plan is None else table[table["plan"] == plan].reset_index(drop=True)

    def industries(self) -> pd.DataFrame:
        """Return the industry taxonomy."""
        return self._table("industries")

    def row(self, feature_id: str) -> gpd.GeoDataFrame:
        """Return the one row of its layer that has this id.

        Raises
        ------
        KeyError
            When no layer has it.
        """
        layer, number = self._index()[feature_id]
        return self.layer(layer).iloc[number : number + 1]

    def feature(self, feature_id: str) -> Feature:
        """Return the feature of a plan that has this id.

        Raises
        ------
        KeyError
            When no layer has it, or when it is a division of the layer `places`.
        """
        if self._index()[feature_id][0] == "places":
            raise KeyError(feature_id)
        return schema.features_from_layer(self.row(feature_id))[0]

    def facts(self) -> Facts:
        """Return what exists here, for `layers.query.parse_filter`."""
        plans = self.plans()
        places = self.layer("places")
        known = set(places["adcode"])
        codes = self.industries()["code"].tolist()
        return Facts(
            layers=schema.LAYERS,
            industries={
                code: (code, *(c for c in codes if c.startswith(f"{code}."))) for code in codes
            },
            plans=tuple(plans["id"]),
            periods=tuple(
                (int(first), int(last))
                for first, last in zip(plans["period_start"], plans["period_end"], strict=True)
            ),
            places=(
                *(PlaceFact(c, n, n) for c, n in self.regions.items() if c not in known),
                *(
                    PlaceFact(adcode, name, path)
                    for adcode, name, path in zip(
                        places["adcode"], places["name"], places["path"], strict=True
                    )
                ),
            ),
        )

    def _index(self) -> Mapping[str, tuple[str, int]]:
        """Layer and row number by id."""
        with self._lock:
            if self._rows is None:
                self._rows = {
                    key: (name, number)
                    for name in schema.LAYERS
                    for number, key in enumerate(self.layer(name)["id"])
                }
            return self._rows

    def _table(self, name: str) -> pd.DataFrame:
        with self._lock:
            if name not in self._tables:
                self._tables[name] = _read_table(self.path, name)
            return self._tables[name]


# -- writing ------------------------------------------------------------------------------


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Hand out a temporary file in the same folder; put it in place only if all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".planmap-", suffix=".gpkg", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    # GDAL makes the file itself; an empty one in its place would not be a GeoPackage.
    temporary.unlink()
    try:
        yield temporary
        _sync(temporary)
        temporary.replace(path)
        _sync(path.parent)
    finally:
        for leftover in path.parent.glob(f"{temporary.name}*"):
            leftover.unlink()


def _sync(path: Path) -> None:
    """Have the system write a file, or a folder's entries, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_layers(content: AtlasContent, path: Path) -> None:
    for name in schema.LAYERS:
        kind = schema.GEOMETRY_KINDS[name]
        frame = schema.flatten(content.layers[name], schema.columns_of(name))
        is_flat = kind == "none"
        pyogrio.write_dataframe(
            pd.DataFrame(frame.drop(columns="geometry")) if is_flat else frame,
            path,
            layer=name,
            driver="GPKG",
            append=path.exists(),
            **({} if is_flat else {"geometry_type": _OGR_GEOMETRY[kind]}),
            **({"promote_to_multi": True} if kind == "polygon" else {}),
        )


def _write_tables(content: AtlasContent, path: Path, meta: Mapping[str, str]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for name, columns in schema.TABLES.items():
            frame = schema.flatten(getattr(content, name), columns)
            _write_table(connection, name, frame, columns)
        facts = pd.DataFrame({"key": list(meta), "value": list(meta.values())}, dtype=object)
        _write_table(connection, "meta", facts, _META_COLUMNS)


_META_COLUMNS: Final = (
    schema.Column("key", "text", False, ("meta",), "name of the fact"),
    schema.Column("value", "text", False, ("meta",), "the fact"),
)


def _meta(content: AtlasContent, home: Path) -> dict[str, str]:
    """Return the facts about the atlas, which is to stand in the folder `home`."""
    return {
        "schema_version": str(schema.SCHEMA_VERSION),
        "planmap_version": planmap_version(),
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "plans": schema.LIST_SEPARATOR.join(content.plans["id"]),
        "inputs": _dump(content.inputs),
        "regions": _dump(content.regions),
        # Relative, so that it holds when both are moved and names nobody's home.
        "folder": "" if content.folder is None else os.path.relpath(content.folder, home),
    }


def _dump(inputs: Mapping[str, str]) -> str:
    return json.dumps(dict(inputs), ensure_ascii=False, sort_keys=True)


def _write_table(
    connection: sqlite3.Connection,
    name: str,
    frame: pd.DataFrame,
    columns: tuple[schema.Column, ...],
) -> None:
    """Write an attribute table and register it, so that GIS programs list it (clause 2.4.1)."""
    fields = ", ".join(f'"{c.name}" {_SQL_TYPES[c.kind]}' for c in columns)
    connection.execute(f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, {fields})')
    names = ", ".join(f'"{column.name}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    values = zip(*(schema.plain_values(frame[column.name]) for column in columns), strict=True)
    # The names are those of `layers.schema`, never input.
    insert = f'INSERT INTO "{name}" ({names}) VALUES ({marks})'  # noqa: S608
    connection.executemany(insert, values)
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
        " VALUES (?, 'attributes', ?, 0)",
        (name, name),
    )


def _check_unique(columns: list[pd.Series]) -> None:
    ids = pd.concat(columns)
    repeated = ids[ids.duplicated()]
    if len(repeated):
        raise SchemaError(f"the id {repeated.iloc[0]!r} occurs in more than one layer")


# -- reading ------------------------------------------------------------------------------


def _read_meta(path: Path) -> dict[str, str]:
    """Check that the file is a whole atlas of this version and return its facts."""
    _check_file(path)
    try:
        with closing(_connect(path)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
                raise AtlasError(f"{path}: not a GeoPackage; {_REMEDY}")
            damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if damage != "ok":
                raise AtlasError(f"{path}: the atlas is damaged; {_REMEDY}")
            tables = {row[0] for row in connection.execute("SELECT table_name FROM gpkg_contents")}
            if "meta" not in tables:
                raise AtlasError(f"{path}: a GeoPackage, but not an atlas; {_REMEDY}")
            meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    except sqlite3.Error as error:
        raise AtlasError(f"{path}: the atlas is damaged ({error}); {_REMEDY}") from error
    if meta.get("schema_version") != str(schema.SCHEMA_VERSION):
        raise AtlasError(
            f"{path}: an atlas of another version (schema {meta.get('schema_version')}, this"
            f" planmap reads {schema.SCHEMA_VERSION}); {_REMEDY}"
        )
    missing = sorted({*schema.LAYERS, *schema.TABLES} - tables) + sorted(_META_KEYS - set(meta))
    if missing:
        raise AtlasError(f"{path}: the atlas lacks {', '.join(missing)}; {_REMEDY}")
    return meta


_META_KEYS: Final = {
    "schema_version",
    "planmap_version",
    "built_at",
    "plans",
    "inputs",
    "regions",
    "folder",
}


def _check_file(path: Path) -> None:
    """Check header and length before SQLite or GDAL sees the file."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
        size = path.stat().st_size
    except FileNotFoundError:
        raise AtlasError(f"{path}: there is no atlas; {_REMEDY}") from None
    except OSError as error:
        raise AtlasError(f"{path}: cannot be read ({error.strerror}); {_REMEDY}") from error
    if not header:
        raise AtlasError(f"{path}: the atlas is empty; {_REMEDY}")
    if not header.startswith(_SQLITE_MAGIC):
        raise AtlasError(f"{path}: not a GeoPackage; {_REMEDY}")
    # SQLite file format, 1.3: page size at offset 16 (1 means 65536), page count at 28.
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if len(header) < 100 or size < (65_536 if page_size == 1 else page_size) * pages:
        raise AtlasError(f"{path}: the atlas is truncated; {_REMEDY}")


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _read_layer(path: Path, name: str, columns: tuple[schema.Column, ...]) -> gpd.GeoDataFrame:
    try:
        table = pyogrio.read_dataframe(path, layer=name)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise AtlasError(f"{path}: layer {name} cannot be read ({error}); {_REMEDY}") from error
    if schema.GEOMETRY_KINDS[name] == "none":
        table = gpd.GeoDataFrame(table, geometry=[None] * len(table), crs=schema.CRS)
    try:
        frame = schema.conform(table, columns)
        schema.validate_layer(frame, name)
    except KeyError as error:
        raise AtlasError(f"{path}: layer {name} lacks the column {error}; {_REMEDY}") from error
    except SchemaError as error:
        raise AtlasError(f"{path}: {error}; {_REMEDY}") from error
    return frame


def _read_table(path: Path, name: str) -> pd.DataFrame:
    columns = schema.TABLES[name]
    names = ", ".join(f'"{column.name}"' for column in columns)
    try:
        with closing(_connect(path)) as connection:
            # The names are those of `layers.schema`, never input.
            query = f'SELECT {names} FROM "{name}" ORDER BY fid'  # noqa: S608
            rows: list[tuple[Any, ...]] = connection.execute(query).fetchall()
        frame = pd.DataFrame(rows, columns=[column.name for column in columns], dtype=object)
        frame = schema.conform(frame, columns)
        schema.validate_table(frame, name)
    except sqlite3.Error as error:
        raise AtlasError(f"{path}: table {name} cannot be read ({error}); {_REMEDY}") from error
    except SchemaError as error:
        raise AtlasError(f"{path}: {error}; {_REMEDY}") from error
    return frame
