"""The source files of the compile step: where they lie, and that they are what was looked at.

The Python packages are never imported (two of them would load pandas); their data files are
found through the metadata of the installed distribution.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from geo.errors import DataMissingError, TableError

SOURCES_FILE = Path(__file__).resolve().parent.parent / "data" / "sources.toml"
# planmap's own licence: the MIT text, for packages that state it without quoting it.
MIT_FILE = Path(__file__).resolve().parents[2] / "LICENSE"
_MIT_TEXT_BEGINS = "Permission is hereby granted"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of one package, as `geo/data/sources.toml` states it.

    `copyright` is stated for a package under the MIT licence that comes without its text.
    """

    name: str
    kind: str
    package: str
    version: str
    file: str
    sha256: str
    licence: str
    datum: str
    date: str
    copyright: str = ""


def read_sources(path: Path = SOURCES_FILE) -> Mapping[str, Source]:
    """Read the table of sources.

    Raises
    ------
    TableError
        When a source lacks a key or has one that is not known.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return {name: Source(name=name, **row) for name, row in table.items()}
    except TypeError as error:
        raise TableError(f"{path}: a source lacks a key or has an unknown one: {error}") from error


def locate_source(source: Source, node_modules: Path) -> Path:
    """Find the file of a source and check its SHA-256.

    Raises
    ------
    DataMissingError
        When the package is not installed in the stated version, or the file is not in it.
    TableError
        When the file differs from the one that `sources.toml` describes.
    """
    path = _npm_file(source, node_modules) if source.kind == "npm" else _python_file(source)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != source.sha256:
        raise TableError(
            f"{path}: SHA-256 is {found}, but {SOURCES_FILE.name} [{source.name}] states "
            f"{source.sha256}; reinstall {source.package} {source.version}"
        )
    return path


def read_licences(sources: Mapping[str, Source], node_modules: Path) -> Mapping[str, str]:
    """The licence text of each package, by package; all of them ask that it goes along.

    Raises
    ------
    DataMissingError
        When a package has no file of that kind, and `sources.toml` no copyright notice.
    """
    texts: dict[str, str] = {}
    for source in sources.values():
        if source.copyright:
            texts[source.package] = _mit_licence(source)
            continue
        if source.kind == "npm":
            path = node_modules / source.package / "LICENSE"
        else:
            path = _python_licence(source)
        if not path.is_file():
            raise DataMissingError(f"{source.package} {source.version} has no licence file {path}")
        texts[source.package] = path.read_text(encoding="utf-8")
    return texts


def _mit_licence(source: Source) -> str:
    """The MIT licence with the copyright notice of a package that states both elsewhere."""
    if not MIT_FILE.is_file():
        raise DataMissingError(f"{MIT_FILE} is missing; compile in a checkout of planmap")
    text = MIT_FILE.read_text(encoding="utf-8")
    permission = text[text.index(_MIT_TEXT_BEGINS) :]
    return f"{source.package}: MIT License\n\n{source.copyright}\n\n{permission}"


def _python_licence(source: Source) -> Path:
    distribution = metadata.distribution(source.package)
    files = [file for file in distribution.files or () if file.name == "LICENSE"]
    return Path(str(distribution.locate_file(files[0] if files else "LICENSE")))


def _python_file(source: Source) -> Path:
    remedy = f"install it with: python -m pip install {source.package}=={source.version}"
    try:
        distribution = metadata.distribution(source.package)
    except metadata.PackageNotFoundError as error:
        raise DataMissingError(f"{source.package} is not installed; {remedy}") from error
    if distribution.version != source.version:
        raise DataMissingError(f"{source.package} is {distribution.version}; {remedy}")
    path = Path(str(distribution.locate_file(source.file)))
    if not path.is_file():
        raise DataMissingError(f"{path} is missing; {remedy}")
    return path


def _npm_file(source: Source, node_modules: Path) -> Path:
    path = node_modules / source.package / source.file
    if not path.is_file():
        raise DataMissingError(f"{path} is missing; run `npm ci` in a copy of webmap/frontend")
    return path
