"""Exceptions of the package `layers`: each message names the file, the line and the remedy."""

from __future__ import annotations


class LayersError(Exception):
    """Base of everything that `layers` raises on purpose."""


class PlanError(LayersError, ValueError):
    """A plan or the plan table cannot be read: missing, not UTF-8, no period, unknown key."""


class TableError(LayersError, ValueError):
    """A row of a data table (industries, terms, organisations, curation) is wrong."""


class SchemaError(LayersError, ValueError):
    """A layer does not keep the schema of `layers.schema`."""


class AtlasError(LayersError, OSError):
    """The atlas is missing, truncated, not an atlas, or of another version."""


class FilterError(LayersError, ValueError):
    """A filter names a layer, industry, plan, period, place or box that does not exist."""
