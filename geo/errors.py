"""Exceptions of the package `geo`.

Every one has `GeoError` as base and a standard exception as second parent, so that a caller
may catch the narrow or the familiar one.
"""

from __future__ import annotations


class GeoError(Exception):
    """Base of everything that `geo` raises on purpose."""


class DataMissingError(GeoError, FileNotFoundError):
    """A table or a built data file is not there; the message says how to make it."""


class TableError(GeoError, ValueError):
    """A row of a data table is wrong; the message names file, line and remedy."""


class UnknownPlaceError(GeoError, LookupError):
    """A division code or a site id that the gazetteer does not hold."""


class CrsError(GeoError, ValueError):
    """A geometry came with another CRS than the one that the function works in."""
