"""Exceptions of the package `webmap`: each message says what to do about it."""

from __future__ import annotations


class WebmapError(Exception):
    """Base of everything that `webmap` raises on purpose."""


class SettingError(WebmapError, ValueError):
    """A setting that does not exist, or a value that it cannot take."""


class PortInUseError(WebmapError, OSError):
    """The address is taken by another program, or may not be bound."""


class AssetMissingError(WebmapError, FileNotFoundError):
    """A front-end file that the build puts into `static/vendor` is not there."""


class TableError(WebmapError, ValueError):
    """A row of a data table (families, symbols) is wrong; names file, line and remedy."""
